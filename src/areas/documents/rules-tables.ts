import type { PaperCell, PaperColumn, PaperTable } from "../../core/paper.ts";
import { rateText } from "../../core/rate.ts";
import type { Parts, RateRow } from "../gathering/contract.ts";
import { classCounts } from "../gathering/rules.ts";
import { inOrderOf } from "../gathering/rules-list-order.ts";
import type { Child } from "../targets/contract.ts";
import type { TargetKind } from "../targets/rules-kinds.ts";

const NTH: PaperColumn = { key: "nth", head: "TT", kind: "number", width: 12 };
const MEMBERS: PaperColumn = { key: "members", head: "Hội viên", kind: "count", width: 25, sum: "added" };
const WOMEN: PaperColumn = {
	key: "women18",
	head: "Phụ nữ từ 18 tuổi trở lên",
	kind: "count",
	width: 27,
	sum: "added",
};
const RATE: PaperColumn = {
	key: "rate",
	head: "Tỷ lệ",
	kind: "rate",
	width: 20,
	formula: { kind: "rate", members: "members", women: "women18" },
	sum: "as_row",
};
const CLASS: PaperColumn = { key: "class", head: "Xếp loại", kind: "text", width: 24 };
const MISSING: PaperColumn = {
	key: "missing",
	head: "Còn thiếu",
	kind: "count",
	width: 18,
	formula: { kind: "missing", members: "members", women: "women18" },
	sum: "added",
};

const CLASS_WORDS = { under: "Dưới 60%", exactly: "Bằng 60%", over: "Trên 60%" } as const;

/** Words for a class in a sentence or a table; what has none says why. */
export function classWords({ class: found, kind }: Pick<RateRow, "class" | "kind">): string {
	if (found) return CLASS_WORDS[found];
	return kind === "commune" ? "Chưa có số liệu" : "";
}

/** The communes not over 60 %, the lowest rate first, each with what it lacks; where they stand, if that differs (R1). */
export function notOverTable(communes: readonly RateRow[], placeOf: ((row: RateRow) => string) | null): PaperTable {
	const rows = inOrderOf(
		communes.filter((row) => row.class === "under" || row.class === "exactly"),
		{ key: "rate", descending: false },
	);
	return communeTable(rows, { name: "Chưa đạt trên 60%", placeOf });
}

/**
 * Communes with their figures, numbered, and what they have together; of a `whole`, what belongs to none of them in a line of its own, so
 * that the columns add up to what the unit has.
 */
export function communeTable(
	rows: readonly RateRow[],
	{ name, placeOf, whole }: { name: string; placeOf?: ((row: RateRow) => string) | null; whole?: RateRow },
): PaperTable {
	const rest = whole ? restOf(whole, rows) : null;
	const place: PaperColumn[] = placeOf ? [{ key: "place", head: "Thuộc", kind: "text", width: 60 }] : [];
	return {
		name,
		columns: [
			NTH,
			{ key: "name", head: "Cơ sở Hội", kind: "text", width: 38 },
			...place,
			MEMBERS,
			WOMEN,
			RATE,
			CLASS,
			MISSING,
		],
		rows: [
			...rows.map((row, at) => [
				at + 1,
				row.name,
				...(placeOf ? [placeOf(row)] : []),
				row.members,
				row.women18,
				row.rate,
				classWords(row),
				row.missing,
			]),
			...(rest ? [[rows.length + 1, ELSEWHERE, ...(placeOf ? [null] : []), rest[0], rest[1], null, "", null]] : []),
		],
		sum: [
			null,
			"Cộng",
			...(placeOf ? [null] : []),
			...sumOf(whole ? [whole] : rows),
			null,
			added(rows.map(({ missing }) => missing)),
		],
	};
}

const ELSEWHERE = "Không thuộc đơn vị nào ở trên";

/** Members and women of a unit that stand under none of some rows; null where there are none. */
function restOf(whole: RateRow, rows: readonly RateRow[]): [number, number | null] | null {
	const [members, women] = sumOf(rows);
	const rest: [number, number] = [whole.members - members, (whole.women18 ?? 0) - (women ?? 0)];
	return rest[0] === 0 && rest[1] === 0 ? null : [rest[0], rest[1] || null];
}

/** Members, women and their rate of some rows together. */
function sumOf(rows: readonly Pick<RateRow, "members" | "women18">[]): [number, number | null, string | null] {
	const members = added(rows.map((row) => row.members)) ?? 0;
	const women = added(rows.map(({ women18 }) => women18));
	return [members, women, women ? rateText(members, women) : null];
}

/** The known figures added up; null where none is known. */
function added(values: readonly (number | null)[]): number | null {
	const known = values.filter((value) => value !== null);
	return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null;
}

/** What is not over 60 % yet, and how many members that lacks, of some communes. */
export function missingOf(communes: readonly RateRow[]): number {
	return added(communes.map(({ missing }) => missing)) ?? 0;
}

/** A unit directly below with the communes that stand under it. */
export interface Below {
	row: RateRow;
	communes: readonly RateRow[];
}

/**
 * The units below, each with how its communes stand. The sum is the unit's own: where what stands below adds up to less (bases and
 * forces that belong to no commune), a line of its own says the difference, so that the column can be added up by hand.
 */
export function belowTable(unit: RateRow, below: readonly Below[]): PaperTable {
	const classes = (key: string, head: string): PaperColumn => ({ key, head, kind: "count", width: 17, sum: "added" });
	const rows: PaperCell[][] = below.map(({ row, communes }, at) => {
		const { under, exactly, over, none } = classCounts(communes);
		const all = under + exactly + over + none;
		return [at + 1, row.name, all, over, exactly, under, none, row.members, row.women18, row.rate, missingOf(communes)];
	});
	const rest = restOf(
		unit,
		below.map(({ row }) => row),
	);
	if (rest) rows.push([rows.length + 1, ELSEWHERE, null, null, null, null, null, rest[0], rest[1], null, null]);
	const column = (at: number) => added(rows.map((row) => row[at] as number | null));
	return {
		name: "Các đơn vị trực thuộc",
		columns: [
			NTH,
			{ key: "name", head: "Đơn vị", kind: "text", width: 46 },
			classes("communes", "Số cơ sở Hội"),
			classes("over", "Trên 60%"),
			classes("exactly", "Bằng 60%"),
			classes("under", "Dưới 60%"),
			classes("none", "Chưa có số liệu"),
			MEMBERS,
			WOMEN,
			{ ...RATE, head: "Tỷ lệ (tham khảo)", width: 22 },
			{ ...MISSING, formula: undefined },
		],
		rows,
		sum: [
			null,
			"Cộng",
			...[2, 3, 4, 5, 6].map(column),
			unit.members,
			unit.women18,
			unit.women18 ? rateText(unit.members, unit.women18) : null,
			column(10),
		],
	};
}

const PART_WORDS: readonly [keyof Parts, string][] = [
	["roster", "Đã nhập danh sách"],
	["unlisted", "Đã báo cáo, chưa nhập danh sách"],
	["trade_union", "Là đoàn viên công đoàn"],
	["armed_forces", "Trong lực lượng vũ trang"],
	["member_organisation", "Trong các tổ chức thành viên"],
	["upper_club", "Câu lạc bộ, tổ, nhóm do Hội cấp trên thành lập"],
];

/** Of what a unit's members are made up (R3): the parts, less those counted in the roster already. */
export function partsTable({ parts, members }: RateRow): PaperTable {
	const lines = PART_WORDS.map(([part, words], at): PaperCell[] => [at + 1, words, parts[part]]);
	if (parts.overlap !== 0)
		lines.push([lines.length + 1, "Trừ số đã có trong danh sách", parts.overlap === 0 ? 0 : -parts.overlap]);
	return {
		name: "Hội viên theo nguồn",
		columns: [
			NTH,
			{ key: "part", head: "Nguồn hội viên", kind: "text", width: 113 },
			{ key: "members", head: "Số hội viên", kind: "count", width: 40, sum: "added" },
		],
		rows: lines,
		sum: [null, "Tổng số hội viên", members],
	};
}

/** What each unit below is given (R14); of members with the figures its weight comes from. */
export function allotmentTable(rows: readonly Child[], kind: TargetKind, measure: string): PaperTable {
	const given: PaperColumn = { key: "target", head: `Chỉ tiêu (${measure})`, kind: "count", width: 28, sum: "added" };
	const isNet = kind === "net_new_members";
	const figures: PaperColumn[] = isNet
		? [
				{ ...WOMEN, width: 28 },
				MEMBERS,
				{ key: "weight", head: "Phụ nữ chưa vào Hội", kind: "count", width: 26, sum: "added" },
			]
		: [];
	const cells = rows.map((row, at): PaperCell[] => [
		at + 1,
		row.name,
		...(isNet ? [row.women18, row.members, row.weight] : []),
		row.target?.value ?? null,
	]);
	return {
		name: "Phân bổ chỉ tiêu",
		columns: [NTH, { key: "name", head: "Đơn vị", kind: "text", width: isNet ? 44 : 115 }, ...figures, given],
		rows: cells,
		sum: [null, "Cộng", ...[...figures, given].map((_, at) => added(cells.map((row) => row[at + 2] as number | null)))],
	};
}
