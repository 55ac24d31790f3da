import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { unitKind } from "../units/contract.ts";
import { count, day, id, lines, text, unitId } from "../wire.ts";
import { page, place, top, unitRef, version } from "./contract-places.ts";
import { CLUB_BASES, CRITERIA, PAIR_FORMS } from "./rules.ts";

/** An entry of the catalogue of support: of kind `model`, or of kind `group`. */
const entry = z.string().regex(/^[a-z0-9_.-]{1,60}$/, { error: "Hãy chọn trong danh mục." });
const kind = entry;
const basis = z.enum(CLUB_BASES);
const group = entry;
const criterion = z.enum(CRITERIA);

/** Sums of the registries of a unit and all below it: what stands on the day, and what came in the period that ends with it. */
const counts = z.object({
	communes: z.int(),
	/** Communes with at least one running model for a hard-to-gather group (R21). */
	withModel: z.int(),
	models: z.int(),
	modelMembers: z.int(),
	pairs: z.int(),
	pairsSucceeded: z.int(),
	branches: z.int(),
	/** Branches that meet all six of "3 có, 3 biết". */
	branchesMetAll: z.int(),
	/** Branches and groups, and those behind with their meetings (R42). */
	leaves: z.int(),
	leavesBehind: z.int(),
	meetings: z.int(),
	activities: z.int(),
	membersPresent: z.int(),
	othersPresent: z.int(),
	branchesAttended: z.int(),
	wishes: z.int(),
	wishesOpen: z.int(),
	fostering: z.int(),
	introduced: z.int(),
	admitted: z.int(),
	/** Communes that a running programme reaches, and the money named for them, in đồng. */
	reached: z.int(),
	money: z.int(),
});
export type Counts = z.infer<typeof counts>;

const what = {
	kind,
	basis: basis.nullable().default(null),
	/** The hard-to-gather group it is for; null: for none in particular. */
	forGroup: group.nullable(),
	name: text(300).min(1, { error: "Hãy ghi tên mô hình." }),
	founded: day,
	ended: day.nullable().default(null),
	members: count,
	helpers: text(500).default(""),
	note: lines(2000).default(""),
};

const model = place.extend({
	id,
	kind: z.string(),
	kindWords: z.string(),
	basis: basis.nullable(),
	forGroup: z.string().nullable(),
	groupWords: z.string().nullable(),
	name: z.string(),
	founded: day,
	ended: day.nullable(),
	members: z.int(),
	helpers: z.string(),
	note: z.string(),
	version,
	recordedBy: z.string().nullable(),
	mayChange: z.boolean(),
});
export type Model = z.infer<typeof model>;

/** One side of a pair: a unit, a woman kept by name, or words. */
const sideGiven = z
	.object({ unitId: unitId.optional(), personId: id.optional(), words: text(200).default("") })
	.refine((side) => side.unitId !== undefined || side.personId !== undefined || side.words !== "", {
		error: "Hãy chọn hoặc ghi hai bên của cặp.",
	});
const side = z.object({ unitId: unitId.nullable(), personId: id.nullable(), words: z.string() });

const pair = place.extend({
	id,
	form: z.enum(PAIR_FORMS),
	formWords: z.string(),
	helper: side,
	helped: side,
	started: day,
	ended: day.nullable(),
	succeeded: z.boolean().nullable(),
	result: z.string(),
	version,
	mayChange: z.boolean(),
});
export type Pair = z.infer<typeof pair>;

const answer = z.object({ met: z.boolean(), onDay: day, note: z.string() }).nullable();

const choice = z.object({ code: z.string(), words: z.string() });

export const modelsContract = {
	choices: reads("models.read", "/models/choices", "Các loại mô hình và nhóm phụ nữ khó tập hợp trong danh mục")
		.input(z.object({}))
		.output(z.object({ kinds: z.array(choice), groups: z.array(choice) })),
	counts: reads(
		"models.read",
		"/models/counts",
		"Mô hình, sinh hoạt, 3 cùng, nguồn lực: cộng từ các xã lên từng đơn vị",
	)
		.input(z.object({ ...unitRef, from: day.optional() }))
		.output(
			z.object({
				unit: top,
				from: day,
				on: day,
				own: counts,
				rows: z.array(z.object({ unitId, kind: unitKind, code: z.string().nullable(), name: z.string(), counts })),
			}),
		),
	list: reads("models.read", "/models/list", "Các mô hình của một đơn vị và các đơn vị trực thuộc vào một ngày")
		.input(
			z.object({
				...unitRef,
				kind: kind.optional(),
				group: group.optional(),
				state: z.enum(["running", "ended", "all"]).default("running"),
				...page,
			}),
		)
		.output(
			z.object({
				unit: top,
				on: day,
				total: z.int(),
				members: z.int(),
				rows: z.array(model),
				/** Clubs of the unit itself that no model names yet. */
				clubs: z.array(z.object({ unitId, name: z.string() })),
				mayAdd: z.boolean(),
			}),
		),
	without: reads(
		"models.read",
		"/models/without",
		"Các xã chưa có mô hình tập hợp nhóm phụ nữ khó tập hợp vào một ngày",
	)
		.input(z.object({ ...unitRef, notOver: z.boolean().default(false) }))
		.output(
			z.object({
				unit: top,
				on: day,
				communes: z.int(),
				rows: z.array(
					z.object({
						unitId,
						code: z.string().nullable(),
						name: z.string(),
						parent: z.string(),
						/** Other running models it has. */
						others: z.int(),
						class: z.enum(["under", "exactly", "over"]).nullable(),
						rate: z.string().nullable(),
						missing: z.int().nullable(),
					}),
				),
			}),
		),
	add: writes("models.write", "/models/add", "Ghi một mô hình")
		.input(z.object({ unitId, ...what }))
		.output(model),
	change: writes("models.write", "/models/change", "Sửa hoặc kết thúc một mô hình")
		.input(z.object({ id, version, unitId, ...what }))
		.output(model),
	pairs: reads("models.read", "/models/pairs", "Các cặp “1+1” của một đơn vị và các đơn vị trực thuộc")
		.input(z.object({ ...unitRef, state: z.enum(["running", "ended", "all"]).default("all"), ...page }))
		.output(
			z.object({
				unit: top,
				on: day,
				running: z.int(),
				succeeded: z.int(),
				failed: z.int(),
				/** Empty where members.read does not reach: the sums above are told all the same. */
				rows: z.array(pair),
				mayAdd: z.boolean(),
				/** Branches and groups that can be a side. */
				branches: z.array(z.object({ unitId, name: z.string() })),
			}),
		),
	addPair: writes("models.write", "/models/add-pair", "Ghi một cặp “1+1”")
		.input(
			z.object({
				unitId,
				form: z.enum(PAIR_FORMS),
				formWords: text(200).default(""),
				helper: sideGiven,
				helped: sideGiven,
				started: day,
			}),
		)
		.output(pair),
	changePair: writes("models.write", "/models/change-pair", "Ghi kết quả của một cặp “1+1”")
		.input(
			z.object({
				id,
				version,
				started: day,
				ended: day.nullable(),
				succeeded: z.boolean().nullable(),
				result: lines(2000).default(""),
			}),
		)
		.output(pair),
	criteria: reads("models.read", "/models/criteria", "“3 có, 3 biết” của từng chi hội vào một ngày")
		.input(z.object({ ...unitRef, ...page }))
		.output(
			z.object({
				unit: top,
				on: day,
				branches: z.int(),
				metAll: z.int(),
				rows: z.array(place.extend({ met: z.int(), answers: z.record(criterion, answer), mayChange: z.boolean() })),
			}),
		),
	setCriteria: writes("models.write", "/models/set-criteria", "Ghi “3 có, 3 biết” của một chi hội vào một ngày")
		.input(
			z.object({
				unitId,
				onDay: day,
				answers: z
					.array(z.object({ criterion, met: z.boolean(), note: text(500).default("") }))
					.min(1)
					.max(6),
			}),
		)
		.output(z.object({ saved: z.int() })),
};
