import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { openSmallCountry, TODAY } from "../reorganisations/small-country.harness.ts";

// Two provinces: Tỉnh Một with weights 90 and 30, Tỉnh Hai with 60, a full commune (none) and one without a denominator.
const commune = (province: 0 | 1, women18: number, unlisted: number) => ({
	province,
	women18,
	unlisted,
	overlap: 0,
	joined: [[], []],
});
const country = await openSmallCountry();
await country.fill([commune(0, 100, 5), commune(0, 50, 10), commune(1, 80, 10), commune(1, 20, 15), commune(1, 10, 1)]);
const { call, operator, owner, person, unit } = country;
await owner.query("delete from app.population where unit_id = $1", [await unit("10005")]);
await owner.query("select calc.refresh_denominators()");
const [vn, one, two] = [await unit("VN"), await unit("01"), await unit("02")];
const centre = await person("ban.to.chuc", "centre", "VN");
const first = await person("officer.one", "province", "01");
const second = await person("officer.two", "province", "02");
const chair = await person("chair.one", "commune_chair", "10001");
const kind = "net_new_members";
const row = (unitId: number, value: number) => ({ unitId, value });
const at = (answer: { rows: { unitId: number; target: { value: number } | null }[] }, id: number) =>
	answer.rows.find((found) => found.unitId === id)?.target?.value ?? null;

test("a proposal weighs women not yet members commune by commune, keeps fixed rows, and names who has no denominator (R14)", async () => {
	const { rows, sum, without } = await call(centre, "targets.propose", { unit: "VN", kind, total: 1801 });
	assert.deepEqual(
		rows.map((found: { code: string; weight: number; target: number }) => [found.code, found.weight, found.target]),
		[
			["01", 120, 1201],
			["02", 60, 600],
		],
	);
	assert.equal(sum, 1801);
	assert.deepEqual(
		without.map((found: { code: string }) => found.code),
		["10005"],
	);
	const fixed = await call(centre, "targets.propose", {
		unit: "VN",
		kind,
		total: 1801,
		locked: [{ unitId: one, target: 1 }],
	});
	assert.deepEqual(
		fixed.rows.map((found: { target: number; locked: boolean }) => [found.target, found.locked]),
		[
			[1, true],
			[1800, false],
		],
	);
	await assert.rejects(
		call(centre, "targets.propose", { unit: "10001", kind, total: 5 }),
		refused("target.no_children"),
	);
});

test("the centre decides its own over a baseline and allots; less than what stands above is refused without a reason", async () => {
	const own = { value: 1000, baselineOn: "2022-06-10", baselineMembers: 41, baselineDocument: "BC 5/BC-ĐCT" };
	const input = { unitId: vn, kind, document: "358/ĐCT-TC ngày 10/6/2026", documentOn: "2026-06-10" };
	await assert.rejects(
		call(centre, "targets.set", { ...input, own, rows: [row(one, 600), row(two, 399)] }),
		refused("target.short"),
	);
	assert.equal((await call(centre, "targets.show", { unit: "VN", kind })).target, null, "nothing of it was written");
	const done = await call(centre, "targets.set", {
		...input,
		own,
		rows: [row(one, 600), row(two, 399)],
		reason: "Chờ số liệu",
	});
	assert.deepEqual(done, { saved: 3, above: 1000, sum: 999, short: 1 });
	const shown = await call(centre, "targets.show", { unit: "VN", kind });
	assert.deepEqual([shown.target.value, shown.sum, shown.short], [1000, 999, 1]);
	assert.deepEqual([shown.target.decision.baselineOn, shown.target.decision.baselineMembers], ["2022-06-10", 41]);
	assert.equal(shown.rows[0].target.decision.reason, "Chờ số liệu");
	assert.equal((await call(centre, "targets.show", { unit: "VN", kind, on: "2026-06-09" })).target, null);
});

test("a revision keeps the earlier decision; the earlier day still shows it", async () => {
	const done = await call(centre, "targets.set", {
		unitId: vn,
		kind,
		document: "400/ĐCT-TC",
		documentOn: "2026-08-15",
		rows: [row(two, 400)],
	});
	assert.deepEqual(done, { saved: 1, above: 1000, sum: 1000, short: 0 });
	const { history, target } = await call(second, "targets.show", { unit: "02", kind });
	assert.deepEqual(
		history.map((found: { value: number; superseded: boolean; decidedBy: string }) => [
			found.value,
			found.superseded,
			found.decidedBy,
		]),
		[
			[400, false, "ban.to.chuc"],
			[399, true, "ban.to.chuc"],
		],
	);
	assert.equal(target.decision.document, "400/ĐCT-TC");
	assert.equal(at(await call(centre, "targets.show", { unit: "VN", kind, on: "2026-08-14" }), two), 399);
	await assert.rejects(
		call(centre, "targets.set", { unitId: vn, kind, document: "x", documentOn: "2026-08-14", rows: [row(two, 500)] }),
		refused("target.document_before"),
	);
});

test("a province allots to its communes, sees its own and not another's; nobody else decides", async () => {
	const communes = [row(await unit("10001"), 450), row(await unit("10002"), 150)];
	const input = { unitId: one, kind, document: "12/KH-BTV" };
	assert.deepEqual(await call(first, "targets.set", { ...input, rows: communes }), {
		saved: 2,
		above: 600,
		sum: 600,
		short: 0,
	});
	assert.equal((await call(chair, "targets.show", { unit: "10001", kind })).target.value, 450);
	for (const [who, code] of [
		[chair, "01"],
		[chair, "10002"],
		[first, "02"],
		[second, "10001"],
	] as const)
		await assert.rejects(call(who, "targets.show", { unit: code, kind }), refused("access.denied"));
	await assert.rejects(call(second, "targets.set", { ...input, rows: communes }), refused("access.denied"));
	await assert.rejects(call(chair, "targets.set", { ...input, rows: communes }), refused("access.denied"));
	await assert.rejects(call(first, "targets.set", { ...input, own: { value: 1 } }), refused("target.from_above"));
	await assert.rejects(
		call(first, "targets.set", { ...input, rows: [row(await unit("10003"), 1)] }),
		refused("target.not_below"),
	);
	await assert.rejects(
		call(first, "targets.set", { ...input, rows: [...communes, ...communes] }),
		refused("target.twice"),
	);
	await assert.rejects(call(first, "targets.set", input), refused("target.nothing"));
});

test("the database itself lets nobody write a target for another's unit, nor for one that gets none (R6)", async () => {
	const club = await call(operator, "units.add", { parentId: one, kind: "club", name: "CLB của tỉnh" });
	const insert = (from: number, to: number) =>
		country.as(first, (work) =>
			work.db
				.insertInto("target")
				.values({
					id: "019a0000-0000-7000-8000-000000000001",
					unit_id: to,
					from_unit_id: from,
					kind,
					year: 2026,
					value: 1,
					document: "x",
					document_on: TODAY,
					decided_by: first.accountId,
				})
				.execute(),
		);
	for (const [from, to] of [
		[two, await unit("10003")],
		[one, await unit("10003")],
		[vn, one],
		[one, club.id],
	] as const)
		await assert.rejects(insert(from, to), refused("access.denied"));
});

test("each kind, year and term of a level has its own; a free one has a name and a measure", async () => {
	const terms = await call(first, "targets.terms");
	assert.deepEqual(
		terms.map((found: { level: string; from: string }) => [found.level, found.from]),
		[
			["centre", "2022-03-11"],
			["province", "2025-07-01"],
			["commune", "2025-07-01"],
		],
	);
	const ofProvince = terms[1].id;
	await call(first, "targets.set", { unitId: one, kind, termId: ofProvince, document: "NQ 1", own: { value: 77 } });
	assert.equal((await call(first, "targets.show", { unit: "01", kind, termId: ofProvince })).target.value, 77);
	assert.equal((await call(first, "targets.show", { unit: "01", kind })).target.value, 600);
	const free = { unitId: one, kind: "free", name: "Tổ truyền thông", year: 2026, document: "NQ 1", own: { value: 3 } };
	await assert.rejects(call(first, "targets.set", free), refused("target.measure"));
	await call(first, "targets.set", { ...free, measure: "tổ" });
	const shown = await call(first, "targets.show", { unit: "01", kind: "free", name: free.name, year: 2026 });
	assert.deepEqual([shown.measure, shown.period.name, shown.target.value], ["tổ", "Năm 2026", 3]);
	await assert.rejects(
		call(first, "targets.show", { unit: "01", kind, year: 2026, termId: ofProvince }),
		refused("target.period"),
	);
	await assert.rejects(call(first, "targets.show", { unit: "01", kind: "free" }), refused("target.name"));
});

test("an abolished unit gets no target, and says when it lived", async () => {
	const gone = await unit("10004");
	await owner.query("update app.unit_spell set during = daterange(lower(during), '2026-10-01') where unit_id = $1", [
		gone,
	]);
	await owner.query("select calc.refresh_territory(), calc.refresh_homes(array[$1::int]), calc.refresh_scopes(null)", [
		gone,
	]);
	await assert.rejects(call(centre, "targets.show", { unit: "10004", kind }), refused("unit.not_found"));
	const input = { unitId: two, kind, document: "9/KH", rows: [row(gone, 400)] };
	await assert.rejects(call(second, "targets.set", input), refused("target.not_below"));
});
