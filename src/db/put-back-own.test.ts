import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { emptyFolder } from "../../test/program.ts";
import { query } from "./embedded.harness.ts";
import { CODE, found, held, refused, restoreKilled, savedBackup } from "./put-back.harness.ts";
import { putBack } from "./put-back.ts";
import { readSettings } from "./settings.ts";

let file: string;
let server: Awaited<ReturnType<typeof held>>;
const keys = emptyFolder();

before(async () => {
	file = await savedBackup("saved");
	server = await held(emptyFolder());
	await query(server.url("postgres"), "create role hoi_owner login createrole password 'o'");
});

/** Settings for an empty database of one's own, made as the README says: no superuser. */
async function ownDatabase(name: string): Promise<NodeJS.ProcessEnv> {
	await query(server.url("postgres"), `create database ${name} owner hoi_owner encoding 'UTF8' template template0`);
	const url = (login: string) => {
		const address = new URL(server.url(name));
		[address.username, address.password] = login.split(":");
		return address.href;
	};
	return {
		DATABASE_URL: url("hoi_login:l"),
		TAPHOP_OWNER_URL: url("hoi_owner:o"),
		TAPHOP_KEY_FILE: join(keys, `${name}.key`),
	};
}

for (const [step, ms, next] of [
	["announced", 0, "restore.unfinished"],
	["announced", 700, "restore.unfinished"],
	["filled", 0, "restore.unfinished"],
	["key kept", 0, "restore.unfinished"],
	["changed", 0, "real: saved"],
] as const) {
	test(`in a database of one's own, killed at “${step}”${ms ? ` and ${ms} ms` : ""}: ${next}`, async () => {
		const env = await ownDatabase(`hoi_${step.replace(" ", "_")}_${ms}`);
		await restoreKilled(env, file, step, ms);
		if (next === "restore.unfinished") {
			await assert.rejects(found(env), refused(next));
			await putBack(readSettings(env), file, CODE, false);
		}
		assert.equal(await found(env), "real: saved");
		await assert.rejects(putBack(readSettings(env), file, CODE, false), refused("restore.not_empty"));
	});
}

test("what cannot be restored leaves an empty database empty, and makes no key", async () => {
	const env = await ownDatabase("hoi_wrong_code");
	await assert.rejects(putBack(readSettings(env), file, "mã khác", false), refused("backup.wrong_code"));
	assert.deepEqual(
		readdirSync(keys).filter((name) => name.startsWith("hoi_wrong_code")),
		[],
	);
	assert.equal(await found(env), "real: nothing");
	await server.close();
});
