import { type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { refuseLines } from "../headcounts/rules.ts";
import { unitsByCode } from "../units/store-codes.ts";
import { nameTwice, PLACE_KINDS, type PopulationLine, type ReadPopulation, readPopulation } from "./rules.ts";
import { findOrAddSource, termOn, writePopulations } from "./store-sources.ts";

/**
 * Records a table of women aged 18 and over, all or nothing: with one bad row none is written, and the Problem
 * `import.rows_invalid` names every bad row. A code means the unit that bore it on `asOf` (default today); the source belongs to
 * the term of that day. A second table of the same source replaces the figures it names; earlier ones stay in the history.
 */
export async function importPopulations(
	work: Work,
	input: { source: string; asOf?: Day; rows: PopulationLine[] },
): Promise<{ rows: number; saved: number; official: boolean }> {
	if (input.rows.length === 0)
		throw new Problem("import.empty", 422, "Tệp không có dòng số liệu nào.", { field: "rows" });
	const asOf = input.asOf ?? work.today;
	const lines = await findPlaces(work, input.rows.map(readPopulation), asOf);
	nameTwice(lines);
	refuseLines(lines);
	const source = await findOrAddSource(work, await termOn(work, asOf), input.source.normalize("NFC"));
	await writePopulations(
		work,
		source.id,
		lines.flatMap(({ unitId, women18, document }) => (unitId && women18 ? [{ unitId, women18, document }] : [])),
		asOf,
	);
	await work.audit({ action: "populations.import", detail: { source: source.id, asOf, rows: lines.length } });
	return { rows: lines.length, saved: lines.length, official: source.official };
}

async function findPlaces(work: Work, lines: ReadPopulation[], on: Day) {
	const found = await unitsByCode(
		work,
		lines.map((line) => line.code),
		on,
		"populations.write",
	);
	return lines.map((line) => {
		const unit = found.get(line.code);
		const fault = !unit
			? `Không có đơn vị mang mã “${line.code.slice(0, 20)}” vào ngày ${displayDay(on)}.`
			: !PLACE_KINDS.includes(unit.kind)
				? "Chỉ nhập số phụ nữ từ 18 tuổi trở lên cho cấp xã."
				: !unit.reached
					? "Tài khoản của chị không có quyền nhập cho đơn vị này."
					: null;
		if (fault) line.faults.push({ field: "code", text: fault });
		return { ...line, unitId: fault ? null : (unit?.id ?? null) };
	});
}
