import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { GIVEN_ROLES, ROLES } from "../areas/access/rules.ts";
import { readNationalId } from "../core/national-id.ts";
import { readPhone } from "../core/phone.ts";
import type { Problem } from "../core/problem.ts";
import { exactNameKey, identityKey, searchKey, sortKey } from "../core/vietnamese.ts";
import { verifyPassword } from "../db/password.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./accounts.ts";
import { type DemoSummary, loadDemo } from "./demo.ts";
import { type Plan, planDemo } from "./plan.ts";
import { readCountry } from "./store-places.ts";
import { WOMEN18_SOURCE, WOMEN18_TOTAL } from "./women.ts";

const TODAY = "2026-11-22";
const GUIDANCE = "2023-05-29";

const database = await openTestDatabase({ today: TODAY });
const summary: DemoSummary = await loadDemo(database.ownerUrl, database.vault, { today: TODAY });

// biome-ignore lint/suspicious/noExplicitAny: rows of many shapes.
async function rowsOf(sql: string, values: unknown[] = []): Promise<any[]> {
	return (await database.owner.query(sql, values)).rows;
}

/** Communes on a day as the program's own ledger and denominators have them. */
const COMMUNES = `with figure as (
		select unit_id, sum(case when component = 7 then -value else value end)::integer as members from calc.figures($1::date) group by unit_id
	),
	commune as (
		select d.unit_id, d.women18, coalesce(f.members, 0) as members, u.builtin_key, u.kind
		from app.denominator d join app.unit u on u.id = d.unit_id left join figure f on f.unit_id = d.unit_id
		where d.during @> $1::date
	)`;

test("before the guidance 2 129 communes in 46 provinces are under 60 %, some exactly at it, a few over 100 %", async () => {
	const [row] = await rowsOf(
		`${COMMUNES} select count(*)::int as communes, count(*) filter (where 5 * members < 3 * women18)::int as under,
			count(distinct district.parent_id) filter (where 5 * members < 3 * women18)::int as provinces,
			count(*) filter (where 5 * members = 3 * women18)::int as exactly, count(*) filter (where members > women18)::int as over100
		from commune c join app.unit_spell s on s.unit_id = c.unit_id and s.during @> $1::date
		join app.unit_spell district on district.unit_id = s.parent_id and district.during @> $1::date`,
		[GUIDANCE],
	);
	assert.deepEqual(row, { communes: 10598, under: 2129, provinces: 46, exactly: 14, over100: 9 });
	const rates = (input: object) => database.call(database.operator, "gathering.rates", { on: GUIDANCE, ...input });
	assert.equal((await rates({ level: "commune", class: "under" })).length, 2129, "as the screens have it");
	const [centre] = await rates({});
	assert.ok(centre.members > 19_000_000);
	assert.equal(centre.women18, WOMEN18_TOTAL);
});

test("there are over 19 million members, and afterwards more of them and fewer communes under 60 %", async () => {
	const on = async (day: string) =>
		(
			await rowsOf(
				`${COMMUNES} select (select sum(members)::int from figure) as members, count(*) filter (where 5 * members < 3 * women18)::int as under,
				count(*) filter (where 5 * members = 3 * women18)::int as exactly from commune`,
				[day],
			)
		)[0];
	const days = await Promise.all([GUIDANCE, "2023-12-31", "2024-12-31", "2025-07-01", "2025-12-31", TODAY].map(on));
	assert.ok(days[0].members > 19_000_000 && days[0].members < 20_000_000, `${days[0].members} members`);
	for (let at = 1; at < days.length; at++) {
		assert.ok(days[at].members > days[at - 1].members, "members grow");
		assert.ok(days[at].under < days[at - 1].under, "communes pass");
	}
	assert.ok(days[5].exactly > 0, "some stand at exactly 60 % today");
});

test("the denominators of the old set add up to 73 % of the women of 2019, and the source says what they are", async () => {
	const [old] = await rowsOf(
		"select sum(women18)::int as women, min(women18) as least from app.denominator where during @> $1::date",
		[GUIDANCE],
	);
	assert.equal(old.women, 35_279_384);
	assert.equal(old.women, WOMEN18_TOTAL);
	assert.ok(old.least > 100);
	const [now] = await rowsOf("select sum(women18)::int as women from app.denominator where during @> $1::date", [
		TODAY,
	]);
	assert.equal(now.women, WOMEN18_TOTAL + 8215 + 3340, "the new set has two đặc khu besides");
	assert.deepEqual(await rowsOf("select name, official from app.population_source"), [
		{ name: WOMEN18_SOURCE, official: true },
	]);
});

test("two provinces have rosters of at least 40 000 women by name, and as many count today", async () => {
	const [row] = await rowsOf(
		`select (select count(*)::int from app.person where sex = 'female') as women,
			(select sum(value)::int from calc.figures($1::date) where component = 1) as counting,
			(select count(distinct commune_id)::int from app.spell s join app.unit_home h on h.leaf_id = s.leaf_id and h.during @> date '2023-05-29') as communes`,
		[TODAY],
	);
	assert.ok(row.women >= 40_000, `${row.women} women`);
	assert.ok(row.counting >= 40_000, `${row.counting} count`);
	assert.equal(row.communes, 106 + 141);
	assert.ok(summary.named >= row.women);
});

test("the ledger says what the rows say", async () => {
	assert.deepEqual(await rowsOf("select * from calc.verify() limit 5"), []);
});

test("every CCCD is built as the rules say and fits its bearer; names have the keys the program gives them", async () => {
	const cards = await rowsOf(
		`select p.full_name, p.search_key, p.identity_key, p.sort_key, p.birth::text, p.sex, p.phone, n.kind, n.cipher, n.hmac
			from app.national_id n join app.person p on p.id = n.person_id order by n.hmac limit 3000`,
	);
	assert.equal(cards.length, 3000);
	for (const card of cards) {
		const value = database.vault.open(card.cipher).toString();
		const read = readNationalId(value, { birth: { day: card.birth, precision: "day" }, sex: card.sex });
		assert.deepEqual(read, { kind: card.kind, value, notes: card.kind === "cccd" ? [] : ["id.cmnd"] });
		if (card.kind === "cccd") assert.match(value, /^0\d\d[0-3]\d{8}$/);
		assert.ok(database.vault.fingerprint(value).equals(card.hmac));
		assert.equal(card.search_key, searchKey(card.full_name));
		assert.equal(card.identity_key, identityKey(card.full_name));
		assert.equal(card.sort_key, sortKey(card.full_name));
		if (card.phone) assert.deepEqual(readPhone(card.phone), { value: card.phone, changed: false });
	}
	assert.ok(new Set(cards.map((card) => exactNameKey(card.full_name))).size > 1500, "names differ");
});

test("there is something to do: proposals, moves to answer, six months about to end, starts unknown, women away", async () => {
	const [row] = await rowsOf(
		`select count(*) filter (where s.stage = 'proposed')::int as proposals,
			(select count(*)::int from app.transfer where state = 'pending') as transfers,
			count(*) filter (where lower(s.counts) > $1::date and lower(s.counts) <= $1::date + 30)::int as soon,
			count(*) filter (where r.kind = 'temporary' and r.start is null)::int as unknown,
			count(*) filter (where s.left_on is not null)::int as gone,
			(select count(*)::int from (select person_id from app.spell group by person_id having count(*) = 2) two) as two_spells,
			(select count(*)::int from app.away) as away,
			(select count(*)::int from app.post where post = 'chair' and until is null) as chairs,
			(select count(distinct unit_id)::int from app.affiliation) as circles,
			(select count(*)::int from app.consent where purpose = 'membership') as consents
		from app.spell s join app.residence r on r.spell_id = s.id`,
		[TODAY],
	);
	for (const [what, count] of Object.entries(row)) assert.ok((count as number) >= 20, `${what}: ${count}`);
	assert.equal(row.chairs, 38 + 40);
	const young = await rowsOf(
		"select 1 from app.spell s join app.person p on p.id = s.person_id where s.joined < p.birth + interval '18 years' limit 1",
	);
	assert.deepEqual(young, [], "nobody joined under 18");
	assert.deepEqual(await rowsOf("select 1 from app.spell where joined > $1 or left_on > $1 limit 1", [TODAY]), []);
});

test("branches follow their communes through the reform; no two of one name stand below one union", async () => {
	const [row] = await rowsOf(
		`select count(distinct u.id)::int as branches, count(*)::int as stays, count(distinct (s.parent_id, s.name, s.during))::int as names
			from app.unit u join app.unit_spell s on s.unit_id = u.id where u.kind = 'branch'`,
	);
	assert.ok(row.branches >= 3 * 247);
	assert.equal(row.stays, 2 * row.branches);
	assert.equal(row.names, row.stays);
	const homeless = await rowsOf(
		"select 1 from app.unit u where u.kind = 'branch' and 2 <> (select count(*) from app.unit_home h where h.leaf_id = u.id) limit 1",
	);
	assert.deepEqual(homeless, []);
});

test("each role has an account at a unit that lives today, and signs in with the demo's password", async () => {
	assert.deepEqual(
		GIVEN_ROLES.filter((role) => !DEMO_ACCOUNTS.some((account) => account.role === role)),
		["district"],
	);
	const rows = await rowsOf(
		`select a.username, r.role, u.kind from app.account a join app.account_role r on r.account_id = a.id
			join app.unit u on u.id = r.unit_id join calc.unit_life l on l.unit_id = u.id and l.during @> $1::date where r.role not in ('operator', 'system')`,
		[TODAY],
	);
	assert.equal(rows.length, DEMO_ACCOUNTS.length);
	for (const { role, kind } of rows)
		assert.ok((ROLES[role as keyof typeof ROLES].kinds as readonly string[]).includes(kind));
	const hashes = await rowsOf(
		`select c.password, a.must_change_password from app.account a join auth.account c on c."userId" = a.auth_user_id and c."providerId" = 'credential'`,
	);
	assert.equal(hashes.length, DEMO_ACCOUNTS.length);
	for (const { password, must_change_password } of hashes) {
		assert.equal(must_change_password, false);
		assert.ok(await verifyPassword({ hash: password, password: DEMO_PASSWORD }));
	}
});

test("everything says that it is a demo", async () => {
	const [row] = await rowsOf(
		`select (select count(*)::int from app.person where note not like 'Dữ liệu minh họa%') as persons,
			(select count(*)::int from app.headcount where source not like 'Số liệu minh họa%') as headcounts,
			(select count(*)::int from app.population where document not like '%minh họa%') as populations,
			(select count(*)::int from app.population_source where name not like 'Số liệu minh họa%') as sources,
			(select count(*)::int from app.consent where document not like 'Dữ liệu minh họa%') as consents,
			(select count(*)::int from app.transfer where note not like 'Dữ liệu minh họa%') as transfers,
			(select count(*)::int from app.account where display_name not like '%minh họa%' and username not in ('operator', 'system')) as accounts`,
	);
	assert.ok(
		Object.values(row).every((count) => count === 0),
		JSON.stringify(row),
	);
	const [setting] = await rowsOf("select value from app.setting where name = 'demo'");
	assert.deepEqual(setting.value, { seed: 1, today: TODAY, notice: "Dữ liệu minh họa" });
	assert.deepEqual(await rowsOf("select action from app.audit"), [{ action: "demo.load" }]);
});

test("a database with data in it is refused and stays as it was", async () => {
	await assert.rejects(
		loadDemo(database.ownerUrl, database.vault, { today: TODAY }),
		(error: Problem) => error.code === "demo.not_empty",
	);
	assert.equal((await rowsOf("select count(*)::int as n from app.person"))[0].n, summary.named);
});

test("two demos of one seed are the same, those of two seeds are not", async () => {
	const empty = await openTestDatabase({ today: TODAY });
	const client = await empty.owner.connect();
	const country = await readCountry(client);
	client.release();
	const again = (seed: number, scale: number) => planDemo(country, { seed, today: TODAY, scale });
	assert.equal(hashOf(again(1, 0.1)), hashOf(again(1, 0.1)));
	assert.notEqual(hashOf(again(1, 0.1)), hashOf(again(2, 0.1)));
	assert.equal(
		hashOf(rowsOfPlan(again(1, 1))),
		hashOf(await rowsOfDatabase()),
		"what was loaded is what is planned now",
	);
});

test("a database is a demo only when it says so", async () => {
	const isDemo = async () => (await database.call(database.operator, "access.session")).demo;
	assert.equal(await isDemo(), true);
	await database.owner.query("delete from app.setting where name = 'demo'");
	assert.equal(await isDemo(), false);
});

function hashOf(value: unknown): string {
	return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

function rowsOfPlan(plan: Plan): unknown[] {
	const women = plan.rosters.flatMap((roster) => roster.women);
	const people = women.map((woman) => [woman.id, woman.fullName, woman.birth, woman.phone]);
	const spells = women.flatMap((woman) => woman.spells.map((spell) => [spell.id, woman.id, spell.leafId]));
	return [people.sort(), spells.sort(), plan.headcounts.map((row) => [row.unitId, row.component, row.on, row.count])];
}

async function rowsOfDatabase(): Promise<unknown[]> {
	const people = await rowsOf("select id, full_name, birth::text, phone from app.person");
	const spells = await rowsOf("select id, person_id, leaf_id from app.spell");
	const headcounts = await rowsOf("select unit_id, component, on_day::text, count from app.headcount order by id");
	return [people.map(Object.values).sort(), spells.map(Object.values).sort(), headcounts.map(Object.values)];
}
