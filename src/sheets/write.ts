import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { Cell, CellRun, Merge } from "../core/sheet.ts";
import { escapeXml, type Look, type StyleBook, styleBook, WRAPPED } from "./write-styles.ts";

/**
 * A cell to write: a bare value, or one with its font, a day serial, or a look. A live formula is told the row it stands in (a demo's rows
 * lie one lower) and is written with its value; it is the program's own text, never anyone's.
 */
export type OutCell =
	| string
	| number
	| boolean
	| null
	| undefined
	| (Cell & { look?: Look; formula?: (row: number) => string });

/** A row to write: the next one, or one at a given row number (ascending). */
export type OutRow = OutCell[] | { row: number; cells: OutCell[] };

/** A sheet to write. Rows are pulled one at a time; with `columns`, a frozen header row comes first. */
export interface OutSheet {
	name: string;
	columns?: { header: string; width?: number }[];
	/** Column widths in characters where there are no `columns`. */
	widths?: number[];
	rows: Iterable<OutRow> | AsyncIterable<OutRow>;
	merges?: Merge[];
}

/** What a demo must carry on every page it leaves the program with. */
const DEMO_MARK = "Dữ liệu minh họa";

/**
 * An XLSX as a stream of bytes; memory does not grow with the rows. Text is always a text cell and never a formula, whatever
 * it begins with. With `demo` a line "Dữ liệu minh họa" stands above everything and the rows move down by one. An error while
 * rows are pulled ends the stream with that error.
 */
export function writeWorkbook(sheets: OutSheet[], options: { demo?: boolean } = {}): Readable {
	const zip = new ZipFile();
	const styles = styleBook();
	const names = sheetNames(sheets.map((sheet) => sheet.name));
	// yazl's own PassThrough; its type says less.
	const output = zip.outputStream as Readable;
	// Each part waits for the end of the whole: one listener a sheet and one for the styles.
	output.setMaxListeners(sheets.length + 12);
	addText(zip, "[Content_Types].xml", contentTypes(sheets.length));
	addText(zip, "_rels/.rels", links([["officeDocument", "xl/workbook.xml"]]));
	const headRows = sheets.map((sheet) => (sheet.columns ? (options.demo ? 2 : 1) : 0));
	addText(zip, "xl/workbook.xml", workbookXml(names, headRows));
	addText(zip, "xl/_rels/workbook.xml.rels", links(workbookLinks(sheets.length)));
	for (const [index, sheet] of sheets.entries()) {
		const xml = batched(sheetXml(sheet, styles, options.demo === true));
		addStream(zip, `xl/worksheets/sheet${index + 1}.xml`, () => xml);
	}
	// Only now are all styles known.
	addStream(zip, "xl/styles.xml", () => [styles.xml()]);
	zip.end();
	return output;
}

/** {@link writeWorkbook} collected in memory, for small files and tests. */
export function workbookBytes(sheets: OutSheet[], options: { demo?: boolean } = {}): Promise<Buffer> {
	return buffer(writeWorkbook(sheets, options));
}

async function* sheetXml(sheet: OutSheet, styles: StyleBook, demo: boolean): AsyncGenerator<string> {
	const shift = demo ? 1 : 0;
	const header = sheet.columns?.map(({ header: value }): OutCell => ({ value, look: "header" }));
	const frozen = shift + (header ? 1 : 0);
	yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${FIT_TO_PAGE}`;
	if (header) yield freeze(frozen);
	yield `<sheetFormatPr defaultRowHeight="${LINE_POINTS}"/>`;
	const widths = sheet.columns?.map((column) => column.width ?? 14) ?? sheet.widths ?? [];
	yield widthsXml(widths);
	yield "<sheetData>";
	if (demo) yield rowXml(1, [{ value: DEMO_MARK, look: "mark" }], widths, styles);
	if (header) yield rowXml(frozen, header, widths, styles);
	let at = frozen;
	for await (const row of sheet.rows) {
		at = Array.isArray(row) ? at + 1 : row.row + shift;
		yield rowXml(at, Array.isArray(row) ? row : row.cells, widths, styles);
	}
	yield "</sheetData>";
	yield mergesXml(sheet.merges ?? [], shift);
	yield `${ON_PAPER}</worksheet>`;
}

/**
 * Printed: A4 across, all columns on one page, with lines and page numbers; on screen
 * no green corner at every ID for being text. The order of these parts is prescribed.
 */
const FIT_TO_PAGE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
const ON_PAPER =
	'<printOptions gridLines="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter><ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>';

/** Chunks of about 64 KB: one a row would cost more in the stream than in the writing. */
async function* batched(parts: AsyncIterable<string>): AsyncGenerator<string> {
	let batch = "";
	for await (const part of parts) {
		batch += part;
		if (batch.length < 65_536) continue;
		yield batch;
		batch = "";
	}
	yield batch;
}

function rowXml(row: number, cells: OutCell[], widths: number[], styles: StyleBook): string {
	let xml = "";
	let lines = 1;
	for (let column = 0; column < cells.length; column++) {
		const cell = cells[column];
		if (cell === null || cell === undefined || cell === "") continue;
		xml += cellXml(column, row, cell, styles);
		if (typeof cell === "object" && cell.look && WRAPPED.has(cell.look))
			lines = Math.max(lines, linesOf(String(cell.value ?? ""), widths[column] ?? 14));
	}
	// Excel fits a row to its text by itself, others do not: told, all show it.
	const height = lines > 1 ? ` ht="${lines * LINE_POINTS}" customHeight="1"` : "";
	return `<row r="${row}"${height}>${xml}</row>`;
}

const LINE_POINTS = 16;

/** How many lines a text takes in a column of so many characters, broken between words. */
function linesOf(text: string, width: number): number {
	let lines = 1;
	let left = width;
	for (const word of text.split(" ")) {
		if (word.length > left && left < width) {
			lines += 1;
			left = width;
		}
		left -= word.length + 1;
	}
	return lines;
}

function cellXml(column: number, row: number, cell: NonNullable<OutCell>, styles: StyleBook): string {
	const reference = `${columnName(column)}${row}`;
	const { value, font, isDate, look, formula }: Exclude<OutCell, string | number | boolean | null | undefined> =
		typeof cell === "object" ? cell : { value: cell };
	const style = (fallback: Look) => styles.index(look ?? fallback, font);
	if (value === null || value === "") return look ? `<c r="${reference}" s="${style("text")}"/>` : "";
	if (typeof value === "boolean") return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`;
	if (formula && typeof value === "number")
		return `<c r="${reference}" s="${style("number")}"><f>${escapeXml(formula(row))}</f><v>${value}</v></c>`;
	if (typeof value === "number" && Number.isFinite(value))
		return isDate || look || font
			? `<c r="${reference}" s="${isDate ? style("date") : styles.index(look ?? "number", font)}"><v>${value}</v></c>`
			: `<c r="${reference}"><v>${value}</v></c>`;
	const text = cell instanceof Object && cell.runs ? cell.runs.map(runXml).join("") : textXml(String(value));
	return `<c r="${reference}" s="${style("text")}" t="inlineStr"><is>${text}</is></c>`;
}

function runXml(run: CellRun): string {
	const font = run.font === undefined ? "" : `<rPr><rFont val="${escapeXml(run.font)}"/></rPr>`;
	return `<r>${font}${textXml(run.text)}</r>`;
}

function textXml(text: string): string {
	return `<t xml:space="preserve">${escapeXml(text)}</t>`;
}

/** `A` for 0, `AB` for 27. */
export function columnName(column: number): string {
	const rest = Math.floor(column / 26);
	return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

function freeze(rows: number): string {
	return `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${rows}" topLeftCell="A${rows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
}

function widthsXml(widths: number[]): string {
	if (widths.length === 0) return "";
	const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
	return `<cols>${columns.join("")}</cols>`;
}

function mergesXml(merges: Merge[], shift: number): string {
	if (merges.length === 0) return "";
	const cells = merges.map(
		({ top, left, bottom, right }) =>
			`<mergeCell ref="${columnName(left)}${top + shift}:${columnName(right)}${bottom + shift}"/>`,
	);
	return `<mergeCells count="${cells.length}">${cells.join("")}</mergeCells>`;
}

/** Sheet names as Excel takes them: no `[]:*?/\`, at most 31 characters, none twice. */
export function sheetNames(wanted: string[]): string[] {
	const taken = new Set<string>();
	return wanted.map((name, index) => {
		const clean = name.replace(/[[\]:*?/\\]|^'+|'+$/g, " ").trim() || `Trang ${index + 1}`;
		let free = clean.slice(0, 31);
		for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${clean.slice(0, 31 - ` (${n})`.length)} (${n})`;
		taken.add(free.toLowerCase());
		return free;
	});
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** Adds a part that is made when its turn comes. Its error ends the output; an output given up ends its source. */
function addStream(zip: ZipFile, name: string, make: () => AsyncIterable<string> | Iterable<string>): void {
	const output = zip.outputStream as Readable;
	zip.addReadStreamLazy(name, (give) => {
		const part = Readable.from(make());
		part.on("error", (error) => output.destroy(error));
		output.on("close", () => part.destroy());
		give(null, part);
	});
}

function addText(zip: ZipFile, name: string, text: string): void {
	zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`), name);
}

function links(targets: [type: string, target: string][]): string {
	const entries = targets.map(
		([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
	);
	return `<Relationships xmlns="${PACKAGE}/relationships">${entries.join("")}</Relationships>`;
}

function workbookLinks(sheets: number): [string, string][] {
	const parts = Array.from({ length: sheets }, (_, i): [string, string] => [
		"worksheet",
		`worksheets/sheet${i + 1}.xml`,
	]);
	return [...parts, ["styles", "styles.xml"]];
}

/** `headRows`: how many rows of each sheet come again at the top of every printed page. */
function workbookXml(names: string[], headRows: number[]): string {
	const sheets = names.map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
	const titles = names.flatMap((name, i) =>
		headRows[i] > 0
			? `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${escapeXml(name.replaceAll("'", "''"))}'!$1:$${headRows[i]}</definedName>`
			: [],
	);
	const defined = titles.length > 0 ? `<definedNames>${titles.join("")}</definedNames>` : "";
	return `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${sheets.join("")}</sheets>${defined}</workbook>`;
}

function contentTypes(sheets: number): string {
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
	const parts = Array.from(
		{ length: sheets },
		(_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${kind}.worksheet+xml"/>`,
	);
	return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>${parts.join("")}<Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`;
}
