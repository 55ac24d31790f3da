import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { changedMeanwhile, denied, lockedRound, refuseChanged, requireOpenStep } from "./store-rounds.ts";
import type { LoadedRound } from "./store-rounds-read.ts";
import { refuseStrangers } from "./store-workshop.ts";

interface Planned {
	roundId: string;
	activityId?: string;
	version: number;
	name: string;
	plannedOn: Day;
	plan: string;
	tutorId: string | null;
	tutorName: string;
	communeIds: number[];
}

/** Puts an activity into the plan, or changes it; one dated before the plan under which it is done is refused. */
export async function setActivity(work: Work, input: Planned) {
	const { roundId, version, name, plannedOn, plan, tutorId } = input;
	const round = await requireOpenStep(work, roundId, 3);
	refuseBeforePlan(round, plannedOn, "plannedOn");
	const old = round.activities.find(({ id }) => id === input.activityId);
	if (input.activityId !== undefined && !old) throw unknownActivity();
	refuseChanged(old, version);
	const communes = [...new Set(input.communeIds)].map((unitId) => ({ unitId }));
	await refuseStrangers(work, round.provinceNow, communes);
	if (tutorId !== null && tutorId !== old?.tutorId) await requireTutor(work, tutorId, round.province.unitId);
	const id = old?.id ?? uuidv7();
	const tutorName = tutorId === null ? input.tutorName : "";
	const { numAffectedRows } = old
		? await sql`update app.support_activity set name = ${name}, planned_on = ${plannedOn}::date, plan = ${plan}, tutor_id = ${tutorId}::uuid,
				tutor_name = ${tutorName}, version = version + 1, changed_by = ${work.accountId}::uuid, changed_at = clock_timestamp()
			where id = ${id}::uuid and version = ${version}`.execute(work.db)
		: await sql`insert into app.support_activity (id, round_id, name, planned_on, plan, tutor_id, tutor_name, changed_by)
			values (${id}::uuid, ${roundId}::uuid, ${name}, ${plannedOn}::date, ${plan}, ${tutorId}::uuid, ${tutorName}, ${work.accountId}::uuid)`.execute(
				work.db,
			);
	if (numAffectedRows !== 1n) throw changedMeanwhile();
	await sql`delete from app.support_activity_commune where activity_id = ${id}::uuid`.execute(work.db);
	await sql`insert into app.support_activity_commune (activity_id, commune_id)
		select ${id}::uuid, r."unitId" from jsonb_to_recordset(${JSON.stringify(communes)}::jsonb) as r("unitId" integer)`.execute(
		work.db,
	);
	await work.audit({ action: "assistance.setActivity", unitId: round.province.unitId, detail: { plannedOn } });
	return { id, version: version + 1 };
}

/** Refuses a day before the plan; without an issued plan there is nothing to act under. */
function refuseBeforePlan({ workshop }: LoadedRound, on: Day, field: string): void {
	const planOn = workshop?.planOn ?? null;
	if (planOn === null)
		throw new Problem(
			"assistance.no_plan",
			409,
			"Chưa có kế hoạch hành động được ban hành. Hoạt động hỗ trợ làm theo kế hoạch đã thống nhất tại hội thảo.",
		);
	if (on >= planOn) return;
	throw new Problem(
		"assistance.before_plan",
		422,
		`Kế hoạch ${workshop?.planNumber} ban hành ngày ${displayDay(planOn)}: hoạt động theo kế hoạch không thể trước ngày ấy. Hãy kiểm tra lại ngày.`,
		{ field },
	);
}

async function requireTutor(work: Work, accountId: string, provinceId: number): Promise<void> {
	const { rows } = await sql<{
		there: boolean;
	}>`select calc.still_reaches(${accountId}::uuid, ${provinceId}::integer) as there`.execute(work.db);
	if (rows[0].there) return;
	throw new Problem(
		"assistance.tutor_gone",
		422,
		"Người này không còn phụ trách tỉnh, thành phố này. Hãy chọn người khác.",
		{
			field: "tutorId",
		},
	);
}

interface Recorded {
	activityId: string;
	version: number;
	doneOn: Day | null;
	result: string;
	participants: number | null;
	cancelledWhy: string;
}

/** Writes what came of an activity, or that it is not held and why. */
export async function recordActivity(work: Work, input: Recorded) {
	const { activityId, version, doneOn, result, participants, cancelledWhy } = input;
	const roundId = await roundOf(work, activityId);
	const round = await requireOpenStep(work, roundId, 3);
	refuseChanged(
		round.activities.find(({ id }) => id === activityId),
		version,
	);
	if (doneOn === null && cancelledWhy === "")
		throw new Problem("assistance.done_or_cancelled", 422, "Hãy ghi ngày đã làm, hoặc vì sao không tổ chức.", {
			field: "doneOn",
		});
	if (doneOn !== null) {
		if (doneOn > work.today)
			throw new Problem("assistance.ahead", 422, "Ngày đã làm không được sau hôm nay.", { field: "doneOn" });
		refuseBeforePlan(round, doneOn, "doneOn");
		if (result === "")
			throw new Problem("assistance.no_result", 422, "Hãy ghi kết quả của hoạt động.", { field: "result" });
	}
	const { numAffectedRows } =
		await sql`update app.support_activity set done_on = ${doneOn}::date, result = ${doneOn === null ? "" : result},
			participants = ${doneOn === null ? null : participants}, cancelled_why = ${doneOn === null ? cancelledWhy : ""}, version = version + 1,
			changed_by = ${work.accountId}::uuid, changed_at = clock_timestamp()
		where id = ${activityId}::uuid and version = ${version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw changedMeanwhile();
	await work.audit({ action: "assistance.recordActivity", unitId: round.province.unitId, detail: { doneOn } });
	return { version: version + 1 };
}

interface Evaluated {
	activityId: string;
	version: number;
	evaluatedOn: Day;
	lessons: string;
	adjustment: string;
}

/** Writes what the cluster learnt from an activity (step 4); only of one that was held. */
export async function evaluateActivity(work: Work, input: Evaluated) {
	const { activityId, version, evaluatedOn, lessons, adjustment } = input;
	const roundId = await roundOf(work, activityId);
	const round = await requireOpenStep(work, roundId, 4);
	const { rows } = await sql<{ may: boolean }>`select calc.evaluates_round(${roundId}::uuid) as may`.execute(work.db);
	if (!rows[0].may)
		throw new Problem("assistance.cluster_evaluates", 403, "Sau mỗi hoạt động, Cụm thi đua đánh giá, rút kinh nghiệm.");
	const activity = round.activities.find(({ id }) => id === activityId) as LoadedRound["activities"][number];
	if (activity.doneOn === null)
		throw new Problem("assistance.not_done", 409, "Hoạt động này chưa có kết quả nên chưa đánh giá được.");
	if (evaluatedOn > work.today || evaluatedOn < activity.doneOn)
		throw new Problem(
			"assistance.evaluated_on",
			422,
			`Ngày đánh giá từ ngày làm (${displayDay(activity.doneOn)}) đến hôm nay.`,
			{ field: "evaluatedOn" },
		);
	if ((activity.evaluation?.version ?? 0) !== version) throw changedMeanwhile(activity.evaluation?.by);
	const { numAffectedRows } =
		await sql`insert into app.support_evaluation as e (activity_id, evaluated_on, lessons, adjustment, changed_by)
		values (${activityId}::uuid, ${evaluatedOn}::date, ${lessons}, ${adjustment}, ${work.accountId}::uuid)
		on conflict (activity_id) do update set evaluated_on = excluded.evaluated_on, lessons = excluded.lessons, adjustment = excluded.adjustment,
			version = e.version + 1, changed_by = excluded.changed_by, changed_at = clock_timestamp()
		where e.version = ${version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw changedMeanwhile();
	await work.audit({ action: "assistance.evaluateActivity", unitId: round.province.unitId });
	return { version: version + 1 };
}

async function roundOf(work: Work, activityId: string): Promise<string> {
	const { rows } = await sql<{ roundId: string }>`select round_id::text as "roundId" from app.support_activity
		where id = ${activityId}::uuid`.execute(work.db);
	if (!rows[0]) throw unknownActivity();
	return rows[0].roundId;
}

function unknownActivity(): Problem {
	return new Problem(
		"assistance.activity_unknown",
		404,
		"Không có hoạt động này, hoặc tài khoản của chị không xem được.",
	);
}

/** Raises an issue by the right channel: one level up, from a province or a cluster to the Presidium through Ban Tổ chức (R30). */
export async function raiseIssue(
	work: Work,
	input: { roundId: string; activityId?: string; fromUnitId?: number; text: string },
) {
	const round = await lockedRound(work, input.roundId);
	const from = input.fromUnitId ?? (await ownUnit(work)) ?? round.province.unitId;
	const { rows } = await sql<{
		to: number | null;
		name: string | null;
		may: boolean;
	}>`select calc.issue_channel(${from}::integer) as "to",
		(select s.name from app.unit_spell s where s.unit_id = calc.issue_channel(${from}::integer) and s.during @> ${work.today}::date) as name,
		calc.may_at('support.write', ${from}::integer) as may`.execute(work.db);
	const [{ to, name, may }] = rows;
	if (!may) throw denied();
	if (to === null || name === null)
		throw new Problem(
			"assistance.no_channel",
			422,
			"Vấn đề do cơ sở, tỉnh hoặc Cụm nêu lên cấp trên. Trung ương là nơi trả lời.",
			{
				field: "fromUnitId",
			},
		);
	const activityId = round.activities.find(({ id }) => id === input.activityId)?.id ?? null;
	if (input.activityId !== undefined && activityId === null) throw unknownActivity();
	const id = uuidv7();
	await sql`insert into app.support_issue (id, round_id, activity_id, from_unit_id, to_unit_id, text, raised_on, raised_by)
		values (${id}::uuid, ${input.roundId}::uuid, ${activityId}::uuid, ${from}, ${to}, ${input.text}, ${work.today}::date, ${work.accountId}::uuid)`.execute(
		work.db,
	);
	await work.audit({ action: "assistance.raiseIssue", unitId: from, detail: { to } });
	return { id, to: name };
}

async function ownUnit(work: Work): Promise<number | null> {
	const { rows } = await sql<{
		id: number;
		kind: string;
	}>`select u.id, u.kind from app.account a join app.unit u on u.id = a.unit_id
		where a.id = calc.account_id()`.execute(work.db);
	return rows[0] && ["commune", "district", "province", "cluster"].includes(rows[0].kind) ? rows[0].id : null;
}

/** Answers an issue, or passes it on one level up: then that one is to be answered. */
export async function answerIssue(work: Work, { issueId, answer }: { issueId: string; answer: string }) {
	const { rows: found } = await sql<{ roundId: string }>`select round_id::text as "roundId" from app.support_issue
		where id = ${issueId}::uuid`.execute(work.db);
	if (!found[0]) throw new Problem("assistance.issue_unknown", 404, "Không có vấn đề này, hoặc chị không xem được.");
	const round = await lockedRound(work, found[0].roundId);
	const { rows } = await sql<{ activityId: string | null; toUnitId: number; text: string }>`
		select activity_id::text as "activityId", to_unit_id as "toUnitId", text from app.support_issue where id = ${issueId}::uuid`.execute(
		work.db,
	);
	const [issue] = rows;
	const shown = round.issues.find(({ id }) => id === issueId);
	if (shown?.answeredOn || shown?.passedOn)
		throw new Problem("assistance.issue_answered", 409, "Vấn đề này đã được trả lời hoặc chuyển tiếp.");
	if (!shown?.mine) throw denied();
	const passed =
		answer === ""
			? await raiseIssue(work, {
					roundId: round.id,
					activityId: issue.activityId ?? undefined,
					fromUnitId: issue.toUnitId,
					text: issue.text,
				})
			: null;
	const { numAffectedRows } = passed
		? await sql`update app.support_issue set passed_on_as = ${passed.id}::uuid where id = ${issueId}::uuid`.execute(
				work.db,
			)
		: await sql`update app.support_issue set answer = ${answer}, answered_on = ${work.today}::date, answered_by = ${work.accountId}::uuid
			where id = ${issueId}::uuid`.execute(work.db);
	if (numAffectedRows !== 1n) throw denied();
	await work.audit({ action: "assistance.answerIssue", unitId: issue.toUnitId, detail: { passed: passed !== null } });
	return { id: issueId, to: passed?.to ?? null };
}
