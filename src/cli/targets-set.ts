import { refuseLines } from "../areas/headcounts/rules.ts";
import { TARGET_COLUMNS } from "../areas/targets/rules.ts";
import { displayNumber, readCount } from "../core/number.ts";
import { type Command, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { type Operation, operate } from "./operate.ts";
import { readTableFile } from "./table-file.ts";
import { totalOption } from "./targets-propose.ts";
import { type ShownTarget, WHICH_OPTIONS, whichOptions } from "./targets-show.ts";

interface Row {
	unitId: number;
	value: number;
}

export const targetsSet: Command = {
	name: "targets set",
	usage:
		"[TỆP.csv] --unit MÃ --document VĂN_BẢN [--total SỐ] [--own SỐ [--baseline-on NGÀY --baseline-members SỐ]] [--kind LOẠI --name TÊN --measure ĐƠN_VỊ_TÍNH] [--year NĂM] [--on NGÀY_VĂN_BẢN] [--reason LÝ_DO]",
	summary: "Giao chỉ tiêu: theo tệp (cột: code,target), hoặc --total theo dự kiến phân bổ; --own cho chính đơn vị",
	options: {
		...WHICH_OPTIONS,
		measure: { type: "string" },
		document: { type: "string" },
		total: { type: "string" },
		own: { type: "string" },
		"baseline-on": { type: "string" },
		"baseline-members": { type: "string" },
		reason: { type: "string" },
	},
	positionals: 1,
	async run(invocation) {
		const which = whichOptions(invocation);
		const document = required(invocation, "document");
		const [file] = invocation.positionals;
		const total = totalOption(invocation);
		if (file !== undefined && total !== undefined) throw new UsageError("Dùng tệp hoặc --total, không dùng cả hai.");
		const value = wholeOption(optional(invocation, "own"), "own");
		const own =
			value === undefined
				? undefined
				: {
						value,
						baselineOn: dayOption(invocation, "baseline-on"),
						baselineMembers: wholeOption(optional(invocation, "baseline-members"), "baseline-members"),
					};
		const table = file === undefined ? [] : readTableFile(file, TARGET_COLUMNS);
		const answer = await operate(invocation, async (operation) => {
			const shown = await operation.call<ShownTarget>("targets.show", which);
			const rows = total === undefined ? rowsOf(table, shown) : await proposed(operation, which, total);
			return operation.call("targets.set", {
				unitId: shown.unit.unitId,
				kind: which.kind,
				name: which.name,
				year: which.year,
				measure: optional(invocation, "measure"),
				document,
				documentOn: which.on,
				own,
				rows,
				reason: optional(invocation, "reason"),
			});
		});
		print(invocation, answer, [
			`Đã giao ${displayNumber(answer.saved)} chỉ tiêu; cộng ${displayNumber(answer.sum)}${answer.short > 0 ? `, thiếu ${displayNumber(answer.short)} so với chỉ tiêu trên giao` : ""}.`,
		]);
		return undefined;
	},
};

async function proposed(
	{ call }: Operation,
	{ unit, kind, on }: ReturnType<typeof whichOptions>,
	total: number,
): Promise<Row[]> {
	const { rows } = await call<{ rows: { unitId: number; target: number }[] }>("targets.propose", {
		unit,
		kind,
		on,
		total,
	});
	// A unit without weight is left without a target rather than given nought.
	return rows.flatMap(({ unitId, target }) => (target > 0 ? [{ unitId, value: target }] : []));
}

/** The rows of a file for the units below; every bad one is named and none is sent. */
function rowsOf(table: { row: number; code: string; target: string }[], shown: ShownTarget): Row[] {
	const byCode = new Map(shown.rows.map(({ code, unitId }) => [code, unitId]));
	const seen = new Set<string>();
	const lines = table.map(({ row, code, target }) => {
		const unitId = byCode.get(code);
		const value = readCount(target);
		const faults: { field: string; text: string }[] = [];
		if (unitId === undefined)
			faults.push({
				field: "code",
				text: `Không có đơn vị mang mã “${code.slice(0, 20)}” trực thuộc ${shown.unit.name}.`,
			});
		if (seen.has(code)) faults.push({ field: "code", text: "Mã này đã có ở một dòng trên." });
		if (value === null) faults.push({ field: "target", text: "Phải là số nguyên từ 0 trở lên." });
		seen.add(code);
		return { row, faults, unitId, value };
	});
	refuseLines(lines);
	return lines.map(({ unitId, value }) => ({ unitId: unitId as number, value: value as number }));
}

function wholeOption(text: string | undefined, name: string): number | undefined {
	if (text === undefined) return undefined;
	const value = readCount(text);
	if (value === null) throw new UsageError(`--${name} phải là số nguyên từ 0 trở lên.`);
	return value;
}
