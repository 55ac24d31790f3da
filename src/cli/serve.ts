import { readSettings } from "../db/settings.ts";
import { start } from "../server/main.ts";

/** `taphop serve`: what `npm start` runs, until SIGTERM or Ctrl-C. */
export async function serve(): Promise<void> {
	const running = await start(readSettings(), (line) => console.log(line));
	await new Promise<void>((resolve) => {
		for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
	});
	console.log("Đang dừng…");
	await running.stop();
}
