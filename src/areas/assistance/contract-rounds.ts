import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { count, day, id, lines, text, unitId } from "../wire.ts";

const roundId = id;
/** The version that was looked at; 0 before anything was written. */
const seen = z.int().min(0);
const step = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
const half = z.union([z.literal(1), z.literal(2)]);
const long = lines(10_000);
const place = z.object({ unitId, code: z.string().nullable(), name: z.string() });
const done = z.object({ version: z.int() });

const minutesWords = {
	metOn: day,
	place: text(300).default(""),
	present: long.default(""),
	policy: long.default(""),
	fromDay: day.nullable().default(null),
	untilDay: day.nullable().default(null),
	content: long.default(""),
	manner: long.default(""),
	dutyCluster: long.default(""),
	dutyProvince: long.default(""),
	dutyDistrict: long.default(""),
	dutyCommune: long.default(""),
	/** The day for which the first picture of the communes is worked out. */
	pictureOn: day.nullable().default(null),
};

const workshopWords = {
	heldOn: day,
	place: text(300).default(""),
	present: long.default(""),
	goalCommunes: z.int().min(0).max(20_000).nullable().default(null),
	goalOn: day.nullable().default(null),
	resources: long.default(""),
	helpAsked: long.default(""),
};

const invited = {
	unitId,
	attended: z.boolean().nullable().default(null),
	cause: lines(2000).default(""),
	solution: lines(2000).default(""),
	goalMembers: count.nullable().default(null),
	goalOn: day.nullable().default(null),
};

/** How many communes stood in which class on a day, and what they lacked to be over 60 %. */
const picture = z.object({
	on: day,
	communes: z.int(),
	under: z.int(),
	exactly: z.int(),
	over: z.int(),
	none: z.int(),
	missing: z.int(),
});
export type SupportPicture = z.infer<typeof picture>;

const changed = { version: z.int(), changedBy: z.string().nullable(), changedAt: z.string() };

const activity = z.object({
	id,
	name: z.string(),
	plannedOn: day,
	plan: z.string(),
	tutorId: id.nullable(),
	tutor: z.string(),
	/** False: her account was locked or stands elsewhere; somebody else is to help. */
	tutorPresent: z.boolean(),
	communes: z.array(z.object({ unitId, name: z.string() })),
	doneOn: day.nullable(),
	result: z.string(),
	participants: z.int().nullable(),
	cancelledWhy: z.string(),
	/** Dated before the plan under which it is done. */
	beforePlan: z.boolean(),
	late: z.boolean(),
	evaluation: z
		.object({
			evaluatedOn: day,
			lessons: z.string(),
			adjustment: z.string(),
			by: z.string().nullable(),
			version: z.int(),
		})
		.nullable(),
	...changed,
});

const issue = z.object({
	id,
	activityId: id.nullable(),
	from: z.string(),
	to: z.string(),
	text: z.string(),
	raisedOn: day,
	raisedBy: z.string().nullable(),
	answer: z.string(),
	answeredOn: day.nullable(),
	passedOn: z.boolean(),
	/** Whether the one who looks may answer it or pass it on. */
	mine: z.boolean(),
});

const shownStep = z.object({
	step,
	closedOn: day.nullable(),
	closedBy: z.string().nullable(),
	/** What is still missing before it can be closed. */
	missing: z.array(z.string()),
});

const shownRound = z.object({
	id,
	name: z.string(),
	openedOn: day,
	openedBy: z.string().nullable(),
	province: place,
	/** What the province is today (R38). */
	provinceNow: unitId,
	cluster: place.nullable(),
	/** The step under way; null: all are closed. */
	current: step.nullable(),
	steps: z.array(shownStep),
	late: z.array(z.string()),
	minutes: z.object({ ...minutesWords, picture: picture.nullable(), ...changed }).nullable(),
	workshop: z
		.object({
			...workshopWords,
			planNumber: z.string(),
			planOn: day.nullable(),
			planIssuedBy: z.string().nullable(),
			...changed,
		})
		.nullable(),
	communes: z.array(
		z.object({
			...invited,
			name: z.string(),
			members: z.int().nullable(),
			rate: z.string().nullable(),
			missing: z.int().nullable(),
			/** What the commune's own support case says: causes by weight, solutions, the end of its road map. */
			caseCauses: z.array(z.string()),
			caseSolutions: z.array(z.string()),
			caseGoal: z.object({ day, members: z.int() }).nullable(),
			pilot: z.boolean(),
			/** Gone into others since (R38): the names of those. */
			becameNow: z.array(z.string()),
		}),
	),
	activities: z.array(activity),
	issues: z.array(issue),
	updates: z.array(
		z.object({
			id,
			year: z.int(),
			half,
			asOf: day,
			picture,
			situation: z.string(),
			questions: z.string(),
			document: z.string(),
			writtenBy: z.string().nullable(),
			writtenAt: z.string(),
		}),
	),
	updatesDue: z.array(z.object({ year: z.int(), half })),
	mayWrite: z.boolean(),
	/** The cluster, or the centre, evaluates. */
	mayEvaluate: z.boolean(),
});
export type ShownRound = z.infer<typeof shownRound>;

export const roundsContract = {
	rounds: reads(
		"support.read",
		"/assistance/rounds",
		"Các đợt hỗ trợ của từng tỉnh: đang ở bước nào, còn thiếu gì, việc gì chậm",
	)
		.input(z.object({ unitId: unitId.optional(), unit: z.string().max(20).optional() }))
		.output(
			z.object({
				on: day,
				unit: place,
				rows: z.array(
					z.object({
						id,
						name: z.string(),
						province: place,
						cluster: place.nullable(),
						openedOn: day,
						current: step.nullable(),
						missing: z.array(z.string()),
						late: z.array(z.string()),
						communes: z.int(),
						activities: z.int(),
						done: z.int(),
						openIssues: z.int(),
						planNumber: z.string(),
					}),
				),
				/** Provinces with communes not over 60 % and no round. */
				without: z.array(place.extend({ notOver: z.int() })),
				mayOpen: z.boolean(),
			}),
		),
	round: reads("support.read", "/assistance/round", "Một đợt hỗ trợ, đủ bốn bước")
		.input(z.object({ roundId }))
		.output(shownRound),
	openRound: writes("support.write", "/assistance/open-round", "Mở một đợt hỗ trợ của một tỉnh, thành phố")
		.input(
			z.object({
				provinceId: unitId,
				name: text(200).min(1, { error: "Hãy ghi tên đợt hỗ trợ." }),
				openedOn: day.optional(),
			}),
		)
		.output(z.object({ id })),
	setMinutes: writes("support.write", "/assistance/set-minutes", "Ghi biên bản Cụm làm việc với tỉnh (bước 1)")
		.input(z.object({ roundId, version: seen, ...minutesWords }))
		.output(done),
	setWorkshop: writes("support.write", "/assistance/set-workshop", "Ghi hội thảo với các cơ sở (bước 2)")
		.input(
			z.object({
				roundId,
				version: seen,
				...workshopWords,
				/** All communes asked, as the list is to be. */
				communes: z.array(z.object(invited)).max(4000),
			}),
		)
		.output(done),
	issuePlan: writes("support.write", "/assistance/issue-plan", "Ban hành kế hoạch hành động: số, ngày")
		.input(
			z.object({
				roundId,
				version: z.int().positive(),
				number: text(100).min(1, { error: "Hãy ghi số kế hoạch." }),
				on: day,
			}),
		)
		.output(done),
	setActivity: writes("support.write", "/assistance/set-activity", "Lập hoặc sửa một hoạt động của kế hoạch (bước 3)")
		.input(
			z.object({
				roundId,
				/** Of one that is there already. */
				activityId: id.optional(),
				version: seen,
				name: text(300).min(1, { error: "Hãy ghi tên hoạt động." }),
				plannedOn: day,
				plan: long.default(""),
				tutorId: id.nullable().default(null),
				tutorName: text(200).default(""),
				communeIds: z.array(unitId).min(1, { error: "Hãy chọn cơ sở của hoạt động." }).max(4000),
			}),
		)
		.output(z.object({ id, version: z.int() })),
	recordActivity: writes("support.write", "/assistance/record-activity", "Ghi kết quả một hoạt động, hoặc ghi đã hủy")
		.input(
			z.object({
				activityId: id,
				version: z.int().positive(),
				/** Null: it is not held; then why. */
				doneOn: day.nullable(),
				result: long.default(""),
				participants: count.nullable().default(null),
				cancelledWhy: lines(2000).default(""),
			}),
		)
		.output(done),
	evaluateActivity: writes(
		"support.write",
		"/assistance/evaluate-activity",
		"Cụm đánh giá, rút kinh nghiệm sau một hoạt động (bước 4)",
	)
		.input(
			z.object({
				activityId: id,
				version: seen,
				evaluatedOn: day,
				lessons: long.min(1, { error: "Hãy ghi đánh giá, kinh nghiệm rút ra." }),
				adjustment: long.default(""),
			}),
		)
		.output(done),
	raiseIssue: writes(
		"support.write",
		"/assistance/raise-issue",
		"Nêu vấn đề lên cấp trên trực tiếp, hoặc lên Thường trực qua Ban Tổ chức",
	)
		.input(
			z.object({
				roundId,
				activityId: id.optional(),
				fromUnitId: unitId.optional(),
				text: long.min(1, { error: "Hãy ghi vấn đề." }),
			}),
		)
		.output(z.object({ id, to: z.string() })),
	answerIssue: writes("support.write", "/assistance/answer-issue", "Trả lời một vấn đề, hoặc chuyển lên cấp trên")
		.input(
			z.object({
				issueId: id,
				/** Empty: it is passed on one level up. */
				answer: long.default(""),
			}),
		)
		.output(z.object({ id, to: z.string().nullable() })),
	addUpdate: writes("support.write", "/assistance/add-update", "Cập nhật 6 tháng, năm gửi Thường trực qua Ban Tổ chức")
		.input(
			z.object({
				roundId,
				year: z.int().min(2017).max(2199),
				half,
				situation: long.min(1, { error: "Hãy ghi tình hình, kết quả." }),
				questions: long.default(""),
				document: text(500).default(""),
			}),
		)
		.output(z.object({ id })),
	closeStep: writes("support.write", "/assistance/close-step", "Khép một bước đã đủ giấy tờ")
		.input(z.object({ roundId, step }))
		.output(z.object({ closedOn: day })),
	reopenStep: writes("support.write", "/assistance/reopen-step", "Mở lại một bước đã khép để sửa")
		.input(z.object({ roundId, step, why: text(500).min(1, { error: "Hãy ghi vì sao mở lại." }) }))
		.output(z.object({ step })),
};
