import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { MembersInput } from "./contract.ts";
import type { Transfer } from "./contract-member.ts";
import { writeBirth } from "./rules-person.ts";
import { keepingCounts } from "./store-counting.ts";
import { auditPerson, requireLasting, requireLeaf, requireSpell, requireVerbAt, sealId } from "./store-person-row.ts";

/**
 * Moves between communes (R2). One side asks, the other decides: the origin sends her and the destination accepts, or the
 * destination invites her in by her number and the origin agrees. Until then she is the origin's. A permanent move ends the
 * origin's membership on the day; a temporary one leaves a permanent home as it is and starts six months at the destination.
 */
export async function askTransfer(work: Work, input: MembersInput<"transfer">): Promise<Transfer> {
	const leaf = await requireLeaf(work, input.toUnitId, input.onDay);
	if (input.onDay > work.today)
		throw new Problem("transfer.future", 422, "Ngày chuyển không được ở tương lai.", { field: "onDay" });
	const origin = input.spellId ? await ownOrigin(work, input.spellId) : await originByNumber(work, input);
	if (origin.communeId === leaf.communeId)
		throw new Problem("transfer.same_commune", 422, "Hội viên đã ở xã, phường này. Hãy dùng “Chuyển chi hội”.", {
			field: "toUnitId",
		});
	if (!input.spellId) await requireVerbAt(work, "members.write", input.toUnitId);
	const id = uuidv7();
	await work.db
		.insertInto("transfer")
		.values({
			id,
			person_id: origin.personId,
			from_spell_id: origin.spellId,
			from_commune_id: origin.communeId,
			to_unit_id: input.toUnitId,
			on_day: input.onDay,
			residence: input.residence,
			asked_side: input.spellId ? "origin" : "destination",
			asked_by: work.accountId,
			note: input.note,
		})
		.execute();
	await tellBoth(work, "members.transfer", origin.personId, origin.communeId, leaf.communeId);
	return requireTransfer(work, id);
}

interface Origin {
	personId: string;
	spellId: string;
	communeId: number;
}

async function ownOrigin(work: Work, spellId: string): Promise<Origin> {
	const spell = await requireSpell(work, spellId);
	await requireVerbAt(work, "members.write", spell.leafId);
	if (spell.stage !== "recognised" || spell.left !== null)
		throw new Problem("transfer.not_a_member", 409, "Chỉ chuyển được hội viên đang sinh hoạt.");
	const { communeId } = await requireLeaf(work, spell.leafId, work.today);
	return { personId: spell.personId, spellId, communeId };
}

async function originByNumber(work: Work, input: { nationalId?: string }): Promise<Origin> {
	const id = sealId(work, input.nationalId ?? "", { birth: null, sex: "female" });
	if (!id)
		throw new Problem("transfer.who", 422, "Hãy chọn hội viên, hoặc ghi số CCCD/CMND của chị.", {
			field: "nationalId",
		});
	const { rows } = await sql<Origin>`select person_id as "personId", spell_id as "spellId", commune_id as "communeId"
		from calc.transfer_origin(${id.hmac}, ${work.today}::date)`.execute(work.db);
	if (!rows[0])
		throw new Problem("transfer.unknown_number", 404, "Không có hội viên nào mang số này đang sinh hoạt ở nơi khác.", {
			field: "nationalId",
		});
	return rows[0];
}

/** The deciding side agrees: the membership at the destination begins. */
export async function acceptTransfer(work: Work, input: MembersInput<"accept">): Promise<Transfer> {
	const row = await lockPending(work, input.id);
	const leafId = row.asked_side === "origin" ? (input.leafId ?? row.to_unit_id) : row.to_unit_id;
	const leaf = await requireLeaf(work, leafId, row.on_day);
	await requireLasting(work, leafId);
	const { rows } = await sql<{ personId: string; joined: Day; left: Day | null; permanent: boolean }>`
		select person_id as "personId", joined::text as joined, left_on::text as "left", permanent
		from calc.transfer_facts(${input.id})`.execute(work.db);
	if (!rows[0]) throw new Problem("access.denied", 403, "Đề nghị này do phía bên kia quyết định.");
	const her = rows[0];
	if (her.left !== null || row.on_day < her.joined)
		throw new Problem(
			"transfer.origin_ended",
			409,
			"Hội viên đã ra khỏi Hội ở nơi chuyển đi, hoặc ngày chuyển trước ngày vào Hội.",
		);
	const keepsHome = row.residence === "temporary" && her.permanent;
	const endsOrigin = keepsHome ? null : row.residence === "permanent" ? "moved" : "temporary_left";
	const joined = keepsHome ? acceptedOn(work, input.on, row.on_day) : row.on_day;
	await keepingCounts(work, [her.personId], () =>
		sql`select calc.carry_out_transfer(${input.id}, ${uuidv7()}, ${leafId}, ${joined}::date, ${endsOrigin})`.execute(
			work.db,
		),
	);
	await tellBoth(work, "members.accept", her.personId, row.from_commune_id, leaf.communeId);
	return requireTransfer(work, input.id);
}

/** While home still counts her, the destination does from the day it accepted (R2), never from before. */
function acceptedOn(work: Work, on: Day | undefined, moved: Day): Day {
	const accepted = on ?? work.today;
	if (accepted > work.today || accepted < moved)
		throw new Problem(
			"transfer.accepted_on",
			422,
			`Ngày tiếp nhận phải từ ${displayDay(moved)} đến ${displayDay(work.today)}.`,
			{ field: "on" },
		);
	return accepted;
}

/** The deciding side does not agree; she stays where she is. */
export function declineTransfer(work: Work, input: MembersInput<"declineTransfer">): Promise<Transfer> {
	return close(work, input.id, "declined", "members.declineTransfer", input.reason);
}

/** The asking side takes its request back. */
export function cancelTransfer(work: Work, input: { id: string }): Promise<Transfer> {
	return close(work, input.id, "cancelled", "members.cancelTransfer", "");
}

async function close(work: Work, id: string, state: "declined" | "cancelled", action: string, reason: string) {
	const row = await lockPending(work, id);
	const isOrigins = (row.asked_side === "origin") === (state === "cancelled");
	await requireVerbAt(work, "members.write", isOrigins ? row.from_commune_id : row.to_unit_id);
	await work.db
		.updateTable("transfer")
		.set({
			state,
			decided_by: work.accountId,
			decided_at: sql`now()`,
			...(reason === "" ? {} : { note: reason }),
		})
		.where("id", "=", id)
		.execute();
	const to = await requireLeaf(work, row.to_unit_id, row.on_day);
	await tellBoth(work, action, row.person_id, row.from_commune_id, to.communeId);
	return requireTransfer(work, id);
}

async function lockPending(work: Work, id: string) {
	const row = await work.db
		.selectFrom("transfer")
		.select(["person_id", "from_commune_id", "to_unit_id", "on_day", "residence", "asked_side", "state"])
		.where("id", "=", id)
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw new Problem("transfer.not_found", 404, "Không tìm thấy đề nghị chuyển sinh hoạt này.");
	if (row.state !== "pending")
		throw new Problem("transfer.decided", 409, "Đề nghị chuyển sinh hoạt này đã được giải quyết.");
	return row;
}

function tellBoth(work: Work, action: string, personId: string, from: number, to: number): Promise<void> {
	return auditPerson(work, action, personId, from, { to }).then(() =>
		auditPerson(work, action, personId, to, { from }),
	);
}

async function requireTransfer(work: Work, id: string): Promise<Transfer> {
	const [found] = await readTransfers(work, [id]);
	if (!found) throw new Problem("transfer.not_found", 404, "Không tìm thấy đề nghị chuyển sinh hoạt này.");
	return found;
}

/** Transfers that touch a unit or those below it, the latest first. */
export async function listTransfers(work: Work, input: MembersInput<"transfers">): Promise<Transfer[]> {
	const unit = await requireUnit(work, input);
	const within = sql`(select unit_id from app.unit_scope where ancestor_id = ${unit.id})`;
	const out = sql`t.from_commune_id in ${within}`;
	const into = sql`t.to_unit_id in ${within}`;
	const { rows } = await sql<{ id: string }>`select t.id from app.transfer t
		where ${input.direction === "out" ? out : input.direction === "in" ? into : sql`(${out} or ${into})`}
			and (${input.state ?? null}::text is null or t.state = ${input.state ?? null})
		order by t.state <> 'pending', t.id desc limit 500`.execute(work.db);
	return readTransfers(
		work,
		rows.map((row) => row.id),
	);
}

/** Transfers as the asking person may see them, in the order given. */
export async function readTransfers(work: Work, ids: readonly string[]): Promise<Transfer[]> {
	const { rows } = await sql<Omit<Transfer, "birth"> & { birth: Day | null; precision: string }>`
		select t.id, p.person_id as "personId", p.full_name as name, p.birth::text as birth, p.birth_precision as precision,
			calc.unit_name(t.from_commune_id, t.on_day) as "from",
			concat_ws(', ', calc.unit_name(t.to_unit_id, t.on_day),
				nullif(calc.unit_name(calc.commune_of(t.to_unit_id, t.on_day), t.on_day), calc.unit_name(t.to_unit_id, t.on_day))) as "to",
			t.to_unit_id as "toUnitId", t.on_day::text as "onDay", t.residence, t.state, t.asked_side as "askedBy",
			to_json(t.asked_at)#>>'{}' as "askedAt", to_json(t.decided_at)#>>'{}' as "decidedAt", t.note,
			p.may_decide as "mayDecide", p.may_cancel as "mayCancel"
		from unnest(${ids}::uuid[]) with ordinality n(id, place) join app.transfer t on t.id = n.id
		join calc.transfer_people(${ids}::uuid[]) p on p.transfer_id = t.id order by n.place`.execute(work.db);
	return rows.map(({ precision, ...row }) => ({ ...row, birth: writeBirth(row.birth, precision) }));
}
