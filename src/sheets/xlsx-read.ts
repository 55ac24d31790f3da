import type { Cell, Merge, Row } from "../core/sheet.ts";
import { checkCell, fileProblems } from "./limits.ts";
import { DAYS_1904 } from "./number-format.ts";
import type { FileSource, SheetSource, Workbook } from "./workbook.ts";
import { type RichText, readParts, richTextReader, type XlsxParts } from "./xlsx-parts.ts";
import { feedXml, unescapeCell, type XmlHandler } from "./xml.ts";
import { openZip, type Zip } from "./zip.ts";

/**
 * Opens an XLSX. Formulas give their stored result and are never computed; rows arrive as the sheet is unpacked, so memory
 * holds the string table and one chunk (measured in docs/decisions.md).
 */
export async function openXlsx(source: FileSource, fileName: string): Promise<Workbook> {
	const zip = await openZip(source);
	try {
		const parts = await readParts(zip);
		const sheets = parts.sheets.map((_, index) => sheetSource(zip, parts, index));
		return { fileName, format: "xlsx", sheets, close: () => zip.close() };
	} catch (error) {
		zip.close();
		throw error;
	}
}

function sheetSource(zip: Zip, parts: XlsxParts, index: number): SheetSource {
	const { name, hidden, part } = parts.sheets[index] as XlsxParts["sheets"][number];
	let merges: Merge[] | undefined;
	async function* rows(): AsyncGenerator<Row> {
		const reader = sheetReader(name, parts);
		for await (const _ of feedXml(await zip.stream(part), reader)) {
			yield* reader.ready;
			reader.ready.length = 0;
		}
		merges = reader.merges;
	}
	return {
		name,
		hidden,
		rows,
		async merges() {
			if (!merges) for await (const _ of rows());
			return merges ?? [];
		},
	};
}

/** Collects finished rows in `ready` (the caller empties it) and the merged cells, which follow the rows. */
function sheetReader(sheet: string, parts: XlsxParts): XmlHandler & { ready: Row[]; merges: Merge[] } {
	const ready: Row[] = [];
	const merges: Merge[] = [];
	let row: Row = { row: 0, cells: [] };
	let column = -1;
	let type = "";
	let style = 0;
	let value = "";
	let inline: RichText = "";
	let inValue = false;
	let inInline = false;
	const inlineReader = richTextReader((text) => {
		inline = text;
	})("is");

	return {
		ready,
		merges,
		open(name, attributes) {
			if (inInline) return inlineReader.open(name, attributes);
			if (name === "c") {
				column = attributes.r ? columnOf(attributes.r) : column + 1;
				type = attributes.t ?? "n";
				style = Number(attributes.s ?? 0);
				value = "";
				inline = "";
			} else if (name === "v") inValue = true;
			else if (name === "is") {
				inInline = true;
				inlineReader.open(name, attributes);
			} else if (name === "row") {
				row = { row: Number(attributes.r ?? row.row + 1), cells: [] };
				column = -1;
			} else if (name === "mergeCell") {
				const merge = rectangle(attributes.ref ?? "");
				if (merge) merges.push(merge);
			}
		},
		text(text) {
			if (inInline) inlineReader.text(text);
			else if (inValue) value += text;
		},
		close(name) {
			if (inInline) inlineReader.close(name);
			if (name === "is") inInline = false;
			else if (name === "v") inValue = false;
			else if (name === "c") {
				const cell = cellOf(type, value, inline, style, parts);
				if (!cell) return;
				checkCell(sheet, row.row, column, typeof cell.value === "string" ? cell.value : "");
				row.cells[column] = cell;
			} else if (name === "row" && row.cells.length > 0) ready.push(row);
		},
	};
}

function cellOf(type: string, value: string, inline: RichText, style: number, parts: XlsxParts): Cell | undefined {
	const { font, isDate } = parts.styles[style] ?? {
		font: undefined,
		isDate: false,
	};
	if (type === "s" || type === "inlineStr") {
		const text = type === "s" ? parts.strings[Number(value)] : inline;
		if (text === undefined) throw fileProblems.damaged();
		return textCell(text, font);
	}
	if (value === "") return undefined;
	if (type === "b") return { value: value === "1" };
	if (type === "n" || type === "") return numberCell(Number(value), isDate, font, parts.date1904);
	if (type === "d") return { value: value.replace(/T00:00:00(\.0+)?Z?$/, ""), font };
	return textCell(unescapeCell(value), font);
}

function numberCell(number: number, isDate: boolean, font: string | undefined, date1904: boolean): Cell | undefined {
	if (!Number.isFinite(number)) throw fileProblems.damaged();
	return isDate ? { value: date1904 ? number + DAYS_1904 : number, isDate: true, font } : { value: number, font };
}

function textCell(text: RichText, font: string | undefined): Cell | undefined {
	if (typeof text === "string") return text === "" ? undefined : { value: text, font };
	const runs = text.runs.map((run) => ({
		text: run.text,
		font: run.font ?? font,
	}));
	const first = runs[0]?.font;
	if (runs.every((run) => run.font === first)) return { value: text.text, font: first };
	return { value: text.text, font, runs };
}

/** The column of a reference, from 0: `A1` 0, `AB7` 27. */
function columnOf(reference: string): number {
	let column = 0;
	for (let i = 0; i < reference.length; i++) {
		const code = reference.charCodeAt(i) & 0xdf;
		if (code < 65 || code > 90) break;
		column = column * 26 + code - 64;
	}
	return column - 1;
}

function rectangle(reference: string): Merge | undefined {
	const parts = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(reference);
	if (!parts) return undefined;
	const [, left, top, right, bottom] = parts as unknown as [string, string, string, string, string];
	return {
		left: columnOf(left),
		top: Number(top),
		right: columnOf(right),
		bottom: Number(bottom),
	};
}
