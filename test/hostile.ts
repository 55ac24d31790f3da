import type * as z from "zod";

/** A value that breaks (or stretches) one field: what is wrong with it, and the value. */
export type Hostile = [what: string, value: unknown];

/** What anyone may put where the contract expects something else. */
export const HOSTILE: Hostile[] = [
	["null", null],
	["a list", []],
	["an object", { toString: "x", length: 1 }],
	["true", true],
	["nothing written", ""],
	["10 000 letters", "Đ".repeat(10_000)],
	["NUL and bell", "a\u0000b\u0007"],
	["bidirectional marks", "a\u202egnud\u2066"],
	["half a surrogate pair", "\ud800"],
	["__proto__", "__proto__"],
	["quotes and backslashes", "'; drop table app.person; -- \\ \" %_"],
	["30 February", "2023-02-30"],
	["29 February 1900", "1900-02-29"],
	["day zero", "0000-00-00"],
	["the last day of all", "9999-12-31"],
	["the first day of all", "0001-01-01"],
	["minus one", -1],
	["zero", 0],
	["a fraction", 1.5],
	["more than an integer column holds", 2_147_483_648],
	["more than a number holds exactly", 2 ** 53],
	["1e300", 1e300],
	["a number as text", "99999999999999999999"],
];

/** The whole body, where an object is expected. */
export const HOSTILE_BODIES: Hostile[] = [
	["nothing", undefined],
	["null", null],
	["a list", [[1], [2]]],
	["text", "x"],
	["a number", 7],
	["true", true],
	["__proto__ as a key", JSON.parse('{"__proto__": {"unitId": 1, "verb": null}, "constructor": {"prototype": 1}}')],
];

/** Known values by the name of the field; the first that fits its schema is taken. */
export type Known = Record<string, unknown>;

const PLAIN: unknown[] = ["2024-05-01", "x", "00004", "0198c0de-0000-7000-8000-00000000beef", 1, true, null];

// biome-ignore lint/suspicious/noExplicitAny: Zod's definitions are walked by their kind.
type Definition = any;
const defOf = (schema: z.ZodType): Definition => (schema as Definition)._zod.def;

/** The schema without the wrappers that only say "may be absent". */
function bare(schema: z.ZodType): z.ZodType {
	const { type, innerType } = defOf(schema);
	return ["optional", "nullable", "default", "prefault", "readonly"].includes(type) ? bare(innerType) : schema;
}

/** An input of this schema with every field filled, from known values where a field's name is known. */
export function fill(schema: z.ZodType, known: Known, name = ""): unknown {
	const inner = bare(schema);
	const { type, shape, element, entries, options, keyType, valueType, items, values } = defOf(inner);
	if (name in known && inner.safeParse(known[name]).success) return known[name];
	if (type === "object")
		return Object.fromEntries(Object.entries(shape).map(([key, of]) => [key, fill(of as z.ZodType, known, key)]));
	if (type === "array") return [fill(element, known, name.replace(/s$/, ""))];
	if (type === "literal") return values[0];
	if (type === "tuple") return items.map((item: z.ZodType) => fill(item, known));
	if (type === "union") return fill(options[0], known, name);
	if (type === "record") return { [String(fill(keyType, known))]: fill(valueType, known) };
	if (type === "enum") return Object.values(entries)[0];
	const fitting = PLAIN.find((value) => inner.safeParse(value).success);
	if (fitting === undefined) throw new Error(`no value known for ${name} (${type})`);
	return fitting;
}

/** Every place of an input: the path to each field, also inside lists and objects. */
export function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
	const inside =
		value !== null && typeof value === "object"
			? Object.entries(value).flatMap(([key, one]) => places(one, [...path, Array.isArray(value) ? Number(key) : key]))
			: [];
	return path.length > 0 ? [path, ...inside] : inside;
}

/** A copy of the input with another value at one place. */
export function put(input: unknown, [head, ...rest]: (string | number)[], value: unknown): unknown {
	const copy = Array.isArray(input) ? [...input] : { ...(input as object) };
	const inside = (copy as Record<string | number, unknown>)[head];
	(copy as Record<string | number, unknown>)[head] = rest.length > 0 ? put(inside, rest, value) : value;
	return copy;
}
