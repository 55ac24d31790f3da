import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { rateClass, rateRow } from "../gathering/contract.ts";
import { count, day, id, lines, text, unitId } from "../wire.ts";
import { RESULTS, WHYS } from "./rules.ts";
import { STATES } from "./rules-kinds.ts";

const unit = { unitId: unitId.optional(), unit: z.string().max(20).optional() };
const code = z.string().regex(/^[a-z0-9_.-]{1,60}$/, { error: "Mục đã chọn không hợp lệ." });
const state = z.enum(STATES);

/** An entry of the lists people choose from: the guidance's own words or a unit's. */
const entry = z.object({
	code: z.string(),
	kind: z.string(),
	words: z.string(),
	parentCode: z.string().nullable(),
	guidance: z.string(),
	offeredBy: z.object({ unitId, name: z.string() }).nullable(),
	offeredUnder: z.object({ unitId, name: z.string() }).nullable(),
	offeredToAll: z.boolean(),
	/** She may offer it further: to all below her own unit, or as the centre to the whole country. */
	mayOffer: z.boolean(),
});
export type CatalogueEntry = z.infer<typeof entry>;

/** A commune of the list. */
const listed = z.object({
	unitId,
	code: z.string().nullable(),
	name: z.string(),
	parent: z.string(),
	class: rateClass,
	members: z.int(),
	women18: z.int(),
	rate: z.string(),
	missing: z.int(),
	/** The first half-year's data day of the term since which it has been without a break not over 60 %; null: since a later day. */
	since: day.nullable(),
	/** Members gained (lost) in the last twelve months. */
	yearNet: z.int(),
	/** The hard-to-gather groups of its case. */
	groups: z.array(z.string()),
	state,
	goalOn: day.nullable(),
	/** Under the map of another day, from parts. */
	estimated: z.boolean(),
});
export type Listed = z.infer<typeof listed>;

const moved = z.object({
	unitId,
	code: z.string().nullable(),
	name: z.string(),
	parent: z.string(),
	before: z.string(),
	rate: z.string(),
});

const causeIn = z.object({
	cause: code,
	weight: z.int().min(1).max(3),
	evidence: lines(2000).default(""),
});
const groupIn = z.object({
	group: code,
	women: count.max(10_000_000).nullable().default(null),
	note: lines(2000).default(""),
});
const milestoneIn = z.object({ day, members: count.max(10_000_000), note: text(500).default("") });
const solutionIn = z.object({
	/** Of one that is there already. */
	id: id.optional(),
	solution: code,
	cause: code.nullable().default(null),
	begunOn: day,
	endedOn: day.nullable().default(null),
	responsible: text(300).default(""),
	note: lines(2000).default(""),
});
const resourceIn = z.object({
	id: id.optional(),
	words: text(500).min(1, { error: "Hãy ghi nguồn lực." }),
	source: text(300).default(""),
	amount: z.int().min(0, { error: "Không được âm." }).max(1_000_000_000_000_000).nullable().default(null),
	onDay: day.nullable().default(null),
});
const partnerIn = z.object({ partner: code, task: text(1000).default("") });

/** What may be written of a case; what is not named stays as it is. */
const parts = {
	note: lines(2000).optional(),
	veryDifficult: z.boolean().optional(),
	causes: z.array(causeIn).max(60).optional(),
	groups: z.array(groupIn).max(60).optional(),
	milestones: z.array(milestoneIn).max(60).optional(),
	solutions: z.array(solutionIn).max(100).optional(),
	resources: z.array(resourceIn).max(100).optional(),
	partners: z.array(partnerIn).max(60).optional(),
};

const supportCase = z.object({
	/** Null while it is still the case of communes that ended: the first change makes one of its own. */
	id: id.nullable(),
	version: z.int(),
	why: z.enum(WHYS),
	openedOn: day,
	openedBy: z.string().nullable(),
	note: z.string(),
	veryDifficult: z.boolean(),
	/** When it was opened. */
	before: z.object({ members: z.int(), women18: z.int(), rate: z.string() }).nullable(),
	goalOn: day.nullable(),
	closed: z
		.object({
			on: day,
			by: z.string().nullable(),
			result: z.enum(RESULTS),
			note: z.string(),
			confirmedOn: day.nullable(),
		})
		.nullable(),
	causes: z.array(
		z.object({ cause: z.string(), words: z.string(), guidance: z.string(), weight: z.int(), evidence: z.string() }),
	),
	groups: z.array(z.object({ group: z.string(), words: z.string(), women: z.int().nullable(), note: z.string() })),
	milestones: z.array(
		z.object({
			day,
			members: z.int(),
			note: z.string(),
			/** Worked out anew after a reorganisation. */
			recomputed: z.boolean(),
			/** How many there were, once the day is over. */
			actual: z.int().nullable(),
			/** By the numbers of today this milestone is over 60 %. */
			over: z.boolean(),
		}),
	),
	solutions: z.array(
		z.object({
			id,
			solution: z.string(),
			words: z.string(),
			guidance: z.string(),
			group: z.string(),
			cause: z.string().nullable(),
			begunOn: day,
			endedOn: day.nullable(),
			responsible: z.string(),
			note: z.string(),
		}),
	),
	resources: z.array(
		z.object({ id, words: z.string(), source: z.string(), amount: z.int().nullable(), onDay: day.nullable() }),
	),
	partners: z.array(z.object({ partner: z.string(), words: z.string(), task: z.string() })),
	/** The communes whose cases it goes on from. */
	origins: z.array(z.object({ unitId, name: z.string(), openedOn: day })),
});
export type SupportCase = z.infer<typeof supportCase>;

export const supportContract = {
	list: reads(
		"support.read",
		"/support/list",
		"Cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60% vào một ngày, ai ra khỏi danh sách, ai tụt lại",
	)
		.input(z.object({ ...unit, on: day.optional(), map: day.optional(), since: day.optional() }))
		.output(
			z.object({
				on: day,
				map: day.nullable(),
				since: day,
				unit: z.object({ unitId, name: z.string(), kind: z.string() }),
				counts: z.object({ under: z.int(), exactly: z.int(), over: z.int(), none: z.int() }),
				/** What the guidance says of its day, and what the data say of it under their own units; the second for the whole country only. */
				official: z.object({ communes: z.int(), provinces: z.int(), on: day, source: z.string() }).nullable(),
				byData: z.object({ on: day, under: z.int(), provinces: z.int(), known: z.int() }).nullable(),
				rows: z.array(listed),
				left: z.array(moved),
				fellBack: z.array(moved),
				/** Over 60 % now, their cases still open: `before` is the rate of the day compared with. */
				passing: z.array(moved.extend({ state })),
				/** With an open case, but without a rate: nobody knows the women aged 18 and over. */
				unrated: z.array(moved.omit({ before: true, rate: true })),
			}),
		),
	show: reads("support.read", "/support/show", "Hồ sơ hỗ trợ một cơ sở: đứng ở đâu, vì sao, làm gì, đến khi nào")
		.input(z.object({ ...unit }))
		.output(
			z.object({
				unit: z.object({ unitId, code: z.string().nullable(), name: z.string(), path: z.array(z.string()) }),
				row: rateRow,
				state,
				/** Since when it has been over 60 %; null: it is not, or for longer than a year. */
				crossedOn: day.nullable(),
				/** The data day that confirms, or has confirmed. */
				dataDay: day,
				since: day.nullable(),
				case: supportCase.nullable(),
				/** Earlier cases of the commune, the latest first. */
				earlier: z.array(z.object({ id, openedOn: day, closedOn: day, result: z.enum(RESULTS), note: z.string() })),
				revisions: z.array(z.object({ version: z.int(), part: z.string(), by: z.string().nullable(), at: z.string() })),
				mayWrite: z.boolean(),
				/** What a road map could be where there is none. */
				proposed: z.array(z.object({ day, members: z.int() })),
			}),
		),
	catalogue: reads(
		"support.read",
		"/support/catalogue",
		"Các danh mục của hồ sơ hỗ trợ: nguyên nhân, giải pháp, nhóm phụ nữ khó tập hợp, lực lượng phối hợp",
	)
		.input(z.object({ kinds: z.array(z.string().max(40)).optional() }))
		.output(z.array(entry)),
	overview: reads(
		"support.read",
		"/support/overview",
		"Việc hỗ trợ cơ sở trong một đơn vị: hồ sơ theo tình trạng, nguyên nhân, giải pháp, trước và nay",
	)
		.input(z.object(unit))
		.output(
			z.object({
				unit: z.object({ unitId, name: z.string(), kind: z.string() }),
				on: day,
				/** Communes not over 60 % by how their case stands, with cases of communes that have passed. */
				states: z.array(z.object({ state, communes: z.int() })),
				causes: z.array(
					z.object({ code: z.string(), words: z.string(), guidance: z.string(), communes: z.int(), main: z.int() }),
				),
				solutions: z.array(
					z.object({ code: z.string(), words: z.string(), guidance: z.string(), begun: z.int(), planned: z.int() }),
				),
				groups: z.array(z.object({ code: z.string(), words: z.string(), communes: z.int(), women: z.int() })),
				/** Rates of supported communes, when their cases were opened and now. */
				strip: z.array(z.object({ unitId, name: z.string(), before: z.string(), now: z.string(), class: rateClass })),
			}),
		),
	open: writes("support.write", "/support/open", "Lập hồ sơ hỗ trợ cho một cơ sở")
		.input(z.object({ ...unit, note: lines(2000).default("") }))
		.output(z.object({ caseId: id, unitId })),
	review: writes(
		"support.write",
		"/support/review",
		"Rà soát: lập hồ sơ cho mọi cơ sở chưa đạt trên 60%, kết thúc hồ sơ mà kỳ 6 tháng đã xác nhận",
	)
		.input(z.object(unit))
		.output(z.object({ opened: z.int(), closed: z.int(), waiting: z.int(), fellBack: z.int() })),
	save: writes(
		"support.write",
		"/support/save",
		"Ghi nguyên nhân, nhóm, giải pháp, lộ trình, nguồn lực của một hồ sơ hỗ trợ",
	)
		.input(z.object({ unitId, version: z.int().min(0), ...parts }))
		.output(z.object({ caseId: id, version: z.int() })),
	close: writes("support.write", "/support/close", "Kết thúc một hồ sơ hỗ trợ")
		.input(z.object({ unitId, version: z.int().min(0), result: z.enum(RESULTS), note: lines(2000).default("") }))
		.output(z.object({ caseId: id })),
	addEntry: writes("support.write", "/support/add-entry", "Thêm một mục vào danh mục của đơn vị mình")
		.input(
			z.object({
				unitId: unitId.optional(),
				kind: z.enum(["cause", "solution", "group", "partner"]),
				words: text(600).min(1, { error: "Hãy ghi nội dung." }),
				parentCode: code.optional(),
			}),
		)
		.output(z.object({ code: z.string() })),
	offerEntry: writes("support.assign", "/support/offer-entry", "Giới thiệu một mục của cơ sở cho mọi đơn vị dưới quyền")
		.input(z.object({ code }))
		.output(z.object({ code: z.string(), offeredToAll: z.boolean() })),
};
