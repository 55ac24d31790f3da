import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { CatalogueEntry } from "./contract.ts";
import { requireSupported } from "./store-standing.ts";

/** The lists she may choose from: the guidance's words first, then what units added, the oldest first. */
export async function listCatalogue(work: Work, { kinds }: { kinds?: string[] }): Promise<CatalogueEntry[]> {
	const { rows } = await sql<CatalogueEntry>`select c.code, c.kind, c.words, c.parent_code as "parentCode", c.guidance,
			case when c.offered_by is null then null else jsonb_build_object('unitId', c.offered_by, 'name', ${nameOf("offered_by")}) end as "offeredBy",
			case when c.offered_under is null then null else jsonb_build_object('unitId', c.offered_under, 'name', ${nameOf("offered_under")}) end as "offeredUnder",
			c.offered_to_all as "offeredToAll",
			c.offered_by is not null and not c.offered_to_all and exists (select from calc.my_grants('support.assign') g
				join app.unit_scope s on s.ancestor_id = g.unit_id and s.unit_id = c.offered_under and s.ancestor_id <> s.unit_id) as "mayOffer"
		from app.support_catalogue c where ${kinds ?? null}::text[] is null or c.kind = any(${kinds ?? null}::text[])
		order by c.offered_by is not null, c.position, c.added_at, c.code`.execute(work.db);
	return rows;
}

/** The name a unit bears today, or bore last. */
function nameOf(column: "offered_by" | "offered_under") {
	return sql`coalesce((select s.name from app.unit_spell s where s.unit_id = ${sql.ref(`c.${column}`)} order by lower(s.during) desc limit 1), '')`;
}

/** Adds an entry of a unit's own (default: hers): it can be chosen there and in every unit below. */
export async function addEntry(
	work: Work,
	input: { unitId?: number; kind: "cause" | "solution" | "group" | "partner"; words: string; parentCode?: string },
) {
	const unit = await requireSupported(work, { unitId: input.unitId });
	const { rows: same } = await sql`select from app.support_catalogue where kind = ${input.kind}
		and lower(words) = lower(${input.words})`.execute(work.db);
	if (same.length > 0)
		throw new Problem("support.entry_known", 409, "Danh mục đã có mục này. Hãy chọn mục ấy.", { field: "words" });
	if (input.kind === "solution") await requireCodes(work, "solution_group", [input.parentCode ?? ""], "parentCode");
	const code = `own.${uuidv7()}`;
	await sql`insert into app.support_catalogue (code, kind, words, parent_code, offered_by, offered_under, added_by)
		values (${code}, ${input.kind}, ${input.words}, ${input.kind === "solution" ? (input.parentCode ?? null) : null},
			${unit.id}, ${unit.id}, ${work.accountId}::uuid)`.execute(work.db);
	await work.audit({ action: "support.addEntry", unitId: unit.id, detail: { kind: input.kind } });
	return { code };
}

/** Offers an entry of a unit below hers to all below hers; the centre to the whole country. What is offered stays offered. */
export async function offerEntry(work: Work, { code }: { code: string }) {
	const entry = (await listCatalogue(work, {})).find((one) => one.code === code);
	if (!entry) throw unknownEntry("code");
	if (!entry.mayOffer)
		throw new Problem(
			"support.not_to_offer",
			409,
			entry.offeredToAll || entry.offeredBy === null
				? "Mục này đã dùng chung cho cả nước."
				: "Chỉ Hội cấp trên của đơn vị đã thêm mới giới thiệu mục này cho mọi đơn vị.",
			{ field: "code" },
		);
	const { rows } = await sql<{
		unitId: number;
		centre: boolean;
	}>`select g.unit_id as "unitId", u.kind = 'centre' as centre
		from calc.my_grants('support.assign') g join app.unit u on u.id = g.unit_id
		join app.unit_scope s on s.ancestor_id = g.unit_id and s.unit_id = ${entry.offeredUnder?.unitId ?? 0}
		order by centre desc limit 1`.execute(work.db);
	const { unitId, centre } = rows[0] as (typeof rows)[number];
	await sql`update app.support_catalogue set offered_under = ${unitId}, offered_to_all = ${centre} where code = ${code}`.execute(
		work.db,
	);
	await work.audit({ action: "support.offerEntry", unitId, detail: { code } });
	return { code, offeredToAll: centre };
}

/** Refuses codes that are not entries of the kind that can be chosen for a unit (none: by her): so everyone who reads its case reads them. */
export async function requireCodes(
	work: Work,
	kind: string,
	codes: readonly string[],
	field: string,
	unitId: number | null = null,
): Promise<void> {
	if (codes.length === 0) return;
	const { rows } = await sql<{ code: string }>`select c.code from app.support_catalogue c where c.kind = ${kind}
		and c.code = any(${[...codes]}::text[]) and (${unitId}::integer is null or c.offered_by is null or c.offered_to_all
			or exists (select from app.unit_scope s where s.unit_id = ${unitId}::integer and s.ancestor_id = c.offered_under))`.execute(
		work.db,
	);
	const known = new Set(rows.map(({ code }) => code));
	if (codes.some((code) => !known.has(code))) throw unknownEntry(field);
}

function unknownEntry(field: string): Problem {
	return new Problem(
		"support.entry_unknown",
		422,
		"Một mục đã chọn không có trong danh mục chị được dùng. Hãy tải lại trang rồi chọn lại.",
		{
			field,
		},
	);
}
