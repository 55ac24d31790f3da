import type { BirthDate } from "./day-text.ts";

/** What the reader of an ID has to say: a warning, `id.zeros_restored` an information. None refuses the row. */
export type IdNote = "id.missing" | "id.cmnd" | "id.birth_year" | "id.sex" | "id.unreadable" | "id.zeros_restored";

/** Whose number it is; null where the roster does not say. */
export type IdBearer = {
	birth: BirthDate | null;
	sex: "female" | "male" | null;
};

/** A CCCD of 12 digits, a CMND of 9, or neither; an unreadable number has no value, its text stays in the import's staging. */
export type NationalId = {
	kind: "cccd" | "cmnd" | null;
	value: string | null;
	notes: IdNote[];
};

/** No cell with a number in it is longer; what is, is text. */
const LONGEST = 60;

/** The 63 provinces have codes from 001 to 096 (Thông tư 07/2016/TT-BCA); a card never begins with 000. */
const LAST_PROVINCE = 96;

/**
 * Reads the cell of a CCCD or CMND. Spaces, dots, dashes and the forms Excel makes of a number are dropped. A number of
 * 12 digits is a CCCD and is kept, with a warning where its century, sex or birth year is not the bearer's: sex and day
 * of birth are corrected in life, and honorary members may be men.
 *
 * Excel eats leading zeros. 10 or 11 digits get them back only if birth year and sex then fit, and only if none is left
 * at the front, for Excel eats all or none; else the number is unreadable, and where a single thing hindered, that is said.
 * 9 digits are always a CMND: as a CCCD they would begin with 000, which no province has.
 */
export function readNationalId(raw: string, person: IdBearer): NationalId {
	const digits = digitsOf(raw);
	if (digits === null) return unreadable();
	if (/^0*$/.test(digits)) return { kind: null, value: null, notes: ["id.missing"] };
	if (isPlaceholder(digits)) return unreadable();
	if (digits.length === 12)
		return {
			kind: "cccd",
			value: digits,
			notes: structureNotes(digits, person),
		};
	if (digits.length === 9) return { kind: "cmnd", value: digits, notes: ["id.cmnd"] };
	if (digits.length === 10 || digits.length === 11) return restoreZeros(digits, person);
	return unreadable();
}

const SHOWN_DIGITS = 3;

/**
 * A number as screens show it where nobody has asked for the whole one: its last three digits. Enough to hold against the card;
 * with province, sex and birth year, which the first digits are, a thousand women still share them.
 */
export function maskNationalId(value: string): string {
	return "•".repeat(Math.max(0, value.length - SHOWN_DIGITS)) + value.slice(-SHOWN_DIGITS);
}

/** The digits of a cell, "" where it holds no number at all ("chưa có"), null where digits were lost or are not all there is. */
function digitsOf(raw: string): string | null {
	const text = raw.slice(0, LONGEST).normalize("NFKC").trim();
	if (raw.trim().length > LONGEST) return null;
	if (!/\d/.test(text)) return "";
	const number = text.replace(/^(?:cccd|cmnd|cmtnd|cmt|đdcn|số)\s*:?\s*/iu, "");
	const exponent = /^(\d)(?:[.,](\d*))?E\+?(\d{1,2})$/i.exec(number);
	if (exponent) return exponentDigits(exponent[1] as string, exponent[2] ?? "", Number(exponent[3]));
	const digits = number.replace(/^(\d{7,})[.,]0{1,2}$/, "$1").replace(/[\s.,'’‘`\p{Pd}\p{Cf}]/gu, "");
	return /^\d+$/.test(digits) ? digits : null;
}

/** 9.6170107097E+10 has all its digits; 9.617E+10 has lost some. */
function exponentDigits(first: string, fraction: string, exponent: number): string | null {
	return fraction.length === exponent ? first + fraction : null;
}

/** Typed to fill the column: the same digit throughout, or 123456789. */
function isPlaceholder(digits: string): boolean {
	return /^(\d)\1*$/.test(digits) || "012345678901234".includes(digits.length >= 9 ? digits : "none");
}

function restoreZeros(digits: string, person: IdBearer): NationalId {
	const value = digits.padStart(12, "0");
	if (digits.startsWith("0") || Number(value.slice(0, 3)) > LAST_PROVINCE) return unreadable();
	if (!person.birth || !person.sex) return unreadable();
	const against = structureNotes(value, person);
	if (against.length === 0) return { kind: "cccd", value, notes: ["id.zeros_restored"] };
	// One thing that does not fit is far likelier a slip of hers than ten digits of something else: kept, to be looked at.
	if (against.length === 1) return { kind: "cccd", value, notes: [...against, "id.zeros_restored"] };
	return unreadable();
}

/** What of a CCCD does not fit its bearer; what is not known of the bearer is not held against the card. */
function structureNotes(cccd: string, { birth, sex }: IdBearer): IdNote[] {
	const centuryAndSex = Number(cccd[3]);
	const year = 1900 + 100 * Math.floor(centuryAndSex / 2) + Number(cccd.slice(4, 6));
	const notes: IdNote[] = [];
	if (birth && Number(birth.day.slice(0, 4)) !== year) notes.push("id.birth_year");
	if (sex && (centuryAndSex % 2 === 1 ? "female" : "male") !== sex) notes.push("id.sex");
	return notes;
}

function unreadable(): NationalId {
	return { kind: null, value: null, notes: ["id.unreadable"] };
}
