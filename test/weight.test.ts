import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { buildWeb } from "./built-web.ts";

/** Vite's manifest: one entry a chunk. */
type Chunk = {
	file: string;
	name?: string;
	isEntry?: boolean;
	imports?: string[];
	dynamicImports?: string[];
};

const KB = 1000;
const dist = await buildWeb();
const chunks: Record<string, Chunk> = JSON.parse(await readFile(join(dist, ".vite/manifest.json"), "utf8"));

async function gzipped(files: Iterable<string>): Promise<number> {
	let bytes = 0;
	for (const file of files) bytes += gzipSync(await readFile(join(dist, file))).length;
	return bytes;
}

/** The chunk and all that it needs before it runs. */
function needed(key: string, seen = new Set<string>()): Set<string> {
	if (seen.has(key)) return seen;
	seen.add(key);
	for (const other of chunks[key].imports ?? []) needed(other, seen);
	return seen;
}

const isCharts = (key: string) => chunks[key].name === "plot";
const filesOf = (keys: Iterable<string>) => [...keys].map((key) => chunks[key].file);

test("the sign-in page weighs at most 30 kB in all, its icon with it", async () => {
	const files = filesOf(needed("sign-in.html"));
	const bytes = await gzipped(["sign-in.html", "icon.svg", ...files]);
	assert.ok(bytes <= 30 * KB, `${bytes} bytes`);
	const html = await readFile(join(dist, "sign-in.html"), "utf8");
	assert.doesNotMatch(html, /rel="stylesheet"/, "a stylesheet of its own delays the first content");
});

test("the sign-in page knows the files of the app to fetch while she types", async () => {
	const html = await readFile(join(dist, "sign-in.html"), "utf8");
	const files = JSON.parse(/id="app-files">(.*?)<\/script>/.exec(html)?.[1] ?? "") as string[];
	assert.ok(files.includes(`/${chunks["index.html"].file}`));
	for (const file of files) await readFile(join(dist, file));
});

test("the app's shell weighs at most 220 kB of JavaScript, gzipped", async () => {
	const bytes = await gzipped(filesOf(needed("index.html")));
	assert.ok(bytes <= 220 * KB, `${bytes} bytes`);
});

test("every other route weighs at most 60 kB beyond the shell, charts apart", async () => {
	const shell = needed("index.html");
	for (const route of chunks["index.html"].dynamicImports ?? []) {
		const own = [...needed(route)].filter((key) => !shell.has(key) && !isCharts(key));
		const bytes = await gzipped(filesOf(own));
		assert.ok(bytes <= 60 * KB, `${route}: ${bytes} bytes`);
	}
});
