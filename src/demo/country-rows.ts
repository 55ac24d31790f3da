import { SYSTEM_ID } from "../db/actor.ts";
import { BinaryRows } from "../db/binary-rows.ts";
import { type CountryLife, NEVER } from "./country-life.ts";
import type { Word } from "./country-names.ts";
import { Random } from "./random.ts";

/** The tables the country fills by COPY, and their columns in the order of the fields. `entry` is the ledger's, see store-country.ts. */
export const COUNTRY_TABLES = {
	person:
		"id, full_name, search_key, identity_key, sort_key, birth, birth_precision, honorary, core_member, phone, address, occupation, created_by",
	person_sensitive: "person_id, ethnicity, party_member",
	national_id: "hmac, person_id, kind, cipher",
	spell:
		"id, person_id, leaf_id, sort_key, stage, joined, left_on, leave_reason, counts, counting_order, introduced_by, recognised_on",
	residence: "id, spell_id, kind, start",
	consent: "id, person_id, purpose, given_on, how, text_version",
	away: "id, spell_id, since, kind, place, pays_dues, takes_part",
	affiliation: "id, person_id, unit_id, since",
	post: "id, person_id, unit_id, post, since, until",
	entry: "unit_id, component, day, delta",
} as const;

export type CountryTable = keyof typeof COUNTRY_TABLES;

const utf8 = new TextEncoder();
const text = (value: string) => utf8.encode(value);
const DAY = text("day");
const YEAR = text("year");
const TEXT_VERSION = text("minh-hoa");
const GONE = text("gone");
const TAKES_PART = ["yes", "online", "no"].map(text);
const KINDS = { permanent: text("permanent"), temporary: text("temporary") };
const STAGES = { recognised: text("recognised"), proposed: text("proposed") };
const REASONS = {
	dead: text("dead"),
	temporary_left: text("temporary_left"),
	moved: text("moved"),
	resigned: text("resigned"),
	other: text("other"),
};
const HOW = { signed_list: text("signed_list"), signed_form: text("signed_form"), digital: text("digital") };
const PURPOSE = { membership: text("membership"), sensitive: text("sensitive") };
const POSTS = {
	chair: text("chair"),
	deputy: text("deputy"),
	committee: text("committee"),
	branch_head: text("branch_head"),
	branch_deputy: text("branch_deputy"),
};
const CARDS = { cccd: text("cccd"), cmnd: text("cmnd") };
const SYSTEM = Uint8Array.from(Buffer.from(SYSTEM_ID.replaceAll("-", ""), "hex"));

/** All ids sort before those of real work, as in the small demo. */
const FIRST_MILLISECOND = Date.UTC(2022, 5, 10);

/** What of a woman her row needs besides her name. */
export interface PersonFacts {
	birth: number;
	yearOnly: boolean;
	honorary: boolean;
	coreMember: boolean;
	phone: Uint8Array;
	address: Uint8Array;
	occupation: Uint8Array;
}

/** The rows of every table, in COPY's binary format. Women, spells and the like are known by their number in the country. */
export class CountryRows {
	readonly tables: Record<CountryTable, BinaryRows>;
	readonly #persons: Ids;
	readonly #spells: Ids;
	readonly #residences: Ids;
	readonly #others: Ids;
	/** The sort key of the woman written last: her spells bear it, too. */
	#sortKey: Uint8Array = new Uint8Array();

	constructor(seed: number) {
		const names = Object.keys(COUNTRY_TABLES) as CountryTable[];
		this.tables = Object.fromEntries(names.map((name) => [name, new BinaryRows()])) as Record<CountryTable, BinaryRows>;
		this.#persons = new Ids(seed, "person");
		this.#spells = new Ids(seed, "spell");
		this.#residences = new Ids(seed, "residence");
		this.#others = new Ids(seed, "other");
	}

	person(serial: number, name: readonly Word[], words: number, facts: PersonFacts): void {
		const rows = this.tables.person;
		rows.row(13, 1200);
		this.#persons.put(rows, serial);
		nameIn(rows, name, words, "full");
		nameIn(rows, name, words, "search");
		nameIn(rows, name, words, "identity");
		this.#sortKey = sortedNameIn(rows, name, words);
		rows.day(facts.birth);
		rows.raw(facts.yearOnly ? YEAR : DAY);
		rows.bool(facts.honorary);
		rows.bool(facts.coreMember);
		rows.raw(facts.phone);
		rows.raw(facts.address);
		rows.raw(facts.occupation);
		rows.raw(SYSTEM);
	}

	sensitive(person: number, people: Uint8Array, partyMember: boolean): void {
		const rows = this.tables.person_sensitive;
		rows.row(3, 200);
		this.#persons.put(rows, person);
		rows.raw(people);
		rows.bool(partyMember);
	}

	card(person: number, kind: keyof typeof CARDS, hmac: Uint8Array, cipher: Uint8Array): void {
		const rows = this.tables.national_id;
		rows.row(4, 300);
		rows.raw(hmac);
		this.#persons.put(rows, person);
		rows.raw(CARDS[kind]);
		rows.raw(cipher);
	}

	/** A spell of the woman written last, and its residence; `counts` as {@link BinaryRows.periods}, `order` its place among hers that count, `friend` who introduced her or −1. */
	spell(
		serial: number,
		person: number,
		leaf: number,
		stage: keyof typeof STAGES,
		life: CountryLife,
		counts: Int32Array,
		used: number,
		order: number,
		friend: number,
	): void {
		const rows = this.tables.spell;
		rows.row(12, 1600);
		this.#spells.put(rows, serial);
		this.#persons.put(rows, person);
		rows.int4(leaf);
		rows.raw(this.#sortKey);
		rows.raw(STAGES[stage]);
		rows.day(life.joined);
		rows.dayOrNull(life.left);
		if (life.left === NEVER) rows.null();
		else rows.raw(REASONS[life.reason]);
		rows.periods(counts, used);
		if (used === 0) rows.null();
		else rows.int2(order);
		if (friend < 0) rows.null();
		else this.#persons.put(rows, friend);
		if (stage === "recognised") rows.day(life.joined);
		else rows.null();
		this.#residence(serial, life);
	}

	#residence(serial: number, life: CountryLife): void {
		const rows = this.tables.residence;
		rows.row(4, 120);
		this.#residences.put(rows, serial);
		this.#spells.put(rows, serial);
		rows.raw(life.temporary ? KINDS.temporary : KINDS.permanent);
		rows.dayOrNull(life.start);
	}

	consent(person: number, purpose: keyof typeof PURPOSE, given: number, how: keyof typeof HOW): void {
		const rows = this.tables.consent;
		rows.row(6, 200);
		this.#others.put(rows, person * 8 + (purpose === "membership" ? 0 : 1));
		this.#persons.put(rows, person);
		rows.raw(PURPOSE[purpose]);
		rows.day(given);
		rows.raw(HOW[how]);
		rows.raw(TEXT_VERSION);
	}

	away(spell: number, since: number, place: Uint8Array, paysDues: boolean, takesPart: number): void {
		const rows = this.tables.away;
		rows.row(7, 300);
		this.#others.put(rows, spell * 4 + 2);
		this.#spells.put(rows, spell);
		rows.day(since);
		rows.raw(GONE);
		rows.raw(place);
		rows.bool(paysDues);
		rows.raw(TAKES_PART[takesPart] as Uint8Array);
	}

	/** `nth` tells the affiliations of one woman apart. */
	affiliation(person: number, nth: number, unit: number, since: number): void {
		const rows = this.tables.affiliation;
		rows.row(4, 120);
		this.#others.put(rows, person * 8 + 3 + nth);
		this.#persons.put(rows, person);
		rows.int4(unit);
		rows.day(since);
	}

	/** `nth` tells the posts of one woman apart. */
	post(person: number, nth: number, unit: number, post: keyof typeof POSTS, since: number, until: number): void {
		const rows = this.tables.post;
		rows.row(6, 160);
		this.#others.put(rows, person * 8 + 5 + nth);
		this.#persons.put(rows, person);
		rows.int4(unit);
		rows.raw(POSTS[post]);
		rows.day(since);
		rows.dayOrNull(until);
	}

	/** An entry of the ledger's component *roster*, already summed over the commune's women. */
	entry(unit: number, day: number, delta: number): void {
		const rows = this.tables.entry;
		rows.row(4, 64);
		rows.int4(unit);
		rows.int2(1);
		rows.day(day);
		rows.int4(delta);
	}

	/** What has been written of each table since the last time. */
	take(): [CountryTable, Uint8Array][] {
		return (Object.entries(this.tables) as [CountryTable, BinaryRows][]).flatMap(([name, rows]) =>
			rows.at > 0 ? [[name, rows.take()] as [CountryTable, Uint8Array]] : [],
		);
	}
}

/** Ids of one kind of row, each fixed by the seed and the row's number. */
class Ids {
	readonly #chance: number;

	constructor(seed: number, kind: string) {
		this.#chance = (new Random(seed, "country ids", kind).next() * 0x1_0000_0000) | 0;
	}

	put(rows: BinaryRows, serial: number): void {
		const first = mixed(serial ^ this.#chance);
		rows.uuid(FIRST_MILLISECOND, serial, first, mixed(first + 0x9e37_79b9));
	}
}

function mixed(word: number): number {
	let state = Math.imul(word ^ (word >>> 16), 0x21f0_aaad);
	state = Math.imul(state ^ (state >>> 15), 0x735a_2d97);
	return state ^ (state >>> 15);
}

const BLANK = 0x20;

function nameIn(rows: BinaryRows, name: readonly Word[], words: number, form: keyof Word): void {
	const start = rows.openText();
	for (let i = 0; i < words; i++) {
		if (i > 0) rows.byte(BLANK);
		rows.append((name[i] as Word)[form]);
	}
	rows.closeText(start);
}

/** By the last word, then from the family name on; answers what was written. */
function sortedNameIn(rows: BinaryRows, name: readonly Word[], words: number): Uint8Array {
	const start = rows.openText();
	rows.append((name[words - 1] as Word).sort);
	for (let i = 0; i < words - 1; i++) {
		rows.byte(BLANK);
		rows.append((name[i] as Word).sort);
	}
	rows.closeText(start);
	return rows.bytes.slice(start, rows.at);
}
