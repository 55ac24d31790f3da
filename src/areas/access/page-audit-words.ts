import { AREA_WORDS, actionWords } from "../audit-words.ts";

/** A whole area, or one of the acts people look for most. */
export const AREA_CHOICES = [
	...Object.entries(AREA_WORDS).map(([value, label]) => ({ value, label: `${label}: tất cả` })),
	...["members.revealId", "members.sensitive", "members.export", "access.signIn"].map((value) => ({
		value,
		label: actionWords(value),
	})),
];

const DETAILS: Record<string, string> = {
	rows: "dòng",
	accepted: "ghi mới",
	updated: "cập nhật",
	rejected: "cần sửa",
	people: "người",
	count: "số",
};

/** The numbers of an audit row's detail; it never holds names or IDs of people. */
export function detailWords(detail: Record<string, unknown>): string {
	return Object.entries(detail)
		.filter(([key, value]) => key in DETAILS && typeof value === "number")
		.map(([key, value]) => `${value} ${DETAILS[key]}`)
		.join(", ");
}
