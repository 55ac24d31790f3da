import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classOf, missingToPass } from "../../core/rate.ts";
import { DAY, openSmallCountry } from "../reorganisations/small-country.harness.ts";
import { proposedRoadMap, roadMapFault } from "./rules.ts";

// After a reorganisation the case of a commune follows its successors, whole or in part, with its road map worked out anew and marked; the
// first change makes it their own (R38).

const { call, operator, owner, person, unit, fill, verified } = await openSmallCountry();
const SPRING = { ...operator, today: "2026-03-02" };

interface Shown {
	state: string;
	row: { members: number; women18: number };
	case: {
		id: string | null;
		version: number;
		why: string;
		causes: { cause: string }[];
		groups: { group: string; women: number }[];
		solutions: { id: string }[];
		milestones: { day: string; members: number; recomputed: boolean }[];
		origins: { name: string }[];
	} | null;
}
const show = (code: string) => call<Shown>(operator, "support.show", { unit: code });

/** Five communes of one province with cases; `women` how many women of a group each has counted. */
async function supported(women18: number, women: number[]) {
	await owner.query(`delete from app.support_origin; delete from app.support_revision; delete from app.support_cause; delete from app.support_group;
		delete from app.support_milestone; delete from app.support_solution; delete from app.support_resource; delete from app.support_partner;
		delete from app.support_case`);
	await fill(women.map(() => ({ province: 0, women18, unlisted: 3, overlap: 0, joined: [[], ["2020-01-01"]] })));
	const communes = await Promise.all(women.map((_, at) => unit(String(10_001 + at), "2026-07-31")));
	await call(SPRING, "support.review", { unit: "01" });
	for (const [at, unitId] of communes.entries())
		await call(SPRING, "support.save", {
			unitId,
			version: 1,
			causes: [{ cause: at % 2 === 0 ? "cause.away" : "cause.young", weight: 2, evidence: `Xã ${at}` }],
			groups: [{ group: "group.away", women: women[at] }],
			solutions: [{ solution: "solution.c4", begunOn: "2026-04-01" }],
			milestones: proposedRoadMap(7, women18, "2026-03-02", 2),
		});
	return communes;
}

/** Communes 1 and 2 go whole into a new one, 3 is taken in by 4, 5 is parted in two. */
async function rearrange(communes: number[]) {
	const province = await unit("01");
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
	const part = (numerator: number) => ({ part: "partial", share: { numerator, denominator: 5 }, document: "Biên bản" });
	const [one, two, three, four, five] = communes;
	const changes = [
		make("new:a", "90001"),
		make("new:b", "90002"),
		make("new:c", "90003"),
		goes(one, { key: "new:a" }),
		goes(two, { key: "new:a" }),
		goes(three, { unitId: four }),
		goes(five, { key: "new:b" }, part(2)),
		goes(five, { key: "new:c" }, part(3)),
	];
	let at = await call(operator, "reorganisations.draft", { title: "Thử", decree: "Nghị quyết thử", on: DAY, changes });
	for (const step of ["submit", "approve", "apply"])
		at = await call(operator, `reorganisations.${step}`, { id: at.id, version: at.version });
	return at as { id: string; version: number };
}

/** What must hold of a case wherever it stands after a rearrangement. */
function assertFollowed(shown: Shown, origins: number) {
	const { case: found, row } = shown;
	assert.ok(found);
	assert.equal(found.origins.length, origins);
	const isOver = classOf(row.members, row.women18) === "over";
	assert.equal(found.milestones.length > 0, !isOver);
	assert.ok(found.milestones.every(({ recomputed }) => recomputed));
	assert.equal(roadMapFault(found.milestones, row.women18), null);
	const last = found.milestones.at(-1);
	if (last) assert.equal(classOf(last.members - 1, row.women18) === "over", false, "no more than is needed");
}

test("cases follow merged, taken in and parted communes, and nothing they said is lost", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 15, max: 60 }),
			fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 }),
			async (women18, women) => {
				await rearrange(await supported(women18, women));
				const [merged, taker, second, third] = await Promise.all([
					show("90001"),
					show("10004"),
					show("90002"),
					show("90003"),
				]);
				assertFollowed(merged, 2);
				assert.equal(merged.case?.id, null);
				assert.equal(merged.case?.why, "carried");
				assert.deepEqual(merged.case?.causes.map(({ cause }) => cause).sort(), ["cause.away", "cause.young"]);
				assert.equal(merged.case?.groups[0]?.women, (women[0] as number) + (women[1] as number));
				assert.equal(merged.case?.solutions.length, 2);
				assertFollowed(taker, 1);
				assert.notEqual(taker.case?.id, null, "it has one of its own");
				for (const parted of [second, third]) assertFollowed(parted, 1);
				const { rows } = await call(operator, "support.list", { unit: "01" });
				assert.ok(rows.every(({ state }: { state: string }) => state !== "none"));
				assert.equal((await call(operator, "support.review", { unit: "01" })).opened, 0);
			},
		),
		{ numRuns: 5 },
	);
});

test("a reorganisation taken back leaves the cases where they were", async () => {
	const done = await rearrange(await supported(30, [1, 2, 3, 4, 5]));
	await call(operator, "reorganisations.undo", { id: done.id, version: done.version });
	const again = await show("10001");
	assert.ok(again.case?.id);
	assert.ok(again.case?.milestones.every(({ recomputed }) => !recomputed));
	assert.equal(again.case?.milestones.at(-1)?.members, 7 + missingToPass(7, 30));
});

test("the first change makes a carried case the successor's own; its origins are told and stand nowhere else", async () => {
	await rearrange(await supported(30, [1, 2, 3, 4, 5]));
	const chair = await person("chair.new", "commune_chair", "90001");
	const before = await call<Shown>(chair, "support.show", { unit: "90001" });
	assert.equal(before.case?.version, 0);
	const { version } = await call(chair, "support.save", {
		unitId: await unit("90001"),
		version: 0,
		note: "Cùng nhau làm tiếp",
	});
	assert.equal(version, 2);
	const after = await call<Shown>(chair, "support.show", { unit: "90001" });
	assert.notEqual(after.case?.id, null);
	assert.deepEqual(after.case?.origins, before.case?.origins);
	assert.deepEqual(after.case?.milestones, before.case?.milestones);
	assert.deepEqual(after.case?.groups, before.case?.groups);
	const taker = await call(operator, "support.save", { unitId: await unit("10004"), version: 2, note: "x" });
	assert.equal(taker.version, 3);
	assertFollowed(await show("10004"), 1);
	const { rows } = await owner.query("select count(*)::integer as n from app.support_case where closed_on is null");
	assert.equal(rows[0].n, 6, "the five as they were, and the new commune's own");
	await verified();
});
