import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { HEADER, rosterOf, womenOf } from "../areas/imports/import.harness.ts";
import { asActor, OPERATOR_ID } from "../db/actor.ts";
import { type OpenDatabase, openProgramDatabase } from "../db/open.ts";
import { readSettings } from "../db/settings.ts";
import { workbookBytes } from "../sheets/write.ts";

const folder = mkdtempSync(join(tmpdir(), "taphop-import-"));
// PostgreSQL runs as another user where the tests run as root, and must be able to enter.
chmodSync(folder, 0o755);
const TAPHOP = join(import.meta.dirname, "../../bin/taphop");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

let held: OpenDatabase;
before(async () => {
	held = await openProgramDatabase(readSettings({ TAPHOP_DATA: join(folder, "data") }), "real", { size: 2 });
});
after(() => held.close());

function start(...args: string[]): ChildProcess {
	const { PATH, HOME, LANG } = process.env;
	return spawn(TAPHOP, args, { env: { PATH, HOME, LANG, TAPHOP_DATA: join(folder, "data") }, timeout: 120_000 });
}

async function taphop(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
	const child = start(...args);
	let [out, err] = ["", ""];
	child.stdout?.on("data", (chunk) => {
		out += chunk;
	});
	child.stderr?.on("data", (chunk) => {
		err += chunk;
	});
	const [code] = await once(child, "close");
	return { code, out, err };
}

async function json(...args: string[]) {
	const { code, out, err } = await taphop(...args, "--json");
	assert.equal(code, 0, err);
	return JSON.parse(out);
}

function write(name: string, content: Buffer): string {
	const file = join(folder, name);
	writeFileSync(file, content);
	return file;
}

async function latest(): Promise<{ state: string; rowsDone: number }> {
	return asActor(held, { accountId: OPERATOR_ID }, async (work) => {
		const row = await work.db
			.selectFrom("import")
			.select(["state", "rows_done"])
			.orderBy("created_at", "desc")
			.executeTakeFirst();
		return { state: row?.state ?? "", rowsDone: row?.rows_done ?? 0 };
	});
}

/** From the second chunk on an import waits before it commits, until it is told to go on: so the kill always falls between two. */
async function haltAfterFirstChunk(): Promise<() => Promise<void>> {
	const owner = new pg.Client({ connectionString: held.ownerUrl });
	await owner.connect();
	await owner.query(`select pg_advisory_lock(1);
		create function halt() returns trigger language plpgsql security definer as
			$$ begin perform pg_advisory_xact_lock(1); return new; end $$;
		create trigger halt before update on app.import for each row when (old.rows_done > 0) execute function halt()`);
	return async () => {
		// The one killed goes on to find that nobody listens any more; only then is the table free.
		await owner.query("select pg_advisory_unlock_all()");
		await owner.query("drop trigger halt on app.import; drop function halt()");
		await owner.end();
	};
}

test("an import killed with -9 between two chunks goes on where it stopped when the file is given again", async () => {
	const file = write("lon.csv", rosterOf(womenOf(8000)));
	const args = ["members", "import", file, "--unit", "00001", "--as-of", "2025-06-30", "--json"];
	const goOn = await haltAfterFirstChunk();
	const child = start(...args);
	while (child.exitCode === null && (await latest()).rowsDone === 0)
		await new Promise((later) => setTimeout(later, 15));
	child.kill("SIGKILL");
	await once(child, "close");
	await goOn();
	const cut = await latest();
	assert.equal(cut.state, "committing");
	assert.ok(cut.rowsDone >= 1000 && cut.rowsDone < 8000, String(cut.rowsDone));
	const listed = await json("members", "list", "--unit", "00001", "--on", "2025-06-30");
	assert.ok(listed.length >= 1000 && listed.length < 8000 && listed.length % 1000 === 0);
	const report = await json(...args.slice(0, -1));
	assert.deepEqual(report, {
		file: "lon.csv",
		rows: 8000,
		accepted: 8000,
		updated: 0,
		rejected: 0,
		warned: 0,
		skipped: 0,
		problems: [],
	});
	const again = await json(...args.slice(0, -1));
	assert.deepEqual([again.accepted, again.skipped], [0, 8000]);
	const [row] = await json("gathering", "rates", "--unit", "00001", "--on", "2025-06-30");
	assert.equal(row.parts.roster, 8000);
	assert.equal((await json("verify")).differences, 0);
});

test("members duplicates finds, and lists a commune's pairs", async () => {
	const found = await json("members", "duplicates", "--find");
	assert.deepEqual(Object.keys(found), ["compared", "pairs", "raised", "gone"]);
	assert.equal(found.compared, 8000);
	const pairs = await json("members", "duplicates", "--unit", "00004");
	assert.ok(Array.isArray(pairs));
	const { code, out } = await taphop("members", "duplicates", "--unit", "00004");
	assert.deepEqual([code, out.split("\n").at(-2)], [0, `Tổng số: ${pairs.length} cặp.`]);
	for (const args of [[], ["--find", "--unit", "00004"]])
		assert.equal((await taphop("members", "duplicates", ...args)).code, 2);
});

test("members import and members list answer exactly the documented keys", async () => {
	const file = write(
		"nho.xlsx",
		await workbookBytes([
			{
				name: "Chi hội thôn Đông",
				rows: [
					HEADER,
					[1, "Hoàng Thị Ánh", "11/3/1970", "001170107097", "", "23/10/2020", "Thường trú"],
					[2, "Lý Thị Mỹ", 1984, "", "", "13/02/2014", "Tạm trú"],
					[3, "", "1/1/1990", "001190000001", "", "1/1/2020"],
					["", "Tổng cộng: 3"],
				],
			},
		]),
	);
	const report = await json(
		"members",
		"import",
		file,
		"--unit",
		"00004",
		"--as-of",
		"2025-06-30",
		"--lower-unlisted",
		"none",
	);
	assert.deepEqual(Object.keys(report), [
		"file",
		"rows",
		"accepted",
		"updated",
		"rejected",
		"warned",
		"skipped",
		"problems",
	]);
	assert.deepEqual([report.rows, report.accepted, report.rejected, report.warned], [3, 2, 1, 1]);
	assert.deepEqual(report.problems[0], {
		sheet: "Chi hội thôn Đông",
		row: 3,
		name: "Lý Thị Mỹ",
		level: "warning",
		code: "id.missing",
		text: "Chưa có số CCCD/CMND.",
	});
	const all = await json("members", "list", "--unit", "00004", "--on", "2025-06-30", "--all");
	assert.deepEqual(all, [
		{
			name: "Hoàng Thị Ánh",
			birth: "1970-03-11",
			id: "001170107097",
			branch: "Chi hội thôn Đông",
			joined: "2020-10-23",
			left: null,
			residence: "permanent",
			counts: true,
		},
		{
			name: "Lý Thị Mỹ",
			birth: "1984",
			id: null,
			branch: "Chi hội thôn Đông",
			joined: "2014-02-13",
			left: null,
			residence: "temporary",
			counts: false,
		},
	]);
	assert.equal((await json("members", "list", "--unit", "00004", "--on", "2025-06-30")).length, 1);
});

test("a row that may mean several women is rejected with a code and a sentence that says it waits, and where", async () => {
	const women = womenOf(3, 9000).map((woman) => ({ ...woman, branch: "Chi hội thôn Chờ" }));
	const [first] = women;
	const args = ["--unit", "00007", "--as-of", "2025-06-30", "--lower-unlisted", "none"];
	await json("members", "import", write("cho-1.csv", rosterOf(women)), ...args);
	const other = { ...first, name: first?.name ?? "", id: "001171999998" };
	const file = write("cho-2.csv", rosterOf([other, ...women.slice(1)]));
	const report = await json("members", "import", file, ...args);
	assert.deepEqual([report.rows, report.accepted, report.updated, report.rejected, report.skipped], [3, 0, 0, 1, 2]);
	assert.deepEqual(report.problems, [
		{
			sheet: "cho-2",
			row: 2,
			name: first?.name,
			level: "error",
			code: "match.other_id",
			text: "Trùng họ tên và ngày sinh với một hội viên trong xã có số CCCD khác: cùng một người hay người mới? Dòng này chưa được ghi nhận: hãy trả lời ở màn hình “Nhập danh sách từ Excel”.",
		},
	]);
	const { code, out } = await taphop("members", "import", file, ...args);
	assert.equal(code, 0);
	assert.match(out, /từ chối 1 \(trong đó 1 dòng chờ trả lời\)/);
});

test("wrong usage exits 2; a file or unit that cannot be exits 1 with a reason", async () => {
	const file = write("mot.csv", rosterOf(womenOf(1)));
	assert.equal((await taphop("members", "import")).code, 2);
	assert.equal((await taphop("members", "import", file, "--unit", "00001", "--lower-unlisted", "some")).code, 2);
	const refusals: [string[], string][] = [
		[["members", "import", join(folder, "none.csv"), "--unit", "00004"], "file.not_found"],
		[["members", "import", write("pdf.xlsx", Buffer.from("%PDF-1.7")), "--unit", "00004"], "file.not_a_workbook"],
		[["members", "import", file, "--unit", "00001"], "unit.not_found"],
		[["members", "import", file, "--unit", "VN"], "import.not_a_commune"],
		[["members", "list", "--unit", "99999"], "unit.not_found"],
	];
	for (const [args, code] of refusals) {
		const { code: exit, err, out } = await taphop(...args, "--json");
		assert.deepEqual([exit, out], [1, ""], args.join(" "));
		assert.match(err, new RegExp(code.replace(".", "\\.")));
	}
});
