import type { RosterFields } from "../members/rules-roster-member.ts";

/** A row's fields as they are written to the database and read back: in a fixed order, without the names of the fields. */
export function packFields(fields: RosterFields): unknown[] {
	return FIELD_ORDER.map((field) => fields[field]);
}

/** The inverse of {@link packFields}; the fields begin at a place of the array. */
export function unpackFields(packed: readonly unknown[], from = 0): RosterFields {
	const fields: Record<string, unknown> = {};
	for (let i = 0; i < FIELD_ORDER.length; i++) fields[FIELD_ORDER[i] as string] = packed[from + i];
	return fields as unknown as RosterFields;
}

/** Rows in the database hold fields in this order: new ones go at its end. */
const FIELD_ORDER = [
	"name",
	"birth",
	"birthPrecision",
	"sex",
	"nationalId",
	"idKind",
	"joined",
	"joinedPrecision",
	"left",
	"leaveReason",
	"leaveNote",
	"residence",
	"residenceStart",
	"residenceSaid",
	"branch",
	"group",
	"ethnicity",
	"religion",
	"occupation",
	"phone",
	"address",
	"note",
	"introducer",
	"partyMember",
] as const satisfies readonly (keyof RosterFields)[];
