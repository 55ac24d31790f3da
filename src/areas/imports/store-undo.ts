import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { restoreUnlisted } from "../headcounts/store-unlisted.ts";
import { keepingCounts } from "../members/store-counting.ts";
import {
	type Before,
	openBefore,
	partsOf,
	versionsOf,
	writePersons,
	writeResidences,
	writeSpells,
} from "./store-before.ts";
import { type ImportHead, requireImport } from "./store-heads.ts";
import { asBytes } from "./store-matching.ts";
import { putOwnRows, rowsAt, rowsWhere, type StagedRow } from "./store-staging.ts";

const TOUCHED =
	"Có người đã sửa hồ sơ hội viên này sau khi nhập, hoặc chi hội trước đây của chị không còn, nên không hoàn tác dòng này.";

export interface Undone {
	removed: number;
	reverted: number;
	kept: { position: number; sheet: string; row: number; name: string; text: string }[];
}

/**
 * Takes a whole import back: women and memberships it added go, updates are given their earlier values, the unlisted figure gets
 * back what was taken, branches it made and that are empty are removed, all in one transaction and with the ledger in step. Rows
 * someone has worked on since stay as they are and are named; so do those of women whose branch of before is no more.
 */
export async function undoImport(work: Work, input: { id: string }): Promise<Undone> {
	const head = await requireImport(work, input.id, { lock: true });
	if (head.state !== "committed")
		throw new Problem(
			"import.not_committed",
			409,
			head.state === "forgotten"
				? "Tệp của lần nhập này đã được xóa nên không hoàn tác được."
				: "Chỉ hoàn tác được lần nhập đã ghi nhận xong.",
		);
	await sql`select calc.lock_roster(${head.unitId})`.execute(work.db);
	const written = await writtenUpdates(work, head);
	const kept = await keptRows(work, head, await withoutBranch(work, written));
	const staying = new Set(kept);
	const updates = written.filter(({ position }) => !staying.has(position)).map(({ before }) => before);
	const known = await knownPersons(work, head, kept);
	const removed = { count: 0 };
	const change = async () => {
		await revertUpdates(work, updates);
		removed.count = await removeAdded(work, head, kept);
	};
	if (known.length > 0) await keepingCounts(work, known, change);
	else await change();
	await sql`delete from app.consent where import_id = ${head.id} and person_id <> all(array(
		select person_id from calc.import_written(${head.id}::uuid) where pos = any(${kept}::integer[])))`.execute(work.db);
	await restoreUnlisted(work, head.id);
	await markUndone(work, head, kept);
	await sql`select calc.remove_empty_branches(${head.id}::uuid)`.execute(work.db);
	await work.audit({
		action: "imports.undo",
		unitId: head.unitId,
		detail: { import: head.id, removed: removed.count, reverted: updates.length, kept: kept.length },
	});
	return { removed: removed.count, reverted: updates.length, kept: await namedRows(work, head, kept) };
}

/** Positions of rows that stay: those worked on since, these, and every other row of the same woman. */
async function keptRows(work: Work, head: ImportHead, others: number[]): Promise<number[]> {
	const { rows } = await sql<{ position: number }>`
		with written as materialized (select * from calc.import_written(${head.id}::uuid)),
		touched as materialized (select t.pos from calc.import_touched(${head.id}::uuid) t union select unnest(${others}::integer[])),
		women as materialized (select person_id from written where pos in (select pos from touched))
		select pos as position from written where pos in (select pos from touched) or person_id in (select person_id from women)
		order by pos`.execute(work.db);
	return rows.map(({ position }) => position);
}

interface WrittenUpdate {
	position: number;
	before: Before;
}

/** What updates found, in the order in which they were made. */
async function writtenUpdates(work: Work, head: ImportHead): Promise<WrittenUpdate[]> {
	const { rows } = await sql<{
		position: number;
		cipher: Buffer;
	}>`select position, before_cipher as cipher from app.import_row
		where import_id = ${head.id} and state = 'done' and action = 'update' order by position`.execute(work.db);
	return rows.map(({ position, cipher }) => ({ position, before: openBefore(work, cipher) }));
}

/** Rows that would make a woman a member again in a branch that has ended since. */
async function withoutBranch(work: Work, updates: readonly WrittenUpdate[]): Promise<number[]> {
	const open = updates.filter(({ before: { spell } }) => spell.left_on === null || spell.left_on > work.today);
	const leaves = [...new Set(open.map(({ before }) => before.spell.leaf_id))];
	const { rows } = await sql<{
		leaf: number;
	}>`select leaf from unnest(${leaves}::integer[]) leaf where not calc.stands_from(leaf, ${work.today}::date)`.execute(
		work.db,
	);
	const ended = new Set(rows.map(({ leaf }) => leaf));
	return open.filter(({ before }) => ended.has(before.spell.leaf_id)).map(({ position }) => position);
}

/** The women an import met and did not make. */
async function knownPersons(work: Work, head: ImportHead, kept: number[]): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		with written as materialized (select * from calc.import_written(${head.id}::uuid) where pos <> all(${kept}::integer[]))
		select distinct person_id as id from written w where not added
			and not exists (select from written m where m.added and m.person_id = w.person_id)`.execute(work.db);
	return rows.map(({ id }) => id);
}

async function revertUpdates(work: Work, before: readonly Before[]): Promise<void> {
	if (before.length === 0) return;
	await takeBackContinued(work, before);
	const parts = before.flatMap(partsOf);
	const versions = await versionsOf(
		work,
		before.map(({ person }) => person.id),
		parts.map(({ spell }) => spell.id),
	);
	const now = <T extends { id: string; version: number }>(row: T) => ({ ...row, version: versions.get(row.id) ?? 0 });
	const changed = before.filter(({ person }) => person.version !== now(person).version);
	const people = new Map(changed.map(({ person }) => [person.id, { person: now(person) }]));
	await writePersons(work, [...people.values()]);
	await writeSpells(
		work,
		parts.map(({ spell }) => ({ spell: now(spell) })),
	);
	await writeResidences(work, parts);
	const ids = before.flatMap(({ addedIds }) => addedIds);
	if (ids.length > 0) await sql`delete from app.national_id where hmac = any(${asBytes(ids)})`.execute(work.db);
}

/** Memberships that went on in another branch do so no longer: what hung on the later part hangs on the one before again. */
async function takeBackContinued(work: Work, before: readonly Before[]): Promise<void> {
	const pairs = before.flatMap(({ spell, continued }) => (continued ? [{ was: spell.id, became: continued }] : []));
	if (pairs.length === 0) return;
	const became = pairs.map((pair) => pair.became);
	await sql`update app.away a set spell_id = p.was from json_to_recordset(${JSON.stringify(pairs)}::json) as p(was uuid, became uuid)
		where a.spell_id = p.became`.execute(work.db);
	await sql`delete from app.residence where spell_id = any(${became}::uuid[])`.execute(work.db);
	await sql`delete from app.spell where id = any(${became}::uuid[])`.execute(work.db);
}

async function removeAdded(work: Work, head: ImportHead, kept: number[]): Promise<number> {
	const { rows } = await sql<{
		n: number;
	}>`select calc.remove_imported(${head.id}::uuid, ${kept}::integer[]) as n`.execute(work.db);
	return rows[0]?.n ?? 0;
}

async function markUndone(work: Work, head: ImportHead, kept: number[]): Promise<void> {
	await giveOwnRows(work, head, kept);
	await sql`update app.import_row set state = case when position = any(${kept}::integer[]) then 'kept' else 'undone' end
		where import_id = ${head.id} and state = 'done'`.execute(work.db);
	await sql`update app.import_row set problems = jsonb_build_array(jsonb_build_object('code', 'undo.touched', 'level', 'warning', 'text', ${TOUCHED}::text)) || problems
		where import_id = ${head.id} and state = 'kept'`.execute(work.db);
	await work.db
		.updateTable("import")
		.set({ state: "undone", undone_at: sql`now()`, undone_by: work.accountId })
		.where("id", "=", head.id)
		.execute();
}

/** Rows that stay have something said of them: each gets a row of its own. */
async function giveOwnRows(work: Work, head: ImportHead, kept: number[]): Promise<void> {
	const plain = (await rowsAt(work, head, kept)).filter(({ own }) => !own);
	await putOwnRows(work, head.id, plain);
	await sql`update app.import_row r set state = 'done', person_id = w.person_id, spell_id = w.spell_id
		from calc.import_written(${head.id}::uuid) w
		where r.import_id = ${head.id} and r.position = any(${plain.map(({ position }) => position)}::integer[]) and w.pos = r.position`.execute(
		work.db,
	);
}

async function namedRows(work: Work, head: ImportHead, kept: number[]): Promise<Undone["kept"]> {
	if (kept.length === 0) return [];
	const rows: StagedRow[] = await rowsWhere(
		work,
		sql`r.import_id = ${head.id} and r.position = any(${kept}::integer[]) order by r.position`,
	);
	return rows.map(({ position, sheet, row, fields }) => ({ position, sheet, row, name: fields.name, text: TOUCHED }));
}
