import type { RateRow } from "../areas/gathering/contract.ts";
import { dayNotes, REORGANISED } from "../areas/gathering/rules-day.ts";
import { inOrderOf, matching } from "../areas/gathering/rules-list-order.ts";
import { IN_LIST, LIST_WORDS, RATE_LISTS, type RateList } from "../areas/gathering/rules-lists.ts";
import type { UnitShow } from "../areas/units/contract.ts";
import { kindWords } from "../areas/units/rules.ts";
import { addDays, displayDay, isDay } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import type { Actor, Database } from "../db/actor.ts";
import { missingFormula, rateFormula, sumFormula } from "../sheets/formulas.ts";
import { type OutCell, type OutSheet, writeWorkbook } from "../sheets/write.ts";
import { call } from "./call.ts";
import type { FileRoutes } from "./files.ts";
import { signedIn, workbookAnswer } from "./files-answer.ts";

/** The day of the figures, and the day whose units they are shown under where it is another (R38). */
interface When {
	on: string;
	map?: string;
}

/**
 * `GET /files/gathering/rates.xlsx?on=…[&map=…]&unitId=…`: a unit and all below it down to the communes, as the person sees them, as a
 * workbook. With `list=…&q=…` the communes alone, as the screen lists them.
 */
export function ratesFile(database: Database): FileRoutes {
	return (app, contextOf) => {
		app.get("/files/gathering/rates.xlsx", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const session = await ask<{ demo: boolean; today: string; unit: { id: number } }>(
				database,
				actor,
				"access.session",
				{},
			);
			const on = c.req.query("on") ?? session.today;
			if (!isDay(on)) throw new Problem("input.invalid", 422, "Ngày phải có dạng năm-tháng-ngày.", { field: "on" });
			const map = c.req.query("map");
			if (map !== undefined && !isDay(map))
				throw new Problem("input.invalid", 422, "Ngày phải có dạng năm-tháng-ngày.", { field: "map" });
			const when: When = { on, map: map === on ? undefined : map };
			const unitId = Number(c.req.query("unitId") ?? session.unit.id);
			const list = listOf(c.req.query("list"));
			const tree = await readTree(database, actor, when, unitId);
			const rows = list ? listed(tree, list, c.req.query("q") ?? "") : tree;
			const sheets = [tableSheet(rows, tree, when), notesSheet(tree[0], when, session.today, list, rows.length)];
			const name = [
				"ty-le-tap-hop",
				tree[0].code ?? unitId,
				on,
				when.map && `theo-don-vi-${when.map}`,
				list && FILE_WORDS[list],
			]
				.filter(Boolean)
				.join("-");
			return workbookAnswer(writeWorkbook(sheets, { demo: session.demo }), `${name}.xlsx`);
		});
	};
}

function listOf(word: string | undefined): RateList | undefined {
	const list = RATE_LISTS.find((one) => one === word);
	if (word !== undefined && list === undefined)
		throw new Problem("input.invalid", 422, "Không có danh sách này.", { field: "list" });
	return list;
}

const FILE_WORDS: Record<RateList, string> = {
	all: "danh-sach",
	under: "duoi-60",
	exactly: "bang-60",
	not_over: "chua-dat-tren-60",
	over: "tren-60",
	over_100: "tren-100",
	none: "chua-co-so-lieu",
};

/** The communes of one list, the lowest rate first, as the screen shows them. */
function listed(tree: RateRow[], list: RateList, text: string): RateRow[] {
	const communes = tree.filter(({ kind }) => kind === "commune" || kind === "unassigned");
	return inOrderOf(matching(communes.filter(IN_LIST[list]), text), { key: "rate", descending: false });
}

async function ask<T>(database: Database, actor: Actor, name: string, input: object): Promise<T> {
	return (await call(database, actor, name, input)) as T;
}

/**
 * The unit and all below it down to the communes, each after the one it stands under: held in memory, for there are never more than
 * the country's some 14 000 units; on a day it did not stand, those in its place.
 */
async function readTree(database: Database, actor: Actor, when: When, unitId: number): Promise<RateRow[]> {
	const rows: RateRow[] = [];
	for (const top of await readTops(database, actor, when, unitId)) {
		const below = [top];
		// Branches are read under their own day's units only.
		for (const level of (LEVELS_BELOW[top.kind] ?? []).filter((one) => one !== "branch" || !when.map))
			below.push(...(await ask<RateRow[]>(database, actor, "gathering.rates", { ...when, unitId: top.id, level })));
		rows.push(...inOrder(top, below));
	}
	if (rows.length === 0)
		throw new Problem("unit.not_found", 404, "Không có đơn vị này vào ngày đã chọn.", { field: "unitId" });
	return rows;
}

async function readTops(database: Database, actor: Actor, when: When, unitId: number): Promise<RateRow[]> {
	const on = when.map ?? when.on;
	const rowOf = (id: number) => ask<RateRow[]>(database, actor, "gathering.rates", { ...when, unitId: id });
	try {
		return await rowOf(unitId);
	} catch (error) {
		if (!(error instanceof Problem) || error.code !== "unit.not_found") throw error;
	}
	const stood = on < REORGANISED ? REORGANISED : addDays(REORGANISED, -1);
	const show = await ask<UnitShow>(database, actor, "units.show", { id: unitId, on: stood });
	const others = on < REORGANISED ? show.predecessors : show.successors;
	return (await Promise.all(others.map(({ id }) => rowOf(id)))).flat();
}

const LEVELS_BELOW: Record<string, string[]> = {
	centre: ["province", "district", "commune"],
	cluster: ["province", "district", "commune"],
	province: ["district", "commune"],
	district: ["commune"],
	commune: ["branch"],
};

function inOrder(top: RateRow, rows: RateRow[]): RateRow[] {
	const ids = new Set(rows.map(({ id }) => id));
	const under = Map.groupBy(rows, ({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : top.id));
	const ordered: RateRow[] = [];
	const add = (row: RateRow) => {
		ordered.push(row);
		for (const child of under.get(row.id) ?? []) if (child.id !== top.id) add(child);
	};
	add(top);
	return ordered;
}

/** Members, their rate and what is missing are live formulas over the parts in J to P and the women in F. */
const COLUMNS = [
	["Mã", 10],
	["Đơn vị", 38],
	["Loại", 22],
	["Thuộc", 30],
	["Hội viên", 12],
	["Phụ nữ từ 18 tuổi trở lên", 16],
	["Tỷ lệ (%)", 10],
	["Xếp loại", 28],
	["Còn thiếu", 11],
	["Đã nhập danh sách", 12],
	["Đã báo cáo, chưa nhập danh sách", 16],
	["Là đoàn viên công đoàn", 14],
	["Trong lực lượng vũ trang", 14],
	["Trong các tổ chức thành viên", 14],
	["CLB, tổ, nhóm do Hội cấp trên thành lập", 16],
	["Trừ số đã có trong danh sách", 14],
] as const;

const ESTIMATED = [["Có phần ước tính", 14]] as const;

const CLASSES = { under: "Dưới 60%", exactly: "Bằng 60% (chưa đạt trên 60%)", over: "Trên 60%" } as const;

function tableSheet(rows: RateRow[], tree: RateRow[], { on, map }: When): OutSheet {
	const byId = new Map(tree.map((row) => [row.id, row]));
	return {
		name: "Tỷ lệ tập hợp",
		columns: [...COLUMNS, ...(map ? ESTIMATED : [])].map(([header, width]) => ({ header, width })),
		rows: rows.map((row) => [
			...cellsOf(row, placeOf(row, byId), map ?? on),
			...(map ? [row.estimated ? "ước tính" : null] : []),
		]),
	};
}

/** What stands above a unit in this workbook, the nearest first. */
function placeOf(row: RateRow, byId: ReadonlyMap<number, RateRow>): string {
	const above = row.parentId === null ? undefined : byId.get(row.parentId);
	return above ? [above.name, placeOf(above, byId)].filter(Boolean).join(", ") : "";
}

function cellsOf(row: RateRow, place: string, on: string): OutCell[] {
	const { parts } = row;
	return [
		row.code,
		row.name,
		kindWords(row.kind, on),
		place,
		count(row.members, (n) => sumFormula(`J${n}`, `P${n}`)),
		count(row.women18),
		{ value: row.rate === null ? null : Number(row.rate), look: "rate", formula: (n) => rateFormula(`E${n}`, `F${n}`) },
		classWords(row),
		count(row.missing || null, (n) => missingFormula(`E${n}`, `F${n}`)),
		count(parts.roster),
		count(parts.unlisted),
		count(parts.trade_union),
		count(parts.armed_forces),
		count(parts.member_organisation),
		count(parts.upper_club),
		count(parts.overlap === 0 ? 0 : -parts.overlap),
	];
}

const count = (value: number | null, formula?: (row: number) => string): OutCell => ({ value, look: "count", formula });

function classWords(row: RateRow): string | null {
	if (row.class) return CLASSES[row.class];
	if (row.rate !== null) return "tham khảo";
	return row.kind === "commune" ? "Chưa có số liệu phụ nữ từ 18 tuổi trở lên" : null;
}

/** What must go with the figures wherever they are sent. */
function notesSheet(
	top: RateRow,
	{ on, map }: When,
	today: string,
	list: RateList | undefined,
	listed: number,
): OutSheet {
	const notes = [
		`Tỷ lệ tập hợp phụ nữ có mặt tại địa bàn tham gia tổ chức Hội: ${top.name}, ngày ${displayDay(on)}.`,
		...(list ? [`Danh sách: ${LIST_WORDS[list]}, ${listed} đơn vị, tỷ lệ từ thấp đến cao.`] : []),
		`Lập ngày ${displayDay(today)}.`,
		...(map
			? [`Xem theo đơn vị hành chính ngày ${displayDay(map)}. “Ước tính”: có phần chia theo tỷ lệ từ đơn vị bị chia.`]
			: []),
		...dayNotes(on, today, map),
		"Tỷ lệ = tổng số hội viên : phụ nữ từ 18 tuổi trở lên × 100% (điểm 1.2, mục II, Hướng dẫn 21/HD-ĐCT). Trên 100% có thể gặp vì số phụ nữ là của năm 2019.",
		"Tỷ lệ của huyện, tỉnh, Cụm thi đua, cả nước là số tham khảo, cộng từ các xã; chưa tính các đơn vị chưa có số liệu phụ nữ từ 18 tuổi trở lên.",
		...(top.without_denominator > 0 ? [`Số đơn vị chưa có số liệu: ${top.without_denominator}.`] : []),
	];
	return { name: "Ghi chú", widths: [120], rows: notes.map((value) => [{ value, look: "note" }]) };
}
