import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { uuidv7 } from "../src/core/id.ts";
import { Problem } from "../src/core/problem.ts";
import { openTestDatabase } from "./kit.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const chair = await database.person("chair", "commune_chair", "00004");
const clerk = await database.person("clerk", "commune_clerk", "00004");
const commune = await database.unit("00004");
const other = await database.unit("00008");
const third = await database.unit("00025");
const branch = await database.branch("Chi hội Đội Cấn", "00004");

interface Outcome {
	// biome-ignore lint/suspicious/noExplicitAny: tests look at answers freely.
	won: any[];
	problems: Problem[];
}

/** All at once; whatever is no Problem fails the test. */
async function together(works: (() => Promise<unknown>)[]): Promise<Outcome> {
	const settled = await Promise.allSettled(works.map((work) => work()));
	const problems = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
	for (const problem of problems) if (!(problem instanceof Problem)) throw problem;
	return { won: settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])), problems };
}

function add(name: string, more: object = {}, commandId?: string) {
	const input = { leafId: branch, name, birth: "1980-03-12", joined: "2019-03-08", ...more };
	return database.call(chair, "members.add", input, commandId);
}

async function assertVerified() {
	assert.equal((await database.call(database.operator, "gathering.verify")).differences, 0);
}

const codes = (problems: Problem[]) => problems.map(({ code }) => code);

test("one command sent eight times at once is done once and answers the same", async () => {
	const commandId = uuidv7();
	const { won, problems } = await together(
		Array.from({ length: 8 }, () => () => add("Trần Thị Một Lần", {}, commandId)),
	);
	assert.deepEqual(problems, []);
	for (const one of won) assert.deepEqual(one, won[0]);
	const { rows } = await database.owner.query("select from app.person where full_name = 'Trần Thị Một Lần'");
	assert.equal(rows.length, 1);
	await assertVerified();
});

test("two people save one person: one wins, the other is shown both versions", async () => {
	const { personId } = await add("Lê Thị Hai");
	const edit = (phone: string) => ({ personId, version: 1, phone });
	const { won, problems } = await together([
		() => database.call(chair, "members.edit", edit("0912345678")),
		() => database.call(clerk, "members.edit", edit("0987654321")),
	]);
	assert.equal(won.length, 1);
	assert.deepEqual(codes(problems), ["member.stale"]);
	const { mine, theirs } = problems[0].detail as {
		mine: { phone: string };
		theirs: { phone: string; version: number };
	};
	assert.deepEqual([mine.phone, theirs.phone].sort(), ["0912345678", "0987654321"]);
	assert.equal(theirs.version, 2);
});

test("the same figure of the same day entered by several: one stands, nobody's is replaced unseen", async () => {
	const set = (count: number) => () =>
		database.call(chair, "headcounts.set", {
			unitId: commune,
			component: "trade_union",
			onDay: "2026-01-01",
			count,
			source: `BC ${count}`,
			document: "Công văn 12",
			replaces: null,
		});
	const { won, problems } = await together([1, 2, 3, 4, 5, 6].map(set));
	assert.equal(won.length, 1, problems[0]?.message);
	assert.deepEqual(codes(problems), Array(5).fill("headcount.concurrent"));
	const { rows } = await database.owner.query(
		"select count from app.headcount where unit_id = $1 and superseded_at is null",
		[commune],
	);
	assert.deepEqual(rows, [{ count: won[0].count }]);
	await assertVerified();
});

test("one woman sent to two communes at once: one request stands", async () => {
	const { spellId } = await add("Phạm Thị Ba");
	const ask = (toUnitId: number) => () =>
		database.call(chair, "members.transfer", { spellId, toUnitId, onDay: "2026-11-01", residence: "permanent" });
	const { won, problems } = await together([ask(other), ask(third), ask(other)]);
	assert.equal(won.length, 1);
	assert.deepEqual(codes(problems), ["transfer.pending", "transfer.pending"]);
	const accept = () => database.call(database.operator, "members.accept", { id: won[0].id });
	const accepted = await together([accept, accept, accept]);
	assert.equal(accepted.won.length, 1, codes(accepted.problems).join());
	const { rows } = await database.owner.query(
		"select from app.spell s join app.person p on p.id = s.person_id where full_name = 'Phạm Thị Ba'",
	);
	assert.equal(rows.length, 2);
	await assertVerified();
});

test("one national ID added by several at once is one woman's", async () => {
	const works = Array.from(
		{ length: 6 },
		(_, n) => () => add(`Hoàng Thị Bốn ${"ABCDEF"[n]}`, { nationalId: "001180012345" }),
	);
	const { won, problems } = await together(works);
	assert.equal(won.length, 1);
	assert.deepEqual(codes(problems), Array(5).fill("member.id_taken"));
	const { rows } = await database.owner.query("select from app.person where full_name like 'Hoàng Thị Bốn%'");
	assert.equal(rows.length, 1);
	await assertVerified();
});

test("many change each other's people, branches and figures crosswise: each is done or refused, and the ledger holds", async () => {
	const second = await database.branch("Chi hội Ngọc Hà", "00004");
	const people = await Promise.all(["Năm", "Sáu", "Bảy"].map((name) => add(`Vũ Thị ${name}`)));
	const spellIds = people.map(({ spellId }) => spellId);
	const move = (ids: string[], leafId: number, from: string) => () =>
		database.call(clerk, "members.moveBranch", { spellIds: ids, leafId, from });
	const unlisted = (unitId: number, count: number) => () =>
		database.call(database.operator, "headcounts.set", {
			unitId,
			component: "unlisted",
			onDay: "2025-08-01",
			count,
			source: "BC",
		});
	const { problems } = await together([
		move(spellIds, second, "2024-01-01"),
		move([...spellIds].reverse(), branch, "2024-02-01"),
		unlisted(commune, 500),
		unlisted(other, 300),
		unlisted(commune, 400),
		...people.map(
			({ personId }) =>
				() =>
					database.call(chair, "members.setHonorary", { personId, version: 1, honorary: true }),
		),
		() => add("Vũ Thị Tám"),
		() =>
			database.call(chair, "members.merge", {
				keptId: people[0].personId,
				keptVersion: 1,
				mergedId: people[1].personId,
				mergedVersion: 1,
			}),
		() =>
			database.call(chair, "members.merge", {
				keptId: people[1].personId,
				keptVersion: 1,
				mergedId: people[0].personId,
				mergedVersion: 1,
			}),
	]);
	for (const { code } of problems) assert.match(code, /^(member|headcount|write|branch|merge|transfer)\./);
	await assertVerified();
});

test("a deadlock is tried once more, in a new transaction", async () => {
	const ids = [await add("Ngô Thị Chín"), await add("Ngô Thị Mười")].map(({ personId }) => personId);
	let tries = 0;
	let holding = 0;
	let bothHold: () => void;
	const held = new Promise<void>((resolve) => {
		bothHold = resolve;
	});
	const lockBoth = (order: string[]) => () =>
		database.as(chair, async (work) => {
			tries += 1;
			for (const [index, id] of order.entries()) {
				await sql`select from app.person where id = ${id} for update`.execute(work.db);
				if (index > 0) continue;
				holding += 1;
				if (holding >= 2) bothHold();
				await held;
			}
		});
	const { problems } = await together([lockBoth(ids), lockBoth([...ids].reverse())]);
	assert.deepEqual([tries, problems], [3, []]);
});
