import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change, Parted } from "./contract.ts";
import { DAY, openSmallCountry } from "./small-country.harness.ts";

const kit = await openSmallCountry();
const { call, operator, unit } = kit;
const BEFORE = "2026-07-31";
const MANY = 43;
const codes = Array.from({ length: MANY }, (_, at) => String(10_001 + at));

await kit.fill(
	codes.map((_, at) => ({
		province: at % 2 === 0 ? 0 : 1,
		women18: 10,
		unlisted: 0,
		overlap: 0,
		// Every third has a woman without a branch, every fifth nobody who waits.
		joined: [at % 3 === 0 ? ["2020-01-01"] : [], ...(at % 5 === 0 ? [] : [["2020-01-01"]])],
	})),
);
const provinces = [await unit("01", BEFORE), await unit("02", BEFORE)];
const parts: Change[] = [];
for (const [at, code] of codes.entries())
	for (const key of at % 2 === 0 ? ["new:0", "new:1"] : ["new:2", "new:3"])
		parts.push({
			kind: "succeed",
			unitId: await unit(code, BEFORE),
			successor: { key },
			part: "partial",
			document: "",
		});
let drafted = await call(operator, "reorganisations.draft", {
	title: "Thử",
	decree: "Nghị quyết thử",
	on: DAY,
	changes: [
		...[0, 1, 2, 3].map((at) => ({
			kind: "create",
			key: `new:${at}`,
			unitKind: "commune",
			code: `9000${at}`,
			name: `Xã Mới ${at}`,
			parent: { unitId: provinces[at < 2 ? 0 : 1] },
		})),
		...parts,
	],
});
for (const name of ["submit", "approve", "apply"])
	drafted = await call(operator, `reorganisations.${name}`, { id: drafted.id, version: drafted.version });

const open = codes.filter((_, at) => at % 5 !== 0 || at % 3 === 0);

/** Every page of the queue, one after the other. */
async function pages(input: object = {}): Promise<Parted[][]> {
	const all: Parted[][] = [];
	let after: number | null | undefined;
	do {
		const { rows, next } = await call(operator, "reorganisations.queue", { ...input, ...(after ? { after } : {}) });
		all.push(rows);
		after = next;
	} while (after);
	return all;
}

test("the queue pages through every parted commune with open work once, in the order of codes", async () => {
	const read = await pages();
	assert.deepEqual(
		read.flat().map((one) => one.code),
		open,
	);
	assert.deepEqual(
		read.map((rows) => rows.length),
		[20, open.length - 20],
	);
	for (const one of read.flat()) {
		const at = codes.indexOf(one.code ?? "");
		assert.deepEqual(
			[one.branches.map(({ members }) => members), one.members],
			[at % 5 === 0 ? [] : [1], at % 3 === 0 ? 1 : 0],
		);
	}
});

test("a province reads its own; what is assigned while one reads on is missed nowhere and told nowhere twice", async () => {
	const own = await pages({ within: provinces[0] });
	assert.deepEqual(
		own.flat().map((one) => one.code),
		open.filter((code) => Number(code) % 2 === 1),
	);
	const first = await call(operator, "reorganisations.queue", {});
	const [done] = first.rows.filter((one: Parted) => one.members === 0);
	await call(operator, "reorganisations.assign", {
		unitId: done.unitId,
		toUnitId: done.parts[0].unitId,
		branchIds: done.branches.map((branch: Parted["branches"][number]) => branch.unitId),
	});
	const rest = await call(operator, "reorganisations.queue", { after: first.next });
	assert.deepEqual(
		[...first.rows, ...rest.rows].map((one: Parted) => one.code),
		open,
	);
	assert.deepEqual(
		(await pages()).flat().map((one) => one.code),
		open.filter((code) => code !== done.code),
	);
});
