import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { changedMeanwhile, refuseChanged, requireOpenStep } from "./store-rounds.ts";

interface Invited {
	unitId: number;
	attended: boolean | null;
	cause: string;
	solution: string;
	goalMembers: number | null;
	goalOn: Day | null;
}

interface Workshop {
	roundId: string;
	version: number;
	heldOn: Day;
	place: string;
	present: string;
	goalCommunes: number | null;
	goalOn: Day | null;
	resources: string;
	helpAsked: string;
	communes: Invited[];
}

/** Writes the workshop with all communes asked to it: who came, and each one's cause, solution and milestone. */
export async function setWorkshop(work: Work, input: Workshop) {
	const { roundId, version, heldOn, goalCommunes, goalOn, communes } = input;
	const round = await requireOpenStep(work, roundId, 2);
	refuseChanged(round.workshop, version);
	if (heldOn > work.today && communes.some(({ attended }) => attended !== null))
		throw new Problem("assistance.ahead", 422, "Hội thảo chưa diễn ra nên chưa ghi ai đã dự.", { field: "heldOn" });
	const planOn = round.workshop?.planOn ?? null;
	if (planOn !== null && heldOn > planOn)
		throw new Problem(
			"assistance.workshop_after_plan",
			422,
			`Kế hoạch ban hành ngày ${displayDay(planOn)}, nên hội thảo không thể sau ngày ấy.`,
			{ field: "heldOn" },
		);
	await refuseStrangers(work, round.provinceNow, communes);
	for (const { goalMembers, goalOn: on } of communes)
		if ((goalMembers === null) !== (on === null))
			throw new Problem("assistance.goal_whole", 422, "Lộ trình của một cơ sở gồm số hội viên và ngày phải đạt.", {
				field: "communes",
			});
	const { numAffectedRows } =
		await sql`insert into app.support_workshop as w (round_id, held_on, place, present, goal_communes, goal_on, resources,
			help_asked, changed_by)
		values (${roundId}::uuid, ${heldOn}::date, ${input.place}, ${input.present}, ${goalCommunes}, ${goalOn}::date, ${input.resources},
			${input.helpAsked}, ${work.accountId}::uuid)
		on conflict (round_id) do update set held_on = excluded.held_on, place = excluded.place, present = excluded.present,
			goal_communes = excluded.goal_communes, goal_on = excluded.goal_on, resources = excluded.resources, help_asked = excluded.help_asked,
			version = w.version + 1, changed_by = excluded.changed_by, changed_at = clock_timestamp()
		where w.version = ${version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw changedMeanwhile();
	await sql`delete from app.support_workshop_commune where round_id = ${roundId}::uuid`.execute(work.db);
	await sql`insert into app.support_workshop_commune (round_id, commune_id, attended, cause, solution, goal_members, goal_on)
		select ${roundId}::uuid, r."unitId", r.attended, r.cause, r.solution, r."goalMembers", r."goalOn"
		from jsonb_to_recordset(${JSON.stringify(communes)}::jsonb)
			as r("unitId" integer, attended boolean, cause text, solution text, "goalMembers" integer, "goalOn" date)`.execute(
		work.db,
	);
	await work.audit({
		action: "assistance.setWorkshop",
		unitId: round.province.unitId,
		detail: { communes: communes.length },
	});
	return { version: version + 1 };
}

/** Refuses what is no commune of the province, or stands twice. */
export async function refuseStrangers(
	work: Work,
	provinceId: number,
	communes: readonly { unitId: number }[],
): Promise<void> {
	const ids = communes.map(({ unitId }) => unitId);
	if (new Set(ids).size < ids.length)
		throw new Problem("assistance.commune_twice", 422, "Một cơ sở có hai dòng trong danh sách.", { field: "communes" });
	const { rows } = await sql<{ n: number }>`select count(*)::integer as n from app.unit u
		join app.unit_scope s on s.unit_id = u.id and s.ancestor_id = ${provinceId}
		where u.id = any(${ids}::integer[]) and u.kind = 'commune'`.execute(work.db);
	if (rows[0].n === ids.length) return;
	throw new Problem("assistance.commune_elsewhere", 422, "Có cơ sở không thuộc tỉnh, thành phố của đợt hỗ trợ này.", {
		field: "communes",
	});
}

/** Issues the action plan in which the workshop ends (R18): it has a number and a day. */
export async function issuePlan(work: Work, input: { roundId: string; version: number; number: string; on: Day }) {
	const { roundId, version, number, on } = input;
	const round = await requireOpenStep(work, roundId, 2);
	const { workshop } = round;
	if (!workshop)
		throw new Problem(
			"assistance.no_workshop",
			409,
			"Hãy ghi hội thảo trước: kế hoạch hành động ban hành khi kết thúc hội thảo.",
		);
	refuseChanged(workshop, version);
	if (on > work.today)
		throw new Problem("assistance.ahead", 422, "Ngày ban hành không được sau hôm nay.", { field: "on" });
	if (on < workshop.heldOn)
		throw new Problem(
			"assistance.plan_before_workshop",
			422,
			`Hội thảo ngày ${displayDay(workshop.heldOn)}: kế hoạch ban hành từ ngày ấy trở đi.`,
			{ field: "on" },
		);
	const { numAffectedRows } = await sql`update app.support_workshop set plan_number = ${number}, plan_on = ${on}::date,
			plan_issued_by = ${work.accountId}::uuid, version = version + 1, changed_by = ${work.accountId}::uuid, changed_at = clock_timestamp()
		where round_id = ${roundId}::uuid and version = ${version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw changedMeanwhile();
	await work.audit({ action: "assistance.issuePlan", unitId: round.province.unitId, detail: { on } });
	return { version: version + 1 };
}
