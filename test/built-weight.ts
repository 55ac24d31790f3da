import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Vite's manifest: one entry a chunk. */
type Chunk = {
	file: string;
	name?: string;
	isEntry?: boolean;
	imports?: string[];
	dynamicImports?: string[];
};

/** What a build weighs, in bytes as they travel (gzip). */
export interface Weights {
	/** The sign-in page with everything it needs, its icon with it. */
	signIn: number;
	/** The app's JavaScript before its first page. */
	shell: number;
	/** Each page's JavaScript beyond the shell, charts apart. */
	routes: { route: string; bytes: number }[];
	/** Where the app's first file stands in the build. */
	entry: string;
}

/** Weighs a build of the browser's half. Budgets: sign-in 30 kB, shell 220 kB, other routes 60 kB (design §8). */
export async function weigh(dist: string): Promise<Weights> {
	const chunks: Record<string, Chunk> = JSON.parse(await readFile(join(dist, ".vite/manifest.json"), "utf8"));
	const gzipped = async (files: Iterable<string>) => {
		let bytes = 0;
		for (const file of files) bytes += gzipSync(await readFile(join(dist, file))).length;
		return bytes;
	};
	/** The chunk and all that it needs before it runs. */
	const needed = (key: string, seen = new Set<string>()): Set<string> => {
		if (seen.has(key)) return seen;
		seen.add(key);
		for (const other of chunks[key].imports ?? []) needed(other, seen);
		return seen;
	};
	const filesOf = (keys: Iterable<string>) => [...keys].map((key) => chunks[key].file);
	const isCharts = (key: string) => chunks[key].name === "plot";
	const shell = needed("index.html");
	const routes = [];
	for (const route of chunks["index.html"].dynamicImports ?? []) {
		const own = [...needed(route)].filter((key) => !shell.has(key) && !isCharts(key));
		routes.push({ route, bytes: await gzipped(filesOf(own)) });
	}
	return {
		signIn: await gzipped(["sign-in.html", "icon.svg", ...filesOf(needed("sign-in.html"))]),
		shell: await gzipped(filesOf(shell)),
		routes,
		entry: chunks["index.html"].file,
	};
}
