import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, id, lines, text, unitId } from "../wire.ts";
import { page, top, unitRef, version } from "./contract-places.ts";
import { PROGRAMME_KINDS } from "./rules.ts";

const kind = z.enum(PROGRAMME_KINDS);

/** Money in whole đồng. */
const amount = z
	.int({ error: "Phải là số nguyên đồng." })
	.min(0, { error: "Không được âm." })
	.max(1_000_000_000_000_000, { error: "Số quá lớn." })
	.nullable();

const programme = z.object({
	id,
	unitId,
	unitName: z.string(),
	kind,
	name: z.string(),
	source: z.string(),
	from: day,
	until: day.nullable(),
	amount,
	note: z.string(),
	version,
	running: z.boolean(),
	/** Communes it reaches, of those she may read. */
	communes: z.int(),
	/** What is named for those communes, added up. */
	named: z.int(),
	mayChange: z.boolean(),
});
export type Programme = z.infer<typeof programme>;

const reached = z.object({ unitId, code: z.string().nullable(), name: z.string(), parent: z.string(), amount });
export type Reached = z.infer<typeof reached>;

export const programmesContract = {
	list: reads("models.read", "/programmes/list", "Chương trình, đề án, dự án, nguồn lực đến các xã của một đơn vị")
		.input(z.object({ ...unitRef, state: z.enum(["running", "all"]).default("running"), ...page }))
		.output(
			z.object({ unit: top, on: day, total: z.int(), amount: z.int(), rows: z.array(programme), mayAdd: z.boolean() }),
		),
	show: reads("models.read", "/programmes/show", "Một chương trình và các xã thụ hưởng")
		.input(z.object({ id }))
		.output(z.object({ programme, communes: z.array(reached) })),
	unreached: reads(
		"models.read",
		"/programmes/unreached",
		"Các xã chưa đạt tỷ lệ tập hợp trên 60% chưa có chương trình, nguồn lực nào",
	)
		.input(z.object(unitRef))
		.output(
			z.object({
				unit: top,
				on: day,
				/** Communes not over 60 % there are. */
				notOver: z.int(),
				rows: z.array(
					z.object({
						unitId,
						code: z.string().nullable(),
						name: z.string(),
						parent: z.string(),
						rate: z.string().nullable(),
						missing: z.int().nullable(),
					}),
				),
			}),
		),
	set: writes("models.write", "/programmes/set", "Ghi hoặc sửa một chương trình, nguồn lực và các xã thụ hưởng")
		.input(
			z
				.object({
					/** Of one that is there: what she saw of it. */
					id: id.optional(),
					version: version.optional(),
					unitId,
					kind,
					name: text(300).min(1, { error: "Hãy ghi tên." }),
					source: text(300).default(""),
					from: day,
					until: day.nullable().default(null),
					amount: amount.default(null),
					note: lines(2000).default(""),
					communes: z
						.array(z.object({ unitId, amount: amount.default(null) }))
						.max(12_000)
						.default([]),
				})
				.refine((given) => (given.id === undefined) === (given.version === undefined), {
					error: "Sửa thì phải kèm số lần sửa đã xem.",
				}),
		)
		.output(programme),
};
