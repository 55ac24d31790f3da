/** How a criterion is measured: by the figures that are here, or by the province itself and who looks it over. */
export const MEASURES = ["net_vs_target", "over_60_vs_target", "completeness", "timeliness", "self"] as const;
export type Measure = (typeof MEASURES)[number];

/** The words of each measure. */
export const MEASURE_WORDS: Record<Measure, string> = {
	net_vs_target: "Tính từ số liệu: tăng thực hội viên trong năm so với chỉ tiêu năm",
	over_60_vs_target: "Tính từ số liệu: số xã đạt trên 60% cuối năm so với chỉ tiêu năm",
	completeness: "Tính từ số liệu: hội viên có danh sách so với tổng có và chưa có danh sách",
	timeliness: "Tính từ số liệu: báo cáo gửi đúng hạn so với số báo cáo phải gửi trong năm, của tỉnh và các cấp dưới",
	self: "Tỉnh tự chấm, Cụm hoặc Trung ương xem xét",
};

/** What a computed criterion was reckoned from; `whole` null: nothing was asked, so it cannot be reckoned. */
export interface Reckoned {
	achieved: number;
	whole: number | null;
}

/** The points of a computed criterion: its share of the maximum, rounded down, never below 0 nor above it; null where it cannot be reckoned. */
export function pointsOf(maximum: number, { achieved, whole }: Reckoned): number | null {
	if (whole === null || whole <= 0) return null;
	const part = Math.min(Math.max(0, achieved), whole);
	return Number((BigInt(maximum) * BigInt(part)) / BigInt(whole));
}

/** What stands for a criterion of one province. */
export interface Mark {
	number: number;
	points: number | null;
	/** Where the points come from: the figures, who looked it over, or so far only the province itself. */
	how: "computed" | "review" | "self" | "none";
}

/** Computed where that can be, else what was given on review, else what the province gave itself; never more than the maximum. */
export function markOf(
	{ number, points: maximum }: { number: number; points: number },
	computed: number | null,
	review: number | null,
	self: number | null,
): Mark {
	if (computed !== null) return { number, points: Math.min(maximum, computed), how: "computed" };
	if (review !== null) return { number, points: Math.min(maximum, review), how: "review" };
	if (self !== null) return { number, points: Math.min(maximum, self), how: "self" };
	return { number, points: null, how: "none" };
}

/** The points added up. */
export function totalOf(marks: readonly Mark[]): number {
	return marks.reduce((sum, { points }) => sum + (points ?? 0), 0);
}

/** A province's place among its cluster: more points stand before fewer, equal ones share a place ("đồng hạng") and stand by code. */
export interface Placed {
	key: string;
	points: number;
	place: number;
	tied: boolean;
}

/** The order of a cluster's provinces by points: 1, 2, 2, 4. Keys differ; the order of the rows changes nothing. */
export function placesOf(rows: readonly { key: string; points: number }[]): Placed[] {
	const ordered = rows.toSorted((a, b) => b.points - a.points || (a.key < b.key ? -1 : 1));
	return ordered.map(({ key, points }) => ({
		key,
		points,
		place: ordered.findIndex((one) => one.points === points) + 1,
		tied: ordered.filter((one) => one.points === points).length > 1,
	}));
}

/** The columns of a table of criteria, as a CSV names them. */
export const CRITERIA_COLUMNS = [
	{ key: "name", heads: ["Tiêu chí", "Tên"], required: true },
	{ key: "points", heads: ["Điểm tối đa", "Điểm"], required: true },
	{ key: "measure", heads: ["Cách tính"], required: false },
] as const;
