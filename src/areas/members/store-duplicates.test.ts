import assert from "node:assert/strict";
import { test } from "node:test";
import type { DuplicatePair } from "./contract-member.ts";
import { code, openMembersTest } from "./store.harness.ts";

const {
	call,
	person,
	owner,
	operator,
	unit,
	branch,
	chair,
	other,
	home,
	east,
	west,
	foreign,
	today,
	cccd,
	woman,
	verified,
} = await openMembersTest();
const centre = await person("centre", "centre", "VN");
const province = await person("province", "province", "01");
const neighbour = await sameDistrict();
const near = await branch("Chi hội xã bên", neighbour.code);
const neighbourChair = await person("ned", "commune_chair", neighbour.code);

/** Another commune of today that came from the old district of the chair's. */
async function sameDistrict(): Promise<{ id: number; code: string }> {
	const { rows } = await owner.query(
		`select o.commune_id as id, s.code from calc.duplicate_places($2::date) h join calc.duplicate_places($2::date) o using (district_id)
			join app.unit_spell s on s.unit_id = o.commune_id and s.during @> $2::date
			where h.leaf_id = $1 and o.commune_id <> $1 and o.leaf_id = o.commune_id order by s.code limit 1`,
		[home, today],
	);
	return rows[0];
}

const find = () => call(operator, "members.findDuplicates");
const queue = async (actor = chair, unitCode = "00004", more: object = {}): Promise<DuplicatePair[]> =>
	(await call(actor, "members.duplicatePairs", { code: unitCode, limit: 200, ...more })).rows;
const add = (actor: typeof chair, more: object) => call(actor, "members.add", woman({ nationalId: "", ...more }));
const named = (pairs: DuplicatePair[], name: string) =>
	pairs.filter(({ sides }) => sides.some((side) => side.name === name));
const codes = (pair: DuplicatePair) => pair.reasons.map((reason) => reason.code).join(" ");
let cards = 0;
const cmnd = () => `0118${String(++cards).padStart(5, "0")}`;

test("what speaks for a pair: names, births, places, telephones and cards", async () => {
	const day = "1984-05-20";
	/** Two records (what differs in each), and the reasons with which they are raised, or null. */
	const cases: [name: string, first: object, second: object, reasons: string | null][] = [
		[
			"Một Ngày",
			{ birth: day },
			{ birth: day, nationalId: cccd(), leafId: west },
			"name_same birth_day same_commune no_number_one",
		],
		[
			"Khác Dấu",
			{ birth: day },
			{ birth: day, name: "Khạc Dâu" },
			"name_tone_free birth_day same_branch no_number_both",
		],
		[
			"Hai Thẻ",
			{ birth: day, nationalId: cmnd() },
			{ birth: day, nationalId: cccd() },
			"name_same birth_day same_branch cmnd_then_cccd",
		],
		["Hai Căn Cước", { birth: day, nationalId: cccd() }, { birth: day, nationalId: cccd() }, null],
		["Hai Ngày", { birth: day }, { birth: "1984-05-21" }, null],
		["Hai Tháng", { birth: "1984-05" }, { birth: "1984-06-20" }, null],
		["Một Tháng", { birth: "1984-05" }, { birth: day }, "name_same birth_month same_branch no_number_both"],
		["Cùng Năm", { birth: "1984" }, { birth: day }, "name_same birth_year same_branch no_number_both"],
		["Năm Khác Chi Hội", { birth: "1984" }, { birth: day, leafId: west }, null],
		[
			"Năm Cùng Số Máy",
			{ birth: "1984", phone: "0912345678" },
			{ birth: day, leafId: west, phone: "0912 345 678" },
			"name_same birth_year same_commune same_phone no_number_both",
		],
		["Mồng Một", { birth: "1984-01-01" }, { birth: "1984-01-01", leafId: west }, null],
		["Mồng Một Cùng Chi", { birth: "1984-01-01" }, { birth: day }, "name_same birth_year same_branch no_number_both"],
		["Hội Viên Danh Dự", { birth: day }, { birth: day, honorary: true }, null],
	];
	for (const [name, first, second] of cases) {
		await add(chair, { name, ...first });
		await add(chair, { name, ...second });
	}
	await find();
	const pairs = await queue();
	for (const [name, , , reasons] of cases)
		assert.deepEqual(named(pairs, name).map(codes), reasons === null ? [] : [reasons], name);
	const scores = pairs.map(({ score }) => score);
	assert.deepEqual(
		scores,
		scores.toSorted((a, b) => b - a),
		"the likeliest first",
	);
	for (const pair of pairs)
		assert.equal(
			pair.reasons.reduce((sum, { points }) => sum + points, 0),
			pair.score,
		);
	assert.equal(
		named(pairs, "Một Ngày")[0].reasonText,
		"Cùng họ tên, cùng ngày sinh, cùng xã; một hồ sơ chưa có số CCCD/CMND",
	);
});

test("across communes: in one old district by the day of birth, farther only with the same telephone", async () => {
	const birth = "1979-02-03";
	await add(chair, { name: "Sát Nhau", birth });
	await add(neighbourChair, { name: "Sát Nhau", birth, leafId: near });
	await add(chair, { name: "Xa Nhau", birth });
	await add(other, { name: "Xa Nhau", birth, leafId: foreign });
	await add(chair, { name: "Xa Cùng Máy", birth, phone: "0987654321" });
	await add(other, { name: "Xa Cùng Máy", birth, leafId: foreign, phone: "0987654321" });
	await find();
	const pairs = await queue();
	assert.deepEqual(named(pairs, "Sát Nhau").map(codes), ["name_same birth_day same_district no_number_both"]);
	assert.deepEqual(named(pairs, "Xa Nhau"), []);
	assert.deepEqual(named(pairs, "Xa Cùng Máy").map(codes), [
		"name_same birth_day same_province same_phone no_number_both",
	]);
});

test("everyone sees her own pairs, of the other side no more than its commune's name, and that is audited", async () => {
	const [pair] = named(await queue(), "Sát Nhau");
	const [mine, theirs] = pair.sides;
	const { rows: communes } = await owner.query("select calc.unit_name($1, $2::date) as name", [neighbour.id, today]);
	assert.equal(mine.branch, "Chi hội Đông");
	assert.deepEqual(theirs, { personId: null, name: "", birth: null, branch: "", commune: communes[0].name });
	assert.deepEqual([pair.mayJudge, pair.mayMerge], [true, false]);
	const { rows: audited } = await owner.query(
		"select detail from app.audit where action = 'members.duplicatePairs' and account_id = $1 order by id desc limit 1",
		[chair.accountId],
	);
	assert.ok(audited[0].detail.elsewhere >= 1);
	assert.equal(named(await queue(neighbourChair, neighbour.code), "Sát Nhau").length, 1);
	assert.deepEqual(named(await queue(other, "00097"), "Sát Nhau"), []);
	const asked = await queue(other);
	assert.ok(
		asked.every(({ sides }) => sides.some(({ name }) => name === "Xa Cùng Máy")),
		"of another commune's queue no more than her own pairs",
	);
	assert.equal(asked.length, 1);
	const [above] = named(await queue(province, "01"), "Sát Nhau");
	assert.deepEqual(
		above.sides.map(({ name }) => name),
		["Sát Nhau", "Sát Nhau"],
	);
	assert.deepEqual([above.mayJudge, above.mayMerge], [false, false]);
	await assert.rejects(
		call(other, "members.judgeDuplicate", { pairId: pair.id, decision: "different" }),
		code("duplicate.not_found"),
	);
	await assert.rejects(
		call(centre, "members.judgeDuplicate", { pairId: pair.id, decision: "different" }),
		code("access.denied"),
	);
	await assert.rejects(call(chair, "members.findDuplicates"), code("access.denied"));
});

test("a second pass finds the same; what was judged stays judged, and both communes read it", async () => {
	const state = async () => (await owner.query("select * from app.duplicate_pair order by id")).rows;
	const before = await state();
	const again = await find();
	assert.deepEqual([again.pairs, again.raised, again.gone], [before.length, 0, 0]);
	assert.deepEqual(await state(), before);

	const [pair] = named(await queue(), "Sát Nhau");
	const judged = await call(chair, "members.judgeDuplicate", { pairId: pair.id, decision: "different" });
	assert.equal(judged.decision, "different");
	await find();
	assert.deepEqual(named(await queue(), "Sát Nhau"), []);
	const [seen] = named(await queue(neighbourChair, neighbour.code, { which: "different" }), "Sát Nhau");
	assert.equal(seen.decidedOn !== null && seen.decidedAt !== null, true);
	const { rows } = await owner.query(
		"select unit_id from app.audit where action = 'members.judgeDuplicate' order by unit_id",
	);
	assert.deepEqual(
		rows.map((row) => row.unit_id),
		[home, neighbour.id].toSorted((a, b) => a - b),
	);
	await call(neighbourChair, "members.judgeDuplicate", { pairId: pair.id, decision: null });
	assert.equal(named(await queue(), "Sát Nhau").length, 1);
});

test("pairs leave when their reason has gone: merged, left, or another number found", async () => {
	const [merged] = named(await queue(), "Một Ngày");
	const versions = await Promise.all(
		merged.sides.map(async ({ personId }) => (await call(chair, "members.show", { personId })).version),
	);
	assert.equal(merged.mayMerge, true);
	await call(chair, "members.merge", {
		keptId: merged.sides[0].personId,
		keptVersion: versions[0],
		mergedId: merged.sides[1].personId,
		mergedVersion: versions[1],
	});
	assert.deepEqual(named(await queue(), "Một Ngày"), [], "at once");

	const [carded] = named(await queue(), "Hai Thẻ");
	for (const { personId } of carded.sides) {
		const { version, nationalIds } = await call(chair, "members.show", { personId });
		if (nationalIds[0].kind === "cmnd") await call(chair, "members.edit", { personId, version, addIds: [cccd()] });
	}
	const [ended] = named(await queue(), "Một Tháng");
	const [{ personId }] = ended.sides;
	const { version, spells } = await call(chair, "members.show", { personId });
	await call(chair, "members.end", {
		personId,
		version,
		spellId: spells[0].id,
		left: "2026-10-01",
		reason: "resigned",
	});
	const { gone } = await find();
	assert.equal(gone, 2);
	const pairs = await queue();
	for (const name of ["Một Ngày", "Hai Thẻ", "Một Tháng"]) assert.deepEqual(named(pairs, name), [], name);
	await verified();
});

test("two communes' records: one commune says it is one woman, the level above both merges, and parts again", async () => {
	const birth = "1969-09-09";
	const mine = await add(chair, { name: "Hai Xã", birth, nationalId: cccd(), phone: "0911222333" });
	const theirs = await add(neighbourChair, {
		name: "Hai Xã",
		birth,
		leafId: near,
		joined: "2023-01-01",
		nationalId: cmnd(),
	});
	await call(neighbourChair, "members.giveConsent", {
		personIds: [theirs.personId],
		purpose: "membership",
		givenOn: "2026-01-01",
		how: "signed_list",
		textVersion: "2026-1",
	});
	await find();
	const merge = (actor: typeof chair, version = 1) =>
		call(actor, "members.merge", {
			keptId: mine.personId,
			keptVersion: version,
			mergedId: theirs.personId,
			mergedVersion: 1,
		});
	await assert.rejects(merge(province), code("access.denied"), "nobody below has said so yet");
	const [open] = named(await queue(), "Hai Xã");
	await call(chair, "members.judgeDuplicate", { pairId: open.id, decision: "same" });
	await assert.rejects(merge(chair), code("member.not_found"), "not she who sees but one of them");
	await assert.rejects(merge(other), code("member.not_found"));
	const farProvince = await person("far", "province", "48");
	await assert.rejects(merge(farProvince), code("member.not_found"), "another province");
	const auditor = await person("auditor", "auditor", "01");
	await assert.rejects(merge(auditor), code("access.denied"), "who only reads");
	const [marked] = named(await queue(province, "01", { which: "same" }), "Hai Xã");
	assert.deepEqual([marked.mayJudge, marked.mayMerge], [false, true]);
	assert.equal((await call(province, "members.todo", { code: "01" })).duplicatePairs, 1);

	const state = async () => {
		const parts = ["person", "spell", "residence", "national_id", "consent"].map(
			(table) =>
				`select '${table}' as t, to_jsonb(x) - 'version' - 'updated_at' as row from app.${table} x where ${table === "person" ? "id" : table === "residence" ? "(select person_id from app.spell where id = spell_id)" : "person_id"} = any($1)`,
		);
		return JSON.stringify(
			(await owner.query(`${parts.join(" union all ")} order by 1, 2`, [[mine.personId, theirs.personId]])).rows,
		);
	};
	const before = await state();
	await assert.rejects(merge(province, 7), code("member.stale"));
	const { mergeId } = await merge(province);
	const seen = await call(province, "members.show", { personId: mine.personId });
	assert.deepEqual([seen.spells.length, seen.nationalIds.length, seen.phone], [2, 2, "0911222333"]);
	assert.deepEqual([seen.merges[0].maySplit, seen.may.write], [true, false]);
	assert.equal((await call(chair, "members.show", { personId: mine.personId })).merges[0].maySplit, false);
	assert.deepEqual(named(await queue(province, "01", { which: "same" }), "Hai Xã"), []);
	const { rows: told } = await owner.query(
		"select unit_id from app.audit where action = 'members.merge' and subject_id = $1 order by 1",
		[mine.personId],
	);
	assert.deepEqual(
		told.map((row) => row.unit_id),
		[home, neighbour.id].toSorted((a, b) => a - b),
	);
	await verified();
	await assert.rejects(call(chair, "members.split", { mergeId }), code("merge.elsewhere"), "hers is only a part of it");
	await call(province, "members.split", { mergeId });
	assert.equal(await state(), before);
	await assert.rejects(call(province, "members.split", { mergeId }), code("merge.not_found"));
	await verified();

	const alone = [
		await add(chair, { name: "Của Một Xã", birth }),
		await add(chair, { name: "Của Một Xã", birth, leafId: west }),
	];
	const { mergeId: inside } = await call(chair, "members.merge", {
		keptId: alone[0].personId,
		keptVersion: 1,
		mergedId: alone[1].personId,
		mergedVersion: 1,
	});
	await assert.rejects(
		call(province, "members.split", { mergeId: inside }),
		code("merge.not_found"),
		"what a commune merged is its own",
	);
});

test("of planted doubles all are found, of look-alikes with two CCCDs none; page by page as in one", async () => {
	const birth = (n: number) => `19${60 + (n % 30)}-0${1 + (n % 9)}-1${n % 10}`;
	for (let n = 0; n < 60; n++) {
		const name = `Nguyễn Thị Đôi ${String.fromCharCode(65 + (n % 26))}${String.fromCharCode(65 + Math.floor(n / 26))}`;
		await add(chair, { name, birth: birth(n), leafId: n % 2 ? west : east, nationalId: n % 3 ? "" : cmnd() });
		await add(neighbourChair, { name, birth: birth(n), leafId: near, nationalId: n % 2 ? "" : cccd() });
		const alike = name.replace("Đôi", "Giống");
		await add(chair, { name: alike, birth: birth(n), nationalId: cccd() });
		await add(neighbourChair, { name: alike, birth: birth(n), leafId: near, nationalId: cccd() });
	}
	await find();
	const pairs = await queue();
	const count = (word: string) => pairs.filter(({ sides }) => sides.some(({ name }) => name.includes(word))).length;
	assert.deepEqual([count("Đôi"), count("Giống")], [60, 0]);

	const paged: DuplicatePair[] = [];
	let after: string | undefined;
	do {
		const page = await call(chair, "members.duplicatePairs", { code: "00004", limit: 7, after });
		if (after === undefined) assert.equal(page.total, pairs.length);
		paged.push(...page.rows);
		after = page.next ?? undefined;
	} while (after !== undefined);
	assert.deepEqual(paged, pairs);
	const { duplicatePairs } = await call(chair, "members.todo", { code: "00004" });
	assert.equal(duplicatePairs, pairs.length);
	await verified();
});

test("a place is compared within one old district; every commune has one, and a commune's own branches share it", async () => {
	const { rows } = await owner.query(
		`select count(distinct commune_id)::int as communes, count(distinct district_id)::int as districts,
			count(*) filter (where district_id is null or province_id is null)::int as without from calc.duplicate_places($1::date)
			where commune_id in (select unit_id from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'commune' and s.during @> $1::date)`,
		[today],
	);
	assert.ok(rows[0].communes > 3000 && rows[0].districts > 600 && rows[0].districts < 720, JSON.stringify(rows[0]));
	assert.equal(rows[0].without, 0);
	const [a, b] = (
		await owner.query("select distinct district_id from calc.duplicate_places($1::date) where leaf_id = any($2)", [
			today,
			[east, home, await unit("00004")],
		])
	).rows;
	assert.ok(a && !b);
});
