import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { unitsByCode } from "../units/store-codes.ts";
import {
	dayFault,
	type HeadcountLine,
	REPORTING_KINDS,
	type ReadLine,
	readLine,
	refuse,
	refuseLines,
	riseFault,
} from "./rules.ts";
import { figuresInForce, lockHeadcounts, repostingHeadcounts, sumOf, writeFigures } from "./store-ledger.ts";

interface FoundLine extends ReadLine {
	unitId: number | null;
}

/**
 * Records a table of figures, all or nothing: with one bad row none is written, and the Problem `import.rows_invalid` names
 * every bad row and what is wrong. A code means the unit that bore it on `on`. The column `source` stands for the document
 * (see {@link readLine}).
 */
export async function importHeadcounts(work: Work, input: { on: Day; rows: HeadcountLine[] }) {
	refuse(dayFault(input.on, work.today, "on"));
	if (input.rows.length === 0)
		throw new Problem("import.empty", 422, "Tệp không có dòng số liệu nào.", { field: "rows" });
	const lines = await findUnits(work, input.rows.map(readLine), input.on);
	nameTwice(lines);
	const units = [...new Set(lines.flatMap((line) => line.unitId ?? []))];
	await lockHeadcounts(work, units);
	await checkRises(work, lines, units, input.on);
	refuseLines(lines);
	await repostingHeadcounts(work, units, () =>
		writeFigures(
			work,
			lines.flatMap(({ unitId, figure }) =>
				unitId && figure ? { ...figure, id: uuidv7(), unitId, onDay: input.on } : [],
			),
		),
	);
	await work.audit({ action: "headcounts.import", detail: { on: input.on, rows: lines.length } });
	return { rows: lines.length, saved: lines.length };
}

async function findUnits(work: Work, lines: ReadLine[], on: Day): Promise<FoundLine[]> {
	const found = await unitsByCode(
		work,
		lines.map((line) => line.code),
		on,
		"headcounts.write",
	);
	return lines.map((line) => {
		const unit = found.get(line.code);
		if (!unit)
			line.faults.push({
				field: "code",
				text: `Không có đơn vị mang mã “${line.code.slice(0, 20)}” vào ngày ${displayDay(on)}.`,
			});
		else if (!REPORTING_KINDS.includes(unit.kind))
			line.faults.push({ field: "code", text: "Đơn vị này không nhập số liệu tổng hợp." });
		else if (!unit.reached)
			line.faults.push({ field: "code", text: "Tài khoản của chị không có quyền nhập cho đơn vị này." });
		else return { ...line, unitId: unit.id };
		return { ...line, unitId: null };
	});
}

function nameTwice(lines: FoundLine[]): void {
	const first = new Map<string, number>();
	for (const line of lines) {
		if (!line.figure || line.unitId === null) continue;
		const key = `${line.unitId} ${line.figure.component}`;
		const earlier = first.get(key);
		if (earlier !== undefined)
			line.faults.push({ field: "code", text: `Trùng đơn vị và loại số liệu với dòng ${earlier}.` });
		else first.set(key, line.row);
	}
}

async function checkRises(work: Work, lines: FoundLine[], units: number[], on: Day): Promise<void> {
	const inForce = Map.groupBy(await figuresInForce(work, units, on), (one) => `${one.unitId} ${one.component}`);
	const rights = await unlistedRightsOf(
		work,
		lines.flatMap((line) => (line.figure?.component === "unlisted" && line.unitId ? line.unitId : [])),
	);
	for (const { unitId, figure, faults } of lines) {
		if (!figure || unitId === null) continue;
		const before = inForce.get(`${unitId} ${figure.component}`) ?? [];
		const { opened = false, fromAbove = false } = rights.get(unitId) ?? {};
		const fault = riseFault(figure, sumOf(before), { opened: opened || before.length > 0, fromAbove });
		if (fault) faults.push({ field: fault.field, text: fault.text });
	}
}

/** See unlistedRights in store.ts; for many units at once. */
async function unlistedRightsOf(work: Work, units: number[]) {
	const { rows } = await sql<{ unitId: number; opened: boolean; fromAbove: boolean }>`
		select u as "unitId", exists (select from app.headcount h where h.unit_id = u and h.component = 'unlisted' and h.superseded_at is null) as opened,
			case when all_units.reached then true else calc.acts_from_above('headcounts.write', u) end as "fromAbove"
		from unnest(${units}::integer[]) u, (select calc.sees_all('headcounts.write') as reached) all_units`.execute(
		work.db,
	);
	return new Map(rows.map((row) => [row.unitId, row]));
}
