import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, id, lines, text, unitId } from "../wire.ts";
import { DOCUMENT_KINDS, DOCUMENT_LEVELS, REGISTERS } from "./rules-kinds.ts";

export const documentKind = z.enum(DOCUMENT_KINDS);
export const documentLevel = z.enum(DOCUMENT_LEVELS);
export const register = z.enum(REGISTERS);

/** The words of a template, as {@link import("./rules-templates.ts").Template}. */
export const templateWords = z.object({
	above: lines(300),
	issuer: lines(300),
	symbol: text(60),
	title: text(200),
	about: lines(500),
	to: lines(2000),
	opening: lines(8000),
	closing: lines(4000),
	signerFor: text(200),
	recipients: lines(2000),
});

export const letterheadWords = z.object({
	place: text(100),
	signerPost: text(100),
	signerName: text(100),
	symbol: text(30),
});

/** A template as a unit, or a level, has it now. */
export const shownTemplate = z.object({
	kind: documentKind,
	/** What stands on the paper. */
	words: templateWords,
	/** What stood there without the changes made here. */
	defaults: templateWords,
	/** The parts that may be changed here. */
	parts: z.array(templateWords.keyof()),
	/** Of the changes made here; 0 before the first one. */
	version: z.int(),
	changedBy: z.string().nullable(),
	changedAt: z.string().nullable(),
});
export type ShownTemplate = z.infer<typeof shownTemplate>;

/** Whose words: a unit's own, or those of every unit of a level. */
const whose = { unitId: unitId.optional(), level: documentLevel.optional() };

export const documentNumber = z.object({
	id,
	unitId,
	year: z.int(),
	register,
	number: z.int(),
	documentOn: day,
	about: z.string(),
	takenBy: z.string().nullable(),
	takenAt: z.string(),
});
export type DocumentNumber = z.infer<typeof documentNumber>;

export const documentsContract = {
	templates: reads(
		"gathering.read",
		"/documents/templates",
		"Mẫu văn bản và đầu văn bản của một đơn vị, hoặc mẫu chung của một cấp",
	)
		.input(z.object(whose))
		.output(
			z.object({
				unit: z.object({ unitId, name: z.string() }).nullable(),
				level: documentLevel,
				letterhead: letterheadWords.extend({ version: z.int() }).nullable(),
				templates: z.array(shownTemplate),
				/** Whether the one acting may change these. */
				mayWrite: z.boolean(),
				/** Whether she may change those of the levels. */
				mayWriteLevels: z.boolean(),
			}),
		),
	setTemplate: writes(
		"documents.write",
		"/documents/set-template",
		"Sửa mẫu văn bản của một đơn vị, hoặc mẫu chung của một cấp",
	)
		.input(
			z.object({
				...whose,
				kind: documentKind,
				words: templateWords.partial(),
				/** The version that was looked at. */
				version: z.int().min(0),
			}),
		)
		.output(z.object({ version: z.int() })),
	history: reads("gathering.read", "/documents/history", "Các lần sửa một mẫu văn bản: ai sửa, lúc nào, lời khi ấy")
		.input(z.object({ ...whose, kind: documentKind }))
		.output(
			z.array(
				z.object({
					version: z.int(),
					/** The words as they stood after the change, the parts that were not changed in the words of today. */
					words: templateWords,
					/** Which parts were worded apart from the defaults. */
					parts: z.array(z.string()),
					changedBy: z.string().nullable(),
					changedAt: z.string(),
				}),
			),
		),
	setLetterhead: writes(
		"documents.write",
		"/documents/set-letterhead",
		"Ghi địa danh, người ký, ký hiệu trên văn bản của một đơn vị",
	)
		.input(letterheadWords.extend({ unitId, version: z.int().min(0) }))
		.output(z.object({ version: z.int() })),
	numbers: reads("gathering.read", "/documents/numbers", "Số văn bản đã lấy của một đơn vị trong một năm")
		.input(z.object({ unitId: unitId.optional(), year: z.int().min(2017).max(2199).optional() }))
		.output(
			z.object({
				year: z.int(),
				rows: z.array(documentNumber),
				/** The next number of each register. */
				next: z.array(z.object({ register, number: z.int() })),
				mayWrite: z.boolean(),
			}),
		),
	takeNumber: writes("documents.write", "/documents/take-number", "Lấy số tiếp theo trong sổ văn bản")
		.input(
			z.object({
				unitId,
				register,
				about: text(500).min(1, { error: "Hãy ghi trích yếu." }),
				/** The document's day (default today): its year is the register's. */
				documentOn: day.optional(),
			}),
		)
		.output(documentNumber),
};
