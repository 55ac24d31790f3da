import { roleLabel } from "../areas/access/rules.ts";
import { refreshTraits } from "../areas/effect/store-traits.ts";
import { asSystem } from "../db/actor.ts";
import type { OpenDatabase } from "../db/open.ts";
import { assistanceDemo } from "../demo/assistance.ts";
import { fillBranchLife } from "../demo/branch-life.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD, loadDemo } from "../demo/demo.ts";
import { closeDemoHalfYear } from "../demo/reports.ts";
import { supportDemo } from "../demo/support.ts";

/** Makes the demo where the demo database is still empty. */
export async function fillDemo(database: OpenDatabase, say: (line: string) => void): Promise<void> {
	const loaded = await asSystem(database, (work) =>
		work.db.selectFrom("setting").select("name").where("name", "=", "demo").executeTakeFirst(),
	);
	if (!loaded) {
		say("Đang tạo dữ liệu minh họa cho cả nước…");
		await loadDemo(database.ownerUrl, database.vault);
		await supportDemo(database);
		await assistanceDemo(database);
		await asSystem(database, closeDemoHalfYear);
		await asSystem(database, fillBranchLife);
		await asSystem(database, refreshTraits);
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
