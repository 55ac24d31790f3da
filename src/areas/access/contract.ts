import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, id, text, unitId } from "../wire.ts";
import { GIVEN_ROLES } from "./rules.ts";

/** The given roles, for inputs. */
export const role = z.enum(GIVEN_ROLES as [string, ...string[]], { error: "Quyền sử dụng không hợp lệ." });

const username = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^[a-z0-9._-]{3,40}$/, { error: "Tên đăng nhập gồm 3–40 chữ thường không dấu, chữ số, dấu chấm, gạch." });

export const account = z.object({
	id,
	username: z.string(),
	displayName: z.string(),
	unitId,
	unitName: z.string(),
	roles: z.array(z.object({ role: z.string(), label: z.string(), unitId, unitName: z.string() })),
	disabled: z.boolean(),
	mustChangePassword: z.boolean(),
	/** A second step (app code or passkey) is set up. */
	twoFactor: z.boolean(),
	/** Phones that sign in by PIN. */
	devices: z.int(),
	/** An invitation is out and not yet used, until this instant. */
	invitedUntil: z.string().nullable(),
	/** Whether the one who asks may change it: the screen offers its buttons by this alone. */
	mayManage: z.boolean(),
	version: z.int(),
});

/** Who is signed in, and what the screen may offer her. */
export const session = z.object({
	account: z.object({ id, username: z.string(), displayName: z.string(), mustChangePassword: z.boolean() }),
	unit: z.object({ id: unitId, kind: z.string(), code: z.string().nullable(), name: z.string() }),
	roles: z.array(z.string()),
	verbs: z.array(z.string()),
	/** Her unit was rearranged, and the level above has not (or not in her favour) decided how her account goes on (R38). */
	moving: z
		.object({
			unit: z.string(),
			toUnit: z.string().nullable(),
			on: z.string(),
			kind: z.enum(["succeeded", "widened", "parted", "ended"]),
		})
		.nullable(),
	/** Whether she acts for the unit below chosen on screen. */
	demo: z.boolean(),
	today: z.string(),
});

const auditRow = z.object({
	id,
	at: z.string(),
	account: z.string(),
	action: z.string(),
	unit: z.string().nullable(),
	actingFor: z.string().nullable(),
	subjectId: id.nullable(),
	detail: z.record(z.string(), z.unknown()),
});

const limit = z.int().min(1).max(200).default(100);

export const accessContract = {
	session: reads(null, "/access/session", "Tài khoản đang đăng nhập").input(z.object({})).output(session),
	accounts: reads("accounts.read", "/access/accounts", "Các tài khoản của đơn vị và cấp dưới")
		.input(
			z.object({
				/** Only accounts at this unit and below it. */
				unitId: unitId.optional(),
				/** A part of the sign-in name or of the person's name. */
				q: text(100).optional(),
				after: z.string().max(40).optional(),
				limit,
			}),
		)
		.output(z.object({ rows: z.array(account), next: z.string().nullable() })),
	givableRoles: reads("accounts.write", "/access/givable-roles", "Các quyền có thể giao ở một đơn vị")
		.input(z.object({ unitId }))
		.output(z.array(z.object({ role: z.string(), label: z.string() }))),
	addAccount: writes("accounts.write", "/access/add-account", "Lập tài khoản; trả về mật khẩu dùng một lần")
		.input(z.object({ username, displayName: text(200).default(""), role, unitId }))
		.output(z.object({ account, oneTimePassword: z.string() })),
	resetPassword: writes(
		"accounts.write",
		"/access/reset-password",
		"Cấp lại mật khẩu dùng một lần; mọi cách đăng nhập cũ đều thôi",
	)
		.input(z.object({ id }))
		.output(z.object({ oneTimePassword: z.string() })),
	setRoles: writes("accounts.write", "/access/set-roles", "Đổi quyền sử dụng")
		.input(z.object({ id, version: z.int(), roles: z.array(z.object({ role, unitId })).min(1).max(20) }))
		.output(account),
	setDisabled: writes("accounts.write", "/access/set-disabled", "Khóa hoặc mở lại tài khoản")
		.input(z.object({ id, version: z.int(), disabled: z.boolean() }))
		.output(account),
	invite: writes("accounts.write", "/access/invite", "Lời mời bằng liên kết hoặc mã QR để đặt mã PIN trên điện thoại")
		.input(z.object({ id }))
		/** Shown once: the screen makes the link from it. A later invitation of the same account ends this one. */
		.output(z.object({ token: z.string(), expiresAt: z.string() })),
	revokeDevices: writes(
		null,
		"/access/revoke-devices",
		"Thôi đăng nhập bằng mã PIN trên mọi điện thoại của một tài khoản",
	)
		.input(z.object({ id }))
		.output(z.object({ revoked: z.int() })),
	audit: reads("audit.read", "/access/audit", "Nhật ký sử dụng")
		.input(
			z.object({
				/** What was done at or for this unit and those below it. */
				unitId: unitId.optional(),
				accountId: id.optional(),
				subjectId: id.optional(),
				/** A whole action ("members.add") or an area ("members"). */
				action: text(60).optional(),
				actingForOnly: z.boolean().optional(),
				/** Days in Việt Nam, both included. */
				from: day.optional(),
				to: day.optional(),
				before: id.optional(),
				limit,
			}),
		)
		.output(z.object({ rows: z.array(auditRow), next: z.string().nullable() })),
	actedForUs: reads("audit.read", "/access/acted-for-us", "Những việc cấp trên đã nhập thay đơn vị mình")
		.input(z.object({ since: day.optional(), limit }))
		.output(z.object({ count: z.int(), rows: z.array(auditRow) })),
};
