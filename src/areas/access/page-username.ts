import { searchKey } from "../../core/vietnamese.ts";

/** "Trần Thị Hường" → `huong.tran`: given name, then family name. */
export function suggested(name: string): string {
	const words = searchKey(name)
		.split(/[^a-z0-9]+/)
		.filter(Boolean);
	if (words.length < 2) return words.join("");
	return `${words.at(-1)}.${words[0]}`;
}
