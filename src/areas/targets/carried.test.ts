import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DryRun } from "../reorganisations/contract.ts";
import { DAY, openSmallCountry } from "../reorganisations/small-country.harness.ts";

// After a reorganisation targets follow the successors and still add up: whole ones are summed, parted ones shared (R38).

const { call, operator, owner, unit, fill } = await openSmallCountry();
const kind = "net_new_members";
const BEFORE = "2026-07-31";
const SPELLS = 5;

interface Shown {
	sum: number;
	short: number;
	target: { value: number; carried: boolean; estimated: boolean } | null;
	rows: { code: string; target: { value: number; carried: boolean; estimated: boolean } | null }[];
	unplaced: { value: number }[];
}
const show = (code: string, on?: string) => call<Shown>(operator, "targets.show", { unit: code, kind, on });

/** A country whose five communes of one province have these targets, the province and the centre their sum. */
async function allotted(values: number[]) {
	await owner.query("delete from app.target");
	await fill(values.map(() => ({ province: 0, women18: 50, unlisted: 3, overlap: 0, joined: [[], ["2020-01-01"]] })));
	const total = values.reduce((sum, value) => sum + value, 0);
	const input = { kind, document: "358/ĐCT-TC", documentOn: "2026-06-10" };
	const province = await unit("01");
	await call(operator, "targets.set", {
		...input,
		unitId: await unit("VN"),
		own: { value: total },
		rows: [{ unitId: province, value: total }],
	});
	const communes = await Promise.all(values.map((_, at) => unit(String(10_001 + at), BEFORE)));
	const rows = communes.map((unitId, at) => ({ unitId, value: values[at] }));
	await call(operator, "targets.set", { ...input, unitId: province, rows });
	return { communes, province, total };
}

/** Communes 1 and 2 go whole into a new one, 3 is taken in by 4, 5 is parted in two by declared shares. */
async function rearrange(communes: number[], province: number, numerator: number) {
	const make = (key: string, code: string) => ({
		kind: "create",
		key,
		unitKind: "commune",
		code,
		name: `Xã Mới ${code}`,
		parent: { unitId: province },
	});
	const goes = (unitId: number, successor: object, more: object = {}) => ({
		kind: "succeed",
		unitId,
		successor,
		part: "full",
		document: "",
		...more,
	});
	const part = (n: number) => ({
		part: "partial",
		share: { numerator: n, denominator: 7 },
		document: "Biên bản bàn giao",
	});
	const [one, two, three, four, five] = communes;
	const changes = [
		make("new:a", "90001"),
		make("new:b", "90002"),
		make("new:c", "90003"),
		goes(one, { key: "new:a" }),
		goes(two, { key: "new:a" }),
		goes(three, { unitId: four }),
		goes(five, { key: "new:b" }, part(numerator)),
		goes(five, { key: "new:c" }, part(7 - numerator)),
	];
	let at = await call(operator, "reorganisations.draft", { title: "Thử", decree: "Nghị quyết thử", on: DAY, changes });
	const tried = await call<DryRun>(operator, "reorganisations.dryRun", { id: at.id });
	for (const step of ["submit", "approve", "apply"])
		at = await call(operator, `reorganisations.${step}`, { id: at.id, version: at.version });
	return tried;
}

const value = fc.integer({ min: 0, max: 1000 });

test("whatever was allotted adds up to the same after communes go whole, are taken in or are parted", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(value, { minLength: SPELLS, maxLength: SPELLS }),
			fc.integer({ min: 1, max: 6 }),
			async (values, numerator) => {
				const { communes, province, total } = await allotted(values);
				const tried = await rearrange(communes, province, numerator);
				const after = await show("01");
				assert.equal(after.sum + after.unplaced.reduce((sum, one) => sum + one.value, 0), total);
				assert.equal(after.unplaced.length, 0, "declared shares leave nothing in Chưa phân");
				assert.equal(after.short, 0);
				const at = (code: string) => after.rows.find((row) => row.code === code)?.target;
				const [one, two, three, four, five] = values as [number, number, number, number, number];
				assert.deepEqual([at("90001")?.value, at("90001")?.carried, at("90001")?.estimated], [one + two, true, false]);
				assert.equal(at("10004")?.value, three + four);
				assert.equal((at("90002")?.value ?? 0) + (at("90003")?.value ?? 0), five);
				assert.ok(Math.abs((at("90002")?.value ?? 0) * 7 - five * numerator) < 7);
				assert.deepEqual([at("90002")?.estimated, at("90003")?.estimated], [true, true]);
				assert.deepEqual([tried.before.target, tried.after.target], [total, total]);
				for (const { after: side } of tried.units)
					if (side?.code)
						assert.deepEqual(
							[side.target, side.targetEstimated],
							[at(side.code)?.value ?? null, at(side.code)?.estimated ?? false],
							`the dry run says what ${side.code} is asked for`,
						);
				assert.equal((await show("01", BEFORE)).sum, total, "the day before still shows the communes of then");
				assert.deepEqual([(await show("VN")).sum, (await show("VN")).short], [total, 0]);
			},
		),
		{ numRuns: 6 },
	);
});

test("a decision after the reorganisation stands for all that was taken over", async () => {
	const { communes, province } = await allotted([10, 20, 30, 40, 50]);
	await rearrange(communes, province, 3);
	const input = { unitId: province, kind, document: "77/KH-BTV", reason: "" };
	const rows = [{ unitId: communes[3] as number, value: 75 }];
	assert.deepEqual(await call(operator, "targets.set", { ...input, rows }), {
		saved: 1,
		above: 150,
		sum: 155,
		short: 0,
	});
	assert.equal((await show("10004")).target?.value, 75);
	assert.equal((await show("10004", DAY)).target?.value, 70);
});

test("parted without a declared share: what no part has taken yet is told as Chưa phân's, and nothing is silently less", async () => {
	const { communes, province, total } = await allotted([10, 20, 30, 40, 50]);
	const five = communes[4] as number;
	const make = (key: string, code: string) => ({
		kind: "create",
		key,
		unitKind: "commune",
		code,
		name: `Xã ${code}`,
		parent: { unitId: province },
	});
	const changes = [
		make("new:a", "90001"),
		make("new:b", "90002"),
		...["new:a", "new:b"].map((key) => ({
			kind: "succeed",
			unitId: five,
			successor: { key },
			part: "partial",
			document: "",
		})),
	];
	let at = await call(operator, "reorganisations.draft", { title: "Thử", decree: "Nghị quyết", on: DAY, changes });
	for (const step of ["submit", "approve", "apply"])
		at = await call(operator, `reorganisations.${step}`, { id: at.id, version: at.version });
	const shown = await show("01");
	assert.deepEqual([shown.sum, shown.short], [total - 50, 50]);
	assert.deepEqual(
		shown.unplaced.map((one) => one.value),
		[50],
	);
	assert.equal((await call(operator, "gathering.verify", {})).differences, 0);
});
