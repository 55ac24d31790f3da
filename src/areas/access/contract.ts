import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { id, text, unitId } from "../wire.ts";
import { GIVEN_ROLES } from "./rules.ts";

/** The given roles, for inputs. */
export const role = z.enum(GIVEN_ROLES as [string, ...string[]]);

export const account = z.object({
	id,
	username: z.string(),
	displayName: z.string(),
	unitId,
	unitName: z.string(),
	roles: z.array(z.object({ role: z.string(), label: z.string(), unitId, unitName: z.string() })),
	disabled: z.boolean(),
	mustChangePassword: z.boolean(),
	twoFactor: z.boolean(),
	version: z.int(),
});

/** Who is signed in, and what the screen may offer her. */
export const session = z.object({
	account: z.object({ id, username: z.string(), displayName: z.string(), mustChangePassword: z.boolean() }),
	unit: z.object({ id: unitId, kind: z.string(), code: z.string().nullable(), name: z.string() }),
	roles: z.array(z.string()),
	verbs: z.array(z.string()),
	/** Whether she acts for the unit below chosen on screen. */
	demo: z.boolean(),
	today: z.string(),
});

export const accessContract = {
	session: reads(null, "/access/session", "Tài khoản đang đăng nhập").input(z.object({})).output(session),
	accounts: reads("accounts.read", "/access/accounts", "Các tài khoản của đơn vị và cấp dưới")
		.input(z.object({ unitId: unitId.optional(), q: text(100).optional(), after: z.string().optional(), limit: z.int().min(1).max(200).default(100) }))
		.output(z.object({ rows: z.array(account), next: z.string().nullable() })),
	addAccount: writes("accounts.write", "/access/add-account", "Lập tài khoản; trả về mật khẩu dùng một lần")
		.input(z.object({ username: z.string(), displayName: text(200).default(""), role, unitId }))
		.output(z.object({ account, oneTimePassword: z.string() })),
	resetPassword: writes("accounts.write", "/access/reset-password", "Cấp lại mật khẩu dùng một lần")
		.input(z.object({ id }))
		.output(z.object({ oneTimePassword: z.string() })),
	setRoles: writes("accounts.write", "/access/set-roles", "Đổi quyền sử dụng")
		.input(z.object({ id, version: z.int(), roles: z.array(z.object({ role, unitId })).min(1) }))
		.output(account),
	setDisabled: writes("accounts.write", "/access/set-disabled", "Khóa hoặc mở lại tài khoản")
		.input(z.object({ id, version: z.int(), disabled: z.boolean() }))
		.output(account),
	audit: reads("audit.read", "/access/audit", "Nhật ký sử dụng")
		.input(
			z.object({
				unitId: unitId.optional(),
				accountId: id.optional(),
				subjectId: id.optional(),
				action: z.string().max(60).optional(),
				actingForOnly: z.boolean().optional(),
				before: z.string().optional(),
				limit: z.int().min(1).max(200).default(100),
			}),
		)
		.output(
			z.object({
				rows: z.array(
					z.object({
						id,
						at: z.string(),
						account: z.string(),
						action: z.string(),
						unit: z.string().nullable(),
						actingFor: z.string().nullable(),
						subjectId: id.nullable(),
						detail: z.record(z.string(), z.unknown()),
					}),
				),
				next: z.string().nullable(),
			}),
		),
};
