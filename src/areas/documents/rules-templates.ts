import type { DocumentKind, DocumentLevel } from "./rules-kinds.ts";
import { SUPPORT_BODIES } from "./rules-templates-support.ts";

/** The words of a document that people may change, each with named fields `{{…}}`; several lines where there may be several. */
export interface Template {
	/** Above on the left: the level above, or the Union itself. */
	above: string;
	issuer: string;
	symbol: string;
	/** Empty: an official letter (công văn). */
	title: string;
	about: string;
	to: string;
	opening: string;
	closing: string;
	signerFor: string;
	recipients: string;
}

/** What a unit knows of itself and puts on all its papers. */
export interface Letterhead {
	place: string;
	signerPost: string;
	signerName: string;
	/** "BTV": what stands for `{{ký hiệu}}`. */
	symbol: string;
}

/** The parts of a template, with what they are called. */
export const TEMPLATE_LABELS: Record<keyof Template, string> = {
	above: "Đầu văn bản, dòng trên",
	issuer: "Đầu văn bản, cơ quan ban hành",
	symbol: "Ký hiệu văn bản",
	title: "Tên loại văn bản",
	about: "Trích yếu",
	to: "Kính gửi",
	opening: "Phần mở đầu",
	closing: "Phần kết",
	signerFor: "Thay mặt ai ký",
	recipients: "Nơi nhận",
};

/** What a unit below the centre may word itself; title, subject and body are the centre's for all of a level. */
export const OWN_PARTS = [
	"above",
	"issuer",
	"symbol",
	"to",
	"signerFor",
	"recipients",
] as const satisfies readonly (keyof Template)[];

const UNION = "Hội Liên hiệp Phụ nữ Việt Nam";
const GUIDANCE = `Hướng dẫn số 21/HD-ĐCT ngày 29/5/2023 của Đoàn Chủ tịch Trung ương ${UNION}`;

/** What a unit's papers bear until someone says otherwise. */
export function defaultLetterhead(level: DocumentLevel, place: string): Letterhead {
	const symbol = { centre: "ĐCT", cluster: "CTĐ", province: "BTV", district: "BTV", commune: "BTV" }[level];
	return { place, symbol, signerPost: level === "cluster" ? "" : "Chủ tịch", signerName: "" };
}

/** The template of a level until the centre says otherwise: the Union's own practice (07/HD-ĐCT-TC of 2017 and papers of provinces). */
export function defaultTemplate(kind: DocumentKind, level: DocumentLevel): Template {
	return { ...HEADS[level], ...BODIES[kind](level) };
}

type Head = Pick<Template, "above" | "issuer" | "signerFor">;

const STANDING: Head = {
	above: "Hội Liên hiệp Phụ nữ\n{{địa bàn}}",
	issuer: "Ban Thường vụ",
	signerFor: "TM. BAN THƯỜNG VỤ",
};

const HEADS: Record<DocumentLevel, Head> = {
	centre: { above: UNION, issuer: "Đoàn Chủ tịch", signerFor: "TM. ĐOÀN CHỦ TỊCH" },
	cluster: { above: UNION, issuer: "{{địa bàn}}", signerFor: "CỤM TRƯỞNG" },
	province: STANDING,
	district: STANDING,
	commune: STANDING,
};

/** Who gets a report: the level above, those it concerns, and the office's own file (R36: Party committee and Fatherland Front, too). */
const RECIPIENTS: Record<DocumentLevel, string> = {
	centre: "Các đồng chí trong Đoàn Chủ tịch\nCác ban, đơn vị Trung ương Hội\nLưu: VT, TC",
	cluster: "Như trên\nHội LHPN các tỉnh, thành phố trong Cụm\nLưu: VT",
	province:
		"Như trên\nThường trực Tỉnh ủy (Thành ủy)\nBan Thường trực Ủy ban MTTQ Việt Nam cấp tỉnh\nHội LHPN các xã, phường, đặc khu\nLưu: VT",
	district: "Như trên\nThường trực cấp ủy\nBan Thường trực Ủy ban MTTQ Việt Nam cùng cấp\nLưu: VT",
	commune: "Như trên\nThường trực cấp ủy\nBan Thường trực Ủy ban MTTQ Việt Nam cùng cấp\nLưu: VT",
};

const TO: Record<DocumentLevel, string> = {
	centre: "",
	cluster: "{{Hội cấp trên}}",
	province: "{{Hội cấp trên}}",
	district: "{{Hội cấp trên}}",
	commune: "{{Hội cấp trên}}",
};

/** Who hands down to whom, in words. */
const BELOW: Partial<Record<DocumentLevel, string>> = {
	centre: "Hội Liên hiệp Phụ nữ các tỉnh, thành phố",
	province: "Hội Liên hiệp Phụ nữ các đơn vị trực thuộc",
	district: "Hội Liên hiệp Phụ nữ các xã, phường, thị trấn",
};

const OF = (level: DocumentLevel) =>
	({ centre: "{{ban}}", cluster: "{{địa bàn}}" })[level as string] ?? "{{ban}} {{tên Hội}}";

const BODIES: Record<DocumentKind, (level: DocumentLevel) => Omit<Template, keyof Head>> = {
	...SUPPORT_BODIES,
	not_over_60: (level) => ({
		symbol: "BC-{{ký hiệu}}",
		title: "Báo cáo",
		about: "Danh sách cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%\n(tính đến ngày {{tính đến ngày}})",
		to: TO[level],
		opening: `Thực hiện ${GUIDANCE}, ${OF(level)} báo cáo danh sách cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60% như sau:
Tính đến ngày {{tính đến ngày}}, {{địa bàn}} có {{số cơ sở}} cơ sở Hội; {{số trên 60%}} cơ sở đạt tỷ lệ tập hợp trên 60%, {{số chưa đạt trên 60%}} cơ sở chưa đạt (dưới 60%: {{số dưới 60%}}; bằng 60%: {{số bằng 60%}}), {{số chưa có số liệu}} cơ sở chưa có số liệu phụ nữ từ 18 tuổi trở lên.
Để tất cả cơ sở đạt tỷ lệ trên 60%, còn thiếu {{còn thiếu}} hội viên. Danh sách từng cơ sở và số hội viên còn thiếu tại Phụ lục kèm theo.`,
		closing: `Trên đây là danh sách cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%${level === "centre" ? "" : `, ${OF(level)} trân trọng báo cáo`}.`,
		recipients: RECIPIENTS[level],
	}),
	target_allotment: (level) => ({
		// As 358/ĐCT-TC was.
		symbol: level === "centre" ? "{{ký hiệu}}-TC" : "{{ký hiệu}}",
		title: "",
		about: "phân bổ {{loại chỉ tiêu}}, {{kỳ}}",
		to: BELOW[level] ?? "",
		opening: `Căn cứ ${GUIDANCE} và số liệu tại thời điểm phân bổ, ${OF(level)} phân bổ {{loại chỉ tiêu}}, {{kỳ}}, cho {{số đơn vị}} đơn vị trực thuộc (văn bản: {{văn bản giao}}).
Chỉ tiêu của đơn vị: {{chỉ tiêu trên giao}}. Tổng chỉ tiêu giao cho các đơn vị trực thuộc: {{tổng giao}}. {{so với trên giao}}. Chỉ tiêu của từng đơn vị tại Phụ lục kèm theo.`,
		closing:
			"Đề nghị các đơn vị căn cứ chỉ tiêu được giao, tiếp tục phân bổ cho cấp dưới, tổ chức thực hiện và báo cáo kết quả theo định kỳ.",
		recipients: `Như trên\n${level === "centre" ? "Các đồng chí trong Đoàn Chủ tịch\nLưu: VT, TC" : "Hội LHPN cấp trên (để báo cáo)\nLưu: VT"}`,
	}),
	gathering_report: (level) => ({
		symbol: "BC-{{ký hiệu}}",
		title: "Báo cáo",
		about: "Kết quả tập hợp phụ nữ có mặt tại địa bàn tham gia tổ chức Hội\n(tính đến ngày {{tính đến ngày}})",
		to: TO[level],
		opening:
			level === "commune"
				? `Thực hiện ${GUIDANCE}, ${OF(level)} báo cáo kết quả tập hợp phụ nữ có mặt tại địa bàn tham gia tổ chức Hội như sau:
Tính đến ngày {{tính đến ngày}}, tổng số hội viên là {{hội viên}}, trên {{phụ nữ từ 18 tuổi}} phụ nữ từ 18 tuổi trở lên; tỷ lệ tập hợp {{tỷ lệ}} ({{xếp loại}}). Số hội viên còn thiếu để đạt trên 60%: {{còn thiếu}}.`
				: `Thực hiện ${GUIDANCE}, ${OF(level)} báo cáo kết quả tập hợp phụ nữ có mặt tại địa bàn tham gia tổ chức Hội như sau:
Tính đến ngày {{tính đến ngày}}, {{địa bàn}} có {{số cơ sở}} cơ sở Hội; {{số trên 60%}} cơ sở đạt tỷ lệ tập hợp trên 60%, {{số bằng 60%}} cơ sở bằng 60%, {{số dưới 60%}} cơ sở dưới 60%, {{số chưa có số liệu}} cơ sở chưa có số liệu phụ nữ từ 18 tuổi trở lên.
Tổng số hội viên: {{hội viên}}; số phụ nữ từ 18 tuổi trở lên: {{phụ nữ từ 18 tuổi}}; tỷ lệ tập hợp chung (tham khảo): {{tỷ lệ}}. Để tất cả cơ sở đạt tỷ lệ trên 60%, còn thiếu {{còn thiếu}} hội viên.`,
		closing: `Trên đây là kết quả tập hợp phụ nữ tham gia tổ chức Hội${level === "centre" ? "" : `, ${OF(level)} trân trọng báo cáo`}.`,
		recipients: RECIPIENTS[level],
	}),
	period_report: (level) => ({
		symbol: "BC-{{ký hiệu}}",
		title: "Báo cáo",
		about: "Công tác tập hợp, cập nhật hội viên {{kỳ báo cáo}}",
		to: TO[level],
		opening: `Thực hiện ${GUIDANCE}, ${OF(level)} báo cáo công tác tập hợp, cập nhật hội viên {{kỳ báo cáo}}, số liệu tính đến hết ngày {{tính đến ngày}} ({{tình trạng số liệu}}), như sau:
${
	level === "commune"
		? "Tổng số hội viên là {{hội viên}}, trên {{phụ nữ từ 18 tuổi}} phụ nữ từ 18 tuổi trở lên; tỷ lệ tập hợp {{tỷ lệ}} ({{xếp loại}})."
		: "Tổng số hội viên là {{hội viên}}, trên {{phụ nữ từ 18 tuổi}} phụ nữ từ 18 tuổi trở lên; tỷ lệ tập hợp chung (tham khảo) {{tỷ lệ}}. Trong {{số cơ sở}} cơ sở Hội có {{số trên 60%}} cơ sở đạt tỷ lệ trên 60%, {{số chưa đạt trên 60%}} cơ sở chưa đạt, {{số chưa có số liệu}} cơ sở chưa có số liệu."
}`,
		closing: `Trên đây là báo cáo {{kỳ báo cáo}}${level === "centre" ? "" : `, ${OF(level)} trân trọng báo cáo`}.`,
		recipients: RECIPIENTS[level],
	}),
	year_plan: (level) => ({
		symbol: "KH-{{ký hiệu}}",
		title: "Kế hoạch",
		about: "Nâng tỷ lệ tập hợp phụ nữ tham gia tổ chức Hội, năm {{năm kế hoạch}}",
		to: "",
		opening: `Thực hiện ${GUIDANCE}, ${OF(level)} xây dựng kế hoạch năm {{năm kế hoạch}} như sau:
Trong năm, {{số cơ sở sẽ đạt}} cơ sở Hội chưa đạt sẽ đạt tỷ lệ tập hợp trên 60%.`,
		closing: `Trên đây là kế hoạch năm {{năm kế hoạch}} của ${OF(level)}; đề nghị các cơ sở Hội triển khai thực hiện.`,
		recipients:
			"{{Hội cấp trên}} (qua Ban Tổ chức)\nThường trực Tỉnh ủy (Thành ủy)\nHội LHPN các xã, phường, đặc khu\nLưu: VT",
	}),
};
