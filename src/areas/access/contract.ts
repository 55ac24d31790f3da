import * as z from "zod";
import { reads } from "../endpoint.ts";
import { id, unitId } from "../wire.ts";
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
};
