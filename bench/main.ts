import { join } from "node:path";
import { keep } from "./report.ts";
import type { Section } from "./row.ts";
import { SECTIONS } from "./sections.ts";

/**
 * `npm run bench [SECTION …]`: measures the sections named (all of them by default) one after the other, prints their rows, and
 * puts them into results.json and RESULTS.md; rows of sections that were not run stay as they were.
 */
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !SECTIONS.some((section) => section.name === name));
if (unknown.length > 0) {
	console.error(`Không có phần đo “${unknown.join(", ")}”. Có: ${SECTIONS.map(({ name }) => name).join(", ")}.`);
	process.exit(2);
}
for (const { name } of SECTIONS) {
	if (asked.length > 0 && !asked.includes(name)) continue;
	const { run } = (await import(join(import.meta.dirname, `${name}.ts`))) as Section;
	const rows = (await run()).map((row) =>
		row.name.startsWith(`${name}: `) ? row : { ...row, name: `${name}: ${row.name}` },
	);
	for (const row of rows)
		console.log(
			`${row.budget === null ? "·" : row.met ? "✔" : "✘"} ${row.name}: ${row.value} ${row.unit}${row.budget === null ? "" : ` (${row.budget})`}`,
		);
	keep(name, rows);
}
