import type { CellRun } from "../core/sheet.ts";
import { fileProblems } from "./limits.ts";
import { isDateFormat } from "./number-format.ts";
import { readXml, unescapeCell, type XmlHandler } from "./xml.ts";
import type { Zip } from "./zip.ts";

/** What the cells of every sheet refer to. */
export interface XlsxParts {
	sheets: { name: string; hidden: boolean; part: string }[];
	date1904: boolean;
	strings: RichText[];
	styles: CellStyle[];
}

/** A string of the table: plain, or with the fonts of its runs. */
export type RichText = string | { text: string; runs: CellRun[] };

/** What a cell's style index stands for. */
export interface CellStyle {
	font: string | undefined;
	isDate: boolean;
}

/** Reads workbook, shared strings and styles; links to other files are not followed. Throws `file.not_a_workbook`. */
export async function readParts(zip: Zip): Promise<XlsxParts> {
	const root = (await readLinks(zip, "_rels/.rels", "")).find((link) => link.type === "officeDocument");
	const path = root?.target ?? "xl/workbook.xml";
	if (!zip.has(path) || !/\.xml$/i.test(path)) throw fileProblems.notAWorkbook("");
	const folder = path.slice(0, path.lastIndexOf("/") + 1);
	const links = await readLinks(zip, `${folder}_rels/${path.slice(folder.length)}.rels`, folder);
	const { sheets, date1904, isWorkbook } = await readSheetList(zip, path);
	if (!isWorkbook) throw fileProblems.notAWorkbook("");
	const partOf = (type: string) => links.find((link) => link.type === type && zip.has(link.target))?.target;
	const strings = partOf("sharedStrings");
	const styles = partOf("styles");
	return {
		sheets: sheets.flatMap(({ id, name, hidden }) => {
			const link = links.find((candidate) => candidate.id === id && candidate.type === "worksheet");
			return link && zip.has(link.target) ? [{ name, hidden, part: link.target }] : [];
		}),
		date1904,
		strings: strings ? await readStrings(zip, strings) : [],
		styles: styles ? await readStyles(zip, styles) : [],
	};
}

interface Link {
	id: string;
	/** Last word of the relationship type: the same in transitional and strict files. */
	type: string;
	target: string;
}

async function readLinks(zip: Zip, part: string, folder: string): Promise<Link[]> {
	const links: Link[] = [];
	if (!zip.has(part)) return links;
	await readXml(await zip.stream(part), {
		open(name, { Id = "", Type = "", Target = "", TargetMode }) {
			if (name !== "Relationship" || TargetMode === "External") return;
			links.push({
				id: Id,
				type: Type.slice(Type.lastIndexOf("/") + 1),
				target: resolve(folder, Target),
			});
		},
	});
	return links;
}

function resolve(folder: string, target: string): string {
	return target.startsWith("/") ? target.slice(1) : new URL(target, `file:///${folder}`).pathname.slice(1);
}

async function readSheetList(zip: Zip, part: string) {
	const sheets: { id: string; name: string; hidden: boolean }[] = [];
	let date1904 = false;
	let isWorkbook = false;
	await readXml(await zip.stream(part), {
		open(name, attributes) {
			if (name === "workbook") isWorkbook = true;
			if (name === "workbookPr") date1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
			if (name !== "sheet") return;
			const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key) && key !== "sheetId")?.[1];
			const hidden = attributes.state === "hidden" || attributes.state === "veryHidden";
			if (id) sheets.push({ id, name: attributes.name ?? "", hidden });
		},
	});
	return { sheets, date1904, isWorkbook };
}

async function readStrings(zip: Zip, part: string): Promise<RichText[]> {
	const strings: RichText[] = [];
	const reader = richTextReader((text) => strings.push(text));
	await readXml(await zip.stream(part), reader("si"));
	return strings;
}

/**
 * A handler for text with runs: shared strings (`si`) and inline ones (`is`). Phonetic hints are left out. Runs are kept
 * only where one names a font.
 */
export function richTextReader(done: (text: RichText) => void): (container: "si" | "is") => Required<XmlHandler> {
	return (container) => {
		let runs: CellRun[] = [];
		let inText = false;
		let inPhonetic = false;
		return {
			open(name, attributes) {
				if (name === container) runs = [{ text: "", font: undefined }];
				else if (name === "r") runs.push({ text: "", font: undefined });
				else if (name === "rFont") runs[runs.length - 1] = { text: "", font: attributes.val };
				else if (name === "rPh") inPhonetic = true;
				inText = name === "t" && !inPhonetic;
			},
			text(text) {
				const run = runs[runs.length - 1];
				if (inText && run) run.text += text;
			},
			close(name) {
				inText = false;
				if (name === "rPh") inPhonetic = false;
				if (name === container) done(joinRuns(runs));
			},
		};
	};
}

function joinRuns(runs: CellRun[]): RichText {
	const written = runs.filter((run) => run.text !== "").map((run) => ({ ...run, text: unescapeCell(run.text) }));
	const text = written.map((run) => run.text).join("");
	return written.some((run) => run.font) ? { text, runs: written } : text;
}

async function readStyles(zip: Zip, part: string): Promise<CellStyle[]> {
	const codes = new Map<number, string>();
	const fonts: (string | undefined)[] = [];
	const formats: { font: number; format: number }[] = [];
	let inside = "";
	await readXml(await zip.stream(part), {
		open(name, attributes) {
			if (name === "fonts" || name === "cellXfs") inside = name;
			else if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
			else if (name === "font" && inside === "fonts") fonts.push(undefined);
			else if (name === "name" && inside === "fonts") fonts[fonts.length - 1] = attributes.val;
			else if (name === "xf" && inside === "cellXfs")
				formats.push({
					font: Number(attributes.fontId ?? 0),
					format: Number(attributes.numFmtId ?? 0),
				});
		},
		close(name) {
			if (name === inside) inside = "";
		},
	});
	return formats.map(({ font, format }) => ({
		font: fonts[font],
		isDate: isDateFormat(format, codes.get(format)),
	}));
}
