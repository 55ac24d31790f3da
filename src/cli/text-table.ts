/** A table for a terminal: columns padded to their widest cell, numbers to the right. */
export function textTable(headers: string[], rows: (string | number | null)[][]): string[] {
	const texts = [headers, ...rows.map((row) => row.map((cell) => (cell === null ? "–" : String(cell))))];
	const widths = headers.map((_, column) => Math.max(...texts.map((row) => [...row[column]].length)));
	const right = headers.map((_, column) => rows.some((row) => typeof row[column] === "number"));
	return texts.map((row) =>
		row
			.map((cell, column) => {
				const pad = " ".repeat(widths[column] - [...cell].length);
				return right[column] ? pad + cell : cell + pad;
			})
			.join("  ")
			.trimEnd(),
	);
}
