import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { ChangedField } from "../members/rules-roster-match.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import { type BranchMove, continueInBranch } from "../members/store-branches.ts";
import type { ApplyContext, PlannedRow, Written } from "./store-apply.ts";
import {
	type Before,
	changedMeanwhile,
	findBefore,
	type Part,
	partsOf,
	type Residence,
	versionsOf,
	writePersons,
	writeResidences,
	writeSpells,
} from "./store-before.ts";

const PERSON_FIELDS: readonly ChangedField[] = ["name", "birth", "phone", "address", "occupation", "nationalId"];
const RESIDENCE_FIELDS: readonly ChangedField[] = ["residence", "residenceStart"];

/** Brings changed members up to what the roster says, sealing what they were. Their persons have been opened. */
export async function updateMembers(
	work: Work,
	context: ApplyContext,
	rows: readonly PlannedRow[],
	written: Map<number, Written>,
): Promise<void> {
	if (rows.length === 0) return;
	const before = await findBefore(
		work,
		rows.map(({ plan }) => plan.match.spellId as string),
	);
	const updates = rows.map((row) => {
		const was = before.get(row.plan.match.spellId as string);
		if (!was) throw changedMeanwhile();
		const changes = new Set(row.plan.match.changes);
		return { ...row, was, changes, after: changed(was, row.row.fields, changes, context, work.today) };
	});
	const touching = (fields: readonly ChangedField[]) =>
		updates.filter(({ changes }) => fields.some((field) => changes.has(field))).map(({ after }) => after);
	await writePersons(work, touching(PERSON_FIELDS));
	await writeSpells(work, updates.flatMap(changedParts));
	await writeResidences(work, touching(RESIDENCE_FIELDS).flatMap(partsOf));
	await addNumbers(work, updates);
	const continued = await continueInBranch(
		work,
		updates.flatMap((update) => moveOf(update, context)),
	);
	for (const { was } of updates) was.continued = continued.get(was.spell.id);
	await noteWritten(work, updates, written);
}

interface Update extends PlannedRow {
	was: Before;
	after: Before;
	changes: ReadonlySet<ChangedField>;
}

/** The parts an update writes: the last always, that its version tells of the update; earlier ones where their days change. */
function changedParts({ was, after }: Update): Part[] {
	const isChanged = ({ spell }: Part, index: number) =>
		spell.joined !== was.earlier[index]?.spell.joined || spell.left_on !== was.earlier[index]?.spell.left_on;
	return [...after.earlier.filter(isChanged), after];
}

/**
 * Where she goes on in another branch: from the roster's own day, for it does not say since when, or from the day she left, so that
 * no day before it changes its commune.
 */
function moveOf({ row, after, changes }: Update, { branches, asOf }: ApplyContext): BranchMove[] {
	const leafId = changes.has("branch") || changes.has("group") ? branches.leafOf(row.fields) : null;
	const left = after.spell.left_on;
	return leafId === null ? [] : [{ spellId: after.spell.id, leafId, from: left !== null && left < asOf ? left : asOf }];
}

async function addNumbers(work: Work, updates: readonly Update[]): Promise<void> {
	const ids: Record<string, unknown>[] = [];
	for (const { row, was, changes } of updates) {
		const { nationalId, idKind } = row.fields;
		if (!changes.has("nationalId") || nationalId === null) continue;
		const hmac = work.vault.fingerprint(nationalId).toString("base64");
		was.addedIds.push(hmac);
		ids.push({
			hmac,
			person_id: was.person.id,
			kind: idKind,
			cipher: work.vault.seal(nationalId).toString("base64"),
		});
	}
	if (ids.length > 0)
		await sql`insert into app.national_id (hmac, person_id, kind, cipher)
			select decode(hmac, 'base64'), person_id, kind, decode(cipher, 'base64')
			from json_to_recordset(${JSON.stringify(ids)}::json) as r(hmac text, person_id uuid, kind text, cipher text)`.execute(
			work.db,
		);
}

/** What undo needs: what the women were, and the versions they have now. */
async function noteWritten(work: Work, updates: readonly Update[], written: Map<number, Written>): Promise<void> {
	const spellOf = ({ was }: Update) => was.continued ?? was.spell.id;
	const versions = await versionsOf(
		work,
		updates.map(({ was }) => was.person.id),
		updates.map(spellOf),
	);
	for (const update of updates) {
		const { row, was } = update;
		written.set(row.position, {
			personId: was.person.id,
			spellId: spellOf(update),
			stored: {
				personVersion: versions.get(was.person.id) as number,
				spellVersion: versions.get(spellOf(update)) as number,
				...(was.continued ? { continued: true } : {}),
			},
			before: work.vault.seal(JSON.stringify(was)),
		});
	}
}

function changed(
	was: Before,
	fields: RosterFields,
	changes: ReadonlySet<ChangedField>,
	context: ApplyContext,
	today: Day,
): Before {
	const pick = <T>(field: ChangedField, value: T, old: T) => (changes.has(field) ? value : old);
	const hasMoved = RESIDENCE_FIELDS.some((field) => changes.has(field));
	const left = pick("left", fields.left, was.spell.left_on);
	const joined = was.earlier[0]?.spell.joined ?? was.spell.joined;
	const parts = partsOf(was).map((part) => ({
		...part,
		residences: hasMoved ? residencesAfter(part, fields, context.asOf, today) : part.residences,
	}));
	const spanned = between(parts, pick("joined", fields.joined ?? joined, joined), left);
	const last = spanned.pop() as Part;
	return {
		person: {
			...was.person,
			full_name: pick("name", fields.name, was.person.full_name),
			birth: pick("birth", fields.birth, was.person.birth),
			birth_precision: pick("birth", fields.birthPrecision, was.person.birth_precision),
			phone: pick("phone", fields.phone, was.person.phone),
			address: pick("address", fields.address, was.person.address),
			occupation: pick("occupation", fields.occupation, was.person.occupation),
		},
		spell: {
			...last.spell,
			leave_reason:
				left === null
					? null
					: (pick("leaveReason", fields.leaveReason, was.spell.leave_reason) ?? fields.leaveReason ?? "other"),
		},
		residences: last.residences,
		earlier: spanned,
		addedIds: [],
	};
}

/** The parts of a membership that begins and ends on these days: those on which she changed branch are kept between the two. */
function between(parts: readonly Part[], joined: Day, left: Day | null): Part[] {
	const within = (day: Day) => (day < joined ? joined : left !== null && day > left ? left : day);
	return parts.map(({ spell, residences }, index) => ({
		spell: {
			...spell,
			joined: index === 0 ? joined : within(spell.joined),
			left_on: index === parts.length - 1 ? left : within(spell.left_on as Day),
		},
		residences,
	}));
}

/**
 * Her residences once the roster says another kind or start: of the same kind the start is put right; a change of kind ends the
 * old residence on the day the new one begins, which is the roster's own day where it does not say (R2).
 */
export function residencesAfter(
	was: Pick<Part, "residences">,
	fields: RosterFields,
	asOf: Day,
	today: Day,
): Residence[] {
	const current = was.residences.find(({ until }) => until === null) ?? was.residences.at(-1);
	const others = was.residences.filter((residence) => residence !== current);
	if (!current) return [{ kind: fields.residence, start: fields.residenceStart, until: null }];
	if (current.kind === fields.residence)
		return [...others, { ...current, start: fields.residenceStart ?? current.start }];
	const begins = fields.residenceStart ?? (asOf < today ? asOf : today);
	const start = fields.residence === "temporary" ? fields.residenceStart : begins;
	const until = current.start !== null && begins < current.start ? current.start : begins;
	return [...others, { ...current, until }, { kind: fields.residence, start, until: null }];
}
