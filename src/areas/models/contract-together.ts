import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, id, lines, text, unitId } from "../wire.ts";
import { page, place, top, unitRef, version } from "./contract-places.ts";
import { ATTENDERS, FOSTERED_POSTS } from "./rules.ts";

const attended = {
	who: z.enum(ATTENDERS),
	plannedOn: day.nullable().default(null),
	attendedOn: day.nullable(),
	/** She ran the meeting, where the head is not yet used to it. */
	ran: z.boolean().default(false),
	/** In what she coached the head; empty: not. */
	coached: text(500).default(""),
	note: lines(2000).default(""),
};

const attendance = place.extend({
	id,
	who: z.enum(ATTENDERS),
	plannedOn: day.nullable(),
	attendedOn: day.nullable(),
	ran: z.boolean(),
	coached: z.string(),
	note: z.string(),
	version,
	/** Planned, its day is over, and nobody came. */
	missed: z.boolean(),
	mayChange: z.boolean(),
});
export type Attendance = z.infer<typeof attendance>;

const wish = place.extend({
	id,
	notedOn: day,
	words: z.string(),
	answeredOn: day.nullable(),
	answer: z.string(),
	answeredBy: z.string().nullable(),
	version,
	mayAnswer: z.boolean(),
});
export type Wish = z.infer<typeof wish>;

const steps = {
	post: z.enum(FOSTERED_POSTS),
	fostererPersonId: id.nullable().default(null),
	fostererWords: text(200).default(""),
	proposedOn: day,
	fosteredOn: day.nullable().default(null),
	introducedOn: day.nullable().default(null),
	admittedOn: day.nullable().default(null),
	endedOn: day.nullable().default(null),
	note: lines(2000).default(""),
};

const fostering = place.extend({
	id,
	personId: id,
	name: z.string(),
	post: z.enum(FOSTERED_POSTS),
	fostererPersonId: id.nullable(),
	fosterer: z.string(),
	fostererWords: z.string(),
	proposedOn: day,
	fosteredOn: day.nullable(),
	introducedOn: day.nullable(),
	admittedOn: day.nullable(),
	endedOn: day.nullable(),
	note: z.string(),
	version,
	mayChange: z.boolean(),
});
export type Fostering = z.infer<typeof fostering>;

export const togetherContract = {
	list: reads("models.read", "/together/list", "“3 cùng”: cán bộ dự sinh hoạt chi hội, theo lịch và đã dự")
		.input(z.object({ ...unitRef, from: day.optional(), ...page }))
		.output(
			z.object({
				unit: top,
				from: day,
				on: day,
				/** Of the period: attended, run by her, coached; planned ones nobody came to. */
				total: z.object({ attended: z.int(), ran: z.int(), coached: z.int(), missed: z.int(), ahead: z.int() }),
				rows: z.array(attendance),
				/** The branches and groups where she may record it. */
				mine: z.array(z.object({ unitId, name: z.string() })),
			}),
		),
	unattended: reads("models.read", "/together/unattended", "Chi hội không có cán bộ nào dự sinh hoạt trong n tháng")
		.input(z.object({ ...unitRef, months: z.int().min(1).max(60).default(6), ...page }))
		.output(
			z.object({
				unit: top,
				on: day,
				months: z.int(),
				branches: z.int(),
				unattended: z.int(),
				rows: z.array(place.extend({ lastAttended: day.nullable() })),
			}),
		),
	add: writes("models.write", "/together/add", "Ghi lịch dự hoặc buổi đã dự sinh hoạt chi hội")
		.input(z.object({ unitId, ...attended }))
		.output(attendance),
	change: writes("models.write", "/together/change", "Sửa lịch dự, ghi đã dự")
		.input(z.object({ id, version, ...attended }))
		.output(attendance),
	remove: writes("models.write", "/together/remove", "Bỏ một lịch dự hoặc buổi dự ghi nhầm")
		.input(z.object({ id, version }))
		.output(z.object({ id })),
	wishes: reads("members.read", "/together/wishes", "Tâm tư, nguyện vọng ghi nhận ở chi hội và trả lời")
		.input(z.object({ ...unitRef, state: z.enum(["open", "answered", "all"]).default("open"), ...page }))
		.output(
			z.object({
				unit: top,
				on: day,
				open: z.int(),
				answered: z.int(),
				rows: z.array(wish),
				mine: z.array(z.object({ unitId, name: z.string() })),
			}),
		),
	addWish: writes("meetings.write", "/together/add-wish", "Ghi một nguyện vọng")
		.input(z.object({ unitId, notedOn: day, words: lines(2000).min(1, { error: "Hãy ghi nguyện vọng." }) }))
		.output(wish),
	answerWish: writes("models.write", "/together/answer-wish", "Trả lời một nguyện vọng")
		.input(
			z.object({ id, version, answeredOn: day, answer: lines(2000).min(1, { error: "Hãy ghi nội dung trả lời." }) }),
		)
		.output(wish),
	fostering: reads(
		"members.sensitive",
		"/together/fostering",
		"Bồi dưỡng, giới thiệu phát triển đảng viên (dữ liệu nhạy cảm, ghi nhật ký)",
	)
		.input(z.object({ ...unitRef, ...page }))
		.output(z.object({ unit: top, on: day, rows: z.array(fostering), mayAdd: z.boolean() })),
	addFostering: writes("members.sensitive", "/together/add-fostering", "Đề nghị bồi dưỡng, phát triển đảng viên")
		.input(z.object({ unitId, personId: id, ...steps }))
		.output(fostering),
	changeFostering: writes("members.sensitive", "/together/change-fostering", "Ghi bước tiếp theo của việc bồi dưỡng")
		.input(z.object({ id, version, ...steps }))
		.output(fostering),
};
