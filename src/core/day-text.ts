import { addDays, type Day, dayOf } from "./day.ts";

/** How much of a day was written. A year alone is stored as its 1 January, a month as its first day. */
export type DayPrecision = "day" | "month" | "year";

/** A day of birth as it is known. */
export type BirthDate = { day: Day; precision: DayPrecision };

export type DayOrder = "dmy" | "mdy" | "ymd";

export type DayOptions = {
	/** How three numbers are to be read where no year of four digits tells; the default is the Vietnamese order. */
	order?: DayOrder;
	/** True for a workbook of the 1904 date system. */
	epoch1904?: boolean;
	/**
	 * The latest year that a two-digit year may mean: with 2026, "71" is 1971 and "05" is 2005. Without it a two-digit
	 * year is invalid.
	 */
	latestYear?: number;
};

/** `day` null without a problem: nothing was written. With `invalid`: what was written is no day. */
export type ReadDay = {
	day: Day | null;
	precision: DayPrecision;
	problem?: "invalid";
};

/** Nobody in a roster was born and nothing of the Union happened outside these years. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

/** No day written out is longer. */
const LONGEST = 80;

const ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const INVALID: ReadDay = { day: null, precision: "day", problem: "invalid" };
const THREE_NUMBERS = /^(\d{1,4}) ?[-./\\, ] ?(\d{1,2}) ?[-./\\, ] ?(\d{1,4})$/;

/**
 * Reads a day from a cell: 15/08/1971, 1.7.2002, 1965-12-06, 19-9-71, "ngày 3 tháng 4 năm 1980", 15-Aug-71, 15081971;
 * a month (03/1975, 00/03/1975), a year (1984, "năm 1984", 00/00/1984); Excel serials, as number or as five digits.
 * A number from 1900 to 2100 is a year (as a serial it would lie in 1905). A day that does not exist (30/2, Excel's
 * 1900-02-29) is invalid, never another day; so is a month above 12, whatever the column's order.
 */
export function readDay(raw: string | number, options: DayOptions = {}): ReadDay {
	if (typeof raw === "number") return readNumber(raw, options);
	const usual = raw.length === 10 ? readUsual(raw, options.order ?? "dmy") : null;
	if (usual) return usual;
	if (raw.trim().length > LONGEST) return INVALID;
	const { text, monthFirst } = plainText(raw);
	if (/^[\W_x]*$/.test(text)) return /[\p{L}\p{N}]/u.test(raw) ? INVALID : { day: null, precision: "day" };
	if (/^(?:\d{5}(?:\.\d+)?|\d{4}\.0|\d{7,8})$/.test(text)) return readNumber(Number(text), options);
	return readYear(text) ?? readMonth(text) ?? readThree(text, monthFirst ? { ...options, order: "mdy" } : options);
}

/** 15/08/1971, as nine days of ten are written: what the rules below make of it, a tenth of their time. Null: ask them. */
function readUsual(raw: string, order: DayOrder): ReadDay | null {
	if (raw[2] !== "/" || raw[5] !== "/") return null;
	const [first, second, year] = [digits(raw, 0, 2), digits(raw, 3, 5), digits(raw, 6, 10)];
	if (!(first > 0 && second > 0 && year > 0)) return null;
	return found(order === "mdy" ? dayOf(year, first, second) : dayOf(year, second, first), "day");
}

/** The number written by these characters, NaN where one is no digit. */
function digits(text: string, from: number, to: number): number {
	let number = 0;
	for (let i = from; i < to; i++) {
		const digit = text.charCodeAt(i) ^ 48;
		number = digit < 10 ? number * 10 + digit : Number.NaN;
	}
	return number;
}

/**
 * Whether a column writes day or month first: where some value has a month above 12 one way only. Month first needs ten
 * such values for each one against, so that a slip of the pen does not turn a column.
 */
export function columnDayOrder(samples: readonly string[]): "dmy" | "mdy" {
	let [dayFirst, monthFirst] = [0, 0];
	for (const sample of samples) {
		const three = sample.length <= LONGEST && THREE_NUMBERS.exec(plainText(sample).text);
		if (!three || (three[1] as string).length > 2) continue;
		const [first, second] = [Number(three[1]), Number(three[2])];
		if (first > 12 && first <= 31 && second <= 12) dayFirst += 1;
		if (second > 12 && second <= 31 && first <= 12) monthFirst += 1;
	}
	return monthFirst > 10 * dayFirst ? "mdy" : "dmy";
}

/** Numbers and separators only: no time of day, no words, English months as numbers. */
function plainText(raw: string): { text: string; monthFirst: boolean } {
	const plain = raw
		.slice(0, 2 * LONGEST)
		.normalize("NFKD")
		.toLowerCase()
		.replace(/[\p{M}\p{Cf}']/gu, "")
		.replace(/\p{Pd}/gu, "-")
		.replace(/(?<=\d)[t ]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)? ?(?:z|am|pm|sa|ch)?$/u, "")
		.replace(/ngay|thang|thg\.?|nam|sinh|\bsn\b|mong|mung/gu, " ")
		.replace(/[\s:]+/gu, " ")
		.trim();
	const text = plain.replace(/[a-z]{3,9}\.?/gu, (word) => {
		const month = ENGLISH_MONTHS.indexOf(word.slice(0, 3));
		return month < 0 ? word : String(month + 1);
	});
	return { text, monthFirst: /^[a-z]/u.test(plain) && /^\d/u.test(text) };
}

/** A number by its size: a year, an Excel serial, or the digits of a day written without separators. */
function readNumber(value: number, options: DayOptions): ReadDay {
	if (!(value >= 0 && value < 1e8)) return INVALID;
	if (value >= FIRST_YEAR && value <= LAST_YEAR && Number.isInteger(value)) return found(dayOf(value, 1, 1), "year");
	if (value >= 1e6) return readCompact(String(value).padStart(8, "0"));
	return readSerial(Math.floor(value), options.epoch1904 ?? false);
}

/** Excel counts from 1900-01-01 as 1 and believes in 1900-02-29 (60); in the other system 1904-01-01 is 0. */
function readSerial(serial: number, epoch1904: boolean): ReadDay {
	const isNoDay = !epoch1904 && (serial === 0 || serial === 60);
	const dayZero = epoch1904 ? "1904-01-01" : serial < 60 ? "1899-12-31" : "1899-12-30";
	return isNoDay ? INVALID : found(addDays(dayZero, serial), "day");
}

/** 15081971 or 19710815: only one of the two can be, for no month is 19 or 20. */
function readCompact(digits: string): ReadDay {
	const part = (from: number, to: number) => Number(digits.slice(from, to));
	const dayFirst = part(4, 8) >= FIRST_YEAR && part(4, 8) <= LAST_YEAR;
	return dayFirst
		? found(dayOf(part(4, 8), part(2, 4), part(0, 2)), "day")
		: found(dayOf(part(0, 4), part(4, 6), part(6, 8)), "day");
}

/** A year after placeholders for what is not known: "1984", "00/00/1984", "--/--/1984", "../../1984". */
function readYear(text: string): ReadDay | null {
	const year = /^[\s._\-/\\?x…0]*?(?<!\d)(\d{4})$/u.exec(text)?.[1];
	return year ? found(dayOf(Number(year), 1, 1), "year") : null;
}

/** A month and a year, either first, or a day written as 00. */
function readMonth(text: string): ReadDay | null {
	const monthFirst = /^(?:(?:00?|\?+|x+|[._…]{2,}) ?[-./\\ ] ?)?(\d{1,2}) ?[-./\\, ] ?(\d{4})$/u.exec(text);
	if (monthFirst) return found(dayOf(Number(monthFirst[2]), Number(monthFirst[1]), 1), "month");
	const yearFirst = /^(\d{4}) ?[-./\\] ?(\d{1,2})$/u.exec(text);
	return yearFirst ? found(dayOf(Number(yearFirst[1]), Number(yearFirst[2]), 1), "month") : null;
}

function readThree(text: string, options: DayOptions): ReadDay {
	const parts = THREE_NUMBERS.exec(text)?.slice(1) as [string, string, string] | undefined;
	if (!parts) return INVALID;
	const [first, second, third] = parts;
	const yearFirst = first.length > 2 || (options.order === "ymd" && third.length <= 2);
	const year = fullYear(yearFirst ? first : third, options.latestYear);
	const [a, b] = yearFirst ? [Number(third), Number(second)] : [Number(first), Number(second)];
	const [day, month] = options.order === "mdy" && !yearFirst ? [b, a] : [a, b];
	return found(year === null ? null : dayOf(year, month, day), "day");
}

function fullYear(digits: string, latestYear: number | undefined): number | null {
	if (digits.length === 4) return Number(digits);
	if (digits.length !== 2 || latestYear === undefined) return null;
	return latestYear - ((((latestYear - Number(digits)) % 100) + 100) % 100);
}

function found(day: Day | null, precision: DayPrecision): ReadDay {
	const year = Number(day?.slice(0, 4));
	return day !== null && year >= FIRST_YEAR && year <= LAST_YEAR ? { day, precision } : INVALID;
}
