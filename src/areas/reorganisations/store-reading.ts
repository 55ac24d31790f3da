import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Change, Conflict, Reorganisation } from "./contract.ts";
import { conflictsOf } from "./rules.ts";
import { readRegistry } from "./store-registry.ts";

const HEAD = sql`select r.id, r.title, r.decree, r.on_day::text as "on", r.unit_id as "unitId",
	calc.unit_name(r.unit_id, r.on_day) as unit, r.state,
	(select count(*) from app.reorganisation_change c where c.reorganisation_id = r.id) as changes,
	calc.account_name(r.drafted_by) as "draftedBy", coalesce(r.drafted_by = calc.account_id(), false) as mine, calc.account_name(r.decided_by) as "decidedBy", r.decision_note as "decisionNote",
	r.applied_at::text as "appliedAt", r.undone_at::text as "undoneAt", r.version from app.reorganisation r`;

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

interface ChangeRow {
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
	unit: string | null;
	successor: string | null;
}

/** One reorganisation with its changes in order, the names of the units in them, and what speaks against it. */
export async function showReorganisation(work: Work, id: string) {
	const head = await requireReorganisation(work, id);
	const rows = await changeRows(work, id, head.on);
	const changes = rows.map(changeOf);
	const open = ["draft", "submitted", "approved"].includes(head.state);
	return {
		...head,
		rows: rows.map((row, at) => ({
			position: row.position,
			change: changes[at],
			unit: row.unit ?? row.name ?? "",
			successor: row.successor ?? rows.find((made) => made.kind === "create" && made.key === row.key)?.name ?? "",
		})),
		conflicts: open ? await conflictsNow(work, head.on, changes) : [],
	};
}

/** The changes of a reorganisation, in order. */
export async function readChanges(work: Work, id: string, on: Day): Promise<Change[]> {
	return (await changeRows(work, id, on)).map(changeOf);
}

/** What speaks against these changes as the registry stands now. */
export async function conflictsNow(work: Work, on: Day, changes: readonly Change[]): Promise<Conflict[]> {
	return conflictsOf(changes, on, await readRegistry(work, on, changes));
}

async function changeRows(work: Work, id: string, on: Day): Promise<ChangeRow[]> {
	const { rows } = await sql<ChangeRow>`
		select position, kind, unit_id as "unitId", key, successor_id as "successorId", part, share_numerator as numerator,
			share_denominator as denominator, document, unit_kind as "unitKind", code, name, parent_id as "parentId", parent_key as "parentKey",
			calc.unit_name(unit_id, ${on}::date - 1) as unit, calc.unit_name(successor_id, ${on}::date) as successor
		from app.reorganisation_change where reorganisation_id = ${id} order by position`.execute(work.db);
	return rows;
}

function changeOf(row: ChangeRow): Change {
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
