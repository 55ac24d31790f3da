import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays } from "../../core/day.ts";
import type { Change } from "./contract.ts";
import { type CommunePlan, DAY, openSmallCountry, TODAY } from "./small-country.harness.ts";

const kit = await openSmallCountry();
const { call, operator, owner, unit } = kit;
const BEFORE = "2026-07-31";
/** A second reorganisation, so that days fall into several stretches with links of their own. */
const AGAIN = "2026-10-01";

const day = fc.integer({ min: 0, max: 3150 }).map((n) => addDays("2018-04-01", n));
const commune: fc.Arbitrary<CommunePlan> = fc.record({
	province: fc.constantFrom(0 as const, 1 as const),
	women18: fc.integer({ min: 1, max: 60 }),
	unlisted: fc.integer({ min: 0, max: 9 }),
	overlap: fc.integer({ min: 0, max: 5 }),
	joined: fc.array(fc.array(day, { maxLength: 4 }), { minLength: 3, maxLength: 4 }),
});
const country = fc.record({
	communes: fc.array(commune, { minLength: 5, maxLength: 6 }),
	days: fc.uniqueArray(day, { minLength: 6, maxLength: 14 }),
	declared: fc.boolean(),
	// For every third woman the days she was away, and left for good.
	away: fc.tuple(day, day, day),
	assigned: fc.nat({ max: 3 }),
	again: fc.constantFrom("part" as const, "merge" as const, "none" as const),
});

async function carryOut(on: string, changes: Change[]): Promise<void> {
	let one = await call(operator, "reorganisations.draft", { title: "Thử", decree: "Nghị quyết thử", on, changes });
	for (const name of ["submit", "approve", "apply"])
		one = await call(operator, `reorganisations.${name}`, { id: one.id, version: one.version });
}

const goes = (unitId: number, successor: { unitId?: number; key?: string }, more: object = {}): Change => ({
	kind: "succeed",
	unitId,
	successor,
	part: "full",
	document: "",
	...more,
});
const part = (numerator: number | null) => ({
	part: "partial" as const,
	...(numerator === null ? {} : { share: { numerator, denominator: 7 }, document: "Biên bản bàn giao" }),
});
const make = (key: string, code: string, parent: number): Change => ({
	kind: "create",
	key,
	unitKind: "commune",
	code,
	name: `Xã Mới ${code}`,
	parent: { unitId: parent },
});

/** Two communes are parted between two new ones, to one of which a third goes whole; that one is then parted or merged again. */
async function rearrange(drawn: typeof country extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
	const [province, first, second, third, fourth] = await Promise.all(
		["01", "10001", "10002", "10003", "10004"].map((code) => unit(code, BEFORE)),
	);
	const share = (numerator: number) => part(drawn.declared ? numerator : null);
	await carryOut(DAY, [
		make("new:a", "90001", province),
		make("new:b", "90002", province),
		goes(first, { key: "new:a" }, share(3)),
		goes(first, { key: "new:b" }, share(4)),
		goes(second, { key: "new:a" }, share(7)),
		goes(second, { key: "new:b" }, share(0)),
		goes(third, { key: "new:a" }),
	]);
	for (const parted of (await call(operator, "reorganisations.queue", {})).rows)
		for (const [at, branch] of parted.branches.slice(0, drawn.assigned).entries())
			await call(operator, "reorganisations.assign", {
				unitId: parted.unitId,
				toUnitId: parted.parts[at % parted.parts.length].unitId,
				branchIds: [branch.unitId],
			});
	const a = await unit("90001", DAY);
	if (drawn.again === "merge") await carryOut(AGAIN, [goes(a, { unitId: fourth })]);
	if (drawn.again === "part")
		await carryOut(AGAIN, [
			make("new:c", "90003", province),
			make("new:d", "90004", province),
			goes(a, { key: "new:c" }, share(2)),
			goes(a, { key: "new:d" }, share(5)),
		]);
}

/** Every third woman counts with a gap and an end, every third until an end: what was posted of her is taken out before and posted after. */
async function interrupt(away: readonly string[]): Promise<void> {
	const [from, back, end] = away.toSorted();
	await owner.query(
		`set search_path = app, public;
		create temp table chosen as select id, row_number() over (order by joined, id) as n from app.spell;
		select calc.post_spells((select array_agg(id) from chosen), -1);
		update app.spell s set counts = x.counts, counting_order = case when x.counts <> '{}' then 0 end
			from (select c.id, o.counts - case c.n % 3 when 0 then datemultirange(daterange('${from}', '${back}'), daterange('${end}', null))
				when 1 then datemultirange(daterange('${back}', null)) else '{}' end as counts from chosen c join app.spell o on o.id = c.id) x where x.id = s.id;
		select calc.post_spells((select array_agg(id) from chosen), 1);
		drop table chosen`,
	);
}

/** What a question answers, as one text a row. */
async function answers(question: string, values: unknown[]): Promise<string[]> {
	const { rows } = await owner.query(`select to_jsonb(x)::text as row from (${question}) x order by 1`, values);
	return rows.map(({ row }) => row);
}

test("a line under another day's map is, day by day, what that day's figures are under it", async () => {
	await fc.assert(
		fc.asyncProperty(country, async (drawn) => {
			await kit.fill(drawn.communes.map((one, at) => ({ ...one, province: at < 4 ? 0 : one.province })));
			await interrupt(drawn.away);
			await rearrange(drawn);
			const days = [...new Set([...drawn.days, BEFORE, DAY, AGAIN, TODAY])].filter((on) => on <= TODAY);
			for (const map of [BEFORE, DAY, AGAIN]) {
				const single = await answers(
					"select b.* from unnest($1::date[]) d cross join lateral calc.crossed_base(array[d], $2, null) b",
					[days, map],
				);
				const together = await answers("select * from calc.crossed_base($1::date[], $2, null)", [days, map]);
				assert.deepEqual(together, single, `all days at once, under ${map}`);
				const asked = await answers(
					`select b.* from app.territory t cross join lateral calc.crossed_base($1::date[], $2, array[t.unit_id]) b
						where t.since <= $2::date and t.until > $2::date`,
					[days, map],
				);
				assert.deepEqual(asked, single, `a unit alone, under ${map}`);
			}
			await sameAsRates(days);
			await sameTotals(days);
		}),
		{ numRuns: 6 },
	);
});

/** The line of each commune made of parts is what `gathering.rates` says of each day under the map of its first day. */
async function sameAsRates(days: string[]): Promise<void> {
	await owner.query("select set_config('app.account', $1, false)", [operator.accountId]);
	for (const code of ["90001", "90002"]) {
		const before = days.filter((on) => on < DAY).toSorted();
		const line = await owner.query(
			"select day::text as on, women18::integer, members::integer from calc.gathering_line($1::date[], $2)",
			[before, await unit(code, DAY)],
		);
		const rates = [];
		for (const on of before) {
			const [{ women18, members }] = await call(operator, "gathering.rates", { on, map: DAY, unit: code });
			rates.push({ on, women18, members });
		}
		assert.deepEqual(line.rows, rates, code);
	}
}

/** Nobody is lost or counted twice under any map, and no province wants a denominator of its own (R38). */
async function sameTotals(days: string[]): Promise<void> {
	for (const map of [BEFORE, DAY, AGAIN]) {
		const { rows } = await owner.query(
			`with own as (select d as day, sum(b.women18) as women, sum(b.roster) as roster, sum(b.unlisted) as unlisted, sum(b.trade_union) as other, sum(b.overlap) as twice
					from unnest($1::date[]) d cross join lateral calc.gathering_base(d, null) b group by d),
				crossed as (select b.day, sum(b.women18) as women, sum(b.roster) as roster, sum(b.unlisted) as unlisted, sum(b.trade_union) as other, sum(b.overlap) as twice
					from calc.crossed_base($1::date[], $2, null) b group by b.day)
			select day from own o full join crossed c using (day) where (o.women, o.roster, o.unlisted, o.other, o.twice)
				is distinct from (c.women, c.roster, c.unlisted, c.other, c.twice)
			union all
			select b.day from calc.crossed_base($1::date[], $2, null) b where b.kind not in ('commune', 'unassigned') and b.without_denominator <> 0`,
			[days, map],
		);
		assert.deepEqual(rows, [], `totals under ${map}`);
	}
}
