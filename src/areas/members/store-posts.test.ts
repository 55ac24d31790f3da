import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase, refused } from "../../../test/kit.ts";

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

test("a post is recorded where it is: at one's own unit, of anyone seen there, and nowhere else", async () => {
	const chair = await database.person("lan", "commune_chair", "00004");
	const province = await database.person("tinh", "province", "01");
	const elsewhere = await database.person("huyen", "province", "79");
	const leafId = await database.branch("Chi hội Tây", "00004");
	const { personId } = await call(chair, "members.add", {
		leafId,
		name: "Lê Thị Uỷ Viên",
		birth: "1980",
		joined: "2020-03-08",
	});
	const add = (actor: typeof chair, unitId: number) =>
		call(actor, "members.addPost", { personId, unitId, post: "committee", since: "2025-08-01" });
	const [own, neighbour, above] = [
		await database.unit("00004"),
		await database.unit("00008"),
		await database.unit("01"),
	];
	for (const unitId of [neighbour, above]) await assert.rejects(add(chair, unitId), refused("access.denied"));
	await assert.rejects(add(province, own), refused("access.denied"));
	await assert.rejects(add(elsewhere, await database.unit("79")), refused("member.not_found"));
	await add(chair, own);
	const { id } = await add(province, above);
	assert.equal((await call(province, "members.posts", { id: above })).length, 1);
	await call(chair, "members.endPost", { id, until: "2025-10-01" });
	assert.equal((await call(province, "members.posts", { id: above })).length, 0);
});

test("nobody is a member again in a branch that is no more", async () => {
	const chair = await database.person("mai", "commune_chair", "00004");
	const leafId = await database.branch("Chi hội Giải Thể", "00004");
	const { personId } = await call(chair, "members.add", {
		leafId,
		name: "Lê Thị Về",
		birth: "1980",
		joined: "2020-03-08",
	});
	const shown = () => call(chair, "members.show", { personId });
	const end = async () => {
		const { version, spells } = await shown();
		await call(chair, "members.end", {
			personId,
			spellId: spells[0].id,
			version,
			left: "2025-09-01",
			reason: "resigned",
		});
	};
	const reopen = async () => {
		const { version, spells } = await shown();
		return call(chair, "members.reopen", { personId, spellId: spells[0].id, version });
	};
	await end();
	await reopen();
	await end();
	await call(chair, "units.end", { id: leafId, from: "2025-10-01" });
	await assert.rejects(reopen(), refused("leaf.ended"));
	const { version, spells } = await shown();
	const edit = call(chair, "members.edit", { personId, version, spell: { id: spells[0].id, left: null } });
	await assert.rejects(edit, refused("leaf.ended"));
	assert.equal((await shown()).spells[0].left, "2025-09-01");
	const add = call(chair, "members.add", { leafId, name: "Lê Thị Mới", birth: "1980", joined: "2020-03-08" });
	await assert.rejects(add, refused("leaf.ended"));
	await database.verified();
});
