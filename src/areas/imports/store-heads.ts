import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Lowering } from "../headcounts/store-unlisted.ts";
import type { RosterLayout } from "../members/rules-roster-layout.ts";
import type { ConsentBasis, Counts, ImportRow, ImportShow } from "./contract.ts";

/** An import without its file and rows. */
export interface ImportHead extends Omit<ImportRow, "counts"> {
	layout: RosterLayout;
	summary: { lines?: Record<string, number>; newBranches?: string[] };
	consent: ConsentBasis | null;
	lowerUnlisted: string;
	rowsTotal: number;
	committedBy: string | null;
	actingFor: number | null;
}

const HEAD =
	sql.raw(`i.id, i.unit_id as "unitId", calc.unit_name(i.unit_id, i.as_of) as "unitName", i.as_of::text as "asOf",
	i.file_name as "fileName", i.state, i.layout, i.summary, i.consent, i.lower_unlisted as "lowerUnlisted", i.rows_total as "rowsTotal",
	i.rows_done as "rowsDone", i.created_at::text as "createdAt", i.committed_at::text as "committedAt", i.undone_at::text as "undoneAt",
	i.failure, i.committed_by as "committedBy", i.acting_for as "actingFor", coalesce(a.display_name, '') as "createdBy"`);

/** The import, or a Problem that says nothing of whether it is another's. */
export async function requireImport(work: Work, id: string, how: { lock?: boolean } = {}): Promise<ImportHead> {
	const { rows } = await sql<ImportHead>`select ${HEAD} from app.import i left join app.account a on a.id = i.created_by
		where i.id = ${id} ${how.lock ? sql`for update of i` : sql``}`.execute(work.db);
	if (!rows[0]) throw new Problem("import.not_found", 404, "Không tìm thấy lần nhập danh sách này.");
	return rows[0];
}

/** The imports of a unit, newest first. */
export async function listImports(work: Work, input: { unitId: number; limit: number }): Promise<ImportRow[]> {
	const { rows } = await sql<ImportHead>`select ${HEAD} from app.import i left join app.account a on a.id = i.created_by
		where i.unit_id in (select unit_id from app.unit_scope where ancestor_id = ${input.unitId} and own)
		order by i.created_at desc, i.id desc limit ${input.limit}`.execute(work.db);
	const counts = await countsOf(
		work,
		rows.map(({ id }) => id),
	);
	return rows.map((head) => wire(head, counts));
}

/** How many rows of each import do what; those without a row of their own are added. `warned`: accepted or updated with a warning. */
export async function countsOf(work: Work, ids: string[]): Promise<Map<string, Counts>> {
	const { rows } = await sql<Counts & { id: string }>`
		select i.id, r.rows + b.plain as rows, r.added + b.plain as accepted, r.updated, r.rejected, r.warned, r.skipped, r.asked
		from unnest(${ids}::uuid[]) i(id)
		cross join lateral (
			select count(*)::integer as rows, count(*) filter (where action = 'add')::integer as added,
				count(*) filter (where action = 'update')::integer as updated,
				count(*) filter (where action in ('refuse', 'ask'))::integer as rejected,
				count(*) filter (where action in ('add', 'update') and problems @> '[{"level": "warning"}]')::integer as warned,
				count(*) filter (where action = 'skip')::integer as skipped,
				count(*) filter (where action = 'ask')::integer as asked
			from app.import_row where import_id = i.id
		) r
		cross join lateral (
			select greatest(0, coalesce(sum(x.rows), 0) - r.rows)::integer as plain from app.import_block x where x.import_id = i.id
		) b`.execute(work.db);
	return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

const NO_COUNTS: Counts = { rows: 0, accepted: 0, updated: 0, rejected: 0, warned: 0, skipped: 0, asked: 0 };

function wire(head: ImportHead, counts: Map<string, Counts>): ImportRow {
	return { ...head, counts: counts.get(head.id) ?? NO_COUNTS };
}

/** One import as lists and progress bars show it. */
export async function importRowOf(work: Work, head: ImportHead): Promise<ImportRow> {
	return wire(head, await countsOf(work, [head.id]));
}

/** One import with its layout and how often each problem was found. */
export async function previewImport(work: Work, input: { id: string }): Promise<ImportShow> {
	const head = await requireImport(work, input.id);
	const { rows: problems } = await sql<ImportShow["problems"][number]>`
		select p ->> 'code' as code, p ->> 'level' as level, min(p ->> 'text') as text, count(*)::integer as rows
		from app.import_row r cross join jsonb_array_elements(r.problems) p
		where r.import_id = ${input.id}
		group by 1, 2 order by array_position(array['error', 'warning', 'info'], p ->> 'level'), count(*) desc, 1`.execute(
		work.db,
	);
	return {
		...(await importRowOf(work, head)),
		layout: head.layout,
		consent: head.consent,
		lowerUnlisted: readLowering(head.lowerUnlisted),
		problems,
		lines: head.summary.lines ?? {},
		newBranches: head.summary.newBranches ?? [],
		mayUndo: head.state === "committed",
	};
}

/** `auto`, `none` or a number, as the table keeps it. */
export function readLowering(text: string): Lowering {
	return text === "auto" || text === "none" ? text : Number(text);
}

/** A place of an import for reading and writing its roster. */
export function placeOfImport(head: ImportHead): { importId: string; unitId: number; asOf: Day } {
	return { importId: head.id, unitId: head.unitId, asOf: head.asOf };
}
