import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { refused } from "../../../test/kit.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";

// What is frozen is made again from its inputs alone, byte for byte; a correction is a further copy, and the first stays readable.

const country = await openSmallCountry();
const { call, owner, operator, person, unit } = country;
const commune = (province: 0 | 1, women18: number, joined: string[][]) => ({
	province,
	women18,
	unlisted: 7,
	overlap: 1,
	joined,
});
await country.fill([
	commune(0, 100, [["2020-01-01"], ["2021-03-08", "2026-02-01"]]),
	commune(0, 50, [[], ["2024-01-01"]]),
	commune(1, 40, [["2019-05-05"], []]),
]);
const [vn, one] = [await unit("VN"), await unit("01")];
const a = await unit("10001");
const chair = await person("chair.one", "commune_chair", "10001");
const officer = await person("officer.one", "province", "01");
const DAYS = {
	kind: "half_year",
	opensOn: "2026-05-26",
	from: "2025-11-25",
	dataUntil: "2026-06-09",
	dueOn: "2026-06-30",
	dueLevels: {},
};
const open = (name: string, more: object = {}) =>
	call(operator, "reports.open", { ...DAYS, name, levels: ["commune", "province", "centre"], ...more });
const { periodId } = await open("6 tháng đầu năm 2026");

const word = fc.constantFrom("Kinh", "Tày", "", "kinh", "Không", "Phật giáo", "Làm nông", "Giáo viên", "Thợ may");
const trait = fc.record({
	birth: fc.option(fc.integer({ min: 1900, max: 2012 }), { nil: null }),
	ethnicity: word,
	religion: word,
	occupation: word,
	party: fc.option(fc.boolean(), { nil: null }),
});

test("whatever the members are like, closing the whole country freezes reports that are made again to the same bytes", async () => {
	const persons = (await owner.query("select id from app.person order by id")).rows.map(({ id }) => id as string);
	let round = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(trait, { minLength: persons.length, maxLength: persons.length }), async (traits) => {
			for (const [at, { birth, ethnicity, religion, occupation, party }] of traits.entries()) {
				await owner.query("update app.person set birth = $2, birth_precision = 'year', occupation = $3 where id = $1", [
					persons[at],
					birth === null ? null : `${birth}-01-01`,
					occupation,
				]);
				await owner.query(
					`insert into app.person_sensitive (person_id, ethnicity, religion, party_member) values ($1, $2, $3, $4)
						on conflict (person_id) do update set ethnicity = $2, religion = $3, party_member = $4`,
					[persons[at], ethnicity, religion, party],
				);
			}
			const period = await open(`Kỳ thử ${++round}`, { kind: "ad_hoc" });
			const { closed } = await call(operator, "reports.closeAll", period);
			assert.deepEqual(closed, { commune: 3, district: 0, province: 2, centre: 1 });
			const { rows } = await owner.query("select id, unit_id from app.report where period_id = $1 order by unit_id", [
				period.periodId,
			]);
			for (const { id } of rows) {
				const frozen = await call(operator, "reports.frozen", { reportId: id });
				assert.equal(frozen.same, true);
				assert.equal(createHash("sha256").update(frozen.content).digest("hex"), frozen.sha256);
			}
			const top = await call(operator, "reports.show", { ...period, unitId: vn });
			const { counts } = top.frozen[0];
			const age = (on: number | null) => (on === null ? null : 2026 - on);
			const expected = {
				members: persons.length + 3 * 14,
				party_yes: traits.filter(({ party }) => party === true).length,
				people_kinh: traits.filter(({ ethnicity }) => /^kinh$/i.test(ethnicity)).length,
				trade_unknown: traits.filter(({ occupation }) => occupation === "").length,
				age_18_30: traits.filter(
					({ birth }) => age(birth) !== null && (age(birth) as number) >= 18 && (age(birth) as number) <= 30,
				).length,
				age_over_110: traits.filter(({ birth }) => (age(birth) ?? 0) > 110).length,
			};
			for (const [key, value] of Object.entries(expected)) assert.equal(counts[key], value, key);
			const rates = await call(operator, "gathering.rates", { unitId: vn, level: "all", on: "2026-06-09" });
			for (const { id, members, women18 } of rates) {
				const { frozen } = await call(operator, "reports.show", { ...period, unitId: id });
				assert.deepEqual([frozen[0].counts.members, frozen[0].counts.women18], [members, women18]);
			}
		}),
		{ numRuns: 4 },
	);
});

test("an input that was tampered with no longer gives the same bytes", async () => {
	const { closed } = await call(operator, "reports.closeAll", { periodId });
	assert.equal(closed.commune, 3);
	const { rows } = await owner.query(
		"select r.id, c.id as copy, c.inputs from app.report r join app.report_copy c on c.id = r.copy_id where r.period_id = $1 and r.unit_id = $2",
		[periodId, a],
	);
	const other = await owner.query(
		"select c.inputs from app.report r join app.report_copy c on c.id = r.copy_id where r.period_id = $1 and r.unit_id <> $2 limit 1",
		[periodId, a],
	);
	const replace = async (inputs: Buffer) => {
		const client = await owner.connect();
		try {
			await client.query("alter table app.report_copy disable trigger report_copy_immutable");
			await client.query("update app.report_copy set inputs = $2 where id = $1", [rows[0].copy, inputs]);
			await client.query("alter table app.report_copy enable trigger report_copy_immutable");
		} finally {
			client.release();
		}
	};
	await replace(other.rows[0].inputs);
	assert.equal((await call(operator, "reports.frozen", { reportId: rows[0].id })).same, false);
	await replace(rows[0].inputs);
	assert.equal((await call(operator, "reports.frozen", { reportId: rows[0].id })).same, true);
});

test("a correction is a new copy with its reason: until it is approved the old one stands, and stays readable; the level above is told", async () => {
	const before = await call(chair, "reports.show", { periodId, unitId: a });
	const leafId = (await owner.query("select unit_id from app.unit_spell where parent_id = $1 limit 1", [a])).rows[0]
		.unit_id;
	await call(chair, "members.add", { leafId, name: "Lê Thị Sót", birth: "1980", joined: "2026-01-01" });
	const { live, report } = await call(chair, "reports.show", { periodId, unitId: a });
	assert.deepEqual(
		[live.counts.members - before.live.counts.members, report.state],
		[1, "locked"],
		"live and frozen stand side by side",
	);
	const input = {
		periodId,
		unitId: a,
		version: report.version,
		seen: live.seen,
		as: "Chủ tịch",
		reason: "Bỏ sót một hội viên",
	};
	await assert.rejects(call(chair, "reports.restate", { ...input, reason: "" }), refused("input.invalid"));
	await assert.rejects(call(chair, "reports.submit", input), refused("report.state"));
	const done = await call(chair, "reports.restate", input);
	assert.equal(done.late, false, "a correction has no deadline");
	assert.equal((await call(chair, "reports.show", { periodId, unitId: a })).frozen.length, 1);
	const turned = await call(officer, "reports.return", {
		reportId: done.reportId,
		version: done.version,
		reasons: [{ text: "Chưa có văn bản" }],
	});
	assert.equal(turned.state, "locked", "what was frozen stands");
	const again = await call(chair, "reports.restate", { ...input, version: turned.version });
	await call(officer, "reports.approve", { reports: [{ reportId: again.reportId, version: again.version }] });
	const after = await call(chair, "reports.show", { periodId, unitId: a });
	assert.deepEqual(
		after.frozen.map((copy: { seq: number; reason: string }) => [copy.seq, copy.reason]),
		[
			[2, "Bỏ sót một hội viên"],
			[1, ""],
		],
	);
	const first = await call(chair, "reports.frozen", { reportId: again.reportId, seq: 1 });
	assert.deepEqual([first.same, JSON.parse(first.content).counts.members], [true, before.frozen[0].counts.members]);
	const above = await call(officer, "reports.show", { periodId, unitId: one });
	assert.deepEqual(
		above.corrected.map(({ code }: { code: string }) => code),
		["10001"],
	);
	assert.equal(above.live.counts.members, above.frozen[0].counts.members + 1);
	const frozen = await call(officer, "reports.frozen", { reportId: above.report.id });
	assert.equal(frozen.same, true, "what stands above is still made of the first copy");
});

test("the table of who came in time, late or not at all adds up to all who report", async () => {
	const { periods, rows } = await call(operator, "reports.timeliness", { periods: 20 });
	const mine = rows.filter((row: { periodId: number }) => row.periodId === periodId);
	assert.ok(periods.some(({ id }: { id: number }) => id === periodId));
	assert.deepEqual(
		mine.map((row: { code: string; expected: number; inTime: number; late: number; approved: number }) => [
			row.code,
			row.expected,
			row.inTime,
			row.late,
			row.approved,
		]),
		[
			["01", 3, 0, 3, 3],
			["02", 2, 0, 2, 2],
		],
	);
	const { by, rows: within } = await call(operator, "reports.timeliness", { unitId: one });
	assert.deepEqual(
		within
			.filter((row: { periodId: number }) => row.periodId === periodId)
			.map((row: { code: string; expected: number; late: number; named: number }) => [
				row.code,
				row.expected,
				row.late,
			]),
		[
			["01", 1, 1],
			["10001", 1, 1],
			["10002", 1, 1],
		],
	);
	assert.equal(by, "unit");
	const frozen = await call(operator, "reports.show", { periodId, unitId: one });
	const [first] = within.filter((row: { periodId: number }) => row.periodId === periodId);
	assert.deepEqual(
		[first.named, first.unlisted],
		[frozen.frozen[0].counts.roster, frozen.frozen[0].counts.unlisted],
		"how much was named is what the unit itself reported",
	);
	const own = await call(chair, "reports.timeliness", {});
	assert.ok(own.rows.every((row: { expected: number }) => row.expected === 1));
});
