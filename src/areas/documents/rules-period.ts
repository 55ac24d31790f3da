import type { PaperBlock, PaperCell, PaperColumn, PaperTable } from "../../core/paper.ts";

/** A periodic report as paper has it: figures by group beside those of the period before, and the chair's words. */
export interface PeriodReport {
	groups: {
		label: string;
		rows: { label: string; now: number | null; before: number | null }[];
	}[];
	questions: { text: string; answer: string }[];
	documents: string[];
	/** Who below has not reported: stays named. */
	missing: string[];
}

/** Figures first, then words, then what is not in it. */
export function periodBlocks({ groups, questions, documents, missing }: PeriodReport): PaperBlock[] {
	const heading = (level: 1 | 2, text: string): PaperBlock => ({ kind: "heading", level, text });
	const hasBefore = groups.some(({ rows }) => rows.some(({ before }) => before !== null));
	const answered = questions.filter(({ answer }) => answer.trim() !== "");
	return [
		heading(1, "I. Số liệu"),
		...groups.flatMap(({ label, rows }, at): PaperBlock[] => [
			heading(2, `${at + 1}. ${label}`),
			{ kind: "table", table: groupTable(label, rows, hasBefore) },
		]),
		...(answered.length > 0 ? [heading(1, "II. Kết quả công tác")] : []),
		...answered.flatMap(({ text, answer }, at): PaperBlock[] => [
			heading(2, `${at + 1}. ${text}`),
			...answer
				.split("\n")
				.filter((line) => line.trim() !== "")
				.map((line): PaperBlock => ({ kind: "paragraph", text: line.trim() })),
		]),
		...(documents.length > 0
			? [{ kind: "paragraph" as const, text: `Tài liệu kèm theo: ${documents.join("; ")}.` }]
			: []),
		...(missing.length > 0
			? [{ kind: "paragraph" as const, text: `Chưa có báo cáo của ${missing.length} đơn vị: ${missing.join(", ")}.` }]
			: []),
	];
}

const NUMERALS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

/** A plan's words: each answered question a part of its own. */
export function planBlocks({ questions, documents }: Pick<PeriodReport, "questions" | "documents">): PaperBlock[] {
	const answered = questions.filter(({ answer }) => answer.trim() !== "");
	return [
		...answered.flatMap(({ text, answer }, at): PaperBlock[] => [
			{ kind: "heading", level: 1, text: `${NUMERALS[at] ?? at + 1}. ${text}` },
			...answer
				.split("\n")
				.filter((line) => line.trim() !== "")
				.map((line): PaperBlock => ({ kind: "paragraph", text: line.trim() })),
		]),
		...(documents.length > 0
			? [{ kind: "paragraph" as const, text: `Tài liệu kèm theo: ${documents.join("; ")}.` }]
			: []),
	];
}

/** Wide enough for the country's figures; where nothing stood before, that column and the change are left out. */
function groupTable(name: string, rows: PeriodReport["groups"][number]["rows"], hasBefore: boolean): PaperTable {
	const beside: PaperColumn[] = [
		{ key: "before", head: "Kỳ trước", kind: "count", width: 27 },
		{
			key: "change",
			head: "Tăng, giảm",
			kind: "count",
			width: 27,
			formula: { kind: "difference", of: "now", less: "before" },
		},
	];
	return {
		name,
		columns: [
			{ key: "nth", head: "TT", kind: "number", width: 12 },
			{ key: "label", head: "Nội dung", kind: "text", width: hasBefore ? 71 : 120 },
			{ key: "now", head: "Kỳ này", kind: "count", width: 27 },
			...(hasBefore ? beside : []),
		],
		rows: rows.map(({ label, now, before }, at): PaperCell[] => [
			at + 1,
			label,
			now,
			...(hasBefore ? [before, now === null || before === null ? null : now - before] : []),
		]),
	};
}
