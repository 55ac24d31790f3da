import { sql } from "kysely";
import type { Work } from "../../db/actor.ts";
import type { StoreOf } from "../store-of.ts";
import type { accessContract } from "./contract.ts";
import { verbsOf } from "./rules.ts";
import {
	addAccount,
	invite,
	listAccounts,
	listGivableRoles,
	resetPassword,
	revokeDevices,
	setDisabled,
	setRoles,
} from "./store-accounts.ts";
import { listActedForUs, listAudit } from "./store-audit.ts";

/** Who may do what (R39). Signing in itself is better-auth's (server/session.ts). */
export const access: StoreOf<typeof accessContract> = {
	session,
	accounts: listAccounts,
	givableRoles: listGivableRoles,
	addAccount,
	resetPassword,
	setRoles,
	setDisabled,
	invite,
	revokeDevices,
	audit: listAudit,
	actedForUs: listActedForUs,
};

/** Who is signed in, at which unit, and what the screen may offer her. */
async function session(work: Work) {
	const { rows } = await sql<{
		id: string;
		username: string;
		displayName: string;
		mustChangePassword: boolean;
		unit: { id: number; kind: string; code: string | null; name: string };
		roles: string[];
		moving: {
			unit: string;
			toUnit: string | null;
			on: string;
			kind: "succeeded" | "widened" | "parted" | "ended";
		} | null;
		demo: boolean;
	}>`select a.id, a.username, a.display_name as "displayName", a.must_change_password as "mustChangePassword",
			jsonb_build_object('id', u.id, 'kind', u.kind, 'code', s.code, 'name', s.name) as unit,
			coalesce((select array_agg(distinct r.role) from app.account_role r where r.account_id = a.id
				and (exists (select from app.unit_spell x where x.unit_id = r.unit_id and x.during @> ${work.today}::date)
					or exists (select from app.account_move m where m.account_id = a.id and m.role = r.role and m.unit_id = r.unit_id
						and m.kind = 'succeeded' and m.decision is null))), '{}') as roles,
			(select jsonb_build_object('unit', calc.unit_name(m.unit_id, o.on_day - 1), 'toUnit', calc.unit_name(m.to_unit_id, o.on_day),
					'on', o.on_day, 'kind', m.kind)
				from app.account_move m join app.reorganisation o on o.id = m.reorganisation_id
				where m.account_id = a.id and m.unit_id = a.unit_id and m.decision is distinct from 'approved' order by o.on_day desc limit 1) as moving,
			exists (select from app.setting where name = 'demo') as demo
		from app.account a join app.unit u on u.id = a.unit_id
		join lateral (select code, name from app.unit_spell where unit_id = u.id order by during @> ${work.today}::date desc, during desc limit 1) s on true
		where a.id = ${work.accountId}`.execute(work.db);
	const { id, username, displayName, mustChangePassword, unit, roles, moving, demo } = rows[0];
	return {
		account: { id, username, displayName, mustChangePassword },
		unit,
		roles,
		verbs: verbsOf(roles),
		moving,
		demo,
		today: work.today,
	};
}
