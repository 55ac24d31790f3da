import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit, type UnitRef } from "../units/store-reading.ts";
import type { MemberRow, MemberStatus } from "./contract-member.ts";
import { listMembers } from "./store-list.ts";
import { requireVerbAt } from "./store-person-row.ts";

/** A line of a list with what leaves the program only with `members.export`. */
export interface ExportRow extends MemberRow {
	/** The whole number, a CCCD before a CMND; null where none is known. */
	nationalId: string | null;
	address: string;
	occupation: string;
	note: string;
	introducerName: string;
}

/**
 * Every line of a unit's list in order, whole numbers included, a page at a time: for Excel files and the command line. Needs
 * `members.export` over the unit; leaves one audit row.
 */
export async function* exportMembers(
	work: Work,
	input: UnitRef & { all?: boolean; leafId?: number; status?: MemberStatus[] },
): AsyncGenerator<ExportRow> {
	const unit = await requireUnit(work, input);
	await requireVerbAt(work, "members.export", unit.id);
	await work.audit({ action: "members.export", unitId: unit.id, detail: { on: input.on ?? work.today } });
	let after: string | undefined;
	do {
		const status = input.status && input.status.length > 0 ? input.status : undefined;
		const page = await listMembers(work, { ...input, status, all: input.all ?? false, limit: 500, after });
		const more = await exportColumns(
			work,
			page.rows.map((row) => row.spellId),
		);
		for (const row of page.rows) yield { ...row, ...(more.get(row.spellId) as ExportColumns) };
		after = page.next ?? undefined;
	} while (after !== undefined);
}

type ExportColumns = Pick<ExportRow, "nationalId" | "address" | "occupation" | "note" | "introducerName">;

async function exportColumns(work: Work, spellIds: string[]): Promise<Map<string, ExportColumns>> {
	const { rows } = await sql<ExportColumns & { spellId: string; cipher: Buffer | null }>`
		select s.id as "spellId", p.address, p.occupation, p.note, s.introducer_name as "introducerName",
			(select n.cipher from app.national_id n where n.person_id = p.id order by n.kind limit 1) as cipher
		from app.spell s join app.person p on p.id = s.person_id where s.id = any(${spellIds}::uuid[])`.execute(work.db);
	return new Map(
		rows.map(({ spellId, cipher, ...row }) => [
			spellId,
			{ ...row, nationalId: cipher === null ? null : work.vault.open(cipher).toString("utf8") },
		]),
	);
}

/** Where the members of a unit reach their six months within some days (R2), the next first. */
export async function listSixMonths(work: Work, input: UnitRef & { days: number }) {
	const unit = await requireUnit(work, input);
	const on = input.on ?? work.today;
	const { rows } = await sql<{
		personId: string;
		spellId: string;
		name: string;
		branch: string;
		start: Day;
		countsFrom: Day;
	}>`select p.id as "personId", s.id as "spellId", p.full_name as name,
			case when u.kind in ('branch', 'group') then calc.unit_name(u.id, ${on}::date) else 'Chưa xếp chi hội' end as branch,
			r.start::text as start, lower(c)::text as "countsFrom"
		${sixMonthsFrom(unit.id, on, input.days)}
		order by lower(c), p.sort_key, p.id`.execute(work.db);
	return rows;
}

/** Spells whose counting begins in the days after `on`, because their six months have then run. */
export function sixMonthsFrom(unitId: number, on: Day, days: number) {
	return sql`from app.residence r join app.spell s on s.id = r.spell_id cross join unnest(s.counts) c
		join app.person p on p.id = s.person_id join app.unit u on u.id = s.leaf_id
		where r.kind = 'temporary' and r.until is null
			and r.start between ${on}::date - interval '6 months' - interval '4 days' and ${on}::date + ${days}::integer - interval '6 months' + interval '4 days'
			and lower(c) > ${on}::date and lower(c) <= ${on}::date + ${days}::integer and lower(c) = (r.start + interval '6 months')::date
			and s.leaf_id in (select calc.leaves_of(array[${unitId}::integer], ${on}::date))`;
}
