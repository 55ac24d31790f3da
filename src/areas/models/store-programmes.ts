import { type RawBuilder, sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { readRows } from "../gathering/store-rates.ts";
import type { StoreOf } from "../store-of.ts";
import type { Programme, programmesContract, Reached } from "./contract-programmes.ts";
import type { ProgrammeKind } from "./rules.ts";
import { communesOf } from "./store-counts.ts";
import {
	type About,
	type Asked,
	about,
	denied,
	gone,
	mayAt,
	requireMay,
	scopeOf,
	stale,
	topOf,
} from "./store-places.ts";

/** Programmes, projects and resources, and the communes each reaches (R41). */
export const programmes: StoreOf<typeof programmesContract> = {
	list: listProgrammes,
	show: showProgramme,
	unreached: listUnreached,
	set: setProgramme,
};

/** The levels that have programmes of their own. */
const OWNERS = ["centre", "cluster", "province", "district", "commune", "department"];

const RUNNING = (on: Day) => sql`r.from_day <= ${on}::date and coalesce(r.until_day, 'infinity'::date) >= ${on}::date`;

const COLUMNS = (on: Day) => sql`r.id, r.unit_id as "unitId",
	coalesce((select s.name from app.unit_spell s where s.unit_id = r.unit_id order by s.during @> ${on}::date desc, s.during desc limit 1), '') as "unitName",
	r.kind, r.name, r.source, r.from_day::text as "from", r.until_day::text as "until", r.amount::float8 as amount, r.note, r.version,
	${RUNNING(on)} as running,
	(select count(*) from app.programme_commune c where c.programme_id = r.id and c.removed_at is null)::integer as communes,
	(select coalesce(sum(c.amount), 0) from app.programme_commune c where c.programme_id = r.id and c.removed_at is null)::float8 as named,
	(select calc.sees_all('models.write')) or r.unit_id in (select calc.my_units('models.write')) as "mayChange"`;

/** Programmes of a unit, of those below it, and those from above that reach one of its communes. */
async function listProgrammes(work: Work, input: Asked & { state: "running" | "all"; limit: number; offset: number }) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const where = sql`${isOf(asked)} and r.from_day <= ${on}::date and (${input.state === "all"}::boolean or ${RUNNING(on)})`;
	const { rows: sums } = await sql<{ total: number; amount: number }>`
		select count(*)::integer as total, coalesce(sum(r.amount), 0)::float8 as amount from app.programme r where ${where}`.execute(
		work.db,
	);
	const { rows } = await sql<Programme>`select ${COLUMNS(on)} from app.programme r where ${where}
		order by r.from_day desc, r.id limit ${input.limit} offset ${input.offset}`.execute(work.db);
	return {
		unit: topOf(unit),
		on,
		...(sums[0] as (typeof sums)[number]),
		rows,
		mayAdd: OWNERS.includes(unit.kind) && (await mayAt(work, "models.write", unit.id)),
	};
}

/** Whether a programme `r` is the unit's, of one below it, or reaches one of its communes: what came from a commune counts as it. */
function isOf({ unit, on }: About): RawBuilder<unknown> {
	if (unit.kind === "centre") return sql`true`;
	return sql`(r.unit_id = ${unit.id}::integer
		or r.unit_id in (select s.unit_id from app.unit_scope s where s.ancestor_id = ${unit.id}::integer)
		or exists (select from app.programme_commune c where c.programme_id = r.id and c.removed_at is null
			and c.unit_id in (select h.unit_id from calc.reached_on(
				(select array_agg(distinct x.unit_id) from app.programme_commune x where x.removed_at is null), ${on}::date) h
				where h.commune_id = any(${scopeOf({ unit, on })}))))`;
}

async function showProgramme(work: Work, { id }: { id: string }) {
	const programme = await requireProgramme(work, id);
	const { rows } =
		await sql<Reached>`select c.unit_id as "unitId", s.code, s.name, coalesce(p.name, '') as parent, c.amount::float8 as amount
		from app.programme_commune c
		join lateral (select x.code, x.name, x.parent_id, x.during from app.unit_spell x where x.unit_id = c.unit_id
			order by x.during @> ${work.today}::date desc, x.during desc limit 1) s on true
		left join lateral (select x.name from app.unit_spell x where x.unit_id = s.parent_id and x.during && s.during order by x.during desc limit 1) p on true
		where c.programme_id = ${id}::uuid and c.removed_at is null order by s.code nulls last, s.name`.execute(work.db);
	return { programme, communes: rows };
}

/** Communes not over 60 % on the day that no running programme reaches. */
async function listUnreached(work: Work, input: Asked) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const rates = new Map(
		(await readRows(work, { on, map: null }, ["commune"], unit.id))
			.filter((row) => row.class === "under" || row.class === "exactly")
			.map((row) => [row.id, row]),
	);
	const { rows: counted } = await sql<{ id: number }>`select unit_id as id
		from calc.model_counts(${on}::date, ${on}::date, ${scopeOf(asked)}) where reached = 1`.execute(work.db);
	const reached = new Set(counted.map((row) => row.id));
	const communes = await communesOf(work, asked, scopeOf(asked));
	return {
		unit: topOf(unit),
		on,
		notOver: rates.size,
		rows: communes
			.filter(({ unitId }) => rates.has(unitId) && !reached.has(unitId))
			.map((commune) => ({
				...commune,
				rate: rates.get(commune.unitId)?.rate ?? null,
				missing: rates.get(commune.unitId)?.missing ?? null,
			})),
	};
}

interface Given {
	id?: string;
	version?: number;
	unitId: number;
	kind: ProgrammeKind;
	name: string;
	source: string;
	from: Day;
	until: Day | null;
	amount: number | null;
	note: string;
	communes: { unitId: number; amount: number | null }[];
}

/** Writes a programme with the communes it reaches; a commune left out is no longer reached, and stays in the table. */
async function setProgramme(work: Work, input: Given) {
	if (input.until !== null && input.until < input.from)
		throw new Problem("programme.dates", 422, "Ngày kết thúc phải từ ngày bắt đầu trở đi.", { field: "until" });
	const named = input.communes.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
	if (input.amount !== null && named > input.amount)
		throw new Problem("programme.more_than_all", 422, "Số tiền của các xã cộng lại nhiều hơn tổng số tiền.", {
			field: "amount",
		});
	await requireMay(work, "models.write", input.unitId);
	await requireOwner(work, input);
	const id = input.id === undefined ? await insertProgramme(work, input) : await updateProgramme(work, input, input.id);
	const json = JSON.stringify(input.communes);
	await sql`update app.programme_commune c set removed_at = clock_timestamp() where c.programme_id = ${id}::uuid and c.removed_at is null
		and c.unit_id not in (select r."unitId" from jsonb_to_recordset(${json}::jsonb) as r("unitId" integer))`.execute(
		work.db,
	);
	await sql`insert into app.programme_commune (programme_id, owner_id, unit_id, amount)
		select ${id}::uuid, ${input.unitId}, r."unitId", r.amount from jsonb_to_recordset(${json}::jsonb) as r("unitId" integer, amount bigint)
		on conflict (programme_id, unit_id) do update set amount = excluded.amount, removed_at = null`.execute(work.db);
	await work.audit({
		action: "programmes.set",
		unitId: input.unitId,
		detail: { programme: id, kind: input.kind, communes: input.communes.length },
	});
	return requireProgramme(work, id);
}

/** A level of the Union has programmes; they reach communes at or below it, each named once. */
async function requireOwner(work: Work, { unitId, communes }: Given): Promise<void> {
	const ids = communes.map((one) => one.unitId);
	if (new Set(ids).size < ids.length)
		throw new Problem("programme.commune_twice", 422, "Một xã có hai dòng trong danh sách.", { field: "communes" });
	const { rows } = await sql<{ owner: string; strange: number }>`select
			(select kind from app.unit where id = ${unitId}) as owner,
			(select count(*) from unnest(${ids}::integer[]) w where not exists (select from app.unit_scope s join app.unit u on u.id = s.unit_id
				where s.ancestor_id = ${unitId} and s.unit_id = w and u.kind = 'commune'))::integer as strange`.execute(
		work.db,
	);
	const [found] = rows;
	if (!OWNERS.includes(found?.owner ?? ""))
		throw new Problem("programme.wrong_unit", 422, "Chương trình, nguồn lực ghi cho một cấp Hội.", { field: "unitId" });
	if (found && found.strange > 0)
		throw new Problem("programme.commune_elsewhere", 422, "Danh sách có xã không thuộc đơn vị này.", {
			field: "communes",
		});
}

async function insertProgramme(work: Work, input: Given): Promise<string> {
	const id = uuidv7();
	await sql`insert into app.programme (id, unit_id, kind, name, source, from_day, until_day, amount, note, recorded_by)
		values (${id}::uuid, ${input.unitId}, ${input.kind}, ${input.name}, ${input.source}, ${input.from}::date, ${input.until}::date,
			${input.amount}::bigint, ${input.note}, ${work.accountId}::uuid)`.execute(work.db);
	return id;
}

async function updateProgramme(work: Work, input: Given, id: string): Promise<string> {
	const before = await requireProgramme(work, id);
	if (!before.mayChange || before.unitId !== input.unitId) throw denied();
	const { numAffectedRows } =
		await sql`update app.programme set kind = ${input.kind}, name = ${input.name}, source = ${input.source},
			from_day = ${input.from}::date, until_day = ${input.until}::date, amount = ${input.amount}::bigint, note = ${input.note}, version = version + 1
		where id = ${id}::uuid and version = ${input.version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	return id;
}

async function requireProgramme(work: Work, id: string): Promise<Programme> {
	const { rows } =
		await sql<Programme>`select ${COLUMNS(work.today)} from app.programme r where r.id = ${id}::uuid`.execute(work.db);
	if (!rows[0]) throw gone();
	return rows[0];
}
