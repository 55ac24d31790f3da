import { spawn } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";

const PROJECT = join(import.meta.dirname, "../..");
/** The browser's half, built. */
export const WEB = join(PROJECT, "dist/web");
/** What the browser's half is made of, and a few files more. */
const SOURCES = ["src/{core,areas,ui,web}/**/*", "vite.config.ts", "build.ts", "package-lock.json"];

/**
 * Builds the browser's half on the first start of a clone and after an update: nobody gets the pages of yesterday with the program
 * of today. 10 ms where there is nothing to do. Where it cannot be built (a copy that only root may write) the pages that are there are
 * served. `npm run build` makes it anew.
 */
export function buildPages(say: (line: string) => void): Promise<void> {
	const built = modified(join(WEB, "index.html"));
	if (built > newest(PROJECT, SOURCES)) return Promise.resolve();
	say(built === 0 ? "Đang dựng trang web lần đầu…" : "Chương trình đã được cập nhật, đang dựng lại trang web…");
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(PROJECT, "build.ts")], { stdio: ["ignore", "ignore", "inherit"] });
		child.on("error", reject);
		child.on("exit", (code) => {
			if (code !== 0 && built === 0) return reject(new Error(`build.ts ended with ${code}`));
			if (code !== 0) say("Chưa dựng lại được trang web, dùng trang đã có. Hãy chạy npm run build.");
			resolve();
		});
	});
}

/** When the youngest of the files was changed, in milliseconds. */
function newest(folder: string, patterns: string[]): number {
	return Math.max(...globSync(patterns, { cwd: folder }).map((file) => modified(join(folder, file))));
}

function modified(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
