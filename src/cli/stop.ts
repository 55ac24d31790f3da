import { opened } from "../db/embedded.ts";

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

let whenAsked: ((code: number) => void) | undefined;

/**
 * Ctrl-C, SIGTERM and a closed terminal end the process by its own hand, so that its "exit" event comes and the database it
 * started is not left running. A second Ctrl-C does not wait for what {@link onStop} began.
 */
export function listenForStop(): void {
	for (const [signal, code] of Object.entries(SIGNALS))
		process.on(signal, () => {
			const asked = whenAsked ?? (() => void opened().then(() => process.exit(code)));
			whenAsked = () => process.exit(code);
			asked(code);
		});
}

/** Resolves when the process is asked to stop: from now on that is its own business. */
export function askedToStop(): Promise<void> {
	return new Promise((resolve) => {
		whenAsked = () => resolve();
	});
}
