import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import type { Change, Conflict, Reorganisation } from "./contract.ts";
import { conflictsOf } from "./rules.ts";
import { readRegistry } from "./store-registry.ts";

const HEAD = sql`select r.id, r.title, r.decree, r.on_day::text as "on", r.unit_id as "unitId",
	calc.unit_name(r.unit_id, r.on_day) as unit, r.state,
	(select count(*) from app.reorganisation_change c where c.reorganisation_id = r.id) as changes,
	calc.account_name(r.drafted_by) as "draftedBy", coalesce(r.drafted_by = calc.account_id(), false) as mine, calc.account_name(r.decided_by) as "decidedBy", r.decision_note as "decisionNote",
	r.applied_at::text as "appliedAt", r.undone_at::text as "undoneAt", r.builtin is not null as builtin, r.version from app.reorganisation r`;

/** Every reorganisation the caller may see, the latest day first. */
export async function listReorganisations(work: Work): Promise<Reorganisation[]> {
	const { rows } =
		await sql<Reorganisation>`${HEAD} where r.state <> 'discarded' order by r.on_day desc, r.created_at desc`.execute(
			work.db,
		);
	return rows;
}

/** One reorganisation without its changes; unknown to the caller: a Problem. */
export async function requireReorganisation(work: Work, id: string): Promise<Reorganisation> {
	const { rows } = await sql<Reorganisation>`${HEAD} where r.id = ${id}`.execute(work.db);
	if (!rows[0]) throw new Problem("reorganisation.not_found", 404, "Không tìm thấy đợt sắp xếp này.");
	return rows[0];
}

interface PlainRow {
	position: number;
	kind: Change["kind"];
	unitId: number | null;
	key: string | null;
	successorId: number | null;
	part: "full" | "partial" | null;
	numerator: number | null;
	denominator: number | null;
	document: string;
	unitKind: "province" | "district" | "commune" | null;
	code: string | null;
	name: string | null;
	parentId: number | null;
	parentKey: string | null;
}

/** The same with the names of the units in it. */
interface ChangeRow extends PlainRow {
	unit: string | null;
	successor: string | null;
	parent: string | null;
}

const PAGE = 200;

/**
 * One reorganisation with a page of its changes in order, the names of the units in them, and (on the first page) what speaks against it:
 * that of July 2025 has 14 000 changes.
 */
export async function showReorganisation(work: Work, input: { id: string; q?: string; after?: number }) {
	const head = await requireReorganisation(work, input.id);
	const rows = await changeRows(work, input.id, head.on, { ...input, limit: PAGE + 1 });
	const isOpen = ["draft", "submitted", "approved"].includes(head.state) && input.after === undefined;
	const page = rows.slice(0, PAGE);
	return {
		...head,
		rows: page.map((row) => ({
			position: row.position,
			change: changeOf(row),
			unit: row.unit ?? row.name ?? "",
			successor: row.successor ?? "",
			parent: row.parent ?? "",
		})),
		next: rows.length > PAGE ? (page.at(-1)?.position ?? null) : null,
		conflicts: isOpen ? await conflictsNow(work, head.on, await readChanges(work, input.id)) : [],
	};
}

/** The changes of a reorganisation, in order. */
export async function readChanges(work: Work, id: string): Promise<Change[]> {
	const { rows } = await sql<PlainRow>`select ${CHANGE} from app.reorganisation_change c
		where c.reorganisation_id = ${id} order by c.position`.execute(work.db);
	return rows.map(changeOf);
}

/** What speaks against these changes as the registry stands now. */
export async function conflictsNow(work: Work, on: Day, changes: readonly Change[]): Promise<Conflict[]> {
	return conflictsOf(changes, on, await readRegistry(work, on, changes));
}

const CHANGE =
	sql.raw(`c.position, c.kind, c.unit_id as "unitId", c.key, c.successor_id as "successorId", c.part, c.share_numerator as numerator,
	c.share_denominator as denominator, c.document, c.unit_kind as "unitKind", c.code, c.name, c.parent_id as "parentId", c.parent_key as "parentKey"`);

interface Asked {
	q?: string;
	after?: number;
	limit: number;
}

async function changeRows(work: Work, id: string, on: Day, asked: Asked): Promise<ChangeRow[]> {
	const like = asked.q ? `%${searchKey(asked.q).replace(/[\\%_]/g, "\\$&")}%` : null;
	const { rows } = await sql<ChangeRow>`
		select ${CHANGE}, calc.unit_name(c.unit_id, ${on}::date - 1) as unit,
			coalesce(calc.unit_name(c.successor_id, ${on}::date), k.name) as successor, coalesce(calc.unit_name(c.parent_id, ${on}::date), p.name) as parent
		from app.reorganisation_change c
		left join app.reorganisation_change k on k.reorganisation_id = c.reorganisation_id and k.kind = 'create' and c.kind = 'succeed' and k.key = c.key
		left join app.reorganisation_change p on p.reorganisation_id = c.reorganisation_id and p.kind = 'create' and p.key = c.parent_key
		where c.reorganisation_id = ${id} and c.position > ${asked.after ?? -1}
			and (${like}::text is null or c.search_key like ${like} or c.code = ${asked.q ?? ""} or exists (select from app.unit_spell s
				where s.unit_id in (c.unit_id, c.successor_id) and (s.search_key like ${like} or s.code = ${asked.q ?? ""})))
		order by c.position limit ${asked.limit}`.execute(work.db);
	return rows;
}

function changeOf(row: PlainRow): Change {
	const unitId = row.unitId ?? 0;
	const parent =
		row.parentId === null ? (row.parentKey === null ? undefined : { key: row.parentKey }) : { unitId: row.parentId };
	switch (row.kind) {
		case "create":
			return {
				kind: "create",
				key: row.key ?? "",
				unitKind: row.unitKind ?? "commune",
				code: row.code ?? "",
				name: row.name ?? "",
				parent: parent ?? {},
			};
		case "change":
			return { kind: "change", unitId, code: row.code ?? undefined, name: row.name ?? undefined, parent };
		case "end":
			return { kind: "end", unitId };
		case "succeed":
			return {
				kind: "succeed",
				unitId,
				successor: row.successorId === null ? { key: row.key ?? "" } : { unitId: row.successorId },
				part: row.part ?? "full",
				share:
					row.numerator === null || row.denominator === null
						? undefined
						: { numerator: row.numerator, denominator: row.denominator },
				document: row.document,
			};
	}
}
