import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { MembersInput } from "./contract.ts";
import type { DuplicatePair } from "./contract-member.ts";
import {
	DUPLICATE_POINTS,
	type DuplicateReason,
	duplicateWords,
	LEAST_POINTS,
	REASON_WORDS,
} from "./rules-duplicates.ts";
import { writeBirth } from "./rules-person.ts";

type ListInput = MembersInput<"duplicatePairs">;
type Cursor = [score: number, id: string];

/** One pass over all members of the country, in the database; whoever is found twice waits in the queue of both communes. */
export async function findDuplicates(work: Work) {
	const { rows } = await sql<{ compared: number; pairs: number; raised: number; gone: number }>`
		select * from calc.find_duplicates(${JSON.stringify(DUPLICATE_POINTS)}::jsonb, ${LEAST_POINTS}::integer)`.execute(
		work.db,
	);
	await work.audit({ action: "members.findDuplicates", detail: rows[0] });
	return rows[0];
}

/**
 * The pairs of which one stands in a unit, the likeliest first, a page at a time. Where the other is a woman the caller does not
 * see, no more than her commune's name is told, and a page that tells such a name leaves an audit row.
 */
export async function listDuplicatePairs(work: Work, input: ListInput) {
	const unit = await requireUnit(work, input);
	const after = input.after === undefined ? null : readCursor(input.after);
	const decision = input.which === "open" ? null : input.which;
	const mine = sql`from app.duplicate_pair d where d.id in (${pairsOf(unit.id)}) and d.decision is not distinct from ${decision}::text`;
	const { rows } = await sql<{ id: string; score: number; total: number | null }>`
		select d.id, d.score, ${after ? sql`null::bigint` : sql`count(*) over ()`} as total ${mine}
			and ${after ? sql`(-d.score, d.id) > (${-after[0]}::integer, ${after[1]}::uuid)` : sql`true`}
		order by -d.score, d.id limit ${input.limit + 1}`.execute(work.db);
	const page = rows.slice(0, input.limit);
	const last = page.at(-1);
	const pairs = await readPairs(
		work,
		page.map(({ id }) => id),
	);
	const elsewhere = pairs.filter(({ sides }) => sides.some(({ personId }) => personId === null)).length;
	if (elsewhere > 0) await work.audit({ action: "members.duplicatePairs", unitId: unit.id, detail: { elsewhere } });
	return {
		rows: pairs,
		next: rows.length > input.limit && last ? `${last.score}_${last.id}` : null,
		total: after ? null : (page[0]?.total ?? 0),
		foundOn: await lastPass(work),
	};
}

/** The ids of the pairs of which one woman stands in a unit or below it. */
export function pairsOf(unitId: number) {
	const scope = sql`(select unit_id from app.unit_scope where ancestor_id = ${unitId})`;
	return sql`select id from app.duplicate_pair where leaf_a in ${scope} union select id from app.duplicate_pair where leaf_b in ${scope}`;
}

/** What someone who may write one of the two says of a pair: one woman, two, or, to take it back, nothing. */
export async function judgeDuplicate(work: Work, input: MembersInput<"judgeDuplicate">): Promise<DuplicatePair> {
	const { rows } = await sql<{ communes: number[] }>`
		update app.duplicate_pair d set decision = ${input.decision}, decided_by = ${input.decision && work.accountId},
			decided_at = ${input.decision ? sql`now()` : null}
		where id = ${input.pairId}
		returning array[calc.commune_of(leaf_a, ${work.today}::date), calc.commune_of(leaf_b, ${work.today}::date)] as communes`.execute(
		work.db,
	);
	const [pair] = await readPairs(work, [input.pairId]);
	if (!pair)
		throw new Problem("duplicate.not_found", 404, "Cặp hồ sơ này không còn nghi trùng. Hãy tải lại danh sách.");
	if (!rows[0]) throw new Problem("access.denied", 403, "Việc này do cơ sở Hội có hội viên trả lời. Chị chỉ xem được.");
	// Both communes read in their log what was said of their member.
	for (const unitId of new Set(rows[0].communes))
		await work.audit({
			action: "members.judgeDuplicate",
			unitId,
			detail: { pair: input.pairId, decision: input.decision },
		});
	return pair;
}

interface PairRow {
	id: string;
	score: number;
	reasons: DuplicateReason[];
	foundOn: Day;
	decision: "same" | "different" | null;
	decidedOn: Day | null;
	decidedAt: string | null;
	mayJudge: boolean;
	mayMerge: boolean;
	sides: {
		personId: string | null;
		name: string;
		birth: Day | null;
		precision: string;
		branch: string;
		commune: string;
	}[];
}

async function readPairs(work: Work, ids: readonly string[]): Promise<DuplicatePair[]> {
	// A person is null where row-level security does not show her.
	const side = (person: string, leaf: string) => sql`jsonb_build_object('personId', ${sql.ref(`${person}.id`)},
		'name', coalesce(${sql.ref(`${person}.full_name`)}, ''), 'birth', ${sql.ref(`${person}.birth`)}, 'precision', ${sql.ref(`${person}.birth_precision`)},
		'branch', case when ${sql.ref(`${person}.id`)} is null then '' when calc.commune_of(d.${sql.raw(leaf)}, ${work.today}::date) = d.${sql.raw(leaf)} then 'Chưa xếp chi hội'
			else calc.unit_name(d.${sql.raw(leaf)}, ${work.today}::date) end,
		'commune', calc.unit_name(calc.commune_of(d.${sql.raw(leaf)}, ${work.today}::date), ${work.today}::date))`;
	const { rows } = await sql<PairRow>`
		select d.id, d.score, d.reasons, d.found_on::text as "foundOn", d.decision,
			(d.decided_at at time zone 'Asia/Ho_Chi_Minh')::date::text as "decidedOn", calc.duplicate_judge(d.id) as "decidedAt",
			calc.may_at('members.write', d.leaf_a) or calc.may_at('members.write', d.leaf_b) as "mayJudge",
			a.id is not null and b.id is not null
				and (calc.merges_above(a.id, b.id) or (calc.writes_person(a.id) and calc.writes_person(b.id))) as "mayMerge",
			jsonb_build_array(${side("a", "leaf_a")}, ${side("b", "leaf_b")}) as sides
		from unnest(${ids}::uuid[]) with ordinality wanted(id, place) join app.duplicate_pair d on d.id = wanted.id
			left join app.person a on a.id = d.person_a left join app.person b on b.id = d.person_b
		order by wanted.place`.execute(work.db);
	return rows.map(({ reasons, sides, ...row }) => ({
		...row,
		reasons: reasons.map((code) => ({ code, text: REASON_WORDS[code], points: DUPLICATE_POINTS[code] })),
		reasonText: duplicateWords(reasons),
		// Her own first.
		sides: sides
			.toSorted((a, b) => Number(a.personId === null) - Number(b.personId === null))
			.map(({ precision, birth, ...one }) => ({ ...one, birth: writeBirth(birth, precision) })),
	}));
}

async function lastPass(work: Work): Promise<Day | null> {
	const { rows } = await sql<{ day: Day | null }>`select max(on_day)::text as day from app.duplicate_pass`.execute(
		work.db,
	);
	return rows[0].day;
}

function readCursor(text: string): Cursor {
	const [score, id] = text.split("_");
	if (!/^\d{1,6}$/.test(score) || !/^[0-9a-f-]{36}$/.test(id ?? ""))
		throw new Problem("list.cursor", 422, "Trang danh sách không hợp lệ. Hãy mở lại danh sách.", { field: "after" });
	return [Number(score), id];
}
