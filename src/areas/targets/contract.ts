import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { unitKind } from "../units/contract.ts";
import { count, day, text, unitId } from "../wire.ts";
import { RECORDED_KINDS, TARGET_KINDS } from "./rules-kinds.ts";

export const targetKind = z.enum(TARGET_KINDS);

/** Of which unit: by id, or by the code it bore on `on` (default today; neither: the centre). */
const unitRef = { unitId: unitId.optional(), unit: z.string().max(20).optional(), on: day.optional() };

/** Which target: its kind (a free one with its name), of a term or of a year (neither: the centre's term of the day). */
const which = {
	kind: targetKind,
	name: text(200).default(""),
	termId: z.int().positive().optional(),
	year: z.int().min(2017).max(2199).optional(),
};

export const term = z.object({
	id: z.int(),
	level: z.enum(["centre", "province", "district", "commune"]),
	name: z.string(),
	from: day,
	/** The day from which the next term ran; null while it runs. */
	to: day.nullable(),
	expectedEnd: day,
	document: z.string(),
	/** Who entered it and when; null for the terms the program came with. */
	begunBy: z.string().nullable(),
	begunAt: z.string().nullable(),
	/** How many targets were closed with it, of those she may read. */
	closed: z.int(),
});

/** A target as it stands on a day. Without `decision` all of it was taken over from units that ended. */
export const standing = z.object({
	value: z.int(),
	carried: z.boolean(),
	/** Something in it was parted by shares: "ước tính" (R38). */
	estimated: z.boolean(),
	decision: z
		.object({
			document: z.string(),
			documentOn: day,
			reason: z.string(),
			fromUnit: z.string(),
			decidedBy: z.string().nullable(),
			decidedAt: z.string(),
			baselineOn: day.nullable(),
			baselineMembers: z.int().nullable(),
			baselineDocument: z.string(),
		})
		.nullable(),
});
export type Standing = z.infer<typeof standing>;

/** A unit directly below, with the figures of the day its weight comes from (R14). */
export const child = z.object({
	unitId,
	code: z.string().nullable(),
	name: z.string(),
	kind: unitKind,
	women18: z.int().nullable(),
	members: z.int(),
	weight: z.int(),
	target: standing.nullable(),
});
export type Child = z.infer<typeof child>;

/** Where a unit stands against its target: live figures, "tạm tính". */
export const progressRow = z.object({
	unitId,
	code: z.string().nullable(),
	name: z.string(),
	target: z.int().nullable(),
	/** Net members since the baseline day, or communes over 60 % now. */
	achieved: z.int(),
	remaining: z.int().nullable(),
	/** How many a month it takes to the end; null where no month remains, or nothing was asked. */
	perMonth: z.int().nullable(),
	/** What came on top in the last twelve months. */
	yearNet: z.int(),
	/** What will be achieved by the end at that pace. */
	expected: z.int(),
	reaches: z.boolean().nullable(),
	/** An earlier figure of it was parted by shares: "ước tính" (R38). */
	estimated: z.boolean(),
});
export type ProgressRow = z.infer<typeof progressRow>;

const place = z.object({ unitId, code: z.string().nullable(), name: z.string() });

/** What a unit recorded by hand as achieved, as of a day. */
const achievement = z.object({ value: z.int(), onDay: day, document: z.string() });

/** How the rule did on years that are over, each forecast from nothing but the years before it. */
const check = z.object({
	years: z.array(z.int()),
	/** The unit's own years: how many, and the median of how far off they were, in members. */
	own: z.object({ tested: z.int(), median: z.int() }).nullable(),
	/** All units tested; the errors in members and as parts of a million of the members. */
	tested: z.int(),
	median: z.int(),
	medianPerMillion: z.int(),
	/** How often the year lay within the interval, of the `judged` ones that had one. */
	covered: z.int(),
	judged: z.int(),
});
export type Check = z.infer<typeof check>;

export const targetsContract = {
	terms: reads("targets.read", "/targets/terms", "Các nhiệm kỳ của từng cấp").input(z.object({})).output(z.array(term)),
	beginTerm: writes(
		"terms.write",
		"/targets/begin-term",
		"Bắt đầu một nhiệm kỳ của một cấp; nhiệm kỳ trước kết thúc ngày ấy, các chỉ tiêu của nó được chốt",
	)
		.input(
			z.object({
				level: term.shape.level,
				name: text(200).min(1, { error: "Hãy ghi tên nhiệm kỳ." }),
				from: day,
				/** Up to when a pace is reckoned while the next congress has no day. */
				expectedEnd: day,
				document: text(500).min(1, { error: "Hãy ghi số, ngày văn bản." }),
			}),
		)
		.output(z.object({ id: z.int(), ended: z.string().nullable(), closed: z.int() })),
	record: writes("targets.record", "/targets/record", "Ghi số đã thực hiện của một chỉ tiêu chương trình chưa tự tính")
		.input(
			z.object({
				unitId,
				...which,
				kind: z.enum(RECORDED_KINDS),
				value: count,
				onDay: day,
				document: text(500).min(1, { error: "Hãy ghi số, ngày văn bản." }),
			}),
		)
		.output(z.object({ id: z.string() })),
	achieved: reads(
		"targets.read",
		"/targets/achieved",
		"Số đã thực hiện do đơn vị ghi, của đơn vị và các đơn vị trực thuộc",
	)
		.input(z.object({ ...unitRef, ...which, kind: z.enum(RECORDED_KINDS) }))
		.output(
			z.object({
				own: achievement.nullable(),
				/** What was recorded directly below, added up; null where nothing was. */
				below: z.int().nullable(),
				rows: z.array(place.extend({ target: z.int().nullable(), achieved: achievement.nullable() })),
				/** Every record of the unit itself, the latest day first. */
				history: z.array(achievement.extend({ recordedBy: z.string().nullable(), recordedAt: z.string() })),
				mayRecord: z.boolean(),
			}),
		),
	free: reads("targets.read", "/targets/free", "Các chỉ tiêu khác đã giao cho hoặc do một đơn vị giao")
		.input(z.object(unitRef))
		.output(
			z.array(
				z.object({ name: z.string(), measure: z.string(), termId: z.int().nullable(), year: z.int().nullable() }),
			),
		),
	propose: reads("targets.read", "/targets/propose", "Dự kiến phân bổ chỉ tiêu cho các đơn vị trực thuộc vào một ngày")
		.input(
			z.object({
				...unitRef,
				kind: z.literal("net_new_members"),
				total: count,
				/** Rows a person has fixed keep their value; the rest share what remains. */
				locked: z
					.array(z.object({ unitId, target: count }))
					.max(2000)
					.optional(),
			}),
		)
		.output(
			z.object({
				on: day,
				rows: z.array(child.omit({ target: true, kind: true }).extend({ target: z.int(), locked: z.boolean() })),
				sum: z.int(),
				/** By how much the rows add up to less than the total. */
				short: z.int(),
				/** Communes without a denominator: they have no weight. */
				without: z.array(place),
				/** For a day before today: how many rows weigh another number today, and the weights of all then and now. */
				changed: z.object({ rows: z.int(), weight: z.int(), weightToday: z.int() }).nullable(),
			}),
		),
	set: writes("targets.allot", "/targets/set", "Giao, điều chỉnh chỉ tiêu bằng một văn bản")
		.input(
			z.object({
				unitId,
				...which,
				measure: text(60).default(""),
				document: text(500).min(1, { error: "Hãy ghi số, ngày văn bản." }),
				documentOn: day.optional(),
				/** The unit's own target, where none stands above it: the centre's, or of a term of its own. */
				own: z
					.object({
						value: count,
						baselineOn: day.optional(),
						baselineMembers: count.optional(),
						baselineDocument: text(500).default(""),
					})
					.optional(),
				rows: z
					.array(z.object({ unitId, value: count }))
					.max(2000)
					.default([]),
				/** Why less is allotted than stands above; without it less is refused (`target.short`). */
				reason: text(500).default(""),
			}),
		)
		.output(z.object({ saved: z.int(), above: z.int().nullable(), sum: z.int(), short: z.int() })),
	progress: reads("targets.read", "/targets/progress", "Đã thực hiện đến nay so với chỉ tiêu, và mức tăng cần thiết")
		.input(z.object({ ...unitRef, ...which, kind: z.enum(["net_new_members", "communes_over_60"]) }))
		.output(
			z.object({
				/** The day of the figures: `on`, or the last day of a period that is over. */
				on: day,
				/** The day from which a net gain is counted, and whether a document says so (else the period's first day). */
				baselineOn: day,
				recorded: z.boolean(),
				/** The members of the baseline as recorded, where the unit's own target has them. */
				baselineMembers: z.int().nullable(),
				yearAgo: day,
				end: day,
				monthsLeft: z.int(),
				own: progressRow,
				rows: z.array(progressRow),
				/** Communes not over 60 % that would not be at the end at their pace of the last twelve months; `known`: of how many with a denominator. */
				notPassing: z.array(
					place.extend({
						parent: z.string(),
						members: z.int(),
						women18: z.int(),
						missing: z.int(),
						yearNet: z.int(),
						expected: z.int(),
					}),
				),
				known: z.int(),
				/** How many of them are over 60 % on the day. */
				over: z.int(),
			}),
		),
	forecast: reads("targets.read", "/targets/forecast", "Dự báo đến hết kỳ, và sai số khi thử trên các năm trước")
		.input(z.object({ ...unitRef, ...which, kind: z.enum(["net_new_members", "communes_over_60"]) }))
		.output(
			z.object({
				on: day,
				end: day,
				/** What comes on top by the end, of the unit and of those directly below; `low` and `high`: about four times in five between them. */
				units: z.array(z.object({ unitId, net: z.int(), low: z.int().nullable(), high: z.int().nullable() })),
				/** A history was parted by shares: "ước tính" (R38). */
				estimated: z.boolean(),
				passing: z.object({
					/** Communes with a denominator, and how many are over 60 % now. */
					known: z.int(),
					over: z.int(),
					/** Over 60 % at the end: at the forecast, at its lower and at its upper bound; `unknown` have too short a history. */
					expected: z.int(),
					certain: z.int(),
					possible: z.int(),
					unknown: z.int(),
					not: z.array(
						place.extend({
							parent: z.string(),
							members: z.int(),
							women18: z.int(),
							missing: z.int(),
							expected: z.int(),
							low: z.int().nullable(),
							high: z.int().nullable(),
							/** It would be at the upper bound. */
							possible: z.boolean(),
						}),
					),
				}),
				check,
				communesCheck: check,
			}),
		),
	show: reads("targets.read", "/targets/show", "Chỉ tiêu của một đơn vị, đã giao xuống, và các lần giao")
		.input(z.object({ ...unitRef, ...which, kind: targetKind.default("net_new_members") }))
		.output(
			z.object({
				on: day,
				unit: place.extend({ kind: unitKind }),
				kind: targetKind,
				name: z.string(),
				measure: z.string(),
				period: z.object({
					termId: z.int().nullable(),
					year: z.int().nullable(),
					name: z.string(),
					from: day,
					end: day,
				}),
				target: standing.nullable(),
				/** How it stood on the last day of a term that was ended. */
				closed: z.object({ onDay: day, value: z.int(), achieved: z.int().nullable() }).nullable(),
				rows: z.array(child),
				/** What stands below, added up; `short`: by how much that is less than the unit's own target. */
				sum: z.int(),
				short: z.int(),
				without: z.array(place),
				/** Targets nobody below answers for: of units that ended without a successor, and what *Chưa phân* holds of a parted one. */
				unplaced: z.array(place.extend({ value: z.int() })),
				history: z.array(
					z.object({
						id: z.string(),
						value: z.int(),
						document: z.string(),
						documentOn: day,
						reason: z.string(),
						decidedBy: z.string().nullable(),
						decidedAt: z.string(),
						superseded: z.boolean(),
					}),
				),
				/** Whether the one acting may decide for the units below, and for the unit itself. */
				mayAllot: z.boolean(),
				mayDecide: z.boolean(),
			}),
		),
};
