import { type Day, displayDay } from "../../core/day.ts";
import { displayNumber, displayRate } from "../../core/number.ts";
import type { RateRow } from "../gathering/contract.ts";
import { classCounts } from "../gathering/rules.ts";
import { dayNotes } from "../gathering/rules-day.ts";
import type { Child, Standing } from "../targets/contract.ts";
import { KIND_LABELS, sumWords } from "../targets/rules.ts";
import type { TargetKind } from "../targets/rules-kinds.ts";
import type { Issuer } from "./rules-paper.ts";
import { classWords, missingOf } from "./rules-tables.ts";
import type { Letterhead } from "./rules-templates.ts";

const NO_FIGURE = "chưa có số liệu";

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

/** What the fields of every document say. */
export function commonValues(issuer: Issuer, { symbol }: Letterhead, on: Day): Record<string, string> {
	return {
		"tên Hội": issuer.union,
		ban: issuer.board,
		"Hội cấp trên": issuer.above,
		"địa bàn": issuer.area,
		"ký hiệu": symbol,
		"tính đến ngày": displayDay(on),
		năm: on.slice(0, 4),
	};
}

/** What the fields of figures say: of a unit and the communes it has (of a commune: itself). */
export function figureValues(unit: RateRow, communes: readonly RateRow[]): Record<string, string> {
	const { under, exactly, over, none } = classCounts(communes);
	return {
		"số cơ sở": displayNumber(under + exactly + over + none),
		"số trên 60%": displayNumber(over),
		"số bằng 60%": displayNumber(exactly),
		"số dưới 60%": displayNumber(under),
		"số chưa đạt trên 60%": displayNumber(under + exactly),
		"số chưa có số liệu": displayNumber(none),
		"còn thiếu": displayNumber(missingOf(communes)),
		"hội viên": displayNumber(unit.members),
		"phụ nữ từ 18 tuổi": unit.women18 === null ? NO_FIGURE : displayNumber(unit.women18),
		"tỷ lệ": unit.rate === null ? NO_FIGURE : displayRate(unit.rate),
		"xếp loại": lowerFirst(classWords(unit)) || NO_FIGURE,
	};
}

/** What the fields of an allotment say. */
export function targetValues(shown: {
	kind: TargetKind;
	name: string;
	measure: string;
	period: { name: string };
	target: Standing | null;
	rows: readonly Child[];
	sum: number;
}): Record<string, string> {
	const { kind, name, measure, period, target, rows, sum } = shown;
	const given = rows.filter((row) => row.target !== null);
	const documents = [...new Set(given.flatMap((row) => row.target?.decision?.document ?? []))];
	const amount = (value: number) => `${displayNumber(value)} ${measure}`;
	return {
		"loại chỉ tiêu": kind === "free" ? `chỉ tiêu ${name}` : lowerFirst(KIND_LABELS[kind]),
		kỳ: lowerFirst(period.name),
		"chỉ tiêu trên giao": target ? amount(target.value) : "chưa giao",
		"tổng giao": amount(sum),
		"so với trên giao": target ? sumWords(target.value, sum) : "Chưa có chỉ tiêu trên giao để so sánh",
		"số đơn vị": displayNumber(given.length),
		"văn bản giao": documents.join("; ") || "chưa ghi",
	};
}

/** What the guidance wants said wherever such figures go (R1, R5, R6), and what their day does (R37, R38). */
export function figureNotes(
	rows: readonly RateRow[],
	{ on, map, today }: { on: Day; map: Day | null; today: Day },
): string[] {
	const some = (test: (row: RateRow) => boolean, words: string) => (rows.some(test) ? [words] : []);
	return [
		"Tỷ lệ = tổng số hội viên : số phụ nữ từ 18 tuổi trở lên (điểm 1.2, mục II, Hướng dẫn 21/HD-ĐCT). Còn thiếu: số hội viên để đạt trên 60%.",
		...some((row) => row.class === "exactly", "Bằng 60% là chưa đạt trên 60%."),
		...some(
			(row) => ["province", "district", "cluster", "centre"].includes(row.kind),
			"Tỷ lệ của huyện, tỉnh, Cụm thi đua, cả nước cộng từ các cơ sở, để tham khảo.",
		),
		...some(
			(row) => row.kind === "commune" && row.women18 !== null && row.members > row.women18,
			"Trên 100%: hội viên của ngày báo cáo so với số phụ nữ của năm 2019.",
		),
		...(map ? [`Số của ngày ${displayDay(on)} theo đơn vị hành chính ngày ${displayDay(map)}.`] : []),
		...some((row) => row.estimated, "Có phần ước tính: chia theo tỷ lệ từ đơn vị bị chia."),
		...dayNotes(on, today, map ?? on),
	];
}
