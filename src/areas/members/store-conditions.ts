import { type RawBuilder, sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { readNationalId } from "../../core/national-id.ts";
import { readPhone } from "../../core/phone.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import type { MembersInput } from "./contract.ts";
import { MONTHS_AWAY, MONTHS_OF_PRESENCE } from "./rules.ts";

/** Conditions over `s` (spell) and `p` (person) as of a day. */

/** `statusOn` of rules.ts in SQL, to filter by; a test holds the two together. */
export function statusSql(on: Day): RawBuilder<string> {
	return sql<string>`case
		when s.counts @> ${on}::date then 'counts'
		when s.stage <> 'recognised' then s.stage
		when p.honorary then 'honorary'
		when ${on}::date < s.joined then 'not_joined_yet'
		when s.left_on <= ${on}::date then 'left'
		when exists (select from app.residence r where r.spell_id = s.id and (r.until is null or ${on}::date < r.until)
			and case r.kind when 'permanent' then r.start is null or r.start <= ${on}::date
				else r.start + ${`${MONTHS_OF_PRESENCE} months`}::interval <= ${on}::date end) then 'elsewhere'
		else coalesce((select case when r.kind = 'permanent' then 'not_resident' when r.start is null then 'start_unknown' else 'under_six_months' end
			from app.residence r where r.spell_id = s.id and (r.start is null or r.start <= ${on}::date) and (r.until is null or ${on}::date < r.until)
			order by r.start desc nulls last, r.id desc limit 1), 'not_resident') end`;
}

/** "Cần rà soát cư trú" (rules.ts, needsReview) of a member who has not left. */
export function reviewSql(on: Day): RawBuilder<boolean> {
	return sql<boolean>`(s.stage = 'recognised' and (s.left_on is null or s.left_on > ${on}::date)
		and exists (select from app.away a where a.spell_id = s.id and (a.until is null or a.until > ${on}::date)
			and a.since + case when (select r.kind from app.residence r where r.spell_id = s.id and (r.start is null or r.start <= ${on}::date)
					and (r.until is null or ${on}::date < r.until) order by r.start desc nulls last, r.id desc limit 1) = 'temporary'
				then ${`${MONTHS_AWAY.temporary} months`}::interval else ${`${MONTHS_AWAY.permanent} months`}::interval end <= ${on}::date))`;
}

export const HAS_ID = sql<boolean>`exists (select from app.national_id n where n.person_id = p.id)`;

export function hasConsentSql(on: Day): RawBuilder<boolean> {
	return sql<boolean>`exists (select from app.consent c where c.person_id = p.id and c.purpose = 'membership'
		and c.given_on <= ${on}::date and (c.withdrawn_on is null or c.withdrawn_on > ${on}::date))`;
}

/**
 * She is in the list of a day by default where she counts; with `all` also where she does not, declined proposals apart. Of a
 * membership that was cut because she changed branch, the part of that day.
 */
export function listedSql(input: Pick<MembersInput<"list">, "status" | "all">, on: Day): RawBuilder<boolean> {
	const ofTheDay = sql<boolean>`(s.leave_reason is distinct from 'branch' or s.left_on > ${on}::date)
		and (s.joined <= ${on}::date or not exists (select from app.spell b where b.person_id = s.person_id and b.leave_reason = 'branch'
			and b.left_on = s.joined))`;
	if (input.status?.length)
		return sql<boolean>`(${statusSql(on)} = any(${input.status}::text[]) and (s.counts @> ${on}::date or ${ofTheDay}))`;
	return input.all
		? sql<boolean>`(s.stage <> 'declined' and (s.counts @> ${on}::date or ${ofTheDay}))`
		: sql<boolean>`s.counts @> ${on}::date`;
}

export function onlySql(only: MembersInput<"list">["only"], on: Day): RawBuilder<boolean> {
	if (only === "without_id") return sql<boolean>`not ${HAS_ID}`;
	if (only === "without_consent") return sql<boolean>`not ${hasConsentSql(on)}`;
	if (only === "review") return reviewSql(on);
	return only === "core" ? sql<boolean>`p.core_member` : sql<boolean>`true`;
}

/** What someone typed to find a member: a whole number, a phone, or words of a name in any order without diacritics. */
export function searchSql(work: Work, q: string | undefined): RawBuilder<boolean> {
	const key = searchKey(q ?? "");
	if (key === "") return sql<boolean>`true`;
	if (/^[\d\s.+-]+$/.test(key)) return numberSql(work, key);
	const words = key.split(" ").map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
	return sql<boolean>`(${sql.join(
		[key.replace(/[\\%_]/g, "\\$&")].map((whole) => sql`p.search_key like ${`%${whole}%`}`),
		sql` and `,
	)} or (${sql.join(
		words.map((word) => sql`p.search_key like ${word}`),
		sql` and `,
	)}))`;
}

function numberSql(work: Work, typed: string): RawBuilder<boolean> {
	const digits = typed.replace(/\D/g, "");
	const phone = readPhone(typed).value ?? digits;
	const { value } = readNationalId(digits, { birth: null, sex: null });
	if (value === null) return sql<boolean>`p.phone like ${`${phone}%`}`;
	return sql<boolean>`(p.phone = ${phone} or exists (select from app.national_id n where n.person_id = p.id
		and n.hmac = ${work.vault.fingerprint(value)}))`;
}
