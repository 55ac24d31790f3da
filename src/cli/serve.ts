import { readSettings } from "../db/settings.ts";
import type { Command } from "./command.ts";
import { askedToStop } from "./stop.ts";

export const serve: Command = {
	name: "serve",
	usage: "",
	summary: "Chạy máy chủ (như npm start) cho đến khi nhận SIGTERM hoặc Ctrl-C",
	async run() {
		// Only here: sign-in and HTTP double what the other commands have to load.
		const { start } = await import("../server/main.ts");
		const running = await start(readSettings(), (line) => console.log(line));
		await askedToStop();
		console.log("Đang dừng…");
		await running.stop();
		return 0;
	},
};
