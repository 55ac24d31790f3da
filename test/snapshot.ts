import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OUTPUT = join(import.meta.dirname, "output");

/** Compares a text with the committed file of that name under test/output, which a reviewer reads; TAPHOP_UPDATE=1 writes it anew. */
export function compareSnapshot(name: string, text: string): void {
	const file = join(OUTPUT, name);
	if (process.env.TAPHOP_UPDATE) {
		mkdirSync(OUTPUT, { recursive: true });
		writeFileSync(file, text);
	}
	assert.equal(text, readFileSync(file, "utf8"));
}
