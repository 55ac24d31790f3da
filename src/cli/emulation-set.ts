import { CRITERIA_COLUMNS, MEASURES } from "../areas/emulation/rules.ts";
import { refuseLines } from "../areas/headcounts/rules.ts";
import { displayNumber, readCount } from "../core/number.ts";
import { type Command, print, required, UsageError } from "./command.ts";
import { ROUND_OPTIONS, roundOptions, type ShownRound } from "./emulation-show.ts";
import { operate } from "./operate.ts";
import { readTableFile } from "./table-file.ts";

export const emulationSet: Command = {
	name: "emulation set",
	usage: "TỆP.csv --unit MÃ_CỤM [--year NĂM]",
	summary: `Đặt tiêu chí thi đua của một Cụm theo tệp (cột: name,points[,measure]; measure: ${MEASURES.join("|")})`,
	options: ROUND_OPTIONS,
	positionals: 1,
	async run(invocation) {
		const [file] = invocation.positionals;
		if (file === undefined) throw new UsageError("Thiếu tệp tiêu chí.");
		required(invocation, "unit");
		const table = readTableFile(file, CRITERIA_COLUMNS);
		const answer = await operate(invocation, async ({ call }) => {
			const shown = await call<ShownRound>("emulation.show", roundOptions(invocation));
			const { unitId } = shown.cluster;
			return call<{ criteria: number; maximum: number }>("emulation.set", {
				clusterId: unitId,
				year: shown.year,
				criteria: criteriaIn(table, shown),
			});
		});
		print(invocation, answer, [
			`Đã đặt ${displayNumber(answer.criteria)} tiêu chí, tối đa ${displayNumber(answer.maximum)} điểm.`,
		]);
		return undefined;
	},
};

/** The criteria of the file; one of the same name as before goes on as that one, with its marks. */
function criteriaIn(table: { row: number; name: string; points: string; measure?: string }[], shown: ShownRound) {
	const numbers = new Map(shown.criteria.map(({ name, number }) => [name, number]));
	const lines = table.map(({ row, name, points, measure = "" }) => {
		const faults: { field: string; text: string }[] = [];
		const value = readCount(points);
		const known = MEASURES.find((one) => one === (measure.trim() || "self"));
		if (name === "") faults.push({ field: "name", text: "Hãy ghi tên tiêu chí." });
		if (value === null || value < 1) faults.push({ field: "points", text: "Phải là số nguyên từ 1 trở lên." });
		if (!known) faults.push({ field: "measure", text: `Phải là một trong: ${MEASURES.join(", ")}.` });
		return { row, faults, name, points: value, measure: known };
	});
	refuseLines(lines);
	return lines.map(({ name, points, measure }) => ({ number: numbers.get(name), name, points, measure }));
}
