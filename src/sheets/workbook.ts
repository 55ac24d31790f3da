import type { Merge, Row } from "../core/sheet.ts";

/** A file as bytes, or the path of one on this machine. */
export type FileSource = Uint8Array | string;

/** One sheet, read as a stream as often as needed. Rows without any value are not delivered. */
export interface SheetSource {
	name: string;
	hidden: boolean;
	/** Rows from the top. Throws a {@link Problem} where the file is damaged or passes a limit. */
	rows(): AsyncIterable<Row>;
	/** Merged cells; in an XLSX they stand behind the rows, so this reads to the end of the sheet once. */
	merges(): Promise<Merge[]>;
}

/** An opened spreadsheet; call `close` when done. */
export interface Workbook {
	fileName: string;
	format: "xlsx" | "xls" | "csv";
	sheets: SheetSource[];
	close(): void;
}
