import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { unitKind } from "../units/contract.ts";
import { day, id, text, unitId } from "../wire.ts";
import { page, place, top, unitRef, version } from "./contract-places.ts";
import { MEETING_FORMS, MEETING_KINDS } from "./rules.ts";

const kind = z.enum(MEETING_KINDS);
const form = z.enum(MEETING_FORMS);
const present = z
	.int({ error: "Phải là số nguyên." })
	.min(0, { error: "Không được âm." })
	.max(100_000, { error: "Số quá lớn." });

const what = {
	onDay: day,
	kind,
	form,
	theme: text(300).min(1, { error: "Hãy ghi chủ đề, nội dung." }),
	members: present,
	others: present.default(0),
};

const meeting = place.extend({
	id,
	onDay: day,
	kind,
	form,
	theme: z.string(),
	members: z.int(),
	others: z.int(),
	version,
	recordedBy: z.string().nullable(),
	mayChange: z.boolean(),
});
export type Meeting = z.infer<typeof meeting>;

/** A branch or group as its meetings show it. */
const branchLife = z.object({
	unitId,
	kind: z.enum(["branch", "group"]),
	name: z.string(),
	parentId: unitId.nullable(),
	lastMeeting: day.nullable(),
	behind: z.boolean(),
	meetings: z.int(),
	activities: z.int(),
	members: z.int(),
	others: z.int(),
	criteriaMet: z.int(),
	lastAttended: day.nullable(),
	wishesOpen: z.int(),
});
export type BranchLife = z.infer<typeof branchLife>;

export const meetingsContract = {
	list: reads("models.read", "/meetings/list", "Các buổi sinh hoạt, hoạt động của một đơn vị và các đơn vị trực thuộc")
		.input(z.object({ ...unitRef, from: day.optional(), kind: kind.optional(), ...page }))
		.output(
			z.object({
				unit: top,
				from: day,
				on: day,
				total: z.object({ meetings: z.int(), activities: z.int(), members: z.int(), others: z.int() }),
				rows: z.array(meeting),
				/** Where she may record one: herself or the branches, groups and clubs of the unit. */
				mine: z.array(z.object({ unitId, kind: unitKind, name: z.string() })),
			}),
		),
	branches: reads(
		"models.read",
		"/meetings/branches",
		"Từng chi hội, tổ của một xã: buổi sinh hoạt gần nhất và trong kỳ",
	)
		.input(z.object({ ...unitRef, from: day.optional() }))
		.output(z.object({ unit: top, from: day, on: day, rows: z.array(branchLife) })),
	behind: reads("models.read", "/meetings/behind", "Chi hội, tổ quá hạn chưa sinh hoạt (3 tháng/lần)")
		.input(z.object({ ...unitRef, ...page }))
		.output(
			z.object({
				unit: top,
				on: day,
				/** Branches and groups there are, and how many are behind. */
				leaves: z.int(),
				behind: z.int(),
				rows: z.array(place.extend({ kind: z.enum(["branch", "group"]), lastMeeting: day.nullable() })),
			}),
		),
	add: writes("meetings.write", "/meetings/add", "Ghi một buổi sinh hoạt hoặc hoạt động")
		.input(z.object({ unitId, ...what }))
		.output(meeting),
	change: writes("meetings.write", "/meetings/change", "Sửa một buổi đã ghi")
		.input(z.object({ id, version, ...what }))
		.output(meeting),
	remove: writes("meetings.write", "/meetings/remove", "Bỏ một buổi ghi nhầm")
		.input(z.object({ id, version }))
		.output(z.object({ id })),
};
