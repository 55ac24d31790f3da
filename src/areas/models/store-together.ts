import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { StoreOf } from "../store-of.ts";
import type { Attendance, togetherContract } from "./contract-together.ts";
import type { Attender } from "./rules.ts";
import { addFostering, changeFostering, listFostering } from "./store-fostering.ts";
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
import { addWish, answerWish, listWishes } from "./store-wishes.ts";

/** "3 cùng" (R22): attendance at branch meetings on a schedule, wishes and their answers; and fostering toward the Party (R25). */
export const together: StoreOf<typeof togetherContract> = {
	list: listAttendance,
	unattended: listUnattended,
	add: addAttendance,
	change: changeAttendance,
	remove: removeAttendance,
	wishes: listWishes,
	addWish,
	answerWish,
	fostering: listFostering,
	addFostering,
	changeFostering,
};

interface What {
	who: Attender;
	plannedOn: Day | null;
	attendedOn: Day | null;
	ran: boolean;
	coached: string;
	note: string;
}

const COLUMNS = (
	on: Day,
) => sql`r.id, ${named(on)}, r.who, r.planned_on::text as "plannedOn", r.attended_on::text as "attendedOn",
	r.ran, r.coached, r.note, r.version, r.attended_on is null and r.planned_on < ${on}::date as missed,
	(select calc.sees_all('models.write')) or r.unit_id in (select calc.my_units('models.write')) as "mayChange"`;

/** Attendances of a period with what is planned from its end on, the latest day first. */
async function listAttendance(work: Work, input: Asked & { limit: number; offset: number }) {
	const asked = await about(work, input);
	const { unit, on, from } = asked;
	const where = sql`r.removed_at is null and (r.attended_on between ${from}::date and ${on}::date
		or (r.attended_on is null and r.planned_on >= ${from}::date))`;
	const { rows: sums } = await sql<{ attended: number; ran: number; coached: number; missed: number; ahead: number }>`
		select count(r.attended_on)::integer as attended, count(*) filter (where r.attended_on is not null and r.ran)::integer as ran,
			count(*) filter (where r.attended_on is not null and r.coached <> '')::integer as coached,
			count(*) filter (where r.attended_on is null and r.planned_on < ${on}::date)::integer as missed,
			count(*) filter (where r.attended_on is null and r.planned_on >= ${on}::date)::integer as ahead
		from app.branch_attendance r join ${placesOf(asked)} place on place.unit_id = r.unit_id where ${where}`.execute(
		work.db,
	);
	const { rows } = await sql<Attendance>`select ${COLUMNS(on)} from app.branch_attendance r
		join ${placesOf(asked)} place on place.unit_id = r.unit_id ${homeJoin(on)}
		where ${where} order by coalesce(r.attended_on, r.planned_on) desc, r.id limit ${input.limit} offset ${input.offset}`.execute(
		work.db,
	);
	const mine = await writableUnits(work, asked, "models.write", ["branch", "group", "club"]);
	return {
		unit: topOf(unit),
		from,
		on,
		total: sums[0] as (typeof sums)[number],
		rows,
		mine: mine.map(({ unitId, name }) => ({ unitId, name })),
	};
}

/** Branches at whose meetings nobody from above has been for some months; one younger than that is not asked for yet. */
async function listUnattended(work: Work, input: Asked & { months: number; limit: number; offset: number }) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const since = addMonths(on, -input.months);
	const { rows } = await sql<{
		unitId: number;
		unitName: string;
		communeId: number | null;
		communeName: string;
		lastAttended: Day | null;
		branches: number;
		unattended: number;
	}>`with place as materialized ${placesOf(asked)},
		branch as materialized (select p.unit_id, p.place_id, (select max(a.attended_on) from app.branch_attendance a
				where a.unit_id = p.unit_id and a.removed_at is null and a.attended_on <= ${on}::date) as last,
			exists (select from app.unit_spell s where s.unit_id = p.unit_id and lower(s.during) <= ${since}::date) as old
			from place p join app.unit u on u.id = p.unit_id and u.kind = 'branch'),
		counted as (select count(*)::integer as branches, (count(*) filter (where old and coalesce(last, '-infinity'::date) <= ${since}::date))::integer as unattended from branch)
		select ${named(on)}, r.last::text as "lastAttended", c.branches, c.unattended
		from counted c left join (branch r join place on place.unit_id = r.unit_id ${homeJoin(on)})
			on r.old and coalesce(r.last, '-infinity'::date) <= ${since}::date
		order by r.last nulls first, home.place nulls last, 2, 1 limit ${input.limit} offset ${input.offset}`.execute(
		work.db,
	);
	return {
		unit: topOf(unit),
		on,
		months: input.months,
		branches: rows[0]?.branches ?? 0,
		unattended: rows[0]?.unattended ?? 0,
		rows: rows
			.filter(({ unitId }) => unitId !== null)
			.map(({ branches: _branches, unattended: _unattended, ...row }) => row),
	};
}

async function addAttendance(work: Work, input: What & { unitId: number }) {
	await checkAttendance(work, input);
	await requireMay(work, "models.write", input.unitId);
	const { rows } = await sql<{ kind: string }>`select kind from app.unit where id = ${input.unitId}`.execute(work.db);
	if (!["branch", "group", "club"].includes(rows[0]?.kind ?? ""))
		throw new Problem("attendance.wrong_unit", 422, "Hãy chọn chi hội, tổ hoặc CLB.", { field: "unitId" });
	const id = uuidv7();
	await sql`insert into app.branch_attendance (id, unit_id, who, planned_on, attended_on, ran, coached, note, recorded_by)
		values (${id}::uuid, ${input.unitId}, ${input.who}, ${input.plannedOn}::date, ${input.attendedOn}::date, ${input.ran}, ${input.coached},
			${input.note}, ${work.accountId}::uuid)`.execute(work.db);
	await work.audit({
		action: "together.add",
		unitId: input.unitId,
		detail: { plannedOn: input.plannedOn, attendedOn: input.attendedOn },
	});
	return requireAttendance(work, id);
}

async function checkAttendance(work: Work, { plannedOn, attendedOn, ran, coached }: What): Promise<void> {
	refuseAhead(attendedOn, work.today, "attendedOn");
	if (plannedOn === null && attendedOn === null)
		throw new Problem("attendance.day_missing", 422, "Hãy ghi ngày dự hoặc ngày dự kiến.", { field: "attendedOn" });
	if (attendedOn === null && (ran || coached !== ""))
		throw new Problem("attendance.not_yet", 422, "Chưa dự thì chưa ghi điều hành, bồi dưỡng. Hãy ghi ngày đã dự.", {
			field: "attendedOn",
		});
}

async function changeAttendance(work: Work, input: What & { id: string; version: number }) {
	await checkAttendance(work, input);
	const { unitId, mayChange } = await requireAttendance(work, input.id);
	if (!mayChange) throw denied();
	const { numAffectedRows } =
		await sql`update app.branch_attendance set who = ${input.who}, planned_on = ${input.plannedOn}::date,
			attended_on = ${input.attendedOn}::date, ran = ${input.ran}, coached = ${input.coached}, note = ${input.note}, version = version + 1
		where id = ${input.id}::uuid and version = ${input.version} and removed_at is null`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({
		action: "together.change",
		unitId,
		detail: { plannedOn: input.plannedOn, attendedOn: input.attendedOn },
	});
	return requireAttendance(work, input.id);
}

async function removeAttendance(work: Work, { id, version }: { id: string; version: number }) {
	const { unitId, mayChange } = await requireAttendance(work, id);
	if (!mayChange) throw denied();
	const { numAffectedRows } =
		await sql`update app.branch_attendance set removed_at = clock_timestamp(), version = version + 1
		where id = ${id}::uuid and version = ${version} and removed_at is null`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({ action: "together.remove", unitId });
	return { id };
}

async function requireAttendance(work: Work, id: string): Promise<Attendance> {
	const { rows } = await sql<Attendance>`select ${COLUMNS(work.today)} from app.branch_attendance r
		${placeOfRow(work.today)} ${homeJoin(work.today)} where r.id = ${id}::uuid and r.removed_at is null`.execute(
		work.db,
	);
	if (!rows[0]) throw gone();
	return rows[0];
}
