import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { count, day, id, text, unitId } from "../wire.ts";
import { COMPONENTS } from "./rules.ts";

export const component = z.enum(COMPONENTS);
export type HeadcountComponent = z.infer<typeof component>;

export const headcount = z.object({
	id,
	unitId,
	unitName: z.string(),
	component,
	onDay: day,
	count: z.int(),
	overlap: z.int(),
	source: z.string(),
	document: z.string(),
	enteredBy: z.string(),
	enteredAt: z.string(),
	/** Replaced by a later entry of the same day. */
	superseded: z.boolean(),
});

export const headcountsContract = {
	list: reads(
		"headcounts.read",
		"/headcounts/list",
		"Số liệu tổng hợp có hiệu lực vào một ngày, của một đơn vị và các đơn vị trực thuộc",
	)
		.input(z.object({ unitId, on: day.optional(), below: z.boolean().default(false) }))
		.output(
			z.array(
				z.object({
					unitId,
					unitName: z.string(),
					code: z.string().nullable(),
					figures: z.array(
						headcount
							.pick({
								id: true,
								component: true,
								onDay: true,
								count: true,
								overlap: true,
								source: true,
								document: true,
							})
							.extend({
								carried: z.boolean(),
								/** The predecessor that reported a carried figure, by its name of that time. */
								carriedFrom: z.string().nullable(),
							}),
					),
				}),
			),
		),
	history: reads("headcounts.read", "/headcounts/history", "Mọi lần nhập của một đơn vị")
		.input(z.object({ unitId, component: component.optional() }))
		.output(z.array(headcount)),
	set: writes("headcounts.write", "/headcounts/set", "Nhập một số liệu; cùng ngày thì thay số cũ")
		.input(
			z.object({
				unitId,
				component,
				onDay: day,
				count,
				overlap: count.default(0),
				source: text(500).min(1, { error: "Hãy ghi nguồn cung cấp số liệu." }),
				document: text(500).default(""),
				/** The figure of the same day she saw (null: none); where another stands by now, a Problem shows it. */
				replaces: id.nullable().optional(),
			}),
		)
		.output(headcount),
	import: writes("headcounts.write", "/headcounts/import", "Nhập từ bảng; một dòng sai thì không dòng nào được ghi")
		.input(
			z.object({
				on: day,
				rows: z
					.array(
						z.object({
							row: z.int(),
							code: z.string(),
							component: z.string(),
							count: z.string(),
							overlap: z.string(),
							source: z.string(),
							document: z.string().default(""),
						}),
					)
					.max(200_000),
			}),
		)
		.output(z.object({ rows: z.int(), saved: z.int() })),
};
