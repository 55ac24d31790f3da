import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { readRow, requireTop } from "../gathering/store-rates.ts";
import { FIRST_DAY } from "../headcounts/rules.ts";
import { sixMonthsFrom } from "../members/store-todo.ts";
import { forecastAll, halfYearDays, stretchesAhead } from "../targets/rules-forecast.ts";
import { communeHistories } from "../targets/store-forecast.ts";
import { readLines } from "../targets/store-lines.ts";
import { requirePeriod } from "../targets/store-standing.ts";
import type { Unit } from "../units/contract.ts";
import { MONTHS_AHEAD } from "./rules-calculator.ts";

/** Comings and leavings are read this far back. */
const MONTHS_BACK = 36;
/** No temporary resident's six months run longer than this. */
const LONGEST_WAIT = 184;

/** Which commune, by id or code; one's own where a person of a commune does not say. */
export interface CommuneQuestion {
	unitId?: number;
	unit?: string;
	on?: Day;
}

/** What "nếu …" starts from (rules-calculator.ts reckons the rest): the commune's figures, who is on the way, its own comings and leavings, and the forecast with its interval. */
export async function showCalculator(work: Work, input: CommuneQuestion) {
	const on = input.on ?? work.today;
	const unit = await requireCommune(work, input, on);
	const row = await readRow(work, unit, { on, map: null });
	return {
		on,
		unit: { unitId: unit.id, code: unit.code, name: unit.name },
		members: row.members,
		women18: row.women18,
		missing: row.missing,
		coming: await comingTo(work, unit, on),
		history: await historyOf(work, unit, on),
		asBefore: await forecastOf(work, unit, row.members, on),
		groups: await groupsOf(work, unit),
		termEnd: (await requirePeriod(work, { kind: "net_new_members", name: "" }, on)).end,
	};
}

/** The commune asked about; other kinds of unit have no 60 % to pass (R6). */
async function requireCommune(work: Work, input: CommuneQuestion, on: Day): Promise<Unit> {
	const unit = await requireTop(work, { id: input.unitId, code: input.unit, on });
	if (unit.kind === "commune") return unit;
	throw new Problem(
		"effect.commune_only",
		422,
		"Việc này chỉ xem cho Hội LHPN xã, phường, thị trấn, đặc khu. Hãy chọn một đơn vị cấp xã.",
		{ field: "unit" },
	);
}

/** The same, of a commune whose support she reads. */
export async function requireSupported(work: Work, input: CommuneQuestion, on: Day): Promise<Unit> {
	const unit = await requireCommune(work, input, on);
	const { rows } = await sql<{
		reads: boolean;
	}>`select calc.may_at('support.read', ${unit.id}::integer) as reads`.execute(work.db);
	if (rows[0]?.reads) return unit;
	throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem việc hỗ trợ của đơn vị này.");
}

/** Who reaches six months, by day. Without the right to read members nobody is counted, and that must not look like nobody. */
async function comingTo(work: Work, unit: Unit, on: Day): Promise<{ day: Day; women: number }[] | null> {
	const { rows } = await sql<{
		reads: boolean;
	}>`select calc.may_at('members.read', ${unit.id}::integer) as reads`.execute(work.db);
	if (!rows[0]?.reads) return null;
	const { rows: coming } = await sql<{ day: Day; women: number }>`
		select lower(c)::text as day, count(*)::integer as women ${sixMonthsFrom(unit.id, on, LONGEST_WAIT)} group by lower(c) order by lower(c)`.execute(
		work.db,
	);
	return coming;
}

async function historyOf(work: Work, unit: Unit, on: Day) {
	const { rows } = await sql<{ from: Day | null }>`select lower(during)::text as "from" from app.territory
		where unit_id = ${unit.id} and during @> ${on}::date`.execute(work.db);
	const began = rows[0]?.from ?? FIRST_DAY;
	let months = MONTHS_BACK;
	while (months > 0 && addMonths(on, -months) < (began > FIRST_DAY ? began : FIRST_DAY)) months -= 1;
	if (months < 6) return null;
	// The day itself is not in it: what happens today may still be entered.
	const from = addMonths(on, -months);
	const { rows: turned } = await sql<{ gained: number; lost: number }>`
		select gained::integer, lost::integer from calc.turnover(${unit.id}::integer, ${from}::date, ${on}::date)`.execute(
		work.db,
	);
	return { from, months, gained: turned[0]?.gained ?? 0, lost: turned[0]?.lost ?? 0 };
}

/** The forecast at every half-year ahead, leaning on the communes of the province as the targets' forecast does (R14). */
async function forecastOf(work: Work, unit: Unit, members: number, on: Day) {
	const days = halfYearDays(FIRST_DAY, on);
	const lines = await readLines(work, days, on, unit.id, true);
	const histories = communeHistories(lines, new Map([[unit.id, { members }]]));
	const firstSeason = days[0]?.slice(5, 7) === "07" ? 1 : 0;
	return Array.from({ length: MONTHS_AHEAD / 6 }, (_, half) => addMonths(on, 6 * (half + 1))).flatMap((day) => {
		const found = forecastAll(histories, stretchesAhead(on, day), firstSeason).get(String(unit.id));
		return found ? [{ on: day, ...found }] : [];
	});
}

/** The groups she plans by: those of the open case, else the guidance's own first ones (II.2.3). */
async function groupsOf(work: Work, unit: Unit): Promise<{ code: string; words: string; women: number | null }[]> {
	const { rows } = await sql<{ code: string; words: string; women: number | null; ofCase: boolean }>`
		select c.code, c.words, g.women, g.case_id is not null as "ofCase" from app.support_catalogue c
		left join app.support_group g on g."group" = c.code
			and g.case_id = (select o.id from app.support_case o where o.unit_id = ${unit.id} and o.closed_on is null)
		where c.kind = 'group' and (c.offered_by is null or g.case_id is not null) order by g.position nulls last, c.position, c.code`.execute(
		work.db,
	);
	const ofCase = rows.filter((row) => row.ofCase);
	return (ofCase.length > 0 ? ofCase : rows.slice(0, 5)).map(({ code, words, women }) => ({ code, words, women }));
}
