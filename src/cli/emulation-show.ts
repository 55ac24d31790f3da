import { MEASURE_WORDS, type Measure } from "../areas/emulation/rules.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, type Invocation, optional, print, UsageError } from "./command.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

/** What `emulation show` and `emulation set` read of the answer. */
export interface ShownRound {
	year: number;
	on: string;
	cluster: { unitId: number; code: string | null; name: string };
	published: { at: string } | null;
	criteria: { number: number; name: string; points: number; measure: Measure }[];
	maximum: number;
	rows: { code: string | null; name: string; points: number; place: number | null; tied: boolean }[];
	unreviewed: number;
}

/** The options that say which cluster's round of which year. */
export const ROUND_OPTIONS = { unit: { type: "string" }, year: { type: "string" } } as const;

/** Which round the options mean: without a cluster the first one she may look at, without a year the present one. */
export function roundOptions(invocation: Invocation): { cluster: string | undefined; year: number | undefined } {
	const year = optional(invocation, "year");
	if (year !== undefined && !/^\d{4}$/.test(year)) throw new UsageError("--year phải là năm có bốn chữ số.");
	return { cluster: optional(invocation, "unit"), year: year === undefined ? undefined : Number(year) };
}

export const emulationShow: Command = {
	name: "emulation show",
	usage: "[--unit MÃ_CỤM] [--year NĂM]",
	summary: "Tiêu chí, điểm và xếp hạng thi đua của một Cụm trong một năm",
	options: ROUND_OPTIONS,
	async run(invocation) {
		const shown = await operate(invocation, ({ call }) => call<ShownRound>("emulation.show", roundOptions(invocation)));
		print(invocation, shown, linesOf(shown));
		return undefined;
	},
};

function linesOf({ cluster, year, on, published, criteria, maximum, rows, unreviewed }: ShownRound): string[] {
	const state = published
		? `đã công bố ngày ${displayDay(published.at.slice(0, 10))}`
		: `tạm tính theo số liệu ngày ${displayDay(on)}`;
	return [
		`${cluster.name}, năm ${year}: ${state}`,
		...textTable(
			["Số", "Tiêu chí", "Điểm tối đa", "Cách tính"],
			criteria.map((one) => [String(one.number), one.name, displayNumber(one.points), MEASURE_WORDS[one.measure]]),
		),
		...textTable(
			["Hạng", "Mã", "Tỉnh, thành phố", `Điểm (trên ${displayNumber(maximum)})`],
			rows.map((row) => [
				row.place === null ? null : `${row.place}${row.tied ? " (đồng hạng)" : ""}`,
				row.code,
				row.name,
				displayNumber(row.points),
			]),
		),
		...(unreviewed > 0 ? [`${displayNumber(unreviewed)} mục tự chấm chưa được xem xét.`] : []),
	];
}
