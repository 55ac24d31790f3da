import { hashPassword } from "better-auth/crypto";
import pg from "pg";
import { roleLabel } from "../areas/access/rules.ts";
import { asSystem, SYSTEM_ID } from "../db/actor.ts";
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

/** As the owner, in the demo's own database: one hash for all, since everyone may read the password on the sign-in page. */
async function giveSignIns(database: OpenDatabase): Promise<void> {
	const client = new pg.Client({ connectionString: database.ownerUrl });
	await client.connect();
	try {
		await client.query(`begin; set local role taphop_owner; set local app.account = '${SYSTEM_ID}'`);
		const names = DEMO_ACCOUNTS.map((account) => account.username);
		const { rows } = await client.query<{ id: string }>(
			"select id from app.account where auth_user_id is null and username = any($1)",
			[names],
		);
		if (rows.length > 0) {
			const hash = await hashPassword(DEMO_PASSWORD);
			for (const { id } of rows) await client.query("select calc.reset_credential($1, $2)", [id, hash]);
			await client.query(
				"update app.account set must_change_password = false, password_until = null where username = any($1)",
				[names],
			);
		}
		await client.query("commit");
	} finally {
		await client.end();
	}
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
