import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import type { Paper, PaperAnnex, PaperBlock } from "../../core/paper.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { REORGANISED } from "../gathering/rules-day.ts";
import { listRates, requireTop } from "../gathering/store-rates.ts";
import type { PeriodKind } from "../reporting/rules-periods.ts";
import { type Period, requirePeriod } from "../reporting/store-periods.ts";
import type { TargetKind } from "../targets/rules-kinds.ts";
import { showTarget } from "../targets/store-show.ts";
import type { Unit } from "../units/contract.ts";
import { letterheadOf } from "../units/rules-letterhead.ts";
import { requireUnit, showUnit } from "../units/store-reading.ts";
import { commonValues, figureNotes, figureValues, targetValues } from "./rules-figures.ts";
import {
	DOCUMENT_LABELS,
	type DocumentKind,
	type DocumentLevel,
	isIssuedBy,
	isSupportKind,
	type Register,
} from "./rules-kinds.ts";
import { issuerOf, paperOf } from "./rules-paper.ts";
import { SAMPLE_UNITS, sampleContent, sampleValues } from "./rules-sample.ts";
import { allotmentTable, type Below, belowTable, communeTable, notOverTable, partsTable } from "./rules-tables.ts";
import { defaultLetterhead } from "./rules-templates.ts";
import { requireNumber, takeNumber } from "./store-numbers.ts";
import { periodContent, planContent } from "./store-period.ts";
import { supportContent } from "./store-support.ts";
import { listTemplates, readLetterhead, readTemplate } from "./store-templates.ts";

/** Which document: its kind, of which unit (by id or code, as of the day or the map), on which day; an allotment: which target. */
export interface Asked {
	kind: DocumentKind;
	unitId?: number;
	unit?: string;
	on?: Day;
	/** The figures of `on` under the units of this day (R38). */
	map?: Day;
	/** A periodic report: of which period, by id or by the last day of its data (neither: the latest). */
	periodId?: number;
	dataUntil?: Day;
	periodKind?: PeriodKind;
	target?: { kind: TargetKind; name: string; termId?: number; year?: number };
	/** A paper of the support of a province's communes: of which round (none: the province's latest), an update: which one (none: the latest). */
	roundId?: string;
	updateId?: string;
	/** A number of its register, with the day the document bears; without one both are left open. */
	numberId?: string;
	/** Or the next number of this register, of today: taken with the document, or not at all. */
	takeNumber?: Register;
}

/** A document put together, and what its file is called: no name of a person stands in it. */
export interface Composed {
	paper: Paper;
	unit: Unit;
	fileName: string;
}

/** Figures as a document shows them. */
interface Content {
	values: Record<string, string>;
	body: PaperBlock[];
	annexes: PaperAnnex[];
	/** The number and day under which it was issued already. */
	issued?: { number: number; documentOn: Day } | null;
}

const FILE_WORDS: Record<DocumentKind, string> = {
	not_over_60: "co-so-hoi-chua-dat-tren-60",
	target_allotment: "phan-bo-chi-tieu",
	gathering_report: "bao-cao-ket-qua-tap-hop",
	period_report: "bao-cao-dinh-ky",
	year_plan: "ke-hoach-nam",
	support_minutes: "bien-ban-ho-tro-co-so",
	support_plan: "ke-hoach-ho-tro-co-so",
	support_activities: "bao-cao-hoat-dong-ho-tro-co-so",
	support_update: "bao-cao-cap-nhat-ho-tro-co-so",
};

/**
 * Puts a document together from what the one acting may read, in one transaction, and notes it in the log. Throws `document.level` where
 * such a unit issues none of the kind, `document.empty` where there is nothing to put into it, `template.field` for a faulty template.
 */
export async function composeDocument(work: Work, asked: Asked): Promise<Composed> {
	const { kind } = asked;
	const period = kind === "period_report" || kind === "year_plan" ? await periodOf(work, asked) : null;
	const on = period?.dataUntil ?? asked.on ?? work.today;
	const map = asked.map === undefined || asked.map === on ? null : asked.map;
	const unit = await requireTop(work, { id: asked.unitId, code: asked.unit, on: map ?? on }, map ? "map" : "on");
	const level = requireIssuer(kind, unit);
	const { unit: shown } = await showUnit(work, unit, map ?? on);
	const letterhead = await readLetterhead(work, { unitId: unit.id, level, place: letterheadOf(shown).place });
	const content = await contentOf(work, unit, { ...asked, on, map }, period);
	const numbered = (await numberOf(work, unit.id, asked)) ?? content.issued ?? null;
	const issuer = issuerOf(shown);
	const paper = paperOf({
		kind,
		template: await readTemplate(work, { unitId: unit.id, level, kind }),
		letterhead,
		values: { ...commonValues(issuer, letterhead, on), ...content.values },
		body: content.body,
		annexes: content.annexes,
		number: numbered?.number ?? null,
		day: numbered?.documentOn ?? null,
		demo: await isDemo(work),
	});
	await work.audit({ action: "documents.export", unitId: unit.id, detail: { kind, on } });
	return { paper, unit, fileName: [FILE_WORDS[kind], unit.code ?? unit.id, on].join("-") };
}

/**
 * A document with made-up figures, to look at the words of a unit or of a level: its pages say "Dữ liệu minh họa". Needs what reading the
 * templates needs.
 */
export async function composeSample(
	work: Work,
	{ kind, ...whose }: { kind: DocumentKind; unitId?: number; level?: DocumentLevel },
): Promise<Paper> {
	const { unit, level, letterhead, templates } = await listTemplates(work, whose);
	const found = templates.find((one) => one.kind === kind);
	if (!found) throw new Problem("document.level", 422, "Cấp này không lập văn bản đó.", { field: "kind" });
	const named = unit ? await unitNamed(work, unit.unitId) : SAMPLE_UNITS[level];
	const head = letterhead ?? defaultLetterhead(level, "Lào Cai");
	return paperOf({
		kind,
		template: found.words,
		letterhead: head,
		values: { ...sampleValues(kind), ...commonValues(issuerOf(named), head, work.today) },
		...sampleContent(kind, level),
		number: null,
		day: null,
		demo: true,
	});
}

async function unitNamed(work: Work, id: number) {
	return (await showUnit(work, await requireUnit(work, { id }), work.today)).unit;
}

async function numberOf(work: Work, unitId: number, { kind, numberId, takeNumber: register }: Asked) {
	if (numberId !== undefined) return requireNumber(work, unitId, numberId);
	return register ? takeNumber(work, { unitId, register, about: DOCUMENT_LABELS[kind] }) : null;
}

function requireIssuer(kind: DocumentKind, unit: Unit): DocumentLevel {
	const { kind: level } = unit;
	if (isIssuedBy(kind, level)) return level;
	throw new Problem(
		"document.level",
		422,
		`${unit.name} không lập văn bản “${DOCUMENT_LABELS[kind]}”. Hãy chọn một đơn vị ${kind.endsWith("_report") ? "có chỉ tiêu" : "có cơ sở Hội trực thuộc"}.`,
		{ field: "unit" },
	);
}

async function isDemo(work: Work): Promise<boolean> {
	const { rows } = await sql<{
		demo: boolean;
	}>`select exists (select from app.setting where name = 'demo') as demo`.execute(work.db);
	return rows[0]?.demo === true;
}

type Question = Omit<Asked, "on" | "map"> & { on: Day; map: Day | null };

function contentOf(work: Work, unit: Unit, asked: Question, period: Period | null): Promise<Content> {
	if (period) return asked.kind === "year_plan" ? planContent(work, unit, period) : periodContent(work, unit, period);
	if (isSupportKind(asked.kind)) return supportContent(work, unit, { ...asked, kind: asked.kind });
	if (asked.kind === "not_over_60") return notOverContent(work, unit, asked);
	return asked.kind === "target_allotment" ? allotmentContent(work, unit, asked) : reportContent(work, unit, asked);
}

/** The period asked for; a plan is another paper than a report. */
async function periodOf(work: Work, asked: Asked): Promise<Period> {
	const isPlan = asked.kind === "year_plan";
	const { periodId, dataUntil, periodKind } = asked;
	const period = await requirePeriod(work, { periodId, dataUntil, periodKind: isPlan ? "plan" : periodKind });
	if ((period.kind === "plan") === isPlan) return period;
	throw new Problem(
		"document.plan",
		422,
		`${period.name} là kế hoạch: hãy lập văn bản “${DOCUMENT_LABELS.year_plan}”.`,
		{
			field: "periodId",
		},
	);
}

async function notOverContent(work: Work, unit: Unit, asked: Question): Promise<Content> {
	const { own, rows, communes } = await readFigures(work, unit, asked);
	const table = notOverTable(communes, placesOf(unit, rows, asked.map ?? asked.on));
	return {
		values: figureValues(own, communes),
		body: [],
		annexes:
			table.rows.length === 0
				? []
				: [
						{
							title: ["Danh sách cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%"],
							table,
							notes: notesOf(work, communes, asked),
						},
					],
	};
}

async function reportContent(work: Work, unit: Unit, asked: Question): Promise<Content> {
	const { own, rows, communes } = await readFigures(work, unit, asked);
	const values = figureValues(own, communes);
	const notes = notesOf(work, [own, ...communes], asked);
	if (unit.kind === "commune") {
		const noted = notes.map((text): PaperBlock => ({ kind: "note", text }));
		return { values, body: [{ kind: "table", table: partsTable(own) }, ...noted], annexes: [] };
	}
	const below = belowOf(unit, rows, communes);
	const isOfCommunes = below.every(({ row }) => row.kind === "commune" || row.kind === "unassigned");
	const table = isOfCommunes
		? communeTable(
				below.map(({ row }) => row),
				{ name: "Các cơ sở Hội", whole: own },
			)
		: belowTable(own, below);
	return { values, body: [], annexes: [{ title: ["Kết quả tập hợp phụ nữ của các đơn vị trực thuộc"], table, notes }] };
}

function notesOf(work: Work, rows: readonly RateRow[], { on, map }: Question): string[] {
	return figureNotes(rows, { on, map, today: work.today });
}

async function allotmentContent(work: Work, unit: Unit, asked: Question): Promise<Content> {
	const target = asked.target ?? { kind: "net_new_members", name: "" };
	const shown = await showTarget(work, { ...target, unitId: unit.id, on: asked.on });
	const given = shown.rows.filter((row) => row.target !== null);
	if (given.length === 0)
		throw new Problem(
			"document.empty",
			422,
			`${unit.name} chưa giao chỉ tiêu này cho đơn vị trực thuộc nào, nên chưa có gì để lập văn bản. Hãy giao chỉ tiêu trước.`,
			{ field: "unit" },
		);
	const values = targetValues(shown);
	const notes = [
		...(shown.kind === "net_new_members"
			? [`Số phụ nữ, số hội viên tính đến ngày ${displayDay(asked.on)}. Phụ nữ chưa vào Hội: cộng từ từng cơ sở.`]
			: []),
		...shown.unplaced.map(
			(one) => `${one.name}: ${displayNumber(one.value)} chưa có đơn vị nhận sau sắp xếp, cần giao lại.`,
		),
		...(given.some((row) => row.target?.estimated) ? ["Có phần ước tính: chia từ đơn vị trước sắp xếp."] : []),
	];
	return {
		values,
		body: [],
		annexes: [
			{
				title: [`Phân bổ ${values["loại chỉ tiêu"]}`, values.kỳ],
				table: allotmentTable(shown.rows, shown.kind, shown.measure),
				notes,
			},
		],
	};
}

/** The unit's own row, those at every level below it, and the communes among them (of a commune: itself). */
async function readFigures(work: Work, unit: Unit, { on, map }: Question) {
	const when = { on, map: map ?? undefined, unitId: unit.id };
	// Refuses who may not read the unit; the list below leaves out what she may not.
	const [own] = (await listRates(work, when)) as [RateRow];
	const rows = unit.kind === "commune" ? [own] : await listRates(work, { ...when, level: "all" });
	return { own, rows, communes: rows.filter(({ kind }) => kind === "commune") };
}

/** What stands directly below a unit, each with its communes. */
function belowOf(unit: Unit, rows: readonly RateRow[], communes: readonly RateRow[]): Below[] {
	const byId = new Map(rows.map((row) => [row.id, row]));
	const isBelow = (row: RateRow) =>
		unit.kind === "cluster" || unit.kind === "centre" ? row.kind === "province" : row.parentId === unit.id;
	const children = new Set(rows.filter((row) => row.id !== unit.id && isBelow(row)).map(({ id }) => id));
	const under = new Map<number, RateRow[]>();
	for (const commune of communes) {
		let at: RateRow | undefined = commune;
		while (at && !children.has(at.id)) at = at.parentId === null ? undefined : byId.get(at.parentId);
		if (at && !under.get(at.id)?.push(commune)) under.set(at.id, [commune]);
	}
	return rows.filter(({ id }) => children.has(id)).map((row) => ({ row, communes: under.get(row.id) ?? [] }));
}

/** Where a commune stands, below the unit whose list it is; null where all stand directly under it. */
function placesOf(unit: Unit, rows: readonly RateRow[], on: Day): ((row: RateRow) => string) | null {
	if (unit.kind === "district" || (unit.kind === "province" && on >= REORGANISED)) return null;
	const byId = new Map(rows.map((row) => [row.id, row]));
	const above = (row: RateRow | undefined): string[] => {
		const parent = row?.parentId === null || row?.parentId === undefined ? undefined : byId.get(row.parentId);
		return !parent || parent.id === unit.id || parent.kind === "centre" ? [] : [parent.name, ...above(parent)];
	};
	return (row) => above(row).join(", ");
}
