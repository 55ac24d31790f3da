import { type RawBuilder, sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { StoreOf } from "../store-of.ts";
import type { BranchLife, Meeting, meetingsContract } from "./contract-meetings.ts";
import { MEETING_MONTHS, type MeetingForm, type MeetingKind } from "./rules.ts";
import {
	type About,
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

/** Meetings and activities of branches and groups (R42). */
export const meetings: StoreOf<typeof meetingsContract> = {
	list: listMeetings,
	branches: listBranches,
	behind: listBehind,
	add: addMeeting,
	change: changeMeeting,
	remove: removeMeeting,
};

interface What {
	onDay: Day;
	kind: MeetingKind;
	form: MeetingForm;
	theme: string;
	members: number;
	others: number;
}

const COLUMNS = (
	on: Day,
) => sql`r.id, ${named(on)}, r.on_day::text as "onDay", r.kind, r.form, r.theme, r.members, r.others,
	r.version, calc.account_name(r.recorded_by) as "recordedBy",
	(select calc.sees_all('meetings.write')) or r.unit_id in (select calc.my_units('meetings.write')) as "mayChange"`;

async function listMeetings(work: Work, input: Asked & { kind?: MeetingKind; limit: number; offset: number }) {
	const asked = await about(work, input);
	const { unit, on, from } = asked;
	const where = sql`r.removed_at is null and r.on_day between ${from}::date and ${on}::date
		and (${input.kind ?? null}::text is null or r.kind = ${input.kind ?? null})`;
	const { rows: sums } = await sql<{ meetings: number; activities: number; members: number; others: number }>`
		select count(*) filter (where r.kind = 'meeting')::integer as meetings, count(*) filter (where r.kind = 'activity')::integer as activities,
			coalesce(sum(r.members), 0)::integer as members, coalesce(sum(r.others), 0)::integer as others
		from app.meeting r join ${placesOf(asked)} place on place.unit_id = r.unit_id where ${where}`.execute(work.db);
	const { rows } = await sql<Meeting>`select ${COLUMNS(on)} from app.meeting r
		join ${placesOf(asked)} place on place.unit_id = r.unit_id ${homeJoin(on)}
		where ${where} order by r.on_day desc, r.id desc limit ${input.limit} offset ${input.offset}`.execute(work.db);
	const mine = await writableUnits(work, asked, "meetings.write", [
		"branch",
		"group",
		"club",
		"commune",
		"special_base",
	]);
	return { unit: topOf(unit), from, on, total: sums[0] as (typeof sums)[number], rows, mine };
}

async function listBranches(work: Work, input: Asked) {
	const { unit, on, from } = await about(work, input);
	if (!["commune", "unassigned", "branch", "group"].includes(unit.kind))
		throw new Problem("unit.not_base", 422, "Chi hội, tổ chỉ liệt kê theo từng xã, phường. Hãy chọn một xã.", {
			field: "unit",
		});
	const { rows } =
		await sql<BranchLife>`select unit_id as "unitId", kind, name, parent_id as "parentId", last_meeting::text as "lastMeeting",
			behind, meetings, activities, members_present::integer as members, others_present::integer as others,
			criteria_met as "criteriaMet", last_attended::text as "lastAttended", wishes_open as "wishesOpen"
		from calc.branch_life(${unit.id}::integer, ${from}::date, ${on}::date)
		order by behind desc, last_meeting nulls first, name, unit_id`.execute(work.db);
	return { unit: topOf(unit), from, on, rows };
}

/** Branches and groups that have stood for three months and not met in them; where one of its groups met, a branch met. */
async function listBehind(work: Work, input: Asked & { limit: number; offset: number }) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const { rows } = await sql<BehindRow & { leaves: number; behind: number }>`
		with place as materialized ${placesOf(asked)},
		leaf as materialized (select p.unit_id, p.place_id, u.kind, ${standing(on)} as behind from place p
			join app.unit u on u.id = p.unit_id and u.kind in ('branch', 'group'))
		select ${named(on)}, r.kind, ${lastMeeting(on)}::text as "lastMeeting",
			(select count(*) from leaf)::integer as leaves, count(*) over ()::integer as behind
		from leaf r join place on place.unit_id = r.unit_id ${homeJoin(on)}
		where r.behind order by ${lastMeeting(on)} nulls first, home.place nulls last, 2, 1 limit ${input.limit} offset ${input.offset}`.execute(
		work.db,
	);
	const [first] = rows;
	const leaves = first?.leaves ?? (await countLeaves(work, asked));
	return {
		unit: topOf(unit),
		on,
		leaves,
		behind: first?.behind ?? 0,
		rows: rows.map(({ leaves: _leaves, behind: _behind, ...row }) => row),
	};
}

interface BehindRow {
	unitId: number;
	unitName: string;
	communeId: number | null;
	communeName: string;
	kind: "branch" | "group";
	lastMeeting: Day | null;
}

/** Whether the unit `p` has stood for three months without a meeting of its own or of one of its groups. */
function standing(on: Day): RawBuilder<unknown> {
	const since = addMonths(on, -MEETING_MONTHS);
	return sql`(not exists (select from app.meeting m where m.unit_id = p.unit_id and m.kind = 'meeting' and m.removed_at is null
			and m.on_day > ${since}::date and m.on_day <= ${on}::date)
		and not exists (select from app.unit_spell g join app.unit gu on gu.id = g.unit_id and gu.kind = 'group'
			join app.meeting m on m.unit_id = g.unit_id and m.kind = 'meeting' and m.removed_at is null and m.on_day > ${since}::date and m.on_day <= ${on}::date
			where g.parent_id = p.unit_id and g.during @> ${on}::date)
		and exists (select from app.unit_spell s where s.unit_id = p.unit_id and lower(s.during) <= ${since}::date))`;
}

function lastMeeting(on: Day): RawBuilder<unknown> {
	return sql`(select max(m.on_day) from app.meeting m where m.kind = 'meeting' and m.removed_at is null and m.on_day <= ${on}::date
		and (m.unit_id = r.unit_id or m.unit_id in (select g.unit_id from app.unit_spell g join app.unit gu on gu.id = g.unit_id and gu.kind = 'group'
			where g.parent_id = r.unit_id and g.during @> ${on}::date)))`;
}

async function countLeaves(work: Work, asked: About): Promise<number> {
	const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ${placesOf(asked)} p
		join app.unit u on u.id = p.unit_id and u.kind in ('branch', 'group')`.execute(work.db);
	return rows[0]?.n ?? 0;
}

/** The kinds of unit that meet. */
const MEETING_UNITS = ["branch", "group", "club", "commune", "special_base", "force"];

async function addMeeting(work: Work, input: What & { unitId: number }) {
	refuseAhead(input.onDay, work.today, "onDay");
	await requireMay(work, "meetings.write", input.unitId);
	await requireStands(work, input.unitId, input.onDay);
	const id = uuidv7();
	await sql`insert into app.meeting (id, unit_id, on_day, kind, form, theme, members, others, recorded_by)
		values (${id}::uuid, ${input.unitId}, ${input.onDay}::date, ${input.kind}, ${input.form}, ${input.theme}, ${input.members}, ${input.others},
			${work.accountId}::uuid)`.execute(work.db);
	await work.audit({ action: "meetings.add", unitId: input.unitId, detail: { onDay: input.onDay, kind: input.kind } });
	return requireMeeting(work, id);
}

/** The unit is one that meets, and stood on the day. */
async function requireStands(work: Work, unitId: number, onDay: Day): Promise<void> {
	const { rows } = await sql<{ kind: string; stood: boolean }>`select u.kind,
			exists (select from app.unit_spell s where s.unit_id = u.id and s.during @> ${onDay}::date) as stood
		from app.unit u where u.id = ${unitId}`.execute(work.db);
	const [unit] = rows;
	if (!unit || !MEETING_UNITS.includes(unit.kind))
		throw new Problem("meeting.wrong_unit", 422, "Hãy chọn chi hội, tổ, CLB hoặc cơ sở Hội đã sinh hoạt.", {
			field: "unitId",
		});
	if (!unit.stood)
		throw new Problem("meeting.unit_not_there", 422, "Vào ngày này đơn vị chưa thành lập hoặc đã kết thúc hoạt động.", {
			field: "onDay",
		});
}

async function changeMeeting(work: Work, input: What & { id: string; version: number }) {
	refuseAhead(input.onDay, work.today, "onDay");
	const { unitId, mayChange } = await requireMeeting(work, input.id);
	if (!mayChange) throw denied();
	await requireStands(work, unitId, input.onDay);
	const { numAffectedRows } =
		await sql`update app.meeting set on_day = ${input.onDay}::date, kind = ${input.kind}, form = ${input.form},
			theme = ${input.theme}, members = ${input.members}, others = ${input.others}, version = version + 1
		where id = ${input.id}::uuid and version = ${input.version} and removed_at is null`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({ action: "meetings.change", unitId, detail: { onDay: input.onDay, kind: input.kind } });
	return requireMeeting(work, input.id);
}

async function removeMeeting(work: Work, { id, version }: { id: string; version: number }) {
	const { unitId, onDay, mayChange } = await requireMeeting(work, id);
	if (!mayChange) throw denied();
	const { numAffectedRows } = await sql`update app.meeting set removed_at = clock_timestamp(), version = version + 1
		where id = ${id}::uuid and version = ${version} and removed_at is null`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({ action: "meetings.remove", unitId, detail: { onDay } });
	return { id };
}

async function requireMeeting(work: Work, id: string): Promise<Meeting> {
	const { rows } = await sql<Meeting>`select ${COLUMNS(work.today)} from app.meeting r
		${placeOfRow(work.today)} ${homeJoin(work.today)} where r.id = ${id}::uuid and r.removed_at is null`.execute(
		work.db,
	);
	if (!rows[0]) throw gone();
	return rows[0];
}
