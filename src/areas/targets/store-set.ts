import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { displayNumber } from "../../core/number.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireTop } from "../gathering/store-rates.ts";
import type { Unit } from "../units/contract.ts";
import { listChildren } from "../units/store-reading.ts";
import type { Standing } from "./contract.ts";
import { hasTargets, shortOf } from "./rules.ts";
import { refuseNoParent } from "./store-children.ts";
import { type Period, refuseEnded, requirePeriod, standingsOn, type Which } from "./store-standing.ts";

interface Own {
	value: number;
	baselineOn?: Day;
	baselineMembers?: number;
	baselineDocument: string;
}

interface SetInput extends Which {
	unitId: number;
	measure: string;
	document: string;
	documentOn?: Day;
	own?: Own;
	rows: { unitId: number; value: number }[];
	reason: string;
}

/** A target as it is written; the baseline only where the unit decides for itself. */
interface Decided {
	unitId: number;
	value: number;
	own?: Own;
}

/**
 * Decides targets in one act with one document: of the units directly below, and of the unit itself where none stands above it.
 * Earlier ones stay as history. Where rows are given and all below then adds up to less than what stands above, it is refused
 * (`target.short`) unless a reason is given, which is kept with them (R14).
 */
export async function setTargets(work: Work, input: SetInput) {
	const on = input.documentOn ?? work.today;
	if (on > work.today)
		throw new Problem("target.document_day", 422, "Ngày văn bản không được sau hôm nay.", { field: "documentOn" });
	const unit = await requireTop(work, { id: input.unitId, on }, "documentOn");
	await requireRight(work, unit);
	const period = await requirePeriod(work, input, on);
	await refuseEnded(work, period, on, "documentOn");
	refuseMeasure(input);
	// Two who allot below the same unit at once wait for each other: each sees the sum as it stands.
	await sql`select pg_advisory_xact_lock(7422, ${unit.id})`.execute(work.db);
	const before = await standingsOn(work, input, period, on);
	const decided: Decided[] = [];
	if (input.own) {
		await refuseFromAbove(work, unit, input, period);
		refuseBaseline(input.own, input.kind, work.today);
		decided.push({ unitId: unit.id, value: input.own.value, own: keptBaseline(input.own, before.get(unit.id)) });
	}
	if (input.rows.length > 0) {
		refuseNoParent(unit);
		decided.push(...(await requireChildren(work, unit, input.rows, on)));
	}
	if (decided.length === 0)
		throw new Problem("target.nothing", 422, "Chưa có chỉ tiêu nào để giao. Hãy nhập ít nhất một số.", {
			field: "rows",
		});
	const changed = decided.filter(({ unitId, value, own }) => {
		const now = before.get(unitId);
		return own !== undefined || now?.value !== value || now.carried || now.decision?.document !== input.document;
	});
	const children = (await listChildren(work, unit.id, on)).filter(({ kind }) => hasTargets(kind));
	const after = new Map(decided.map(({ unitId, value }) => [unitId, value]));
	const standsAt = (id: number) => after.get(id) ?? before.get(id)?.value ?? null;
	const above = standsAt(unit.id);
	const sum = children.reduce((total, { id }) => total + (standsAt(id) ?? 0), 0);
	const short = children.some(({ id }) => standsAt(id) !== null) ? shortOf(above, sum) : 0;
	if (input.rows.length > 0 && short > 0 && input.reason === "")
		throw new Problem(
			"target.short",
			409,
			`Tổng đã giao ${displayNumber(sum)}, thiếu ${displayNumber(short)} so với chỉ tiêu trên giao (${displayNumber(above ?? 0)}). Hãy giao thêm, hoặc ghi rõ lý do giao thiếu.`,
			{ field: "reason", detail: { above, sum, short } },
		);
	await write(work, unit, { ...input, reason: short > 0 ? input.reason : "" }, period, on, changed);
	await work.audit({
		action: "targets.set",
		unitId: unit.id,
		detail: { kind: input.kind, rows: changed.length, sum, short },
	});
	return { saved: changed.length, above, sum, short };
}

/** A revision that names no baseline goes on with the one before it. */
function keptBaseline(own: Own, before: Standing | undefined): Own {
	const { baselineOn, baselineMembers, baselineDocument } = before?.decision ?? {};
	if (own.baselineOn !== undefined || !baselineOn || baselineMembers === undefined || baselineMembers === null)
		return own;
	return { value: own.value, baselineOn, baselineMembers, baselineDocument: baselineDocument ?? "" };
}

async function requireRight(work: Work, unit: Unit): Promise<void> {
	const { rows } = await sql<{ ok: boolean }>`select calc.may_at('targets.allot', ${unit.id}::integer) as ok`.execute(
		work.db,
	);
	if (!rows[0]?.ok)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền giao chỉ tiêu ở đơn vị này.");
}

function refuseMeasure({ kind, measure }: SetInput): void {
	if ((kind === "free") === (measure !== "")) return;
	throw new Problem("target.measure", 422, "Hãy ghi đơn vị tính của chỉ tiêu khác (chỉ tiêu có sẵn thì không ghi).", {
		field: "measure",
	});
}

function refuseBaseline(own: Own, kind: string, today: Day): void {
	const given = [own.baselineOn, own.baselineMembers].filter((one) => one !== undefined).length;
	if (given === 0 && own.baselineDocument === "") return;
	if (kind !== "net_new_members" || given !== 2 || (own.baselineOn as Day) > today)
		throw new Problem(
			"target.baseline",
			422,
			"Mốc so sánh gồm ngày (không sau hôm nay) và số hội viên ngày đó, chỉ dùng cho chỉ tiêu phát triển hội viên.",
			{ field: "baselineOn" },
		);
}

/** A unit decides for itself only where no level above has: else two numbers would stand for one. */
async function refuseFromAbove(work: Work, unit: Unit, which: Which, { termId, year }: Period): Promise<void> {
	const { rows } = await sql<{ document: string }>`select document from app.target where unit_id = ${unit.id}
		and from_unit_id <> unit_id and superseded_at is null and kind = ${which.kind} and name = ${which.name}
		and term_id is not distinct from ${termId} and year is not distinct from ${year}`.execute(work.db);
	if (rows[0])
		throw new Problem(
			"target.from_above",
			409,
			"Chỉ tiêu này do Hội cấp trên giao, đơn vị không tự sửa. Hãy đề nghị cấp trên điều chỉnh.",
			{ field: "own" },
		);
}

async function requireChildren(work: Work, unit: Unit, rows: SetInput["rows"], on: Day): Promise<Decided[]> {
	const children = new Set(
		(await listChildren(work, unit.id, on)).filter((one) => hasTargets(one.kind)).map((one) => one.id),
	);
	const seen = new Set<number>();
	for (const { unitId } of rows) {
		if (!children.has(unitId))
			throw new Problem(
				"target.not_below",
				422,
				`Một đơn vị trong bảng không trực thuộc ${unit.name} vào ngày ${displayDay(on)}. Chỉ giao được cho đơn vị trực thuộc vào ngày văn bản.`,
				{ field: "rows", detail: { unitId } },
			);
		if (seen.has(unitId))
			throw new Problem("target.twice", 422, "Một đơn vị có hai dòng trong bảng. Hãy để mỗi đơn vị một dòng.", {
				field: "rows",
				detail: { unitId },
			});
		seen.add(unitId);
	}
	return rows;
}

async function write(work: Work, unit: Unit, input: SetInput, period: Period, on: Day, decided: Decided[]) {
	const { kind, name, measure, document, reason } = input;
	const json = JSON.stringify(decided.map((one) => ({ ...one.own, ...one, id: uuidv7(), own: undefined })));
	const { rows: later } = await sql<{ day: Day }>`select max(t.document_on)::text as day
		from jsonb_to_recordset(${json}::jsonb) as r("unitId" integer) join app.target t on t.unit_id = r."unitId" and t.superseded_at is null
		where t.kind = ${kind} and t.name = ${name} and t.term_id is not distinct from ${period.termId}
			and t.year is not distinct from ${period.year}`.execute(work.db);
	const last = later[0]?.day;
	if (last && last > on)
		throw new Problem(
			"target.document_before",
			422,
			`Chỉ tiêu hiện có theo văn bản ngày ${displayDay(last)}. Văn bản điều chỉnh phải từ ngày ấy trở đi.`,
			{ field: "documentOn" },
		);
	await sql`update app.target t set superseded_at = clock_timestamp()
		from jsonb_to_recordset(${json}::jsonb) as r("unitId" integer)
		where t.unit_id = r."unitId" and t.superseded_at is null and t.kind = ${kind} and t.name = ${name}
			and t.term_id is not distinct from ${period.termId} and t.year is not distinct from ${period.year}`.execute(
		work.db,
	);
	await sql`insert into app.target (id, unit_id, from_unit_id, kind, name, measure, term_id, year, value, document, document_on,
			reason, baseline_on, baseline_members, baseline_document, decided_by)
		select r.id, r."unitId", ${unit.id}, ${kind}, ${name}, ${measure}, ${period.termId}::integer, ${period.year}::integer, r.value,
			${document}, ${on}::date, case when r."unitId" = ${unit.id} then '' else ${reason} end, r."baselineOn", r."baselineMembers",
			coalesce(r."baselineDocument", ''), ${work.accountId}::uuid
		from jsonb_to_recordset(${json}::jsonb) as r(id uuid, "unitId" integer, value integer, "baselineOn" date,
			"baselineMembers" integer, "baselineDocument" text)`.execute(work.db);
}
