import { type Day, displayDay } from "../../core/day.ts";
import { displayNumber, readCount } from "../../core/number.ts";
import { Problem } from "../../core/problem.ts";
import type { HeadcountComponent } from "./contract.ts";

/** What is known by number, not by name (R4, R49). */
export const COMPONENTS = ["unlisted", "trade_union", "armed_forces", "member_organisation", "upper_club"] as const;

/** The official words of each component (glossary). */
export const COMPONENT_LABELS: Record<HeadcountComponent, string> = {
	unlisted: "Hội viên đã báo cáo, chưa nhập danh sách",
	trade_union: "Hội viên là đoàn viên công đoàn",
	armed_forces: "Hội viên trong lực lượng vũ trang",
	member_organisation: "Hội viên trong các tổ chức thành viên",
	upper_club: "Hội viên CLB, tổ, nhóm do Hội cấp trên thành lập",
};

/** The kinds of unit that report figures without names: every level of the Union, and *Chưa phân*, which carries its predecessors'. */
export const REPORTING_KINDS: readonly string[] = ["centre", "province", "district", "commune", "unassigned"];

const LARGEST_HEADCOUNT = 100_000_000;
export const FIRST_DAY: Day = "2017-01-01";
const TEXT_LIMIT = 500;
const FORBIDDEN_CHARACTERS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** What is wrong with a figure: the Problem's code, the field and the Vietnamese sentence. */
export interface Fault {
	code: string;
	field: string;
	text: string;
}

/** The figure in force on the new one's day, carried ones summed; null where there is none. */
export interface InForce {
	count: number;
	overlap: number;
}

/** The last day a figure or a rate may be asked for: 31 December of next year, as far as the ledger is kept open. */
export function lastDay(today: Day): Day {
	return `${Number(today.slice(0, 4)) + 1}-12-31`;
}

/** Whether a day lies in the ledger: from 2017-01-01 to 31 December of next year. */
export function dayFault(on: Day, today: Day, field: string): Fault | null {
	if (on >= FIRST_DAY && on <= lastDay(today)) return null;
	return {
		code: "day.out_of_range",
		field,
		text: `Chỉ có số liệu từ ${displayDay(FIRST_DAY)} đến ${displayDay(lastDay(today))}. Hãy chọn ngày khác.`,
	};
}

/**
 * Whether a new figure may replace the one in force (R4, R49). Raising what is counted needs a document; a first figure raises
 * it from nothing. `unlisted` is opened once (`opened`: a figure exists on any day) and then rises only by someone above.
 */
export function riseFault(
	figure: { component: HeadcountComponent; count: number; overlap: number; document: string },
	before: InForce | null,
	unlisted: { opened: boolean; fromAbove: boolean },
): Fault | null {
	const known = before ?? { count: 0, overlap: 0 };
	const rises = figure.count > known.count || figure.count - figure.overlap > known.count - known.overlap;
	if (!rises) return null;
	if (figure.component === "unlisted" && unlisted.opened && !unlisted.fromAbove)
		return {
			code: "headcount.unlisted_rise",
			field: "count",
			text: `Số hội viên đã báo cáo, chưa nhập danh sách (đang là ${displayNumber(known.count)}) chỉ được tăng khi Hội cấp trên trực tiếp đồng ý và nhập thay.`,
		};
	if (figure.document === "")
		return {
			code: "headcount.document_missing",
			field: "document",
			text: `Số liệu tăng (đang có hiệu lực: ${displayNumber(known.count)}) phải có văn bản kèm theo. Hãy ghi số, ngày của văn bản.`,
		};
	return null;
}

/** The columns of a table of figures, as a CSV names them. */
export const HEADCOUNT_COLUMNS = [
	{ key: "code", heads: ["Mã đơn vị", "Mã"], required: true },
	{ key: "component", heads: ["Loại"], required: true },
	{ key: "count", heads: ["Số lượng"], required: true },
	{ key: "overlap", heads: ["Trừ trùng", "Số đã có trong danh sách"], required: false },
	{ key: "source", heads: ["Nguồn", "Nguồn cung cấp"], required: true },
	{ key: "document", heads: ["Văn bản", "Số văn bản"], required: false },
] as const;

/** A line of a table of figures, as text. */
export interface HeadcountLine {
	row: number;
	code: string;
	component: string;
	count: string;
	overlap: string;
	source: string;
	document: string;
}

/** A line read: its figure, or null with its faults. */
export interface ReadLine {
	row: number;
	code: string;
	figure: {
		component: HeadcountComponent;
		count: number;
		overlap: number;
		source: string;
		document: string;
	} | null;
	faults: { field: string; text: string }[];
}

/**
 * Reads one line. An empty overlap is 0. In a table `source` names who gave the figure and the number of the document, so it
 * stands for the document, too, where there is no column of its own (R4).
 */
export function readLine(line: HeadcountLine): ReadLine {
	const faults: ReadLine["faults"] = [];
	const component = COMPONENTS.find((one) => one === line.component.trim().toLowerCase());
	if (!component) faults.push({ field: "component", text: `Phải là một trong: ${COMPONENTS.join(", ")}.` });
	const count = readCell(line.count, "count", faults);
	const overlap = line.overlap.trim() === "" ? 0 : readCell(line.overlap, "overlap", faults);
	if (count !== null && overlap !== null && overlap > count)
		faults.push({ field: "overlap", text: "Số đã có trong danh sách không được lớn hơn số lượng." });
	const source = line.source.normalize("NFC").trim();
	const document = line.document.normalize("NFC").trim() || source;
	if (source === "") faults.push({ field: "source", text: "Hãy ghi nguồn cung cấp số liệu, số văn bản." });
	for (const [field, text] of Object.entries({ source, document }))
		if (text.length > TEXT_LIMIT || FORBIDDEN_CHARACTERS.test(text))
			faults.push({ field, text: `Tối đa ${TEXT_LIMIT} ký tự, không có ký tự điều khiển.` });
	const complete = faults.length === 0 && component && count !== null && overlap !== null;
	return {
		row: line.row,
		code: line.code.trim(),
		figure: complete ? { component, count, overlap, source, document } : null,
		faults,
	};
}

function readCell(raw: string, field: string, faults: { field: string; text: string }[]): number | null {
	const count = readCount(raw);
	if (count !== null && count <= LARGEST_HEADCOUNT) return count;
	const text = raw.trim() === "" ? "Thiếu số." : "Phải là số nguyên từ 0 đến 100.000.000.";
	faults.push({ field, text });
	return null;
}

/** Throws what is wrong with one figure; returns where nothing is. */
export function refuse(fault: Fault | null): void {
	if (fault) throw new Problem(fault.code, 422, fault.text, { field: fault.field });
}

/** Throws all that is wrong with the rows of a table at once; returns where nothing is. */
export function refuseLines(lines: { row: number; faults: { field: string; text: string }[] }[]): void {
	const rows = lines.flatMap((line) => line.faults.map((fault) => ({ row: line.row, ...fault })));
	if (rows.length === 0) return;
	const bad = new Set(rows.map((row) => row.row)).size;
	const [first] = rows;
	throw new Problem(
		"import.rows_invalid",
		422,
		`${bad} dòng chưa đúng nên chưa dòng nào được ghi. Dòng ${first.row}: ${first.text}`,
		{ field: first.field, detail: { rows } },
	);
}
