import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { countingOf } from "../areas/members/rules.ts";
import { readNationalId } from "../core/national-id.ts";
import { readPhone } from "../core/phone.ts";
import type { Problem } from "../core/problem.ts";
import { identityKey, searchKey, sortKey } from "../core/vietnamese.ts";
import { readMultirange } from "../db/ranges.ts";
import { loadCountry } from "./country.ts";
import { sealing } from "./country-cards.ts";
import { CommuneMaker } from "./country-commune.ts";
import { COUNTRY_DAY, planCountry } from "./country-plan.ts";
import { CountryRows } from "./country-rows.ts";
import { readCountry } from "./store-places.ts";

const MEMBERS = 30_000;
const database = await openTestDatabase({ today: "2026-11-22" });
const before = await constraints();
const summary = await loadCountry(database.ownerUrl, database.vault, {
	members: MEMBERS,
	seed: 7,
	memoryMegabytes: 64,
});

// biome-ignore lint/suspicious/noExplicitAny: rows of many shapes.
async function rowsOf(sql: string, values: unknown[] = []): Promise<any[]> {
	return (await database.owner.query(sql, values)).rows;
}

function constraints() {
	return rowsOf(`select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as what, convalidated
			from pg_constraint where connamespace = 'app'::regnamespace
		union all select tablename, indexname, indexdef, true from pg_indexes where schemaname = 'app'
		union all select relname, 'forced', relforcerowsecurity::text, true from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'
		order by 1, 2, 3`);
}

test("the ledger says what the rows say", async () => {
	assert.deepEqual(await rowsOf("select * from calc.verify() limit 5"), []);
});

test("every commune has women and a branch; as many women as asked for, one in ten a temporary resident", async () => {
	const [row] = await rowsOf(`select (select count(*)::int from app.person) as persons,
		(select count(distinct h.commune_id)::int from app.spell s join app.unit_home h on h.leaf_id = s.leaf_id and h.during @> date '2023-05-29') as communes,
		(select count(*)::int from app.unit where kind = 'branch') as branches,
		(select count(*)::int from app.spell s join app.residence r on r.spell_id = s.id where r.kind = 'temporary') as temporary`);
	assert.equal(row.persons, MEMBERS);
	assert.equal(summary.members, MEMBERS);
	assert.ok(row.communes > 10_000, `${row.communes} communes`);
	assert.equal(row.branches, 10_598);
	assert.ok(row.temporary > 0.08 * MEMBERS && row.temporary < 0.14 * MEMBERS);
});

test("rates are as in the country: most communes over 60 %, about 2 129 under it in 2023", async () => {
	const rates = await database.call(database.operator, "gathering.rates", { on: "2023-05-29", level: "commune" });
	const under = rates.filter((row: { class: string }) => row.class === "under").length;
	assert.ok(under > 2000 && under <= 2129, `${under} under`);
	const usual = rates.filter((row: { rate: string }) => Number(row.rate) >= 55 && Number(row.rate) <= 75).length;
	assert.ok(usual > 0.7 * rates.length, `${usual} of ${rates.length} from 55 to 75 %`);
});

test("each spell counts on the days the members' rule says (R2), women with two places and returners among them", async () => {
	const spells =
		await rowsOf(`select s.id, s.person_id, s.stage, s.joined::text, s.left_on::text, s.counts::text, p.honorary, r.kind, r.start::text
		from app.spell s join app.person p on p.id = s.person_id join app.residence r on r.spell_id = s.id`);
	const twoPlaces = { women: 0, periods: 0 };
	for (const hers of Map.groupBy(spells, (spell) => spell.person_id).values()) {
		const counted = hers.map((spell) => ({
			id: spell.id,
			stage: spell.stage,
			joined: spell.joined,
			left: spell.left_on,
			residences: [{ kind: spell.kind, start: spell.start, until: null }],
		}));
		const expected = countingOf(counted, { honorary: hers[0].honorary });
		for (const spell of hers) assert.deepEqual(readMultirange(spell.counts), expected.get(spell.id), spell.id);
		if (hers.length > 1) twoPlaces.women += 1;
		if (hers.some((spell) => readMultirange(spell.counts).length > 1)) twoPlaces.periods += 1;
	}
	assert.ok(twoPlaces.women > 100 && twoPlaces.periods > 10, JSON.stringify(twoPlaces));
});

test("every card is built as the rules say, fits its bearer, opens, and is found again; no two are the same", async () => {
	const cards =
		await rowsOf(`select p.full_name, p.search_key, p.identity_key, p.sort_key, p.birth::text, p.phone, n.kind, n.cipher, n.hmac
		from app.person p join app.national_id n on n.person_id = p.id order by n.hmac limit 4000`);
	for (const card of cards) {
		const value = database.vault.open(card.cipher).toString();
		const read = readNationalId(value, { birth: { day: card.birth, precision: "day" }, sex: "female" });
		assert.deepEqual(read, { kind: card.kind, value, notes: card.kind === "cccd" ? [] : ["id.cmnd"] });
		assert.ok(database.vault.fingerprint(value).equals(card.hmac));
		assert.equal(card.search_key, searchKey(card.full_name));
		assert.equal(card.identity_key, identityKey(card.full_name));
		assert.equal(card.sort_key, sortKey(card.full_name));
		if (card.phone) assert.deepEqual(readPhone(card.phone), { value: card.phone, changed: false });
	}
	const [phones] = await rowsOf(
		"select count(*)::int as all, count(distinct phone)::int as different from app.person where phone <> ''",
	);
	assert.equal(phones.different, phones.all);
});

test("what was taken off for the load stands again: indexes, constraints, forced row-level security", async () => {
	assert.deepEqual(await constraints(), before);
});

test("a seed makes the same communes, in whatever order; another seed others", async () => {
	const empty = await openTestDatabase();
	const client = await empty.owner.connect();
	const country = await readCountry(client);
	client.release();
	const make = (seed: number, order: (places: number[]) => number[]) => {
		const plan = planCountry(country, { members: 2_000_000, seed });
		const rows = new CountryRows(seed);
		const maker = new CommuneMaker(rows, sealing(Buffer.alloc(32, 7)), plan.atlas, seed, []);
		return new Map(
			order([0, 4000, 9000]).map((at) => {
				maker.make(plan.places[at] as (typeof plan.places)[number]);
				// The seals differ each time: their nonces are chance.
				const made = rows.take().filter(([table]) => table !== "national_id");
				return [
					at,
					createHash("sha256")
						.update(JSON.stringify(made.map(([table, bytes]) => [table, Buffer.from(bytes).toString("latin1")])))
						.digest("hex"),
				];
			}),
		);
	};
	const once = make(1, (places) => places);
	const again = make(1, (places) => places.toReversed());
	const other = make(2, (places) => places);
	for (const at of once.keys()) {
		assert.equal(again.get(at), once.get(at));
		assert.notEqual(other.get(at), once.get(at));
	}
});

test("the line of a unit is, day by day, the sum over what stood in its place", async () => {
	await database.owner.query("select set_config('app.account', $1, false)", [database.operator.accountId]);
	const days = ["2019-02-28", "2025-06-30", "2025-07-01", "2026-11-22"];
	await database.owner.query(
		`create temp table own_figures as select d as day, b.unit_id, b.women18,
			b.roster + b.unlisted + b.trade_union + b.armed_forces + b.member_organisation + b.upper_club - b.overlap as members
		from unnest('{${days.join(",")}}'::date[]) d cross join lateral calc.gathering_base(d, null) b`,
	);
	const kinds = await rowsOf(
		`select id, kind from (select u.id, u.kind, row_number() over (partition by u.kind, exists (select from app.territory t where t.unit_id = u.id and t.until = 'infinity')
			order by md5(u.id::text)) as n from app.unit u where u.kind in ('cluster', 'province', 'district', 'commune', 'unassigned')) x where n <= 2 order by kind, id`,
	);
	assert.ok(new Set(kinds.map(({ kind }) => kind)).size >= 4);
	for (const { id, kind } of kinds) {
		const line = await rowsOf("select day::text, women18, members from calc.gathering_line($1::date[], $2)", [
			days,
			id,
		]);
		const summed = await rowsOf(
			`with place as materialized (select d, x as unit_id from unnest($1::date[]) d, calc.stood_for($2) s, calc.places_of(s.unit_id, d) x where s.since <= d and s.until > d)
			select f.day::text, nullif(sum(f.women18), 0) as women18, sum(f.members) as members
			from place p join pg_temp.own_figures f on f.day = p.d and f.unit_id = p.unit_id group by f.day order by f.day`,
			[days, id],
		);
		assert.deepEqual(line, summed, `${kind} ${id}`);
	}
});

test("under the units of before the reform, days at once and units alone are what each day of all is", async () => {
	const days = ["2024-02-29", "2025-07-01", "2025-12-31", "2026-11-22"];
	const question =
		"select to_jsonb(b)::text as row from calc.crossed_base($1::date[], '2025-06-30', $2) b order by b.day, b.unit_id";
	const each = [];
	for (const day of days) each.push(...(await rowsOf(question, [[day], null])));
	assert.deepEqual(await rowsOf(question, [days, null]), each);
	assert.ok(each.some(({ row }) => JSON.parse(row).estimated));
	const some = await rowsOf(
		"select unit_id as id from app.territory where kind = 'commune' and until = '2025-07-01' order by md5(unit_id::text) limit 15",
	);
	const alone = [];
	for (const { id } of some) alone.push(...(await rowsOf(question, [days, [id]])));
	const wanted = new Set(some.map(({ id }) => id));
	const same = each.filter(({ row }) => wanted.has(JSON.parse(row).unit_id));
	assert.deepEqual(alone.map(({ row }) => row).toSorted(), same.map(({ row }) => row).toSorted());
});

test("whom a right reaches is what the program works out itself", async () => {
	const scopes =
		"select md5(string_agg(concat_ws(' ', ancestor_id, unit_id, own), ',' order by ancestor_id, unit_id)) as all from app.unit_scope";
	const [loaded] = await rowsOf(scopes);
	await database.owner.query(
		"select calc.refresh_scopes(array(select id from app.unit where builtin_key is null order by id % 97, id limit 300))",
	);
	assert.deepEqual((await rowsOf(scopes))[0], loaded);
});

test("nobody joins or leaves after the country's day; a filled database is refused", async () => {
	assert.deepEqual(
		await rowsOf("select 1 from app.spell where joined > $1 or left_on > $1 or left_on < joined limit 1", [
			COUNTRY_DAY,
		]),
		[],
	);
	await assert.rejects(
		loadCountry(database.ownerUrl, database.vault, { members: 10, seed: 1 }),
		(error: Problem) => error.code === "demo.not_empty",
	);
});
