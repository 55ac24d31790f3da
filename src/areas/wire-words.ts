import type * as z from "zod";
import { displayNumber } from "../core/number.ts";

const KINDS: Record<string, string> = {
	string: "chữ",
	number: "số",
	int: "số nguyên",
	boolean: "có hoặc không",
	array: "một danh sách",
	object: "các mục có tên",
};

/** What a check of form says of itself where its author wrote nothing: one Vietnamese sentence, without the value. */
export function sentenceOf(issue: z.core.$ZodRawIssue): string {
	switch (issue.code) {
		case "invalid_type":
			if (issue.input === undefined) return "Thiếu nội dung bắt buộc.";
			return `Nội dung không đúng dạng: phải là ${KINDS[issue.expected] ?? "dạng khác"}.`;
		case "too_big":
			return `Không được quá ${displayNumber(Number(issue.maximum))}${unitOf(issue.origin)}.`;
		case "too_small":
			if (!issue.inclusive) return `Phải lớn hơn ${displayNumber(Number(issue.minimum))}.`;
			return `Phải từ ${displayNumber(Number(issue.minimum))}${unitOf(issue.origin)} trở lên.`;
		case "invalid_value":
			return "Giá trị không nằm trong các lựa chọn.";
		default:
			return "Nội dung không đúng dạng.";
	}
}

function unitOf(origin: string): string {
	if (origin === "string") return " ký tự";
	return origin === "array" ? " dòng" : "";
}
