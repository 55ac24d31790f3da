import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Change } from "./contract.ts";
import { type CommunePlan, DAY, openSmallCountry } from "./small-country.harness.ts";

const kit = await openSmallCountry();
const { call, operator, owner, unit } = kit;
const BEFORE = "2026-07-31";
const LATER = "2026-10-15";

const day = fc.constantFrom("2019-05-01", "2024-02-29", "2026-07-31", DAY, "2026-09-09");
const commune: fc.Arbitrary<CommunePlan> = fc.record({
	province: fc.constantFrom(0 as const, 1 as const),
	women18: fc.integer({ min: 1, max: 60 }),
	unlisted: fc.integer({ min: 0, max: 9 }),
	overlap: fc.integer({ min: 0, max: 5 }),
	joined: fc.array(fc.array(day, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
});

/** What becomes of communes 0.., in the order drawn: whole into one, parted in two or three, or taken in by a neighbour that stays. */
const fate = fc.record({
	what: fc.constantFrom("merge" as const, "part" as const, "absorb" as const, "rename" as const),
	many: fc.integer({ min: 1, max: 3 }),
	declared: fc.boolean(),
	numerator: fc.integer({ min: 0, max: 7 }),
});
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never;

const country = fc.record({
	communes: fc.array(commune, { minLength: 4, maxLength: 8 }),
	fates: fc.array(fate, { minLength: 1, maxLength: 3 }),
	draws: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
});

/** The changes of one fate to the communes it takes from the front of `codes`. */
async function changesOf(one: Fate, codes: string[], name: number): Promise<Change[]> {
	const take = async (n: number) => Promise.all(codes.splice(0, n).map((code) => unit(code, BEFORE)));
	const province = await unit("01", BEFORE);
	const make = (n: number): Change => ({
		kind: "create",
		key: `new:${name}${n}`,
		unitKind: "commune",
		code: `9${name}${n}`,
		name: `Xã Mới ${name}${n}`,
		parent: { unitId: province },
	});
	const goes = (unitId: number, successor: { unitId?: number; key?: string }, more: object = {}): Change => ({
		kind: "succeed",
		unitId,
		successor,
		part: "full",
		document: "",
		...more,
	});
	if (one.what === "rename") {
		const [id] = await take(1);
		return id ? [{ kind: "change", unitId: id, name: `Phường Đổi Tên ${name}` }] : [];
	}
	if (one.what === "absorb") {
		const [stays, ...gone] = await take(one.many + 1);
		return gone.map((id) => goes(id, { unitId: stays }));
	}
	if (one.what === "merge") {
		const gone = await take(one.many);
		return gone.length === 0 ? [] : [make(0), ...gone.map((id) => goes(id, { key: `new:${name}0` }))];
	}
	const [parted] = await take(1);
	if (!parted) return [];
	const share = (numerator: number) =>
		one.declared ? { share: { numerator, denominator: 7 }, document: "Biên bản bàn giao" } : {};
	return [
		make(0),
		make(1),
		goes(parted, { key: `new:${name}0` }, { part: "partial", ...share(one.numerator) }),
		goes(parted, { key: `new:${name}1` }, { part: "partial", ...share(7 - one.numerator) }),
	];
}

async function draft(changes: Change[]) {
	return call(operator, "reorganisations.draft", { title: "Thử", decree: "Nghị quyết thử", on: DAY, changes });
}

async function step(name: string, one: { id: string; version: number }) {
	return call(operator, `reorganisations.${name}`, { id: one.id, version: one.version });
}

const apply = async (drafted: { id: string; version: number }) =>
	step("apply", await step("approve", await step("submit", drafted)));

interface Row {
	code: string | null;
	kind: string;
	members: number;
	women18: number | null;
	parts: Record<string, number>;
}

const rows = (on: string, map?: string): Promise<Row[]> =>
	call(operator, "gathering.rates", { level: "commune", on, map });

/** The country's figures on a day: women aged 18 and over, and every part, added up over the communes of a map. */
async function totals(on: string, map?: string) {
	const sums: Record<string, number> = { women18: 0 };
	for (const row of await rows(on, map)) {
		sums.women18 += row.women18 ?? 0;
		for (const [part, n] of Object.entries(row.parts)) sums[part] = (sums[part] ?? 0) + n;
	}
	return sums;
}

/** Everything derived, to compare before with after an undo. */
async function readModel(): Promise<string> {
	const { rows: all } = await owner.query(`select 'home' as t, to_jsonb(h)::text as r from app.unit_home h
		union all select 'scope', to_jsonb(s)::text from app.unit_scope s
		union all select 'territory', to_jsonb(x)::text from app.territory x
		union all select 'denominator', to_jsonb(d)::text from app.denominator d
		union all select 'share', to_jsonb(d)::text from app.split_share d
		union all select 'sum', to_jsonb(e)::text from calc.ledger_entries e
		union all select 'day', to_jsonb(d)::text from app.day_delta d where delta <> 0
		union all select 'spell', to_jsonb(s)::text from app.unit_spell s
		union all select 'succession', to_jsonb(s)::text from app.unit_succession s order by 1, 2`);
	return JSON.stringify(all);
}

async function sound(before: Record<string, Record<string, number>>, about: string) {
	for (const on of [BEFORE, DAY, LATER])
		for (const map of [undefined, BEFORE, DAY, LATER])
			assert.deepEqual(await totals(on, map), before[on], `${about}: ${on} under the map of ${map ?? "its own day"}`);
	assert.deepEqual((await owner.query("select * from calc.verify()")).rows, [], about);
}

async function figuresByCode() {
	const seen = [];
	for (const on of [BEFORE, DAY, LATER])
		seen.push(
			(await rows(on)).map(({ code, kind, members, women18, parts }) => ({ code, kind, members, women18, parts })),
		);
	return seen;
}

/** Assigns every branch and every single woman that waits, each to a part drawn; the figures are sound after each step. */
async function assignAll(draws: number[], before: Record<string, Record<string, number>>) {
	let n = 0;
	const draw = (below: number) => draws[n++ % draws.length] % below;
	for (const parted of (await call(operator, "reorganisations.queue", {})).rows) {
		const into = () => parted.parts[draw(parted.parts.length)].unitId;
		const assign = (more: object) =>
			call(operator, "reorganisations.assign", { unitId: parted.unitId, toUnitId: into(), ...more });
		for (const branch of parted.branches) await assign({ branchIds: [branch.unitId] });
		const waiting = await call(operator, "reorganisations.waiting", { unitId: parted.unitId });
		for (const { spellId } of waiting.rows) await assign({ spellIds: [spellId] });
		await sound(before, "assigned");
	}
	assert.deepEqual(await call(operator, "reorganisations.queue", {}), { rows: [], next: null });
	const unassigned = (await rows(LATER)).filter((row) => row.kind === "unassigned");
	assert.deepEqual(
		unassigned.filter((row) => row.parts.roster !== 0),
		[],
	);
}

test("laws of reorganisations: totals stay in both maps, nobody is counted twice or not at all, undo leaves no trace, order does not matter", async () => {
	await fc.assert(
		fc.asyncProperty(country, async ({ communes, fates, draws }) => {
			await kit.fill(communes);
			const before = { [BEFORE]: await totals(BEFORE), [DAY]: await totals(DAY), [LATER]: await totals(LATER) };
			const pristine = await readModel();
			const codes = communes.map((_, at) => String(10_001 + at));
			const lists: Change[][] = [];
			for (const [at, one] of fates.entries()) lists.push(await changesOf(one, codes, at));
			const acts = lists.filter((list) => list.length > 0);

			const tried = await draft(acts.flat());
			const seen = await call(operator, "reorganisations.dryRun", { id: tried.id });
			assert.equal(await readModel(), pristine, "a dry run writes nothing");
			assert.deepEqual(seen.conflicts, []);
			assert.equal(seen.before.members, seen.after.members);
			assert.equal(seen.before.women18, seen.after.women18);

			const done = await apply(tried);
			await sound(before, "applied");
			const atOnce = await figuresByCode();
			await step("undo", done);
			assert.equal(await readModel(), pristine, "undone");

			const backwards = [];
			for (const list of acts.toReversed()) backwards.push(await apply(await draft(list)));
			assert.deepEqual(await figuresByCode(), atOnce, "one by one, in the other order");
			for (const each of backwards.toReversed())
				await step("undo", await call(operator, "reorganisations.show", { id: each.id }));
			assert.equal(await readModel(), pristine, "undone one by one");

			await apply(await draft(acts.flat()));
			await assignAll(draws, before);
		}),
		{ numRuns: 12 },
	);
});
