import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { roleLabel } from "../access/rules.ts";
import type { AccountMove } from "./contract.ts";

const PAGE = 100;

/**
 * Accounts that reorganisations have moved, those still to be decided first: of one reorganisation or of all, a page at a time. Until the
 * level above decides, a role reaches what it reached the day before and nothing more (R38, R39).
 */
export async function listMoves(
	work: Work,
	input: { id?: string; open: boolean; after?: string },
): Promise<{ rows: AccountMove[]; open: number; next: string | null }> {
	const within = sql`(${input.id ?? null}::uuid is null or m.reorganisation_id = ${input.id ?? null}::uuid)`;
	const isOpen = sql`m.decision is null and m.kind <> 'ended'`;
	const { rows } = await sql<AccountMove & { role: string }>`
		select m.id, m.reorganisation_id as "reorganisationId", r.title, r.on_day::text as "on", m.kind, m.role, m.decision,
			m.account_id as "accountId", a.username, coalesce(nullif(a.display_name, ''), a.username) as name, a.disabled_at is not null as disabled,
			m.unit_id as "unitId", calc.unit_name(m.unit_id, r.on_day - 1) as unit, m.to_unit_id as "toUnitId", calc.unit_name(m.to_unit_id, r.on_day) as "toUnit",
			calc.account_name(m.decided_by) as "decidedBy", calc.may_decide_move(m.id) as "mayDecide",
			coalesce((select jsonb_agg(jsonb_build_object('unitId', x.successor_id, 'name', calc.unit_name(x.successor_id, x.on_day)) order by x.successor_id)
				from app.unit_succession x where x.predecessor_id = m.unit_id and x.part = 'partial'), '[]') as parts
		from app.account_move m join app.account a on a.id = m.account_id join app.reorganisation r on r.id = m.reorganisation_id
		where ${within} and (not ${input.open} or (${isOpen})) and (${input.after ?? null}::uuid is null or m.id > ${input.after ?? null}::uuid)
		order by m.id limit ${PAGE + 1}`.execute(work.db);
	const { rows: counted } = await sql<{ open: number }>`select count(*) as open from app.account_move m
		where ${within} and ${isOpen}`.execute(work.db);
	const page = rows.slice(0, PAGE);
	return {
		rows: page.map((row) => ({ ...row, roleLabel: roleLabel(row.role) })),
		open: counted[0].open,
		next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
	};
}

/** The level above agrees that accounts take their roles along (or, of a unit that was parted, to `toUnitId`), or closes them. */
export async function decideMoves(
	work: Work,
	input: { moveIds: string[]; outcome: "approved" | "closed"; toUnitId?: number },
): Promise<{ decided: number }> {
	const { rows: asked } = await sql<{
		unitId: number;
		accountId: string;
		role: string;
		homeless: boolean;
		decided: boolean;
		may: boolean;
	}>`
		select m.unit_id as "unitId", m.account_id as "accountId", m.role, m.kind <> 'widened' and m.to_unit_id is null as homeless,
			m.decision is not null as decided, calc.may_decide_move(m.id) as may
		from app.account_move m where m.id = any(${input.moveIds}::uuid[])`.execute(work.db);
	if (asked.some((one) => one.decided))
		throw new Problem("move.decided", 409, "Có tài khoản đã được người khác quyết định. Hãy mở lại danh sách.");
	if (asked.length < input.moveIds.length || asked.some((one) => !one.may))
		throw new Problem("access.denied", 403, "Việc này do Hội cấp trên của đơn vị quyết định.");
	if (input.outcome === "approved" && input.toUnitId === undefined && asked.some((one) => one.homeless))
		throw new Problem("move.unit_missing", 422, "Hãy chọn đơn vị mới cho tài khoản của đơn vị bị chia.", {
			field: "toUnitId",
		});
	const { rows } = await sql<{ n: number }>`
		select calc.decide_moves(${input.moveIds}::uuid[], ${input.outcome}, ${input.toUnitId ?? null}::integer) as n`.execute(
		work.db,
	);
	for (const one of asked)
		await work.audit({
			action: "reorganisations.decideAccounts",
			unitId: one.unitId,
			subjectId: one.accountId,
			detail: { role: one.role, outcome: input.outcome },
		});
	return { decided: rows[0].n };
}
