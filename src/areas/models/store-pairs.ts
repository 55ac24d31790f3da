import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Pair } from "./contract.ts";
import type { PairForm } from "./rules.ts";
import {
	type Asked,
	about,
	denied,
	gone,
	homeJoin,
	mayAt,
	named,
	placeOfRow,
	placesOf,
	refuseAhead,
	requireMay,
	scopeOf,
	stale,
	topOf,
	writableUnits,
} from "./store-places.ts";

/** One side of a pair as it is given. */
interface Side {
	unitId?: number;
	personId?: string;
	words: string;
}

/** What is shown of a side: the unit's name, the woman's, or the words; of a record merged into another, that one's name. */
const SIDE = (name: "helper" | "helped", on: Day) => {
	const column = (end: string) => sql.ref(`r.${name}_${end}`);
	return sql`json_build_object('unitId', ${column("unit_id")}, 'personId', ${column("person_id")}, 'words', coalesce(
		(select s.name from app.unit_spell s where s.unit_id = ${column("unit_id")} order by s.during @> ${on}::date desc, s.during desc limit 1),
		(select coalesce(k.full_name, p.full_name) from app.person p left join app.person k on k.id = p.merged_into where p.id = ${column("person_id")}),
		nullif(${column("words")}, ''), 'Hội viên của đơn vị khác'))`;
};

const COLUMNS = (
	on: Day,
) => sql`r.id, ${named(on)}, r.form, r.form_words as "formWords", ${SIDE("helper", on)} as helper,
	${SIDE("helped", on)} as helped, r.started::text as started, r.ended::text as ended, r.succeeded, r.result, r.version,
	(select calc.sees_all('models.write')) or r.unit_id in (select calc.my_units('models.write')) as "mayChange"`;

/** Pairs of "1+1" of a unit; who they are is told where members.read reaches, how many to everyone who reads models. */
export async function listPairs(
	work: Work,
	input: Asked & { state: "running" | "ended" | "all"; limit: number; offset: number },
) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const { rows: sums } = await sql<{ running: number; succeeded: number; failed: number }>`
		select * from calc.pair_sums(${unit.id}::integer, ${on}::date, ${scopeOf(asked)})`.execute(work.db);
	const { rows } = await sql<Pair>`select ${COLUMNS(on)} from app.model_pair r
		join ${placesOf(asked)} place on place.unit_id = r.unit_id ${homeJoin(on)}
		where r.started <= ${on}::date
			and case ${input.state}::text when 'running' then r.ended is null or r.ended > ${on}::date when 'ended' then r.ended <= ${on}::date else true end
		order by r.ended is not null, r.started desc, r.id limit ${input.limit} offset ${input.offset}`.execute(work.db);
	return {
		unit: topOf(unit),
		on,
		...(sums[0] as (typeof sums)[number]),
		rows,
		mayAdd: await mayAt(work, "models.write", unit.id),
		branches: (await writableUnits(work, asked, "models.write", ["branch", "group"])).map(({ unitId, name }) => ({
			unitId,
			name,
		})),
	};
}

/** Records a pair; both sides are units or women she sees, or words. */
export async function addPair(
	work: Work,
	input: { unitId: number; form: PairForm; formWords: string; helper: Side; helped: Side; started: Day },
) {
	refuseAhead(input.started, work.today, "started");
	if (input.form === "other" && input.formWords === "")
		throw new Problem("pair.form_missing", 422, "Hãy ghi tên hình thức.", { field: "formWords" });
	const { helper, helped } = input;
	const same = (key: "unitId" | "personId") => helper[key] !== undefined && helper[key] === helped[key];
	if (same("unitId") || same("personId"))
		throw new Problem("pair.one_side", 422, "Hai bên của cặp phải khác nhau.", { field: "helped" });
	await requireMay(work, "models.write", input.unitId);
	await requirePeople(work, [helper.personId, helped.personId]);
	const id = uuidv7();
	await sql`insert into app.model_pair (id, unit_id, form, form_words, helper_unit_id, helper_person_id, helper_words,
			helped_unit_id, helped_person_id, helped_words, started, recorded_by)
		values (${id}::uuid, ${input.unitId}, ${input.form}, ${input.formWords}, ${helper.unitId ?? null}, ${helper.personId ?? null}::uuid, ${helper.words},
			${helped.unitId ?? null}, ${helped.personId ?? null}::uuid, ${helped.words}, ${input.started}::date, ${work.accountId}::uuid)`.execute(
		work.db,
	);
	await work.audit({ action: "models.addPair", unitId: input.unitId, detail: { form: input.form } });
	return requirePair(work, id);
}

/** Refuses names of women she does not see, in the words of one that is not there. */
export async function requirePeople(work: Work, ids: (string | null | undefined)[]): Promise<void> {
	const wanted = [...new Set(ids.filter((one): one is string => typeof one === "string"))];
	if (wanted.length === 0) return;
	const { rows } = await sql<{
		n: number;
	}>`select count(*)::integer as n from app.person where id = any(${wanted}::uuid[])`.execute(work.db);
	if (rows[0]?.n !== wanted.length)
		throw new Problem("member.not_found", 404, "Không tìm thấy hội viên này trong danh sách chị được xem.", {
			field: "personId",
		});
}

/** Writes how a pair goes on or what came of it. */
export async function changePair(
	work: Work,
	input: { id: string; version: number; started: Day; ended: Day | null; succeeded: boolean | null; result: string },
) {
	refuseAhead(input.started, work.today, "started");
	refuseAhead(input.ended, work.today, "ended");
	if ((input.ended === null) !== (input.succeeded === null))
		throw new Problem("pair.result_missing", 422, "Khi kết thúc hãy ghi cả ngày và kết quả.", { field: "succeeded" });
	const { unitId, mayChange } = await requirePair(work, input.id);
	if (!mayChange) throw denied();
	const { numAffectedRows } =
		await sql`update app.model_pair set started = ${input.started}::date, ended = ${input.ended}::date,
			succeeded = ${input.succeeded}, result = ${input.result}, version = version + 1
		where id = ${input.id}::uuid and version = ${input.version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({ action: "models.changePair", unitId, detail: { ended: input.ended, succeeded: input.succeeded } });
	return requirePair(work, input.id);
}

async function requirePair(work: Work, id: string): Promise<Pair> {
	const { rows } =
		await sql<Pair>`select ${COLUMNS(work.today)} from app.model_pair r ${placeOfRow(work.today)} ${homeJoin(work.today)}
		where r.id = ${id}::uuid`.execute(work.db);
	if (!rows[0]) throw gone();
	return rows[0];
}
