import type { Day } from "../../core/day.ts";
import { displayNumber, displayRate } from "../../core/number.ts";
import type { PaperBlock } from "../../core/paper.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { listRates } from "../gathering/store-rates.ts";
import { type ReportHead, ratesOf } from "../reporting/rules-content.ts";
import { FIGURES, type Figures, GROUPS, sumFigures } from "../reporting/rules-figures.ts";
import { PLANNED_COMMUNES } from "../reporting/rules-periods.ts";
import { readFrozen } from "../reporting/store-frozen.ts";
import { reportUnits } from "../reporting/store-making.ts";
import { requirePeriod } from "../reporting/store-periods.ts";
import { plans, yearOfPlan } from "../reporting/store-plans.ts";
import { showReport } from "../reporting/store-show.ts";
import type { Unit } from "../units/contract.ts";
import { type PeriodReport, periodBlocks, planBlocks } from "./rules-period.ts";
import { classWords } from "./rules-tables.ts";

/** A period as a document names it. */
interface NamedPeriod {
	id: number;
	name: string;
	dataUntil: Day;
}

/** A report as it stands: what was frozen before what is live. */
interface Standing {
	counts: Figures;
	before: Figures | null;
	keys: string[];
	questions: PeriodReport["questions"];
	documents: string[];
	missing: string[];
	/** What the figures are: frozen, sent, or live. */
	state: string;
	notes: string[];
}

/** The periodic report of a unit, as a document's words and figures; of a cluster the approved reports of its provinces together (R35). */
export async function periodContent(
	work: Work,
	unit: Unit,
	period: NamedPeriod,
): Promise<{ values: Record<string, string>; body: PaperBlock[]; annexes: [] }> {
	const whole = await requirePeriod(work, { periodId: period.id });
	// A cluster that reports itself has words of its own over its provinces' figures; in other periods theirs are added up.
	const reports = unit.kind !== "cluster" || (await reportUnits(work, whole, { ids: [unit.id] })).length > 0;
	const report = reports ? await unitReport(work, unit.id, period.id) : await clusterReport(work, unit, period);
	const { counts, before, keys, notes, ...more } = report;
	return {
		values: valuesOf(unit, period, report),
		body: [
			...periodBlocks({ ...more, groups: groupsOf(keys, counts, before, unit.kind === "commune") }),
			...notes.map((text): PaperBlock => ({ kind: "note", text })),
		],
		annexes: [],
	};
}

/** A province's plan of the year (R35): its words and how many communes are to pass, as approved before as sent. */
export async function planContent(
	work: Work,
	unit: Unit,
	period: NamedPeriod,
): Promise<{ values: Record<string, string>; body: PaperBlock[]; annexes: [] }> {
	const { questions, documents, state } = await unitReport(work, unit.id, period.id);
	const { report, questions: asked } = await showReport(work, { unitId: unit.id, periodId: period.id });
	// The number stands in the opening.
	const numbers = new Set(asked.filter(({ number }) => number).map(({ text }) => text));
	const { rows } = await plans(work, { year: yearOfPlan(period) });
	const planned = rows.find(({ unitId }) => unitId === unit.id)?.planned;
	const drafted = (report.words as Record<string, string>)[PLANNED_COMMUNES]?.trim();
	return {
		values: {
			"năm kế hoạch": String(yearOfPlan(period)),
			"số cơ sở sẽ đạt": planned === null || planned === undefined ? drafted || "…" : displayNumber(planned),
			"tình trạng số liệu": state,
		},
		body: planBlocks({ questions: questions.filter(({ text }) => !numbers.has(text)), documents }),
		annexes: [],
	};
}

async function unitReport(work: Work, unitId: number, periodId: number): Promise<Standing> {
	const shown = await showReport(work, { unitId, periodId });
	const { keys, previous, submitted, live, report } = shown;
	const [copy] = shown.frozen;
	const before = previous?.counts ?? null;
	const missing = shown.missing.map(({ name }) => name);
	if (copy && !submitted && report.id) {
		const { content } = await readFrozen(work, { reportId: report.id });
		const head = JSON.parse(content) as ReportHead;
		return {
			counts: copy.counts,
			before,
			keys,
			questions: head.words.map(({ question, answer }) => ({ text: question, answer })),
			documents: head.documents,
			missing: head.missing.map(({ name }) => name),
			state: "số đã chốt",
			notes: [`Số liệu theo bản đã chốt số ${copy.seq}, mã kiểm tra SHA-256 ${copy.sha256}.`],
		};
	}
	return {
		counts: submitted?.counts ?? live.counts,
		before,
		keys,
		questions: shown.questions.map(({ key, text }) => ({
			text,
			answer: (report.words as Record<string, string>)[key] ?? "",
		})),
		documents: report.documents,
		missing,
		state: submitted ? "số đã gửi, chờ duyệt" : "số tạm tính",
		notes: submitted ? [] : ["Số liệu tạm tính, chưa gửi cấp trên."],
	};
}

async function clusterReport(work: Work, cluster: Unit, { id, dataUntil }: NamedPeriod): Promise<Standing> {
	const provinces = await listRates(work, { on: dataUntil, unitId: cluster.id, level: "province" });
	const shown = [];
	for (const province of provinces) shown.push(await showReport(work, { unitId: province.id, periodId: id }));
	const approved = shown.filter(({ frozen, submitted }) => frozen[0] && !submitted);
	if (approved.length === 0)
		throw new Problem(
			"document.empty",
			422,
			"Chưa tỉnh, thành phố nào trong Cụm có báo cáo được duyệt của kỳ này, nên chưa có gì để lập văn bản.",
			{ field: "periodId" },
		);
	const keys = approved[0].keys;
	const previous = approved.map(({ previous: one }) => one?.counts);
	return {
		counts: sumFigures(
			keys,
			approved.map(({ frozen }) => frozen[0].counts),
		),
		before: previous.every((one) => one !== undefined) ? sumFigures(keys, previous) : null,
		keys,
		questions: [],
		documents: [],
		missing: shown.filter((one) => !approved.includes(one)).map(({ unit }) => unit.name),
		state: `cộng báo cáo đã chốt của ${approved.length}/${shown.length} tỉnh, thành phố`,
		notes: [],
	};
}

/** The figures the form asks for, group by group; what is nought now and was nought before is left out of structures and of movement. */
function groupsOf(keys: readonly string[], counts: Figures, before: Figures | null, isCommune: boolean) {
	const asked = new Set(keys);
	return GROUPS.flatMap(({ key: group, label, optional }) => {
		// One commune is in one class: the words say which.
		if (group === "communes" && isCommune) return [];
		const rows = FIGURES.filter((one) => one.group === group && asked.has(one.key))
			.map(({ key, label: words, flow }) => ({
				label: words,
				flow,
				now: counts[key] ?? null,
				before: before ? (before[key] ?? null) : null,
			}))
			.filter(({ flow, now, before: then }) => !(optional || flow) || Boolean(now) || Boolean(then));
		// Structures are counted of members with names alone.
		return rows.length === 0 ? [] : [{ label: optional ? `${label} (hội viên có trong danh sách)` : label, rows }];
	});
}

function valuesOf(unit: Unit, { name }: NamedPeriod, { counts, state }: Standing): Record<string, string> {
	const { rate, class: found } = ratesOf(unit.kind, counts);
	const number = (key: string) => displayNumber(counts[key] ?? 0);
	const { communes_under: under, communes_exactly: exactly, communes_over: over, communes_unknown: none } = counts;
	const women = counts.women18;
	return {
		"kỳ báo cáo": name.charAt(0).toLowerCase() + name.slice(1),
		"tình trạng số liệu": state,
		"hội viên": number("members"),
		"phụ nữ từ 18 tuổi": women === null || women === undefined ? "chưa có số liệu" : displayNumber(women),
		"tỷ lệ": rate === null ? "chưa có số liệu" : displayRate(rate),
		"xếp loại": classWords({ class: found, kind: unit.kind }).toLowerCase() || "chưa có số liệu",
		"số cơ sở": displayNumber((under ?? 0) + (exactly ?? 0) + (over ?? 0) + (none ?? 0)),
		"số trên 60%": number("communes_over"),
		"số bằng 60%": number("communes_exactly"),
		"số dưới 60%": number("communes_under"),
		"số chưa đạt trên 60%": displayNumber((under ?? 0) + (exactly ?? 0)),
		"số chưa có số liệu": number("communes_unknown"),
	};
}
