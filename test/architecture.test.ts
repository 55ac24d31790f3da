import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { AREAS } from "../src/areas/order.ts";

const root = join(import.meta.dirname, "..");
const sources = globSync("src/**/*.{ts,tsx}", { cwd: root }).filter(
	(file) => !/\.(test|gen|harness)\.tsx?$/.test(file),
);

/** What a file imports: paths inside the project from its root, packages as they are named; types apart. */
function importsOf(file: string): { path: string; typeOnly: boolean }[] {
	const text = readFileSync(join(root, file), "utf8");
	const found = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^"';]*?from\s+)?"([^"]+)"/gms)];
	const dynamic = [...text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)].map((match) => ({
		path: match[1],
		typeOnly: false,
	}));
	return [...found.map((match) => ({ path: match[2], typeOnly: Boolean(match[1]) })), ...dynamic].map((one) => ({
		...one,
		path: one.path.startsWith(".") ? normalize(join(dirname(file), one.path)) : one.path,
	}));
}

const PURE_PACKAGES = /^(zod|@orpc\/contract)$/;

test("core imports core and nothing else", () => {
	for (const file of sources.filter((one) => one.startsWith("src/core/")))
		for (const { path } of importsOf(file)) assert.match(path, /^src\/core\//, `${file} imports ${path}`);
});

test("contracts and rules are pure: zod, core, contracts and rules", () => {
	const pure = sources.filter((one) =>
		/^src\/areas\/(?:.+\/(?:contract|rules)[^/]*|endpoint|wire(?:-words)?|audit-words|order)\.ts$/.test(one),
	);
	assert.ok(pure.length > 8);
	for (const file of pure)
		for (const { path } of importsOf(file))
			assert.ok(
				PURE_PACKAGES.test(path) ||
					/^src\/core\//.test(path) ||
					/^src\/areas\/(?:.+\/(?:contract|rules)[^/]*|endpoint|wire(?:-words)?|audit-words)\.ts$/.test(path),
				`${file} imports ${path}`,
			);
});

test("pages and pieces of pages never reach stores, the database or Node", () => {
	for (const file of sources.filter((one) => /^src\/(ui|web)\/|\/page[^/]*\.tsx?$/.test(one)))
		for (const { path, typeOnly } of importsOf(file))
			assert.ok(
				typeOnly || !/^node:|^src\/(db|server|cli|sheets|documents|demo)\/|\/store[^/]*\.ts$/.test(path),
				`${file} imports ${path}`,
			);
});

test("documents are drawn from plain data: core, sheets and the packages that write them, no I/O", () => {
	const drawing = sources.filter((one) => one.startsWith("src/documents/"));
	assert.ok(drawing.length > 3);
	for (const file of drawing)
		for (const { path, typeOnly } of importsOf(file))
			assert.ok(typeOnly || /^docx(?:\/|$)|^src\/(?:core|sheets|documents)\//.test(path), `${file} imports ${path}`);
});

test("stores know no HTTP", () => {
	for (const file of sources.filter((one) => /^src\/areas\/.*\/store[^/]*\.ts$/.test(one)))
		for (const { path } of importsOf(file))
			assert.doesNotMatch(path, /^hono|^@hono|^@orpc\/server|^src\/(server|web|ui|cli)\//, `${file} imports ${path}`);
});

test("an area uses only areas before it in order.ts", () => {
	const rank = new Map<string, number>(AREAS.map((area, index) => [area, index]));
	for (const file of sources) {
		const [, from] = /^src\/areas\/([^/]+)\//.exec(file) ?? [];
		if (!from) continue;
		assert.ok(rank.has(from), `src/areas/${from} stands in order.ts`);
		// Pages may compose: what a page shows of a higher area is its own business, what its words and rules know is not.
		if (/\/page[^/]*\.tsx$/.test(file)) continue;
		for (const { path } of importsOf(file)) {
			const [, to] = /^src\/areas\/([^/]+)\//.exec(path) ?? [];
			if (to) assert.ok((rank.get(to) as number) <= (rank.get(from) as number), `${file} imports ${path}`);
		}
	}
});

test("files stay under 400 lines", () => {
	for (const file of [
		...sources,
		...globSync(["src/**/*.test.{ts,tsx}", "src/areas/**/*.sql", "test/**/*.ts"], { cwd: root }),
	]) {
		const lines = readFileSync(join(root, file), "utf8").split("\n").length - 1;
		assert.ok(lines <= 400, `${file} has ${lines} lines`);
	}
});

test("nothing is exported that nothing uses", () => {
	const texts = [...sources, ...globSync(["src/**/*.{test,harness}.ts", "{test,bench}/**/*.ts"], { cwd: root })].map(
		(file) => readFileSync(join(root, file), "utf8"),
	);
	const words = new Map<string, number>();
	for (const [word] of texts.flatMap((text) => [...text.matchAll(/\b[A-Za-z]\w+\b/g)]))
		words.set(word, (words.get(word) ?? 0) + 1);
	for (const file of sources)
		for (const [, name] of readFileSync(join(root, file), "utf8").matchAll(
			/^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm,
		))
			assert.ok((words.get(name) as number) > 1, `${name} is exported and used nowhere`);
});

test("only db/actor.ts and the owner's own programs open transactions", () => {
	for (const file of sources.filter((one) => !/^src\/(db|demo)\//.test(one)))
		assert.doesNotMatch(readFileSync(join(root, file), "utf8"), /\.transaction\(\)/, file);
});

test("every path the documents name exists", () => {
	for (const document of ["README.md", "ARCHITECTURE.md", "CONVENTIONS.md", "GLOSSARY.md", "docs/decisions.md"]) {
		const text = readFileSync(join(root, document), "utf8");
		for (const [, path] of text.matchAll(/`((?:src|test|docs|bench|bin|scripts|\.ci)\/[\w./-]+)`/g))
			assert.ok(existsSync(join(root, path)), `${document} names ${path}`);
	}
});
