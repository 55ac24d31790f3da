import { readCount } from "../../core/number.ts";

/** The kinds of place that have a denominator (R5). */
export const PLACE_KINDS: readonly string[] = ["commune", "unassigned"];

const LARGEST = 100_000_000;

/** The columns of a table of denominators, as a CSV names them. */
export const POPULATION_COLUMNS = [
	{ key: "code", heads: ["Mã đơn vị", "Mã"], required: true },
	{ key: "women18", heads: ["Phụ nữ từ 18 tuổi trở lên", "Phụ nữ 18+"], required: true },
	{ key: "document", heads: ["Văn bản", "Số văn bản"], required: false },
] as const;

/** A line of a table of denominators, as text. */
export interface PopulationLine {
	row: number;
	code: string;
	women18: string;
	document: string;
}

/** A line read: women aged 18 and over as a positive whole number, or null with the faults. */
export interface ReadPopulation {
	row: number;
	code: string;
	women18: number | null;
	document: string;
	faults: { field: string; text: string }[];
}

/** Reads one line. */
export function readPopulation(line: PopulationLine): ReadPopulation {
	const women18 = readCount(line.women18);
	const document = line.document.normalize("NFC").trim();
	const faults: ReadPopulation["faults"] = [];
	if (women18 === null || women18 < 1 || women18 > LARGEST)
		faults.push({
			field: "women18",
			text: line.women18.trim() === "" ? "Thiếu số." : "Phải là số nguyên từ 1 đến 100.000.000.",
		});
	if (document.length > 500) faults.push({ field: "document", text: "Tối đa 500 ký tự." });
	return { row: line.row, code: line.code.trim(), women18: faults.length === 0 ? women18 : null, document, faults };
}

/** Marks every later row of a place already named above. */
export function nameTwice(lines: { row: number; unitId: number | null; faults: ReadPopulation["faults"] }[]): void {
	const first = new Map<number, number>();
	for (const { row, unitId, faults } of lines) {
		if (unitId === null) continue;
		const earlier = first.get(unitId);
		if (earlier === undefined) first.set(unitId, row);
		else faults.push({ field: "code", text: `Trùng đơn vị với dòng ${earlier}.` });
	}
}
