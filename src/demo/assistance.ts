import type { PortfolioRow } from "../areas/assistance/contract.ts";
import { assistance } from "../areas/assistance/store.ts";
import { lastDataDay } from "../areas/support/rules.ts";
import { addDays, addMonths, type Day } from "../core/day.ts";
import { type Actor, asActor, asSystem, type Database } from "../db/actor.ts";

/** Whom the demo's people are: by their sign-ins (accounts.ts). */
const CENTRE = "trunguong";
const CLUSTER = "cum";
const OFFICER = "tp.hue";
/** The province of the demo whose communes have cases. */
const PROVINCE = "46";
/** One commune in so many has nobody in charge. */
const WITHOUT_OFFICER = 5;
/** So many communes were asked to the workshop. */
const ASKED = 6;

/** What one person does on one day. */
type Doer = <T>(
	username: string,
	on: Day,
	act: (key: typeof assistance, work: Parameters<Parameters<typeof asActor>[2]>[0]) => Promise<T>,
) => Promise<T>;

/**
 * Lets the demo's province have been supported since the half-year before the last: most communes have an officer, some visits are late, one
 * commune is the pilot, and a round stands in its third step with one activity done, one late and one still to come.
 */
export async function assistanceDemo(database: Database, today?: Day): Promise<void> {
	const now = today ?? (await asSystem(database, async (work) => work.today));
	const ids = await accountsOf(database);
	const does: Doer = (username, on, act) => {
		const actor: Actor = { accountId: ids.get(username) as string, today: on };
		return asActor(database, actor, (work) => act(assistance, work));
	};
	const start = addDays(lastDataDay(lastDataDay(now)), 10);
	const lacking = await handOut(does, start, ids.get(OFFICER) as string);
	await visitSome(does, lacking, start, now);
	await carryRound(does, lacking.slice(0, ASKED), start, now);
}

async function accountsOf(database: Database): Promise<Map<string, string>> {
	return asSystem(database, async (work) => {
		const rows = await work.db
			.selectFrom("account")
			.select(["id", "username"])
			.where("username", "in", [CENTRE, CLUSTER, OFFICER])
			.execute();
		return new Map(rows.map(({ id, username }) => [username, id]));
	});
}

/** Gives most communes an officer and those not over 60 % to the cluster; answers the latter, those furthest away first. */
async function handOut(does: Doer, on: Day, accountId: string): Promise<PortfolioRow[]> {
	const { rows, unit } = await does(OFFICER, on, (key, work) => key.portfolios(work, { unit: PROVINCE }));
	const held = rows.filter((_, at) => at % WITHOUT_OFFICER !== WITHOUT_OFFICER - 1).map(({ unitId }) => unitId);
	const assigned = { accountId, name: "", everyMonths: 3, document: "Thông báo 15/TB-BTV (minh họa)" };
	await does(OFFICER, on, (key, work) => key.assignOfficer(work, { communeIds: held, role: "officer", ...assigned }));
	const lacking = rows
		.filter((row) => row.class === "under" || row.class === "exactly")
		.toSorted((a, b) => (b.missing ?? 0) - (a.missing ?? 0));
	const clusters = await does(CENTRE, on, (key, work) => key.portfolios(work, { unit: PROVINCE }));
	const cluster = clusters.clusters.find(({ code }) => code === "CUM4");
	if (cluster && lacking.length > 0)
		await does(CENTRE, on, (key, work) =>
			key.assignCluster(work, { clusterId: cluster.unitId, provinceId: unit.unitId, document: "20/CV-BTC (minh họa)" }),
		);
	const [first] = lacking;
	if (first)
		await does(CLUSTER, on, (key, work) =>
			key.choosePilot(work, { provinceId: unit.unitId, communeId: first.unitId, document: "" }),
		);
	return lacking;
}

/** Some communes were visited lately, others long ago. */
async function visitSome(does: Doer, communes: readonly PortfolioRow[], start: Day, now: Day): Promise<void> {
	for (const [at, { unitId }] of communes.slice(0, 12).entries()) {
		const onDay = addDays(at % 2 === 0 ? start : now, at % 2 === 0 ? 20 + at : -30 - at);
		await does(OFFICER, onDay, (key, work) =>
			key.recordVisit(work, {
				unitId,
				onDay,
				attended: at % 3 === 0 ? "committee" : "branch_meeting",
				notes: "Dự sinh hoạt, hướng dẫn chi hội trưởng điều hành theo chủ đề.",
			}),
		);
	}
}

async function carryRound(does: Doer, communes: readonly PortfolioRow[], start: Day, now: Day): Promise<void> {
	const provinceId = communes[0]?.provinceId;
	if (!provinceId) return;
	const until = `${Number(now.slice(0, 4)) + 1}-12-31`;
	const { id: roundId } = await does(CLUSTER, start, (key, work) =>
		key.openRound(work, { provinceId, name: `Đợt hỗ trợ từ năm ${start.slice(0, 4)}` }),
	);
	await does(CLUSTER, addDays(start, 3), async (key, work) => {
		await key.setMinutes(work, {
			roundId,
			version: 0,
			metOn: work.today,
			place: "Trụ sở Hội LHPN thành phố",
			present: "Đại diện Cụm thi đua; Ban Thường vụ Hội LHPN thành phố.",
			policy:
				"Hỗ trợ từng cơ sở chưa đạt trên 60% theo lộ trình riêng; thí điểm một cơ sở, rút kinh nghiệm rồi làm ở các cơ sở còn lại.",
			fromDay: work.today,
			untilDay: until,
			content: "Rà soát nguyên nhân; hội thảo với các cơ sở; hoạt động hướng dẫn, hỗ trợ tại chi hội.",
			manner: "Cán bộ đi cơ sở hằng tháng, cầm tay chỉ việc.",
			dutyCluster: "Tư vấn, theo dõi, đánh giá sau mỗi hoạt động.",
			dutyProvince: "Chủ động bố trí thời gian, nguồn lực; chịu trách nhiệm chính.",
			dutyDistrict: "",
			dutyCommune: "Thực hiện lộ trình, cập nhật danh sách hội viên.",
			pictureOn: lastDataDay(work.today),
		});
		await key.closeStep(work, { roundId, step: 1 });
	});
	const planOn = addDays(start, 24);
	await does(OFFICER, planOn, async (key, work) => {
		const workshop = {
			roundId,
			version: 0,
			heldOn: addDays(start, 20),
			place: "Trụ sở Hội LHPN thành phố",
			present: "",
			goalCommunes: communes.length,
			goalOn: until,
			resources: "Kinh phí hoạt động của Hội LHPN thành phố: 60 triệu đồng.",
			helpAsked: "Tài liệu sinh hoạt chi hội cho nhóm phụ nữ trẻ.",
			communes: communes.map(({ unitId, members, missing }) => ({
				unitId,
				attended: true,
				cause: "",
				solution: "Mỗi chi hội một nhóm theo lứa tuổi, nghề nghiệp",
				goalMembers: members + (missing ?? 0),
				goalOn: until,
			})),
		};
		// Where a commune has no case yet, the workshop itself says the cause.
		await key.setWorkshop(work, {
			...workshop,
			communes: workshop.communes.map((one) => ({ ...one, cause: "Phụ nữ đi làm ăn xa nhiều" })),
		});
		await key.issuePlan(work, { roundId, version: 1, number: "12/KH-BTV", on: planOn });
		await key.closeStep(work, { roundId, step: 2 });
	});
	await act(does, { roundId, communes, planOn, now });
}

/** One activity done and looked back on, one late, one to come; and what stands in the way, raised by the province. */
async function act(
	does: Doer,
	{ roundId, communes, planOn, now }: { roundId: string; communes: readonly PortfolioRow[]; planOn: Day; now: Day },
): Promise<void> {
	const planned = { roundId, version: 0, plan: "", tutorId: null, tutorName: "Bà Trần Thị Tư Vấn (minh họa)" };
	const ids = communes.map(({ unitId }) => unitId);
	const doneOn = addDays(planOn, 25);
	const { id } = await does(OFFICER, planOn, (key, work) =>
		key.setActivity(work, {
			...planned,
			name: "Ra mắt câu lạc bộ phụ nữ trẻ",
			plannedOn: addDays(planOn, 20),
			communeIds: ids.slice(0, 2),
		}),
	);
	await does(OFFICER, doneOn, (key, work) =>
		key.recordActivity(work, {
			activityId: id,
			version: 1,
			doneOn,
			result: "Hai câu lạc bộ ra mắt, 64 chị em đăng ký tham gia.",
			participants: 140,
			cancelledWhy: "",
		}),
	);
	await does(CLUSTER, addDays(doneOn, 10), (key, work) =>
		key.evaluateActivity(work, {
			activityId: id,
			version: 0,
			evaluatedOn: work.today,
			lessons: "Buổi tối và cuối tuần đông hơn; nên mời Đoàn Thanh niên cùng tổ chức.",
			adjustment: "Các câu lạc bộ sau họp buổi tối.",
		}),
	);
	await does(OFFICER, now, async (key, work) => {
		await key.setActivity(work, {
			...planned,
			name: "Tập huấn chi hội trưởng về đổi mới sinh hoạt",
			plannedOn: addDays(now, -20),
			communeIds: ids,
		});
		await key.setActivity(work, {
			...planned,
			name: "Ngày hội phụ nữ khu nhà trọ",
			plannedOn: addMonths(now, 1),
			communeIds: ids.slice(2),
		});
		await key.raiseIssue(work, {
			roundId,
			text: "Một số cấp ủy cơ sở chỉ cho mỗi người tham gia một đoàn thể; đề nghị có văn bản chỉ đạo.",
		});
	});
}
