import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, lines, text, unitId } from "../wire.ts";
import { MEASURES } from "./rules.ts";

const year = z.int().min(2017).max(2199);
const measure = z.enum(MEASURES);
const points = z.int({ error: "Phải là số nguyên." }).min(0, { error: "Không được âm." }).max(1000);
const criterionNumber = z.int().positive();

/** Of which cluster and year. */
const round = { clusterId: unitId, year };

const criterion = z.object({ number: criterionNumber, name: z.string(), points: z.int(), measure });
export type Criterion = z.infer<typeof criterion>;

/** What stands for one criterion of a province, and where it comes from. */
const mark = z.object({
	number: criterionNumber,
	points: z.int().nullable(),
	how: z.enum(["computed", "review", "self", "none"]),
	/** Of a computed one: what was achieved, and of how much (null: no target to compare with). */
	reckoned: z.object({ achieved: z.int(), whole: z.int().nullable() }).nullable(),
	self: z.object({ points: z.int(), note: z.string() }).nullable(),
	review: z.object({ points: z.int(), note: z.string() }).nullable(),
});
export type EmulationMark = z.infer<typeof mark>;

const marksGiven = z
	.array(z.object({ number: criterionNumber, points, note: text(2000).default("") }))
	.min(1)
	.max(200);

export const emulationContract = {
	show: reads(
		"emulation.read",
		"/emulation/show",
		"Thi đua của một Cụm trong một năm: tiêu chí, điểm, xếp hạng, giao ước",
	)
		.input(z.object({ clusterId: unitId.optional(), cluster: z.string().max(20).optional(), year: year.optional() }))
		.output(
			z.object({
				year: z.int(),
				/** The day of the figures: today, or the year's last day. */
				on: day,
				/** The clusters she may look at. */
				clusters: z.array(z.object({ unitId, code: z.string().nullable(), name: z.string() })),
				cluster: z.object({ unitId, code: z.string().nullable(), name: z.string() }),
				published: z.object({ at: z.string(), by: z.string().nullable() }).nullable(),
				agreement: z.object({ number: z.int(), document: z.string(), on: day, text: z.string() }).nullable(),
				/** Whether each member has signed the agreement as it stands. */
				signatures: z.array(
					z.object({ unitId, name: z.string(), signedBy: z.string().nullable(), signedAt: z.string().nullable() }),
				),
				criteria: z.array(criterion),
				maximum: z.int(),
				/** The provinces by place; while the year is open a province sees itself alone, without a place. */
				rows: z.array(
					z.object({
						unitId,
						code: z.string().nullable(),
						name: z.string(),
						points: z.int(),
						place: z.int().nullable(),
						tied: z.boolean(),
						marks: z.array(mark),
					}),
				),
				/** Marks that nobody has looked over yet, of those she sees. */
				unreviewed: z.int(),
				maySet: z.boolean(),
				mayReview: z.boolean(),
				/** The provinces she marks and signs for. */
				mine: z.array(unitId),
			}),
		),
	history: reads("emulation.read", "/emulation/history", "Các lần đặt tiêu chí và chấm điểm của một Cụm trong một năm")
		.input(z.object(round))
		.output(
			z.array(
				z.object({
					at: z.string(),
					by: z.string().nullable(),
					what: z.enum(["criterion", "self", "review", "signature", "published"]),
					unit: z.string().nullable(),
					criterion: z.string().nullable(),
					points: z.int().nullable(),
					note: z.string(),
					superseded: z.boolean(),
				}),
			),
		),
	set: writes("emulation.set", "/emulation/set", "Đặt các tiêu chí và điểm tối đa của một Cụm trong một năm")
		.input(
			z.object({
				...round,
				criteria: z
					.array(
						z.object({
							/** Of one that is there already: it keeps its marks. */
							number: criterionNumber.optional(),
							name: text(300).min(1, { error: "Hãy ghi tên tiêu chí." }),
							points: points.min(1, { error: "Điểm tối đa phải từ 1." }),
							measure,
						}),
					)
					.min(1)
					.max(100),
			}),
		)
		.output(z.object({ criteria: z.int(), maximum: z.int() })),
	agree: writes("emulation.review", "/emulation/agree", "Ghi giao ước thi đua của Cụm; các chữ ký trước đó phải ký lại")
		.input(
			z.object({
				...round,
				document: text(500).min(1, { error: "Hãy ghi số văn bản." }),
				documentOn: day,
				text: lines(20_000).default(""),
			}),
		)
		.output(z.object({ number: z.int() })),
	sign: writes("emulation.mark", "/emulation/sign", "Ký giao ước thi đua thay mặt tỉnh, thành phố")
		.input(z.object({ ...round, provinceId: unitId, number: z.int().positive() }))
		.output(z.object({ signed: z.int(), of: z.int() })),
	mark: writes("emulation.mark", "/emulation/mark", "Tỉnh, thành phố tự chấm điểm")
		.input(z.object({ ...round, provinceId: unitId, marks: marksGiven }))
		.output(z.object({ saved: z.int() })),
	review: writes("emulation.review", "/emulation/review", "Cụm hoặc Trung ương xem xét điểm tự chấm")
		.input(z.object({ ...round, provinceId: unitId, marks: marksGiven }))
		.output(z.object({ saved: z.int() })),
	publish: writes("emulation.set", "/emulation/publish", "Công bố kết quả thi đua của năm; sau đó không sửa được nữa")
		.input(z.object(round))
		.output(z.object({ provinces: z.int() })),
};
