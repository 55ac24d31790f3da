import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";

// Twenty women each, 13 members are over 60 %: 1 passes in May, 2 stands at exactly 60 %, 3 is over, 4 passes in July, 5 passes in May and
// falls back in August, 6 has no figure of women, 7 is of another province.
const joined = (...counts: [day: string, many: number][]) =>
	[[], counts.flatMap(([day, many]) => Array.from({ length: many }, () => day))] as string[][];
const commune = (lists: string[][], province: 0 | 1 = 0) => ({
	province,
	women18: 20,
	unlisted: 3,
	overlap: 0,
	joined: lists,
});
const country = await openSmallCountry();
const LONG: [string, number] = ["2020-01-01", 5];
await country.fill([
	commune(joined(LONG, ["2026-05-01", 2])),
	commune(joined(["2020-01-01", 6])),
	commune(joined(["2020-01-01", 9])),
	commune(joined(LONG, ["2026-07-01", 2])),
	commune(joined(LONG, ["2026-05-01", 2])),
	commune(joined(LONG)),
	commune(joined(LONG), 1),
]);
const { call, operator, owner, person, unit, verified } = country;
await owner.query("delete from app.population where unit_id = $1", [await unit("10006")]);
await owner.query("select calc.refresh_denominators()");
const ids = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((at) => unit(`1000${at}`)));
const [one, two, three, four, five] = ids;
await call(operator, "headcounts.set", {
	unitId: five,
	component: "trade_union",
	onDay: "2026-08-01",
	count: 1,
	source: "LĐLĐ",
	document: "12/BC",
});
const centre = await person("ban.to.chuc", "centre", "VN");
const officer = await person("officer.one", "province", "01");
const other = await person("officer.two", "province", "02");
const chair = await person("chair.one", "commune_chair", "10001");
const neighbour = await person("chair.two", "commune_chair", "10002");
const on = (actor: typeof chair, today: string) => ({ ...actor, today });
const SPRING = "2026-03-02";

test("the list holds under and exactly, says what each lacks and since when, and who left or fell back", async () => {
	const spring = await call(officer, "support.list", { unit: "01", on: SPRING });
	assert.deepEqual(
		spring.rows.map((row: { code: string; missing: number; class: string }) => [row.code, row.missing, row.class]),
		[
			["10001", 2, "under"],
			["10004", 2, "under"],
			["10005", 2, "under"],
			["10002", 1, "exactly"],
		],
	);
	assert.deepEqual(spring.counts, { under: 3, exactly: 1, over: 1, none: 1 });
	assert.equal(spring.rows[0].since, "2022-06-09");
	const now = await call(officer, "support.list", { unit: "01", since: SPRING });
	const codes = (rows: { code: string }[]) => rows.map(({ code }) => code).sort();
	assert.deepEqual(codes(now.rows), ["10002", "10005"]);
	assert.deepEqual(codes(now.left), ["10001", "10004"]);
	assert.deepEqual(now.fellBack, []);
	const summer = await call(officer, "support.list", { unit: "01", since: "2026-06-09" });
	assert.deepEqual(codes(summer.left), ["10004"]);
	assert.deepEqual(codes(summer.fellBack), ["10005"]);
	assert.equal(
		summer.rows.find(({ code }: { code: string }) => code === "10005").since,
		null,
		"over at the last data day",
	);
	await assert.rejects(
		call(officer, "support.list", { unit: "01", on: SPRING, since: "2026-06-09" }),
		refused("support.since_later"),
	);
	await assert.rejects(
		call(officer, "support.list", { unit: "01", on: "2190-01-01", map: SPRING }),
		refused("day.out_of_range"),
	);
	assert.equal(now.official, null, "the guidance's figure is the country's");
});

test("the centre reads the guidance's own number beside what the data say of that day", async () => {
	const { official, byData } = await call(centre, "support.list", { unit: "VN" });
	assert.deepEqual([official.communes, official.provinces, official.on], [2129, 46, "2023-05-29"]);
	assert.deepEqual(byData, { on: "2023-05-29", under: 4, provinces: 2, known: 6 });
});

test("a review opens by rule, once; by hand one commune is opened, and not twice", async () => {
	const review = (today: string) => call(on(officer, today), "support.review", { unit: "01" });
	assert.deepEqual(await review(SPRING), { opened: 4, closed: 0, waiting: 0, fellBack: 0 });
	assert.deepEqual(await review(SPRING), { opened: 0, closed: 0, waiting: 0, fellBack: 0 });
	await assert.rejects(call(on(chair, SPRING), "support.open", { unitId: one }), refused("support.exists"));
	await assert.rejects(call(on(chair, SPRING), "support.open", { unitId: two }), refused("access.denied"));
	await assert.rejects(call(on(officer, SPRING), "support.open", { unit: "01" }), refused("support.no_commune"));
	await assert.rejects(call(on(other, SPRING), "support.open", { unitId: one }), refused("access.denied"));
	const { caseId } = await call(on(officer, SPRING), "support.open", { unitId: three, note: "Sát 60%" });
	const { rows } = await owner.query("select why, members, women18 from app.support_case where id = $1", [caseId]);
	assert.deepEqual(rows, [{ why: "hand", members: 15, women18: 20 }]);
	assert.deepEqual(
		(await owner.query("select why, count(*)::integer as n from app.support_case group by why order by why")).rows,
		[
			{ why: "hand", n: 1 },
			{ why: "rule", n: 4 },
		],
	);
});

const PLAN = {
	causes: [
		{ cause: "cause.away", weight: 3, evidence: "8 chị đi làm ở khu công nghiệp" },
		{ cause: "cause.cadres", weight: 1 },
	],
	groups: [{ group: "group.away", women: 8 }],
	milestones: [
		{ day: "2026-06-09", members: 12 },
		{ day: "2026-11-24", members: 13 },
	],
	solutions: [{ solution: "solution.c4", cause: "cause.away", begunOn: "2026-04-01", responsible: "Chủ tịch Hội" }],
	resources: [{ words: "Quỹ Hội", amount: 5_000_000 }],
	partners: [{ partner: "partner.landlords", task: "Giới thiệu chị em mới đến" }],
};

test("chair and officer write one paper: the second of two with the same version is told, and nothing of hers is written", async () => {
	const saved = await call(on(chair, SPRING), "support.save", { unitId: one, version: 1, ...PLAN });
	assert.equal(saved.version, 2);
	await assert.rejects(
		call(on(officer, SPRING), "support.save", { unitId: one, version: 1, causes: [], note: "x" }),
		refused("support.changed"),
	);
	await assert.rejects(
		call(on(neighbour, SPRING), "support.save", { unitId: one, version: 2, note: "x" }),
		refused("access.denied"),
	);
	const shown = await call(on(officer, SPRING), "support.show", { unitId: one });
	assert.deepEqual(
		shown.case.causes.map(({ words, weight }: { words: string; weight: number }) => [words, weight]),
		[
			["Phụ nữ đi làm ăn xa nhiều", 3],
			[shown.case.causes[1].words, 1],
		],
	);
	assert.equal(shown.case.goalOn, "2026-11-24");
	assert.equal(shown.state, "open");
	assert.deepEqual(
		shown.revisions.map(({ by, part }: { by: string; part: string }) => [by, part]),
		[["chair.one", "case"]],
	);
	const solutionId = shown.case.solutions[0].id;
	const ended = { ...shown.case.solutions[0], endedOn: "2026-05-01" };
	await call(on(officer, SPRING), "support.save", { unitId: one, version: 2, solutions: [ended] });
	assert.equal(
		(await call(on(chair, SPRING), "support.show", { unitId: one })).case.solutions[0].id,
		solutionId,
		"a row keeps its id",
	);
	assert.equal(
		(
			await owner.query(
				"select count(*)::integer as n from app.support_revision r join app.support_case c on c.id = r.case_id where c.unit_id = $1",
				[one],
			)
		).rows[0].n,
		2,
		"what was written before stays",
	);
});

test("a commune whose women nobody has counted may have a case; it stands in no list of rates and is named", async () => {
	await call(on(officer, SPRING), "support.open", { unitId: ids[5] });
	const { unrated, rows } = await call(on(officer, SPRING), "support.list", { unit: "01" });
	assert.deepEqual(
		unrated.map(({ code }: { code: string }) => code),
		["10006"],
	);
	assert.ok(rows.every(({ code }: { code: string }) => code !== "10006"));
	assert.equal((await call(on(officer, SPRING), "support.show", { unitId: ids[5] })).state, "open");
	await owner.query("delete from app.support_case where unit_id = $1", [ids[5]]);
});

test("of saves, closings and openings sent at once one is done and the others are told", async () => {
	const seven = ids[6] as number;
	const settle = async (works: Promise<unknown>[]) => {
		const settled = await Promise.allSettled(works);
		return settled.map((one) => (one.status === "fulfilled" ? "done" : (one.reason as { code: string }).code)).sort();
	};
	const three = [1, 2, 3];
	const actor = on(other, SPRING);
	assert.deepEqual(await settle(three.map(() => call(actor, "support.open", { unitId: seven }))), [
		"done",
		"support.exists",
		"support.exists",
	]);
	const save = (note: number) => call(actor, "support.save", { unitId: seven, version: 1, note: `Lời ${note}` });
	assert.deepEqual(await settle(three.map(save)), ["done", "support.changed", "support.changed"]);
	const close = () => call(actor, "support.close", { unitId: seven, version: 2, result: "mistake", note: "Lập nhầm" });
	assert.deepEqual(await settle(three.map(close)), ["done", "support.closed", "support.closed"]);
	const reviews = await Promise.all(three.map(() => call(actor, "support.review", { unit: "02" })));
	assert.deepEqual(reviews.map(({ opened }) => opened).sort(), [0, 0, 1]);
	await owner.query(
		"delete from app.support_revision r using app.support_case c where c.id = r.case_id and c.unit_id = $1",
		[seven],
	);
	await owner.query("delete from app.support_case where unit_id = $1", [seven]);
});

test("a plan that cannot stand is refused with what to do", async () => {
	const save = (input: object) => call(on(officer, SPRING), "support.save", { unitId: two, version: 1, ...input });
	const milestones = [{ day: "2026-06-09", members: 12 }];
	await assert.rejects(save({ milestones }), refused("support.road_map"));
	await assert.rejects(save({ milestones: [{ day: "2025-06-09", members: 13 }] }), refused("support.road_map"));
	await assert.rejects(save({ causes: [PLAN.causes[0], PLAN.causes[0]] }), refused("support.twice"));
	await assert.rejects(save({ causes: [{ cause: "group.away", weight: 1 }] }), refused("support.entry_unknown"));
	await assert.rejects(
		save({ solutions: [{ solution: "solution.a1", begunOn: "2026-05-01", endedOn: "2026-04-01" }] }),
		refused("support.solution_days"),
	);
	await assert.rejects(
		call(on(officer, SPRING), "support.save", { unitId: ids[5], version: 0, note: "x" }),
		refused("support.no_case"),
	);
	assert.equal((await call(on(officer, SPRING), "support.show", { unitId: two })).case.version, 1);
});

test("who passes 60 % in mid-plan stays open until a data day confirms it; who falls back is said so", async () => {
	const close = (unitId: number, today: string, more: object = {}) =>
		call(on(officer, today), "support.show", { unitId }).then((shown) =>
			call(on(officer, today), "support.close", { unitId, version: shown.case.version, result: "passed", ...more }),
		);
	const stateOn = async (unitId: number, today: string) =>
		(await call(on(officer, today), "support.show", { unitId })).state;
	assert.equal(await stateOn(one, "2026-05-10"), "waiting");
	await assert.rejects(close(one, "2026-05-10"), refused("support.not_confirmed"));
	assert.equal(await stateOn(one, "2026-06-09"), "waiting", "the data day itself is not over");
	assert.equal(await stateOn(one, "2026-06-10"), "confirmed");
	assert.equal((await call(on(officer, "2026-06-10"), "support.show", { unitId: one })).crossedOn, "2026-05-01");
	assert.equal(await stateOn(four, "2026-11-22"), "waiting");
	assert.equal(await stateOn(five, "2026-07-01"), "confirmed");
	assert.equal(await stateOn(five, "2026-11-22"), "fell_back");
	await assert.rejects(close(five, "2026-11-22"), refused("support.not_confirmed"));
	await assert.rejects(close(five, "2026-11-22", { result: "mistake" }), refused("support.note_missing"));
	assert.deepEqual(await call(on(officer, "2026-11-22"), "support.review", { unit: "01" }), {
		opened: 0,
		closed: 2,
		waiting: 1,
		fellBack: 1,
	});
	const { rows } = await owner.query(
		"select result, confirmed_on::text as confirmed, closed_on::text as closed from app.support_case where unit_id = $1",
		[one],
	);
	assert.deepEqual(rows, [{ result: "passed", confirmed: "2026-06-09", closed: "2026-11-22" }]);
});

test("a closed case is not closed twice and takes nothing more; the commune may have another", async () => {
	await assert.rejects(
		call(officer, "support.close", { unitId: one, version: 4, result: "other", note: "x" }),
		refused("support.closed"),
	);
	await assert.rejects(call(chair, "support.save", { unitId: one, version: 4, note: "x" }), refused("support.closed"));
	const shown = await call(chair, "support.show", { unitId: one });
	assert.equal(shown.state, "closed");
	assert.equal(shown.case.closed.result, "passed");
	await call(chair, "support.open", { unitId: one });
	const again = await call(chair, "support.show", { unitId: one });
	assert.equal(again.state, "waiting", "no data day since");
	assert.equal(again.earlier.length, 1);
});

test("causes and solutions are counted upward; a commune reads its own alone", async () => {
	const counted = await call(centre, "support.overview", { unit: "VN" });
	const states = new Map(
		counted.states.map(({ state, communes }: { state: string; communes: number }) => [state, communes]),
	);
	assert.equal(states.get("fell_back"), 1);
	assert.equal(states.get("none"), 1, "the commune of the other province");
	const { milestones: _, ...plan } = PLAN;
	await call(officer, "support.save", { unitId: two, version: 1, ...plan });
	const { causes, solutions, groups, strip } = await call(officer, "support.overview", { unit: "01" });
	assert.deepEqual([causes[0].code, causes[0].communes, causes[0].main], ["cause.away", 1, 1]);
	assert.deepEqual([solutions[0].code, solutions[0].begun], ["solution.c4", 1]);
	assert.deepEqual([groups[0].code, groups[0].women], ["group.away", 8]);
	assert.ok(strip.some(({ before, now }: { before: string; now: string }) => before === "55.00" && now === "65.00"));
	await assert.rejects(call(chair, "support.overview", { unitId: await unit("01") }), refused("access.denied"));
	await assert.rejects(call(chair, "support.show", { unitId: two }), refused("access.denied"));
	await assert.rejects(call(other, "support.list", { unit: "01" }), refused("access.denied"));
	await verified();
});

test("an entry of a commune's own is its own until the level above offers it, and the country's once the centre does", async () => {
	const add = { kind: "group", words: "Phụ nữ làng nghề" };
	const { code } = await call(chair, "support.addEntry", add);
	await assert.rejects(
		call(officer, "support.addEntry", { kind: "group", words: "phụ nữ Làng nghề" }),
		refused("support.entry_known"),
	);
	const sees = async (actor: typeof chair) =>
		(await call(actor, "support.catalogue", { kinds: ["group"] })).some(
			(entry: { code: string }) => entry.code === code,
		);
	assert.deepEqual(
		[await sees(chair), await sees(officer), await sees(neighbour), await sees(other)],
		[true, true, false, false],
	);
	const use = { unitId: two, version: 2, groups: [{ group: code, women: 3 }] };
	await assert.rejects(call(officer, "support.save", use), refused("support.entry_unknown"));
	await assert.rejects(call(chair, "support.offerEntry", { code }), refused("access.denied"));
	assert.deepEqual(await call(officer, "support.offerEntry", { code }), { code, offeredToAll: false });
	assert.deepEqual([await sees(neighbour), await sees(other)], [true, false]);
	assert.equal((await call(officer, "support.save", use)).version, 3);
	await assert.rejects(call(officer, "support.offerEntry", { code }), refused("support.not_to_offer"));
	assert.deepEqual(await call(centre, "support.offerEntry", { code }), { code, offeredToAll: true });
	assert.equal(await sees(other), true);
	await assert.rejects(
		call(centre, "support.addEntry", { kind: "solution", words: "Khác" }),
		refused("support.entry_unknown"),
	);
});
