import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays } from "../../core/day.ts";
import { DAY, openSmallCountry, TODAY } from "../reorganisations/small-country.harness.ts";
import { readCountry, readLines } from "./store-lines.ts";

// What the centre's progress and every forecast read: the ledger's sums under today's units. It must say what gathering.rates says.

const { call, operator, owner, unit, person, fill, as } = await openSmallCountry();
const EVE = addDays(DAY, -1);
const joined = fc.array(
	fc.constantFrom("2016-05-05", "2019-12-31", "2020-01-01", "2024-07-01", EVE, DAY, "2026-09-09"),
	{
		maxLength: 4,
	},
);
const plan = fc.record({
	province: fc.constant(0 as const),
	women18: fc.integer({ min: 1, max: 60 }),
	unlisted: fc.integer({ min: 0, max: 30 }),
	overlap: fc.integer({ min: 0, max: 3 }),
	joined: fc.tuple(joined, joined),
});
const DAYS = ["2017-01-01", "2019-12-31", "2020-01-01", "2024-06-30", EVE, DAY, "2026-10-31", TODAY];

/** The first two go whole into a new commune, the third is parted in two by declared shares, the fourth stays. */
async function rearrange(province: number) {
	const communes = await Promise.all([0, 1, 2].map((at) => unit(String(10_001 + at), EVE)));
	const make = (key: string, code: string) => ({
		kind: "create",
		key,
		unitKind: "commune",
		code,
		name: `Xã ${code}`,
		parent: { unitId: province },
	});
	const goes = (at: number, key: string, more: object) => ({
		kind: "succeed",
		unitId: communes[at],
		successor: { key },
		document: "Biên bản",
		...more,
	});
	const part = (numerator: number) => ({ part: "partial", share: { numerator, denominator: 5 } });
	const changes = [
		make("new:a", "90001"),
		make("new:b", "90002"),
		make("new:c", "90003"),
		goes(0, "new:a", { part: "full" }),
		goes(1, "new:a", { part: "full" }),
		goes(2, "new:b", part(2)),
		goes(2, "new:c", part(3)),
	];
	let at = await call(operator, "reorganisations.draft", { title: "Thử", decree: "NQ", on: DAY, changes });
	for (const step of ["submit", "approve", "apply"])
		at = await call(operator, `reorganisations.${step}`, { id: at.id, version: at.version });
}

test("on every day the country, its provinces and whole communes have the figures of gathering.rates under today's units", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(plan, { minLength: 4, maxLength: 4 }), async (plans) => {
			await fill(plans);
			const [vn, province] = [await unit("VN"), await unit("01")];
			await rearrange(province);
			const country = await as(operator, (work) => readCountry(work, DAYS, TODAY, vn));
			const [whole, stayed] = [await unit("90001"), await unit("10004")];
			for (const [at, on] of DAYS.entries()) {
				const rates = await call<{ id: number; members: number }[]>(operator, "gathering.rates", {
					unit: "VN",
					level: "all",
					on,
					map: TODAY,
				});
				const members = new Map(rates.map((row) => [row.id, row.members]));
				for (const id of [vn, province, whole, stayed])
					assert.equal(country.get(id)?.members[at], members.get(id), `unit ${id} on ${on}`);
			}
			assert.equal(country.get(whole)?.estimated, false);
			assert.deepEqual((await owner.query("select * from calc.verify()")).rows, []);
		}),
		{ numRuns: 8 },
	);
});

test("a chair reads her own commune by name and its likes without; who does not read a unit gets nothing", async () => {
	const chair = await person("chair", "commune_chair", "90001");
	const own = await unit("90001");
	const rows = await as(chair, (work) => readLines(work, [DAY], TODAY, own, true));
	assert.deepEqual(
		rows.filter(({ kind }) => kind === "commune").map(({ unitId }) => unitId === own || unitId === null),
		[true, true, true, true],
	);
	assert.equal(rows.filter(({ unitId }) => unitId === own).length, 1);
	const other = await unit("10004");
	assert.deepEqual(await as(chair, (work) => readLines(work, [DAY], TODAY, other, true)), []);
});
