import type { ReportState } from "../areas/reporting/contract.ts";
import { FIGURE_BY_KEY, type Figures } from "../areas/reporting/rules-figures.ts";
import { PERIOD_KINDS } from "../areas/reporting/rules-periods.ts";
import { STATE_WORDS } from "../areas/reporting/rules-words.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, type Invocation, oneOf, print, required } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

/** What the commands read of a shown report. */
export interface ShownReport {
	period: { id: number; name: string; dataUntil: string; due: string };
	unit: { unitId: number; code: string | null; name: string };
	report: { id: string | null; state: ReportState; version: number };
	keys: string[];
	live: { counts: Figures; seen: string; jumps: { key: string; text: string }[]; signals: { text: string }[] };
	frozen: { seq: number; sha256: string; counts: Figures }[];
	previous: { counts: Figures } | null;
	missing: { unitId: number; name: string }[];
}

/** The options that say whose report of which period: a period by the last day of its data, without it the latest that is open. */
export const REPORT_OPTIONS = {
	unit: { type: "string" },
	until: { type: "string" },
	kind: { type: "string" },
} as const;

/** Which period: by the last day of its data, of several with one day by its kind; a plan by its kind. */
export function periodOptions(invocation: Invocation) {
	return { dataUntil: dayOption(invocation, "until"), periodKind: oneOf(invocation, "kind", PERIOD_KINDS) };
}

export function reportOptions(invocation: Invocation) {
	return { unit: required(invocation, "unit"), ...periodOptions(invocation) };
}

export const reportsShow: Command = {
	name: "reports show",
	usage: "--unit MÃ [--until NGÀY] [--kind LOẠI]",
	summary:
		"Báo cáo của một đơn vị: số tạm tính, số đã chốt, kỳ trước; --until là ngày cuối của số liệu kỳ, --kind là loại kỳ (plan: kế hoạch năm)",
	options: REPORT_OPTIONS,
	async run(invocation) {
		const input = reportOptions(invocation);
		const shown = await operate(invocation, ({ call }) => call<ShownReport>("reports.show", input));
		print(invocation, shown, linesOf(shown));
		return undefined;
	},
};

function linesOf({ period, unit, report, keys, live, frozen, previous, missing }: ShownReport): string[] {
	const number = (value: number | null | undefined) =>
		value === null || value === undefined ? null : displayNumber(value);
	const [standing] = frozen;
	return [
		`${unit.name}, ${period.name}, số liệu đến ngày ${displayDay(period.dataUntil)}: ${STATE_WORDS[report.state]}`,
		...textTable(
			["Số liệu", "Tạm tính", "Đã chốt", "Kỳ trước"],
			keys.map((key) => [
				FIGURE_BY_KEY.get(key)?.label ?? key,
				number(live.counts[key]),
				number(standing?.counts[key]),
				number(previous?.counts[key]),
			]),
		),
		...live.jumps.map(({ key, text }) => `! ${FIGURE_BY_KEY.get(key)?.label ?? key}: ${text}`),
		...live.signals.map(({ text }) => `! ${text}`),
		...(missing.length > 0 ? [`Chưa có báo cáo được duyệt: ${missing.map(({ name }) => name).join(", ")}`] : []),
		...(standing ? [`Bản chốt số ${standing.seq}, SHA-256 ${standing.sha256}`] : []),
	];
}
