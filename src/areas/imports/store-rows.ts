import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { maskNationalId } from "../../core/national-id.ts";
import { Problem } from "../../core/problem.ts";
import { cleanText } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { LEAVE_REASON_TEXT } from "../members/rules.ts";
import { cellText } from "../members/rules-roster-cells.ts";
import { ROSTER_FIELD_LABELS, ROSTER_FIELDS, type RosterField } from "../members/rules-roster-fields.ts";
import type { RosterLayout } from "../members/rules-roster-layout.ts";
import type { ChangedField } from "../members/rules-roster-match.ts";
import { type RosterFields, readMember } from "../members/rules-roster-member.ts";
import { valueReader } from "../members/rules-roster-values.ts";
import type { StagedRow as WireRow } from "./contract.ts";
import { isRefused, type RowProblem } from "./rules.ts";
import { writtenBirth } from "./rules-written.ts";
import { type Before, findBefore, type Part, partsOf } from "./store-before.ts";
import { countPlain } from "./store-blocks.ts";
import { type BranchMap, findBranches } from "./store-branches.ts";
import { commitLateRow } from "./store-commit.ts";
import { type ImportHead, placeOfImport, requireImport } from "./store-heads.ts";
import { planAgainstDatabase } from "./store-matching.ts";
import { findRow, plainBehind, rowsWhere, type StagedRow, sealFix } from "./store-staging.ts";

const FILTERS: Record<string, string> = {
	problems: "r.problems <> '[]'",
	errors: `r.problems @> '[{"level": "error"}]'`,
	warnings: `r.problems @> '[{"level": "warning"}]'`,
	ask: "r.action = 'ask'",
	update: "r.action = 'update'",
	add: "r.action = 'add'",
	skip: "r.action = 'skip'",
	waiting: "r.action in ('refuse', 'ask')",
};

/** A page of an import's rows, with what an update would change and whom a question is about as they stand now. */
export async function listRows(
	work: Work,
	input: { id: string; only?: string; code?: string; after: number; limit: number },
): Promise<{ rows: WireRow[]; next: number | null; total: number }> {
	const head = await requireImport(work, input.id);
	const filter = sql`r.import_id = ${head.id} and ${sql.raw(input.only ? (FILTERS[input.only] as string) : "true")}
		and (${input.code ?? null}::text is null or r.problems @> jsonb_build_array(jsonb_build_object('code', ${input.code ?? null}::text)))`;
	const own = await rowsWhere(
		work,
		sql`${filter} and r.position > ${input.after} order by r.position limit ${input.limit}`,
	);
	const { rows: counted } = await sql<{
		n: number;
	}>`select count(*)::integer as n from app.import_row r where ${filter}`.execute(work.db);
	// Of plain additions there is nothing to say: no filter but these two finds them.
	const withPlain = !input.code && (input.only === undefined || input.only === "add");
	const plain = withPlain ? await plainBehind(work, head, input.after, input.limit) : [];
	const rows = [...own, ...plain].sort((a, b) => a.position - b.position).slice(0, input.limit);
	const total = counted[0]?.n ?? 0;
	return {
		rows: await wireRows(work, head, rows),
		next: rows.length === input.limit ? (rows.at(-1)?.position ?? null) : null,
		total: withPlain ? total + (await countPlain(work, head.id)) : total,
	};
}

async function wireRows(work: Work, head: ImportHead, rows: readonly StagedRow[]): Promise<WireRow[]> {
	const branches = await findBranches(work, placeOfImport(head));
	const spellIds = rows.flatMap(({ match, action, state }) => [
		...(match.candidates ?? []),
		...(action === "update" && state === "staged" && match.spellId ? [match.spellId] : []),
	]);
	const known = await findBefore(work, [...new Set(spellIds)]);
	return rows.map((row) => wireRow(row, head, known, branches));
}

function wireRow(row: StagedRow, head: ImportHead, known: ReadonlyMap<string, Before>, branches: BranchMap): WireRow {
	const { fields, match } = row;
	const before = row.action === "update" ? known.get(match.spellId ?? "") : undefined;
	return {
		position: row.position,
		sheet: row.sheet,
		row: row.row,
		action: row.action,
		state: row.state,
		problems: row.problems,
		name: fields.name,
		birth: writtenBirth(fields.birth, fields.birthPrecision),
		nationalId: fields.nationalId === null ? null : maskNationalId(fields.nationalId),
		branch: fields.branch,
		group: fields.group,
		joined: fields.joined,
		left: fields.left,
		residence: fields.residence,
		residenceStart: fields.residenceStart,
		written: row.raw && writtenTexts(row, head.layout),
		fixed: row.fixed !== null,
		changes: (match.changes ?? []).map((field) => ({
			field,
			label: CHANGE_LABELS[field],
			before: before ? textBefore(field, before, branches) : "",
			after: textAfter(field, fields),
		})),
		candidates: (match.candidates ?? []).flatMap((spellId) => {
			const member = known.get(spellId);
			return member ? [candidateOf(member, branches)] : [];
		}),
		mayTransfer: row.problems.some(({ code }) => code === "id.elsewhere"),
	};
}

function candidateOf(before: Before, branches: BranchMap): WireRow["candidates"][number] {
	const { person, spell } = before;
	return {
		spellId: spell.id,
		name: person.full_name,
		birth: writtenBirth(person.birth, person.birth_precision),
		branch: branches.nameOf(spell.leaf_id).branch,
		joined: joinedOf(before),
		left: spell.left_on,
	};
}

/** Since when she is a member, in whichever branch. */
function joinedOf(before: Before): Day {
	return (partsOf(before)[0] as Part).spell.joined;
}

const CHANGE_LABELS: Record<ChangedField, string> = { ...ROSTER_FIELD_LABELS, left: "Ngày ra khỏi Hội" };
const RESIDENCE_TEXT = { permanent: "Thường trú", temporary: "Tạm trú" };

/** A number is shown as added or not; its digits belong to another screen. */
function textBefore(field: ChangedField, known: Before, branches: BranchMap): string {
	const { person, spell, residences } = known;
	const residence = residences.find(({ until }) => until === null) ?? residences.at(-1);
	const texts: Record<ChangedField, string | null | undefined> = {
		name: person.full_name,
		birth: writtenBirth(person.birth, person.birth_precision),
		nationalId: "",
		joined: displayDay(joinedOf(known)),
		left: spell.left_on && displayDay(spell.left_on),
		leaveReason: spell.leave_reason && LEAVE_REASON_TEXT[spell.leave_reason],
		residence: residence && RESIDENCE_TEXT[residence.kind],
		residenceStart: residence?.start && displayDay(residence.start),
		branch: branches.nameOf(spell.leaf_id).branch,
		group: branches.nameOf(spell.leaf_id).group,
		phone: person.phone,
		address: person.address,
		occupation: person.occupation,
	};
	return texts[field] ?? "";
}

function textAfter(field: ChangedField, fields: RosterFields): string {
	const texts: Record<ChangedField, string | null | undefined> = {
		name: fields.name,
		birth: writtenBirth(fields.birth, fields.birthPrecision),
		nationalId: fields.nationalId && maskNationalId(fields.nationalId),
		joined: fields.joined && displayDay(fields.joined),
		left: fields.left && displayDay(fields.left),
		leaveReason: fields.leaveReason && LEAVE_REASON_TEXT[fields.leaveReason],
		residence: RESIDENCE_TEXT[fields.residence],
		residenceStart: fields.residenceStart && displayDay(fields.residenceStart),
		branch: fields.branch,
		group: fields.group,
		phone: fields.phone,
		address: fields.address,
		occupation: fields.occupation,
	};
	return texts[field] ?? "";
}

/** The row's texts by field as the file has them; days as `dd/mm/yyyy` are not made of serials here, for they may be wrong. */
function writtenTexts(row: StagedRow, layout: RosterLayout): Record<string, string> {
	const columns = layout.sheets.find(({ sheet }) => sheet === row.sheet)?.columns ?? [];
	const texts: Record<string, string> = {};
	for (const { column, field, encoding } of columns) {
		const cell = row.raw?.[column];
		if (field && cell) texts[field] = cleanText(cellText(cell, encoding).text);
	}
	return { ...texts, ...row.fixed };
}

/** Takes an answer to "who is this"; once the import is written, the row is written with it. */
export async function answerRow(
	work: Work,
	input: { id: string; position: number; answer: "same" | "new" | "skip"; spellId?: string },
): Promise<WireRow> {
	const { head, row } = await requireOpenRow(work, input);
	if (row.action !== "ask") throw new Problem("import.not_asked", 409, "Dòng này không còn chờ trả lời.");
	// Of two lines for one woman made by this file, the second adds nothing.
	const isRepeat = input.answer === "same" && row.match.reason === "listed_twice";
	const answer = isRepeat ? { answer: "skip" as const } : { answer: input.answer, spellId: input.spellId };
	if (answer.answer === "same" && !row.match.candidates?.includes(input.spellId ?? row.match.candidates[0] ?? ""))
		throw new Problem("import.not_a_candidate", 422, "Hãy chọn một trong những người được nêu.", { field: "spellId" });
	await work.db
		.updateTable("import_row")
		.set({ answer: JSON.stringify(answer) })
		.where("import_id", "=", head.id)
		.where("position", "=", row.position)
		.execute();
	await work.audit({
		action: "imports.answer",
		unitId: head.unitId,
		detail: { import: head.id, position: row.position, answer: answer.answer },
	});
	return redo(work, head, { ...row, answer });
}

/** Reads a row anew with the texts a person gave it, and plans or writes it. The file's own row stays as it was. */
export async function fixRow(
	work: Work,
	input: { id: string; position: number; fields: Partial<Record<RosterField, string>> },
): Promise<WireRow> {
	const { head, row } = await requireOpenRow(work, input);
	const texts = { ...(row.raw ? writtenTexts(row, head.layout) : {}), ...row.fixed, ...input.fields };
	const { fields, problems } = readTexts(texts, row.fields, { today: work.today, asOf: head.asOf });
	const action = isRefused(problems) ? "refuse" : "add";
	await work.db
		.updateTable("import_row")
		.set({
			fixed_cipher: sealFix(work, fields, texts),
			answer: null,
			match: "{}",
			action,
			problems: JSON.stringify(problems),
		})
		.where("import_id", "=", head.id)
		.where("position", "=", row.position)
		.execute();
	await work.audit({
		action: "imports.fixRow",
		unitId: head.unitId,
		detail: { import: head.id, position: row.position },
	});
	return redo(work, head, {
		...row,
		fields,
		problems,
		fixed: texts,
		answer: null,
		action,
	});
}

/** One row by its texts, in the place (branch, group) the file gives it where the texts name none. */
function readTexts(texts: Record<string, string>, place: RosterFields, options: { today: string; asOf: string }) {
	const columns = ROSTER_FIELDS.map((field, column) => ({ column, header: field, field }));
	const values = valueReader(
		{ sheet: "", use: true, headerRow: 1, headerRows: 1, columns, branch: null },
		options.today,
	);
	const cells = ROSTER_FIELDS.map((field) => (texts[field] ? { value: texts[field] } : undefined));
	const read = readMember(values({ row: 1, cells }), { branch: place.branch, group: place.group }, options);
	return { fields: read.fields, problems: read.problems as RowProblem[] };
}

async function requireOpenRow(
	work: Work,
	input: { id: string; position: number },
): Promise<{ head: ImportHead; row: StagedRow }> {
	const head = await requireImport(work, input.id, { lock: true });
	if (head.state !== "staged" && head.state !== "committed")
		throw new Problem("import.busy", 409, "Lần nhập này đang được ghi nhận hoặc đã bỏ. Hãy đợi xong rồi sửa.");
	await sql`select calc.lock_roster(${head.unitId})`.execute(work.db);
	const row = await findRow(work, head, input.position);
	if (!row) throw new Problem("import.row_unknown", 404, "Không có dòng này trong lần nhập.");
	if (row.state !== "staged")
		throw new Problem("import.row_done", 409, "Dòng này đã được ghi nhận. Hãy sửa ở hồ sơ hội viên.");
	return { head, row };
}

/** Plans a row anew; once its import is written, writes it. */
async function redo(work: Work, head: ImportHead, row: StagedRow): Promise<WireRow> {
	if (head.state === "committed") await commitLateRow(work, head, row);
	else {
		const branches = await findBranches(work, placeOfImport(head));
		const [plan] = await planAgainstDatabase(work, placeOfImport(head), [row], branches);
		await work.db
			.updateTable("import_row")
			.set({ action: plan?.action, problems: JSON.stringify(plan?.problems), match: JSON.stringify(plan?.match) })
			.where("import_id", "=", head.id)
			.where("position", "=", row.position)
			.execute();
	}
	const again = await findRow(work, head, row.position);
	return (await wireRows(work, head, [again as StagedRow]))[0] as WireRow;
}
