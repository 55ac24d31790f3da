import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CountryPlace } from "./country-plan.ts";
import type { Made, Start } from "./country-worker.ts";

/**
 * Makes the batches of communes on all cores and hands what was made to `take`, in order: two loads of one seed then write the
 * same rows in the same order. At most two batches a worker are ahead of what was taken.
 */
export async function makeCommunes(
	start: Start,
	batches: readonly (readonly CountryPlace[])[],
	take: (made: Made, batch: readonly CountryPlace[]) => Promise<void>,
): Promise<void> {
	const workers = Array.from({ length: Math.max(1, availableParallelism()) }, () => new Maker(start));
	try {
		const made: Promise<Made>[] = [];
		const begin = (at: number) => {
			const batch = batches[at];
			if (batch) made[at] = (workers[at % workers.length] as Maker).make(batch);
			// What fails is met when its turn comes to be taken.
			made[at]?.catch(() => undefined);
		};
		for (let at = 0; at < workers.length * 2; at++) begin(at);
		for (const [at, batch] of batches.entries()) {
			await take(await (made[at] as Promise<Made>), batch);
			delete made[at];
			begin(at + workers.length * 2);
		}
	} finally {
		await Promise.all(workers.map((worker) => worker.end()));
	}
}

/** A worker that makes batches in the order in which they are asked for. */
class Maker {
	readonly #worker: Worker;
	readonly #waiting: { resolve(made: Made): void; reject(error: unknown): void }[] = [];

	constructor(start: Start) {
		this.#worker = new Worker(new URL("./country-worker.ts", import.meta.url), { workerData: start });
		this.#worker.on("message", (made: Made) => this.#waiting.shift()?.resolve(made));
		this.#worker.on("error", (error) => {
			for (const { reject } of this.#waiting.splice(0)) reject(error);
		});
	}

	make(batch: readonly CountryPlace[]): Promise<Made> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ resolve, reject });
			this.#worker.postMessage(batch);
		});
	}

	async end(): Promise<void> {
		await this.#worker.terminate();
	}
}
