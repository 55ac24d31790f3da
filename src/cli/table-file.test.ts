import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readTableFile } from "./table-file.ts";

const folder = mkdtempSync(join(tmpdir(), "taphop-table-"));
after(() => rmSync(folder, { recursive: true }));
const COLUMNS = [{ key: "code", heads: [], required: true }];

test("a file is read as a table; one that is not there, a folder, a huge one are refused with a code", () => {
	const file = join(folder, "a.csv");
	writeFileSync(file, "code\n00001\n");
	assert.deepEqual(readTableFile(file, COLUMNS), [{ row: 2, code: "00001" }]);
	assert.throws(() => readTableFile(join(folder, "none.csv"), COLUMNS), { code: "file.unreadable" });
	assert.throws(() => readTableFile(folder, COLUMNS), { code: "file.unreadable" });
	truncateSync(file, 33 * 1024 * 1024);
	assert.throws(() => readTableFile(file, COLUMNS), { code: "file.too_large" });
});
