import { type RawBuilder, sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { UnitKind } from "../units/contract.ts";
import type { Counts } from "./contract.ts";
import { type Asked, about, scopeOf, topOf } from "./store-places.ts";

/** The columns of calc.model_counts by the names of the contract. */
const SUMS: Record<keyof Counts, string> = {
	communes: "communes",
	withModel: "with_model",
	models: "models",
	modelMembers: "model_members",
	pairs: "pairs",
	pairsSucceeded: "pairs_succeeded",
	branches: "branches",
	branchesMetAll: "branches_met_all",
	leaves: "leaves",
	leavesBehind: "leaves_behind",
	meetings: "meetings",
	activities: "activities",
	membersPresent: "members_present",
	othersPresent: "others_present",
	branchesAttended: "branches_attended",
	wishes: "wishes",
	wishesOpen: "wishes_open",
	fostering: "fostering",
	introduced: "introduced",
	admitted: "admitted",
	reached: "reached",
	money: "money",
};

const KEYS = Object.keys(SUMS) as (keyof Counts)[];

interface Row {
	unitId: number;
	kind: UnitKind;
	code: string | null;
	name: string;
}

/** A unit's registries and those of the units directly below, each the plain sum of its communes and of what it keeps itself. */
export async function countRegistries(work: Work, input: Asked) {
	const asked = await about(work, input);
	const { unit, on, from } = asked;
	const summed = sql.raw(KEYS.map((key) => `coalesce(sum(c.${SUMS[key]}), 0)::bigint as "${key}"`).join(", "));
	const { rows } = await sql<Row & Record<keyof Counts, string> & { own: boolean }>`
		with counted as materialized (
			select t.*, ${childOf(unit.kind, unit.id)} as child_id from app.territory t
			where t.since <= ${on}::date and t.until > ${on}::date and (${scopeOf(asked)} is null or t.unit_id = any(${scopeOf(asked)}))
		),
		c as materialized (select n.child_id, s.* from calc.model_counts(${from}::date, ${on}::date, ${scopeOf(asked)}) s join counted n on n.unit_id = s.unit_id)
		select true as own, 0 as "unitId", '' as kind, null as code, '' as name, 0 as place, ${summed} from c
		union all
		select false, t.unit_id, t.kind, t.code, t.name, t.place, ${summed} from c join counted t on t.unit_id = c.child_id
		group by t.unit_id, t.kind, t.code, t.name, t.place order by own desc, place`.execute(work.db);
	const of = (row: Record<keyof Counts, string>) =>
		Object.fromEntries(KEYS.map((key) => [key, Number(row[key])])) as Counts;
	const [own, ...below] = rows;
	return {
		unit: topOf(unit),
		from,
		on,
		own: of(own as NonNullable<typeof own>),
		rows: below.map((row) => ({
			unitId: row.unitId,
			kind: row.kind,
			code: row.code,
			name: row.name,
			counts: of(row),
		})),
	};
}

/** Which unit directly below the one asked about an administrative unit `t` adds to; null: none. */
function childOf(kind: string, unitId: number): RawBuilder<unknown> {
	if (kind === "centre" || kind === "cluster") return sql`t.province_id`;
	if (kind === "province") return sql`nullif(coalesce(t.district_id, t.unit_id), ${unitId}::integer)`;
	return sql`nullif(t.unit_id, ${unitId}::integer)`;
}

/** A commune not over 60 % or without a model, as the lists name it. */
export interface CommuneRow {
	unitId: number;
	code: string | null;
	name: string;
	parent: string;
}

/** The communes at or below a unit on a day in the order of the country's table, with what each stands under. */
export async function communesOf(
	work: Work,
	asked: { unit: { id: number; kind: string }; on: Day },
	scope: RawBuilder<unknown>,
) {
	const { rows } =
		await sql<CommuneRow>`select t.unit_id as "unitId", t.code, t.name, concat_ws(', ', d.name, p.name) as parent
		from app.territory t
		left join app.territory d on d.unit_id = t.district_id and d.unit_id <> ${asked.unit.id}::integer and d.since <= ${asked.on}::date and d.until > ${asked.on}::date
		left join app.territory p on p.unit_id = t.province_id and p.unit_id <> ${asked.unit.id}::integer and p.since <= ${asked.on}::date and p.until > ${asked.on}::date
		where t.kind = 'commune' and t.since <= ${asked.on}::date and t.until > ${asked.on}::date
			and (${scope} is null or t.unit_id = any(${scope})) order by t.place`.execute(work.db);
	return rows;
}
