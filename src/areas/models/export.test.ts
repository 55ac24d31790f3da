import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { openBranchLife } from "./models.harness.ts";
import { REGISTRY_LISTS } from "./rules-lists.ts";
import { noteListing, readListing } from "./store-export.ts";

const { call, as, owner, communes, branches, cluster, provinces, people } = await openBranchLife();
const { chair, lead, province, head } = people;
const [one] = communes as [number];
const [hall] = branches as [number];
await call(head, "meetings.add", {
	unitId: hall,
	onDay: "2026-10-20",
	kind: "meeting",
	form: "zalo",
	theme: "Dùng Zalo",
	members: 12,
});
await call(chair, "models.add", {
	unitId: one,
	kind: "model.club",
	basis: "age",
	forGroup: "group.elderly",
	name: "CLB Dưỡng sinh",
	founded: "2024-01-01",
	members: 9,
});
await call(head, "together.addWish", { unitId: hall, notedOn: "2026-10-20", words: "Mong được vay vốn" });

test("every list goes out as plain cells under its heads, the same a person sees", async () => {
	for (const [actor, unitId] of [
		[chair, one],
		[province, provinces[0]],
	] as const)
		for (const list of REGISTRY_LISTS) {
			const { columns, rows } = await as(actor, (work) => readListing(work, list, { unitId }));
			for (const row of rows) assert.equal(row.length, columns.length, list);
		}
	const { rows } = await as(chair, (work) => readListing(work, "models", { unitId: one }));
	assert.deepEqual(rows[0]?.slice(0, 4), [
		"CLB Dưỡng sinh",
		"CLB, tổ, nhóm theo lứa tuổi, ngành nghề, sở thích",
		"Theo lứa tuổi",
		"Phụ nữ cao tuổi",
	]);
	const counts = await as(province, (work) => readListing(work, "counts", { unitId: provinces[0] }));
	assert.equal(counts.rows.at(-1)?.[1], "Cộng");
});

test("lists that may name women leave the program only with the right to export members, and the log says so", async () => {
	await as(chair, (work) => noteListing(work, "wishes", one));
	await as(lead, (work) => noteListing(work, "meetings", cluster));
	await assert.rejects(
		as(head, (work) => noteListing(work, "wishes", hall)),
		refused("access.denied"),
	);
	await assert.rejects(
		as(lead, (work) => noteListing(work, "pairs", cluster)),
		refused("access.denied"),
	);
	const { rows } = await owner.query("select detail from app.audit where action = 'models.export'");
	assert.deepEqual(
		rows.map(({ detail }) => detail),
		[{ list: "wishes" }],
	);
});
