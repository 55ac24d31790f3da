import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import { cleanText, searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { Change, Conflict, Reorganisation } from "./contract.ts";
import { resolveTable, type SuccessorLine } from "./import.ts";
import { conflictsOf, titleOf } from "./rules.ts";
import { requireReorganisation } from "./store-reading.ts";
import { readRegistry, readSurroundings } from "./store-registry.ts";

interface Head {
	title: string;
	decree: string;
	on: Day;
	unitId?: number;
}

/** Keeps a reorganisation as a draft; units are not touched. A province's own draft changes only what stands under it. */
export async function draftReorganisation(work: Work, input: Head & { changes: Change[] }): Promise<Reorganisation> {
	const id = await insertHead(work, input);
	await insertChanges(work, id, input.changes);
	await work.audit({
		action: "reorganisations.draft",
		unitId: input.unitId,
		detail: { id, on: input.on, changes: input.changes.length },
	});
	return requireReorganisation(work, id);
}

/** The same from a table of successors; what the lines say that cannot be done or should be looked at comes back beside it. */
export async function draftFromTable(
	work: Work,
	input: Head & { rows: SuccessorLine[] },
): Promise<Reorganisation & { conflicts: Conflict[] }> {
	const { changes, rows, conflicts } = resolveTable(input.rows, input.on, await readSurroundings(work, input.on));
	if (changes.length === 0)
		throw new Problem(
			"reorganisation.nothing",
			422,
			conflicts.length > 0
				? `Không có dòng nào làm thay đổi danh mục đơn vị. ${conflicts[0].row === null ? "" : `Dòng ${conflicts[0].row}: `}${conflicts[0].text}`
				: "Bảng này không khác gì danh mục đơn vị đang có.",
			{ field: "rows" },
		);
	const drafted = await draftReorganisation(work, { ...input, changes });
	const registry = await readRegistry(work, input.on, changes);
	return {
		...drafted,
		conflicts: [...conflicts, ...conflictsOf(changes, input.on, registry, (position) => rows[position] ?? null)],
	};
}

/** Replaces a draft whole. */
export async function reviseReorganisation(
	work: Work,
	input: Head & { id: string; version: number; changes: Change[] },
): Promise<Reorganisation> {
	await moveState(work, input, ["draft"], {
		title: cleanText(input.title),
		decree: cleanText(input.decree),
		on_day: input.on,
	});
	await work.db.deleteFrom("reorganisation_change").where("reorganisation_id", "=", input.id).execute();
	await insertChanges(work, input.id, input.changes);
	await work.audit({ action: "reorganisations.revise", detail: { id: input.id, changes: input.changes.length } });
	return requireReorganisation(work, input.id);
}

/** Leaves changes out of a draft, puts others behind the rest, and changes its title, decree or day: what a screen does step by step. */
export async function amendReorganisation(
	work: Work,
	input: { id: string; version: number; title?: string; decree?: string; on?: Day; remove: number[]; add: Change[] },
): Promise<Reorganisation> {
	await moveState(work, input, ["draft"], {
		...(input.title === undefined ? {} : { title: cleanText(input.title) }),
		...(input.decree === undefined ? {} : { decree: cleanText(input.decree) }),
		...(input.on === undefined ? {} : { on_day: input.on }),
	});
	if (input.remove.length > 0)
		await work.db
			.deleteFrom("reorganisation_change")
			.where("reorganisation_id", "=", input.id)
			.where("position", "in", input.remove)
			.execute();
	const { rows } = await sql<{ next: number }>`select coalesce(max(position) + 1, 0) as next
		from app.reorganisation_change where reorganisation_id = ${input.id}`.execute(work.db);
	await insertChanges(work, input.id, input.add, rows[0].next);
	await work.audit({
		action: "reorganisations.amend",
		detail: { id: input.id, added: input.add.length, removed: input.remove.length },
	});
	return requireReorganisation(work, input.id);
}

/** Changes the row of a reorganisation that stands in one of `states` and has not changed since it was read; else a Problem. */
export async function moveState(
	work: Work,
	{ id, version }: { id: string; version: number },
	states: Reorganisation["state"][],
	values: Record<string, unknown>,
): Promise<void> {
	const { numUpdatedRows } = await work.db
		.updateTable("reorganisation")
		.set({ ...values, version: version + 1, updated_at: sql`now()` })
		.where("id", "=", id)
		.where("version", "=", version)
		.where("state", "in", states)
		.executeTakeFirst();
	if (numUpdatedRows === 1n) return;
	const now = await requireReorganisation(work, id);
	throw states.includes(now.state) && now.version === version
		? new Problem("access.denied", 403, "Tài khoản của chị không có quyền làm việc này với đợt sắp xếp.")
		: new Problem("reorganisation.changed", 409, "Đợt sắp xếp này đã được người khác thay đổi. Hãy mở lại để xem.");
}

async function insertHead(work: Work, head: Head): Promise<string> {
	const id = uuidv7();
	const unitId = head.unitId ?? (await requireUnit(work, { code: "VN", on: head.on })).id;
	await work.db
		.insertInto("reorganisation")
		.values({
			id,
			unit_id: unitId,
			title: cleanText(head.title),
			decree: cleanText(head.decree),
			on_day: head.on,
			drafted_by: work.accountId,
		})
		.execute();
	return id;
}

async function insertChanges(work: Work, id: string, changes: readonly Change[], from = 0): Promise<void> {
	const rows = changes.map((change, at) => ({ position: from + at, ...rowOf(change) }));
	await sql`insert into app.reorganisation_change (reorganisation_id, position, kind, unit_id, key, successor_id, part, share_numerator,
			share_denominator, document, unit_kind, code, name, title, search_key, parent_id, parent_key)
		select ${id}, position, kind, "unitId", key, "successorId", part, numerator, denominator, coalesce(document, ''), "unitKind", code, name,
			title, search, "parentId", "parentKey"
		from jsonb_to_recordset(${JSON.stringify(rows)}) as r(position integer, kind text, "unitId" integer, key text, "successorId" integer, part text,
			numerator integer, denominator integer, document text, "unitKind" text, code text, name text, title text, search text, "parentId" integer,
			"parentKey" text)`.execute(work.db);
}

function rowOf(change: Change) {
	switch (change.kind) {
		case "create":
			return {
				...named(change.name),
				kind: change.kind,
				key: change.key,
				unitKind: change.unitKind,
				code: change.code,
				...under(change.parent),
			};
		case "change":
			return {
				...(change.name ? named(change.name) : {}),
				kind: change.kind,
				unitId: change.unitId,
				code: change.code,
				...under(change.parent),
			};
		case "end":
			return { kind: change.kind, unitId: change.unitId };
		case "succeed":
			return {
				kind: change.kind,
				unitId: change.unitId,
				successorId: change.successor.unitId,
				key: change.successor.unitId === undefined ? change.successor.key : undefined,
				part: change.part,
				numerator: change.share?.numerator,
				denominator: change.share?.denominator,
				document: change.document,
			};
	}
}

function named(text: string) {
	const name = cleanText(text);
	return { name, title: titleOf(name), search: searchKey(name) };
}

function under(parent: { unitId?: number; key?: string } | undefined) {
	return { parentId: parent?.unitId, parentKey: parent && parent.unitId === undefined ? parent.key : undefined };
}
