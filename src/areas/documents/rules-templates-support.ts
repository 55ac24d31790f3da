import type { DocumentKind, DocumentLevel } from "./rules-kinds.ts";

type Body = {
	symbol: string;
	title: string;
	about: string;
	to: string;
	opening: string;
	closing: string;
	recipients: string;
};
type SupportKind = Extract<DocumentKind, `support_${string}`>;

const ANNEX = "bước {n}, mục 1 Tài liệu tham khảo kèm theo Hướng dẫn số 21/HD-ĐCT ngày 29/5/2023";
const STANDING = "Thường trực Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam (qua Ban Tổ chức)";
const FILES = "Như trên\nBan Tổ chức Trung ương Hội\nHội LHPN các xã, phường, đặc khu được hỗ trợ\nLưu: VT";

/** The words around the papers of the four steps of support (R18); what stands between them comes from the round. */
export const SUPPORT_BODIES: Record<SupportKind, (level: DocumentLevel) => Body> = {
	support_minutes: () => ({
		symbol: "BB-{{ký hiệu}}",
		title: "Biên bản",
		about:
			"Làm việc giữa {{Cụm}} và Hội Liên hiệp Phụ nữ {{tỉnh}}\nvề hỗ trợ cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%",
		to: "",
		opening: `Thực hiện ${ANNEX.replace("{n}", "(1)")}, ngày {{ngày làm việc}}, tại {{địa điểm}}, {{Cụm}} làm việc với Hội Liên hiệp Phụ nữ {{tỉnh}} và thống nhất như sau:`,
		closing: "Biên bản được thông qua tại buổi làm việc, các bên thống nhất và giữ bản như nhau.",
		recipients: "Đại diện các bên\nBan Tổ chức Trung ương Hội\nLưu: VT",
	}),
	support_plan: () => ({
		symbol: "KH-{{ký hiệu}}",
		title: "Kế hoạch",
		about: "Hành động hỗ trợ cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60% phụ nữ có mặt tại địa bàn\n({{đợt}})",
		to: "",
		opening: `Thực hiện Hướng dẫn số 21/HD-ĐCT ngày 29/5/2023 của Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam và kết quả hội thảo ngày {{ngày hội thảo}} với {{số cơ sở}} cơ sở Hội, {{ban}} {{tên Hội}} ban hành kế hoạch hành động như sau:`,
		closing:
			"Căn cứ kế hoạch này, Hội Liên hiệp Phụ nữ các cơ sở chủ động tổ chức thực hiện; cán bộ được phân công phụ trách theo dõi, giúp đỡ và báo cáo kết quả sau mỗi hoạt động.",
		recipients:
			"Ban Tổ chức Trung ương Hội (để báo cáo)\n{{Cụm}}\nHội LHPN các xã, phường, đặc khu được hỗ trợ\nLưu: VT",
	}),
	support_activities: () => ({
		symbol: "BC-{{ký hiệu}}",
		title: "Báo cáo",
		about: "Kết quả các hoạt động hỗ trợ cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%\n({{đợt}}, {{tỉnh}})",
		to: STANDING,
		opening:
			"Thực hiện {{kế hoạch}}, đến ngày {{tính đến ngày}} đã làm {{số đã làm}} trên {{số hoạt động}} hoạt động với {{số tham gia}} lượt người tham gia, tại {{số cơ sở}} cơ sở Hội của {{tỉnh}}.",
		closing: "Trên đây là kết quả các hoạt động hỗ trợ cơ sở Hội, trân trọng báo cáo.",
		recipients: FILES,
	}),
	support_update: () => ({
		symbol: "BC-{{ký hiệu}}",
		title: "Báo cáo",
		about: "Cập nhật tình hình hỗ trợ cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%\n{{kỳ cập nhật}}, {{tỉnh}}",
		to: STANDING,
		opening: `Thực hiện ${ANNEX.replace("{n}", "(4)")} và {{kế hoạch}}, báo cáo tình hình hỗ trợ cơ sở Hội {{kỳ cập nhật}} như sau:
Tính đến ngày {{tính đến ngày}}, {{tỉnh}} có {{số trên 60%}} cơ sở đạt trên 60%, {{số chưa đạt trên 60%}} cơ sở chưa đạt; để tất cả đạt trên 60% còn thiếu {{còn thiếu}} hội viên.`,
		closing: "Trên đây là tình hình hỗ trợ cơ sở Hội {{kỳ cập nhật}}, trân trọng báo cáo.",
		recipients: FILES,
	}),
};
