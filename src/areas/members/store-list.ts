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
import { readTyped } from "./store-typed.ts";

type ListInput = MembersInput<"list">;
type ListFilter = Omit<ListInput, "limit" | "after" | "reverse">;

/** A first page is told how many there are, or that there are more than this. */
const COUNTED = 1000;

/**
 * The members of a unit on a day in the order of Vietnamese name lists, a page at a time from either end (keyset by sort key and
 * spell, so that any length costs the same). See calc.list_members for how they are found.
 */
export async function listMembers(work: Work, input: ListInput) {
	const on = input.on ?? work.today;
	const unit = await requireUnit(work, input);
	const after = input.after === undefined ? null : readCursor(input.after);
	const most = after === null ? Math.max(input.limit, COUNTED) + 1 : input.limit + 1;
	const found = await findSpells(work, unit, input, on, {
		after,
		reverse: input.reverse,
		fewest: input.limit + 1,
		most,
	});
	const page = found.slice(0, input.limit);
	const last = page.at(-1);
	return {
		rows: await readRows(
			work,
			page.map((row) => row.id),
			on,
		),
		next: found.length > input.limit && last ? writeCursor([last.key, last.id]) : null,
		total: after === null ? (found[0]?.total ?? 0) : null,
		more: after === null && (found[0]?.totalIsFloor ?? false),
	};
}

interface Found {
	id: string;
	key: string;
	total: number;
	totalIsFloor: boolean;
}

async function findSpells(
	work: Work,
	unit: Unit,
	input: ListFilter,
	on: Day,
	part: { after: Cursor | null; reverse: boolean; fewest: number; most: number },
): Promise<Found[]> {
	const { words, phone, hmac } = readTyped(work, input.q);
	const { status, all } = listOf(input);
	const { rows } =
		await sql<Found>`select spell_id as id, sort_key as key, total, total_is_floor as "totalIsFloor" from calc.list_members(${unit.id}, ${input.leafId ?? null},
		${on}::date, ${status}::text[], ${all}, ${input.only ?? null}, ${words}::text[], ${phone}, ${hmac}::bytea,
		${part.after?.[0] ?? null}, ${part.after?.[1] ?? null}::uuid, ${part.reverse}, ${part.fewest}, ${part.most})`.execute(
			work.db,
		);
	return rows;
}

/** Which list is asked for: that of those who count is asked for by its status, too, and is found without looking at it. */
function listOf({ status, all }: Pick<ListInput, "status" | "all">): { status: string[] | null; all: boolean } {
	if (!status?.length) return { status: null, all };
	return status.every((one) => one === "counts") ? { status: null, all: false } : { status, all };
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
export async function openListed(
	work: Work,
	unit: Unit,
	input: Pick<ListInput, "leafId" | "status" | "all">,
	on: Day,
): Promise<Listed> {
	const { status, all } = listOf(input);
	await sql`declare listed scroll cursor for select id from calc.list_all_members(${unit.id}, ${input.leafId ?? null}, ${on}::date,
		${status}::text[], ${all}) as id`.execute(work.db);
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
		select person_id as "personId", spell_id as "spellId", full_name as name, birth::text as birth, birth_precision as precision, sex, honorary,
			core_member as "coreMember", phone, leaf_id as "leafId", branch, commune, stage, joined::text as joined, left_on::text as "left",
			since::text as since, ended::text as ended, leave_reason as "leaveReason", counts::text as counting, residences, away,
			has_id as "hasId", has_consent as "hasConsent"
		from calc.member_lines(${spellIds}::uuid[], ${on}::date)`.execute(work.db);
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

/** A place in a list: a sort key, and the spell among those that share it. */
type Cursor = [string, string];

function writeCursor(place: Cursor): string {
	return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function readCursor(text: string): Cursor {
	try {
		const place = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
		if (Array.isArray(place) && typeof place[0] === "string" && uuid.test(place[1])) return place as Cursor;
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
	}
	throw new Problem("list.cursor", 422, "Trang danh sách không hợp lệ. Hãy mở lại danh sách.", { field: "after" });
}
