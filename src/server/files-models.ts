import { REGISTRY_LIST_WORDS, REGISTRY_LISTS, type RegistryList } from "../areas/models/rules-lists.ts";
import { noteListing, readListing } from "../areas/models/store-export.ts";
import { displayDay, isDay } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import { asActor, type Database } from "../db/actor.ts";
import { type OutSheet, writeWorkbook } from "../sheets/write.ts";
import { call } from "./call.ts";
import type { FileRoutes } from "./files.ts";
import { signedIn, workbookAnswer } from "./files-answer.ts";

/** `GET /files/models.xlsx?list=…&unitId=…&on=…`: a registry of branch life as a workbook, as the person may see it; lists with names need `members.export`. */
export function modelFiles(database: Database): FileRoutes {
	return (app, contextOf) => {
		app.get("/files/models.xlsx", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const session = (await call(database, actor, "access.session", {})) as {
				demo: boolean;
				today: string;
				unit: { id: number };
			};
			const list = listOf(c.req.query("list"));
			const on = c.req.query("on") ?? session.today;
			if (!isDay(on)) throw new Problem("input.invalid", 422, "Ngày phải có dạng năm-tháng-ngày.", { field: "on" });
			const unitId = Number(c.req.query("unitId") ?? session.unit.id);
			if (!Number.isSafeInteger(unitId) || unitId < 1 || unitId > 2_000_000_000)
				throw new Problem("input.invalid", 422, "Hãy chọn đơn vị.", { field: "unitId" });
			const listing = await asActor(database, actor, async (work) => {
				await noteListing(work, list, unitId);
				return readListing(work, list, { unitId, on });
			});
			const heads = listing.columns.map(([header, width]) => ({ header, width }));
			const notes: OutSheet = {
				name: "Ghi chú",
				widths: [120],
				rows: [
					[
						{
							value: `${REGISTRY_LIST_WORDS[list]}: ${listing.unit.name}, ngày ${displayDay(listing.on)}. Lập ngày ${displayDay(session.today)}.`,
							look: "note",
						},
					],
				],
			};
			const sheet: OutSheet = {
				name: "Danh sách",
				columns: heads,
				rows: listing.rows.map((row) =>
					row.map((value) =>
						typeof value === "number" ? { value, look: Number.isInteger(value) ? "count" : "rate" } : value,
					),
				),
			};
			const name = ["so", list, listing.unit.code ?? unitId, on].join("-");
			return workbookAnswer(writeWorkbook([sheet, notes], { demo: session.demo }), `${name}.xlsx`);
		});
	};
}

function listOf(word: string | undefined): RegistryList {
	const list = REGISTRY_LISTS.find((one) => one === word);
	if (!list) throw new Problem("input.invalid", 422, "Không có danh sách này.", { field: "list" });
	return list;
}
