import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { readRow } from "../gathering/store-rates.ts";
import type { Unit } from "../units/contract.ts";
import { lastDataDay, nextDataDay, type RESULTS } from "./rules.ts";
import { type ReadCase, readCase, readClosed } from "./store-case.ts";
import { type CaseInput, refuseFaults, writeParts } from "./store-parts.ts";
import {
	membersOn,
	requireCommune,
	requireSupported,
	standingCases,
	stateAt,
	supportedBelow,
} from "./store-standing.ts";

/** Opens a case by hand for a commune that has none; one carried to it by a reorganisation becomes its own. */
export async function openCase(work: Work, input: { unitId?: number; unit?: string; note: string }) {
	const unit = await requireCommune(work, input);
	const { row, read } = await locked(work, unit);
	if (read?.own && read.carried.length === 0)
		throw new Problem(
			"support.exists",
			409,
			`Cơ sở này đang có hồ sơ hỗ trợ, lập ngày ${displayDay(read.own.openedOn)}.`,
			{
				field: "unit",
			},
		);
	const caseId = read ? await adopt(work, row, read) : await insertCase(work, row, "hand", input.note);
	await work.audit({
		action: "support.open",
		unitId: unit.id,
		subjectId: caseId,
		detail: { why: read ? "carried" : "hand" },
	});
	return { caseId, unitId: unit.id };
}

/**
 * Opens a case by rule for every commune below a unit that is not over 60 % today and has none, and closes those a half-year's data day has
 * confirmed (R8, R17). Asked again on the same day it finds nothing to do.
 */
export async function reviewCases(work: Work, input: { unitId?: number; unit?: string }) {
	const unit = await requireSupported(work, input);
	await sql`select pg_advisory_xact_lock(7430)`.execute(work.db);
	const all = await supportedBelow(work, unit);
	const lacking = all.filter(
		({ row, cases }) => cases.length === 0 && (row.class === "under" || row.class === "exactly"),
	);
	if (lacking.length > 0)
		await insertByRule(
			work,
			lacking.map(({ row }) => row),
		);
	const confirmed = all.filter(({ state }) => state === "confirmed");
	for (const { row, cases } of confirmed) {
		const read = (await readCase(work, row, cases)) as ReadCase;
		await endCase(work, row, { caseId: await ownCase(work, row, read), result: "passed", note: "" });
	}
	const counted = {
		opened: lacking.length,
		closed: confirmed.length,
		waiting: all.filter(({ state }) => state === "waiting").length,
		fellBack: all.filter(({ state }) => state === "fell_back").length,
	};
	await work.audit({ action: "support.review", unitId: unit.id, detail: counted });
	return counted;
}

async function insertByRule(work: Work, rows: readonly RateRow[]): Promise<void> {
	const made = rows.map(({ id: unitId, members, women18 }) => ({ id: uuidv7(), unitId, members, women18 }));
	await sql`insert into app.support_case (id, unit_id, opened_on, opened_by, why, members, women18, changed_by)
		select r.id, r."unitId", ${work.today}::date, ${work.accountId}::uuid, 'rule', r.members, r.women18, ${work.accountId}::uuid
		from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as r(id uuid, "unitId" integer, members integer, women18 integer)`.execute(
		work.db,
	);
}

/** Writes parts of a commune's case; of two who edited the same version the second is told and nothing of hers is written. */
export async function saveCase(work: Work, input: CaseInput & { unitId: number; version: number }) {
	const unit = await requireCommune(work, input);
	const { row, read } = await locked(work, unit);
	const current = await requireOpen(work, unit, read, input.version);
	const opened = current.heads[0]?.openedOn as Day;
	await refuseFaults(work, input, { unitId: unit.id, opened, women18: row.women18 });
	const caseId = await ownCase(work, row, current);
	const version = await bump(work, caseId, input, row);
	await writeParts(work, caseId, input);
	await addRevision(work, caseId, version, input);
	await work.audit({
		action: "support.save",
		unitId: unit.id,
		subjectId: caseId,
		detail: { version, parts: namedParts(input) },
	});
	return { caseId, version };
}

/** Closes a case: as passed only once a half-year's data day has confirmed it (R8); otherwise with a word of why. */
export async function closeCase(
	work: Work,
	input: { unitId: number; version: number; result: (typeof RESULTS)[number]; note: string },
) {
	const unit = await requireCommune(work, input);
	const { row, read } = await locked(work, unit);
	const current = await requireOpen(work, unit, read, input.version);
	if (input.result === "passed") {
		const cases = (await standingCases(work, unit.id)).get(unit.id) ?? [];
		const state = await stateAt(work, row, cases);
		if (state !== "confirmed") throw notConfirmed(work.today, state === "waiting");
	} else if (input.note === "")
		throw new Problem("support.note_missing", 422, "Hãy ghi lý do kết thúc hồ sơ.", { field: "note" });
	const caseId = await ownCase(work, row, current);
	await endCase(work, row, { caseId, result: input.result, note: input.note });
	await work.audit({ action: "support.close", unitId: unit.id, subjectId: caseId, detail: { result: input.result } });
	return { caseId };
}

function notConfirmed(today: Day, isOver: boolean): Problem {
	return new Problem(
		"support.not_confirmed",
		409,
		isOver
			? `Cơ sở đã trên 60% nhưng chưa qua kỳ cập nhật 6 tháng. Hồ sơ kết thúc được sau khi số liệu ngày ${displayDay(nextDataDay(today))} xác nhận.`
			: "Hôm nay cơ sở chưa đạt trên 60% nên hồ sơ chưa kết thúc được.",
		{ field: "result" },
	);
}

/** The commune's figures and the case that stands there, while nobody else writes it. */
async function locked(work: Work, unit: Unit): Promise<{ row: RateRow; read: ReadCase | null }> {
	await sql`select pg_advisory_xact_lock(7429, ${unit.id})`.execute(work.db);
	const row = await readRow(work, unit, { on: work.today, map: null });
	return { row, read: await readCase(work, row, (await standingCases(work, unit.id)).get(unit.id) ?? []) };
}

async function requireOpen(work: Work, unit: Unit, read: ReadCase | null, version: number): Promise<ReadCase> {
	if (read === null) {
		const [closed] = await readClosed(work, unit.id);
		throw closed?.closedOn
			? new Problem(
					"support.closed",
					409,
					`Hồ sơ này đã kết thúc ngày ${displayDay(closed.closedOn)}, không sửa và không kết thúc lần nữa được.`,
				)
			: new Problem("support.no_case", 404, "Cơ sở này chưa có hồ sơ hỗ trợ. Hãy lập hồ sơ trước.");
	}
	if ((read.own?.version ?? 0) === version) return read;
	throw new Problem(
		"support.changed",
		409,
		"Người khác vừa sửa hồ sơ này sau khi chị mở. Chưa có gì của chị được ghi; hãy xem bản mới (các lần sửa ở cuối trang) rồi ghi lại.",
		{ field: "version" },
	);
}

async function insertCase(work: Work, row: RateRow, why: "hand" | "carried", note: string, openedOn: Day = work.today) {
	const id = uuidv7();
	await sql`insert into app.support_case (id, unit_id, opened_on, opened_by, why, note, members, women18, changed_by)
		values (${id}::uuid, ${row.id}, ${openedOn}::date, ${work.accountId}::uuid, ${why}, ${note}, ${row.members}, ${row.women18}, ${work.accountId}::uuid)`.execute(
		work.db,
	);
	return id;
}

/** The commune's own case, made so where part of it is still that of communes that ended. */
async function ownCase(work: Work, row: RateRow, read: ReadCase): Promise<string> {
	return read.own && read.carried.length === 0 ? read.own.id : adopt(work, row, read);
}

/** Makes what was carried to a commune its own: a case of its own, or the one it has, goes on from them with all they held. */
async function adopt(work: Work, row: RateRow, read: ReadCase): Promise<string> {
	const day =
		read.carried
			.map(({ carriedOn }) => carriedOn as Day)
			.sort()
			.at(-1) ?? work.today;
	const then = { ...row, members: (await membersOn(work, row.id, [day])).get(day) ?? row.members };
	const caseId = read.own?.id ?? (await insertCase(work, then, "carried", "", day));
	for (const { caseId: origin } of read.carried)
		await sql`insert into app.support_origin (case_id, origin_id) values (${caseId}::uuid, ${origin}::uuid)`.execute(
			work.db,
		);
	const { milestones } = read.parts;
	await sql`update app.support_case set note = ${read.heads
		.map(({ note }) => note)
		.filter(Boolean)
		.join("\n")
		.slice(0, 2000)},
			very_difficult = ${read.heads.some(({ veryDifficult }) => veryDifficult)}, goal_on = ${milestones.at(-1)?.day ?? null}::date,
			road_members = ${read.basis.members}, road_women18 = ${read.basis.women18}, changed_by = ${work.accountId}::uuid, changed_at = clock_timestamp()
		where id = ${caseId}::uuid`.execute(work.db);
	await writeParts(work, caseId, { ...read.parts }, { recomputed: true });
	return caseId;
}

/** The next version of a case, with what its head says; a road map is drawn from the figures of today. */
async function bump(work: Work, caseId: string, input: CaseInput, row: RateRow): Promise<number> {
	const { milestones } = input;
	const { rows } = await sql<{ version: number }>`update app.support_case set version = version + 1,
			note = coalesce(${input.note ?? null}::text, note), very_difficult = coalesce(${input.veryDifficult ?? null}::boolean, very_difficult),
			goal_on = case when ${milestones !== undefined} then ${milestones?.at(-1)?.day ?? null}::date else goal_on end,
			road_members = case when ${milestones !== undefined} then ${row.members}::integer else road_members end,
			road_women18 = case when ${milestones !== undefined} then ${row.women18}::integer else road_women18 end,
			changed_by = ${work.accountId}::uuid, changed_at = clock_timestamp()
		where id = ${caseId}::uuid returning version`.execute(work.db);
	const [updated] = rows;
	if (!updated)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền sửa hồ sơ hỗ trợ của cơ sở này.");
	return updated.version;
}

async function endCase(
	work: Work,
	row: RateRow,
	{ caseId, result, note }: { caseId: string; result: (typeof RESULTS)[number]; note: string },
): Promise<void> {
	const confirmedOn = result === "passed" ? lastDataDay(work.today) : null;
	const { numAffectedRows } =
		await sql`update app.support_case set closed_on = ${work.today}::date, closed_by = ${work.accountId}::uuid,
			closed_at = clock_timestamp(), result = ${result}, closing_note = ${note}, confirmed_on = ${confirmedOn}::date,
			version = version + 1, changed_by = ${work.accountId}::uuid, changed_at = clock_timestamp()
		where id = ${caseId}::uuid and closed_on is null`.execute(work.db);
	if (numAffectedRows !== 1n)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền kết thúc hồ sơ hỗ trợ của cơ sở này.");
	const { rows } = await sql<{
		version: number;
	}>`select version from app.support_case where id = ${caseId}::uuid`.execute(work.db);
	const content = { result, note, members: row.members, women18: row.women18, confirmedOn };
	await sql`insert into app.support_revision (case_id, version, part, content, by)
		values (${caseId}::uuid, ${rows[0].version}, 'closing', ${JSON.stringify(content)}::jsonb, ${work.accountId}::uuid)`.execute(
		work.db,
	);
}

const PARTS = ["causes", "groups", "milestones", "solutions", "resources", "partners"] as const;

function namedParts(input: CaseInput): string[] {
	return PARTS.filter((part) => input[part] !== undefined);
}

async function addRevision(work: Work, caseId: string, version: number, input: CaseInput): Promise<void> {
	const named = namedParts(input);
	const part = named.length === 1 && input.note === undefined && input.veryDifficult === undefined ? named[0] : "case";
	const { causes, groups, milestones, solutions, resources, partners, note, veryDifficult } = input;
	const content = { causes, groups, milestones, solutions, resources, partners, note, veryDifficult };
	await sql`insert into app.support_revision (case_id, version, part, content, by)
		values (${caseId}::uuid, ${version}, ${part ?? "case"}, ${JSON.stringify(content)}::jsonb, ${work.accountId}::uuid)`.execute(
		work.db,
	);
}
