import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { dataFolder, emptyFolder, run } from "../../test/program.ts";

test("backup, restore over what stands there, and the databases this leaves, from the command line", async () => {
	const folder = await dataFolder();
	const file = join(emptyFolder(), "tap-hop.backup");
	const taphop = async (...args: string[]) => {
		const { code, out, err } = await run(folder, args, { TAPHOP_BACKUP_CODE: "mã khôi phục thử" });
		return { code, err, answer: args.includes("--json") && code === 0 ? JSON.parse(out) : out };
	};
	assert.equal((await taphop("backup", file)).code, 0);
	const restored = await taphop("restore", file, "--json");
	const { kept } = restored.answer;
	assert.match(kept, /^taphop_before_\d{17}$/);
	assert.match(
		(await taphop("databases", "list")).answer,
		new RegExp(`taphop +Dữ liệu thật, đang dùng .*\n${kept} +Giữ lại`),
	);
	assert.deepEqual((await taphop("databases", "use", kept, "--json")).answer.used, kept);
	const all = (await taphop("databases", "list", "--json")).answer;
	assert.deepEqual(
		all.map(({ kind }: { kind: string }) => kind),
		["real", "kept"],
	);
	assert.equal((await taphop("databases", "remove", all[1].name)).code, 0);
	const gone = await taphop("databases", "remove", all[1].name);
	assert.deepEqual([gone.code, gone.answer], [1, ""]);
	assert.match(gone.err, /database\.unknown/);
	for (const args of [
		["databases", "remove"],
		["databases", "use"],
		["databases", "list", "--as", "chair"],
		["databases"],
	]) {
		const { code, err } = await taphop(...args);
		assert.equal(code, 2, `${args.join(" ")}: ${err}`);
	}
	const own = await run(folder, ["databases", "list"], { DATABASE_URL: "postgres://x@127.0.0.1:1/x" });
	assert.deepEqual([own.code, /database\.own_server/.test(own.err)], [1, true]);
});
