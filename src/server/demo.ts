import { hashPassword } from "better-auth/crypto";
import { sql } from "kysely";
import { roleLabel } from "../areas/access/rules.ts";
import { asSystem } from "../db/actor.ts";
import type { OpenDatabase } from "../db/open.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD, loadDemo } from "../demo/demo.ts";

/** Makes the demo where the demo database is still empty, and gives its accounts their common password. */
export async function fillDemo(database: OpenDatabase, say: (line: string) => void): Promise<void> {
	const loaded = await asSystem(database, (work) =>
		work.db.selectFrom("setting").select("name").where("name", "=", "demo").executeTakeFirst(),
	);
	if (!loaded) {
		say("Đang tạo dữ liệu minh họa cho cả nước…");
		await loadDemo(database.ownerUrl, database.vault);
	}
	await giveSignIns(database);
}

/** One hash for all: everyone may read the password on the sign-in page. */
async function giveSignIns(database: OpenDatabase): Promise<void> {
	await asSystem(database, async (work) => {
		const without = await work.db
			.selectFrom("account")
			.select("id")
			.where("auth_user_id", "is", null)
			.where(
				"username",
				"in",
				DEMO_ACCOUNTS.map((account) => account.username),
			)
			.execute();
		if (without.length === 0) return;
		const hash = await hashPassword(DEMO_PASSWORD);
		for (const { id } of without) {
			await sql`select calc.reset_credential(${id}::uuid, ${hash})`.execute(work.db);
			await work.db.updateTable("account").set({ must_change_password: false }).where("id", "=", id).execute();
		}
	});
}

/** What the sign-in page may tell before anyone is signed in: that this is a demo, and its sign-ins. */
export async function signInPageFacts(
	database: OpenDatabase,
): Promise<{ demo: boolean; accounts: { username: string; password: string; who: string }[] }> {
	if (database.mode !== "demo") return { demo: false, accounts: [] };
	return {
		demo: true,
		accounts: DEMO_ACCOUNTS.map(({ username, displayName, role }) => ({
			username,
			password: DEMO_PASSWORD,
			who: `${displayName.replace(" (minh họa)", "")} – ${roleLabel(role)}`,
		})),
	};
}
