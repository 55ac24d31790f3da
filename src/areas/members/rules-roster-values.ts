import { type Day, dayOf, isDay } from "../../core/day.ts";
import { type BirthDate, type DayPrecision, readDay } from "../../core/day-text.ts";
import type { Row } from "../../core/sheet.ts";
import { cleanText, searchKey } from "../../core/vietnamese.ts";
import { cellText } from "./rules-roster-cells.ts";
import type { RosterField } from "./rules-roster-fields.ts";
import type { ColumnLayout, SheetLayout } from "./rules-roster-layout.ts";

/** Why a spell ended, as the ledger knows it. */
export type ExitReason = "resigned" | "dead" | "moved" | "temporary_left" | "other";

/** A day of a column: `empty` where nothing is written, `invalid` where it is no day. */
export type CellDay = { day: Day; precision: DayPrecision } | "empty" | "invalid";

/** The cells of one row by field. */
export interface RowValues {
	/** Clean Unicode text, "" where the row or the roster has none. */
	text(field: RosterField): string;
	day(field: RosterField): CellDay;
	/** True once a text asked for stood in an old encoding or in decomposed letters. */
	wasDecoded(): boolean;
}

const REMEMBERED = 2000;

/** {@link cleanText}, with the texts that stand in every row (branch, people, trade) cleaned once. */
function cleaner(): (text: string) => string {
	const known = new Map<string, string>();
	return (text) => {
		if (PLAIN.test(text)) return text;
		const cleaned = known.get(text);
		if (cleaned !== undefined) return cleaned;
		if (known.size >= REMEMBERED) known.clear();
		const fresh = cleanText(text);
		known.set(text, fresh);
		return fresh;
	};
}

/** Words of ASCII with one space between: already clean. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** Reads the rows of a sheet by the fields of its layout; years of two digits are taken as at most `today`'s. */
export function valueReader(layout: SheetLayout, today: Day): (row: Row) => RowValues {
	const columns = new Map<RosterField, ColumnLayout>();
	for (const column of layout.columns) if (column.field) columns.set(column.field, column);
	const latestYear = Number(today.slice(0, 4));

	const clean = cleaner();
	return (row) => {
		let decodedSome = false;
		const text = (field: RosterField) => {
			const column = columns.get(field);
			if (!column) return "";
			const { text: read, decoded } = cellText(row.cells[column.column], column.encoding);
			decodedSome ||= decoded;
			return clean(read);
		};
		const day = (field: RosterField): CellDay => {
			const column = columns.get(field);
			const value = column && row.cells[column.column]?.value;
			if (!column || value === undefined) return "empty";
			const order = column.dayOrder ?? "dmy";
			const read = readDay(typeof value === "number" ? value : text(field), {
				latestYear,
				order,
			});
			if (read.problem) return "invalid";
			return read.day ? { day: read.day, precision: read.precision } : "empty";
		};
		return { text, day, wasDecoded: () => decodedSome };
	};
}

/** Her day of birth from one column, from day, month and year apart, or from "năm sinh nữ" beside "nam". */
export function readBirth(values: RowValues): CellDay {
	for (const field of ["birth", "birthFemale", "birthMale"] as const) {
		const found = values.day(field);
		if (found !== "empty") return found;
	}
	const year = values.text("birthYear");
	if (year === "") return values.text("birthDay") || values.text("birthMonth") ? "invalid" : "empty";
	const whole = values.day("birthYear");
	if (!/^\d{4}$/.test(year)) return whole;
	const [day, month] = [values.text("birthDay"), values.text("birthMonth")].map((text) => Number(text || 0));
	if (!day && !month) return whole;
	const found = dayOf(Number(year), month || 0, day || 1);
	return found ? { day: found, precision: day ? "day" : "month" } : "invalid";
}

/** Nobody alive was born earlier, nobody is born tomorrow: such a birth is no birth. */
export function plausibleBirth(found: CellDay, today: Day): BirthDate | null {
	if (typeof found === "string" || !isDay(found.day)) return null;
	return found.day >= "1900-01-01" && found.day <= today ? found : null;
}

/** Permanent or temporary residence and its start, from whichever columns the roster has; permanent where none says. */
export function readResidence(values: RowValues): {
	kind: "permanent" | "temporary";
	start: Day | null;
	isSaid: boolean;
} {
	const kind = searchKey(values.text("residence"));
	const isPermanent = isMark(values.text("permanent"));
	const hasStart = isMark(values.text("residenceStart"));
	const isTemporary = kind !== "" ? /^(tam|kt ?[34]|luu tru|o tro|thue)/.test(kind) : hasStart && !isPermanent;
	const found = values.day("residenceStart");
	return {
		kind: isTemporary ? "temporary" : "permanent",
		start: isTemporary && typeof found !== "string" ? found.day : null,
		isSaid: kind !== "" || isPermanent || hasStart,
	};
}

/** Something is written, and not "không" or a dash. */
function isMark(text: string): boolean {
	return /[\p{L}\p{N}✓✔+*]/u.test(text) && !/^(khong|k|ko|0|chua)$/.test(searchKey(text));
}

/** The reason of an exit by the words of the cell; null where they name none. */
export function readExitReason(text: string): ExitReason | null {
	const key = searchKey(text.slice(0, 500));
	if (key === "") return null;
	if (/\b(chet|tu tran|qua doi|da mat|^mat$|tu vong)\b/.test(key) || key === "mat") return "dead";
	if (/(thoi|het|khong con) tam tru|roi (khoi )?dia ban|ve que/.test(key)) return "temporary_left";
	if (/chuyen|lay chong|cat khau|di noi khac/.test(key)) return "moved";
	if (/xin (ra|thoi|nghi|rut)|ra khoi|tu nguyen|thoi (tham gia|sinh hoat)|bo sinh hoat|khong tham gia/.test(key))
		return "resigned";
	return null;
}

/** Yes or no in a column "Đảng viên" (a mark, a word, the day of admission); null where nothing is written. */
export function readYesNo(text: string): boolean | null {
	return text === "" ? null : isMark(text);
}
