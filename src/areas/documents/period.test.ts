import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import type { PaperBlock, PaperCell } from "../../core/paper.ts";
import type { Actor } from "../../db/actor.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";
import { composeDocument } from "./store-compose.ts";

// Two provinces, three communes, the half-year of 9/6/2026: live, then frozen, as reporting/store.test.ts has it.
const country = await openSmallCountry();
const commune = (province: 0 | 1, women18: number, joined: string[][]) => ({
	province,
	women18,
	unlisted: 20,
	overlap: 2,
	joined,
});
await country.fill([
	commune(0, 100, [["2020-01-01", "2026-01-05"], ["2021-03-08"]]),
	commune(0, 50, [["2026-07-01"], []]),
	commune(1, 40, [["2019-05-05"], []]),
]);
const { call, operator, person, unit } = country;
const [vn, one, a] = [await unit("VN"), await unit("01"), await unit("10001")];
const centre = await person("ban.to.chuc", "centre", "VN");
const first = await person("officer.one", "province", "01");
const chair = await person("chair.one", "commune_chair", "10001");
const neighbour = await person("chair.two", "commune_chair", "10002");
const { id: clusterId } = await call(centre, "units.setCluster", {
	name: "Cụm thi đua số 1",
	provinceIds: [one],
	from: "2026-01-01",
});
const cluster = await person("cum", "cluster", `#${clusterId}`);
const { periodId } = await call(centre, "reports.open", {
	kind: "half_year",
	name: "6 tháng đầu năm 2026",
	opensOn: "2026-05-26",
	from: "2025-11-25",
	dataUntil: "2026-06-09",
	dueOn: "2026-06-30",
	dueLevels: { commune: "2026-06-15" },
	levels: ["commune", "province", "centre"],
});

const compose = (who: Actor, unitId: number) =>
	country.as(who, (work) => composeDocument(work, { kind: "period_report", unitId, periodId }));

const words = (body: PaperBlock[]) => body.flatMap((block) => (block.kind === "table" ? [] : [block.text])).join("\n");

/** A line of the document's tables by its words. */
function line(body: PaperBlock[], label: string): PaperCell[] | undefined {
	const rows = body.flatMap((block) => (block.kind === "table" ? block.table.rows : []));
	return rows.find((row) => row[1] === label);
}

test("before it is sent a commune's report is on paper as live figures, with last period's beside them", async () => {
	const { live, report } = await call(chair, "reports.show", { periodId, unitId: a });
	await call(chair, "reports.draft", {
		periodId,
		unitId: a,
		version: report.version,
		words: { results: "Đạt kết quả.\nMở 2 chi hội." },
	});
	const { paper, fileName } = await compose(chair, a);
	assert.deepEqual(line(paper.body, "Tổng số hội viên")?.slice(2), [live.counts.members, 42, live.counts.members - 42]);
	assert.deepEqual(line(paper.body, "Kết nạp mới")?.[2], 1);
	assert.match(words(paper.body), /6 tháng đầu năm 2026, số liệu tính đến hết ngày 09\/06\/2026 \(số tạm tính\)/);
	assert.match(words(paper.body), /\nĐạt kết quả\.\nMở 2 chi hội\.\n/);
	assert.equal(fileName, "bao-cao-dinh-ky-10001-2026-06-09");
	await assert.rejects(compose(neighbour, a), refused("access.denied"));
	await assert.rejects(compose(cluster, clusterId), refused("document.empty"));
});

test("once approved it is the frozen figures at every level, whatever changes later; a cluster's adds up its provinces'", async () => {
	await call(operator, "reports.closeAll", { periodId });
	const before = await compose(chair, a);
	const leaf = (await country.owner.query("select leaf_id from app.spell limit 1")).rows[0].leaf_id;
	await call(operator, "members.add", { leafId: leaf, name: "Trần Thị Mới", birth: "1990", joined: "2026-02-02" });
	const after = await compose(chair, a);
	assert.deepEqual(after.paper, before.paper);
	assert.match(words(after.paper.body), /\(số đã chốt\)[\s\S]*SHA-256 [0-9a-f]{64}/);
	const totals = [];
	for (const [who, id] of [
		[first, one],
		[cluster, clusterId],
		[centre, vn],
	] as const) {
		const { paper } = await compose(who, id);
		totals.push(line(paper.body, "Tổng số hội viên")?.[2]);
		assert.doesNotMatch(JSON.stringify(paper), /\{\{/);
	}
	assert.equal(totals[0], totals[1]);
	assert.ok(Number(totals[2]) > Number(totals[0]));
	const { paper } = await compose(cluster, clusterId);
	assert.match(words(paper.body), /báo cáo đã chốt của 1\/1 tỉnh, thành phố/);
});
