import { displayDay } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import type { PaperAnnex, PaperBlock, PaperCell, PaperColumn, PaperTable } from "../../core/paper.ts";
import type { ShownRound, SupportPicture } from "../assistance/contract-rounds.ts";

type Update = ShownRound["updates"][number];

/** What the papers of the four steps say between opening and closing: the round's own words and figures, nothing added. */
export function minutesBody({ minutes }: ShownRound): PaperBlock[] {
	if (!minutes) return [];
	const { fromDay, untilDay, picture } = minutes;
	return numbered([
		["Thành phần", minutes.present],
		["Chủ trương", minutes.policy],
		["Thời gian", fromDay && untilDay ? `Từ ngày ${displayDay(fromDay)} đến ngày ${displayDay(untilDay)}.` : ""],
		["Nội dung", minutes.content],
		["Cách thức", minutes.manner],
		[
			"Trách nhiệm của từng cấp",
			[
				["Cụm thi đua", minutes.dutyCluster],
				["Hội Liên hiệp Phụ nữ cấp tỉnh", minutes.dutyProvince],
				["Hội Liên hiệp Phụ nữ cấp huyện", minutes.dutyDistrict],
				["Hội Liên hiệp Phụ nữ cơ sở", minutes.dutyCommune],
			]
				.filter(([, words]) => words !== "")
				.map(([who, words]) => `${who}: ${words}`)
				.join("\n"),
		],
		["Tình hình sơ bộ các cơ sở Hội", picture ? pictureWords(picture) : ""],
	]);
}

/** The plan the workshop ended in; its communes, each with cause, solution and road map, stand in the annex. */
export function planBody(round: ShownRound): { body: PaperBlock[]; annexes: PaperAnnex[] } {
	const { workshop, minutes } = round;
	if (!workshop) return { body: [], annexes: [] };
	const goal =
		workshop.goalCommunes === null || workshop.goalOn === null
			? ""
			: `${displayNumber(workshop.goalCommunes)} cơ sở đạt tỷ lệ tập hợp từ 60% trở lên, chậm nhất ngày ${displayDay(workshop.goalOn)}.`;
	return {
		body: numbered([
			["Mục tiêu", goal],
			["Nội dung, cách thức", [minutes?.content, minutes?.manner].filter(Boolean).join("\n")],
			["Nguyên nhân, giải pháp, lộ trình của từng cơ sở", "Tại Phụ lục kèm theo."],
			["Nguồn lực", workshop.resources],
			["Đề xuất Trung ương hỗ trợ", workshop.helpAsked],
		]),
		annexes: [
			{
				title: ["Nguyên nhân, giải pháp, lộ trình của từng cơ sở Hội"],
				table: communesTable(round.communes),
				notes: [],
			},
			...(round.activities.length > 0
				? [{ title: ["Các hoạt động hướng dẫn, hỗ trợ cơ sở Hội"], table: plannedTable(round.activities), notes: [] }]
				: []),
		],
	};
}

/** What was done under the plan, what came of it, and what was raised on the way. */
export function activitiesBody(round: ShownRound): { body: PaperBlock[]; annexes: PaperAnnex[] } {
	const issues = round.issues
		.filter(({ passedOn }) => !passedOn)
		.map(
			({ from, to, text, answer, answeredOn }) =>
				`${from} nêu lên ${to}: ${text}${answeredOn ? ` Trả lời ngày ${displayDay(answeredOn)}: ${answer}` : " (chưa được trả lời)"}`,
		)
		.join("\n");
	return {
		body: numbered([
			["Kết quả các hoạt động", "Từng hoạt động tại Phụ lục kèm theo."],
			["Đánh giá, rút kinh nghiệm", evaluations(round)],
			["Những vấn đề đặt ra", issues],
		]),
		annexes: [
			{ title: ["Các hoạt động hướng dẫn, hỗ trợ cơ sở Hội"], table: activitiesTable(round.activities), notes: [] },
		],
	};
}

/** The half-year's update: how the communes stand, what was done, what is asked. */
export function updateBody(round: ShownRound, update: Update): { body: PaperBlock[]; annexes: PaperAnnex[] } {
	const before = round.minutes?.picture ?? null;
	const compared = before
		? `Khi bắt đầu (ngày ${displayDay(before.on)}): ${displayNumber(before.under + before.exactly)} cơ sở chưa đạt trên 60%; đến ngày ${displayDay(update.asOf)}: ${displayNumber(update.picture.under + update.picture.exactly)} cơ sở.`
		: "";
	return {
		body: numbered([
			["Tình hình, kết quả", [compared, update.situation].filter(Boolean).join("\n")],
			["Đánh giá, rút kinh nghiệm sau các hoạt động", evaluations(round)],
			["Những vấn đề đặt ra, kiến nghị", update.questions],
		]),
		annexes: [
			{
				title: ["Nguyên nhân, giải pháp, lộ trình của từng cơ sở Hội"],
				table: communesTable(round.communes),
				notes: ["Tỷ lệ và số còn thiếu là số tạm tính của ngày lập văn bản."],
			},
		],
	};
}

function evaluations({ activities }: ShownRound): string {
	return activities
		.flatMap(({ name, evaluation }) =>
			evaluation
				? [`${name}: ${evaluation.lessons}${evaluation.adjustment ? ` Điều chỉnh: ${evaluation.adjustment}` : ""}`]
				: [],
		)
		.join("\n");
}

/** How the communes stood on a day, as a sentence. */
function pictureWords(picture: SupportPicture): string {
	const { on, communes, under, exactly, over, none, missing } = picture;
	return [
		`Tính đến ngày ${displayDay(on)}, có ${displayNumber(communes)} cơ sở Hội: ${displayNumber(over)} cơ sở đạt trên 60%, ${displayNumber(exactly)} cơ sở bằng 60%, ${displayNumber(under)} cơ sở dưới 60%`,
		none > 0 ? `, ${displayNumber(none)} cơ sở chưa có số liệu phụ nữ từ 18 tuổi trở lên` : "",
		`. Để tất cả đạt trên 60%, còn thiếu ${displayNumber(missing)} hội viên.`,
	].join("");
}

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];

/** Headings with their words, those that are empty left out and the rest numbered. */
function numbered(parts: readonly (readonly [string, string])[]): PaperBlock[] {
	return parts
		.filter(([, words]) => words !== "")
		.flatMap(([title, words], at): PaperBlock[] => [
			{ kind: "heading", level: 1, text: `${ROMAN[at]}. ${title.toUpperCase()}` },
			...words
				.split("\n")
				.map((line) => line.trim())
				.filter(Boolean)
				.map((text): PaperBlock => ({ kind: "paragraph", text })),
		]);
}

const text = (key: string, head: string, width: number): PaperColumn => ({ key, head, kind: "text", width });
const number: PaperColumn = { key: "number", head: "TT", kind: "number", width: 10 };

function communesTable(communes: ShownRound["communes"]): PaperTable {
	return {
		name: "Các cơ sở",
		columns: [
			number,
			text("name", "Cơ sở Hội", 34),
			{ key: "rate", head: "Tỷ lệ (%)", kind: "rate", width: 18 },
			{ key: "missing", head: "Còn thiếu", kind: "count", width: 18 },
			text("cause", "Nguyên nhân", 62),
			text("solution", "Giải pháp", 62),
			text("goal", "Lộ trình", 36),
		],
		rows: communes.map((one, at): PaperCell[] => [
			at + 1,
			one.becameNow.length > 0 ? `${one.name} (nay: ${one.becameNow.join(", ")})` : one.name,
			one.rate,
			one.missing,
			[one.cause, ...one.caseCauses].filter(Boolean).join("; "),
			[one.solution, ...one.caseSolutions].filter(Boolean).join("; "),
			goalWords(one),
		]),
	};
}

function goalWords({ goalMembers, goalOn, caseGoal }: ShownRound["communes"][number]): string {
	const goal = goalMembers !== null && goalOn !== null ? { members: goalMembers, day: goalOn } : caseGoal;
	return goal ? `${displayNumber(goal.members)} hội viên, ngày ${displayDay(goal.day)}` : "";
}

/** The activities as they are planned: what the plan says before anything has come of it. */
function plannedTable(activities: ShownRound["activities"]): PaperTable {
	return {
		name: "Hoạt động dự kiến",
		columns: [
			number,
			text("name", "Hoạt động", 50),
			text("communes", "Cơ sở", 50),
			text("days", "Dự kiến ngày", 26),
			text("tutor", "Người giúp đỡ", 40),
			text("plan", "Nội dung, cách làm", 64),
		],
		rows: activities.map((one, at): PaperCell[] => [
			at + 1,
			one.name,
			one.communes.map(({ name }) => name).join(", "),
			displayDay(one.plannedOn),
			one.tutor,
			one.plan,
		]),
	};
}

function activitiesTable(activities: ShownRound["activities"]): PaperTable {
	return {
		name: "Các hoạt động",
		columns: [
			number,
			text("name", "Hoạt động", 46),
			text("communes", "Cơ sở", 44),
			text("days", "Thời gian", 32),
			text("tutor", "Người giúp đỡ", 32),
			{ key: "participants", head: "Số tham gia", kind: "count", width: 18 },
			text("result", "Kết quả", 58),
		],
		rows: activities.map((one, at): PaperCell[] => [
			at + 1,
			one.name,
			one.communes.map(({ name }) => name).join(", "),
			one.doneOn ? displayDay(one.doneOn) : `dự kiến ${displayDay(one.plannedOn)}`,
			one.tutor,
			one.participants,
			one.cancelledWhy ? `Không tổ chức: ${one.cancelledWhy}` : one.result,
		]),
	};
}
