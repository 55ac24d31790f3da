import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { contract } from "../server/contract.ts";
import { actionWords } from "./audit-words.ts";
import type { EndpointMeta } from "./endpoint.ts";

const written = Object.entries(contract).flatMap(([area, endpoints]) =>
	Object.entries(endpoints)
		.filter(([, endpoint]) => (endpoint["~orpc"].meta as EndpointMeta).writes)
		.map(([key]) => `${area}.${key}`),
);

const named = globSync("*/{store,import}*.ts", { cwd: import.meta.dirname }).flatMap((file) =>
	[...readFileSync(join(import.meta.dirname, file), "utf8").matchAll(/\baction: "(\w+\.\w+)"/g)].map(
		(match) => match[1],
	),
);

test("every command and every act the stores write into the log has words of its own", () => {
	assert.ok(written.length > 40 && named.length > 20);
	const without = [...new Set([...written, ...named])].filter((action) => actionWords(action).includes(action));
	assert.deepEqual(without, []);
});

test("an act of another version says at least its area", () =>
	assert.equal(actionWords("members.future"), "Hội viên (members.future)"));
