import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { buildWeb } from "./built-web.ts";
import { weigh } from "./built-weight.ts";

const KB = 1000;
const dist = await buildWeb();
const weights = await weigh(dist);

test("the sign-in page weighs at most 30 kB in all, its icon with it", async () => {
	assert.ok(weights.signIn <= 30 * KB, `${weights.signIn} bytes`);
	const html = await readFile(join(dist, "sign-in.html"), "utf8");
	assert.doesNotMatch(html, /rel="stylesheet"/, "a stylesheet of its own delays the first content");
});

test("the sign-in page knows the files of the app to fetch while she types", async () => {
	const html = await readFile(join(dist, "sign-in.html"), "utf8");
	const files = JSON.parse(/id="app-files">(.*?)<\/script>/.exec(html)?.[1] ?? "") as string[];
	assert.ok(files.includes(`/${weights.entry}`));
	for (const file of files) await readFile(join(dist, file));
});

test("the app's shell weighs at most 220 kB of JavaScript, gzipped", () => {
	assert.ok(weights.shell <= 220 * KB, `${weights.shell} bytes`);
});

test("every other route weighs at most 60 kB beyond the shell, charts apart", () => {
	assert.ok(weights.routes.length > 10, "the manifest names the routes");
	for (const { route, bytes } of weights.routes) assert.ok(bytes <= 60 * KB, `${route}: ${bytes} bytes`);
});
