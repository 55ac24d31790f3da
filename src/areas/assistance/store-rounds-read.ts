import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { ShownRound, SupportPicture } from "./contract-rounds.ts";
import { currentStep, lateOf, missingOf, type RoundFacts, STEPS, type Step, updatesDue } from "./rules-rounds.ts";

type Place = { unitId: number; code: string | null; name: string };

/** A round with everything of its four steps, as it is read; rates are added by who shows it. */
export interface LoadedRound {
	id: string;
	name: string;
	openedOn: Day;
	openedBy: string | null;
	province: Place;
	/** What the province is today (R38). */
	provinceNow: number;
	cluster: Place | null;
	minutes: ShownRound["minutes"];
	workshop: ShownRound["workshop"];
	communes: LoadedCommune[];
	activities: ShownRound["activities"];
	issues: ShownRound["issues"];
	updates: ShownRound["updates"];
	closings: { step: Step; closedOn: Day; closedBy: string | null }[];
}

type LoadedCommune = Omit<ShownRound["communes"][number], "members" | "rate" | "missing">;

/** The rounds by their ids, or those of provinces, that the one acting may read; the latest first. */
export async function loadRounds(
	work: Work,
	which: { ids?: string[]; provinceIds?: number[] },
): Promise<LoadedRound[]> {
	const { rows } = await sql<
		Pick<
			LoadedRound,
			"id" | "name" | "openedOn" | "openedBy" | "province" | "provinceNow" | "cluster" | "minutes" | "workshop"
		>
	>`
		select r.id::text, r.name, r.opened_on::text as "openedOn", calc.account_name(r.opened_by) as "openedBy",
			jsonb_build_object('unitId', r.province_id, 'code', p.code, 'name', p.name) as province,
			calc.province_now(r.province_id) as "provinceNow",
			case when k.unit_id is not null then jsonb_build_object('unitId', k.unit_id, 'code', k.code, 'name', k.name) end as cluster,
			case when m.round_id is not null then jsonb_build_object('metOn', m.met_on, 'place', m.place, 'present', m.present, 'policy', m.policy,
				'fromDay', m.from_day, 'untilDay', m.until_day, 'content', m.content, 'manner', m.manner, 'dutyCluster', m.duty_cluster,
				'dutyProvince', m.duty_province, 'dutyDistrict', m.duty_district, 'dutyCommune', m.duty_commune, 'pictureOn', m.picture_on,
				'picture', m.picture, 'version', m.version, 'changedBy', calc.account_name(m.changed_by), 'changedAt', m.changed_at) end as minutes,
			case when w.round_id is not null then jsonb_build_object('heldOn', w.held_on, 'place', w.place, 'present', w.present,
				'goalCommunes', w.goal_communes, 'goalOn', w.goal_on, 'resources', w.resources, 'helpAsked', w.help_asked,
				'planNumber', w.plan_number, 'planOn', w.plan_on, 'planIssuedBy', calc.account_name(w.plan_issued_by),
				'version', w.version, 'changedBy', calc.account_name(w.changed_by), 'changedAt', w.changed_at) end as workshop
		from app.support_round r
		join lateral (select s.code, s.name from app.unit_spell s where s.unit_id = r.province_id
			order by s.during @> ${work.today}::date desc, lower(s.during) desc limit 1) p on true
		left join app.cluster_province c on c.province_id = calc.province_now(r.province_id) and c.during @> ${work.today}::date
		left join app.unit_spell k on k.unit_id = c.cluster_id and k.during @> ${work.today}::date
		left join app.support_minutes m on m.round_id = r.id
		left join app.support_workshop w on w.round_id = r.id
		where (${which.ids ?? null}::uuid[] is null or r.id = any(${which.ids ?? null}::uuid[]))
			and (${which.provinceIds ?? null}::integer[] is null or r.province_id = any(${which.provinceIds ?? null}::integer[]))
		order by p.code collate "C" nulls last, r.opened_on desc, r.opened_at desc`.execute(work.db);
	const ids = rows.map(({ id }) => id);
	const communes = await communesOf(work, ids);
	const activities = await activitiesOf(work, ids);
	const issues = await issuesOf(work, ids);
	const updates = await updatesOf(work, ids);
	const closings = await closingsOf(work, ids);
	return rows.map((row) => {
		const planOn = row.workshop?.planOn ?? null;
		return {
			...row,
			communes: communes.get(row.id) ?? [],
			activities: (activities.get(row.id) ?? []).map((one) => ({
				...one,
				beforePlan: planOn !== null && (one.plannedOn < planOn || (one.doneOn !== null && one.doneOn < planOn)),
				late: one.plannedOn < work.today && one.doneOn === null && one.cancelledWhy === "",
			})),
			issues: issues.get(row.id) ?? [],
			updates: updates.get(row.id) ?? [],
			closings: closings.get(row.id) ?? [],
		};
	});
}

/** The one round, or a Problem where there is none that she may read. */
export async function requireRound(work: Work, roundId: string): Promise<LoadedRound> {
	const [round] = await loadRounds(work, { ids: [roundId] });
	if (round) return round;
	throw new Problem(
		"assistance.round_unknown",
		404,
		"Không có đợt hỗ trợ này, hoặc tài khoản của chị không xem được.",
		{
			field: "roundId",
		},
	);
}

/** What the rules ask of a round. */
export function factsOf(round: LoadedRound): RoundFacts {
	return {
		minutes: round.minutes,
		workshop: round.workshop,
		communes: round.communes.map((one) => ({
			unitId: one.unitId,
			name: one.name,
			attended: one.attended,
			hasCause: one.cause !== "" || one.caseCauses.length > 0,
			hasSolution: one.solution !== "" || one.caseSolutions.length > 0,
			hasMilestone: one.goalMembers !== null || one.caseGoal !== null,
		})),
		activities: round.activities.map((one) => ({
			name: one.name,
			plannedOn: one.plannedOn,
			doneOn: one.doneOn,
			cancelled: one.cancelledWhy !== "",
			evaluated: one.evaluation !== null,
			communeIds: one.communes.map(({ unitId }) => unitId),
		})),
		openIssues: round.issues.filter(({ answeredOn, passedOn }) => answeredOn === null && !passedOn).length,
		updates: round.updates,
		closed: Object.fromEntries(round.closings.map(({ step, closedOn }) => [step, closedOn])),
	};
}

/** How far a round is: the step under way, what each step still misses, what is late. */
export function standingOf(round: LoadedRound, today: Day) {
	const facts = factsOf(round);
	return {
		current: currentStep(facts),
		steps: STEPS.map((step) => {
			const closing = round.closings.find((one) => one.step === step);
			return {
				step,
				closedOn: closing?.closedOn ?? null,
				closedBy: closing?.closedBy ?? null,
				missing: closing ? [] : missingOf(step, facts, today),
			};
		}),
		late: [
			...lateOf(facts, today),
			...round.activities
				.filter(({ tutorPresent, doneOn, cancelledWhy }) => !tutorPresent && doneOn === null && cancelledWhy === "")
				.map(({ name, tutor }) => `${tutor} không còn giúp được, cần người khác: ${name}`),
		],
		updatesDue: updatesDue(round.workshop?.planOn ?? null, today).filter(
			(due) => !round.updates.some(({ year, half }) => year === due.year && half === due.half),
		),
	};
}

const NAME = (unit: string, today: Day) => sql`(select s.name from app.unit_spell s where s.unit_id = ${sql.ref(unit)}
	order by s.during @> ${today}::date desc, lower(s.during) desc limit 1)`;

function byRound<Row extends { roundId: string }>(rows: readonly Row[]): Map<string, Omit<Row, "roundId">[]> {
	const found = new Map<string, Omit<Row, "roundId">[]>();
	for (const { roundId, ...row } of rows) if (!found.get(roundId)?.push(row)) found.set(roundId, [row]);
	return found;
}

async function communesOf(work: Work, ids: readonly string[]) {
	const { rows } = await sql<LoadedCommune & { roundId: string }>`
		select w.round_id::text as "roundId", w.commune_id as "unitId", ${NAME("w.commune_id", work.today)} as name, w.attended, w.cause, w.solution,
			w.goal_members as "goalMembers", w.goal_on::text as "goalOn",
			array(select t.words from app.support_cause k join app.support_catalogue t on t.code = k.cause
				where k.case_id = c.id order by k.weight desc, k.position) as "caseCauses",
			array(select distinct t.words from app.support_solution k join app.support_catalogue t on t.code = k.solution
				where k.case_id = c.id order by 1) as "caseSolutions",
			(select jsonb_build_object('day', m.day, 'members', m.members) from app.support_milestone m
				where m.case_id = c.id order by m.day desc limit 1) as "caseGoal",
			exists (select from app.pilot l where l.commune_id = w.commune_id and l.withdrawn_at is null) as pilot,
			array(select s.name from app.unit_succession x join app.unit_spell s on s.unit_id = x.successor_id and s.during @> ${work.today}::date
				where x.predecessor_id = w.commune_id and x.on_day <= ${work.today}::date order by s.name) as "becameNow"
		from app.support_workshop_commune w
		left join app.support_case c on c.unit_id = w.commune_id and c.closed_on is null
		left join app.unit_spell s on s.unit_id = w.commune_id and s.during @> ${work.today}::date
		where w.round_id = any(${ids}::uuid[]) order by s.code collate "C" nulls last, 3`.execute(work.db);
	return byRound(rows);
}

type LoadedActivity = Omit<ShownRound["activities"][number], "beforePlan" | "late">;

async function activitiesOf(work: Work, ids: readonly string[]) {
	const { rows } = await sql<LoadedActivity & { roundId: string }>`
		select a.round_id::text as "roundId", a.id::text, a.name, a.planned_on::text as "plannedOn", a.plan, a.tutor_id::text as "tutorId",
			coalesce(calc.account_name(a.tutor_id), a.tutor_name) as tutor,
			a.tutor_id is null or calc.still_reaches(a.tutor_id, r.province_id) as "tutorPresent",
			coalesce((select jsonb_agg(jsonb_build_object('unitId', c.commune_id, 'name', ${NAME("c.commune_id", work.today)}) order by c.commune_id)
				from app.support_activity_commune c where c.activity_id = a.id), '[]') as communes,
			a.done_on::text as "doneOn", a.result, a.participants, a.cancelled_why as "cancelledWhy", a.version,
			calc.account_name(a.changed_by) as "changedBy", to_json(a.changed_at)#>>'{}' as "changedAt",
			case when e.activity_id is not null then jsonb_build_object('evaluatedOn', e.evaluated_on, 'lessons', e.lessons,
				'adjustment', e.adjustment, 'by', calc.account_name(e.changed_by), 'version', e.version) end as evaluation
		from app.support_activity a join app.support_round r on r.id = a.round_id
		left join app.support_evaluation e on e.activity_id = a.id
		where a.round_id = any(${ids}::uuid[]) order by a.planned_on, a.id`.execute(work.db);
	return byRound(rows);
}

async function issuesOf(work: Work, ids: readonly string[]) {
	const { rows } = await sql<ShownRound["issues"][number] & { roundId: string }>`
		select i.round_id::text as "roundId", i.id::text, i.activity_id::text as "activityId", ${NAME("i.from_unit_id", work.today)} as "from",
			${NAME("i.to_unit_id", work.today)} as "to", i.text, i.raised_on::text as "raisedOn", calc.account_name(i.raised_by) as "raisedBy",
			i.answer, i.answered_on::text as "answeredOn", i.passed_on_as is not null as "passedOn",
			i.answered_on is null and i.passed_on_as is null and ((select calc.sees_all('support.write'))
				or i.to_unit_id in (select calc.my_units('support.write'))) as mine
		from app.support_issue i where i.round_id = any(${ids}::uuid[]) order by i.raised_on, i.id`.execute(work.db);
	return byRound(rows);
}

async function updatesOf(work: Work, ids: readonly string[]) {
	const { rows } = await sql<ShownRound["updates"][number] & { picture: SupportPicture; roundId: string }>`
		select u.round_id::text as "roundId", u.id::text, u.year, u.half, u.as_of::text as "asOf", u.picture, u.situation, u.questions, u.document,
			calc.account_name(u.written_by) as "writtenBy", to_json(u.written_at)#>>'{}' as "writtenAt"
		from app.support_update u where u.round_id = any(${ids}::uuid[]) order by u.year, u.half`.execute(work.db);
	return byRound(rows);
}

async function closingsOf(work: Work, ids: readonly string[]) {
	const { rows } = await sql<LoadedRound["closings"][number] & { roundId: string }>`
		select round_id::text as "roundId", step, closed_on::text as "closedOn", calc.account_name(closed_by) as "closedBy"
		from app.support_closing where round_id = any(${ids}::uuid[]) order by step`.execute(work.db);
	return byRound(rows);
}
