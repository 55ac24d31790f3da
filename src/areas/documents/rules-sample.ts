import type { PaperAnnex, PaperBlock, PaperTable } from "../../core/paper.ts";
import { classOf, missingToPass, rateText } from "../../core/rate.ts";
import type { RateRow } from "../gathering/contract.ts";
import { FIELDS } from "./rules-fields.ts";
import { DOCUMENT_LABELS, type DocumentKind, type DocumentLevel, isSupportKind } from "./rules-kinds.ts";
import { type PeriodReport, periodBlocks, planBlocks } from "./rules-period.ts";
import { sampleSupport } from "./rules-sample-support.ts";
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

/** What a document of a kind shows, of made-up communes. */
export function sampleContent(kind: DocumentKind, level: DocumentLevel): { body: PaperBlock[]; annexes: PaperAnnex[] } {
	if (kind === "period_report") return { body: periodBlocks(SAMPLE_REPORT), annexes: [] };
	if (kind === "year_plan")
		return {
			body: planBlocks({
				questions: [{ text: "Nhiệm vụ, giải pháp và lộ trình của từng cơ sở", answer: "Lời của đơn vị." }],
				documents: [],
			}),
			annexes: [],
		};
	if (isSupportKind(kind)) return sampleSupport(kind);
	const table = sampleTable(kind, level);
	if (kind === "gathering_report" && level === "commune") return { body: [{ kind: "table", table }], annexes: [] };
	return { body: [], annexes: [{ title: [DOCUMENT_LABELS[kind]], table, notes: [] }] };
}

const SAMPLE_REPORT: PeriodReport = {
	groups: [
		{ label: "Hội viên", rows: [{ label: "Tổng số hội viên", now: 4_120, before: 4_023 }] },
		{ label: "Biến động hội viên trong kỳ", rows: [{ label: "Kết nạp mới", now: 131, before: 96 }] },
	],
	questions: [{ text: "Kết quả nổi bật", answer: "Lời của đơn vị." }],
	documents: [],
	missing: [],
};

function sampleTable(kind: DocumentKind, level: DocumentLevel): PaperTable {
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
