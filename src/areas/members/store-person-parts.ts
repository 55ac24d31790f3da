import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { readMultirange } from "../../db/ranges.ts";
import { actionWords } from "../audit-words.ts";
import type { MemberShow } from "./contract-member.ts";
import { LEAVE_REASON_TEXT, type Residence, STATUS_TEXT, statusOn } from "./rules.ts";
import { CONSENT_HOW_TEXT, CONSENT_PURPOSE_TEXT, POST_TEXT } from "./rules-words.ts";
import { readTransfers } from "./store-transfers.ts";

/** The parts of the person page, each as the contract has it. Row-level security decides which rows there are. */

type Spell = MemberShow["spells"][number];

export async function spellsOf(work: Work, personId: string, honorary: boolean, on: Day): Promise<Spell[]> {
	const { rows } = await sql<
		Omit<Spell, "counts" | "leaveReasonText" | "status" | "statusText"> & { counting: string }
	>`
		select s.id, s.leaf_id as "leafId", case when u.kind in ('branch', 'group') then calc.unit_name(s.leaf_id, ${on}::date)
				else 'Chưa xếp chi hội' end as branch,
			coalesce(calc.unit_name(calc.commune_of(s.leaf_id, ${on}::date), ${on}::date), '') as commune,
			s.stage, s.joined::text as joined, s.left_on::text as "left", s.leave_reason as "leaveReason", s.counts::text as counting,
			coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'start', r.start, 'until', r.until) order by r.start nulls first, r.id)
				from app.residence r where r.spell_id = s.id), '[]') as residences,
			coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'since', a.since, 'until', a.until, 'kind', a.kind, 'place', a.place,
				'paysDues', a.pays_dues, 'takesPart', a.takes_part) order by a.since, a.id) from app.away a where a.spell_id = s.id), '[]') as away,
			case when s.introduced_by is not null or s.introducer_name <> '' then jsonb_build_object(
				'personId', (select i.id from app.person i where i.id = s.introduced_by),
				'name', coalesce(nullif(s.introducer_name, ''), (select i.full_name from app.person i where i.id = s.introduced_by), '')) end as introducer,
			s.recognised_on::text as "recognisedOn", s.minutes, calc.may_at('members.write', s.leaf_id) as "mayWrite"
		from app.spell s join app.unit u on u.id = s.leaf_id where s.person_id = ${personId} order by s.joined, s.id`.execute(
		work.db,
	);
	return rows.map(({ counting, ...row }) => {
		const counts = readMultirange(counting);
		const spell = { ...row, residences: row.residences as Residence[] };
		const { status } = statusOn(spell, counts, honorary, on);
		return {
			...row,
			counts,
			leaveReasonText: row.leaveReason === null ? null : LEAVE_REASON_TEXT[row.leaveReason],
			status,
			statusText: STATUS_TEXT[status],
		};
	});
}

export async function affiliationsOf(work: Work, personId: string, on: Day): Promise<MemberShow["affiliations"]> {
	const { rows } = await sql<MemberShow["affiliations"][number]>`
		select a.id, a.unit_id as "unitId", calc.unit_name(a.unit_id, ${on}::date) as unit, u.kind, a.since::text as since, a.until::text as until
		from app.affiliation a join app.unit u on u.id = a.unit_id where a.person_id = ${personId} order by a.since, a.id`.execute(
		work.db,
	);
	return rows;
}

export async function postsOf(work: Work, personId: string, on: Day): Promise<MemberShow["posts"]> {
	const { rows } = await sql<Omit<MemberShow["posts"][number], "postText">>`
		select id, unit_id as "unitId", calc.unit_name(unit_id, ${on}::date) as unit, post, since::text as since, until::text as until
		from app.post where person_id = ${personId} order by since, id`.execute(work.db);
	return rows.map((row) => ({ ...row, postText: POST_TEXT[row.post] }));
}

/** Whom she brought to the Union (R13). */
export async function introducedBy(work: Work, personId: string): Promise<MemberShow["introduced"]> {
	const { rows } = await sql<MemberShow["introduced"][number]>`
		select p.id as "personId", p.full_name as name, min(s.joined)::text as joined
		from app.spell s join app.person p on p.id = s.person_id
		where s.introduced_by = ${personId} and s.stage = 'recognised' group by p.id order by min(s.joined), p.id limit 200`.execute(
		work.db,
	);
	return rows;
}

export async function consentsOf(work: Work, personId: string): Promise<MemberShow["consents"]> {
	const { rows } = await sql<Omit<MemberShow["consents"][number], "purposeText" | "howText">>`
		select id, purpose, given_on::text as "givenOn", how, text_version as "textVersion", document, withdrawn_on::text as "withdrawnOn"
		from app.consent where person_id = ${personId} order by given_on, id`.execute(work.db);
	return rows.map((row) => ({
		...row,
		purposeText: CONSENT_PURPOSE_TEXT[row.purpose],
		howText: CONSENT_HOW_TEXT[row.how],
	}));
}

export async function transfersOf(work: Work, personId: string): Promise<MemberShow["transfers"]> {
	const { rows } = await sql<{
		id: string;
	}>`select id from app.transfer where person_id = ${personId} order by id desc`.execute(work.db);
	return readTransfers(
		work,
		rows.map((row) => row.id),
	);
}

/** Records that were merged into this one and may be parted again. */
export async function mergesOf(work: Work, personId: string): Promise<MemberShow["merges"]> {
	const { rows } = await sql<MemberShow["merges"][number]>`
		select m.id, p.full_name as "mergedName", to_json(m.at)#>>'{}' as at,
			calc.splits_above(m.id) or (calc.writes_person(m.kept_id)
				and not exists (select from jsonb_array_elements_text(m.moved -> 'spell') s where not calc.writes_spell(s::uuid))) as "maySplit"
		from app.person_merge m join app.person p on p.id = m.merged_id
		where m.kept_id = ${personId} and m.undone_at is null order by m.at`.execute(work.db);
	return rows;
}

/** Who saw, who changed: the audit's rows about her that the caller may read. Accounts of other units go without a name. */
export async function historyOf(work: Work, personId: string): Promise<MemberShow["history"]> {
	const { rows } = await sql<Omit<MemberShow["history"][number], "actionText">>`
		select to_json(a.at)#>>'{}' as at, a.action, coalesce(nullif(c.display_name, ''), c.username, 'Tài khoản của đơn vị khác') as by,
			calc.unit_name(a.unit_id, a.at::date) as unit, calc.unit_name(a.acting_for, a.at::date) as "actingFor"
		from app.audit a left join app.account c on c.id = a.account_id
		where a.subject_id = ${personId} order by a.id desc limit 200`.execute(work.db);
	return rows.map((row) => ({ ...row, actionText: actionWords(row.action) }));
}
