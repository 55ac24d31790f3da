import { sql } from "kysely";
import { TEMPLATE_COLUMNS } from "../areas/imports/rules-columns.ts";
import { MEMBER_STATUSES, type MemberStatus } from "../areas/members/contract-member.ts";
import { LEAVE_REASON_TEXT } from "../areas/members/rules.ts";
import type { RosterField } from "../areas/members/rules-roster-fields.ts";
import { type ExportRow, exportMembers } from "../areas/members/store-export.ts";
import { epochDays, isDay } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import { asActor, type Database, type Work } from "../db/actor.ts";
import { type OutCell, writeWorkbook } from "../sheets/write.ts";
import { call } from "./call.ts";
import type { FileRoutes } from "./files.ts";
import { signedIn, workbookAnswer } from "./files-answer.ts";

interface Asked {
	id: number;
	on: string;
	leafId: number | undefined;
	all: boolean;
	status: MemberStatus[] | undefined;
}

/**
 * `GET /files/members.xlsx?unitId=&on=&leafId=&all=&status=`: the list of a unit in the template's columns, so that it can be
 * read back. Numbers in full; needs `members.export` and leaves an audit row.
 */
export function memberFiles(database: Database): FileRoutes {
	return (app, contextOf) => {
		app.get("/files/members.xlsx", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const session = (await call(database, actor, "access.session", {})) as { demo: boolean; today: string };
			const asked = askedOf(c.req.query(), c.req.queries("status") ?? [], session.today);
			const rows = await asActor(database, actor, (work) => readRows(work, asked));
			const columns = TEMPLATE_COLUMNS.map(({ header, width }) => ({ header, width }));
			const stream = writeWorkbook([{ name: "Hội viên", columns, rows }], { demo: session.demo });
			return workbookAnswer(stream, `danh-sach-hoi-vien-${asked.on}.xlsx`);
		});
	};
}

function askedOf(query: Record<string, string>, status: string[], today: string): Asked {
	const on = query.on || today;
	if (!isDay(on)) throw new Problem("input.invalid", 422, "Ngày phải có dạng năm-tháng-ngày.", { field: "on" });
	const number = (name: string) => {
		if (!/^\d{1,9}$/.test(query[name] ?? ""))
			throw new Problem("input.invalid", 422, "Hãy chọn đơn vị.", { field: name });
		return Number(query[name]);
	};
	const known = status.filter((one): one is MemberStatus => (MEMBER_STATUSES as readonly string[]).includes(one));
	return {
		id: number("unitId"),
		on,
		leafId: query.leafId ? number("leafId") : undefined,
		all: query.all === "true",
		status: known.length > 0 ? known : undefined,
	};
}

async function readRows(work: Work, asked: Asked): Promise<OutCell[][]> {
	const members: ExportRow[] = [];
	for await (const member of exportMembers(work, asked)) members.push(member);
	const places = await placesOf(work, [...new Set(members.map(({ leafId }) => leafId))], asked.on);
	return members.map((member, index) => {
		const values = valuesOf(member, places.get(member.leafId) ?? { branch: "", group: "" });
		return TEMPLATE_COLUMNS.map(({ field }) =>
			field === "number" ? { value: index + 1, look: "count" } : (values[field] ?? ""),
		);
	});
}

/** The branch and the group a leaf is; both empty for a commune. */
async function placesOf(
	work: Work,
	leafIds: number[],
	on: string,
): Promise<Map<number, { branch: string; group: string }>> {
	const { rows } = await sql<{ id: number; branch: string; group: string }>`
		select u.id, case u.kind when 'group' then calc.unit_name(p.parent_id, ${on}::date) when 'branch' then calc.unit_name(u.id, ${on}::date) else '' end as branch,
			case u.kind when 'group' then calc.unit_name(u.id, ${on}::date) else '' end as "group"
		from app.unit u left join lateral (select s.parent_id from app.unit_spell s where s.unit_id = u.id
			order by s.during @> ${on}::date desc, s.during desc limit 1) p on true
		where u.id = any(${leafIds}::integer[])`.execute(work.db);
	return new Map(rows.map(({ id, ...place }) => [id, place]));
}

function valuesOf(member: ExportRow, place: { branch: string; group: string }): Partial<Record<RosterField, OutCell>> {
	const isTemporary = member.residence === "temporary";
	return {
		...place,
		name: member.name,
		birth: member.birth && dayCell(member.birth),
		nationalId: member.nationalId ?? "",
		occupation: member.occupation,
		joined: dayCell(member.joined),
		residence: isTemporary ? "Tạm trú" : "Thường trú",
		residenceStart: isTemporary && member.residenceStart ? dayCell(member.residenceStart) : "",
		left: member.left ? dayCell(member.left) : "",
		leaveReason: member.leaveReason ? (LEAVE_REASON_TEXT[member.leaveReason] ?? "") : "",
		phone: member.phone,
		address: member.address,
		introducer: member.introducerName,
		note: member.note,
	} as Partial<Record<RosterField, OutCell>>;
}

/**
 * A day of the calendar as one the spreadsheet can sort and filter; what is not known to the day as text (`1985`, `03/1985`), and
 * what lies so far back that its serial would be read as a year.
 */
function dayCell(day: string): OutCell {
	if (!isDay(day) || day < "1910-01-01") return day.split("-").reverse().join("/");
	return { value: epochDays(day) - epochDays("1899-12-30"), isDate: true };
}
