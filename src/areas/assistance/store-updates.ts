import { sql } from "kysely";
import { displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { updateDay, updateWords } from "./rules-rounds.ts";
import { pictureOf, requireOpenStep } from "./store-rounds.ts";

interface Update {
	roundId: string;
	year: number;
	half: 1 | 2;
	situation: string;
	questions: string;
	document: string;
}

/** Writes the update of a half-year for the Standing (R18, step 4), with the figures of its data day; one a half-year. */
export async function addUpdate(work: Work, { roundId, year, half, situation, questions, document }: Update) {
	const round = await requireOpenStep(work, roundId, 4);
	const asOf = updateDay({ year, half });
	if (asOf > work.today)
		throw new Problem(
			"assistance.ahead",
			422,
			`Số liệu ${updateWords({ year, half })} chốt ngày ${displayDay(asOf)}, chưa đến ngày ấy.`,
			{ field: "half" },
		);
	const planOn = round.workshop?.planOn ?? null;
	if (planOn === null || asOf <= planOn)
		throw new Problem(
			"assistance.before_plan",
			422,
			planOn === null
				? "Chưa có kế hoạch hành động được ban hành nên chưa có gì để cập nhật."
				: `Kế hoạch ban hành ngày ${displayDay(planOn)}, sau số liệu ${updateWords({ year, half })}.`,
			{ field: "half" },
		);
	if (round.updates.some((one) => one.year === year && one.half === half))
		throw new Problem(
			"assistance.update_twice",
			409,
			`Đã có bản cập nhật ${updateWords({ year, half })} của đợt này.`,
			{
				field: "half",
			},
		);
	const picture = await pictureOf(work, round.provinceNow, asOf);
	const id = uuidv7();
	await sql`insert into app.support_update (id, round_id, year, half, as_of, picture, situation, questions, document, written_by)
		values (${id}::uuid, ${roundId}::uuid, ${year}, ${half}, ${asOf}::date, ${JSON.stringify(picture)}::jsonb, ${situation}, ${questions},
			${document}, ${work.accountId}::uuid)`.execute(work.db);
	await work.audit({ action: "assistance.addUpdate", unitId: round.province.unitId, detail: { year, half } });
	return { id };
}
