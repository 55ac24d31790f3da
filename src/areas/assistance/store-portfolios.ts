import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { listRates } from "../gathering/store-rates.ts";
import type { Unit } from "../units/contract.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { PortfolioRow } from "./contract.ts";
import { isGap, type OfficerRole, visitDueOn } from "./rules.ts";
import { recentVisits } from "./store-visits.ts";

interface Officer {
	id: string;
	communeId: number;
	role: OfficerRole;
	accountId: string | null;
	name: string;
	since: Day;
	everyMonths: number;
	document: string;
	present: boolean;
}

type Place = { unitId: number; code: string | null; name: string };

/** Of which unit is asked: by id, by code, or her own. */
export async function requireAsked(work: Work, ref: { unitId?: number; unit?: string }): Promise<Unit> {
	if (ref.unitId !== undefined || ref.unit !== undefined)
		return requireUnit(work, ref.unitId === undefined ? { code: ref.unit } : { id: ref.unitId });
	const { rows } = await sql<{ unitId: number | null }>`select unit_id as "unitId" from app.account
		where id = calc.account_id()`.execute(work.db);
	const own = rows[0]?.unitId ?? null;
	return requireUnit(work, own === null ? {} : { id: own });
}

/** Who holds each commune of a unit today, with what is missing; communes the one acting may not read are not in it. */
export async function showPortfolios(work: Work, ref: { unitId?: number; unit?: string }) {
	const unit = await requireAsked(work, ref);
	const rows = await portfolioRows(work, unit);
	const { rows: may } = await sql<{ assign: boolean; clusters: boolean }>`
		select calc.may_at('support.assign', ${unit.id}::integer) as assign, calc.sees_all('support.assign') as clusters`.execute(
		work.db,
	);
	const { assign: mayAssign, clusters: mayAssignClusters } = may[0];
	return {
		on: work.today,
		unit: { unitId: unit.id, code: unit.code, name: unit.name, kind: unit.kind },
		rows,
		carriers: mayAssign ? await carriersOf(work, unit.id) : [],
		mayAssign,
		mayAssignClusters,
		clusters: mayAssignClusters ? await clustersOf(work) : [],
	};
}

/** The communes the one acting holds herself, and how many of her unit nobody holds. */
export async function showMine(work: Work) {
	const rows = await portfolioRows(work, await requireAsked(work, {}));
	const mine = rows.filter(({ officer, committee }) =>
		[officer, committee].some((one) => one?.present && one.accountId === work.accountId),
	);
	return {
		on: work.today,
		rows: mine.toSorted((a, b) => (a.visitDue ?? "9999").localeCompare(b.visitDue ?? "9999")),
		withoutOfficer: rows.filter((row) => isGap("officer", row)).length,
		visits: await recentVisits(
			work,
			mine.map(({ unitId }) => unitId),
			30,
		),
		due: await dueOf(work, mine),
	};
}

interface Due {
	kind: "activity" | "milestone";
	day: Day;
	words: string;
	communes: string;
	roundId: string | null;
	late: boolean;
}

/** How far ahead what is due is told. */
const MONTHS_AHEAD = 2;

/** What is due at some communes: activities without a result, and the next mark of each open case's road map that is not reached. */
async function dueOf(work: Work, communes: readonly PortfolioRow[]): Promise<Due[]> {
	const ids = communes.map(({ unitId }) => unitId);
	const until = addMonths(work.today, MONTHS_AHEAD);
	const { rows: activities } = await sql<Omit<Due, "communes"> & { unitIds: number[] }>`
		select 'activity' as kind, a.planned_on::text as day, a.name as words, a.round_id::text as "roundId",
			a.planned_on < ${work.today}::date as late, array_agg(c.commune_id) as "unitIds"
		from app.support_activity a join app.support_activity_commune c on c.activity_id = a.id
		where c.commune_id = any(${ids}::integer[]) and a.done_on is null and a.cancelled_why = '' and a.planned_on <= ${until}::date
		group by a.id`.execute(work.db);
	const { rows: marks } = await sql<{ unitId: number; day: Day; members: number }>`
		select distinct on (c.unit_id) c.unit_id as "unitId", m.day::text, m.members from app.support_case c
		join app.support_milestone m on m.case_id = c.id
		where c.unit_id = any(${ids}::integer[]) and c.closed_on is null and m.day between ${addMonths(work.today, -MONTHS_AHEAD)}::date and ${until}::date
		order by c.unit_id, m.day`.execute(work.db);
	const byId = new Map(communes.map((row) => [row.unitId, row]));
	return [
		...activities.map(({ unitIds, ...one }) => ({
			...one,
			communes: unitIds.map((unitId) => byId.get(unitId)?.name ?? "").join(", "),
		})),
		...marks.flatMap(({ unitId, day, members }): Due[] => {
			const row = byId.get(unitId) as PortfolioRow;
			if (row.members >= members) return [];
			const words = `Mốc lộ trình: ${displayNumber(members)} hội viên (nay ${displayNumber(row.members)})`;
			return [{ kind: "milestone", day, words, communes: row.name, roundId: null, late: day < work.today }];
		}),
	].toSorted((a, b) => a.day.localeCompare(b.day));
}

/** Every commune at or below a unit with its figures of today and who holds it. */
export async function portfolioRows(work: Work, unit: Unit): Promise<PortfolioRow[]> {
	const rates = (await listRates(work, { unitId: unit.id, level: "commune" })).filter(({ kind }) => kind === "commune");
	const ids = rates.map(({ id }) => id);
	const officers = await officersOf(work, ids);
	const facts = await factsOf(work, ids);
	return rates.flatMap((rate) => {
		const known = facts.get(rate.id);
		return known ? [rowOf(rate, known, officers.get(rate.id) ?? [], work.today)] : [];
	});
}

function rowOf(rate: RateRow, known: Facts, officers: readonly Officer[], today: Day): PortfolioRow {
	const officer = officers.find(({ role }) => role === "officer") ?? null;
	const visitDue = officer?.present ? visitDueOn(officer, known.lastVisit) : null;
	return {
		...known,
		code: rate.code,
		name: rate.name,
		members: rate.members,
		women18: rate.women18,
		rate: rate.rate,
		class: rate.class,
		missing: rate.missing,
		officer,
		committee: officers.find(({ role }) => role === "committee") ?? null,
		visitDue,
		visitLate: visitDue !== null && visitDue < today,
	};
}

async function officersOf(work: Work, ids: number[]): Promise<Map<number, Officer[]>> {
	const { rows } =
		await sql<Officer>`select id::text, commune_id as "communeId", role, account_id::text as "accountId", name,
			since::text, every_months as "everyMonths", document, present
		from calc.officers_of(${ids}::integer[], ${work.today}::date)`.execute(work.db);
	const found = new Map<number, Officer[]>();
	for (const row of rows) if (!found.get(row.communeId)?.push(row)) found.set(row.communeId, [row]);
	return found;
}

interface Facts {
	unitId: number;
	provinceId: number | null;
	province: string;
	before: string[];
	difficult: boolean;
	cluster: Place | null;
	pilot: boolean;
	lastVisit: Day | null;
}

/** What is recorded of communes beside their officers; only those the one acting may read the support of. */
async function factsOf(work: Work, ids: number[]): Promise<Map<number, Facts>> {
	const { rows } = await sql<Facts>`
		with visible as materialized (select unit_id from unnest(${ids}::integer[]) unit_id
			where (select calc.sees_all('support.read')) or unit_id in (select calc.my_units('support.read'))),
		last as materialized (select commune_id, max(on_day) as on_day from app.commune_visit
			where commune_id = any(${ids}::integer[]) and withdrawn_at is null group by commune_id)
		select v.unit_id as "unitId", t.province_id as "provinceId", coalesce(p.name, '') as province,
			array(select coalesce(calc.account_name(o.account_id), o.name) || ' (' || s.name || ')' from app.unit_succession x
				join app.commune_officer o on o.commune_id = x.predecessor_id and o.role = 'officer' and o.during @> (x.on_day - 1)
				join app.unit_spell s on s.unit_id = x.predecessor_id and s.during @> (x.on_day - 1)
				where x.successor_id = v.unit_id and x.on_day <= ${work.today}::date order by s.name) as before,
			exists (select from app.support_case a where a.unit_id = v.unit_id and a.closed_on is null and a.very_difficult) as difficult,
			case when c.id is not null then jsonb_build_object('unitId', c.cluster_id, 'code', k.code, 'name', k.name) end as cluster,
			exists (select from app.pilot l where l.commune_id = v.unit_id and l.withdrawn_at is null) as pilot,
			last.on_day::text as "lastVisit"
		from visible v
		left join app.territory t on t.unit_id = v.unit_id and t.since <= ${work.today}::date and t.until > ${work.today}::date
		left join app.territory p on p.unit_id = t.province_id and p.since <= ${work.today}::date and p.until > ${work.today}::date
		left join app.commune_cluster c on c.commune_id = v.unit_id and c.during @> ${work.today}::date
		left join app.unit_spell k on k.unit_id = c.cluster_id and k.during @> ${work.today}::date
		left join last on last.commune_id = v.unit_id`.execute(work.db);
	return new Map(rows.map((row) => [row.unitId, row]));
}

async function carriersOf(work: Work, unitId: number) {
	const { rows } = await sql<{ accountId: string; name: string; place: string; communes: number }>`
		select c.account_id::text as "accountId", c.name, c.place,
			(select count(*)::integer from app.commune_officer o where o.account_id = c.account_id and o.role = 'officer'
				and o.during @> ${work.today}::date) as communes
		from calc.carriers_of(${unitId}::integer) c order by c.place, c.name`.execute(work.db);
	return rows;
}

async function clustersOf(work: Work): Promise<Place[]> {
	const { rows } = await sql<Place>`select s.unit_id as "unitId", s.code, s.name from app.unit u
		join app.unit_spell s on s.unit_id = u.id and s.during @> ${work.today}::date
		where u.kind = 'cluster' order by coalesce(s.code, s.name) collate "C"`.execute(work.db);
	return rows;
}
