import assert from "node:assert/strict";
import { test } from "node:test";
import { classOf, rateText } from "../../core/rate.ts";
import type { DryRunUnit } from "./contract.ts";
import { classMoves, withoutDenominator } from "./rules-dry-run.ts";

const figures = (name: string, members: number, women18: number | null) => ({
	code: name,
	name,
	province: "",
	women18,
	members,
	rate: women18 === null ? null : rateText(members, women18),
	class: women18 === null ? null : classOf(members, women18),
	target: null,
	targetEstimated: false,
});
const before = (name: string, members: number, women18: number | null): DryRunUnit => ({
	unitId: 1,
	before: figures(name, members, women18),
	after: null,
	from: [],
});
const after = (name: string, members: number, women18: number | null, ...from: number[]): DryRunUnit => ({
	unitId: null,
	before: null,
	after: figures(name, members, women18),
	from: from.map((at) => ({ at, part: "full" })),
});

test("classes are compared across units that are all new: one over goes into a new one under, one under into the same class", () => {
	const units = [before("A", 70, 100), before("B", 10, 100), after("AB", 80, 200, 0, 1)];
	assert.deepEqual(classMoves(units), [{ from: 0, to: 2 }]);
});

test("a unit that stays is compared with itself and with what it took in", () => {
	const stays: DryRunUnit = {
		...before("A", 70, 100),
		after: figures("A", 80, 200),
		from: [
			{ at: 0, part: "full" },
			{ at: 1, part: "full" },
		],
	};
	assert.deepEqual(classMoves([stays, before("B", 10, 100)]), [{ from: 0, to: 0 }]);
});

test("no class on one side is no change of class, but a denominator that is lost is told", () => {
	const units = [before("A", 70, 100), before("B", 10, null), after("AB", 80, null, 0, 1)];
	assert.deepEqual(classMoves(units), []);
	const [told, ...rest] = withoutDenominator(units);
	assert.deepEqual([told.code, told.level, rest], ["denominator.lost", "warning", []]);
	assert.match(told.text, /^B chưa có .* nên AB không tính được tỷ lệ/);
	// Where none of them had one, nothing is lost.
	assert.deepEqual(withoutDenominator([before("A", 1, null), after("A2", 1, null, 0)]), []);
});
