import type { UnitKind } from "./contract.ts";

/** What stands at the head and the foot of a unit's papers. */
export interface Letterhead {
	/** The level above, in capitals; empty where there is none. */
	above: string;
	/** The unit that issues the paper, in capitals. */
	unit: string;
	/** Where it is written: "Tân Triều"; empty where it must be filled in. */
	place: string;
	/** For whom the paper is signed: "TM. BAN THƯỜNG VỤ". */
	signer: string;
	/** Whether a seal goes with the signature. */
	hasSeal: boolean;
}

const UNION = "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM";

/** Who signs alone below the communes; all others sign for their standing committee. */
const HEADS: Partial<Record<UnitKind, string>> = {
	branch: "CHI HỘI TRƯỞNG",
	group: "TỔ TRƯỞNG",
	club: "CHỦ NHIỆM",
	cluster: "CỤM TRƯỞNG",
};

/** The head and foot of a unit's papers as the Union writes them (07/HD-ĐCT-TC of 2017); `path` is what it stands under, nearest first. */
export function letterheadOf(unit: { kind: UnitKind; name: string; path: readonly string[] }): Letterhead {
	const { kind, name, path } = unit;
	const own = name.toUpperCase();
	const above = path[0] === undefined ? UNION : `HỘI LHPN ${path[0].toUpperCase()}`;
	if (kind === "centre")
		return { above: UNION, unit: "ĐOÀN CHỦ TỊCH", place: "Hà Nội", signer: "TM. ĐOÀN CHỦ TỊCH", hasSeal: true };
	if (["province", "district", "commune", "unassigned"].includes(kind))
		return {
			above: kind === "province" ? UNION : above,
			unit: `HỘI LHPN ${own}`,
			place: bareName(name),
			signer: "TM. BAN THƯỜNG VỤ",
			hasSeal: true,
		};
	const head = HEADS[kind];
	return {
		above: kind === "cluster" ? UNION : above,
		unit: own,
		place: kind === "cluster" ? "" : bareName(path[0] ?? ""),
		signer: head ?? "TM. BAN CHẤP HÀNH",
		hasSeal: !head,
	};
}

/** A place without its kind: "Phường Tân Triều" is "Tân Triều" in a date line. */
function bareName(name: string): string {
	return name.replace(/^(?:Tỉnh|Thành phố|Quận|Huyện|Thị xã|Xã|Phường|Thị trấn|Đặc khu) (?!\d)/u, "");
}
