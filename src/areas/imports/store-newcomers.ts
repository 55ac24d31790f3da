import { sql } from "kysely";
import { epochDays } from "../../core/day.ts";
import { uuidText, uuidv7s } from "../../core/id.ts";
import { memo } from "../../core/memo.ts";
import type { Work } from "../../db/actor.ts";
import { BINARY_HEADER, BINARY_TRAILER, BinaryRows } from "../../db/binary-rows.ts";
import { countingOf } from "../members/rules.ts";
import { nameKeys } from "../members/rules-person.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import type { ConsentBasis } from "./contract.ts";
import { residenceOf } from "./rules.ts";

/** A woman nobody knows yet, as a roster tells of her: what nearly everyone in it is. */
export interface Newcomer {
	fields: RosterFields;
	leafId: number;
	note: string;
	/** The fingerprint of her number; null where she has none. */
	print: Uint8Array | null;
}

/** Whom newcomers became: 16 bytes each, in their order. */
export interface NewIds {
	persons: Uint8Array;
	spells: Uint8Array;
}

/** The columns of calc.open_newcomers's table, in order. */
const COLUMNS =
	"full_name, search_key, identity_key, sort_key, person_id, birth, birth_precision, sex, phone, address, occupation, note, " +
	"spell_id, leaf_id, joined, left_on, leave_reason, counts, introducer_name, residence_id, residence, residence_start, " +
	"hmac, id_kind, id_cipher, ethnicity, religion, party_member, consent_id";
const FIELDS = COLUMNS.split(",").length;
/** Bytes that numbers, days, ids and the lengths of texts take of a row, and more. */
const FIXED = 600;
/** Bytes for one write to the socket. */
const PIECE = 256 * 1024;

/**
 * Adds recognised members nobody knows yet, any number of them: rows go to the database by COPY into a temporary table and from
 * there in a statement a table, with one posting to the ledger. Rights are checked once over all leaves. All or none. What a
 * basis of consent covers is given once for all.
 */
export async function addNewcomers(
	work: Work,
	newcomers: readonly Newcomer[],
	{ importId, consent }: { importId: string; consent: ConsentBasis | null },
): Promise<NewIds> {
	const [persons, spells] = [uuidv7s(newcomers.length), uuidv7s(newcomers.length)];
	if (newcomers.length === 0) return { persons, spells };
	const numbers = newcomers.flatMap(({ fields }) => fields.nationalId ?? []);
	const batch = {
		persons,
		spells,
		residences: uuidv7s(newcomers.length),
		consents: consent && uuidv7s(newcomers.length),
		sealed: numbers.values().map((number) => work.vault.seal(number)),
	};
	await sql`select calc.open_newcomers()`.execute(work.db);
	await work.copy(`copy pg_temp.newcomer (${COLUMNS}) from stdin (format binary)`, pieces(newcomers, batch));
	await sql`select calc.add_newcomers(${importId}::uuid, ${consent && JSON.stringify(consent)}::jsonb)`.execute(
		work.db,
	);
	return { persons, spells };
}

/** The id at a place of many, as text. */
export function idAt(ids: Uint8Array, index: number): string {
	return uuidText(ids.subarray(index * 16, index * 16 + 16));
}

interface Batch extends NewIds {
	residences: Uint8Array;
	consents: Uint8Array | null;
	/** The numbers of those who have one, sealed, in their order. */
	sealed: Iterator<Uint8Array>;
}

function* pieces(newcomers: readonly Newcomer[], batch: Batch): Generator<Uint8Array> {
	const rows = new BinaryRows();
	yield BINARY_HEADER;
	for (const [index, newcomer] of newcomers.entries()) {
		putRow(rows, newcomer, batch, index);
		if (rows.at > PIECE) yield rows.take();
	}
	yield rows.take();
	yield BINARY_TRAILER;
}

function putRow(rows: BinaryRows, { fields, leafId, note, print }: Newcomer, batch: Batch, index: number): void {
	const id = (ids: Uint8Array) => ids.subarray(index * 16, index * 16 + 16);
	const { phone, address, occupation, ethnicity, religion, partyMember } = fields;
	const texts = phone.length + address.length + occupation.length + note.length + ethnicity.length + religion.length;
	const names = nameFields(fields.name);
	rows.row(FIELDS, FIXED + names.length + 3 * (texts + fields.introducer.length));
	rows.append(names);
	rows.raw(id(batch.persons));
	putDay(rows, fields.birth);
	rows.text(fields.birthPrecision);
	rows.text(fields.sex);
	for (const text of [phone, address, occupation, note]) rows.text(text);
	rows.raw(id(batch.spells));
	rows.int4(leafId);
	putDay(rows, fields.joined);
	putDay(rows, fields.left);
	rows.textOrNull(fields.leaveReason);
	putCounting(rows, fields);
	rows.text(fields.introducer);
	rows.raw(id(batch.residences));
	rows.text(fields.residence);
	putDay(rows, fields.residenceStart);
	putNumber(rows, fields, print, batch.sealed);
	const isSensitive = ethnicity !== "" || religion !== "" || partyMember !== null;
	rows.textOrNull(isSensitive ? ethnicity : null);
	rows.textOrNull(isSensitive ? religion : null);
	if (partyMember === null) rows.null();
	else rows.bool(partyMember);
	if (batch.consents) rows.raw(id(batch.consents));
	else rows.null();
}

/** Her name and its keys as four fields: names come again and again. */
const nameFields = memo(50_000, (name): Uint8Array => {
	const { full_name, search_key, identity_key, sort_key } = nameKeys(name);
	const rows = new BinaryRows(16 + 3 * (full_name.length + search_key.length + identity_key.length + sort_key.length));
	for (const text of [full_name, search_key, identity_key, sort_key]) rows.text(text);
	return rows.take();
});

function putDay(rows: BinaryRows, day: string | null): void {
	if (day === null) rows.null();
	else rows.day(epochDays(day));
}

/** The days on which she counts: those of her only membership (R2). */
function putCounting(rows: BinaryRows, fields: RosterFields): void {
	const spell = { id: "", stage: "recognised", joined: fields.joined as string, left: fields.left } as const;
	const counting = countingOf([{ ...spell, residences: [residenceOf(fields)] }], { honorary: false }).get("") ?? [];
	const days = counting.flatMap(({ from, to }) => [epochDays(from), to === null ? -1 : epochDays(to)]);
	rows.periods(Int32Array.from(days), days.length);
}

function putNumber(
	rows: BinaryRows,
	fields: RosterFields,
	print: Uint8Array | null,
	sealed: Iterator<Uint8Array>,
): void {
	if (fields.nationalId === null || print === null) {
		for (let i = 0; i < 3; i++) rows.null();
		return;
	}
	rows.raw(print);
	rows.textOrNull(fields.idKind);
	rows.raw(sealed.next().value as Uint8Array);
}
