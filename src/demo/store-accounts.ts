import type { ClientBase } from "pg";
import { Problem } from "../core/problem.ts";
import { SYSTEM_ID } from "../db/actor.ts";
import { hashPassword } from "../db/password.ts";
import type { DemoAccount } from "./accounts.ts";
import { idsOf } from "./random.ts";

/** Writes the demo accounts with one role each. They sign in with the demo's password, which nobody is asked to change. */
export async function writeAccounts(
	client: ClientBase,
	accounts: readonly DemoAccount[],
	password: string,
	seed: number,
): Promise<void> {
	const newId = idsOf(seed, "accounts");
	const hash = await hashPassword(password);
	await client.query("select set_config('app.account', $1, true)", [SYSTEM_ID]);
	for (const account of accounts) {
		const id = newId();
		const unitId = await unitOf(client, account);
		await client.query(
			"insert into app.account (id, username, display_name, unit_id, created_by) values ($1, $2, $3, $4, $5)",
			[id, account.username, account.displayName, unitId, SYSTEM_ID],
		);
		await client.query("insert into app.account_role (account_id, role, unit_id) values ($1, $2, $3)", [
			id,
			account.role,
			unitId,
		]);
		await client.query("select calc.reset_credential($1, $2)", [id, hash]);
		await client.query("update app.account set must_change_password = false, password_until = null where id = $1", [
			id,
		]);
	}
}

async function unitOf(client: ClientBase, { unit, branch, username }: DemoAccount): Promise<number> {
	const { rows } = await client.query(
		branch
			? `select u.id from app.unit p join app.unit_spell s on s.parent_id = p.id and upper_inf(s.during)
				join app.unit u on u.id = s.unit_id and u.kind = 'branch' where p.builtin_key = $1 order by u.id limit 1`
			: "select id from app.unit where builtin_key = $1",
		[unit],
	);
	if (!rows[0])
		throw new Problem("demo.unit_missing", 500, `Không tìm thấy đơn vị của tài khoản minh họa “${username}”.`);
	return rows[0].id;
}
