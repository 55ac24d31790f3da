import type { Verb } from "../areas/access/rules.ts";

/** A place in the navigation. `verb` is what the session must hold to see it; null for everyone. */
export type Place = {
	to: string;
	label: string;
	/** For the tabs of a phone. */
	short: string;
	verb: Verb | null;
	/** One of the four tabs of a phone; the others stand under "Thêm". */
	tab?: boolean;
	/** The kinds of unit whose people see it; without it, all. */
	kinds?: readonly string[];
};

/** All places, in the order of the side navigation. */
export const PLACES: readonly Place[] = [
	{ to: "/", label: "Tổng quan", short: "Tổng quan", verb: null, tab: true },
	{
		to: "/members",
		label: "Hội viên",
		short: "Hội viên",
		verb: "members.read",
		tab: true,
	},
	{
		to: "/members/import",
		label: "Nhập danh sách",
		short: "Nhập",
		verb: "members.write",
		tab: true,
	},
	{
		to: "/gathering",
		label: "Tỷ lệ tập hợp",
		short: "Tỷ lệ",
		verb: "gathering.read",
		tab: true,
	},
	{
		to: "/targets",
		label: "Chỉ tiêu",
		short: "Chỉ tiêu",
		verb: "targets.read",
	},
	{
		to: "/support",
		label: "Hỗ trợ cơ sở",
		short: "Hỗ trợ",
		verb: "support.read",
		kinds: ["centre", "cluster", "province", "district", "commune"],
	},
	{
		to: "/emulation",
		label: "Thi đua",
		short: "Thi đua",
		verb: "emulation.read",
		kinds: ["centre", "cluster", "province"],
	},
	{
		to: "/reports",
		label: "Báo cáo định kỳ",
		short: "Báo cáo",
		verb: "reports.read",
	},
	{
		to: "/meetings",
		label: "Sinh hoạt chi hội",
		short: "Sinh hoạt",
		verb: "models.read",
	},
	{
		to: "/models",
		label: "Mô hình",
		short: "Mô hình",
		verb: "models.read",
	},
	{
		to: "/together",
		label: "“3 cùng” với chi hội",
		short: "3 cùng",
		verb: "models.read",
	},
	{
		to: "/programmes",
		label: "Chương trình, nguồn lực",
		short: "Nguồn lực",
		verb: "models.read",
		kinds: ["centre", "cluster", "province", "district", "commune"],
	},
	{
		to: "/effect",
		label: "Cách làm có hiệu quả",
		short: "Cách làm",
		verb: "support.read",
		kinds: ["centre", "cluster", "province", "district"],
	},
	{
		to: "/documents",
		label: "Văn bản",
		short: "Văn bản",
		verb: "gathering.read",
		kinds: ["centre", "cluster", "province", "district", "commune"],
	},
	{
		to: "/headcounts",
		label: "Hội viên công đoàn, LLVT, tổ chức thành viên",
		short: "Số lượng",
		verb: "headcounts.read",
	},
	{
		to: "/populations",
		label: "Phụ nữ từ 18 tuổi trở lên",
		short: "Phụ nữ",
		verb: "headcounts.read",
	},
	{
		to: "/units",
		label: "Hệ thống tổ chức Hội",
		short: "Tổ chức",
		verb: "units.read",
	},
	{
		to: "/accounts",
		label: "Tài khoản",
		short: "Tài khoản",
		verb: "accounts.read",
	},
	{
		to: "/audit",
		label: "Nhật ký sử dụng",
		short: "Nhật ký",
		verb: "audit.read",
	},
	{
		to: "/acting",
		label: "Nhập thay cơ sở",
		short: "Nhập thay",
		verb: "members.write",
		kinds: ["centre", "province", "district"],
	},
	{ to: "/me", label: "Tài khoản của tôi", short: "Của tôi", verb: null },
];

/** The places that have a page in this program and that the session may see, at a unit of this kind. */
export function placesFor(
	places: readonly Place[],
	verbs: readonly string[],
	hasPage: (to: string) => boolean,
	unitKind = "",
): Place[] {
	return places.filter(
		({ to, verb, kinds }) =>
			hasPage(to) && (verb === null || verbs.includes(verb)) && (kinds?.includes(unitKind) ?? true),
	);
}

/** The place a page belongs to: the one with the longest address that the page's address begins with. */
export function placeOf(places: readonly Place[], path: string): Place | undefined {
	return places
		.filter(({ to }) => path === to || (to !== "/" && path.startsWith(`${to}/`)))
		.sort((a, b) => b.to.length - a.to.length)[0];
}
