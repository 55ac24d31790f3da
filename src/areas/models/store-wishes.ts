import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Wish } from "./contract-together.ts";
import {
	type Asked,
	about,
	denied,
	gone,
	homeJoin,
	named,
	placeOfRow,
	placesOf,
	refuseAhead,
	requireMay,
	stale,
	topOf,
	writableUnits,
} from "./store-places.ts";

const COLUMNS = (
	on: Day,
) => sql`r.id, ${named(on)}, r.noted_on::text as "notedOn", r.words, r.answered_on::text as "answeredOn", r.answer,
	calc.account_name(r.answered_by) as "answeredBy", r.version,
	(select calc.sees_all('models.write')) or r.unit_id in (select calc.my_units('models.write')) as "mayAnswer"`;

/** Wishes heard at the branches of a unit, the open ones first and of them the oldest. */
export async function listWishes(
	work: Work,
	input: Asked & { state: "open" | "answered" | "all"; limit: number; offset: number },
) {
	const asked = await about(work, input, "members.read");
	const { unit, on } = asked;
	const open = sql`(r.answered_on is null or r.answered_on > ${on}::date)`;
	const { rows: sums } = await sql<{
		open: number;
		answered: number;
	}>`select (count(*) filter (where ${open}))::integer as open,
			(count(*) filter (where not ${open}))::integer as answered
		from app.wish r join ${placesOf(asked)} place on place.unit_id = r.unit_id where r.noted_on <= ${on}::date`.execute(
		work.db,
	);
	const { rows } = await sql<Wish>`select ${COLUMNS(on)} from app.wish r
		join ${placesOf(asked)} place on place.unit_id = r.unit_id ${homeJoin(on)}
		where r.noted_on <= ${on}::date and case ${input.state}::text when 'open' then ${open} when 'answered' then not ${open} else true end
		order by r.answered_on is not null, case when r.answered_on is null then r.noted_on end, r.answered_on desc, r.id
		limit ${input.limit} offset ${input.offset}`.execute(work.db);
	const mine = await writableUnits(work, asked, "meetings.write", ["branch", "group", "club"]);
	return {
		unit: topOf(unit),
		on,
		...(sums[0] as (typeof sums)[number]),
		rows,
		mine: mine.map(({ unitId, name }) => ({ unitId, name })),
	};
}

/** Notes a wish; the words stay out of the log. */
export async function addWish(work: Work, input: { unitId: number; notedOn: Day; words: string }) {
	refuseAhead(input.notedOn, work.today, "notedOn");
	await requireMay(work, "meetings.write", input.unitId);
	const id = uuidv7();
	await sql`insert into app.wish (id, unit_id, noted_on, words, noted_by)
		values (${id}::uuid, ${input.unitId}, ${input.notedOn}::date, ${input.words}, ${work.accountId}::uuid)`.execute(
		work.db,
	);
	await work.audit({ action: "together.addWish", unitId: input.unitId });
	return requireWish(work, id);
}

/** Answers an open wish, or words an answer anew as whoever saw it last. */
export async function answerWish(work: Work, input: { id: string; version: number; answeredOn: Day; answer: string }) {
	refuseAhead(input.answeredOn, work.today, "answeredOn");
	const { unitId, mayAnswer, notedOn } = await requireWish(work, input.id);
	if (!mayAnswer) throw denied();
	if (input.answeredOn < notedOn)
		throw new Problem("wish.dates", 422, "Ngày trả lời phải từ ngày ghi nhận trở đi.", { field: "answeredOn" });
	const { numAffectedRows } =
		await sql`update app.wish set answered_on = ${input.answeredOn}::date, answer = ${input.answer},
			answered_by = ${work.accountId}::uuid, answered_at = clock_timestamp(), version = version + 1
		where id = ${input.id}::uuid and version = ${input.version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({ action: "together.answerWish", unitId });
	return requireWish(work, input.id);
}

async function requireWish(work: Work, id: string): Promise<Wish> {
	const { rows } =
		await sql<Wish>`select ${COLUMNS(work.today)} from app.wish r ${placeOfRow(work.today)} ${homeJoin(work.today)}
		where r.id = ${id}::uuid`.execute(work.db);
	if (!rows[0]) throw gone();
	return rows[0];
}
