import { memo } from "./memo.ts";

/**
 * Vietnamese text: one spelling to store, keys to search, match and sort by. All functions are total: they take any text of
 * any length in linear time and never throw.
 */

/** A letter's mark, as it stands in the key of {@link sortKey}: after every plain letter, so that ă, â come after a and before b. */
const LETTER_MARKS: ReadonlyMap<string, string> = new Map([
	["a\u0306", "a{"],
	["a\u0302", "a|"],
	["e\u0302", "e{"],
	["o\u0302", "o{"],
	["o\u031b", "o|"],
	["u\u031b", "u{"],
]);

/** Tones in dictionary order (Vietnam Lexicography Centre): huyền, hỏi, ngã, sắc, nặng; ngang, which has no mark, is 1. */
const TONES: ReadonlyMap<string, number> = new Map([
	["\u0300", 2],
	["\u0309", 3],
	["\u0303", 4],
	["\u0301", 5],
	["\u0323", 6],
]);

/** Letters that Unicode does not decompose, with the Eth that old converters write for Đ, and ƀ of Ê-đê and Gia-rai. */
const UNDECOMPOSED: ReadonlyMap<string, string> = new Map([
	["đ", "d"],
	["ð", "d"],
	["ɖ", "d"],
	["ƀ", "b"],
]);

const APOSTROPHES = /['’‘ʼʹ‛`´′＇]/gu;
const HYPHENS = /[-‐‑‒–—―−－]/gu;

/** No letter carries eight marks; composing a heap of thousands takes quadratic time. */
const HEAPED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** PostgreSQL refuses to index more than about 2 700 bytes; past this length a name's order no longer matters. */
const SORTED_BYTES = 2000;

/** The composed form (NFC), in which everything is stored and compared. */
export function nfc(text: string): string {
	return text.normalize("NFC");
}

/**
 * Text as it is stored: NFC, one space between words, none at the ends, no control, bidirectional or zero-width characters.
 * For Unicode text only: text of an old font is decoded first, since U+00AD, dropped here, is the letter ư in TCVN3.
 */
export function cleanText(text: string): string {
	return nfc(text.toWellFormed().replace(HEAPED_MARKS, "$1"))
		.replace(/\p{Cf}/gu, "")
		.replace(/[\s\p{Cc}]+/gu, " ")
		.trim();
}

/**
 * The key a search compares: lower case, no diacritics (hoà = hòa = hoa), đ as d, no apostrophes (H'Bia = H’Bia = HBia),
 * hyphens as spaces (Ê-đê = Ê đê). Apply it to both sides.
 */
export function searchKey(text: string): string {
	const plain = cleanText(text)
		.toLowerCase()
		.replace(APOSTROPHES, "")
		.replace(HYPHENS, " ")
		.normalize("NFKD")
		.replace(/\p{M}/gu, "")
		.replace(/[đðɖƀ]/gu, (letter) => UNDECOMPOSED.get(letter) ?? letter);
	return plain.replace(/\s+/gu, " ").trim();
}

/**
 * The tone-free key by which the same woman is found again in another file, together with her day of birth: {@link searchKey}
 * and final i/y as one (Mỹ = Mĩ, Quý = Quí). Two women may share it (twins named Thuý and Thuỳ): {@link exactNameKey} then
 * tells them apart.
 */
export function identityKey(name: string): string {
	return knownIdentityKey(name);
}

function identityKeyOf(name: string): string {
	return searchKey(name).replace(/(?<=[bcdghklmnpqrstvx]|qu)y(?= |$)/gu, "i");
}

/** The name with its tones, wherever in the syllable they were typed: hoà = hòa, but not hoa; upper and lower case alike. */
export function exactNameKey(name: string): string {
	return knownExactKey(name);
}

function exactNameKeyOf(name: string): string {
	return words(name).map(syllablesKey).join(" ");
}

/**
 * A key of ASCII characters whose bytewise order (`collate "C"`) is the order of Vietnamese name lists: by Tên (the last
 * word), then by the rest from the family name on; syllable by syllable, its letters first, then its tone. A note in
 * brackets at the end, "Hà (con ông Bình)", is no Tên and is compared last.
 *
 * Searches by name read it, too: each run of a to z in the {@link searchKey} of a name stands in its sort key once digits, `{` and
 * `|` are left out (views-list.sql of members).
 */
export function sortKey(fullName: string): string {
	const [, name, note] = /^(.*?)(?: ?(\([^()]*\)))?$/su.exec(cleanText(fullName)) as unknown as string[];
	const parts = words(name || note || "");
	const given = parts.pop() ?? "";
	const rest = [...parts, ...words(name && note ? note : "")];
	return [given, ...rest].map(syllablesKey).filter(Boolean).join(" ").slice(0, SORTED_BYTES);
}

/** A roster asks for the key of each name several times over; a hundred thousand women share some thirty thousand names. */
const REMEMBERED_NAMES = 50_000;
const knownIdentityKey = memo(REMEMBERED_NAMES, identityKeyOf);
const knownExactKey = memo(REMEMBERED_NAMES, exactNameKeyOf);

function words(text: string): string[] {
	return cleanText(text).split(" ").filter(Boolean);
}

/** Each syllable of a word (Ê-đê has two): its letters, then the digit of its tone, which sorts below every letter. */
function syllablesKey(word: string): string {
	return word.toLowerCase().replace(APOSTROPHES, "").split(HYPHENS).map(syllableKey).join("");
}

function syllableKey(syllable: string): string {
	let letters = "";
	let tone = 0;
	let base = "";
	for (const mark of syllable.normalize("NFKD")) {
		const marked = LETTER_MARKS.get(base + mark);
		if (marked) letters = letters.slice(0, -1) + marked;
		else if (TONES.has(mark)) tone ||= TONES.get(mark) as number;
		else if (!/\p{M}/u.test(mark)) {
			base = mark;
			letters += letterKey(mark);
		}
	}
	return letters && letters + (tone || 1);
}

function letterKey(letter: string): string {
	if (/[a-z0-9]/.test(letter)) return letter;
	if (letter === "đ" || letter === "ð" || letter === "ɖ") return "d{";
	const plain = UNDECOMPOSED.get(letter);
	if (plain) return plain;
	return /[\p{L}\p{N}]/u.test(letter) ? `~${(letter.codePointAt(0) as number).toString(16).padStart(6, "0")}` : "";
}
