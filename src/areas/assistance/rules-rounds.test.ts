import assert from "node:assert/strict";
import { test } from "node:test";
import { currentStep, lateOf, missingOf, type RoundFacts, updatesDue } from "./rules-rounds.ts";

const TODAY = "2026-03-10";
const EMPTY: RoundFacts = {
	minutes: null,
	workshop: null,
	communes: [],
	activities: [],
	openIssues: 0,
	updates: [],
	closed: {},
};
const MINUTES = {
	metOn: "2025-08-01",
	policy: "x",
	fromDay: "2025-08-01",
	untilDay: "2026-12-31",
	content: "x",
	manner: "x",
	dutyCluster: "x",
	dutyProvince: "x",
	dutyDistrict: "",
	dutyCommune: "x",
	pictureOn: "2025-08-01",
};
const WORKSHOP = {
	heldOn: "2025-09-01",
	goalCommunes: 1,
	goalOn: "2026-12-31",
	resources: "x",
	planNumber: "12/KH-BTV",
	planOn: "2025-09-10",
};
const COMMUNE = { unitId: 1, name: "Xã A", attended: true, hasCause: true, hasSolution: true, hasMilestone: true };
const DONE = {
	name: "Ra mắt câu lạc bộ",
	plannedOn: "2025-10-01",
	doneOn: "2025-10-03",
	cancelled: false,
	evaluated: true,
	communeIds: [1],
};

test("the first step ends in minutes that say who does what, and the districts' part only while there were districts", () => {
	assert.deepEqual(missingOf(1, EMPTY, TODAY), ["Biên bản làm việc giữa Cụm và Hội LHPN tỉnh"]);
	assert.deepEqual(missingOf(1, { ...EMPTY, minutes: MINUTES }, TODAY), []);
	const before = { ...EMPTY, minutes: { ...MINUTES, metOn: "2025-06-30", manner: "" } };
	assert.deepEqual(missingOf(1, before, TODAY), ["Cách thức hỗ trợ", "Trách nhiệm của cấp huyện"]);
});

test("the workshop ends in an issued plan with a road map for each commune", () => {
	const facts = { ...EMPTY, minutes: MINUTES, workshop: WORKSHOP, communes: [COMMUNE], closed: { 1: "2025-08-02" } };
	assert.deepEqual(missingOf(2, facts, TODAY), []);
	assert.deepEqual(missingOf(2, { ...facts, closed: {} }, TODAY), ["Khép bước 1 trước"]);
	assert.deepEqual(
		missingOf(
			2,
			{
				...facts,
				workshop: { ...WORKSHOP, planOn: null, planNumber: "", goalOn: null },
				communes: [COMMUNE, { ...COMMUNE, unitId: 2, name: "Xã B", attended: null, hasMilestone: false }],
			},
			TODAY,
		),
		[
			"Ghi có dự hay không: Xã B",
			"Lộ trình (số hội viên đến ngày nào): Xã B",
			"Số cơ sở phấn đấu đạt từ 60% trở lên, đến ngày nào",
			"Kế hoạch hành động đã ban hành (số, ngày)",
		],
	);
});

test("activities have results, reach every commune, and none is dated before its plan", () => {
	const facts: RoundFacts = {
		...EMPTY,
		minutes: MINUTES,
		workshop: WORKSHOP,
		communes: [COMMUNE, { ...COMMUNE, unitId: 2, name: "Xã B" }],
		closed: { 1: "2025-08-02", 2: "2025-09-11" },
		openIssues: 1,
		activities: [
			DONE,
			{ ...DONE, name: "Tập huấn", plannedOn: "2025-09-01", doneOn: null, evaluated: false },
			{ ...DONE, name: "Hội thi", doneOn: null, cancelled: true, evaluated: false },
		],
	};
	assert.deepEqual(missingOf(3, facts, TODAY), [
		"Kết quả của: Tập huấn",
		"Ngày của hoạt động trước ngày kế hoạch: Tập huấn",
		"Hoạt động cho cơ sở: Xã B",
		"Trả lời hoặc chuyển tiếp 1 vấn đề đã nêu",
	]);
	assert.deepEqual(lateOf(facts, TODAY), [
		"Quá ngày dự kiến, chưa có kết quả: Tập huấn",
		"Chưa có bản cập nhật năm 2025",
	]);
});

test("each activity is evaluated and each half-year has its update", () => {
	const facts: RoundFacts = {
		...EMPTY,
		minutes: MINUTES,
		workshop: WORKSHOP,
		communes: [COMMUNE],
		closed: { 1: "2025-08-02", 2: "2025-09-11", 3: "2026-02-01" },
		activities: [{ ...DONE, evaluated: false }],
	};
	assert.equal(currentStep(facts), 4);
	assert.deepEqual(missingOf(4, facts, TODAY), ["Đánh giá của Cụm sau: Ra mắt câu lạc bộ", "Bản cập nhật năm 2025"]);
	const whole = { ...facts, activities: [DONE], updates: [{ year: 2025, half: 2 as const }] };
	assert.deepEqual(missingOf(4, whole, TODAY), []);
	assert.equal(currentStep({ closed: { ...facts.closed, 4: TODAY } }), null);
});

test("updates are due from the first half-year after the plan", () => {
	assert.deepEqual(updatesDue(null, TODAY), []);
	assert.deepEqual(updatesDue("2025-06-09", "2025-11-24"), []);
	assert.deepEqual(updatesDue("2025-06-08", "2025-11-25"), [
		{ year: 2025, half: 1 },
		{ year: 2025, half: 2 },
	]);
});
