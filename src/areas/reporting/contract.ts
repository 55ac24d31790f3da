import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { unitKind } from "../units/contract.ts";
import { day, id, lines, text, unitId } from "../wire.ts";
import { PERIOD_KINDS, REPORT_LEVELS } from "./rules-periods.ts";
import { CHANNELS } from "./rules-reminders.ts";
import { SIGNALS, type SignalKind } from "./rules-signals.ts";

const reportLevel = z.enum(REPORT_LEVELS);
const periodKind = z.enum(PERIOD_KINDS);
const periodId = z.int().positive();
const version = z.int().min(0);

/** Of which period (by id, or the last day of its data; neither: the latest open one) and unit (neither: one's own). */
const reportRef = {
	periodId: periodId.optional(),
	dataUntil: day.optional(),
	/** Of several periods with one last day: of which kind. */
	periodKind: periodKind.optional(),
	unitId: unitId.optional(),
	unit: z.string().max(20).optional(),
};

const question = z.object({
	key: text(40).regex(/^[a-z_]+$/, { error: "Mã câu hỏi gồm chữ thường không dấu và gạch dưới." }),
	text: text(300).min(1, { error: "Hãy ghi câu hỏi." }),
	required: z.boolean(),
	/** The answer is a whole number, and is added up. */
	number: z.boolean().optional(),
});

const dueLevels = z.partialRecord(reportLevel, day);

const days = {
	kind: periodKind,
	name: text(200).min(1, { error: "Hãy ghi tên kỳ báo cáo." }),
	opensOn: day,
	/** The first day of the movement table. */
	from: day,
	/** The last day of the data: the day whose figures are reported (R8). */
	dataUntil: day,
	dueOn: day,
	dueLevels,
	levels: z.array(reportLevel).min(1, { error: "Hãy chọn cấp phải gửi báo cáo." }),
};

const form = z.object({ id: z.int(), name: z.string(), figures: z.array(z.string()), questions: z.array(question) });
const period = z.object({ ...days, id: periodId, closed: z.boolean(), version, form });
/** A period as a unit's page shows it, with the deadline of that unit. */
const shownPeriod = z.object({
	id: periodId,
	kind: periodKind,
	name: z.string(),
	opensOn: day,
	from: day,
	dataUntil: day,
	closed: z.boolean(),
	due: day,
});
const place = z.object({ unitId, code: z.string().nullable(), name: z.string() });

/** Figures by the keys of rules-figures.ts. */
const counts = z.record(z.string(), z.int().nullable());
const jump = z.object({ key: z.string(), text: z.string() });
/** A reason to look at a report of its own: of which kind, at which figure, about how many women (rules-signals.ts). */
const signal = jump.extend({ kind: z.enum(Object.keys(SIGNALS) as SignalKind[]), count: z.int() });
export const reportState = z.enum(["none", "draft", "submitted", "returned", "locked", "restating"]);
export type ReportState = z.infer<typeof reportState>;

const rates = {
	rate: z.string().nullable(),
	class: z.enum(["under", "exactly", "over"]).nullable(),
	missing: z.int().nullable(),
	completeness: z.string().nullable(),
};

const signed = {
	sha256: z.string(),
	signedBy: z.string(),
	signedAs: z.string(),
	signedAt: z.string(),
	late: z.boolean(),
	reason: z.string(),
	counts,
};

/** What the figures she saw were, and as what she signs. */
const signing = {
	periodId,
	unitId,
	version,
	seen: text(64).min(1),
	/** The figures she saw: what changed since is told. */
	figures: counts.optional(),
	as: text(100).min(1, { error: "Hãy ghi chức danh người ký." }),
	/** Units below whose report is known to be missing: they stay named in this one. */
	missing: z.array(unitId).max(5000).default([]),
};

const words = z.record(z.string().max(40), lines(10_000));
const waiting = z.object({ reportId: id, version });
const done = z.object({ reportId: id, version, sha256: z.string(), late: z.boolean() });

export const reportsContract = {
	periods: reads("reports.read", "/reports/periods", "Các kỳ báo cáo, kỳ dự kiến và biểu mẫu")
		.input(z.object({}))
		.output(
			z.object({
				periods: z.array(period),
				proposed: z.array(z.object(days)),
				forms: z.array(form.extend({ version })),
				mayOpen: z.boolean(),
			}),
		),
	open: writes("reports.open", "/reports/open", "Mở một kỳ báo cáo")
		.input(z.object({ ...days, formId: z.int().positive().optional() }))
		.output(z.object({ periodId })),
	setClosed: writes("reports.open", "/reports/set-closed", "Khóa kỳ báo cáo, hoặc mở lại kỳ")
		.input(z.object({ periodId, version, closed: z.boolean() }))
		.output(z.object({ version })),
	setForm: writes("reports.open", "/reports/set-form", "Sửa biểu mẫu: nhóm số liệu và các câu hỏi")
		.input(
			z.object({
				formId: z.int().positive().optional(),
				version: version.optional(),
				name: text(200).min(1, { error: "Hãy ghi tên biểu mẫu." }),
				figures: z.array(z.string().max(40)).max(50),
				questions: z.array(question).max(50),
			}),
		)
		.output(z.object({ formId: z.int(), version })),
	show: reads("reports.read", "/reports/show", "Báo cáo của một đơn vị trong một kỳ: số tạm tính, số đã chốt, kỳ trước")
		.input(z.object(reportRef))
		.output(
			z.object({
				period: shownPeriod,
				unit: place.extend({ kind: unitKind }),
				above: z.object({ unitId, name: z.string() }).nullable(),
				report: z.object({
					id: id.nullable(),
					state: reportState,
					version,
					words: z.record(z.string(), z.string()),
					documents: z.array(z.string()),
					/** How many frozen copies there are. */
					seq: z.int(),
				}),
				keys: z.array(z.string()),
				questions: z.array(question),
				/** What the report would say now: "tạm tính". */
				live: z.object({
					counts,
					seen: z.string(),
					...rates,
					balanced: z.boolean(),
					jumps: z.array(jump),
					signals: z.array(signal),
					denominator: z.object({ how: z.string(), source: z.string() }),
				}),
				/** What was submitted and waits for approval. */
				submitted: z.object({ ...signed, signals: z.array(signal).nullable() }).nullable(),
				/** What was approved, the copy that stands first. */
				frozen: z.array(z.object({ ...signed, seq: z.int(), approvedBy: z.string(), approvedAt: z.string() })),
				previous: z.object({ name: z.string(), frozen: z.boolean(), counts }).nullable(),
				/** Who below has no approved report. */
				missing: z.array(place),
				/** How many report to it. */
				expected: z.int(),
				/** Reports below that were corrected after this one was approved. */
				corrected: z.array(place),
				notes: z.array(
					z.object({
						kind: z.enum(["return", "comment"]),
						figure: z.string(),
						text: z.string(),
						by: z.string(),
						at: z.string(),
					}),
				),
				may: z.object({
					write: z.boolean(),
					submit: z.boolean(),
					restate: z.boolean(),
					approve: z.boolean(),
					comment: z.boolean(),
				}),
			}),
		),
	draft: writes("reports.write", "/reports/draft", "Ghi lời báo cáo và văn bản kèm theo")
		.input(z.object({ periodId, unitId, version, words, documents: z.array(text(200).min(1)).max(100).default([]) }))
		.output(z.object({ reportId: id, version })),
	submit: writes("reports.submit", "/reports/submit", "Ký và gửi báo cáo").input(z.object(signing)).output(done),
	return: writes("reports.approve", "/reports/return", "Trả lại báo cáo, nêu lý do tại từng số liệu")
		.input(
			waiting.extend({
				reasons: z
					.array(
						z.object({
							figure: text(60).default(""),
							text: lines(2000).min(1, { error: "Hãy ghi lý do trả lại." }),
						}),
					)
					.min(1, { error: "Hãy ghi lý do trả lại." })
					.max(100),
			}),
		)
		.output(z.object({ version, state: reportState })),
	approve: writes("reports.approve", "/reports/approve", "Duyệt và khóa một hoặc nhiều báo cáo")
		.input(z.object({ reports: z.array(waiting).min(1).max(20_000) }))
		.output(z.object({ approved: z.int() })),
	restate: writes("reports.submit", "/reports/restate", "Điều chỉnh số liệu đã báo cáo, nêu lý do")
		.input(
			z.object({
				...signing,
				reason: text(1000).min(1, { error: "Hãy ghi lý do điều chỉnh." }),
				words: words.optional(),
			}),
		)
		.output(done),
	comment: writes("reports.comment", "/reports/comment", "Góp ý cho một báo cáo")
		.input(
			z.object({
				reportId: id,
				figure: text(60).default(""),
				text: lines(2000).min(1, { error: "Hãy ghi ý kiến." }),
			}),
		)
		.output(z.object({ done: z.literal(true) })),
	list: reads("reports.read", "/reports/list", "Báo cáo của các đơn vị cấp dưới: ai chưa gửi, số nào tăng giảm mạnh")
		.input(z.object(reportRef))
		.output(
			z.object({
				period: shownPeriod,
				unit: place.extend({ kind: unitKind }),
				/** The deadline of those below. */
				due: day.nullable(),
				mayApprove: z.boolean(),
				rows: z.array(
					place.extend({
						kind: unitKind,
						reportId: id.nullable(),
						state: reportState,
						version,
						/** Not submitted, and its deadline is over. */
						isOverdue: z.boolean(),
						late: z.boolean(),
						signedBy: z.string().nullable(),
						signedAt: z.string().nullable(),
						members: z.int().nullable(),
						women18: z.int().nullable(),
						/** The members it reported last. */
						before: z.int().nullable(),
						rate: rates.rate,
						class: rates.class,
						jumps: z.array(jump),
						signals: z.array(signal),
						missing: z.array(z.string()),
						notes: z.int(),
					}),
				),
			}),
		),
	timeliness: reads("reports.read", "/reports/timeliness", "Gửi đúng hạn, gửi muộn, chưa gửi: theo kỳ và đơn vị")
		.input(
			z.object({
				periods: z.int().min(1).max(20).default(8),
				/** Of a province or district its communes, of a commune itself; of a cluster and without it the provinces. */
				unitId: unitId.optional(),
				unit: z.string().max(20).optional(),
			}),
		)
		.output(
			z.object({
				by: z.enum(["province", "unit"]),
				/** The latest first. */
				periods: z.array(z.object({ id: periodId, name: z.string(), dataUntil: day })),
				rows: z.array(
					place.extend({
						periodId,
						expected: z.int(),
						inTime: z.int(),
						late: z.int(),
						approved: z.int(),
						/** Not sent, and not due yet. */
						pending: z.int(),
						/** Of what the unit itself reported and was approved: members with and without names; null where nothing was. */
						named: z.int().nullable(),
						unlisted: z.int().nullable(),
					}),
				),
			}),
		),
	plans: reads("reports.read", "/reports/plans", "Kế hoạch năm của các tỉnh: số cơ sở sẽ đạt trên 60%, và kết quả")
		.input(z.object({ year: z.int().min(2017).max(2199).optional() }))
		.output(
			z.object({
				year: z.int(),
				/** Null: no plan of that year was asked for. */
				periodId: periodId.nullable(),
				/** The day of the count of today. */
				on: day,
				rows: z.array(
					place.extend({
						state: reportState,
						planned: z.int().nullable(),
						/** Communes over 60 % on the plan's day and since, under the same units. */
						before: z.int().nullable(),
						over: z.int().nullable(),
						/** Whose count `over` is: an approved report's name; null: of today, live. */
						from: z.string().nullable(),
						passed: z.int().nullable(),
					}),
				),
			}),
		),
	frozen: reads(
		"reports.read",
		"/reports/frozen",
		"Bản đã chốt của một báo cáo, nguyên văn, và tính lại từ dữ liệu lưu cùng",
	)
		.input(z.object({ reportId: id, seq: z.int().positive().optional() }))
		.output(
			z.object({
				seq: z.int(),
				/** The canonical JSON whose SHA-256 this is. */
				content: z.string(),
				sha256: z.string(),
				/** Whether the stored inputs give the same bytes again. */
				same: z.boolean(),
				rules: z.int(),
				mapDay: day,
				approvedBy: z.string(),
				approvedAt: z.string(),
			}),
		),
	reminder: reads("reports.read", "/reports/reminder", "Nơi tài khoản này nhận lời nhắc hạn báo cáo")
		.input(z.object({}))
		.output(z.object({ reminder: z.object({ channel: z.enum(CHANNELS), address: z.string() }).nullable() })),
	setReminder: writes(
		"reports.read",
		"/reports/set-reminder",
		"Ghi nơi nhận lời nhắc hạn báo cáo; để trống là không nhắc",
	)
		.input(
			z.object({
				/** Addresses of other channels are taken once one is there to use them. */
				address: text(200).regex(/^$|^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/, {
					error: "Địa chỉ thư điện tử không đúng, ví dụ: hoi.xa@tinh.gov.vn.",
				}),
			}),
		)
		.output(z.object({ done: z.literal(true) })),
	closeAll: writes("system.operate", "/reports/close-all", "Chốt thay mọi báo cáo còn lại của một kỳ (người vận hành)")
		.input(z.object({ periodId: periodId.optional(), dataUntil: day.optional() }))
		.output(z.object({ periodId, closed: z.record(z.string(), z.int()) })),
};
