import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { roadMapFault } from "./rules.ts";
import { requireCodes } from "./store-catalogue.ts";

/** What may be written of a case; what is undefined stays as it is. */
export interface CaseInput {
	note?: string;
	veryDifficult?: boolean;
	causes?: { cause: string; weight: number; evidence: string }[];
	groups?: { group: string; women: number | null; note: string }[];
	milestones?: { day: Day; members: number; note: string }[];
	solutions?: {
		id?: string;
		solution: string;
		cause: string | null;
		begunOn: Day;
		endedOn: Day | null;
		responsible: string;
		note: string;
	}[];
	resources?: { id?: string; words: string; source: string; amount: number | null; onDay: Day | null }[];
	partners?: { partner: string; task: string }[];
}

/** Refuses what cannot stand in a case: unknown entries, one chosen twice, a road map that does not end over 60 % (R17). */
export async function refuseFaults(
	work: Work,
	input: CaseInput,
	of: { unitId: number; opened: Day; women18: number | null },
): Promise<void> {
	const { causes = [], groups = [], milestones = [], solutions = [], partners = [] } = input;
	refuseTwice(
		causes.map(({ cause }) => cause),
		"causes",
		"Một nguyên nhân được chọn hai lần.",
	);
	refuseTwice(
		groups.map(({ group }) => group),
		"groups",
		"Một nhóm phụ nữ được chọn hai lần.",
	);
	refuseTwice(
		partners.map(({ partner }) => partner),
		"partners",
		"Một lực lượng phối hợp được chọn hai lần.",
	);
	const answered = solutions.flatMap(({ cause }) => (cause === null ? [] : [cause]));
	await requireCodes(work, "cause", [...causes.map(({ cause }) => cause), ...answered], "causes", of.unitId);
	await requireCodes(
		work,
		"group",
		groups.map(({ group }) => group),
		"groups",
		of.unitId,
	);
	await requireCodes(
		work,
		"solution",
		solutions.map(({ solution }) => solution),
		"solutions",
		of.unitId,
	);
	await requireCodes(
		work,
		"partner",
		partners.map(({ partner }) => partner),
		"partners",
		of.unitId,
	);
	if (solutions.some(({ begunOn, endedOn }) => endedOn !== null && endedOn < begunOn))
		throw new Problem("support.solution_days", 422, "Ngày thôi một giải pháp phải từ ngày bắt đầu trở đi.", {
			field: "solutions",
		});
	const fault = roadMapFault(milestones, of.women18);
	if (fault) throw new Problem("support.road_map", 422, fault, { field: "milestones" });
	if (milestones.some(({ day }) => day < of.opened))
		throw new Problem("support.road_map", 422, `Các mốc phải từ ngày lập hồ sơ (${displayDay(of.opened)}) trở đi.`, {
			field: "milestones",
		});
}

function refuseTwice(codes: readonly string[], field: string, sentence: string): void {
	if (new Set(codes).size < codes.length) throw new Problem("support.twice", 422, sentence, { field });
}

/** Puts the given parts in the place of those a case has; rows that name their id keep it. */
export async function writeParts(
	work: Work,
	caseId: string,
	input: CaseInput,
	{ recomputed = false } = {},
): Promise<void> {
	const placed = <Row extends object>(rows: readonly Row[]) =>
		JSON.stringify(rows.map((row, position) => ({ ...row, position })));
	if (input.causes) {
		await sql`delete from app.support_cause where case_id = ${caseId}::uuid`.execute(work.db);
		await sql`insert into app.support_cause (case_id, cause, weight, evidence, position)
			select ${caseId}::uuid, r.cause, r.weight, r.evidence, r.position
			from jsonb_to_recordset(${placed(input.causes)}::jsonb) as r(cause text, weight smallint, evidence text, position integer)`.execute(
			work.db,
		);
	}
	if (input.groups) {
		await sql`delete from app.support_group where case_id = ${caseId}::uuid`.execute(work.db);
		await sql`insert into app.support_group (case_id, "group", women, note, position)
			select ${caseId}::uuid, r."group", r.women, r.note, r.position
			from jsonb_to_recordset(${placed(input.groups)}::jsonb) as r("group" text, women integer, note text, position integer)`.execute(
			work.db,
		);
	}
	if (input.milestones) {
		await sql`delete from app.support_milestone where case_id = ${caseId}::uuid`.execute(work.db);
		await sql`insert into app.support_milestone (case_id, day, members, note, recomputed)
			select ${caseId}::uuid, r.day, r.members, r.note, ${recomputed}
			from jsonb_to_recordset(${placed(input.milestones)}::jsonb) as r(day date, members integer, note text)`.execute(
			work.db,
		);
	}
	if (input.partners) {
		await sql`delete from app.support_partner where case_id = ${caseId}::uuid`.execute(work.db);
		await sql`insert into app.support_partner (case_id, partner, task, position)
			select ${caseId}::uuid, r.partner, r.task, r.position
			from jsonb_to_recordset(${placed(input.partners)}::jsonb) as r(partner text, task text, position integer)`.execute(
			work.db,
		);
	}
	if (input.solutions) await writeSolutions(work, caseId, input.solutions, placed);
	if (input.resources) await writeResources(work, caseId, input.resources, placed);
}

type Placed = <Row extends object>(rows: readonly Row[]) => string;

async function writeSolutions(
	work: Work,
	caseId: string,
	given: NonNullable<CaseInput["solutions"]>,
	placed: Placed,
): Promise<void> {
	const rows = placed(await withIds(work, "support_solution", caseId, given));
	await sql`delete from app.support_solution s where s.case_id = ${caseId}::uuid
		and not exists (select from jsonb_to_recordset(${rows}::jsonb) as r(id uuid) where r.id = s.id)`.execute(work.db);
	await sql`insert into app.support_solution (id, case_id, solution, cause, begun_on, ended_on, responsible, note, position)
		select r.id, ${caseId}::uuid, r.solution, r.cause, r."begunOn", r."endedOn", r.responsible, r.note, r.position
		from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, solution text, cause text, "begunOn" date, "endedOn" date, responsible text, note text, position integer)
		on conflict (id) do update set solution = excluded.solution, cause = excluded.cause, begun_on = excluded.begun_on,
			ended_on = excluded.ended_on, responsible = excluded.responsible, note = excluded.note, position = excluded.position`.execute(
		work.db,
	);
}

async function writeResources(
	work: Work,
	caseId: string,
	given: NonNullable<CaseInput["resources"]>,
	placed: Placed,
): Promise<void> {
	const rows = placed(await withIds(work, "support_resource", caseId, given));
	await sql`delete from app.support_resource where case_id = ${caseId}::uuid`.execute(work.db);
	await sql`insert into app.support_resource (id, case_id, words, source, amount, on_day, position)
		select r.id, ${caseId}::uuid, r.words, r.source, r.amount, r."onDay", r.position
		from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, words text, source text, amount bigint, "onDay" date, position integer)`.execute(
		work.db,
	);
}

/** The ids of rows the case has; any other row gets one of its own, an id of another case's, too. */
async function withIds<Row extends { id?: string }>(
	work: Work,
	table: "support_solution" | "support_resource",
	caseId: string,
	given: readonly Row[],
) {
	const { rows } = await sql<{
		id: string;
	}>`select id from ${sql.table(`app.${table}`)} where case_id = ${caseId}::uuid`.execute(work.db);
	const own = new Set(rows.map(({ id }) => id));
	return given.map((row) => {
		const id = row.id !== undefined && own.delete(row.id) ? row.id : uuidv7();
		return { ...row, id };
	});
}
