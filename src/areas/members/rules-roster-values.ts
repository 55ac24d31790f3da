import { type Day, dayOf, isDay } from "../../core/day.ts";
import { type BirthDate, type DayOptions, type DayPrecision, readDay } from "../../core/day-text.ts";
import { encodingOfFont } from "../../core/legacy.ts";
import { memo } from "../../core/memo.ts";
import type { Cell, Row } from "../../core/sheet.ts";
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

/** Answers kept of one column: as many as there are different names in a long roster, or days in a life. */
const REMEMBERED = 30_000;

/** Words of ASCII with one space between: already clean. */
const PLAIN = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** What a column's cells say, each different text worked out once. */
interface ColumnReader {
	column: number;
	text(cell: Cell | undefined): { text: string; decoded: boolean };
	day(value: string | number): CellDay;
}

const NOTHING = { text: "", decoded: false };

function columnReader({ column, encoding, dayOrder }: ColumnLayout, latestYear: number): ColumnReader {
	const read = (cell: Cell | undefined) => {
		const { text, decoded } = cellText(cell, encoding);
		return { text: PLAIN.test(text) ? text : cleanText(text), decoded };
	};
	const ofFont = (font: string | undefined) => ({
		font,
		isUnicode: (encoding ?? "unicode") === "unicode" && (font === undefined || encodingOfFont(font) === "unicode"),
		read: memo(REMEMBERED, (value) => read({ value, font })),
	});
	const fonts = new Map<string | undefined, ReturnType<typeof ofFont>>();
	let look = ofFont(undefined);
	const text = (cell: Cell | undefined) => {
		if (cell === undefined) return NOTHING;
		const { value, font } = cell;
		if (typeof value !== "string" || cell.runs) return read(cell);
		if (font !== look.font) {
			fonts.set(look.font, look);
			look = fonts.get(font) ?? ofFont(font);
		}
		// Numbers and days are different in every row: looking them up would cost more than reading them.
		return look.isUnicode && PLAIN.test(value) ? { text: value, decoded: false } : look.read(value);
	};
	const order: DayOptions = { latestYear, order: dayOrder ?? "dmy" };
	const day = (value: string | number): CellDay => {
		const { day, precision, problem } = readDay(value, order);
		return problem ? "invalid" : day ? { day, precision } : "empty";
	};
	return { column, text, day };
}

/** Reads the rows of a sheet by the fields of its layout; years of two digits are taken as at most `today`'s. */
export function valueReader(layout: SheetLayout, today: Day): (row: Row) => RowValues {
	const columns = new Map<RosterField, ColumnReader>();
	for (const column of layout.columns)
		if (column.field) columns.set(column.field, columnReader(column, Number(today.slice(0, 4))));
	return (row) => {
		let decodedSome = false;
		const text = (field: RosterField) => {
			const reader = columns.get(field);
			if (!reader) return "";
			const { text: read, decoded } = reader.text(row.cells[reader.column]);
			decodedSome ||= decoded;
			return read;
		};
		const day = (field: RosterField): CellDay => {
			const reader = columns.get(field);
			const cell = reader && row.cells[reader.column];
			return cell ? reader.day(typeof cell.value === "number" ? cell.value : text(field)) : "empty";
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
	const kind = keyOf(values.text("residence"));
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

/** Keys of words that stand in every row. */
const keyOf = memo(2000, searchKey);

/** Something is written, and not "không" or a dash. */
function isMark(text: string): boolean {
	return text !== "" && /[\p{L}\p{N}✓✔+*]/u.test(text) && !/^(khong|k|ko|0|chua)$/.test(keyOf(text));
}

/** The reason of an exit by the words of the cell; null where they name none. */
export function readExitReason(text: string): ExitReason | null {
	const key = text === "" ? "" : searchKey(text.slice(0, 500));
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
