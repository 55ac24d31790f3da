import type { PaperAnnex, PaperBlock } from "../../core/paper.ts";
import type { ShownRound } from "../assistance/contract-rounds.ts";
import type { DocumentKind } from "./rules-kinds.ts";
import { activitiesBody, minutesBody, planBody, updateBody } from "./rules-support.ts";

const WRITTEN = { version: 1, changedBy: null, changedAt: "2025-09-10T00:00:00Z" };
const PLACE = { unitId: 1, code: null, name: "Tỉnh Lào Cai" };
const PICTURE = { on: "2025-08-01", communes: 99, under: 26, exactly: 1, over: 71, none: 1, missing: 8_412 };

const ROUND: ShownRound = {
	id: "00000000-0000-7000-8000-000000000000",
	name: "Đợt hỗ trợ 2025 - 2026",
	openedOn: "2025-08-01",
	openedBy: null,
	province: PLACE,
	provinceNow: 1,
	cluster: { ...PLACE, name: "Cụm thi đua số 1" },
	current: 4,
	steps: [],
	late: [],
	minutes: {
		metOn: "2025-08-05",
		place: "Trụ sở Hội LHPN tỉnh",
		present: "Lời của đơn vị.",
		policy: "Lời của đơn vị.",
		fromDay: "2025-08-05",
		untilDay: "2026-12-31",
		content: "Lời của đơn vị.",
		manner: "Lời của đơn vị.",
		dutyCluster: "lời của đơn vị.",
		dutyProvince: "lời của đơn vị.",
		dutyDistrict: "",
		dutyCommune: "lời của đơn vị.",
		pictureOn: PICTURE.on,
		picture: PICTURE,
		...WRITTEN,
	},
	workshop: {
		heldOn: "2025-09-01",
		place: "Trụ sở Hội LHPN tỉnh",
		present: "",
		goalCommunes: 10,
		goalOn: "2026-12-31",
		resources: "Lời của đơn vị.",
		helpAsked: "Lời của đơn vị.",
		planNumber: "12/KH-BTV",
		planOn: "2025-09-10",
		planIssuedBy: null,
		...WRITTEN,
	},
	communes: [
		{
			unitId: 1,
			name: "Xã Mẫu Một",
			attended: true,
			cause: "Phụ nữ đi làm ăn xa nhiều",
			solution: "Nhóm Zalo của chi hội",
			goalMembers: 4_984,
			goalOn: "2026-11-24",
			members: 4_120,
			rate: "49.60",
			missing: 864,
			caseCauses: [],
			caseSolutions: [],
			caseGoal: null,
			pilot: true,
			becameNow: [],
		},
	],
	activities: [
		{
			id: "00000000-0000-7000-8000-000000000001",
			name: "Ra mắt câu lạc bộ phụ nữ trẻ",
			plannedOn: "2025-10-01",
			plan: "",
			tutorId: null,
			tutor: "Bà Nguyễn Thị Mẫu",
			tutorPresent: true,
			communes: [{ unitId: 1, name: "Xã Mẫu Một" }],
			doneOn: "2025-10-03",
			result: "Lời của đơn vị.",
			participants: 120,
			cancelledWhy: "",
			beforePlan: false,
			late: false,
			evaluation: {
				evaluatedOn: "2025-10-10",
				lessons: "lời của Cụm.",
				adjustment: "",
				by: null,
				version: 1,
			},
			...WRITTEN,
		},
	],
	issues: [],
	updates: [],
	updatesDue: [],
	mayWrite: false,
	mayEvaluate: false,
};

/** A paper of one step of support, of a made-up round. */
export function sampleSupport(kind: Extract<DocumentKind, `support_${string}`>): {
	body: PaperBlock[];
	annexes: PaperAnnex[];
} {
	if (kind === "support_minutes") return { body: minutesBody(ROUND), annexes: [] };
	if (kind === "support_plan") return planBody(ROUND);
	if (kind === "support_activities") return activitiesBody(ROUND);
	return updateBody(ROUND, {
		id: ROUND.id,
		year: 2026,
		half: 1,
		asOf: "2026-06-09",
		picture: { ...PICTURE, on: "2026-06-09", under: 20, over: 77, missing: 6_020 },
		situation: "Lời của đơn vị.",
		questions: "Lời của đơn vị.",
		document: "",
		writtenBy: null,
		writtenAt: WRITTEN.changedAt,
	});
}
