import type { RosterFields } from "../members/rules-roster-member.ts";

/** A row without anything. Rows in the database hold their fields in this order: new ones go at its end. */
const BLANK: RosterFields = {
	name: "",
	birth: null,
	birthPrecision: "day",
	sex: "female",
	nationalId: null,
	idKind: null,
	joined: null,
	joinedPrecision: "day",
	left: null,
	leaveReason: null,
	leaveNote: "",
	residence: "permanent",
	residenceStart: null,
	residenceSaid: false,
	branch: "",
	group: "",
	ethnicity: "",
	religion: "",
	occupation: "",
	phone: "",
	address: "",
	note: "",
	introducer: "",
	partyMember: null,
};
const ORDER = Object.keys(BLANK) as (keyof RosterFields)[];

/** A row's fields as they are written to the database and read back: in a fixed order, without the names of the fields. */
export function packFields(fields: RosterFields): unknown[] {
	return ORDER.map((field) => fields[field]);
}

/** The inverse of {@link packFields}; the fields begin at a place of the array. */
export function unpackFields(packed: readonly unknown[], from = 0): RosterFields {
	// A copy, not an empty object: one shape for all of them is several times as quick.
	const fields: Record<string, unknown> = { ...BLANK };
	for (let i = 0; i < ORDER.length; i++) fields[ORDER[i] as string] = packed[from + i];
	return fields as unknown as RosterFields;
}
