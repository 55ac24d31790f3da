/** The looks a written cell can have. Text is written as text (format `@`), so that IDs and phones keep their zeros. */
export type Look =
	| "text"
	| "number"
	| "count"
	| "rate"
	| "sum"
	| "sum_rate"
	| "date"
	| "header"
	| "note"
	| "mark"
	| "error";

/** The looks whose text is broken into lines. */
export const WRAPPED: ReadonlySet<Look> = new Set<Look>(["header", "note", "error"]);

/** Collects the styles a workbook uses while it is written; `xml` comes last. */
export interface StyleBook {
	/** The style index of a cell with this look and font. */
	index(look: Look, font: string | undefined): number;
	xml(): string;
}

const DEFAULT_FONT = "Times New Roman";
const DATE_FORMAT_ID = 164;
const TEXT_FORMAT_ID = 49;
/** Excel's own `#,##0` and `0.00`, with the dots and commas of the reader's country. */
const COUNT_FORMAT_ID = 3;
const RATE_FORMAT_ID = 2;

const EXTRAS: Record<Look, { font: string; fill: number; format: number; alignment: string }> = {
	text: { font: "", fill: 0, format: TEXT_FORMAT_ID, alignment: "" },
	number: { font: "", fill: 0, format: 0, alignment: "" },
	count: { font: "", fill: 0, format: COUNT_FORMAT_ID, alignment: '<alignment horizontal="right" indent="1"/>' },
	rate: { font: "", fill: 0, format: RATE_FORMAT_ID, alignment: '<alignment horizontal="right" indent="1"/>' },
	sum: { font: "<b/>", fill: 0, format: COUNT_FORMAT_ID, alignment: '<alignment horizontal="right" indent="1"/>' },
	sum_rate: { font: "<b/>", fill: 0, format: RATE_FORMAT_ID, alignment: '<alignment horizontal="right" indent="1"/>' },
	date: { font: "", fill: 0, format: DATE_FORMAT_ID, alignment: '<alignment horizontal="center"/>' },
	header: {
		font: "<b/>",
		fill: 2,
		format: TEXT_FORMAT_ID,
		alignment: wrapped("center"),
	},
	note: { font: "", fill: 0, format: TEXT_FORMAT_ID, alignment: wrapped("left") },
	mark: {
		font: '<b/><i/><color rgb="FFB00020"/>',
		fill: 0,
		format: TEXT_FORMAT_ID,
		alignment: "",
	},
	error: {
		font: '<color rgb="FFB00020"/>',
		fill: 3,
		format: TEXT_FORMAT_ID,
		alignment: wrapped("left"),
	},
};

function wrapped(horizontal: string): string {
	return `<alignment horizontal="${horizontal}" vertical="center" wrapText="1"/>`;
}

/** An empty style book; index 0 is the default of Excel. */
export function styleBook(): StyleBook {
	const fonts = new Map<string, number>();
	const formats = new Map<string, number>();
	const fontIndex = (xml: string) => {
		const known = fonts.get(xml);
		if (known !== undefined) return known;
		fonts.set(xml, fonts.size);
		return fonts.size - 1;
	};
	const add = (look: Look, font: string | undefined) => {
		const extra = EXTRAS[look];
		const id = fontIndex(`<font>${extra.font}<sz val="12"/><name val="${escapeXml(font ?? DEFAULT_FONT)}"/></font>`);
		const xml = `<xf numFmtId="${extra.format}" fontId="${id}" fillId="${extra.fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"${extra.alignment ? ` applyAlignment="1">${extra.alignment}</xf>` : "/>"}`;
		formats.set(`${look}|${font ?? ""}`, formats.size + 1);
		return xml;
	};
	const xfs: string[] = [];
	fontIndex(`<font><sz val="12"/><name val="${DEFAULT_FONT}"/></font>`);
	return {
		index(look, font) {
			const key = `${look}|${font ?? ""}`;
			if (!formats.has(key)) xfs.push(add(look, font));
			return formats.get(key) as number;
		},
		xml: () => stylesXml([...fonts.keys()], xfs),
	};
}

function stylesXml(fonts: string[], xfs: string[]): string {
	const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>';
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="${DATE_FORMAT_ID}" formatCode="dd/mm/yyyy"/></numFmts><fonts count="${fonts.length}">${fonts.join("")}</fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF3E3EA"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF4CE"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">${plain}</cellStyleXfs><cellXfs count="${xfs.length + 1}">${plain}${xfs.join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

/** Text as XML content or attribute; what XML cannot hold is written `_x0007_` as Excel does, lone surrogates as U+FFFD. */
export function escapeXml(text: string): string {
	return text
		.toWellFormed()
		.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
		.replace(/(?![\t\n\u007f-\u009f])[\p{Cc}\ufffe\uffff]/gu, hexEscape)
		.replace(/&/g, "&amp;")
		.replace(/</g, "&lt;")
		.replace(/>/g, "&gt;")
		.replace(/"/g, "&quot;");
}

function hexEscape(character: string): string {
	return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}
