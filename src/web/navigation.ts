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
	/** Under which heading it stands. */
	group?: keyof typeof GROUPS;
};

/** The headings of the navigation. */
export const GROUPS = {
	counting: "Hội viên, tỷ lệ",
	planning: "Chỉ tiêu, báo cáo",
	supporting: "Hỗ trợ cơ sở",
	living: "Sinh hoạt chi hội",
	running: "Tổ chức, tài khoản",
} as const;

/** All places, in the order of the side navigation: those of one heading together. */
export const PLACES: readonly Place[] = [
	{ to: "/", label: "Tổng quan", short: "Tổng quan", verb: null, tab: true },
	{
		to: "/members",
		group: "counting",
		label: "Hội viên",
		short: "Hội viên",
		verb: "members.read",
		tab: true,
	},
	{
		to: "/members/import",
		group: "counting",
		label: "Nhập danh sách",
		short: "Nhập",
		verb: "members.write",
		tab: true,
	},
	{
		to: "/gathering",
		group: "counting",
		label: "Tỷ lệ tập hợp",
		short: "Tỷ lệ",
		verb: "gathering.read",
		tab: true,
	},
	{
		to: "/headcounts",
		group: "counting",
		label: "Hội viên công đoàn, LLVT, tổ chức thành viên",
		short: "Số lượng",
		verb: "headcounts.read",
	},
	{
		to: "/populations",
		group: "counting",
		label: "Phụ nữ từ 18 tuổi trở lên",
		short: "Phụ nữ",
		verb: "headcounts.read",
	},
	{
		to: "/targets",
		group: "planning",
		label: "Chỉ tiêu",
		short: "Chỉ tiêu",
		verb: "targets.read",
	},
	{
		to: "/emulation",
		group: "planning",
		label: "Thi đua",
		short: "Thi đua",
		verb: "emulation.read",
		kinds: ["centre", "cluster", "province"],
	},
	{
		to: "/reports",
		group: "planning",
		label: "Báo cáo định kỳ",
		short: "Báo cáo",
		verb: "reports.read",
	},
	{
		to: "/documents",
		group: "planning",
		label: "Văn bản",
		short: "Văn bản",
		verb: "gathering.read",
		kinds: ["centre", "cluster", "province", "district", "commune"],
	},
	{
		to: "/support",
		group: "supporting",
		label: "Hỗ trợ cơ sở",
		short: "Hỗ trợ",
		verb: "support.read",
		kinds: ["centre", "cluster", "province", "district", "commune"],
	},
	{
		to: "/assistance/mine",
		group: "supporting",
		label: "Xã của tôi",
		short: "Xã của tôi",
		verb: "support.write",
		kinds: ["centre", "cluster", "province", "district"],
	},
	{
		to: "/assistance",
		group: "supporting",
		label: "Phân công, các bước hỗ trợ",
		short: "Phân công",
		verb: "support.read",
		kinds: ["centre", "cluster", "province", "district"],
	},
	{
		to: "/effect",
		group: "supporting",
		label: "Cách làm có hiệu quả",
		short: "Cách làm",
		verb: "support.read",
		kinds: ["centre", "cluster", "province", "district"],
	},
	{
		to: "/programmes",
		group: "supporting",
		label: "Chương trình, nguồn lực",
		short: "Nguồn lực",
		verb: "models.read",
		kinds: ["centre", "cluster", "province", "district", "commune"],
	},
	{
		to: "/meetings",
		group: "living",
		label: "Sinh hoạt chi hội",
		short: "Sinh hoạt",
		verb: "models.read",
	},
	{
		to: "/models",
		group: "living",
		label: "Mô hình",
		short: "Mô hình",
		verb: "models.read",
	},
	{
		to: "/together",
		group: "living",
		label: "“3 cùng” với chi hội",
		short: "3 cùng",
		verb: "models.read",
	},
	{
		to: "/units",
		group: "running",
		label: "Hệ thống tổ chức Hội",
		short: "Tổ chức",
		verb: "units.read",
	},
	{
		to: "/accounts",
		group: "running",
		label: "Tài khoản",
		short: "Tài khoản",
		verb: "accounts.read",
	},
	{
		to: "/audit",
		group: "running",
		label: "Nhật ký sử dụng",
		short: "Nhật ký",
		verb: "audit.read",
	},
	{
		to: "/acting",
		group: "running",
		label: "Nhập thay cơ sở",
		short: "Nhập thay",
		verb: "members.write",
		kinds: ["centre", "province", "district"],
	},
	{ to: "/me", label: "Tài khoản của tôi", short: "Của tôi", group: "running", verb: null },
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

/** Places in their order under their headings; those without one come first. */
export function grouped(places: readonly Place[]): { heading: string | null; places: Place[] }[] {
	return [...Map.groupBy(places, ({ group }) => group)].map(([group, of]) => ({
		heading: group ? GROUPS[group] : null,
		places: of,
	}));
}
