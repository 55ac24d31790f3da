import type { Day } from "../../core/day.ts";

/** The four steps (annex 1 of the guidance). */
export const STEPS = [1, 2, 3, 4] as const;
export type Step = (typeof STEPS)[number];

export const STEP_WORDS: Record<Step, string> = {
	1: "Bước 1: Cụm làm việc với tỉnh, thống nhất chủ trương",
	2: "Bước 2: Hội thảo, kế hoạch hành động",
	3: "Bước 3: Hoạt động hướng dẫn, hỗ trợ",
	4: "Bước 4: Đánh giá, cập nhật định kỳ",
};

/** Before that day districts carried part of it. */
const DISTRICTS_ENDED: Day = "2025-07-01";

/** What is known of a round, as far as its steps ask for it. */
export interface RoundFacts {
	minutes: {
		metOn: Day;
		policy: string;
		fromDay: Day | null;
		untilDay: Day | null;
		content: string;
		manner: string;
		dutyCluster: string;
		dutyProvince: string;
		dutyDistrict: string;
		dutyCommune: string;
		pictureOn: Day | null;
	} | null;
	workshop: {
		heldOn: Day;
		goalCommunes: number | null;
		goalOn: Day | null;
		resources: string;
		planNumber: string;
		planOn: Day | null;
	} | null;
	communes: {
		unitId: number;
		name: string;
		attended: boolean | null;
		hasCause: boolean;
		hasSolution: boolean;
		hasMilestone: boolean;
	}[];
	activities: {
		name: string;
		plannedOn: Day;
		doneOn: Day | null;
		cancelled: boolean;
		evaluated: boolean;
		communeIds: number[];
	}[];
	openIssues: number;
	updates: { year: number; half: 1 | 2 }[];
	/** The days on which steps were closed. */
	closed: Partial<Record<Step, Day>>;
}

/** The step under way: the first that is not closed; null where all are. */
export function currentStep({ closed }: Pick<RoundFacts, "closed">): Step | null {
	return STEPS.find((step) => closed[step] === undefined) ?? null;
}

/** What a step must still have before it can be closed (R18), in words; empty: nothing is missing. */
export function missingOf(step: Step, facts: RoundFacts, today: Day): string[] {
	const earlier = STEPS.filter((one) => one < step && facts.closed[one] === undefined);
	const order = earlier.map((one) => `Khép bước ${one} trước`);
	if (step === 1) return missingInMinutes(facts);
	if (step === 2) return [...order, ...missingInWorkshop(facts)];
	if (step === 3) return [...order, ...missingInActivities(facts)];
	return [...order, ...missingInEvaluations(facts, today)];
}

function missingInMinutes({ minutes }: RoundFacts): string[] {
	if (!minutes) return ["Biên bản làm việc giữa Cụm và Hội LHPN tỉnh"];
	const wanted: [boolean, string][] = [
		[minutes.policy !== "", "Chủ trương đã thống nhất"],
		[minutes.fromDay !== null && minutes.untilDay !== null, "Thời gian hỗ trợ (từ ngày, đến ngày)"],
		[minutes.content !== "", "Nội dung hỗ trợ"],
		[minutes.manner !== "", "Cách thức hỗ trợ"],
		[minutes.dutyCluster !== "", "Trách nhiệm của Cụm"],
		[minutes.dutyProvince !== "", "Trách nhiệm của cấp tỉnh"],
		[minutes.dutyDistrict !== "" || minutes.metOn >= DISTRICTS_ENDED, "Trách nhiệm của cấp huyện"],
		[minutes.dutyCommune !== "", "Trách nhiệm của cơ sở"],
		[minutes.pictureOn !== null, "Tình hình sơ bộ các cơ sở, tính đến một ngày"],
	];
	return wanted.flatMap(([there, words]) => (there ? [] : [words]));
}

function missingInWorkshop({ workshop, communes }: RoundFacts): string[] {
	if (!workshop) return ["Hội thảo với các cơ sở"];
	return [
		...(communes.length === 0 ? ["Danh sách cơ sở được mời"] : []),
		...ofCommunes(communes, ({ attended }) => attended !== null, "Ghi có dự hay không"),
		...ofCommunes(communes, ({ hasCause }) => hasCause, "Nguyên nhân"),
		...ofCommunes(communes, ({ hasSolution }) => hasSolution, "Giải pháp"),
		...ofCommunes(communes, ({ hasMilestone }) => hasMilestone, "Lộ trình (số hội viên đến ngày nào)"),
		...(workshop.goalCommunes === null || workshop.goalOn === null
			? ["Số cơ sở phấn đấu đạt từ 60% trở lên, đến ngày nào"]
			: []),
		...(workshop.resources === "" ? ["Nguồn lực tỉnh bố trí"] : []),
		...(workshop.planOn === null ? ["Kế hoạch hành động đã ban hành (số, ngày)"] : []),
	];
}

function ofCommunes(
	communes: RoundFacts["communes"],
	has: (commune: RoundFacts["communes"][number]) => boolean,
	words: string,
): string[] {
	const without = communes.filter((one) => !has(one)).map(({ name }) => name);
	return without.length === 0 ? [] : [`${words}: ${shortList(without)}`];
}

function missingInActivities({ activities, communes, openIssues, workshop }: RoundFacts): string[] {
	const planOn = workshop?.planOn ?? null;
	const going = activities.filter(({ cancelled }) => !cancelled);
	const open = going.filter(({ doneOn }) => doneOn === null).map(({ name }) => name);
	const early = planOn === null ? [] : going.filter((one) => isBeforePlan(one, planOn)).map(({ name }) => name);
	const reached = new Set(going.flatMap(({ communeIds }) => communeIds));
	const left = communes.filter(({ unitId }) => !reached.has(unitId)).map(({ name }) => name);
	return [
		...(going.length === 0 ? ["Ít nhất một hoạt động theo kế hoạch"] : []),
		...(open.length > 0 ? [`Kết quả của: ${shortList(open)}`] : []),
		...(early.length > 0 ? [`Ngày của hoạt động trước ngày kế hoạch: ${shortList(early)}`] : []),
		...(left.length > 0 && going.length > 0 ? [`Hoạt động cho cơ sở: ${shortList(left)}`] : []),
		...(openIssues > 0 ? [`Trả lời hoặc chuyển tiếp ${openIssues} vấn đề đã nêu`] : []),
	];
}

function missingInEvaluations(facts: RoundFacts, today: Day): string[] {
	const without = facts.activities.filter((one) => one.doneOn !== null && !one.evaluated).map(({ name }) => name);
	const due = updatesMissing(facts, today).map((one) => `Bản cập nhật ${updateWords(one)}`);
	return [
		...(without.length > 0 ? [`Đánh giá của Cụm sau: ${shortList(without)}`] : []),
		...due,
		...(facts.updates.length === 0 && due.length === 0
			? ["Ít nhất một bản cập nhật gửi Thường trực qua Ban Tổ chức"]
			: []),
	];
}

/** Whether an activity is dated before the plan under which it is done. */
export function isBeforePlan(activity: { plannedOn: Day; doneOn: Day | null }, planOn: Day): boolean {
	return activity.plannedOn < planOn || (activity.doneOn !== null && activity.doneOn < planOn);
}

/** What is late in a round today, in words. */
export function lateOf(facts: RoundFacts, today: Day): string[] {
	if (currentStep(facts) === null) return [];
	const late = facts.activities.filter(
		({ plannedOn, doneOn, cancelled }) => plannedOn < today && doneOn === null && !cancelled,
	);
	return [
		...late.map(({ name }) => `Quá ngày dự kiến, chưa có kết quả: ${name}`),
		...facts.activities
			.filter(({ doneOn, evaluated }) => doneOn !== null && !evaluated)
			.map(({ name }) => `Chưa đánh giá sau hoạt động: ${name}`),
		...updatesMissing(facts, today).map((one) => `Chưa có bản cập nhật ${updateWords(one)}`),
	];
}

export interface UpdateOf {
	year: number;
	half: 1 | 2;
}

/** The last day of the data of a half-year (R8): the update goes with the half-year's figures. */
export function updateDay({ year, half }: UpdateOf): Day {
	return half === 1 ? `${year}-06-09` : `${year}-11-24`;
}

export function updateWords({ year, half }: UpdateOf): string {
	return half === 1 ? `6 tháng đầu năm ${year}` : `năm ${year}`;
}

/** The half-years whose data day lies between the issue of the plan and today. */
export function updatesDue(planOn: Day | null, today: Day): UpdateOf[] {
	if (planOn === null) return [];
	const due: UpdateOf[] = [];
	for (let year = Number(planOn.slice(0, 4)); year <= Number(today.slice(0, 4)); year += 1)
		for (const half of [1, 2] as const) {
			const on = updateDay({ year, half });
			if (on > planOn && on < today) due.push({ year, half });
		}
	return due;
}

function updatesMissing({ workshop, updates }: RoundFacts, today: Day): UpdateOf[] {
	return updatesDue(workshop?.planOn ?? null, today).filter(
		(due) => !updates.some(({ year, half }) => year === due.year && half === due.half),
	);
}

/** Up to four names, and how many more. */
function shortList(names: readonly string[]): string {
	return names.length <= 4 ? names.join(", ") : `${names.slice(0, 4).join(", ")} và ${names.length - 4} nơi khác`;
}
