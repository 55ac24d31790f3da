import { readFileSync, statSync } from "node:fs";
import { readTable, type TableColumn, type TableRow } from "../core/csv-table.ts";
import { Problem } from "../core/problem.ts";

/** A table of the country's units takes under 2 MB. */
const LARGEST_FILE = 32 * 1024 * 1024;

/** {@link readTable} of a file on this machine. Throws Problems, also `file.too_large` and `file.unreadable`. */
export function readTableFile<const Columns extends readonly TableColumn[]>(
	file: string,
	columns: Columns,
): TableRow<Columns>[] {
	return readTable(readBytes(file), columns);
}

function readBytes(file: string): Buffer {
	try {
		if (statSync(file).size <= LARGEST_FILE) return readFileSync(file);
	} catch (error) {
		throw new Problem("file.unreadable", 422, `Không đọc được tệp: ${(error as Error).message}`, { field: "file" });
	}
	throw new Problem("file.too_large", 413, "Tệp lớn hơn 32 MB. Hãy chia nhỏ rồi nhập từng phần.", { field: "file" });
}
