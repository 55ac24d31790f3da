import { ageOn, type Day } from "../../core/day.ts";
import type { BirthDate, DayPrecision } from "../../core/day-text.ts";
import { readNationalId } from "../../core/national-id.ts";
import { readPhone } from "../../core/phone.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { RosterField } from "./rules-roster-fields.ts";
import { joinedMissing, type RosterProblem, type RosterProblemCode, rosterProblem } from "./rules-roster-problems.ts";
import {
	type CellDay,
	type ExitReason,
	plausibleBirth,
	type RowValues,
	readBirth,
	readExitReason,
	readResidence,
	readYesNo,
} from "./rules-roster-values.ts";

/** One woman as a roster tells of her. Text fields are "" where nothing is written. */
export interface RosterFields {
	name: string;
	birth: Day | null;
	birthPrecision: DayPrecision;
	sex: "female" | "male";
	/** 12 digits (CCCD) or 9 (CMND); null where missing or unreadable. */
	nationalId: string | null;
	idKind: "cccd" | "cmnd" | null;
	joined: Day | null;
	/** `assumed`: nothing was written, and `joined` is the day the roster stands for. */
	joinedPrecision: DayPrecision | "assumed";
	left: Day | null;
	leaveReason: ExitReason | null;
	/** The words of the roster for that reason. */
	leaveNote: string;
	residence: "permanent" | "temporary";
	residenceStart: Day | null;
	/** False where the roster says nothing of her residence and permanent is assumed. */
	residenceSaid: boolean;
	branch: string;
	group: string;
	ethnicity: string;
	religion: string;
	occupation: string;
	phone: string;
	address: string;
	note: string;
	introducer: string;
	partyMember: boolean | null;
}

export interface RosterOptions {
	today: Day;
	/** The day the roster stands for: the joining day of rows that have none. Default `today`. */
	asOf?: Day;
}

/** Bounds of the database's text columns. */
const LENGTHS: Partial<Record<RosterField, number>> = {
	ethnicity: 100,
	religion: 100,
	occupation: 200,
	branch: 200,
	group: 200,
	address: 500,
	note: 2000,
	introducer: 200,
	leaveReason: 500,
};
const NAME_LENGTH = 200;

/** One member's row with all that is to be said of it but `id.duplicate`, which needs the rows before. */
export function readMember(
	values: RowValues,
	place: { branch: string; group: string },
	options: RosterOptions,
): { fields: RosterFields; problems: RosterProblem[] } {
	const problems: RosterProblem[] = [];
	const add = (code: RosterProblemCode) => problems.push(rosterProblem(code));
	const text = (field: RosterField) => bounded(values.text(field), LENGTHS[field], add);

	const name = readName(values, add);
	const sex = readSex(values, add);
	const foundBirth = readBirth(values);
	const birth = plausibleBirth(foundBirth, options.today);
	if (!birth) add(foundBirth === "empty" ? "birth.missing" : "birth.invalid");
	const membership = readMembership(values, birth, options, problems);
	const id = readNationalId(values.text("nationalId"), { birth, sex });
	const residence = readResidence(values);
	// Against a birth that is no day, nothing can be said of a card that lost its zeros.
	for (const note of id.notes) if (foundBirth === "empty" || birth || note !== "id.unreadable") add(note);
	if (residence.kind === "temporary" && residence.start === null) add("residence.start_missing");
	const phone = readPhone(values.text("phone"));
	if (phone.changed) add(phone.value === null ? "phone.unreadable" : "phone.changed");

	const fields: RosterFields = {
		name,
		birth: birth?.day ?? null,
		birthPrecision: birth?.precision ?? "day",
		sex,
		nationalId: id.value,
		idKind: id.kind,
		...membership,
		leaveReason: reasonOf(membership, residence.kind),
		residence: residence.kind,
		residenceStart: residence.start,
		residenceSaid: residence.isSaid,
		branch: text("branch") || place.branch,
		group: text("group") || place.group,
		ethnicity: text("ethnicity"),
		religion: text("religion"),
		occupation: text("occupation"),
		phone: phone.value ?? "",
		address: text("address"),
		note: text("note"),
		introducer: text("introducer"),
		partyMember: readYesNo(values.text("party")),
	};
	if (values.wasDecoded()) add("text.decoded");
	return { fields, problems };
}

function readName(values: RowValues, add: (code: RosterProblemCode) => void): string {
	const whole = values.text("name") || `${values.text("familyName")} ${values.text("givenName")}`.trim();
	if (!/\p{L}/u.test(whole)) {
		add("name.missing");
		return "";
	}
	if (whole.length > NAME_LENGTH) add("name.too_long");
	return whole.slice(0, NAME_LENGTH);
}

function readSex(values: RowValues, add: (code: RosterProblemCode) => void): "female" | "male" {
	const isMale =
		/^(nam|male|m)$/.test(searchKey(values.text("sex"))) ||
		(values.text("birthMale") !== "" && values.text("birthFemale") === "");
	if (isMale) add("sex.male");
	return isMale ? "male" : "female";
}

type Membership = Pick<RosterFields, "joined" | "joinedPrecision" | "left" | "leaveReason" | "leaveNote">;

/** Joining and leaving with their problems. A year alone is taken as its first day, but never held against her. */
function readMembership(
	values: RowValues,
	birth: BirthDate | null,
	options: RosterOptions,
	problems: RosterProblem[],
): Membership {
	const add = (code: RosterProblemCode) => problems.push(rosterProblem(code));
	const foundJoined = values.day("joined");
	const foundLeft = values.day("left");
	const asOf = options.asOf ?? options.today;
	if (foundJoined === "empty") problems.push(joinedMissing(asOf));
	if (foundJoined === "invalid") add("joined.invalid");
	if (foundLeft === "invalid") add("left.invalid");

	const leaveNote = bounded(values.text("leaveReason"), LENGTHS.leaveReason, add);
	const leaveReason = readExitReason(leaveNote);
	if (foundLeft === "empty" && leaveReason) add("left.missing");

	const joined = dayOr(foundJoined, foundJoined === "empty" ? asOf : null);
	if (joined && joined > options.today) add("joined.future");
	else if (birth && typeof foundJoined !== "string" && ageOn(birth.day, lastDay(foundJoined)) < 18)
		add("joined.underage");

	let left = dayOr(foundLeft, null);
	if (left && joined && left < joined) {
		if (typeof foundLeft !== "string" && foundJoined !== "empty" && lastDay(foundLeft) >= joined) left = joined;
		else if (foundJoined !== "empty") add("left.before_joined");
	}
	if (left && left > options.today) add("left.future");
	return {
		joined: foundJoined === "empty" && left && joined && left < joined ? left : joined,
		joinedPrecision: typeof foundJoined === "string" ? "assumed" : foundJoined.precision,
		left,
		leaveReason,
		leaveNote,
	};
}

function dayOr(found: CellDay, otherwise: Day | null): Day | null {
	return typeof found === "string" ? otherwise : found.day;
}

/** The last day that "2015" or "03/2015" may mean. */
function lastDay({ day, precision }: { day: Day; precision: DayPrecision }): Day {
	if (precision === "day") return day;
	return precision === "year" ? `${day.slice(0, 4)}-12-31` : `${day.slice(0, 7)}-28`;
}

function reasonOf({ left, leaveReason }: Membership, residence: "permanent" | "temporary"): ExitReason | null {
	if (left === null) return null;
	if (leaveReason === "moved" && residence === "temporary") return "temporary_left";
	return leaveReason ?? "other";
}

function bounded(text: string, length: number | undefined, add: (code: RosterProblemCode) => void): string {
	if (length === undefined || text.length <= length) return text;
	add("text.shortened");
	return text.slice(0, length);
}
