import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import type pg from "pg";
import { copyOf, dataFolder } from "../../test/program.ts";
import { listDatabases, putInUse, removeDatabase } from "./databases.ts";
import { query } from "./embedded.harness.ts";
import { setMode } from "./mode.ts";
import { openProgramDatabase } from "./open.ts";
import {
	CODE,
	connected,
	cutPower,
	found,
	held,
	leave,
	refused,
	restoreKilled,
	savedBackup,
	settingsOf,
} from "./put-back.harness.ts";
import { putBack } from "./put-back.ts";

let file: string;
let target: string;

before(async () => {
	file = await savedBackup("saved");
	target = await dataFolder();
	const server = await held(target);
	await query(server.url("postgres"), "create database taphop_demo template taphop owner taphop_owner");
	for (const [mode, word] of [
		["real", "before"],
		["demo", "demo"],
	] as const) {
		const database = await openProgramDatabase(settingsOf(target), mode, { size: 1, only: mode });
		await leave(word, database);
		await database.close();
	}
	setMode(target, "demo");
	await server.close();
});

/** Every step of a restore, and what the next start must find after a kill there. */
const steps: [step: string, ms: number, next: string][] = [
	["announced", 0, "demo: demo"],
	["draft made", 0, "demo: demo"],
	["draft made", 500, "demo: demo"],
	["filled", 0, "demo: demo"],
	["key kept", 0, "demo: demo"],
	["changing", 0, "demo: demo"],
	["changed", 0, "real: saved"],
	["mode set", 0, "real: saved"],
	["all but the key moved", 0, "real: saved"],
];

for (const [index, [step, ms, next]] of steps.entries()) {
	const restoreFirst = step === "changed" || step === "filled";
	test(`killed at “${step}”${ms ? ` and ${ms} ms` : ""}, ${restoreFirst ? "another restore" : "the next start"} finds databases and their keys`, async () => {
		const folder = copyOf(target);
		let server = await held(folder);
		await restoreKilled({ TAPHOP_DATA: folder }, file, step, ms);
		if (index % 2 === 0) {
			await cutPower(folder);
			server = await held(folder);
		}
		if (restoreFirst) await putBack(settingsOf(folder), file, CODE, true);
		const expected = restoreFirst ? "real: saved" : next;
		assert.equal(await found({ TAPHOP_DATA: folder }), expected);
		assert.equal(await found({ TAPHOP_DATA: folder }, "real"), expected === "demo: demo" ? "real: before" : expected);
		assert.equal(await found({ TAPHOP_DATA: folder }, "demo"), "demo: demo");
		const left = await query(
			server.url("postgres"),
			"select datname from pg_database where datname like '%restoring%'",
		);
		assert.deepEqual(left, []);
		assert.deepEqual(
			readdirSync(folder).filter((name) => /restoring|tmp/.test(name)),
			[],
		);
		await server.close();
	});
}

test("kept databases are listed, used again with their key, and removed for good", async () => {
	const folder = copyOf(target);
	const settings = settingsOf(folder);
	const server = await held(folder);
	const oldKey = readFileSync(join(folder, "key"), "utf8");
	await assert.rejects(putBack(settings, file, "mã khác", true), refused("backup.wrong_code"));
	const { kept } = await putBack(settings, file, CODE, true);
	assert.ok(kept);
	const shown = async () =>
		(await listDatabases(settings)).map(({ name, kind, serving, hasKey }) => [name, kind, serving, hasKey]);
	const standing = [
		["taphop", "real", true, true],
		["taphop_demo", "demo", false, true],
	];
	assert.deepEqual(await shown(), [...standing, [kept, "kept", false, true]]);
	for (const name of ["taphop", "taphop_demo"])
		await assert.rejects(putInUse(settings, name), refused("database.not_kept"));
	await assert.rejects(removeDatabase(settings, "taphop"), refused("database.in_use"));
	await assert.rejects(removeDatabase(settings, "postgres"), refused("database.unknown"));

	const { kept: restored } = await putInUse(settings, kept);
	assert.equal(await found({ TAPHOP_DATA: folder }), "real: before");
	assert.equal(readFileSync(join(folder, "key"), "utf8"), oldKey);
	assert.deepEqual(await shown(), [...standing, [restored, "kept", false, true]]);

	await removeDatabase(settings, restored as string);
	assert.deepEqual(await shown(), standing);
	assert.deepEqual(keysIn(folder), ["key"], "a key no database needs goes with the last one");
	await removeDatabase(settings, "taphop_demo");
	assert.equal(
		await found({ TAPHOP_DATA: folder }),
		"real: before",
		"the demo's key was the real one's, too: it stays",
	);
	await server.close();
});

test("a database in use is neither replaced nor removed", async () => {
	const folder = copyOf(target);
	const settings = settingsOf(folder);
	const server = await held(folder);
	const url = server.url("taphop");
	const working = await connected(url);
	await assert.rejects(putBack(settings, file, CODE, true), refused("restore.in_use"));
	await working.end();
	let late: pg.Client | undefined;
	const comeLate = async (step: string) => {
		if (step === "filled") late = await connected(url);
	};
	await assert.rejects(putBack(settings, file, CODE, true, comeLate), refused("restore.in_use"));
	await late?.end();
	assert.equal(await found({ TAPHOP_DATA: folder }), "demo: demo");
	assert.equal(await found({ TAPHOP_DATA: folder }, "real"), "real: before");
	const names = (await listDatabases(settings)).map(({ name }) => name);
	assert.deepEqual(names, ["taphop", "taphop_demo"]);
	await server.close();
});

test("without its key the real database is not opened and no other key is made; a demo is kept aside and made anew", async () => {
	const folder = copyOf(target);
	rmSync(join(folder, "key"));
	await assert.rejects(found({ TAPHOP_DATA: folder }, "real"), refused("key.wrong"));
	assert.equal(existsSync(join(folder, "key")), false);
	const said: string[] = [];
	const demo = await openProgramDatabase(settingsOf(folder), "demo", { size: 1, say: (line) => said.push(line) });
	await demo.close();
	assert.match(said.join(), /bản cũ được giữ dưới tên “taphop_demo_before_\d{17}”/);
	const shown = (await listDatabases(settingsOf(folder))).map(({ kind, hasKey }) => [kind, hasKey]);
	assert.deepEqual(shown, [
		["real", false],
		["demo", true],
		["kept", false],
	]);
	await assert.rejects(found({ TAPHOP_DATA: folder }, "real"), refused("key.wrong"));
});

function keysIn(folder: string): string[] {
	return readdirSync(folder).filter((name) => name.startsWith("key"));
}
