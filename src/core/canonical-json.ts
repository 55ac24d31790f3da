/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * JSON with one spelling for one value: keys in the order of their code units, no spaces, numbers whole. What is hashed is written so,
 * and whoever writes it again gets the same bytes. Throws for a number that is not a safe integer: it would have several spellings.
 */
export function canonicalJson(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
	if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("only whole numbers are written");
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	const keys = Object.keys(value).sort();
	return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`).join(",")}}`;
}
