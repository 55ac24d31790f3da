import { sql } from "kysely";
import { TEMPLATE_COLUMNS } from "../areas/imports/rules-columns.ts";
import { MEMBER_STATUSES, type MemberStatus } from "../areas/members/contract-member.ts";
import { LEAVE_REASON_TEXT } from "../areas/members/rules.ts";
import type { RosterField } from "../areas/members/rules-roster-fields.ts";
import { type ExportRow, exportMembers, noteExport } from "../areas/members/store-export.ts";
import { displayDay, isDay } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import { asActor, type Database, type Work } from "../db/actor.ts";
import { type OutCell, writeWorkbook } from "../sheets/write.ts";
import { call } from "./call.ts";
import type { FileRoutes } from "./files.ts";
import { signedIn, workbookAnswer } from "./files-answer.ts";
import { streamReading } from "./files-reading.ts";

interface Asked {
	id: number;
	on: string;
	leafId: number | undefined;
	all: boolean;
	status: MemberStatus[] | undefined;
}

/**
 * `GET /files/members.xlsx?unitId=&on=&leafId=&all=&status=`: the list of a unit in the template's columns, so that it can be
 * read back, read while it is sent. Numbers in full; needs `members.export` and leaves an audit row.
 */
export function memberFiles(database: Database): FileRoutes {
	return (app, contextOf) => {
		app.get("/files/members.xlsx", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const session = (await call(database, actor, "access.session", {})) as { demo: boolean; today: string };
			const asked = askedOf(c.req.query(), c.req.queries("status") ?? [], session.today);
			await asActor(database, actor, (work) => noteExport(work, asked));
			const columns = TEMPLATE_COLUMNS.map(({ header, width }) => ({ header, width }));
			const stream = await streamReading<ExportRow[]>(database, actor, (work) => ({
				pages: exportMembers(work, asked),
				write: (pages) =>
					writeWorkbook([{ name: "Hội viên", columns, rows: rowsOf(work, pages, asked.on) }], { demo: session.demo }),
			}));
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

/** The rows of the template, numbered; where they stand is asked once for each leaf. */
async function* rowsOf(work: Work, pages: AsyncIterable<ExportRow[]>, on: string): AsyncGenerator<OutCell[]> {
	const places = new Map<number, Place>();
	let number = 0;
	for await (const members of pages) {
		const unknown = new Set(members.map(({ leafId }) => leafId).filter((leafId) => !places.has(leafId)));
		if (unknown.size > 0)
			for (const { id, ...place } of await readPlaces(work, [...unknown], on)) places.set(id, place);
		for (const member of members) {
			number += 1;
			const values = valuesOf(member, places.get(member.leafId) ?? { branch: "", group: "" });
			yield TEMPLATE_COLUMNS.map(({ field }) => (field === "number" ? number : (values[field] ?? "")));
		}
	}
}

/** The branch and the group a leaf is; both empty for a commune. */
interface Place {
	branch: string;
	group: string;
}

async function readPlaces(work: Work, leafIds: number[], on: string): Promise<(Place & { id: number })[]> {
	const { rows } = await sql<Place & { id: number }>`
		select u.id, case u.kind when 'group' then calc.unit_name(p.parent_id, ${on}::date) when 'branch' then calc.unit_name(u.id, ${on}::date) else '' end as branch,
			case u.kind when 'group' then calc.unit_name(u.id, ${on}::date) else '' end as "group"
		from app.unit u left join lateral (select s.parent_id from app.unit_spell s where s.unit_id = u.id
			order by s.during @> ${on}::date desc, s.during desc limit 1) p on true
		where u.id = any(${leafIds}::integer[])`.execute(work.db);
	return rows;
}

function valuesOf(member: ExportRow, place: Place): Partial<Record<RosterField, string>> {
	const isTemporary = member.residence === "temporary";
	return {
		...place,
		name: member.name,
		birth: member.birth && writtenDay(member.birth),
		nationalId: member.nationalId ?? "",
		occupation: member.occupation,
		joined: displayDay(member.joined),
		residence: isTemporary ? "Tạm trú" : "Thường trú",
		residenceStart: isTemporary && member.residenceStart ? displayDay(member.residenceStart) : "",
		left: member.left ? displayDay(member.left) : "",
		leaveReason: member.leaveReason ? (LEAVE_REASON_TEXT[member.leaveReason] ?? "") : "",
		phone: member.phone,
		address: member.address,
		introducer: member.introducerName,
		note: member.note,
	} as Partial<Record<RosterField, string>>;
}

/** `1985`, `03/1985` or `08/03/1985`. */
function writtenDay(birth: string): string {
	return birth.split("-").reverse().join("/");
}
