import { headcounts } from "../areas/headcounts/store.ts";
import { lastDataDay, proposedRoadMap } from "../areas/support/rules.ts";
import type { CaseInput } from "../areas/support/store-parts.ts";
import { membersOn, type Supported, supportedBelow } from "../areas/support/store-standing.ts";
import { closeCase, openCase, saveCase } from "../areas/support/store-write.ts";
import { requireUnit } from "../areas/units/store-reading.ts";
import { addDays, type Day } from "../core/day.ts";
import { missingToPass } from "../core/rate.ts";
import { asSystem, type Database, type Work } from "../db/actor.ts";

/** The province of the demo whose communes have cases in every state. */
const PROVINCE = "new:46";

/** One in so many communes not over 60 % has no case yet. */
const WITHOUT_CASE = 8;

/** What causes there are, and what is done against them: a commune after the other takes one. `many`: women a hundred. */
const PLANS: readonly {
	causes: [string, number, string][];
	groups: [string, number][];
	solutions: [string, string][];
	partner: string;
}[] = [
	{
		causes: [
			["cause.away", 3, "Theo sổ tạm vắng của Công an phường, chị em trẻ đi làm ở các khu công nghiệp phía Nam."],
			["cause.business", 2, "Tiểu thương hai chợ bán hàng cả ngày, sinh hoạt buổi tối vắng."],
		],
		groups: [
			["group.away", 46],
			["group.traders", 30],
		],
		solutions: [
			["solution.c4", "Chi hội trưởng các khu phố"],
			["solution.b3", "Ban Thường vụ Hội"],
		],
		partner: "partner.residence",
	},
	{
		causes: [
			["cause.young", 3, "Nữ từ 18 đến 30 tuổi hầu hết sinh hoạt Đoàn."],
			["cause.dull_meetings", 2, "Bốn chi hội sinh hoạt một hình thức từ nhiều năm."],
		],
		groups: [["group.young", 60]],
		solutions: [
			["solution.a2", "Chủ tịch Hội và Bí thư Đoàn"],
			["solution.b2", "Phó Chủ tịch Hội"],
		],
		partner: "partner.youth",
	},
	{
		causes: [
			["cause.elderly", 2, "Chị em trên 60 tuổi sinh hoạt Hội Người cao tuổi."],
			["cause.household_dues", 2, "Nhiều nhà ba thế hệ chỉ một người vào Hội."],
			["cause.cadres", 1, "Ba chi hội trưởng mới nhận việc."],
		],
		groups: [
			["group.elderly", 50],
			["group.caring", 20],
		],
		solutions: [
			["solution.a5", "Ban Thường vụ Hội"],
			["solution.d4", "Cán bộ Hội LHPN cấp tỉnh"],
		],
		partner: "partner.elderly",
	},
	{
		causes: [["cause.no_benefit", 3, "Qua khảo sát, chị em muốn vay vốn và được bảo vệ khi có việc."]],
		groups: [
			["group.workers", 40],
			["group.temporary", 30],
		],
		solutions: [
			["solution.b1", "Chi hội trưởng"],
			["solution.c1", "Ban Thường vụ Hội"],
		],
		partner: "partner.landlords",
	},
];

/**
 * Lets the demo's province have carried its communes since the half-year before the last: some have no case yet, most are on their way, some
 * have passed and wait, some are confirmed, one was closed and one fell back.
 */
export async function supportDemo(database: Database, today?: Day): Promise<void> {
	const now = today ?? (await asSystem(database, async (work) => work.today));
	await asSystem(database, openDemoCases, addDays(lastDataDay(lastDataDay(now)), 7));
	await asSystem(database, carryDemoCases, now);
}

async function communesOf(work: Work): Promise<Supported[]> {
	const { id } = await work.db
		.selectFrom("unit")
		.select("id")
		.where("builtin_key", "=", PROVINCE)
		.executeTakeFirstOrThrow();
	return supportedBelow(work, await requireUnit(work, { id }));
}

async function openDemoCases(work: Work): Promise<void> {
	const lacking = (await communesOf(work)).filter(({ row }) => row.class === "under" || row.class === "exactly");
	for (const [at, { row }] of lacking.entries()) {
		if (at % WITHOUT_CASE === WITHOUT_CASE - 1) continue;
		await openCase(work, { unitId: row.id, note: "" });
		const plan = planOf(work.today, at, row.members, row.women18 as number);
		await saveCase(work, { unitId: row.id, version: 1, ...plan });
	}
}

function planOf(today: Day, at: number, members: number, women18: number): CaseInput {
	const plan = PLANS[at % PLANS.length] as (typeof PLANS)[number];
	const hundredths = Math.max(1, Math.floor((women18 - members) / 400));
	return {
		causes: plan.causes.map(([cause, weight, evidence]) => ({ cause, weight, evidence })),
		groups: plan.groups.map(([group, many]) => ({ group, women: hundredths * many, note: "" })),
		solutions: plan.solutions.map(([solution, responsible], n) => ({
			solution,
			cause: plan.causes[n]?.[0] ?? null,
			begunOn: addDays(today, 30 + 60 * n),
			endedOn: null,
			responsible,
			note: "",
		})),
		milestones: proposedRoadMap(members, women18, today, 3 + (at % 3)).map((one) => ({ ...one, note: "" })),
		resources: [{ words: "Kinh phí hoạt động từ quỹ Hội", source: "Quỹ Hội cơ sở", amount: 5_000_000, onDay: null }],
		partners: [{ partner: plan.partner, task: "Cùng rà soát và vận động chị em" }],
	};
}

/** The nearest pass 60 % before the last data day or after it; then one is closed, one falls back, and a word of the others is still to come. */
async function carryDemoCases(work: Work): Promise<void> {
	const last = lastDataDay(work.today);
	const later = addDays(last, 60) < work.today ? addDays(last, 60) : work.today;
	const near = (await communesOf(work))
		.filter(({ row, state }) => state === "open" && row.missing !== null)
		.sort((a, b) => (a.row.missing as number) - (b.row.missing as number))
		.slice(0, 4);
	for (const [at, { row }] of near.entries()) {
		// What it lacked on the data day, when it had fewer than today.
		const then = (await membersOn(work, row.id, [last])).get(last) ?? row.members;
		const lacked = missingToPass(then, row.women18 as number);
		await counted(work, row.id, at === 3 ? later : addDays(last, -20), lacked + 5);
	}
	const [closed, , back] = near;
	if (back) await counted(work, back.row.id, later, 0);
	if (closed)
		await closeCase(work, {
			unitId: closed.row.id,
			version: 2,
			result: "passed",
			note: "Đi từng nhà cùng chi hội trưởng, mỗi tháng một buổi sinh hoạt theo nhóm.",
		});
}

/** Members of member organisations, counted at a commune from a day on. */
async function counted(work: Work, unitId: number, onDay: Day, count: number): Promise<void> {
	const [inForce] = await headcounts.list(work, { unitId, on: onDay, below: false });
	const before = inForce?.figures.find(({ component }) => component === "member_organisation");
	await headcounts.set(work, {
		unitId,
		component: "member_organisation",
		onDay,
		count: (count === 0 ? 0 : (before?.count ?? 0)) + count,
		overlap: 0,
		source: "Hội Nữ doanh nhân, Hội Nữ trí thức cùng cấp",
		document: "15/BC (minh họa)",
	});
}
