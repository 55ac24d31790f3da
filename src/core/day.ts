/** A calendar day as text, `YYYY-MM-DD`. Compares as text; never a JS `Date` outside this file (design §2.7). */
export type Day = string;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS = 86_400_000;

/** The days of a month (1–12) in the proleptic Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for text that names a day that exists: `2024-02-29` yes, `2023-02-29` no. */
export function isDay(text: string): text is Day {
	const parts = SHAPE.exec(text);
	if (!parts) return false;
	const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The day made of the three numbers, or null where no such day exists. */
export function dayOf(year: number, month: number, day: number): Day | null {
	if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return null;
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
	return `${String(year).padStart(4, "0")}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}`;
}

/** Days since 1970-01-01; the inverse is {@link fromEpochDays}. */
export function epochDays(day: Day): number {
	return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS;
}

/** The day that is `days` after 1970-01-01. */
export function fromEpochDays(days: number): Day {
	return new Date(days * MILLISECONDS).toISOString().slice(0, 10);
}

/** The day `days` later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
	return fromEpochDays(epochDays(day) + days);
}

/**
 * The same day of the month `months` later; where that month is shorter, its last day:
 * six months from 31 August is 28 or 29 February (R2).
 */
export function addMonths(day: Day, months: number): Day {
	const [year, month, dayOfMonth] = day.split("-").map(Number) as [number, number, number];
	const index = year * 12 + (month - 1) + months;
	const toYear = Math.floor(index / 12);
	const toMonth = (index % 12) + 1;
	return dayOf(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth))) as Day;
}

/** Whole years lived on `on` by someone born on `birth`; a 29 February birthday falls on 1 March in common years. */
export function ageOn(birth: Day, on: Day): number {
	const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
	return on.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** `dd/mm/yyyy`, as every screen and paper writes a day. */
export function displayDay(day: Day): string {
	return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}
