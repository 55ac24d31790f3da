import { sql } from "kysely";
import * as z from "zod";
import { Problem } from "../core/problem.ts";
import { asSystem, type Database, OPERATOR_ID } from "../db/actor.ts";
import { setMode } from "../db/mode.ts";
import { type OpenDatabase, openProgramDatabase } from "../db/open.ts";
import type { Settings } from "../db/settings.ts";
import { call } from "./call.ts";

/** The first account of the centre, as asked on the screen *Bắt đầu dùng thật*. */
export const firstAccount = z.object({
	username: z.string({ error: "Hãy chọn tên đăng nhập." }),
	displayName: z.string().max(200).default(""),
});
export type FirstAccount = z.infer<typeof firstAccount>;

/** What the screen tells of it once: the sign-in name as it is kept, and its one-time password. */
export interface FirstSignIn {
	username: string;
	oneTimePassword: string;
}

/** Whether anyone can sign in at all. */
export function hasAccounts(database: Database): Promise<boolean> {
	return asSystem(database, async (work) => {
		const { rows } = await sql<{ any: boolean }>`select calc.has_accounts() as any`.execute(work.db);
		return rows[0].any;
	});
}

/**
 * Opens the real, empty database beside the demo's, makes the first centre account in it, and from then on the data folder is
 * a real one. Refused where real use began before: an account there is never made from the demo's screen.
 */
export function startRealUse(settings: Settings, first: FirstAccount): Promise<Begun> {
	const next = last.then(() => begin(settings, first));
	// Whoever asked hears of a failure; the next one only waits for its end.
	last = next.catch(() => undefined);
	return next;
}

interface Begun extends FirstSignIn {
	opened: OpenDatabase;
}

/** One after the other: two who press the button at once must not both find no account there. */
let last: Promise<unknown> = Promise.resolve();

async function begin(settings: Settings, first: FirstAccount): Promise<Begun> {
	const opened = await openProgramDatabase(settings, "real", { only: "real" });
	try {
		if (await hasAccounts(opened))
			throw new Problem(
				"real.started",
				409,
				"Đã có dữ liệu thật. Người vận hành máy chủ cần khởi động lại chương trình với TAPHOP_DEMO=no sau khi đổi tệp “mode” thành “real”.",
			);
		const operator = { accountId: OPERATOR_ID };
		const centre = (await call(opened, operator, "units.show", { code: "VN" })) as { unit: { id: number } };
		const made = (await call(opened, operator, "access.addAccount", {
			...first,
			role: "centre",
			unitId: centre.unit.id,
		})) as { account: { username: string }; oneTimePassword: string };
		setMode(settings.dataDir, "real");
		return { opened, username: made.account.username, oneTimePassword: made.oneTimePassword };
	} catch (error) {
		await opened.close();
		throw error;
	}
}
