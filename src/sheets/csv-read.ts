import { type FileHandle, open } from "node:fs/promises";
import { csvSplitter, detectDelimiter } from "../core/csv.ts";
import { type CsvEncoding, encodingFinder, textReader } from "../core/csv-bytes.ts";
import type { Cell, Row } from "../core/sheet.ts";
import { checkCell, fileProblems } from "./limits.ts";
import type { FileSource, Workbook } from "./workbook.ts";

const PIECE_BYTES = 256 * 1024;

/**
 * Opens a CSV or tab-separated text as a workbook of one sheet; every value stays text, so that IDs keep their zeros. The
 * file is read once to tell its code, then again for each reading of its rows, and never held whole.
 */
export async function openCsv(source: FileSource, fileName: string): Promise<Workbook> {
	const file = typeof source === "string" ? await open(source) : undefined;
	const pieces = () => (file ? piecesOfFile(file) : piecesOfBytes(source as Uint8Array));
	const close = () => void file?.close();
	try {
		const encoding = await findEncoding(pieces());
		const text = () => textOf(pieces(), encoding);
		const { delimiter, from } = detectDelimiter(await firstText(text()));
		const name = fileName.replace(/\.[^.]*$/, "").slice(0, 31) || "CSV";
		const rows = () => rowsOf(name, text(), delimiter, from);
		return { fileName, format: "csv", sheets: [{ name, hidden: false, rows, merges: async () => [] }], close };
	} catch (error) {
		close();
		throw error;
	}
}

async function* piecesOfFile(file: FileHandle): AsyncGenerator<Uint8Array> {
	for (let at = 0; ; ) {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, at);
		if (bytesRead === 0) return;
		yield buffer.subarray(0, bytesRead);
		at += bytesRead;
	}
}

async function* piecesOfBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function findEncoding(pieces: AsyncIterable<Uint8Array>): Promise<CsvEncoding> {
	const finder = encodingFinder();
	for await (const piece of pieces) finder.push(piece);
	return finder.found();
}

async function* textOf(pieces: AsyncIterable<Uint8Array>, encoding: CsvEncoding): AsyncGenerator<string> {
	const reader = textReader(encoding);
	for await (const piece of pieces) yield reader.push(piece);
	yield reader.end();
}

/** The first piece with anything in it; throws `file.empty` where there is none. */
async function firstText(text: AsyncIterable<string>): Promise<string> {
	for await (const piece of text) if (piece.trim() !== "") return piece;
	throw fileProblems.empty();
}

async function* rowsOf(
	sheet: string,
	text: AsyncIterable<string>,
	delimiter: string,
	from: { at: number; row: number },
): AsyncGenerator<Row> {
	const splitter = csvSplitter(delimiter);
	let { row: number, at: skip } = from;
	for await (const piece of text) {
		for (const fields of splitter.push(piece.slice(skip))) {
			const row = rowOf(sheet, number++, fields);
			if (row) yield row;
		}
		skip = 0;
	}
	for (const fields of splitter.end()) {
		const row = rowOf(sheet, number++, fields);
		if (row) yield row;
	}
}

function rowOf(sheet: string, row: number, fields: string[]): Row | undefined {
	const cells: (Cell | undefined)[] = [];
	fields.forEach((value, column) => {
		if (value === "") return;
		checkCell(sheet, row, column, value);
		cells[column] = { value };
	});
	return cells.length > 0 ? { row, cells } : undefined;
}
