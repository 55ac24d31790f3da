import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { rateClass } from "../gathering/contract.ts";
import { unitKind } from "../units/contract.ts";
import { day, id, lines, text, unitId } from "../wire.ts";
import { roundsContract } from "./contract-rounds.ts";
import { ATTENDED, OFFICER_ROLES } from "./rules.ts";

const place = z.object({ unitId, code: z.string().nullable(), name: z.string() });
const communeIds = z.array(unitId).min(1, { error: "Hãy chọn ít nhất một cơ sở." }).max(4000);
const officerRole = z.enum(OFFICER_ROLES);
const attended = z.enum(ATTENDED);
const document = text(500).default("");
const version = z.int().positive();
/** By id or code; neither: one's own unit. */
const ofUnit = { unitId: unitId.optional(), unit: z.string().max(20).optional() };

const holder = z.object({
	id,
	/** Null: a committee member without an account. */
	accountId: id.nullable(),
	name: z.string(),
	since: day,
	document: z.string(),
	/** False: her account was locked, or stands elsewhere now; the commune has nobody. */
	present: z.boolean(),
});

const portfolioRow = z.object({
	...place.shape,
	provinceId: unitId.nullable(),
	province: z.string(),
	members: z.int(),
	women18: z.int().nullable(),
	rate: z.string().nullable(),
	class: rateClass.nullable(),
	missing: z.int().nullable(),
	officer: holder.extend({ everyMonths: z.int() }).nullable(),
	committee: holder.nullable(),
	/** Who held the communes it was made of (R38): a proposal, nobody's commune. */
	before: z.array(z.string()),
	/** Whether its open support case calls it very difficult: then it is to have a committee member, too. */
	difficult: z.boolean(),
	cluster: place.nullable(),
	pilot: z.boolean(),
	lastVisit: day.nullable(),
	visitDue: day.nullable(),
	visitLate: z.boolean(),
});
export type PortfolioRow = z.infer<typeof portfolioRow>;

const pilot = z.object({
	id,
	communeId: unitId,
	commune: z.string(),
	rate: z.string().nullable(),
	missing: z.int().nullable(),
	chosenOn: day,
	document: z.string(),
	evaluatedOn: day.nullable(),
	lessons: z.string(),
	questions: z.string(),
	trainedOn: day.nullable(),
	version,
});

export const visit = z.object({
	id,
	unitId,
	commune: z.string(),
	leaf: z.string().nullable(),
	onDay: day,
	attended,
	notes: z.string(),
	visitedBy: z.string().nullable(),
	/** Whether the one who looks made it: she alone can take it back. */
	mine: z.boolean(),
});

export const assistanceContract = {
	...roundsContract,
	portfolios: reads(
		"support.read",
		"/assistance/portfolios",
		"Cán bộ phụ trách, ủy viên Ban Chấp hành, Cụm được phân công của từng cơ sở",
	)
		.input(z.object(ofUnit))
		.output(
			z.object({
				on: day,
				unit: place.extend({ kind: unitKind }),
				rows: z.array(portfolioRow),
				/** Officers and committee members she may give communes of this unit to; empty where she may not assign. */
				carriers: z.array(z.object({ accountId: id, name: z.string(), place: z.string(), communes: z.int() })),
				mayAssign: z.boolean(),
				/** Whether she may give communes to clusters. */
				mayAssignClusters: z.boolean(),
				clusters: z.array(place),
			}),
		),
	mine: reads("support.read", "/assistance/mine", "Xã của tôi: các cơ sở tài khoản này phụ trách và việc đến hạn")
		.input(z.object({}))
		.output(
			z.object({
				on: day,
				rows: z.array(portfolioRow),
				/** Communes of her unit that nobody holds. */
				withoutOfficer: z.int(),
				visits: z.array(visit),
				/** Activities planned for her communes without a result yet, and marks of their road maps: what comes within two months, or has passed. */
				due: z.array(
					z.object({
						kind: z.enum(["activity", "milestone"]),
						day,
						/** The activity, or what the commune is to have by then. */
						words: z.string(),
						communes: z.string(),
						roundId: id.nullable(),
						late: z.boolean(),
					}),
				),
			}),
		),
	assignOfficer: writes(
		"support.assign",
		"/assistance/assign-officer",
		"Phân công cán bộ phụ trách, hoặc ủy viên Ban Chấp hành trực tiếp giúp đỡ cơ sở",
	)
		.input(
			z.object({
				communeIds,
				role: officerRole.default("officer"),
				accountId: id.optional(),
				/** Of a committee member without an account. */
				name: text(200).default(""),
				since: day.optional(),
				everyMonths: z.int().min(0).max(24).default(3),
				document,
			}),
		)
		.output(z.object({ assigned: z.int() })),
	endOfficer: writes("support.assign", "/assistance/end-officer", "Thôi phân công phụ trách cơ sở")
		.input(z.object({ communeIds, role: officerRole.default("officer"), until: day.optional() }))
		.output(z.object({ ended: z.int() })),
	assignCluster: writes("support.assign", "/assistance/assign-cluster", "Ban Tổ chức phân công cơ sở cho Cụm thi đua")
		.input(
			z.object({
				/** Null: takes them from the cluster they have. */
				clusterId: unitId.nullable(),
				communeIds: communeIds.optional(),
				/** Instead of naming them: those of a province, or of all provinces of the cluster, that are not over 60 %. */
				provinceId: unitId.optional(),
				since: day.optional(),
				document,
			}),
		)
		.output(z.object({ assigned: z.int() })),
	pilots: reads("support.read", "/assistance/pilots", "Cơ sở thí điểm của từng tỉnh, thành phố và các cơ sở còn lại")
		.input(z.object(ofUnit))
		.output(
			z.object({
				rows: z.array(
					z.object({
						...place.shape,
						cluster: place.nullable(),
						/** Communes not over 60 % today, the pilot among them. */
						notOver: z.int(),
						/** Of those, the ones without an officer. */
						withoutOfficer: z.int(),
						pilot: pilot.nullable(),
						/** Communes from which one may be chosen: not over 60 %. */
						choices: z.array(z.object({ unitId, name: z.string(), missing: z.int().nullable() })),
						mayChoose: z.boolean(),
					}),
				),
			}),
		),
	choosePilot: writes("support.assign", "/assistance/choose-pilot", "Chọn cơ sở thí điểm của một tỉnh, thành phố")
		.input(z.object({ provinceId: unitId, communeId: unitId, chosenOn: day.optional(), document }))
		.output(z.object({ id })),
	evaluatePilot: writes(
		"support.assign",
		"/assistance/evaluate-pilot",
		"Đánh giá, rút kinh nghiệm cơ sở thí điểm; tập huấn để làm ở các cơ sở còn lại",
	)
		.input(
			z.object({
				pilotId: id,
				version,
				evaluatedOn: day,
				lessons: lines(10_000).min(1, { error: "Hãy ghi kinh nghiệm rút ra." }),
				questions: lines(10_000).default(""),
				trainedOn: day.nullable().default(null),
			}),
		)
		.output(z.object({ version })),
	withdrawPilot: writes("support.assign", "/assistance/withdraw-pilot", "Thôi chọn một cơ sở làm thí điểm")
		.input(z.object({ pilotId: id, version }))
		.output(z.object({ id })),
	visits: reads("support.read", "/assistance/visits", "Các lần cán bộ cấp trên đi cơ sở")
		.input(z.object({ unitId, limit: z.int().min(1).max(500).default(50) }))
		.output(z.array(visit)),
	leaves: reads(
		"support.read",
		"/assistance/leaves",
		"Chi hội, tổ, câu lạc bộ của một cơ sở, để ghi đã dự sinh hoạt ở đâu",
	)
		.input(z.object({ unitId }))
		.output(z.array(z.object({ unitId, name: z.string() }))),
	recordVisit: writes("support.write", "/assistance/record-visit", "Ghi một lần đi cơ sở")
		.input(
			z.object({
				unitId,
				leafId: unitId.optional(),
				onDay: day.optional(),
				attended,
				notes: lines(4000).default(""),
			}),
		)
		.output(z.object({ id })),
	withdrawVisit: writes("support.write", "/assistance/withdraw-visit", "Bỏ một lần đi cơ sở ghi nhầm")
		.input(z.object({ visitId: id }))
		.output(z.object({ id })),
};
