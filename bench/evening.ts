import { spawn } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { uuidv7 } from "../src/core/id.ts";
import { OPERATOR_ID } from "../src/db/actor.ts";
import { hashPassword } from "../src/db/password.ts";
import { countryFolder, openCountry, SIZES } from "./country-place.ts";
import { type Chair, type EveningOrder, type EveningResult, noteOf } from "./evening-load.ts";
import { startProgram } from "./program.ts";
import { atLeast, atMost, beside, type Row } from "./row.ts";

/** As many as the communes of the guidance's date; of today's each has three or four chairs here, which is harder on its ledger rows. */
const CHAIRS = Number(process.env.TAPHOP_BENCH_CHAIRS ?? 10_598);
const SECONDS = Number(process.env.TAPHOP_BENCH_EVENING ?? 600);
/** The last ones come this long before the end. */
const LAST_COMES = 0.95;
const EDITS = 10;
const PASSWORD = "do-tai-2026";
/** A commune of it has some 600 members. */
const MEMBERS = SIZES.middle;

/** 24 November: every commune signs in, reads, edits, reports and takes its list along within ten minutes; then everything is counted again. */
export async function run(): Promise<Row[]> {
	const country = await openCountry(MEMBERS);
	const owner = new pg.Client({ connectionString: country.ownerUrl });
	try {
		await owner.connect();
		const chairs = await makeChairs(owner);
		const program = await startProgram(countryFolder(MEMBERS), { TAPHOP_DEMO: "yes", TAPHOP_PROXY: "yes" });
		const before = await audited(owner);
		let result: EveningResult;
		try {
			result = await load({
				url: program.url,
				password: PASSWORD,
				chairs,
				today: await today(owner),
				seconds: SECONDS * LAST_COMES,
				deadline: SECONDS,
			});
		} finally {
			await program.stop();
		}
		if (result.firstError) console.error(result.firstError);
		const kept = await written(owner, chairs);
		const answered = (kind: string) => result.kinds[kind]?.answered ?? 0;
		const { rows } = await owner.query<{ n: number }>("select count(*)::integer as n from calc.verify()");
		return [
			atLeast(`chairs served within ${SECONDS} s`, CHAIRS, result.served, ""),
			beside("  the last of them, after", result.seconds, "s"),
			beside("  requests", result.requests, ""),
			beside("  of them turned away for some seconds", result.away, ""),
			atMost("errors", 0, result.errors, ""),
			atMost("95th percentile of all answers", 300, result.p95, "ms"),
			...Object.entries(result.kinds).map(([kind, { p95 }]) => beside(`  of ${kind}`, p95, "ms")),
			atMost("edits lost", 0, answered("edit") - kept.edits, ""),
			atMost("headcounts lost or doubled", 0, Math.abs(answered("headcount") - kept.headcounts), ""),
			atMost("edits audited twice or not at all", 0, Math.abs((await audited(owner)) - before - kept.edits), ""),
			atMost("differences verify finds after it", 0, rows[0]?.n ?? -1, ""),
		];
	} finally {
		// A client that never connected has nothing to end.
		await owner.end().catch(() => undefined);
		await country.close();
	}
}

async function today(owner: pg.Client): Promise<string> {
	const { rows } = await owner.query<{ today: string }>("select calc.today()::text as today");
	return (rows[0] as { today: string }).today;
}

/** Gives every chair an account, a branch of her commune and ten of its members who are nobody else's. */
async function makeChairs(owner: pg.Client): Promise<Chair[]> {
	const { rows: communes } = await owner.query<{ id: number; branch: number; people: Chair["people"] }>(
		`select h.commune_id as id, min(h.leaf_id) filter (where u.kind = 'branch') as branch,
			(array_agg(jsonb_build_object('personId', p.id, 'version', p.version)))[1:$1] as people
		from app.unit_home h join app.unit c on c.id = h.commune_id and c.kind = 'commune' join app.unit u on u.id = h.leaf_id
		join app.spell s on s.leaf_id = h.leaf_id and s.left_on is null and s.stage = 'recognised' join app.person p on p.id = s.person_id
		where h.during @> calc.today() and p.merged_into is null and s.counting_order = 0
		group by h.commune_id having count(distinct p.id) >= $1 and count(*) filter (where u.kind = 'branch') > 0 order by h.commune_id`,
		[Math.ceil(CHAIRS / 3000) * EDITS],
	);
	const hash = await hashPassword(PASSWORD);
	const run = uuidv7().slice(-6);
	const chairs = Array.from({ length: CHAIRS }, (_, at) => {
		const commune = communes[at % communes.length] as (typeof communes)[number];
		const nth = Math.floor(at / communes.length) * EDITS;
		return {
			username: `toi.${run}.${at}`,
			communeId: commune.id,
			branchId: commune.branch,
			people: commune.people.slice(nth, nth + EDITS),
		};
	});
	if (chairs.some(({ people }) => people.length < EDITS)) throw new Error("Too few members in some commune.");
	await owner.query("begin");
	await owner.query("select set_config('app.account', $1, true)", [OPERATOR_ID]);
	await owner.query(
		`with made as (select * from unnest($1::uuid[], $2::text[], $3::integer[]) as m(id, username, unit_id)),
			accounts as (insert into app.account (id, username, display_name, unit_id) select id, username, username, unit_id from made returning id)
			insert into app.account_role (account_id, role, unit_id) select id, 'commune_chair', unit_id from made`,
		[chairs.map(() => uuidv7()), chairs.map(({ username }) => username), chairs.map(({ communeId }) => communeId)],
	);
	await owner.query("select calc.reset_credential(a.id, $1) from app.account a where a.username like $2", [
		hash,
		`toi.${run}.%`,
	]);
	await owner.query(
		"update app.account set must_change_password = false, password_until = null where username like $1",
		[`toi.${run}.%`],
	);
	await owner.query("commit");
	return chairs;
}

/** The chairs' load comes from a process of its own. */
function load(order: EveningOrder): Promise<EveningResult> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(import.meta.dirname, "evening-load.ts")], {
			stdio: ["pipe", "pipe", "inherit"],
		});
		let text = "";
		child.stdout.on("data", (chunk) => {
			text += chunk;
		});
		child.once("exit", (code) =>
			code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`the load ended with ${code}`)),
		);
		child.stdin.end(JSON.stringify(order));
	});
}

/** How many of the chairs' edits and headcounts stand. */
async function written(owner: pg.Client, chairs: readonly Chair[]): Promise<{ edits: number; headcounts: number }> {
	const people = chairs.flatMap(({ people }, chair) =>
		people.map(({ personId, version }, edit) => ({ personId, version, note: noteOf(chair, edit) })),
	);
	const { rows } = await owner.query<{ edits: number; headcounts: number }>(
		`select (select count(*)::integer from unnest($1::uuid[], $2::integer[], $3::text[]) e(id, version, note)
				join app.person p on p.id = e.id and p.version = e.version + 1 and p.note = e.note) as edits,
			(select count(*)::integer from app.headcount where on_day = calc.today() and source like 'Báo cáo tối 24/11 của chủ tịch %' and created_by in
				(select id from app.account where username = any($4))) as headcounts`,
		[
			people.map(({ personId }) => personId),
			people.map(({ version }) => version),
			people.map(({ note }) => note),
			chairs.map(({ username }) => username),
		],
	);
	return rows[0] as { edits: number; headcounts: number };
}

async function audited(owner: pg.Client): Promise<number> {
	const { rows } = await owner.query<{ n: number }>(
		"select count(*)::integer as n from app.audit where action = 'members.edit'",
	);
	return rows[0]?.n ?? 0;
}
