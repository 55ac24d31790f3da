import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";

const database = await openTestDatabase({ today: "2025-11-20" });
const { call } = database;

test("a unit names who holds its posts on a day, the head first, and only to those who see the people", async () => {
	const chair = await database.person("huong", "commune_chair", "00004");
	const other = await database.person("other", "commune_chair", "00008");
	const branch = await database.branch("Chi hội Đông", "00004");
	const hold = async (name: string, post: string, since: string, until: string | null = null) => {
		const { personId } = await call(chair, "members.add", {
			leafId: branch,
			name,
			birth: "1980",
			joined: "2020-03-08",
		});
		await call(chair, "members.addPost", { personId, unitId: branch, post, since, until });
	};
	await hold("Nguyễn Thị Bình", "branch_deputy", "2025-08-01");
	await hold("Trần Thị An", "branch_head", "2025-08-01");
	await hold("Lê Thị Cũ", "branch_head", "2025-07-01", "2025-08-01");
	const named = async (actor: typeof chair, on?: string) =>
		(await call(actor, "members.posts", { id: branch, on })).map((row: { name: string; postText: string }) => [
			row.postText,
			row.name,
		]);
	assert.deepEqual(await named(chair), [
		["Chi hội trưởng", "Trần Thị An"],
		["Chi hội phó", "Nguyễn Thị Bình"],
	]);
	assert.deepEqual(await named(chair, "2025-07-15"), [["Chi hội trưởng", "Lê Thị Cũ"]]);
	assert.deepEqual(await named(other), []);
});
