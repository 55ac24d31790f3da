import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { type Period, readMultirange } from "../../db/ranges.ts";
import type { Unit } from "../units/contract.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { MembersInput } from "./contract.ts";
import type { MemberRow } from "./contract-member.ts";
import { needsReview, type Residence, residenceOn, STATUS_TEXT, statusOn } from "./rules.ts";
import { writeBirth } from "./rules-person.ts";
import { HAS_ID, hasConsentSql, listedSql, onlySql, searchSql } from "./store-conditions.ts";

type ListInput = MembersInput<"list">;
type ListFilter = Omit<ListInput, "limit" | "after">;

/** Up to these levels the first page also counts the whole list; above, counting would cost more than the page. */
const COUNTED_LEVELS = ["commune", "unassigned", "branch", "group", "district"];

/**
 * The members of a unit on a day in the order of Vietnamese name lists, a page at a time (keyset by sort key and id, so that
 * any length costs the same).
 */
export async function listMembers(work: Work, input: ListInput) {
	const on = input.on ?? work.today;
	const unit = await requireUnit(work, input);
	const where = await conditions(work, unit, input, on);
	const after = input.after === undefined ? null : readCursor(input.after);
	const isCounted = after === null && (COUNTED_LEVELS.includes(unit.kind) || input.q);
	const { rows } = await sql<{ spellId: string; personId: string; sortKey: string; total: number | null }>`
		select s.id as "spellId", p.id as "personId", p.sort_key as "sortKey", ${isCounted ? sql`count(*) over ()` : sql`null::bigint`} as total
		from app.person p join app.spell s on s.person_id = p.id
		where ${where} and ${
			after === null
				? sql`true`
				: sql`(p.sort_key, p.id) >= (${after[0]}, ${after[1]}::uuid) and (p.sort_key, p.id, s.id) > (${after[0]}, ${after[1]}::uuid, ${after[2]}::uuid)`
		}
		order by p.sort_key, p.id, s.id limit ${input.limit + 1}`.execute(work.db);
	const page = rows.slice(0, input.limit);
	const last = page.at(-1);
	return {
		rows: await readRows(
			work,
			page.map((row) => row.spellId),
			on,
		),
		next: rows.length > input.limit && last ? writeCursor([last.sortKey, last.personId, last.spellId]) : null,
		total: isCounted ? (page[0]?.total ?? 0) : null,
	};
}

/** The memberships of a whole list in its order, for as long as its transaction lives. */
export interface Listed {
	isLongerThan(count: number): Promise<boolean>;
	/** The next ones; none at the end. */
	next(count: number): Promise<string[]>;
}

/**
 * Opens a whole list to be read to its end. The database sorts it once and keeps the place: of a province's 300 000 every page by
 * keyset would sort all of them again (measured: 600 pages of 9 s).
 */
export async function openListed(work: Work, unit: Unit, input: ListFilter, on: Day): Promise<Listed> {
	const where = await conditions(work, unit, input, on);
	// All of it will be read: the plan that is quickest to its end, not to its first row.
	await sql`set local cursor_tuple_fraction = 1`.execute(work.db);
	await sql`declare listed scroll cursor for select s.id from app.person p join app.spell s on s.person_id = p.id
		where ${where} order by p.sort_key, p.id, s.id`.execute(work.db);
	const fetch = async (what: string) => {
		const { rows } = await sql<{ id: string }>`fetch ${sql.raw(what)} from listed`.execute(work.db);
		return rows.map((row) => row.id);
	};
	return {
		async isLongerThan(count) {
			const [beyond] = await fetch(`absolute ${count + 1}`);
			await sql`move absolute 0 in listed`.execute(work.db);
			return beyond !== undefined;
		},
		next: (count) => fetch(`forward ${count}`),
	};
}

async function conditions(work: Work, unit: Unit, input: ListFilter, on: Day) {
	const parts = [listedSql(input, on), onlySql(input.only, on), searchSql(work, input.q)];
	// The whole country needs no filter: row-level security shows what may be seen.
	if (unit.kind !== "centre" || input.leafId !== undefined) {
		const leaves = await leavesOf(work, unit.id, on);
		const wanted = input.leafId === undefined ? leaves : await withinBranch(work, unit, input.leafId, leaves, on);
		parts.push(sql<boolean>`s.leaf_id = any(${wanted}::integer[])`);
	}
	return sql`${sql.join(parts, sql` and `)}`;
}

/** A branch with its groups; for the commune itself those in no branch. */
async function withinBranch(work: Work, unit: Unit, leafId: number, leaves: number[], on: Day): Promise<number[]> {
	if (leafId === unit.id && ["commune", "unassigned"].includes(unit.kind)) return [leafId];
	const mine = new Set(leaves);
	return (await leavesOf(work, leafId, on)).filter((leaf) => mine.has(leaf) || unit.kind === "centre");
}

/** The leaves (branches, groups, communes themselves) whose members are a unit's on a day. */
async function leavesOf(work: Work, unitId: number, on: Day): Promise<number[]> {
	const { rows } = await sql<{
		id: number;
	}>`select calc.leaves_of(array[${unitId}::integer], ${on}::date) as id`.execute(work.db);
	return rows.map((row) => row.id);
}

interface RawRow {
	personId: string;
	spellId: string;
	name: string;
	birth: Day | null;
	precision: string;
	sex: "female" | "male";
	honorary: boolean;
	coreMember: boolean;
	phone: string;
	leafId: number;
	branch: string | null;
	commune: string | null;
	stage: "proposed" | "recognised" | "declined";
	/** The spell's own days; `since` and `ended` are those of the membership, which goes on when she changes branch. */
	joined: Day;
	left: Day | null;
	since: Day;
	ended: Day | null;
	leaveReason: string | null;
	counting: string;
	residences: Residence[];
	away: { since: Day; until: Day | null }[];
	hasId: boolean;
	hasConsent: boolean;
}

/** Lines of these spells as of a day, in the order given. */
export async function readRows(work: Work, spellIds: readonly string[], on: Day): Promise<MemberRow[]> {
	if (spellIds.length === 0) return [];
	const { rows } = await sql<RawRow>`
		select p.id as "personId", s.id as "spellId", p.full_name as name, p.birth::text as birth, p.birth_precision as precision, p.sex,
			p.honorary, p.core_member as "coreMember", p.phone, s.leaf_id as "leafId",
			case when u.kind in ('branch', 'group') then calc.unit_name(s.leaf_id, ${on}::date) end as branch,
			calc.unit_name(calc.commune_of(s.leaf_id, ${on}::date), ${on}::date) as commune,
			s.stage, s.joined::text as joined, s.left_on::text as "left",
			(case when exists (select from app.spell b where b.person_id = s.person_id and b.leave_reason = 'branch' and b.left_on = s.joined)
				then calc.member_since(s.person_id, s.joined) else s.joined end)::text as since,
			(case s.leave_reason when 'branch' then calc.member_until(s.person_id, s.left_on) else s.left_on end)::text as ended, nullif(s.leave_reason, 'branch') as "leaveReason",
			s.counts::text as counting,
			coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'start', r.start, 'until', r.until) order by r.start nulls first, r.id)
				from app.residence r where r.spell_id = s.id), '[]') as residences,
			coalesce((select jsonb_agg(jsonb_build_object('since', a.since, 'until', a.until)) from app.away a where a.spell_id = s.id), '[]') as away,
			${HAS_ID} as "hasId", ${hasConsentSql(on)} as "hasConsent"
		from unnest(${spellIds}::uuid[]) with ordinality n(id, place) join app.spell s on s.id = n.id
		join app.person p on p.id = s.person_id join app.unit u on u.id = s.leaf_id order by n.place`.execute(work.db);
	return rows.map((row) => memberRow(row, on));
}

function memberRow(row: RawRow, on: Day): MemberRow {
	const { stage, residences, away, counting, precision, birth, branch, commune, since, ended, ...rest } = row;
	const counts: Period[] = readMultirange(counting);
	const spell = { id: row.spellId, stage, joined: row.joined, left: row.left, residences };
	const { status, countsFrom } = statusOn(spell, counts, row.honorary, on);
	const residence = residenceOn(residences, on) ?? residences.at(-1) ?? null;
	return {
		...rest,
		joined: since,
		left: ended,
		birth: writeBirth(birth, precision),
		branch: branch ?? "Chưa xếp chi hội",
		commune: commune ?? "",
		residence: residence?.kind ?? null,
		residenceStart: residence?.start ?? null,
		counts: status === "counts",
		countsFrom,
		status,
		statusText: STATUS_TEXT[status],
		review: stage === "recognised" && (row.left === null || row.left > on) && needsReview(residences, away, on),
	};
}

function writeCursor(key: [string, string, string]): string {
	return Buffer.from(JSON.stringify(key)).toString("base64url");
}

function readCursor(text: string): [string, string, string] {
	try {
		const key = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
		if (Array.isArray(key) && typeof key[0] === "string" && uuid.test(key[1]) && uuid.test(key[2]))
			return key as [string, string, string];
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
	}
	throw new Problem("list.cursor", 422, "Trang danh sách không hợp lệ. Hãy mở lại danh sách.", { field: "after" });
}
