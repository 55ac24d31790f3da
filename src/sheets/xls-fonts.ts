/**
 * The font names of the text cells of an .xls (BIFF8): SheetJS reads values but drops fonts, and without them `.VnTimeH`
 * cannot be told from `.VnTime`. Record numbers: [MS-XLS] 2.3.1.
 */
const RECORD = {
	formula: 0x0006,
	endOfFile: 0x000a,
	filePass: 0x002f,
	font: 0x0031,
	rowLabel: 0x00d6,
	format: 0x00e0,
	sharedLabel: 0x00fd,
	label: 0x0204,
	begin: 0x0809,
};

/** By sheet in file order: `fontOf(row, column)`, both from 0, of a text cell. Also whether the file is encrypted. */
export interface XlsFonts {
	encrypted: boolean;
	fontOf(sheet: number, row: number, column: number): string | undefined;
}

/** Walks the records of the stream `Workbook`; a record cut short ends the walk. */
export function readXlsFonts(stream: Uint8Array): XlsFonts {
	const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
	const fonts: string[] = [];
	const fontOfFormat: number[] = [];
	const sheets: Map<number, number>[] = [];
	let encrypted = false;
	let depth = 0;
	for (let at = 0; at + 4 <= stream.length; ) {
		const kind = view.getUint16(at, true);
		const size = view.getUint16(at + 2, true);
		const body = at + 4;
		at = body + size;
		if (at > stream.length) break;
		if (kind === RECORD.begin) {
			// The first one opens the workbook, a nested one belongs to a chart inside a sheet.
			if (depth === 0) sheets.push(new Map());
			depth++;
		} else if (kind === RECORD.endOfFile) depth = Math.max(0, depth - 1);
		else if (kind === RECORD.filePass) encrypted = true;
		else if (kind === RECORD.font && size >= 16) fonts.push(fontName(stream.subarray(body, at)));
		else if (kind === RECORD.format && size >= 2) fontOfFormat.push(view.getUint16(body, true));
		else if (isText(kind) && size >= 6 && depth === 1)
			sheets
				.at(-1)
				?.set(
					(view.getUint16(body, true) << 8) | (view.getUint16(body + 2, true) & 0xff),
					view.getUint16(body + 4, true),
				);
	}
	return {
		encrypted,
		fontOf(sheet, row, column) {
			// Entry 0 holds the records of the workbook itself.
			const format = sheets[sheet + 1]?.get((row << 8) | column);
			const index = format === undefined ? undefined : fontOfFormat[format];
			// Font number 4 does not exist ([MS-XLS] 2.5.129 FontIndex).
			return index === undefined ? undefined : fonts[index > 4 ? index - 1 : index];
		},
	};
}

function isText(kind: number): boolean {
	return kind === RECORD.sharedLabel || kind === RECORD.label || kind === RECORD.rowLabel || kind === RECORD.formula;
}

/** The name at the end of a font record: length, then one or two bytes a character. */
function fontName(record: Uint8Array): string {
	const length = record[14] as number;
	const wide = ((record[15] as number) & 1) === 1;
	const bytes = record.subarray(16, 16 + length * (wide ? 2 : 1));
	return new TextDecoder(wide ? "utf-16le" : "latin1").decode(bytes);
}
