import * as z from "zod";
import { reads } from "../endpoint.ts";
import { unitKind, unitRef } from "../units/contract.ts";
import { day, unitId } from "../wire.ts";

export const LEVELS = ["centre", "cluster", "province", "district", "commune", "branch"] as const;
export const level = z.enum(LEVELS);
export const rateClass = z.enum(["under", "exactly", "over"]);

/** The parts of a total; `overlap` is subtracted. */
export const parts = z.object({
	roster: z.int(),
	unlisted: z.int(),
	trade_union: z.int(),
	armed_forces: z.int(),
	member_organisation: z.int(),
	upper_club: z.int(),
	overlap: z.int(),
});
export type Parts = z.infer<typeof parts>;

/** One unit's figures on a day. `rate` is per cent with two decimals and a point; class and missing come from integers (R1). */
export const rateRow = z.object({
	id: unitId,
	code: z.string().nullable(),
	name: z.string(),
	kind: unitKind,
	parentId: unitId.nullable(),
	/** Made by the program from a day it has checked: checked again for each of 11 000 rows, it was a fifth of the answer's time. */
	on: z.string().meta({ format: "date" }),
	women18: z.int().nullable(),
	without_denominator: z.int(),
	members: z.int(),
	parts,
	rate: z.string().nullable(),
	class: rateClass.nullable(),
	missing: z.int().nullable(),
	/** The day whose map of units the row follows, where it is another than the figures' own (R38). */
	map: day.nullable(),
	/** Something in it was parted by shares: "ước tính". */
	estimated: z.boolean(),
});
export type RateRow = z.infer<typeof rateRow>;

export const gatheringContract = {
	rates: reads("gathering.read", "/gathering/rates", "Tỷ lệ tập hợp vào một ngày")
		.input(
			z.object({
				on: day.optional(),
				/** The figures of `on` under the units of this day; units and codes then mean those of the map. */
				map: day.optional(),
				unitId: unitId.optional(),
				unit: z.string().max(20).optional(),
				/** `all`: every level down to the communes in one table. */
				level: z.enum([...LEVELS, "all"]).optional(),
				class: rateClass.optional(),
				/** Only the direct children of the unit, whatever their level: for tree tables. */
				children: z.boolean().optional(),
			}),
		)
		.output(z.array(rateRow)),
	overview: reads("gathering.read", "/gathering/overview", "Các xã theo xếp loại, trong một đơn vị, vào một ngày")
		.input(z.object({ ...unitRef }))
		.output(
			z.object({
				unit: rateRow,
				/** Communes of each class; `none`: without denominator. */
				classes: z.object({ under: z.int(), exactly: z.int(), over: z.int(), none: z.int() }),
				classesBefore: z.object({ on: day, under: z.int(), exactly: z.int(), over: z.int(), none: z.int() }).nullable(),
				over100: z.int(),
				communes: z.array(
					z.object({
						id: unitId,
						parentId: unitId.nullable(),
						name: z.string(),
						rate: z.string(),
						class: rateClass,
						missing: z.int(),
					}),
				),
				provinces: z.array(rateRow),
			}),
		),
	classShares: reads(
		"gathering.read",
		"/gathering/class-shares",
		"Số xã theo xếp loại của từng tỉnh vào một ngày, theo đơn vị của ngày ấy hoặc ngày khác",
	)
		.input(z.object({ on: day.optional(), map: day.optional() }))
		.output(
			z.array(
				z.object({
					id: unitId,
					code: z.string().nullable(),
					name: z.string(),
					under: z.int(),
					exactly: z.int(),
					over: z.int(),
					none: z.int(),
				}),
			),
		),
	trend: reads("gathering.read", "/gathering/trend", "Tỷ lệ tập hợp của một đơn vị qua các tháng")
		.input(z.object({ ...unitRef, from: day.optional(), to: day.optional() }))
		.output(
			z.array(
				z.object({
					on: day,
					members: z.int(),
					women18: z.int().nullable(),
					rate: z.string().nullable(),
					unitId,
					name: z.string(),
				}),
			),
		),
	explain: reads("gathering.read", "/gathering/explain", "Cách tính, với con số tính lại từ từng dòng")
		.input(z.object({ ...unitRef, map: day.optional() }))
		.output(
			z.object({
				row: rateRow,
				/** The same figures counted again from the rows just now; equal, or the program is wrong. Null where a part was estimated. */
				recount: z.object({ members: z.int(), parts, women18: z.int().nullable(), equal: z.boolean() }).nullable(),
				/** Under the map of another day: the communes of the figures' own day that a commune is made of, each with its own figures. */
				origins: z.array(
					z.object({
						unitId,
						code: z.string().nullable(),
						name: z.string(),
						members: z.int(),
						women18: z.int().nullable(),
						/** It is in this one with a part only. */
						part: z.boolean(),
					}),
				),
				steps: z.array(
					z.object({ label: z.string(), value: z.int(), sign: z.enum(["+", "-", "="]), note: z.string() }),
				),
				rules: z.array(z.object({ text: z.string(), place: z.string() })),
				denominator: z.object({
					how: z.enum(["recorded", "carried", "apportioned", "summed", "none"]),
					source: z.string().nullable(),
					of: z.array(z.object({ unit: z.string(), women18: z.int().nullable(), document: z.string() })),
				}),
				headcounts: z.array(
					z.object({
						component: z.string(),
						label: z.string(),
						count: z.int(),
						overlap: z.int(),
						onDay: day,
						source: z.string(),
						document: z.string(),
						unit: z.string(),
					}),
				),
				/** Members of the roster who do not count, by reason. */
				notCounted: z.array(z.object({ reason: z.string(), label: z.string(), count: z.int() })),
				term: z.object({ name: z.string(), recomputed: z.boolean() }),
			}),
		),
	verify: reads("system.operate", "/gathering/verify", "Tính lại toàn bộ từ từng dòng và so với sổ")
		.input(z.object({}))
		.output(
			z.object({
				differences: z.int(),
				checked: z.object({ spells: z.int(), headcounts: z.int(), entries: z.int() }),
				samples: z.array(
					z.object({
						what: z.string(),
						unitId: z.int(),
						component: z.int(),
						day: z.string(),
						ledger: z.int().nullable(),
						rows: z.int().nullable(),
					}),
				),
			}),
		),
};
