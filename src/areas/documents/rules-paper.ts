import type { Day } from "../../core/day.ts";
import type { Paper, PaperAnnex, PaperBlock } from "../../core/paper.ts";
import { Problem } from "../../core/problem.ts";
import { nfc } from "../../core/vietnamese.ts";
import { FIELDS, type FieldFault, fieldFault, fieldName, fillIn } from "./rules-fields.ts";
import type { DocumentKind } from "./rules-kinds.ts";
import { type Letterhead, TEMPLATE_LABELS, type Template } from "./rules-templates.ts";

/** What a document is made of: the words, the unit's own facts, what its fields say, and its figures. */
export interface Making {
	kind: DocumentKind;
	template: Template;
	letterhead: Letterhead;
	values: Record<string, string>;
	/** Figures in the body, between opening and closing. */
	body: PaperBlock[];
	annexes: PaperAnnex[];
	number: number | null;
	day: Day | null;
	demo: boolean;
}

/** Whose document it is, in the words fields stand for. */
export interface Issuer {
	union: string;
	board: string;
	above: string;
	area: string;
}

/** Puts a document together. Throws `template.field` where the template names a field that is not there. */
export function paperOf(making: Making): Paper {
	const { kind, template, letterhead, body, annexes, number, day, demo } = making;
	refuseFaults(kind, template);
	const values = new Map(Object.entries(making.values).map(([name, value]) => [fieldName(name), value]));
	const fill = (text: string) => fillIn(text, values);
	const lines = (text: string) =>
		fill(text)
			.split("\n")
			.map((line) => line.trim())
			.filter(Boolean);
	const paragraphs = (text: string): PaperBlock[] => lines(text).map((line) => blockOf(line));
	return {
		demo,
		head: {
			above: fill(template.above),
			issuer: fill(template.issuer),
			number,
			symbol: fill(template.symbol),
			place: letterhead.place,
			day,
		},
		title: fill(template.title).toUpperCase(),
		about: lines(template.about),
		to: lines(template.to),
		body: [...paragraphs(template.opening), ...body, ...paragraphs(template.closing)],
		signer: { for: fill(template.signerFor), post: letterhead.signerPost, name: letterhead.signerName },
		recipients: lines(template.recipients),
		annexes,
	};
}

/** A line typed "I. …" or "1. …" without a full stop at its end is a heading, one that begins with "Căn cứ" and ends with ";" what the document rests on. */
function blockOf(line: string): PaperBlock {
	if (/^[IVX]+\. .*[^.;:]$/u.test(line)) return { kind: "heading", level: 1, text: line };
	if (/^\d+\. .{1,80}[^.;:]$/u.test(line)) return { kind: "heading", level: 2, text: line };
	if (/^Căn cứ .*;$/u.test(line)) return { kind: "basis", text: line };
	return { kind: "paragraph", text: line };
}

/** Throws `template.field` with the part and the field, where one of the words' fields is unknown or broken. */
export function refuseFaults(kind: DocumentKind, words: Partial<Template>): void {
	const names = new Set(FIELDS[kind].map(({ name }) => fieldName(name)));
	for (const [part, text] of Object.entries(words) as [keyof Template, string | undefined][]) {
		const fault = text === undefined ? null : fieldFault(text, names);
		if (fault) throw faultProblem(part, fault);
	}
}

function faultProblem(part: keyof Template, { kind, written }: FieldFault): Problem {
	const where = `Mẫu văn bản, ${TEMPLATE_LABELS[part].toLowerCase()}`;
	return new Problem(
		"template.field",
		422,
		kind === "unknown"
			? `${where}: không có trường ${written}. Hãy dùng các trường trong danh sách, hoặc xóa trường này.`
			: `${where}: “${written}” không phải là một trường. Trường viết trong hai dấu ngoặc nhọn, như {{tên Hội}}.`,
		{ field: part, detail: { part, written } },
	);
}

const UNION = "Hội Liên hiệp Phụ nữ";
const CENTRE = `Đoàn Chủ tịch Trung ương ${UNION} Việt Nam`;

/** A unit in the words of its own papers; `path`: what it stands under, nearest first. */
export function issuerOf({ kind, name, path }: { kind: string; name: string; path: readonly string[] }): Issuer {
	if (kind === "centre")
		return { union: `Trung ương ${UNION} Việt Nam`, board: "Đoàn Chủ tịch", above: "", area: "cả nước" };
	const [above] = path;
	if (kind === "cluster") return { union: nfc(name), board: "", above: CENTRE, area: nfc(name) };
	return {
		union: `${UNION} ${inSentence(name)}`,
		board: "Ban Thường vụ",
		above: kind === "province" || above === undefined ? CENTRE : `Ban Thường vụ ${UNION} ${inSentence(above)}`,
		area: inSentence(name),
	};
}

/** "Tỉnh Lào Cai" inside a sentence: "tỉnh Lào Cai"; a name of its own stays. */
export function inSentence(name: string): string {
	return nfc(name).replace(/^(?:Tỉnh|Thành phố|Quận|Huyện|Thị xã|Xã|Phường|Thị trấn|Đặc khu) /u, (kind) =>
		kind.toLowerCase(),
	);
}
