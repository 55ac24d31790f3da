import { randomBytes, randomInt } from "node:crypto";
import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import { cleanText } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { hashPassword } from "../../db/password.ts";
import { GIVEN_ROLES, ROLES, roleLabel } from "./rules.ts";

/** No characters that look alike: read out over the phone, typed from a paper. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

/** A one-time password such as `k7mf-2qxa-9tdr`: 59 bits. Shown once, kept only as a hash, never logged. */
export function makeOneTimePassword(): string {
	const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
	return [group(), group(), group()].join("-");
}

interface AccountRow {
	id: string;
	username: string;
	displayName: string;
	unitId: number;
	unitName: string;
	roles: { role: string; unitId: number; unitName: string }[];
	disabled: boolean;
	mustChangePassword: boolean;
	twoFactor: boolean;
	devices: number;
	invitedUntil: string | null;
	mayManage: boolean;
	version: number;
}

/** A unit's name today, or the last one it had. */
export const unitName = (column: string) =>
	sql.raw(`(select n.name from app.unit_spell n where n.unit_id = ${column}
		order by n.during @> calc.today() desc, n.during desc limit 1)`);

const ACCOUNT = sql`a.id, a.username, a.display_name as "displayName", a.unit_id as "unitId", ${unitName("a.unit_id")} as "unitName",
	coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'unitId', r.unit_id, 'unitName', ${unitName("r.unit_id")}) order by r.granted_at, r.role)
		from app.account_role r where r.account_id = a.id), '[]') as roles,
	a.disabled_at is not null as disabled, a.must_change_password as "mustChangePassword", calc.has_two_factor(a.id) as "twoFactor",
	(select count(*) from app.device d where d.account_id = a.id and d.revoked_at is null) as devices,
	(select max(i.expires_at) from app.invitation i where i.account_id = a.id and i.used_at is null and i.expires_at > now()) as "invitedUntil",
	calc.may_manage(a.id) as "mayManage", a.version`;

/** Accounts she may see, by name; `after` is the last sign-in name of the page before. */
export async function listAccounts(
	work: Work,
	input: { unitId?: number; q?: string; after?: string; limit: number },
): Promise<{ rows: ReturnType<typeof told>[]; next: string | null }> {
	const like = input.q ? `%${input.q.replace(/[\\%_]/g, "\\$&")}%` : null;
	const { rows } = await sql<AccountRow>`select ${ACCOUNT} from app.account a
		where a.username > ${input.after ?? ""} and a.username not in ('operator', 'system')
			and (${like}::text is null or a.username ilike ${like} or a.display_name ilike ${like})
			and (${input.unitId ?? null}::integer is null
				or a.unit_id in (select unit_id from app.unit_scope where ancestor_id = ${input.unitId ?? null}::integer))
		order by a.username limit ${input.limit + 1}`.execute(work.db);
	const page = rows.slice(0, input.limit);
	return { rows: page.map(told), next: rows.length > input.limit ? page[page.length - 1].username : null };
}

/** The roles she may give at a unit. */
export async function listGivableRoles(work: Work, input: { unitId: number }) {
	const { rows } = await sql<{ role: string }>`
		select role from unnest(${[...GIVEN_ROLES]}::text[]) with ordinality r(role, n)
		where calc.may_give(role, ${input.unitId}) order by n`.execute(work.db);
	return rows.map(({ role }) => ({ role, label: roleLabel(role) }));
}

/** Makes an account with one role at its unit and a one-time password. */
export async function addAccount(
	work: Work,
	input: { username: string; displayName: string; role: string; unitId: number },
) {
	await requireGivable(work, input);
	const id = uuidv7();
	const values = {
		id,
		username: input.username,
		display_name: cleanText(input.displayName),
		unit_id: input.unitId,
		created_by: work.accountId,
	};
	await work.db.insertInto("account").values(values).execute();
	await work.db
		.insertInto("account_role")
		.values({ account_id: id, role: input.role, unit_id: input.unitId })
		.execute();
	const oneTimePassword = await resetCredential(work, id);
	await work.audit({
		action: "access.addAccount",
		unitId: input.unitId,
		subjectId: id,
		detail: { username: input.username, role: input.role },
	});
	return { account: await requireAccount(work, id), oneTimePassword };
}

/** A new one-time password; sessions, phones, app codes and passkeys of the account end. */
export async function resetPassword(work: Work, input: { id: string }) {
	const account = await requireManaged(work, input.id);
	const oneTimePassword = await resetCredential(work, input.id);
	await work.audit({ action: "access.resetPassword", unitId: account.unitId, subjectId: input.id });
	return { oneTimePassword };
}

/** Replaces the roles of an account. */
export async function setRoles(
	work: Work,
	input: { id: string; version: number; roles: { role: string; unitId: number }[] },
) {
	const account = await requireManaged(work, input.id, input.version);
	const key = (given: { role: string; unitId: number }) => `${given.role} ${given.unitId}`;
	const wanted = new Map(input.roles.map((given) => [key(given), given]));
	const held = new Set(account.roles.map(key));
	for (const [name, given] of wanted) if (!held.has(name)) await requireGivable(work, given);
	for (const [name, given] of wanted)
		if (!held.has(name))
			await work.db
				.insertInto("account_role")
				.values({ account_id: input.id, role: given.role, unit_id: given.unitId })
				.execute();
	for (const given of account.roles)
		if (!wanted.has(key(given)))
			await work.db
				.deleteFrom("account_role")
				.where("account_id", "=", input.id)
				.where("role", "=", given.role)
				.where("unit_id", "=", given.unitId)
				.execute();
	await touch(work, input.id, {});
	await work.audit({
		action: "access.setRoles",
		unitId: account.unitId,
		subjectId: input.id,
		detail: { roles: input.roles },
	});
	return requireAccount(work, input.id);
}

/** Disables an account, which ends its sessions at once, or lets it in again. */
export async function setDisabled(work: Work, input: { id: string; version: number; disabled: boolean }) {
	const account = await requireManaged(work, input.id, input.version);
	await touch(work, input.id, { disabled_at: input.disabled ? sql<string>`now()` : null });
	if (input.disabled) await sql`select calc.end_sessions(${input.id}::uuid)`.execute(work.db);
	await work.audit({
		action: "access.setDisabled",
		unitId: account.unitId,
		subjectId: input.id,
		detail: { disabled: input.disabled },
	});
	return requireAccount(work, input.id);
}

const INVITATION_HOURS = 72;

/** An invitation for one phone. An earlier one of the same account, not yet used, ends. */
export async function invite(work: Work, input: { id: string }) {
	const account = await requireManaged(work, input.id);
	if (account.disabled)
		throw new Problem("account.disabled", 409, "Tài khoản này đang bị khóa. Hãy mở lại trước khi mời.");
	const token = randomBytes(24).toString("base64url");
	const { expires } = (
		await sql<{ expires: string }>`select now() + make_interval(hours => ${INVITATION_HOURS}) as expires`.execute(
			work.db,
		)
	).rows[0];
	await work.db.deleteFrom("invitation").where("account_id", "=", input.id).where("used_at", "is", null).execute();
	await sql`insert into app.invitation (id, account_id, token_hash, made_by, expires_at)
		values (${uuidv7()}, ${input.id}, sha256(convert_to(${token}, 'UTF8')), ${work.accountId}, ${expires})`.execute(
		work.db,
	);
	await work.audit({ action: "access.invite", unitId: account.unitId, subjectId: input.id });
	return { token, expiresAt: expires };
}

/** Ends PIN sign-in on every phone of an account: one's own after a loss, or one she manages. */
export async function revokeDevices(work: Work, input: { id: string }) {
	const { rows } = await sql<{ id: string }>`update app.device set revoked_at = now()
		where account_id = ${input.id} and revoked_at is null returning id`.execute(work.db);
	await work.audit({ action: "access.revokeDevices", subjectId: input.id, detail: { devices: rows.length } });
	return { revoked: rows.length };
}

async function resetCredential(work: Work, id: string): Promise<string> {
	const oneTimePassword = makeOneTimePassword();
	await sql`select calc.reset_credential(${id}::uuid, ${await hashPassword(oneTimePassword)})`.execute(work.db);
	return oneTimePassword;
}

async function requireGivable(work: Work, { role, unitId }: { role: string; unitId: number }): Promise<void> {
	const { rows } = await sql<{ kind: string; ok: boolean; lives: boolean }>`
		select u.kind, calc.may_give(${role}, u.id) as ok,
			exists (select from app.unit_spell s where s.unit_id = u.id and s.during @> calc.today()) as lives
		from app.unit u where u.id = ${unitId}`.execute(work.db);
	if (!rows[0]) throw new Problem("unit.not_found", 404, "Không tìm thấy đơn vị.", { field: "unitId" });
	if (!rows[0].lives)
		throw new Problem(
			"account.unit_ended",
			422,
			"Đơn vị này không còn hoạt động nên không giao quyền ở đó được. Hãy chọn đơn vị hình thành sau sắp xếp.",
			{ field: "unitId" },
		);
	if (rows[0].ok) return;
	const kinds: readonly string[] = ROLES[role as keyof typeof ROLES].kinds;
	if (!kinds.includes(rows[0].kind))
		throw new Problem(
			"account.role_unfit",
			422,
			`Quyền “${roleLabel(role)}” không giao được ở loại đơn vị này. Hãy chọn quyền hoặc đơn vị khác.`,
			{ field: "role" },
		);
	throw new Problem(
		"account.role_beyond",
		403,
		"Chị chỉ giao được quyền trong phạm vi đơn vị mình và cấp dưới, không vượt quyền của chính mình.",
		{ field: "role" },
	);
}

async function findAccount(work: Work, id: string) {
	const { rows } = await sql<AccountRow>`select ${ACCOUNT} from app.account a where a.id = ${id}`.execute(work.db);
	return rows[0] ? told(rows[0]) : null;
}

async function requireAccount(work: Work, id: string) {
	const account = await findAccount(work, id);
	if (account) return account;
	throw new Problem("account.not_found", 404, "Không tìm thấy tài khoản này trong phạm vi của chị.");
}

/** The account, locked for this transaction, if she may change it and nobody did since she looked. */
async function requireManaged(work: Work, id: string, version?: number) {
	await requireAccount(work, id);
	await sql`select from app.account where id = ${id} for no key update`.execute(work.db);
	const account = await requireAccount(work, id);
	if (!account.mayManage)
		throw new Problem("account.not_yours", 403, "Tài khoản này do Hội cấp trên quản lý, chị không thay đổi được.");
	if (version !== undefined && version !== account.version)
		throw new Problem("account.stale", 409, "Người khác vừa thay đổi tài khoản này. Hãy xem lại rồi lưu.", {
			detail: { current: account },
		});
	return account;
}

async function touch(work: Work, id: string, change: { disabled_at?: ReturnType<typeof sql<string>> | null }) {
	await work.db
		.updateTable("account")
		.set({ ...change, version: sql<number>`version + 1` })
		.where("id", "=", id)
		.execute();
}

function told(row: AccountRow) {
	return { ...row, roles: row.roles.map((given) => ({ ...given, label: roleLabel(given.role) })) };
}
