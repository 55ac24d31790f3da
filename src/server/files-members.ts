import * as z from "zod";
import { memberStatus } from "../areas/members/contract-member.ts";
import { LEAVE_REASON_TEXT } from "../areas/members/rules.ts";
import { type ExportRow, exportMembers } from "../areas/members/store-export.ts";
import { requireUnit } from "../areas/units/store-reading.ts";
import { day, unitId } from "../areas/wire.ts";
import { displayDay } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import type { Database } from "../db/actor.ts";
import { type OutRow, writeWorkbook } from "../sheets/write.ts";
import { call } from "./call.ts";
import type { FileRoutes } from "./files.ts";
import { signedIn, streamAs, workbookAnswer } from "./files-answer.ts";

/** The columns of a roster as it leaves the program and as it is read back (R48). */
const COLUMNS = [
	{ header: "STT", width: 6 },
	{ header: "Họ và tên", width: 28 },
	{ header: "Ngày sinh", width: 12 },
	{ header: "Số CCCD/CMND", width: 16 },
	{ header: "Nghề nghiệp", width: 18 },
	{ header: "Chi hội", width: 26 },
	{ header: "Ngày vào Hội", width: 13 },
	{ header: "Cư trú", width: 12 },
	{ header: "Tạm trú từ ngày", width: 15 },
	{ header: "Ngày ra khỏi Hội", width: 15 },
	{ header: "Lý do ra khỏi Hội", width: 22 },
	{ header: "Số điện thoại", width: 14 },
	{ header: "Địa chỉ", width: 30 },
	{ header: "Người vận động, giới thiệu vào Hội", width: 28 },
	{ header: "Ghi chú", width: 30 },
];

const GUIDE = [
	"Mỗi chị một dòng. Bắt buộc: Họ và tên. Nên có: Ngày sinh, Số CCCD/CMND, Chi hội, Ngày vào Hội.",
	"Ngày ghi ngày/tháng/năm (15/08/1971); chỉ nhớ năm sinh thì ghi năm (1971).",
	"Số CCCD/CMND: cột này đã đặt kiểu chữ để không mất số 0 ở đầu.",
	"Cư trú: ghi Thường trú hoặc Tạm trú; tạm trú thì ghi cả ngày bắt đầu (đủ 6 tháng mới được tính).",
	"Ra khỏi Hội: ghi ngày và lý do (Xin ra khỏi Hội, Qua đời, Chuyển nơi thường trú, Thôi tạm trú).",
	"Tên không có trong tệp sẽ không bị xóa: muốn ghi ra khỏi Hội thì phải ghi ngày và lý do.",
];

const exportQuery = z.object({
	unitId: z.coerce.number().pipe(unitId),
	on: day.optional(),
	leafId: z.coerce.number().pipe(unitId).optional(),
	all: z.enum(["true", "false"]).default("false"),
	status: z.array(memberStatus).default([]),
});

/** `GET /files/members.xlsx?unitId=…&on=…`: a unit's roster; `GET /files/members-template.xlsx`: the same columns, empty. */
export function memberFiles(database: Database): FileRoutes {
	return (app, contextOf) => {
		app.get("/files/members-template.xlsx", async (c) => {
			signedIn(await contextOf(c.req.raw));
			const sheets = [
				{ name: "Danh sách hội viên", columns: COLUMNS, rows: [] },
				{ name: "Hướng dẫn", widths: [110], rows: GUIDE.map((line) => [line]) },
			];
			return workbookAnswer(writeWorkbook(sheets), "Mẫu danh sách hội viên.xlsx");
		});
		app.get("/files/members.xlsx", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const asked = exportQuery.safeParse({ ...c.req.query(), status: c.req.queries("status") ?? [] });
			if (!asked.success)
				throw new Problem("input.invalid", 422, asked.error.issues[0].message, {
					field: asked.error.issues[0].path.join("."),
				});
			const { unitId: id, on, leafId, all, status } = asked.data;
			const { demo, today } = (await call(database, actor, "access.session", {})) as { demo: boolean; today: string };
			let name = "";
			const workbook = await streamAs(database, actor, async (work) => {
				name = (await requireUnit(work, { id, on })).name;
				const people = exportMembers(work, { id, on, leafId, all: all === "true", status });
				// The first row is asked for here, so that a refusal is told before a byte is sent.
				const first = await people.next();
				return writeWorkbook([{ name: "Danh sách hội viên", columns: COLUMNS, rows: linesOf(first, people) }], {
					demo,
				});
			});
			return workbookAnswer(workbook, `Hội viên ${name} ${on ?? today}.xlsx`);
		});
	};
}

async function* linesOf(first: IteratorResult<ExportRow>, rest: AsyncGenerator<ExportRow>): AsyncGenerator<OutRow> {
	let number = 0;
	for (let one = first; !one.done; one = await rest.next()) yield lineOf(one.value, ++number);
}

function lineOf(row: ExportRow, number: number): OutRow {
	return [
		number,
		row.name,
		displayBirth(row.birth),
		row.nationalId ?? "",
		row.occupation,
		row.branch,
		displayDay(row.joined),
		row.residence === "temporary" ? "Tạm trú" : "Thường trú",
		row.residenceStart && row.residence === "temporary" ? displayDay(row.residenceStart) : "",
		row.left ? displayDay(row.left) : "",
		row.leaveReason ? (LEAVE_REASON_TEXT[row.leaveReason] ?? row.leaveReason) : "",
		row.phone,
		row.address,
		row.introducerName,
		row.note,
	];
}

/** "1971", "08/1971" or "15/08/1971", as much as is known. */
function displayBirth(birth: string | null): string {
	return birth === null ? "" : birth.split("-").reverse().join("/");
}
