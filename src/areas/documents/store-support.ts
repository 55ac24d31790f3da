import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import type { PaperAnnex, PaperBlock } from "../../core/paper.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { ShownRound } from "../assistance/contract-rounds.ts";
import { updateWords } from "../assistance/rules-rounds.ts";
import { showRound } from "../assistance/store-rounds.ts";
import type { Unit } from "../units/contract.ts";
import { DOCUMENT_LABELS, type DocumentKind } from "./rules-kinds.ts";
import { inSentence } from "./rules-paper.ts";
import { activitiesBody, minutesBody, planBody, updateBody } from "./rules-support.ts";

interface Asked {
	kind: Extract<DocumentKind, `support_${string}`>;
	roundId?: string;
	updateId?: string;
}

interface Content {
	values: Record<string, string>;
	body: PaperBlock[];
	annexes: PaperAnnex[];
	issued: { number: number; documentOn: Day } | null;
}

/** A paper of one of the four steps of support, from the round as it stands. Throws `document.empty` before the step has anything to say. */
export async function supportContent(work: Work, unit: Unit, asked: Asked): Promise<Content> {
	const round = (await showRound(work, { roundId: asked.roundId ?? (await latestRound(work, unit)) })) as ShownRound;
	if (unit.id !== round.provinceNow && unit.id !== round.cluster?.unitId)
		throw new Problem("document.level", 422, `Đợt hỗ trợ này không phải của ${unit.name}.`, { field: "unit" });
	const values = valuesOf(round, asked.kind === "support_minutes" ? round.minutes?.place : round.workshop?.place);
	const none = { issued: null, annexes: [] };
	switch (asked.kind) {
		case "support_minutes":
			if (!round.minutes) throw empty(asked.kind, round);
			return { values, ...none, body: minutesBody(round) };
		case "support_plan":
			if (!round.workshop) throw empty(asked.kind, round);
			return { values, ...planBody(round), issued: issuedAs(round.workshop) };
		case "support_activities":
			if (round.activities.length === 0) throw empty(asked.kind, round);
			return { values, ...none, ...activitiesBody(round) };
		case "support_update": {
			const update = round.updates.find(({ id }) => id === asked.updateId) ?? round.updates.at(-1);
			if (!update) throw empty(asked.kind, round);
			const { picture, asOf } = update;
			return {
				...none,
				...updateBody(round, update),
				values: {
					...values,
					"tính đến ngày": displayDay(asOf),
					năm: asOf.slice(0, 4),
					"kỳ cập nhật": updateWords(update),
					"số trên 60%": displayNumber(picture.over),
					"số chưa đạt trên 60%": displayNumber(picture.under + picture.exactly),
					"còn thiếu": displayNumber(picture.missing),
				},
			};
		}
	}
}

async function latestRound(work: Work, unit: Unit): Promise<string> {
	const { rows } = await sql<{ id: string }>`select r.id::text from app.support_round r
		left join app.cluster_province c on c.province_id = calc.province_now(r.province_id) and c.during @> ${work.today}::date
		where ${unit.id} in (calc.province_now(r.province_id), c.cluster_id) order by r.opened_on desc, r.opened_at desc limit 1`.execute(
		work.db,
	);
	if (rows[0]) return rows[0].id;
	throw new Problem("document.empty", 422, `${unit.name} chưa có đợt hỗ trợ cơ sở nào. Hãy mở đợt hỗ trợ trước.`, {
		field: "unit",
	});
}

function valuesOf(round: ShownRound, place = ""): Record<string, string> {
	const { workshop, minutes, activities, communes } = round;
	const going = activities.filter(({ cancelledWhy }) => cancelledWhy === "");
	const open = "…";
	const dayWords = (day: Day | null | undefined) => (day ? displayDay(day) : open);
	return {
		tỉnh: inSentence(round.province.name),
		Cụm: round.cluster?.name.replace(/ \(ví dụ\)$/u, "") ?? "Cụm thi đua",
		đợt: round.name,
		"số cơ sở": displayNumber(communes.length),
		"ngày làm việc": dayWords(minutes?.metOn),
		"địa điểm": place || open,
		"ngày hội thảo": dayWords(workshop?.heldOn),
		"số phấn đấu": workshop?.goalCommunes === null || !workshop ? open : displayNumber(workshop.goalCommunes ?? 0),
		"ngày phấn đấu": dayWords(workshop?.goalOn),
		"kế hoạch": workshop?.planOn
			? `Kế hoạch ${workshop.planNumber} ngày ${displayDay(workshop.planOn)}`
			: "Kế hoạch hành động",
		"số hoạt động": displayNumber(going.length),
		"số đã làm": displayNumber(going.filter(({ doneOn }) => doneOn !== null).length),
		"số tham gia": displayNumber(going.reduce((sum, { participants }) => sum + (participants ?? 0), 0)),
	};
}

/** An issued plan bears the number and the day under which it was issued: "12/KH-BTV" is number 12. */
function issuedAs({ planNumber, planOn }: NonNullable<ShownRound["workshop"]>): Content["issued"] {
	const number = /^\d{1,6}/.exec(planNumber)?.[0];
	return number && planOn ? { number: Number(number), documentOn: planOn } : null;
}

function empty(kind: Asked["kind"], round: ShownRound): Problem {
	return new Problem(
		"document.empty",
		422,
		`${round.name}: chưa có gì để lập “${DOCUMENT_LABELS[kind]}”. Hãy ghi bước ấy trước.`,
		{ field: "unit" },
	);
}
