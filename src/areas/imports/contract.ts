import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { consentHow } from "../members/contract-member.ts";
import { ROSTER_FIELDS } from "../members/rules-roster-fields.ts";
import { day, id, text, unitId } from "../wire.ts";

export const rosterField = z.enum(ROSTER_FIELDS);
export const importState = z.enum(["staged", "committing", "committed", "undone", "cancelled", "forgotten"]);
export const rowAction = z.enum(["add", "update", "skip", "refuse", "ask"]);
export const rowState = z.enum(["staged", "done", "undone", "kept"]);

export const rowProblem = z.object({
	code: z.string(),
	level: z.enum(["error", "warning", "info"]),
	text: z.string(),
});

/** Rows by what they do or did. `rejected` holds the refused and those still to be answered. */
export const counts = z.object({
	rows: z.int(),
	accepted: z.int(),
	updated: z.int(),
	rejected: z.int(),
	warned: z.int(),
	skipped: z.int(),
	/** Of `rejected`: rows that wait for an answer. */
	asked: z.int(),
});
export type Counts = z.infer<typeof counts>;

const columnLayout = z.object({
	/** From 0. */
	column: z.int().min(0).max(1000),
	header: z.string().max(2000),
	field: rosterField.nullable(),
	encoding: z.enum(["unicode", "tcvn3", "vni"]).optional(),
	/** 0–1: how sure the letters are; a person confirms. */
	encodingConfidence: z.number().optional(),
	dayOrder: z.literal("mdy").optional(),
});

export const sheetLayout = z.object({
	sheet: z.string().max(200),
	use: z.boolean(),
	/** From 1; 0 where no header was found. */
	headerRow: z.int().min(0),
	headerRows: z.int().min(0).max(3),
	columns: z.array(columnLayout).max(300),
	/** The branch of rows that name none. */
	branch: z.string().max(300).nullable(),
});
export const layout = z.object({ sheets: z.array(sheetLayout).max(200) });

export const consentBasis = z.object({
	how: consentHow,
	givenOn: day,
	textVersion: text(100).min(1, { error: "Hãy ghi phiên bản nội dung đồng ý." }),
	document: text(300).default(""),
});
export type ConsentBasis = z.infer<typeof consentBasis>;

/** How many of the named were in the unlisted figure: those accepted and counting on its day, none, or a number (R49). */
export const lowerUnlisted = z.union([z.enum(["auto", "none"]), z.int().min(0).max(1_000_000)]);

export const importRow = z.object({
	id,
	unitId,
	unitName: z.string(),
	asOf: day,
	fileName: z.string(),
	state: importState,
	counts,
	rowsDone: z.int(),
	createdAt: z.string(),
	createdBy: z.string(),
	committedAt: z.string().nullable(),
	undoneAt: z.string().nullable(),
	failure: rowProblem.omit({ level: true }).nullable(),
});
export type ImportRow = z.infer<typeof importRow>;

export const importShow = importRow.extend({
	layout,
	consent: consentBasis.nullable(),
	lowerUnlisted,
	/** How often each problem was found. */
	problems: z.array(rowProblem.extend({ rows: z.int() })),
	/** Lines that are no members: headers, groups, totals, signatures, notes. */
	lines: z.record(z.string(), z.int()),
	/** Branches and groups the file names that do not stand yet. */
	newBranches: z.array(z.string()),
	mayUndo: z.boolean(),
});
export type ImportShow = z.infer<typeof importShow>;

/** A woman a row may mean, as the commune already has her. */
const candidate = z.object({
	spellId: id,
	name: z.string(),
	birth: z.string().nullable(),
	branch: z.string(),
	joined: day,
	left: day.nullable(),
});

export const stagedRow = z.object({
	position: z.int(),
	sheet: z.string(),
	row: z.int(),
	action: rowAction,
	state: rowState,
	problems: z.array(rowProblem),
	name: z.string(),
	birth: z.string().nullable(),
	/** Masked (core/national-id.ts). */
	nationalId: z.string().nullable(),
	branch: z.string(),
	group: z.string(),
	joined: day.nullable(),
	left: day.nullable(),
	residence: z.enum(["permanent", "temporary"]),
	residenceStart: day.nullable(),
	/** The texts as the file has them, by field; only of rows with a problem. */
	written: z.record(z.string(), z.string()).nullable(),
	fixed: z.boolean(),
	changes: z.array(z.object({ field: z.string(), label: z.string(), before: z.string(), after: z.string() })),
	candidates: z.array(candidate),
	/** Set for `id.elsewhere`: a move can be asked for by her number (members.transfer). */
	mayTransfer: z.boolean(),
});
export type StagedRow = z.infer<typeof stagedRow>;

const onImport = z.object({ id });

export const importsContract = {
	list: reads("members.write", "/imports/list", "Các lần nhập danh sách của một đơn vị")
		.input(z.object({ unitId, limit: z.int().min(1).max(200).default(50) }))
		.output(z.array(importRow)),
	preview: reads("members.write", "/imports/preview", "Một lần nhập: bảng, cột, số dòng theo kết quả, các lỗi")
		.input(onImport)
		.output(importShow),
	recognise: reads("members.write", "/imports/recognise", "Các trang tính với những dòng đầu, để kiểm tra các cột")
		.input(z.object({ id, rows: z.int().min(1).max(60).default(15) }))
		.output(
			z.array(
				sheetLayout.extend({
					hidden: z.boolean(),
					top: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
				}),
			),
		),
	rows: reads("members.write", "/imports/rows", "Các dòng của một lần nhập")
		.input(
			z.object({
				id,
				only: z.enum(["problems", "errors", "warnings", "ask", "update", "add", "skip", "waiting"]).optional(),
				code: z.string().max(60).optional(),
				after: z.int().min(0).default(0),
				limit: z.int().min(1).max(500).default(100),
			}),
		)
		.output(z.object({ rows: z.array(stagedRow), next: z.int().nullable(), total: z.int() })),
	progress: reads("members.write", "/imports/progress", "Tiến độ ghi nhận").input(onImport).output(importRow),
	setLayout: writes("members.write", "/imports/set-layout", "Sửa trang tính, cột; nhớ cho lần sau")
		.input(z.object({ id, layout, remember: z.boolean().default(true) }))
		.output(importShow),
	commit: writes("members.write", "/imports/commit", "Ghi nhận các dòng hợp lệ")
		.input(
			z.object({ id, lowerUnlisted: lowerUnlisted.default("auto"), consent: consentBasis.nullable().default(null) }),
		)
		.output(importRow),
	answer: writes("members.write", "/imports/answer", "Trả lời dòng chưa rõ là ai")
		.input(
			z.object({
				id,
				position: z.int().min(1),
				/** `same`: the candidate; where she has ended, she has not. */
				answer: z.enum(["same", "new", "skip"]),
				spellId: z.uuid().optional(),
			}),
		)
		.output(stagedRow),
	fixRow: writes("members.write", "/imports/fix-row", "Sửa một dòng bị từ chối")
		.input(
			z.object({
				id,
				position: z.int().min(1),
				/** The row's texts by field, as typed: days and numbers in any order a file may use. */
				fields: z.partialRecord(rosterField, text(2000)),
			}),
		)
		.output(stagedRow),
	undo: writes("members.write", "/imports/undo", "Hoàn tác cả lần nhập")
		.input(onImport)
		.output(
			z.object({
				removed: z.int(),
				reverted: z.int(),
				/** Rows that stay because someone has worked on them since. */
				kept: z.array(
					z.object({ position: z.int(), sheet: z.string(), row: z.int(), name: z.string(), text: z.string() }),
				),
			}),
		),
	cancel: writes("members.write", "/imports/cancel", "Bỏ một lần nhập chưa ghi nhận").input(onImport).output(importRow),
	forget: writes("members.write", "/imports/forget", "Xóa tệp và các dòng đã lưu tạm của một lần nhập")
		.input(onImport)
		.output(importRow),
};
