import assert from "node:assert/strict";
import { test } from "node:test";
import { type DuplicateReason, duplicateScore, duplicateWords, LEAST_POINTS } from "./rules-duplicates.ts";

const NAMES = ["name_same", "name_tone_free"] as const;
const BIRTHS = ["birth_day", "birth_month", "birth_year"] as const;
const PLACES = ["same_branch", "same_commune", "same_district", "same_province", "far"] as const;
const CARDS = ["no_number_both", "no_number_one", "cmnd_then_cccd", "cmnd_both"] as const;

/** Every set of reasons a pair can have. */
const ALL = NAMES.flatMap((name) =>
	BIRTHS.flatMap((birth) =>
		PLACES.flatMap((place) =>
			CARDS.flatMap((card) =>
				[false, true].map((phone): DuplicateReason[] => [
					name,
					birth,
					place,
					...(phone ? ["same_phone" as const] : []),
					card,
				]),
			),
		),
	),
);

test("one day of birth in one old district is raised, however the name's tones and the cards are", () => {
	for (const reasons of ALL)
		if (
			reasons.includes("birth_day") &&
			!reasons.includes("cmnd_both") &&
			!reasons.some((one) => one === "same_province" || one === "far")
		)
			assert.ok(duplicateScore(reasons) >= LEAST_POINTS, reasons.join());
});

test("a year of birth alone is raised only in the same branch or with the same telephone", () => {
	for (const reasons of ALL)
		if (reasons.includes("birth_year") && duplicateScore(reasons) >= LEAST_POINTS)
			assert.ok(reasons.includes("same_branch") || reasons.includes("same_phone"), reasons.join());
});

test("outside the old district nothing is raised without the same telephone", () => {
	for (const reasons of ALL)
		if (reasons.some((one) => one === "same_province" || one === "far") && !reasons.includes("same_phone"))
			assert.ok(duplicateScore(reasons) < LEAST_POINTS, reasons.join());
});

test("more that agrees never counts less", () => {
	const stronger: Partial<Record<DuplicateReason, DuplicateReason>> = {
		name_tone_free: "name_same",
		birth_month: "birth_day",
		birth_year: "birth_month",
		same_commune: "same_branch",
		same_district: "same_commune",
		same_province: "same_district",
		far: "same_province",
	};
	for (const reasons of ALL)
		for (const [at, reason] of reasons.entries()) {
			const more = stronger[reason];
			if (more) assert.ok(duplicateScore(reasons.with(at, more)) >= duplicateScore(reasons), reasons.join());
		}
});

test("the reasons are told in one sentence, the cards last", () => {
	assert.equal(
		duplicateWords(["name_same", "birth_day", "same_district", "no_number_one"]),
		"Cùng họ tên, cùng ngày sinh, cùng huyện cũ; một hồ sơ chưa có số CCCD/CMND",
	);
	assert.equal(
		duplicateWords(["name_tone_free", "birth_year", "same_branch", "same_phone", "cmnd_then_cccd"]),
		"Họ tên chỉ khác dấu, cùng năm sinh, cùng chi hội, cùng số điện thoại; một hồ sơ có số CMND, hồ sơ kia có số CCCD",
	);
});
