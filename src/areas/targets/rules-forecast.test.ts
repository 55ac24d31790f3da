import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	addSteps,
	checkYears,
	forecastAll,
	type History,
	halfYearDays,
	stepsOf,
	stretchesAhead,
} from "./rules-forecast.ts";

const size = fc.integer({ min: 1, max: 50_000 });
/** Members before each of 13 half-years, six whole years from January. */
const DAYS = halfYearDays("2020-01-01", "2026-01-01");
const line = fc.array(size, { minLength: DAYS.length, maxLength: DAYS.length });
const none = DAYS.map(() => 0);
const historyOf = (members: number[], at: number, likes = "x"): History => ({
	key: String(at),
	likes,
	steps: stepsOf(members, none),
	now: members.at(-1) as number,
});
const YEAR = stretchesAhead("2025-12-31", "2027-01-01");

test("the half-years between two days, the last in part, make up the time ahead", () => {
	assert.deepEqual(stretchesAhead("2026-11-22", "2026-11-23"), []);
	assert.deepEqual(stretchesAhead("2025-12-31", "2027-01-01"), [
		{ season: 0, part: 1 },
		{ season: 1, part: 1 },
	]);
	assert.deepEqual(
		stretchesAhead("2026-09-30", "2027-03-11").map(({ season, part }) => [season, part]),
		[
			[1, 92 / 184],
			[0, 69 / 181],
		],
	);
	assert.deepEqual(halfYearDays("2017-01-01", "2018-06-30"), ["2017-01-01", "2017-07-01", "2018-01-01"]);
});

test("nothing counts before a unit had figures, nor the half-year in which what has no names was opened (R49)", () => {
	assert.deepEqual(stepsOf([0, 0, 10, 12, 11], [0, 0, 0, 0, 0]), [
		null,
		null,
		{ size: 10, net: 2 },
		{ size: 12, net: -1 },
	]);
	assert.deepEqual(stepsOf([10, 12, 900, 905], [0, 0, 880, 870]), [null, null, { size: 900, net: 5 }]);
	assert.deepEqual(stepsOf([0, 0], [0, 0]), [null]);
	assert.deepEqual(
		addSteps([
			[null, { size: 3, net: 1 }],
			[null, { size: 5, net: -2 }],
		]),
		[null, { size: 8, net: -1 }],
	);
});

test("a unit that always grew by the same in a season is forecast to do so again, with nothing to spare", () => {
	const members = DAYS.map((_, at) => 10_000 + 25 * (at - (at % 2)) + (at % 2 === 1 ? 10 : 0));
	const found = forecastAll([historyOf(members, 1)], YEAR, 0).get("1");
	assert.ok(found && Math.abs(found.net - 50) <= 4, "the rate is of the members, so it bends a little");
	const still = forecastAll(
		[
			historyOf(
				DAYS.map(() => 500),
				1,
			),
		],
		YEAR,
		0,
	).get("1");
	assert.deepEqual(still, { net: 0, low: 0, high: 0 });
});

test("low ≤ expected ≤ high, nobody below nought, whole numbers, and the same whatever the order of the units", () => {
	fc.assert(
		fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
			const histories = lines.map((members, at) => historyOf(members, at, String(at % 2)));
			const found = forecastAll(histories, YEAR, 0);
			const other = forecastAll(histories.toReversed(), YEAR, 0);
			for (const { key, now } of histories) {
				const one = found.get(key);
				assert.ok(one && Number.isSafeInteger(one.net) && now + one.net >= 0);
				if (one.low !== null && one.high !== null)
					assert.ok(one.low <= one.net && one.net <= one.high && now + one.low >= 0);
				assert.ok(Math.abs((other.get(key)?.net ?? Number.NaN) - one.net) <= 1, "sums of doubles in another order");
			}
		}),
		{ numRuns: 50 },
	);
});

test("a year is forecast from nothing but the years before it: what comes after changes no earlier test", () => {
	fc.assert(
		fc.property(
			fc.array(line, { minLength: 3, maxLength: 6 }),
			fc.array(size, { minLength: 2, maxLength: 2 }),
			(lines, last) => {
				const changed = lines.map((members) => [...members.slice(0, -2), ...last]);
				const upto2024 = (all: number[][]) =>
					checkYears(
						all.map((members, at) => historyOf(members.slice(0, -2), at)),
						DAYS.slice(0, -2),
					);
				assert.deepEqual(upto2024(lines), upto2024(changed));
				const { years, tested, judged, covered } = checkYears(
					lines.map((members, at) => historyOf(members, at)),
					DAYS,
				);
				assert.deepEqual(years, [2021, 2022, 2023, 2024, 2025]);
				assert.equal(tested, lines.length * 5);
				assert.ok(judged < tested && covered <= judged, "the first years have no tests behind them and no interval");
			},
		),
		{ numRuns: 30 },
	);
});

test("less than a year behind it, no forecast; too few tests, no interval", () => {
	const short = { key: "1", likes: "x", steps: [null, null, { size: 100, net: 1 }], now: 101 };
	assert.equal(forecastAll([short], YEAR, 0).size, 0);
	const young = {
		...short,
		steps: [
			{ size: 100, net: 4 },
			{ size: 104, net: 0 },
		],
		now: 104,
	};
	assert.deepEqual(forecastAll([young], YEAR, 0).get("1"), { net: 4, low: null, high: null });
	assert.deepEqual(checkYears([young], ["2025-01-01", "2025-07-01", "2026-01-01"]).tested, 0);
});

test("an own wide swing widens its interval beside steady likes", () => {
	const steady = (at: number) =>
		historyOf(
			DAYS.map((_, n) => 1000 + n * 5 + ((n * 7 + at) % 3)),
			at,
		);
	const wild = historyOf(
		DAYS.map((_, n) => 1000 + n * 5 + (n % 3 === 0 ? 90 : -60)),
		99,
	);
	const found = forecastAll([...Array.from({ length: 8 }, (_, at) => steady(at)), wild], YEAR, 0);
	const width = (key: string) => {
		const { low, high } = found.get(key) ?? { low: null, high: null };
		return (high ?? Number.NaN) - (low ?? Number.NaN);
	};
	assert.ok(width("99") > 2 * width("1"));
});
