import type { ClientBase } from "pg";
import type { Period } from "../areas/members/rules.ts";
import { identityKey, searchKey, sortKey } from "../core/vietnamese.ts";
import { SYSTEM_ID } from "../db/actor.ts";
import type { Vault } from "../db/vault.ts";
import type { Card } from "./cards.ts";
import type { Affiliation, Circles, Post } from "./circles.ts";
import type { Away, Moves, Transfer } from "./moves.ts";
import { DEMO_NOTE } from "./notice.ts";
import { idsOf } from "./random.ts";
import type { Consent, DemoUnit, Roster, Spell, Woman } from "./roster.ts";
import { type Columns, copyInto } from "./store-copy.ts";

/** The text of the consents the demo says were given. */
const CONSENT_TEXT = "minh-hoa";

/** Writes the branches, clubs and special bases, and where they stand; their homes and scopes are derived afterwards. */
export async function writeUnits(client: ClientBase, units: readonly DemoUnit[]): Promise<void> {
	await copyInto(client, "unit", { id: (unit) => unit.id, kind: (unit) => unit.kind }, units);
	await client.query("select setval(pg_get_serial_sequence('app.unit', 'id'), (select max(id) from app.unit))");
	const stays = units.flatMap((unit) => unit.stays.map((stay) => ({ unit, stay })));
	await copyInto(
		client,
		"unit_spell",
		{
			unit_id: ({ unit }) => unit.id,
			during: ({ stay }) => rangeText(stay),
			name: ({ unit }) => unit.name,
			title: () => "",
			parent_id: ({ stay }) => stay.parentId,
			decree: () => "",
			search_key: ({ unit }) => searchKey(unit.name),
		},
		stays,
	);
	await client.query("analyze app.unit, app.unit_spell");
	await client.query("select calc.refresh_homes($1), calc.refresh_scopes($1)", [units.map((unit) => unit.id)]);
}

/** A card as the database may hold it. */
export interface SealedCard {
	personId: string;
	kind: Card["kind"];
	hmac: Uint8Array;
	cipher: Uint8Array;
}

/** Seals every card. The slowest thing this program does for a demo, and the database need not wait for it. */
export function sealCards(rosters: readonly Roster[], vault: Vault): SealedCard[] {
	return rosters.flatMap(({ women }) =>
		women.flatMap(({ id, card }) =>
			card === null
				? []
				: [{ personId: id, kind: card.kind, hmac: vault.fingerprint(card.value), cipher: vault.seal(card.value) }],
		),
	);
}

/** Writes the women, their spells and all that hangs on them. The ledger is posted by the caller. */
export async function writeRosters(
	client: ClientBase,
	plan: { rosters: readonly Roster[]; moves: Moves; circles: Circles },
	cards: readonly SealedCard[],
	seed: number,
): Promise<void> {
	const newId = idsOf(seed, "rows");
	const women = plan.rosters.flatMap((roster) => roster.women);
	const spells = women.flatMap((woman) => woman.spells.map((spell) => ({ woman, spell })));
	await copyInto(client, "person", PERSON, women);
	await copyInto(
		client,
		"person_sensitive",
		SENSITIVE,
		women.filter((woman) => woman.consents.some((consent) => consent.purpose === "sensitive")),
	);
	await copyInto(client, "national_id", CARD, cards);
	await copyInto(client, "spell", SPELL, spells);
	await client.query("insert into app.person_name (sort_key) select distinct sort_key from app.person");
	await copyInto(client, "residence", residenceColumns(newId), spells);
	await copyInto(
		client,
		"consent",
		consentColumns(newId),
		women.flatMap((woman) => woman.consents.map((consent) => ({ woman, consent }))),
	);
	await copyInto(client, "away", AWAY, plan.moves.aways);
	await copyInto(client, "transfer", TRANSFER, plan.moves.transfers);
	await copyInto(client, "affiliation", AFFILIATION, plan.circles.affiliations);
	await copyInto(client, "post", POST, plan.circles.posts);
}

const keys = { identity: perWord(identityKey), search: perWord(searchKey), sort: perWord(sortKey) };

const PERSON: Columns<Woman> = {
	id: (woman) => woman.id,
	full_name: (woman) => woman.fullName,
	search_key: (woman) => keys.search(woman.fullName),
	identity_key: (woman) => keys.identity(woman.fullName),
	sort_key: (woman) => sortedName(woman.fullName),
	birth: (woman) => woman.birth,
	birth_precision: (woman) => (woman.yearOnly ? "year" : "day"),
	sex: (woman) => woman.sex,
	honorary: (woman) => woman.honorary,
	core_member: (woman) => woman.coreMember,
	phone: (woman) => woman.phone,
	address: (woman) => woman.address,
	occupation: (woman) => woman.occupation,
	note: () => DEMO_NOTE,
	created_by: () => SYSTEM_ID,
};

const SENSITIVE: Columns<Woman> = {
	person_id: (woman) => woman.id,
	ethnicity: (woman) => woman.people,
	religion: (woman) => woman.religion,
	party_member: (woman) => woman.partyMember,
};

const SPELL: Columns<{ woman: Woman; spell: Spell }> = {
	id: ({ spell }) => spell.id,
	person_id: ({ woman }) => woman.id,
	leaf_id: ({ spell }) => spell.leafId,
	sort_key: ({ woman }) => sortedName(woman.fullName),
	stage: ({ spell }) => spell.stage,
	joined: ({ spell }) => spell.life.joined,
	left_on: ({ spell }) => spell.life.leftOn,
	leave_reason: ({ spell }) => spell.life.leaveReason,
	counts: ({ spell }) => `{${spell.counts.map(rangeText).join(",")}}`,
	counting_order: ({ woman, spell }) => countingOrder(woman.spells, spell),
	introduced_by: ({ spell }) => spell.introducedBy,
	recognised_on: ({ spell }) => (spell.stage === "recognised" ? spell.life.joined : null),
};

/** The place of a spell among those of the woman that count: 0 the only one, else 1, 2, …; null where it counts on no day. */
export function countingOrder<Each extends { counts: readonly Period[] }>(
	hers: readonly Each[],
	spell: Each,
): number | null {
	if (spell.counts.length === 0) return null;
	const counting = hers.filter((each) => each.counts.length > 0);
	return counting.length === 1 ? 0 : counting.indexOf(spell) + 1;
}

function residenceColumns(newId: () => string): Columns<{ spell: Spell }> {
	return {
		id: newId,
		spell_id: ({ spell }) => spell.id,
		kind: ({ spell }) => spell.life.residence,
		start: ({ spell }) => spell.life.start,
	};
}

const CARD: Columns<SealedCard> = {
	hmac: (card) => card.hmac,
	person_id: (card) => card.personId,
	kind: (card) => card.kind,
	cipher: (card) => card.cipher,
};

function consentColumns(newId: () => string): Columns<{ woman: Woman; consent: Consent }> {
	return {
		id: newId,
		person_id: ({ woman }) => woman.id,
		purpose: ({ consent }) => consent.purpose,
		given_on: ({ consent }) => consent.givenOn,
		how: ({ consent }) => consent.how,
		text_version: () => CONSENT_TEXT,
		document: () => DEMO_NOTE,
	};
}

const AWAY: Columns<Away> = {
	id: (away) => away.id,
	spell_id: (away) => away.spellId,
	since: (away) => away.since,
	kind: () => "gone",
	place: (away) => away.place,
	pays_dues: (away) => away.paysDues,
	takes_part: (away) => away.takesPart,
};

const TRANSFER: Columns<Transfer> = {
	id: (transfer) => transfer.id,
	person_id: (transfer) => transfer.personId,
	from_spell_id: (transfer) => transfer.fromSpellId,
	from_commune_id: (transfer) => transfer.fromCommuneId,
	to_unit_id: (transfer) => transfer.toUnitId,
	on_day: (transfer) => transfer.on,
	residence: (transfer) => transfer.residence,
	state: (transfer) => transfer.state,
	asked_side: (transfer) => transfer.askedSide,
	to_spell_id: (transfer) => transfer.toSpellId,
	asked_by: () => SYSTEM_ID,
	decided_by: (transfer) => (transfer.state === "accepted" ? SYSTEM_ID : null),
	decided_at: (transfer) => (transfer.state === "accepted" ? transfer.on : null),
	note: () => DEMO_NOTE,
};

const AFFILIATION: Columns<Affiliation> = {
	id: (affiliation) => affiliation.id,
	person_id: (affiliation) => affiliation.personId,
	unit_id: (affiliation) => affiliation.unitId,
	since: (affiliation) => affiliation.since,
};

const POST: Columns<Post> = {
	id: (post) => post.id,
	person_id: (post) => post.personId,
	unit_id: (post) => post.unitId,
	post: (post) => post.post,
	since: (post) => post.since,
	until: (post) => post.until,
};

function rangeText({ from, to }: Period): string {
	return `[${from},${to ?? ""})`;
}

/** A key word by word, each word worked out once: the names of a whole province have few different words. */
function perWord(keyOf: (text: string) => string): (name: string) => string {
	const known = new Map<string, string>();
	const keyOfWord = (word: string) => {
		const key = known.get(word) ?? keyOf(word);
		known.set(word, key);
		return key;
	};
	return (name) => name.split(" ").map(keyOfWord).join(" ");
}

/** {@link sortKey} by its words: the last one first. */
export function sortedName(name: string): string {
	const at = name.lastIndexOf(" ");
	return keys.sort(at < 0 ? name : `${name.slice(at + 1)} ${name.slice(0, at)}`);
}
