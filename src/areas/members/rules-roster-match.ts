import type { Day } from "../../core/day.ts";
import type { DayPrecision } from "../../core/day-text.ts";
import { KeyMap } from "../../core/key-map.ts";
import { exactNameKey, identityKey, searchKey } from "../../core/vietnamese.ts";
import { branchKey } from "./rules-roster-branch.ts";
import type { RosterFields } from "./rules-roster-member.ts";

/** A spell that stands in the commune, open or ended. `ids` are the person's, in the same form as `idKey` gives. */
export interface ExistingMember {
	personId: string;
	spellId: string;
	ids: { key: string; kind: "cccd" | "cmnd" }[];
	name: string;
	identityKey: string;
	birth: Day | null;
	birthPrecision: DayPrecision;
	joined: Day;
	left: Day | null;
	leaveReason: string | null;
	residence: "permanent" | "temporary";
	residenceStart: Day | null;
	branch: string;
	group: string;
	phone: string;
	address: string;
	occupation: string;
}

/** The fields that a revised roster may change. */
export type ChangedField =
	| "name"
	| "birth"
	| "nationalId"
	| "joined"
	| "left"
	| "leaveReason"
	| "residence"
	| "residenceStart"
	| "branch"
	| "group"
	| "phone"
	| "address"
	| "occupation";

/** Why a person must say who this is. */
export type AmbiguousReason =
	/** Several women fit. */
	| "several"
	/** The ID is hers, name and birth are not. */
	| "id_of_another"
	/** Name and birth are hers, the CCCD is another. */
	| "other_id"
	/** Only name and year of birth fit, in another branch. */
	| "weak"
	/** She has ended here, and the roster still lists her. */
	| "ended_here"
	/** An earlier row of this file is the same woman. */
	| "listed_twice";

/** What a row of a revised roster does. */
export type RosterMatch =
	/** With `personId`: a woman known here who comes back. */
	| { kind: "new"; personId?: string }
	| { kind: "unchanged"; personId: string; spellId: string }
	| {
			kind: "update";
			personId: string;
			spellId: string;
			changes: ChangedField[];
	  }
	| {
			kind: "ambiguous";
			reason: AmbiguousReason;
			candidates: { personId: string; spellId: string }[];
	  };

/**
 * Finds the rows of a revised roster among the members of the commune: by ID, else by tone-free name and birth, the branch
 * deciding between several. A blank cell changes nothing, and a woman the file does not name is not touched: nobody is ended
 * by silence. `idKey` turns an ID into the form of `existing.ids` (an HMAC); by default IDs are compared as they are.
 */
export function matchRoster(
	rows: readonly RosterFields[],
	existing: readonly ExistingMember[],
	idKey: (id: string) => string = (id) => id,
): RosterMatch[] {
	return rosterMatcher()(rows, existing, idKey);
}

/** Matches the rows of one roster in order, some at a time, each time against the members that those rows may mean. */
export type RosterMatcher = typeof matchRoster;

/**
 * {@link matchRoster} for a roster of any length: what rows before have claimed and who was new among them is remembered,
 * in a few bytes a row.
 */
export function rosterMatcher(): RosterMatcher {
	const claimed = new KeyMap();
	const added = new KeyMap();
	return (rows, existing, idKey = (id) => id) => {
		const byId = index(existing, (member) => member.ids.map(({ key }) => key));
		const byName = index(existing, (member) => [member.identityKey]);
		const bySpell = new Map(existing.map((member) => [member.spellId, member]));
		return rows.map((row) => {
			const id = row.nationalId === null || existing.length === 0 ? null : idKey(row.nationalId);
			const match =
				matchById(row, (id !== null && byId.get(id)) || []) ??
				matchByName(row, id, byName.get(identityKey(row.name)) ?? []) ??
				matchInFile(row, added);
			if (!("spellId" in match)) return match;
			if (claimed.get(match.spellId) !== 0) return ask("listed_twice", [match]);
			claimed.set(match.spellId, 1);
			const member = bySpell.get(match.spellId);
			return member ? compared(row, id, member) : match;
		});
	};
}

type Found =
	| { kind: "unchanged"; personId: string; spellId: string }
	| { kind: "new"; personId?: string }
	| Extract<RosterMatch, { kind: "ambiguous" }>;

function index(
	members: readonly ExistingMember[],
	keysOf: (member: ExistingMember) => string[],
): Map<string, ExistingMember[]> {
	const map = new Map<string, ExistingMember[]>();
	for (const member of members)
		for (const key of keysOf(member)) {
			const known = map.get(key);
			if (known) known.push(member);
			else map.set(key, [member]);
		}
	return map;
}

function matchById(row: RosterFields, spells: ExistingMember[]): Found | undefined {
	const [first] = spells;
	if (!first) return undefined;
	const sameName = first.identityKey === identityKey(row.name);
	if (!sameName && !sameBirth(row, first)) return ask("id_of_another", spells);
	return spellOf(row, spells);
}

function matchByName(row: RosterFields, id: string | null, namesakes: ExistingMember[]): Found | undefined {
	const fits = namesakes.filter((member) => sameBirth(row, member) || (row.birth === null && sameBranch(row, member)));
	const spells = narrowed(row, fits);
	const [first] = spells;
	if (!first) return undefined;
	if (spells.some(({ personId }) => personId !== first.personId)) return ask("several", spells);
	const hasOther = row.idKind === "cccd" && first.ids.some(({ key, kind }) => kind === "cccd" && key !== id);
	if (hasOther) return ask("other_id", spells);
	const isFullBirth = row.birth !== null && row.birthPrecision === "day" && first.birthPrecision === "day";
	if (!isFullBirth && !spells.some((member) => sameBranch(row, member))) return ask("weak", spells);
	return spellOf(row, spells);
}

/** Of several women: those with the very same name, then those of the same branch; each step only if it leaves someone. */
function narrowed(row: RosterFields, fits: ExistingMember[]): ExistingMember[] {
	const name = exactNameKey(row.name);
	const steps = [
		(member: ExistingMember) => exactNameKey(member.name) === name,
		(member: ExistingMember) => sameBranch(row, member),
	];
	return steps.reduce((left, step) => {
		const people = new Set(left.map(({ personId }) => personId));
		const kept = left.filter(step);
		return people.size > 1 && kept.length > 0 ? kept : left;
	}, fits);
}

/** Which of her spells the row speaks of; a spell that begins after all have ended is a return. */
function spellOf(row: RosterFields, spells: ExistingMember[]): Found {
	const same = spells.find(({ joined }) => joined === row.joined);
	const open = spells.find(({ left }) => left === null);
	const spell = same ?? open ?? (row.joinedPrecision === "assumed" ? spells[0] : undefined);
	const last = spells[0] as ExistingMember;
	if (!spell) {
		const isReturn = spells.every(({ left }) => left !== null && row.joined !== null && row.joined >= left);
		return isReturn ? { kind: "new", personId: last.personId } : ask("ended_here", spells);
	}
	if (spell.left !== null && row.left === null) return ask("ended_here", [spell]);
	return {
		kind: "unchanged",
		personId: spell.personId,
		spellId: spell.spellId,
	};
}

/** What {@link matchInFile} remembers of the open rows of one name and birth. */
const WITHOUT_ID = 1;
const WITH_ID = 2;

/**
 * Two new rows of one name and birth, not told apart by their IDs, are one woman until a person says otherwise; where a year
 * or month is all that is known, only in one branch.
 */
function matchInFile(row: RosterFields, added: KeyMap): Found {
	if (row.birth === null) return { kind: "new" };
	const isDay = row.birthPrecision === "day";
	const key = `${exactNameKey(row.name)}|${row.birth}|${isDay ? "" : `${row.birthPrecision}|${branchKey(row.branch)}`}`;
	const earlier = added.get(key);
	const mine = row.nationalId === null ? WITHOUT_ID : WITH_ID;
	if (row.left === null) added.set(key, earlier | mine);
	const isTwice = mine === WITHOUT_ID ? earlier !== 0 : (earlier & WITHOUT_ID) !== 0;
	return isTwice ? ask("listed_twice", []) : { kind: "new" };
}

function ask(
	reason: AmbiguousReason,
	spells: readonly { personId: string; spellId: string }[],
): Extract<RosterMatch, { kind: "ambiguous" }> {
	const candidates = spells.map(({ personId, spellId }) => ({
		personId,
		spellId,
	}));
	return { kind: "ambiguous", reason, candidates };
}

/** The same day, or the same year or month where one of the two knows no more. */
function sameBirth(row: RosterFields, member: ExistingMember): boolean {
	if (row.birth === null || member.birth === null) return false;
	const length = Math.min(known(row.birthPrecision), known(member.birthPrecision));
	return row.birth.slice(0, length) === member.birth.slice(0, length);
}

/** How many characters of a day are known. */
function known(precision: DayPrecision): number {
	return precision === "year" ? 4 : precision === "month" ? 7 : 10;
}

function sameBranch(row: RosterFields, other: { branch: string }): boolean {
	return branchKey(row.branch) === branchKey(other.branch);
}

function compared(row: RosterFields, id: string | null, member: ExistingMember): RosterMatch {
	const changes = changesOf(row, id, member);
	const { personId, spellId } = member;
	return changes.length === 0
		? { kind: "unchanged", personId, spellId }
		: { kind: "update", personId, spellId, changes };
}

/** The fields that a row tells differently from what is known of her; `id` in the form of `member.ids`. */
export function changesOf(row: RosterFields, id: string | null, member: ExistingMember): ChangedField[] {
	const isTold: Record<ChangedField, boolean> = {
		name: exactNameKey(row.name) !== exactNameKey(member.name),
		birth: birthChanged(row, member),
		nationalId: id !== null && member.ids.every(({ key }) => key !== id),
		joined: joinedChanged(row, member),
		left: row.left !== null && row.left !== member.left,
		// Without a word of the file's it is "other": that is no news where a reason is known.
		leaveReason:
			row.left !== null &&
			row.leaveReason !== member.leaveReason &&
			(row.leaveNote !== "" || row.leaveReason !== "other" || member.leaveReason === null),
		residence: row.residenceSaid && row.residence !== member.residence,
		residenceStart: row.residenceStart !== null && row.residenceStart !== member.residenceStart,
		branch: row.branch !== "" && !sameBranch(row, member),
		group: row.group !== "" && searchKey(row.group) !== searchKey(member.group),
		phone: row.phone !== "" && row.phone !== member.phone,
		address: row.address !== "" && row.address !== member.address,
		occupation: row.occupation !== "" && row.occupation !== member.occupation,
	};
	return (Object.keys(isTold) as ChangedField[]).filter((field) => isTold[field]);
}

/** A year in the file does not overwrite the day that is known. */
function birthChanged(row: RosterFields, member: ExistingMember): boolean {
	if (row.birth === null) return false;
	return !sameBirth(row, member) || known(row.birthPrecision) > known(member.birthPrecision);
}

function joinedChanged(row: RosterFields, member: ExistingMember): boolean {
	if (row.joined === null || row.joinedPrecision === "assumed") return false;
	const length = known(row.joinedPrecision);
	return row.joined.slice(0, length) !== member.joined.slice(0, length);
}
