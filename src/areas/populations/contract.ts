import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { count, day, text, unitId } from "../wire.ts";

export const source = z.object({
	id: z.int(),
	name: z.string(),
	official: z.boolean(),
	term: z.string(),
	figures: z.int(),
});

export const populationsContract = {
	sources: reads("gathering.read", "/populations/sources", "Các nguồn số liệu phụ nữ từ 18 tuổi trở lên")
		.input(
			z.object({
				/** Only of the term of this day; without it of all terms, the latest first. */
				on: day.optional(),
			}),
		)
		.output(z.array(source)),
	list: reads(
		"gathering.read",
		"/populations/list",
		"Phụ nữ từ 18 tuổi trở lên của các xã thuộc một đơn vị vào một ngày",
	)
		.input(z.object({ unitId, on: day.optional() }))
		.output(
			z.array(
				z.object({
					unitId,
					code: z.string().nullable(),
					name: z.string(),
					women18: z.int().nullable(),
					/** "apportioned": some of it is a share of a parted place, "ước tính" (R38). */
					how: z.enum(["recorded", "carried", "apportioned", "none"]),
					document: z.string(),
					/** The commune's own count, never used for the rate. */
					present: z.int().nullable(),
					presentOn: day.nullable(),
				}),
			),
		),
	set: writes(
		"populations.write",
		"/populations/set",
		"Ghi số phụ nữ từ 18 tuổi trở lên của một xã theo nguồn chính thức",
	)
		.input(
			z.object({
				unitId,
				women18: count.min(1, { error: "Phải lớn hơn 0." }),
				document: text(500).default(""),
				sourceId: z.int().optional(),
			}),
		)
		.output(z.object({ unitId, women18: z.int() })),
	setOfficial: writes("populations.write", "/populations/set-official", "Chọn nguồn chính thức của nhiệm kỳ")
		.input(z.object({ sourceId: z.int() }))
		.output(z.array(source)),
	setPresent: writes(
		"members.write",
		"/populations/set-present",
		"Ghi số phụ nữ hiện có mặt (Hội tự rà soát, không dùng để tính tỷ lệ)",
	)
		.input(z.object({ unitId, onDay: day, women18: count }))
		.output(z.object({ unitId, women18: z.int() })),
	import: writes("populations.write", "/populations/import", "Nhập từ bảng; một dòng sai thì không dòng nào được ghi")
		.input(
			z.object({
				source: text(300).min(1, { error: "Hãy ghi nguồn số liệu." }),
				asOf: day.optional(),
				rows: z
					.array(z.object({ row: z.int(), code: z.string(), women18: z.string(), document: z.string().default("") }))
					.max(200_000),
			}),
		)
		.output(z.object({ rows: z.int(), saved: z.int(), official: z.boolean() })),
};
