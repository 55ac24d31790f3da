import { Problem } from "../core/problem.ts";
import { type Actor, asActor, OPERATOR_ID } from "../db/actor.ts";
import { type OpenDatabase, openProgramDatabase } from "../db/open.ts";
import { readSettings } from "../db/settings.ts";
import { call } from "../server/call.ts";
import { type Invocation, optional } from "./command.ts";

/** What a command works with: the open database, who acts, and the program's commands as that person. */
export interface Operation {
	database: OpenDatabase;
	actor: Actor;
	// biome-ignore lint/suspicious/noExplicitAny: the contract has checked the answer's shape; each command knows its own.
	call<T = any>(name: string, input: unknown): Promise<T>;
}

/**
 * Opens the database of the settings (a fresh one is made, with its units and no demo), runs `fn` as the local operator or, with
 * `--as USER`, with that person's rights and no more, and closes it whatever happens.
 */
export async function operate<T>(invocation: Invocation, fn: (operation: Operation) => Promise<T>): Promise<T> {
	const database = await openProgramDatabase(readSettings(), "real", { size: 4 });
	try {
		const actor = await actorOf(database, optional(invocation, "as"));
		return await fn({ database, actor, call: (name, input) => call(database, actor, name, input) as Promise<never> });
	} finally {
		await database.close();
	}
}

async function actorOf(database: OpenDatabase, username: string | undefined): Promise<Actor> {
	if (username === undefined) return { accountId: OPERATOR_ID };
	const account = await asActor(database, { accountId: OPERATOR_ID }, (work) =>
		work.db
			.selectFrom("account")
			.select(["id", "disabled_at"])
			.where("username", "=", username.toLowerCase())
			.executeTakeFirst(),
	);
	if (!account || account.disabled_at !== null)
		throw new Problem("account.not_found", 404, `Không có tài khoản “${username}” đang hoạt động.`, { field: "as" });
	return { accountId: account.id };
}
