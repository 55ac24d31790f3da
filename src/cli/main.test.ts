import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { requireUnit } from "../areas/units/store-reading.ts";
import { uuidv7 } from "../core/id.ts";
import { asActor, OPERATOR_ID } from "../db/actor.ts";
import { openProgramDatabase } from "../db/open.ts";
import { readSettings } from "../db/settings.ts";
import { partOf, wordsOf } from "../documents/unzip.harness.ts";

const folder = mkdtempSync(join(tmpdir(), "taphop-cli-"));
// PostgreSQL runs as another user where the tests run as root, and must be able to enter.
chmodSync(folder, 0o755);
const TAPHOP = join(import.meta.dirname, "../../bin/taphop");
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Runs bin/taphop as a shell would, with a data folder of its own and none of the shell's settings; killed after 90 s. */
function taphop(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
	const { PATH, HOME, LANG } = process.env;
	const child = spawn(TAPHOP, args, { env: { PATH, HOME, LANG, TAPHOP_DATA: join(folder, "data") }, timeout: 90_000 });
	return new Promise((resolve, reject) => {
		let [out, err] = ["", ""];
		child.stdout.on("data", (chunk) => {
			out += chunk;
		});
		child.stderr.on("data", (chunk) => {
			err += chunk;
		});
		child.on("error", reject);
		child.on("close", (code) => resolve({ code, out, err }));
	});
}

/** Holds the database that the first command made, so that the next ones need not start and stop it. */
async function keepRunning(): Promise<void> {
	const held = await openProgramDatabase(readSettings({ TAPHOP_DATA: join(folder, "data") }), "real", { size: 1 });
	after(() => held.close());
	// A chair of today's Phường Ba Đình, made as the local operator makes accounts.
	await asActor(held, { accountId: OPERATOR_ID }, async (work) => {
		const unit = await requireUnit(work, { code: "00004" });
		const id = uuidv7();
		await work.db
			.insertInto("account")
			.values({ id, username: "chair", display_name: "Chủ tịch", unit_id: unit.id, created_by: OPERATOR_ID })
			.execute();
		await work.db
			.insertInto("account_role")
			.values({ account_id: id, role: "commune_chair", unit_id: unit.id })
			.execute();
	});
}

async function json(...args: string[]) {
	const { code, out, err } = await taphop(...args, "--json");
	assert.equal(code, 0, err);
	return JSON.parse(out);
}

function csv(name: string, content: string): string {
	const file = join(folder, name);
	writeFileSync(file, content);
	return file;
}

const KEYS = [
	"code",
	"name",
	"kind",
	"on",
	"women18",
	"without_denominator",
	"members",
	"parts",
	"rate",
	"class",
	"missing",
];

test("on a fresh data folder the commands work from the first one on, with nothing running", async () => {
	const shown = await json("units", "show", "--code", "00001", "--on", "2025-06-30");
	assert.equal(shown.unit.name, "Phường Phúc Xá");
	await keepRunning();
	const populations = csv("p.csv", "code;women18\n00001;1.000\n00004;900\n");
	assert.deepEqual(
		await json("populations", "import", populations, "--source", "Tổng điều tra 2019", "--as-of", "2025-06-30"),
		{
			rows: 2,
			saved: 2,
			official: true,
		},
	);
	const headcounts = csv(
		"h.csv",
		"code,component,count,overlap,source\n00001,unlisted,573,0,BC 2022\n00001,trade_union,30,30,CV 1\n",
	);
	assert.deepEqual(await json("headcounts", "import", headcounts, "--on", "2022-06-10"), { rows: 2, saved: 2 });
	const rows = await json("gathering", "rates", "--on", "2023-05-29", "--unit", "00001");
	assert.equal(rows.length, 1);
	assert.deepEqual(Object.keys(rows[0]), KEYS);
	assert.deepEqual(rows[0], {
		code: "00001",
		name: "Phường Phúc Xá",
		kind: "commune",
		on: "2023-05-29",
		women18: 1000,
		without_denominator: 0,
		members: 573,
		parts: {
			roster: 0,
			unlisted: 573,
			trade_union: 30,
			armed_forces: 0,
			member_organisation: 0,
			upper_club: 0,
			overlap: 30,
		},
		rate: "57.30",
		class: "under",
		missing: 28,
	});
	const explained = await json("gathering", "explain", "--unit", "00001", "--on", "2023-05-29");
	assert.deepEqual(Object.keys(explained.row), KEYS);
	assert.equal(explained.recount.equal, true);
	assert.equal((await json("gathering", "rates", "--on", "2023-05-29", "--level", "commune")).length, 10_598);
	assert.equal((await json("units", "tree", "--on", "2023-05-29")).length, 1 + 7 + 63 + 705 + 10_598);
	assert.equal((await json("verify")).differences, 0);
});

test("without --json people read a Vietnamese table", async () => {
	const { code, out } = await taphop("gathering", "rates", "--on", "2023-05-29", "--unit", "00001");
	assert.equal(code, 0);
	assert.match(out, /Phường Phúc Xá +1\.000 +573 +57,30% +Dưới 60% +28/);
	const explained = await taphop("gathering", "explain", "--unit", "00001", "--on", "2023-05-29");
	assert.match(explained.out, /Tính lại từ từng dòng: 573 hội viên, khớp\./);
	assert.match(
		(await taphop("units", "show", "--code", "00001", "--on", "2025-06-30")).out,
		/01\/01\/2017 – 30\/06\/2025/,
	);
});

test("--as narrows to that person's rights", async () => {
	const rows = await json("gathering", "rates", "--level", "commune", "--as", "chair");
	assert.deepEqual(
		rows.map((row: { code: string }) => row.code),
		["00004"],
	);
	for (const args of [["gathering", "rates"], ["gathering", "explain", "--unit", "00008"], ["verify"]]) {
		const { code, out, err } = await taphop(...args, "--as", "chair", "--json");
		assert.deepEqual([code, out], [1, ""], args.join(" "));
		assert.match(err, /access\.denied/);
	}
});

test("what is refused exits 1 with a reason on stderr and leaves nothing; wrong usage exits 2", async () => {
	const bad = csv("bad.csv", "code,component,count,overlap,source\n00001,unlisted,1,0,BC\n99999,unlisted,-1,0,BC\n");
	const refusals: [string[], RegExp][] = [
		[["headcounts", "import", bad, "--on", "2024-01-01"], /dòng 3, cột count.*\n.*dòng 3, cột code/],
		[["headcounts", "import", csv("empty.csv", ""), "--on", "2024-01-01"], /file\.empty/],
		[
			["headcounts", "import", csv("head.csv", "code,component,count,overlap,source\n"), "--on", "2024-01-01"],
			/import\.empty/,
		],
		[["populations", "import", join(folder, "none.csv"), "--source", "x"], /file\.unreadable/],
		[["gathering", "rates", "--on", "2016-01-01"], /day\.out_of_range/],
		[["gathering", "rates", "--on", "2026-01-01", "--unit", "00001"], /unit\.not_found/],
		[["gathering", "rates", "--as", "nobody"], /account\.not_found/],
	];
	for (const [args, reason] of refusals) {
		const { code, out, err } = await taphop(...args, "--json");
		assert.equal(code, 1, args.join(" "));
		assert.equal(out, "", args.join(" "));
		assert.match(err, reason, args.join(" "));
	}
	assert.equal((await json("gathering", "rates", "--unit", "00001", "--on", "2024-01-01"))[0].parts.unlisted, 573);
	const misuses = [
		[],
		["gathering"],
		["members", "fly"],
		["gathering", "rates", "--level", "village"],
		["gathering", "rates", "--on", "2025-02-30"],
		["gathering", "rates", "extra"],
		["gathering", "rates", "--bogus"],
		["gathering", "explain"],
		["headcounts", "import", bad],
		["headcounts", "import", "--on", "2024-01-01"],
		["populations", "import", bad],
	];
	for (const args of misuses) {
		const { code, out, err } = await taphop(...args);
		assert.deepEqual([code, out], [2, ""], args.join(" "));
		assert.match(err, /Cách dùng: taphop/, args.join(" "));
	}
});

test("a document is written to the file named, with a number where one is asked for; what cannot be made leaves no number", async () => {
	const out = join(folder, "bao-cao.docx");
	const made = await json(
		"documents",
		"export",
		"gathering_report",
		"--unit",
		"00004",
		"--take-number",
		"reports",
		"--out",
		out,
	);
	assert.deepEqual([made.unit, made.number], ["00004", 1]);
	const words = wordsOf(await partOf(readFileSync(out), "word/document.xml"));
	assert.ok(words.includes("Số: 01/BC-BTV"));
	assert.ok(words.includes("PHƯỜNG BA ĐÌNH"));
	const refusals: [string[], number, RegExp][] = [
		[["not_over_60", "--unit", "00004", "--take-number", "reports", "--out", out], 1, /document\.level/],
		[["target_allotment", "--unit", "VN", "--take-number", "letters", "--out", out], 1, /document\.empty/],
		[["gathering_report", "--unit", "00004", "--out", join(folder, "none/x.docx")], 1, /file\.unwritable/],
		[["gathering_report", "--unit", "00004", "--out", join(folder, "x.pdf")], 2, /docx/],
		[["gathering_report", "--unit", "00004"], 2, /--out/],
		[["letter", "--unit", "00004", "--out", out], 2, /gathering_report/],
	];
	for (const [args, exit, reason] of refusals) {
		const { code, err } = await taphop("documents", "export", ...args);
		assert.equal(code, exit, args.join(" "));
		assert.match(err, reason, args.join(" "));
	}
	const excel = join(folder, "bao-cao.xlsx");
	const next = await json(
		"documents",
		"export",
		"gathering_report",
		"--unit",
		"VN",
		"--take-number",
		"letters",
		"--out",
		excel,
	);
	assert.equal(next.number, 1);
	assert.match(await partOf(readFileSync(excel), "xl/worksheets/sheet1.xml"), /<f>SUM\(/);
});
