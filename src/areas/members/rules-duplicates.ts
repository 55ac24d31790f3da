/**
 * What speaks for two records being one woman, in points. A pair is raised from {@link LEAST_POINTS} on, so chosen that one day of
 * birth in one old district is enough, and a year of birth alone needs the same branch or the same telephone besides.
 */
export const DUPLICATE_POINTS = {
	name_same: 15,
	name_tone_free: 10,
	birth_day: 40,
	birth_month: 25,
	birth_year: 15,
	same_branch: 45,
	same_commune: 25,
	same_district: 20,
	same_province: 0,
	far: 0,
	same_phone: 45,
	no_number_both: 5,
	no_number_one: 5,
	cmnd_then_cccd: 10,
	cmnd_both: 0,
} as const;

export type DuplicateReason = keyof typeof DUPLICATE_POINTS;

/** What a pair must reach to be raised. */
export const LEAST_POINTS = 75;

/** What each reason is called. */
export const REASON_WORDS: Record<DuplicateReason, string> = {
	name_same: "cùng họ tên",
	name_tone_free: "họ tên chỉ khác dấu",
	birth_day: "cùng ngày sinh",
	birth_month: "cùng tháng, năm sinh",
	birth_year: "cùng năm sinh",
	same_branch: "cùng chi hội",
	same_commune: "cùng xã",
	same_district: "cùng huyện cũ",
	same_province: "cùng tỉnh",
	far: "khác tỉnh",
	same_phone: "cùng số điện thoại",
	no_number_both: "cả hai hồ sơ chưa có số CCCD/CMND",
	no_number_one: "một hồ sơ chưa có số CCCD/CMND",
	cmnd_then_cccd: "một hồ sơ có số CMND, hồ sơ kia có số CCCD",
	cmnd_both: "hai hồ sơ có hai số CMND khác nhau",
};

/** The reasons that speak of the cards: they stand last, behind a semicolon. */
const OF_CARDS: readonly DuplicateReason[] = ["no_number_both", "no_number_one", "cmnd_then_cccd", "cmnd_both"];

/** A level above communes judges no pair: it merges those that communes have judged to be one woman. */
export function standsAbove(kind: string): boolean {
	return ["district", "province", "cluster", "centre"].includes(kind);
}

/** The points of some reasons together. */
export function duplicateScore(reasons: readonly DuplicateReason[]): number {
	return reasons.reduce((sum, reason) => sum + DUPLICATE_POINTS[reason], 0);
}

/** "Cùng họ tên, cùng ngày sinh, cùng huyện cũ; một hồ sơ chưa có số CCCD/CMND". */
export function duplicateWords(reasons: readonly DuplicateReason[]): string {
	const words = (wanted: boolean) =>
		reasons
			.filter((reason) => OF_CARDS.includes(reason) === wanted)
			.map((reason) => REASON_WORDS[reason])
			.join(", ");
	const text = [words(false), words(true)].filter((part) => part !== "").join("; ");
	return text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);
}
