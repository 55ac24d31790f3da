import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import type { Problem } from "../../core/problem.ts";
import { makeOneTimePassword } from "./store-accounts.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { call, person, unit, owner, branch, operator } = database;

const hanoi = await unit("01");
const commune = await unit("00004");
const neighbour = await unit("00025");
const mine = await branch("Chi hội phố Một", "00004");
const centre = await person("trung.uong", "centre", "VN");
const province = await person("tinh", "province", "01");
const chair = await person("chu.tich", "commune_chair", "00004");
const clerk = await person("nhap.lieu", "commune_clerk", "00004");

let made = 0;

/** An account made by someone with a role at a unit. */
async function account(maker: typeof chair, role: string, unitId: number) {
	made += 1;
	return (await call(maker, "access.addAccount", { username: `nguoi.${made}`, role, unitId })).account;
}

test("accounts are made by the level above, and at one's own unit up to one's own rights", async () => {
	for (const [maker, role, unitId] of [
		[centre, "province", hanoi],
		[centre, "commune_chair", commune],
		[province, "commune_chair", commune],
		[province, "province", hanoi],
		[province, "auditor", hanoi],
		[chair, "commune_chair", commune],
		[chair, "commune_clerk", commune],
		[chair, "branch_head", mine],
	] as const)
		assert.equal((await account(maker, role, unitId)).roles[0].role, role);

	for (const [maker, role, unitId, code] of [
		[chair, "commune_chair", neighbour, "account.role_beyond"],
		[chair, "province", hanoi, "account.role_beyond"],
		[province, "commune_chair", await unit("26734", "2025-06-30"), "account.unit_ended"],
		[province, "centre", await unit("VN"), "account.role_beyond"],
		[chair, "province", commune, "account.role_unfit"],
		[clerk, "commune_clerk", commune, "access.denied"],
	] as const)
		await assert.rejects(account(maker, role, unitId), refused(code), `${role} at ${unitId}`);
	await assert.rejects(
		call(centre, "access.addAccount", { username: "xau", role: "operator", unitId: await unit("VN") }),
		refused("input.invalid"),
	);
});

test("the roles offered at a unit are those that can be given there", async () => {
	const roles = async (who: typeof chair, unitId: number) =>
		(await call(who, "access.givableRoles", { unitId })).map((one: { role: string }) => one.role);
	assert.deepEqual(await roles(chair, commune), ["commune_chair", "commune_clerk", "auditor"]);
	assert.deepEqual(await roles(chair, mine), ["branch_head"]);
	assert.deepEqual(await roles(chair, neighbour), []);
	assert.deepEqual(await roles(province, hanoi), ["province", "auditor"]);
});

test("nobody changes her own rights, nor an account that can do more than she may give", async () => {
	const { rows } = await call(chair, "access.accounts", { q: "chu.tich" });
	assert.equal(rows[0].mayManage, false);
	await assert.rejects(
		call(chair, "access.setRoles", {
			id: chair.accountId,
			version: 1,
			roles: [{ role: "commune_chair", unitId: commune }],
		}),
		refused("account.not_yours"),
	);
	// An account that stands at the commune and has a role of the province: the chair sees it, and cannot take it over.
	const high = await account(centre, "commune_clerk", commune);
	await call(centre, "access.setRoles", {
		id: high.id,
		version: high.version,
		roles: [{ role: "province", unitId: hanoi }],
	});
	await assert.rejects(call(chair, "access.resetPassword", { id: high.id }), refused("account.not_yours"));
	await assert.rejects(call(chair, "access.invite", { id: high.id }), refused("account.not_yours"));
	await assert.rejects(
		database.as(chair, (work) =>
			work.db.updateTable("account").set({ unit_id: hanoi }).where("id", "=", chair.accountId).execute(),
		),
		refused("access.denied"),
	);
	await assert.rejects(
		database.as(chair, (work) =>
			work.db
				.insertInto("account_role")
				.values({ account_id: chair.accountId, role: "centre", unit_id: commune })
				.execute(),
		),
		refused("access.denied"),
	);
});

test("roles change against the version seen; a stale one shows the present state", async () => {
	const one = await account(province, "commune_clerk", commune);
	const roles = [
		{ role: "commune_chair", unitId: commune },
		{ role: "commune_clerk", unitId: commune },
	];
	const changed = await call(province, "access.setRoles", { id: one.id, version: one.version, roles });
	assert.equal(changed.roles.length, 2);
	await assert.rejects(
		call(province, "access.setDisabled", { id: one.id, version: one.version, disabled: true }),
		(error: Problem) =>
			error.code === "account.stale" &&
			(error.detail?.current as { version?: number } | undefined)?.version === changed.version,
	);
	const off = await call(province, "access.setDisabled", { id: one.id, version: changed.version, disabled: true });
	assert.equal(off.disabled, true);
	await assert.rejects(call({ accountId: one.id }, "access.session"), refused("access.denied"));
});

test("a name taken is said, and leaves nothing behind", async () => {
	const input = { username: "tinh", role: "commune_clerk", unitId: commune };
	await assert.rejects(call(chair, "access.addAccount", input), refused("account.username_taken"));
	await assert.rejects(call(chair, "access.addAccount", { ...input, username: "Có Dấu" }), refused("input.invalid"));
});

test("accounts are listed page by page, within one's reach", async () => {
	const first = await call(province, "access.accounts", { limit: 2 });
	assert.equal(first.rows.length, 2);
	const second = await call(province, "access.accounts", { limit: 200, after: first.next });
	assert.equal(second.next, null);
	assert.ok(second.rows.every((row: { username: string }) => row.username > first.next));
	const names = (await call(chair, "access.accounts", { limit: 200 })).rows.map(
		(row: { username: string }) => row.username,
	);
	assert.ok(names.includes("nhap.lieu"));
	assert.ok(!names.includes("tinh") && !names.includes("operator"));
});

test("a province officer writes in a commune only as nhập thay; it is recorded, and told to the commune", async () => {
	const add = { parentId: commune, kind: "branch", name: "Chi hội nhập thay" };
	await assert.rejects(call(province, "units.add", add), refused("access.denied"));
	const added = await call({ ...province, actingFor: commune }, "units.add", add);
	await assert.rejects(
		call({ ...province, actingFor: commune }, "units.add", { ...add, parentId: neighbour }),
		refused("access.denied"),
	);
	const stranger = await person("tinh.khac", "province", "79");
	await assert.rejects(
		call({ ...stranger, actingFor: commune }, "units.add", { ...add, name: "Lạ" }),
		refused("access.denied"),
	);

	const told = await call(chair, "access.actedForUs");
	assert.equal(told.count, 1);
	assert.deepEqual(
		[told.rows[0].action, told.rows[0].account, told.rows[0].actingFor],
		["units.add", "tinh", "Phường Ba Đình"],
	);
	assert.equal((await call(await person("ct.khac", "commune_chair", "00025"), "access.actedForUs")).count, 0);
	const { rows } = await owner.query("select acting_for from app.audit where unit_id = $1", [added.id]);
	assert.deepEqual(rows, [{ acting_for: commune }]);
});

test("an audit row cannot claim another person, nor hide for whom she acted", async () => {
	for (const change of [{ account_id: chair.accountId }, { acting_for: null }])
		await assert.rejects(
			database.as({ ...province, actingFor: commune }, (work) =>
				work.db
					.insertInto("audit")
					.values({
						id: "01900000-0000-7000-8000-000000000000",
						account_id: province.accountId,
						acting_for: commune,
						action: "forged",
						detail: "{}",
						...change,
					})
					.execute(),
			),
			refused("access.denied"),
		);
});

test("the audit is searched by account, unit, action, subject and day, page by page, newest first", async () => {
	const all = await call(province, "access.audit", { limit: 200 });
	assert.ok(all.rows.every((row: { id: string }, index: number) => index === 0 || row.id < all.rows[index - 1].id));
	const page = await call(province, "access.audit", { limit: 3 });
	const next = await call(province, "access.audit", { limit: 3, before: page.next });
	assert.deepEqual(
		[...page.rows, ...next.rows].map((row: { id: string }) => row.id),
		all.rows.slice(0, 6).map((row: { id: string }) => row.id),
	);
	const search = async (input: object) => (await call(province, "access.audit", { limit: 200, ...input })).rows;
	const actions = (rows: { action: string }[]) => [...new Set(rows.map((row) => row.action))];
	assert.deepEqual(actions(await search({ action: "units" })), ["units.add"]);
	assert.deepEqual(actions(await search({ action: "access.addAccount" })), ["access.addAccount"]);
	assert.equal((await search({ actingForOnly: true })).length, 1);
	assert.ok(
		(await search({ accountId: chair.accountId })).every((row: { account: string }) => row.account === "chu.tich"),
	);
	assert.equal((await search({ unitId: neighbour })).length, 0);
	assert.ok((await search({ unitId: commune })).length > 3);
	assert.equal((await search({ to: "2020-01-01" })).length, 0);
	await assert.rejects(call(clerk, "access.audit"), refused("access.denied"));
});

test("an abolished unit of others cannot be hung under one's own", async () => {
	const gone = await unit("26734", "2025-06-30");
	for (const maker of [province, chair])
		await assert.rejects(
			database.as(maker, (work) =>
				work.db
					.insertInto("unit_spell")
					.values({
						unit_id: gone,
						during: "[2026-01-01,)",
						name: "Chiếm",
						search_key: "chiem",
						parent_id: maker === chair ? commune : hanoi,
					})
					.execute(),
			),
			refused("access.denied"),
		);
});

test("a centre officer edits a cluster; nobody else does", async () => {
	const [first] = await call(centre, "units.clusters");
	const input = {
		id: first.id,
		name: "Cụm thi đua số 1 (sửa)",
		provinceIds: first.provinces.map((one: { id: number }) => one.id),
		from: "2026-11-01",
	};
	await call(centre, "units.setCluster", input);
	assert.equal(
		(await call(centre, "units.clusters")).find((one: { id: number }) => one.id === first.id).name,
		input.name,
	);
	await assert.rejects(call(province, "units.setCluster", input), refused("access.denied"));
});

test("one-time passwords are long, readable and never alike", () => {
	const many = new Set(Array.from({ length: 1000 }, makeOneTimePassword));
	assert.equal(many.size, 1000);
	for (const one of many) assert.match(one, /^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){2}$/);
});

test("a retry of a command does not show the password again", async () => {
	const id = "01900000-0000-7000-8000-00000000aaaa";
	const input = { username: "mot.lan", role: "commune_clerk", unitId: commune };
	const first = await call(operator, "access.addAccount", input, id);
	const again = await call(operator, "access.addAccount", input, id);
	assert.equal(again.account.id, first.account.id);
	assert.equal(again.oneTimePassword, "");
});
