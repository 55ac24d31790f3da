/** The lists of this area that go out as a workbook or by the command line. */
export const REGISTRY_LISTS = [
	"counts",
	"models",
	"without",
	"pairs",
	"criteria",
	"meetings",
	"behind",
	"attended",
	"unattended",
	"wishes",
	"programmes",
	"unreached",
] as const;
export type RegistryList = (typeof REGISTRY_LISTS)[number];

export const REGISTRY_LIST_WORDS: Record<RegistryList, string> = {
	counts: "Mô hình, sinh hoạt, 3 cùng, nguồn lực theo đơn vị",
	models: "Mô hình tập hợp phụ nữ",
	without: "Xã chưa có mô hình tập hợp nhóm phụ nữ khó tập hợp",
	pairs: "Cặp “1+1”",
	criteria: "“3 có, 3 biết” của chi hội",
	meetings: "Sinh hoạt chi hội, hoạt động",
	behind: "Chi hội, tổ quá 3 tháng chưa sinh hoạt",
	attended: "Cán bộ dự sinh hoạt chi hội",
	unattended: "Chi hội chưa có cán bộ dự sinh hoạt",
	wishes: "Nguyện vọng của hội viên",
	programmes: "Chương trình, nguồn lực",
	unreached: "Xã chưa đạt trên 60% chưa có nguồn lực nào",
};
