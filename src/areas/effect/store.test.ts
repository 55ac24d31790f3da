import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { classOf } from "../../core/rate.ts";
import { openMadeUpCountry } from "./country.harness.ts";

// A country of 14 provinces whose planted effects are known, read through the database as people read it.
const PLANTED = { "solution.a5": 0, "solution.b2": 2, "solution.c3": 0, "model.club": 2 };
const { call, operator, owner, unit, person, made, as } = await openMadeUpCountry({
	seed: 7,
	choice: "low",
	effects: PLANTED,
	perKind: 60,
	communesEach: 40,
});
const centre = await person("centre", "centre", "VN");
const province = await person("province", "province", "08");
const codeOf = (commune: number) => String(20_001 + commune);
const membersNow = (commune: number) => {
	const { rates, women } = made.courses[commune] as (typeof made.courses)[number];
	return Math.round((women * (rates.at(-1) as number)) / 100);
};

interface Kind {
	kind: string;
	verdict: string | null;
	effect: number;
	low: number;
	high: number;
	used: number;
	lack: string | null;
}

test("the planted effect is found through the database, no other; every level reads the same answer and no commune in it", async () => {
	const shown = await call<{ kinds: Kind[]; communes: number; using: number; tested: number }>(
		centre,
		"effect.show",
		{},
	);
	assert.deepEqual([shown.communes, shown.tested], [made.courses.length, 4]);
	const found = new Map(shown.kinds.map((one) => [one.kind, one]));
	for (const kind of ["solution.b2", "model.club"]) {
		const planted = found.get(kind) as Kind;
		assert.equal(planted.verdict, "higher");
		assert.ok(planted.low <= 200 && planted.high >= 200 && planted.used === 60, JSON.stringify(planted));
	}
	for (const kind of ["solution.a5", "solution.c3"]) assert.equal(found.get(kind)?.verdict, "unclear", kind);
	const chair = await person("chair.first", "commune_chair", codeOf(0));
	for (const actor of [province, chair]) assert.deepEqual(await call(actor, "effect.show", {}), shown);
	await assert.rejects(
		call(await person("head", "branch_head", codeOf(0)), "effect.show", {}),
		refused("access.denied"),
	);
});

interface Similar {
	alike: number;
	passed: number;
	rows: {
		unitId: number;
		code: string;
		agreed: boolean;
		start: { rate: string };
		path: object[];
		experiences: { title: string }[];
		like: string[];
	}[];
}

/** A commune now under 60 % and one of another province that has passed, as like it as can be. */
async function lookFor(): Promise<{ mine: number; chair: Awaited<ReturnType<typeof person>>; shown: Similar }> {
	for (const [commune, { women, rates }] of made.courses.entries()) {
		const now = rates.at(-1) as number;
		if (classOf(membersNow(commune), women) === "over" || now < 56) continue;
		const chair = await person(`chair.${commune}`, "commune_chair", codeOf(commune));
		const shown = await call<Similar>(centre, "effect.similar", { unit: codeOf(commune) });
		if (shown.rows.some(({ like }) => !like.includes("cùng tỉnh, thành phố"))) return { mine: commune, chair, shown };
	}
	throw new Error("the made-up country has no such pair");
}

test("a commune learns how many like it have passed, by name only whose chair agreed, and no longer once she withdrew", async () => {
	const { mine, chair, shown } = await lookFor();
	assert.ok(shown.passed >= shown.rows.length && shown.alike >= shown.passed);
	const ask = () => call<Similar>(chair, "effect.similar", { unit: codeOf(mine) });
	const before = await ask();
	assert.deepEqual([before.alike, before.passed, before.rows], [shown.alike, shown.passed, []]);
	const other = shown.rows.find(({ like }) => !like.includes("cùng tỉnh, thành phố")) as Similar["rows"][number];
	const owned = await person("owner", "commune_chair", other.code);
	const text = { unitId: other.unitId, title: "CLB theo lứa tuổi", body: "Đã mở ba CLB." };
	const first = await call<{ id: string }>(owned, "effect.write", { ...text, share: false });
	assert.deepEqual((await ask()).rows, [], "written, not shared");
	assert.deepEqual(await call(chair, "effect.experiences", {}), []);
	const second = await call<{ id: string }>(owned, "effect.write", { ...text, replaces: first.id, share: true });
	const [row] = (await ask()).rows;
	assert.deepEqual(
		[row?.unitId, row?.agreed, row?.experiences.map(({ title }) => title)],
		[other.unitId, true, ["CLB theo lứa tuổi"]],
	);
	assert.ok((row?.path.length ?? 0) > 3);
	await assert.rejects(
		call(owned, "effect.write", { ...text, replaces: first.id, share: true }),
		refused("experience.changed"),
	);
	await call(owned, "effect.withdraw", { id: second.id });
	assert.deepEqual((await ask()).rows, []);
	assert.equal((await call<object[]>(owned, "effect.experiences", {})).length, 1, "her own text stays hers");
	await assert.rejects(call(owned, "effect.withdraw", { id: second.id }), refused("experience.not_shared"));
});

test("nobody agrees for another: not a chair elsewhere, not the level above, not past the program either", async () => {
	const [here, there] = [codeOf(3), codeOf(4)];
	const chair = await person("three", "commune_chair", here);
	const [mine, other] = [await unit(here), await unit(there)];
	const text = { title: "T", body: "B", share: true };
	await assert.rejects(call(chair, "effect.write", { ...text, unitId: other }), refused("experience.not_hers"));
	await assert.rejects(call(province, "effect.write", { ...text, unitId: mine }), refused("access.denied"));
	await assert.rejects(call(centre, "effect.write", { ...text, unitId: mine }), refused("access.denied"));
	const { id } = await call<{ id: string }>(chair, "effect.write", { ...text, share: false, unitId: mine });
	const stranger = await person("four", "commune_chair", there);
	await assert.rejects(
		call(stranger, "effect.write", { ...text, unitId: other, replaces: id }),
		refused("experience.changed"),
	);
	await as(stranger, async ({ db }) => {
		assert.deepEqual(await db.selectFrom("experience").select("id").execute(), []);
		const { numUpdatedRows } = await db
			.updateTable("experience")
			.set({ superseded_at: "2026-01-01" })
			.where("id", "=", id)
			.executeTakeFirstOrThrow();
		assert.equal(numUpdatedRows, 0n);
	});
	await assert.rejects(call(stranger, "effect.similar", { unit: here }), refused("access.denied"));
	await assert.rejects(call(stranger, "effect.strip", { unit: here }), refused("access.denied"));
	await assert.rejects(
		call(chair, "effect.write", { ...text, unitId: mine, beganOn: "2026-11-23" }),
		refused("experience.ahead"),
	);
});

test("before and after of one commune, beside the mean of at least three like it", async () => {
	const use = made.uses.find(
		({ commune, kind }) => kind === "solution.b2" && made.uses.filter((one) => one.commune === commune).length === 1,
	);
	const commune = use?.commune as number;
	const chair = await person("strip", "commune_chair", codeOf(commune));
	const { strip } = await call(chair, "effect.strip", { unit: codeOf(commune) });
	assert.ok(strip.likes === 0 || strip.likes >= 3);
	assert.equal(strip.points.length, 12 + 1 + strip.months);
	assert.equal(strip.changed, strip.points.at(-1).rate - strip.points[12].rate);
	const { rates, women } = made.courses[commune] as (typeof made.courses)[number];
	const rounded = (month: number) =>
		Math.round((10_000 * Math.round((women * (rates[month] as number)) / 100)) / women);
	assert.ok(
		Math.abs(strip.points[12].rate - rounded(use?.at as number)) <= 1,
		"the rate on the first of the month it began in",
	);
	const idle = made.courses.findIndex((_, at) => made.uses.every((one) => one.commune !== at));
	assert.equal((await call(centre, "effect.strip", { unit: codeOf(idle) })).strip, null);
});

test("the calculator starts from the commune's figures, its history and the forecast with its interval", async () => {
	const chair = await person("sum", "commune_chair", codeOf(9));
	const shown = await call(chair, "effect.calculator", { unit: codeOf(9) });
	assert.deepEqual([shown.members, shown.women18], [membersNow(9), made.courses[9]?.women]);
	assert.deepEqual(
		shown.asBefore.map(({ on }: { on: string }) => on),
		["2027-05-22", "2027-11-22", "2028-05-22", "2028-11-22", "2029-05-22", "2029-11-22"],
	);
	for (const { low, net, high } of shown.asBefore) assert.ok(low <= net && net <= high);
	assert.deepEqual([shown.coming, shown.history.months, shown.groups.length], [[], 36, 5]);
	await assert.rejects(call(chair, "effect.calculator", { unit: codeOf(10) }), refused("access.denied"));
	await assert.rejects(call(centre, "effect.calculator", { unit: "08" }), refused("effect.commune_only"));
});

test("traits are worked out for every commune by the system alone", async () => {
	await assert.rejects(
		as(centre, ({ db }) => db.selectNoFrom((eb) => eb.fn("calc.refresh_commune_traits").as("n")).execute()),
	);
	await as(operator, ({ db }) => db.selectNoFrom((eb) => eb.fn("calc.refresh_commune_traits").as("n")).execute());
	const { rows } = await owner.query(
		"select count(*)::int as n, sum(branches)::int as branches from app.commune_trait",
	);
	assert.deepEqual(rows[0], { n: made.courses.length, branches: 0 });
	await assert.rejects(
		as(centre, ({ db }) => db.selectFrom("commune_trait").select("minority").execute()),
		/không có quyền/,
	);
});
