import type { PaperTable } from "../../core/paper.ts";
import { classOf, missingToPass, rateText } from "../../core/rate.ts";
import type { RateRow } from "../gathering/contract.ts";
import { FIELDS } from "./rules-fields.ts";
import type { DocumentKind, DocumentLevel } from "./rules-kinds.ts";
import { allotmentTable, communeTable, partsTable } from "./rules-tables.ts";

/** What the fields of a kind say where a template is looked at: made up, and the page says so. */
export function sampleValues(kind: DocumentKind): Record<string, string> {
	return Object.fromEntries(FIELDS[kind].map(({ name, sample }) => [name, sample]));
}

/** A unit of a level, to look at the words of the level. */
export const SAMPLE_UNITS: Record<DocumentLevel, { kind: string; name: string; path: string[] }> = {
	centre: { kind: "centre", name: "Trung ương Hội", path: [] },
	cluster: { kind: "cluster", name: "Cụm thi đua số 1", path: [] },
	province: { kind: "province", name: "Tỉnh Lào Cai", path: [] },
	district: { kind: "district", name: "Huyện Bát Xát", path: ["Tỉnh Lào Cai"] },
	commune: { kind: "commune", name: "Xã Bát Xát", path: ["Tỉnh Lào Cai"] },
};

/** A table as the document has it, of made-up communes. */
export function sampleTable(kind: DocumentKind, level: DocumentLevel): PaperTable {
	const communes = [
		commune("Xã Mẫu Một", 4_120, 8_306),
		commune("Xã Mẫu Hai", 2_415, 4_212),
		commune("Phường Mẫu Ba", 6_003, 10_005),
	];
	if (kind === "target_allotment") {
		const rows = communes.map(({ id, code, name, members, women18 }, at) => ({
			unitId: id,
			code,
			name,
			kind: "commune" as const,
			women18,
			members,
			weight: (women18 ?? 0) - members,
			target: { value: 120 + 35 * at, carried: false, estimated: false, decision: null },
		}));
		return allotmentTable(rows, "net_new_members", "hội viên");
	}
	return level === "commune" ? partsTable(communes[0]) : communeTable(communes, { name: "Mẫu" });
}

function commune(name: string, members: number, women18: number): RateRow {
	return {
		id: 1,
		code: null,
		name,
		kind: "commune",
		parentId: null,
		on: "2025-11-24",
		women18,
		without_denominator: 0,
		members,
		parts: {
			roster: members,
			unlisted: 0,
			trade_union: 0,
			armed_forces: 0,
			member_organisation: 0,
			upper_club: 0,
			overlap: 0,
		},
		rate: rateText(members, women18),
		class: classOf(members, women18),
		missing: missingToPass(members, women18),
		map: null,
		estimated: false,
	};
}
