import type { UnitKind } from "./contract.ts";

/** The kinds of unit that people make; the others come and go only by the law that rearranges administrative units. */
const MADE_KINDS = ["branch", "group", "club", "special_base", "force", "department"] as const;
export type MadeKind = (typeof MADE_KINDS)[number];

/** Under what a unit made by people may stand. */
export const PARENTS: Readonly<Record<MadeKind, readonly UnitKind[]>> = {
	branch: ["commune", "special_base", "unassigned"],
	group: ["branch"],
	club: ["centre", "province", "district", "commune", "branch", "special_base"],
	special_base: ["centre", "province", "district", "commune"],
	force: ["centre", "province", "district", "commune"],
	department: ["centre", "province"],
};

/** True for a kind that people make, rename, move and end. */
export function isMadeKind(kind: UnitKind): kind is MadeKind {
	return (MADE_KINDS as readonly UnitKind[]).includes(kind);
}

/** The kinds that may be added under a unit of this kind, in the order a form offers them. */
export function kindsUnder(parent: UnitKind): MadeKind[] {
	return MADE_KINDS.filter((kind) => PARENTS[kind].includes(parent));
}

/** The Union's words for each kind (glossary: branch, club, special_base …). */
export const KIND_WORDS: Readonly<Record<UnitKind, string>> = {
	centre: "Trung ương",
	cluster: "Cụm thi đua",
	province: "Tỉnh, thành phố",
	district: "Quận, huyện",
	commune: "Xã, phường, đặc khu",
	unassigned: "Chưa phân",
	special_base: "Tổ chức Hội cơ sở đặc thù",
	force: "Hội phụ nữ trong lực lượng vũ trang",
	branch: "Chi hội",
	group: "Tổ phụ nữ",
	club: "CLB, tổ, nhóm",
	department: "Ban, đơn vị",
};

/** The word for one kind on a day: communes were also townships, and not yet special zones, before 1 July 2025 (R38). */
export function kindWords(kind: UnitKind, on: string): string {
	return kind === "commune" && on < "2025-07-01" ? "Xã, phường, thị trấn" : KIND_WORDS[kind];
}
