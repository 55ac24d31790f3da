import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { openTestDatabase } from "../../../test/kit.ts";
import { addDays, type Day } from "../../core/day.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Actor } from "../../db/actor.ts";
import { type Period, readMultirange } from "../../db/ranges.ts";
import { needsReview, type Residence, statusOn } from "./rules.ts";
import { addMembers } from "./store-bulk.ts";

const TODAY = "2026-11-22";
const { as, call, person, branch, unit, owner, operator, verified } = await openTestDatabase({ today: TODAY });
const [home, near] = [await unit("00004"), await unit("00097")];
const { rows: some } = await owner.query(
	"select unit_id as id from app.unit_spell where parent_id = $1 and during @> $2::date order by 1 limit 1",
	[await unit("92"), TODAY],
);
const far: number = some[0].id;
const province = await unit("01");
const centre = await unit("VN");
const east = await branch("Chi hội Đông", "00004");
const people = {
	operator,
	centre: await person("centre", "centre", "VN"),
	officer: await person("officer", "province", "01"),
	elsewhere: await person("elsewhere", "province", "92"),
	chair: await person("chair", "commune_chair", "00004"),
	head: await person("head", "branch_head", `#${east}`),
};
const leaves = [east, await branch("Chi hội Tây", "00004"), home, await branch("Chi hội Bắc", "00097"), near, far];
const FAMILIES = ["Nguyễn Thị", "Trần", "H'Bia", "Niê-Kđăm", "Lê Thị Ngọc", "Ông"];
const GIVENS = ["Lan", "Ánh", "Ẩn", "Đào", "Yến", "Hoà", "Hòa", "Lan Anh", "Thị", "2", "Lan (con bà Thị)"];

/** Women of every kind: who counts, left, is proposed, has no number, resides for less than six months, is away for a year. */
async function populate(): Promise<void> {
	const residences = (index: number): Residence[] =>
		index % 5 === 0
			? [{ kind: "temporary", start: index % 2 ? "2026-09-01" : null, until: null }]
			: [{ kind: "permanent", start: null, until: null }];
	await as(operator, (work) =>
		addMembers(
			work,
			Array.from({ length: 330 }, (_, index) => ({
				leafId: leaves[index % leaves.length] as number,
				name: `${FAMILIES[index % FAMILIES.length]} ${GIVENS[(index * 7) % GIVENS.length]}`,
				birth: { day: addDays("1960-01-01", index), precision: "day" as const },
				honorary: index % 41 === 0,
				phone: `09${String(index % 50).padStart(8, "0")}`,
				ids: index % 3 ? [{ kind: "cccd" as const, value: `001160${String(index).padStart(6, "0")}` }] : [],
				joined: index % 29 === 0 ? "2026-11-20" : "2020-01-01",
				left: index % 11 === 0 ? "2026-11-21" : null,
				leaveReason: index % 11 === 0 ? "other" : null,
				residences: residences(index),
				...(index % 4
					? {
							consent: { purpose: "membership", givenOn: "2024-01-01", how: "digital", textVersion: "1", document: "" },
						}
					: {}),
			})),
		),
	);
	await owner.query(`update app.person set core_member = right(search_key, 1) = 'n'`);
	await owner.query(
		`insert into app.away (id, spell_id, since, kind) select gen_random_uuid(), id, '2025-10-01', 'gone' from app.spell where ('x' || right(id::text, 1))::bit(4)::int % 4 = 0`,
	);
	for (const name of ["Lan Chờ", "Đào Chờ"])
		await call(people.chair, "members.propose", { leafId: leaves[1], name, birth: "1984", joined: "2026-11-01" });
}
await populate();

interface Woman {
	id: string;
	name: string;
	key: string;
	leaf: number;
	reached: number[];
	counts: Period[];
	stage: "proposed" | "recognised" | "declined";
	honorary: boolean;
	core: boolean;
	joined: Day;
	left: Day | null;
	phone: string;
	residences: Residence[];
	away: { since: Day; until: Day | null }[];
	hasId: boolean;
	hasConsent: boolean;
}

/** Everybody, read by the owner and in the plainest way. */
async function everybody(): Promise<Woman[]> {
	const { rows } = await owner.query(
		`select s.id, p.full_name as name, p.sort_key as key, s.leaf_id as leaf, s.counts::text as counts, s.stage, p.honorary, p.core_member as core,
			s.joined::text as joined, s.left_on::text as "left", p.phone,
			array(select x.ancestor_id from app.unit_scope x where x.unit_id = s.leaf_id) as reached,
			coalesce((select jsonb_agg(to_jsonb(r)) from app.residence r where r.spell_id = s.id), '[]') as residences,
			coalesce((select jsonb_agg(to_jsonb(a)) from app.away a where a.spell_id = s.id), '[]') as away,
			exists (select from app.national_id n where n.person_id = p.id) as "hasId",
			exists (select from app.consent c where c.person_id = p.id) as "hasConsent"
		from app.spell s join app.person p on p.id = s.person_id`,
	);
	return rows
		.map((row) => ({ ...row, counts: readMultirange(row.counts) }))
		.sort((a, b) => (a.key === b.key ? (a.id < b.id ? -1 : 1) : a.key < b.key ? -1 : 1));
}

type Asked = { all?: boolean; status?: string[]; only?: string; q?: string; leafId?: number };

/** Whether she is in the list, by rules.ts. */
function isListed(woman: Woman, asked: Asked): boolean {
	const { status } = statusOn(woman, woman.counts, woman.honorary, TODAY);
	const isOpen = woman.stage === "recognised" && (woman.left === null || woman.left > TODAY);
	const only: Record<string, boolean> = {
		without_id: !woman.hasId,
		without_consent: !woman.hasConsent,
		review: isOpen && needsReview(woman.residences, woman.away, TODAY),
		core: woman.core,
	};
	const isPhone = /^\d+$/.test(asked.q ?? "");
	return (
		(asked.status ? asked.status.includes(status) : asked.all ? woman.stage !== "declined" : status === "counts") &&
		(only[asked.only ?? ""] ?? true) &&
		(isPhone
			? woman.phone.startsWith(asked.q as string)
			: searchKey(asked.q ?? "")
					.split(" ")
					.every((word) => searchKey(woman.name).includes(word)))
	);
}

/** A list to its end, page by page. */
async function paged(actor: Actor, id: number, asked: Asked, reverse: boolean) {
	const ids: string[] = [];
	const counts: { total: number | null; more: boolean }[] = [];
	let after: string | undefined;
	do {
		const page = await call(actor, "members.list", { id, ...asked, reverse, limit: 40, after });
		ids.push(...page.rows.map((row: { spellId: string }) => row.spellId));
		counts.push({ total: page.total, more: page.more });
		after = page.next ?? undefined;
	} while (after);
	assert.ok(counts.slice(1).every(({ total }) => total === null));
	return { ids, ...(counts[0] as (typeof counts)[0]) };
}

const ASKED: Asked[] = [
	{},
	{ all: true },
	{ status: ["counts"] },
	{ all: true, status: ["counts"] },
	{ status: ["proposed"] },
	{ status: ["left"] },
	{ status: ["honorary", "under_six_months", "start_unknown", "not_joined_yet"] },
	{ status: ["counts", "left"] },
	...["without_id", "without_consent", "review", "core"].map((only) => ({ all: true, only })),
	...["lan", "LAN NGUYEN", "thi", "hbia", "kdam nie", "an", "Hoà", "bà con", "lan 2", "2 thi", "zzz", "%", "09000"].map(
		(q) => ({ all: true, q }),
	),
	{ q: "thi", only: "core" },
	{ q: "0900000007", status: ["counts", "left"] },
];

/** Whose lists of which units are compared. */
type Who = keyof typeof people;

async function compare(pairs: [Who, number][]): Promise<void> {
	const women = await everybody();
	const tops: Record<Who, number> = {
		operator: centre,
		centre,
		officer: province,
		elsewhere: await unit("92"),
		chair: home,
		head: east,
	};
	for (const [who, place] of pairs) {
		const { rows } = await owner.query("select calc.leaves_of(array[$1::integer], $2) as id", [place, TODAY]);
		const inPlace = new Set(rows.map(({ id }) => id));
		const seen = women.filter(
			(woman) => (place === centre || inPlace.has(woman.leaf)) && woman.reached.includes(tops[who]),
		);
		for (const asked of ASKED) {
			const due = seen.filter((woman) => isListed(woman, asked)).map((woman) => woman.id);
			const about = `${who} of ${place}: ${JSON.stringify(asked)}`;
			assert.deepEqual(
				await paged(people[who], place, asked, false),
				{ ids: due, total: due.length, more: false },
				about,
			);
			if (asked.q === "lan" || Object.keys(asked).length === 0)
				assert.deepEqual(
					(await paged(people[who], place, asked, true)).ids,
					due.toReversed(),
					`${about}, from the end`,
				);
		}
	}
}

test("every list is what rules.ts says, to its end and from its end, of those one reaches", () =>
	compare([
		["operator", centre],
		["officer", centre],
		["officer", province],
		["elsewhere", province],
		["chair", province],
		["chair", home],
		["head", home],
	]));

test("so it is of a province of more leaves than are merged", async () => {
	await owner.query(`with made as (insert into app.unit (kind) select 'branch' from generate_series(1, 1100) returning id)
		insert into app.unit_spell (unit_id, during, name, parent_id, search_key) select id, '[2020-01-01,)', 'Tổ ' || id, ${near}, 'x' from made`);
	await owner.query("select calc.refresh_homes(array[$1::integer])", [near]);
	await owner.query("select calc.refresh_scopes(array[$1::integer])", [near]);
	await compare([
		["officer", province],
		["centre", province],
	]);
});

test("the women of one branch, of those in none, and of a branch of another commune", async () => {
	const women = await everybody();
	const ids = (leaf: number) => women.filter((woman) => woman.leaf === leaf && isListed(woman, {})).map(({ id }) => id);
	for (const leafId of [leaves[0] as number, home])
		assert.deepEqual((await paged(people.chair, home, { leafId }, false)).ids, ids(leafId));
	assert.deepEqual((await paged(people.chair, home, { leafId: leaves[3] }, false)).ids, []);
	assert.deepEqual(
		(await paged(people.centre, await unit("VN"), { leafId: leaves[3] }, false)).ids,
		ids(leaves[3] as number),
	);
});

test("a woman renamed is found by her new name at once, in all her spells, and stands where it belongs", async () => {
	const [row] = (await call(people.chair, "members.list", { code: "00004", q: "lan nguyen" })).rows;
	const { version } = await call(people.chair, "members.show", { personId: row.personId });
	await call(people.chair, "members.edit", { personId: row.personId, version, name: "Ỷ Đặng Xuân" });
	for (const place of ["00004", "01", "VN"])
		assert.deepEqual(
			(await call(people.operator, "members.list", { code: place, q: "xuan y" })).rows.map(
				(each: { spellId: string }) => each.spellId,
			),
			[row.spellId],
		);
	await compare([["chair", home]]);
	await verified();
	await owner.query("delete from app.person_name where sort_key like 'xua%'");
	const { rows } = await owner.query("select what, rows::integer from calc.verify()");
	assert.deepEqual(rows, [{ what: "name", rows: 1 }]);
});

test("what the page does not reach is not told by its parts either", async () => {
	const asked = (actor: Actor) =>
		as(actor, async (work) => {
			const spells = (await everybody()).map(({ id }) => id);
			return (await sql`select from calc.member_lines(${spells}::uuid[], ${TODAY}::date)`.execute(work.db)).rows.length;
		});
	const women = await everybody();
	assert.equal(await asked(people.elsewhere), women.filter(({ leaf }) => leaf === far).length);
	assert.ok((await asked(people.head)) < (await asked(people.chair)));
	for (const part of ["calc.counted_in(null, '2026-11-22')", "calc.listed_leaves(1, null, '2026-11-22')"])
		await assert.rejects(as(people.centre, (work) => sql`select ${sql.raw(part)}`.execute(work.db)));
});
