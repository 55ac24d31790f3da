import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import type { Level } from "../gathering/rules.ts";
import { readRows } from "../gathering/store-rates.ts";
import type { Unit } from "../units/contract.ts";
import type { Child } from "./contract.ts";
import { hasTargets, weightOf } from "./rules.ts";

const LEVELS: Level[] = ["province", "district", "commune"];

/** Refuses units below which no targets are handed down: a cluster is a relation beside the tree, a commune has no union below it. */
export function refuseNoParent(unit: Unit): void {
	if (["centre", "province", "district"].includes(unit.kind)) return;
	throw new Problem(
		"target.no_children",
		422,
		"Chỉ tiêu được giao từ Trung ương Hội cho cấp tỉnh, từ cấp tỉnh cho cấp huyện (đến 30/6/2025) hoặc cấp xã. Hãy chọn một đơn vị có đơn vị trực thuộc.",
		{ field: "unit" },
	);
}

/**
 * The units directly below one on a day that have targets, with their women aged 18 and over, members, and their weight: the women
 * not yet members, commune by commune (R14). `without`: the communes that have no denominator and so no weight. *Chưa phân* has none either:
 * nobody there could be given a target.
 */
export async function childrenOf(
	work: Work,
	top: Unit,
	on: Day,
): Promise<{ rows: Omit<Child, "target">[]; without: { unitId: number; code: string | null; name: string }[] }> {
	const found = await readRows(work, { on, map: null }, LEVELS, top.id);
	const byId = new Map(found.map((row) => [row.id, row]));
	const weights = new Map<number, number>();
	const communes = found.filter(({ kind }) => kind === "commune");
	for (const commune of communes) {
		const child = childAbove(commune, byId, top.id);
		if (child !== null) weights.set(child, (weights.get(child) ?? 0) + weightOf(commune.women18, commune.members));
	}
	return {
		rows: found
			.filter(({ parentId, kind }) => parentId === top.id && hasTargets(kind))
			.map(({ id, code, name, kind, women18, members }) => ({
				unitId: id,
				code,
				name,
				kind,
				women18,
				members,
				weight: weights.get(id) ?? 0,
			})),
		without: communes
			.filter(({ id, women18 }) => women18 === null && id !== top.id)
			.map(({ id, code, name }) => ({ unitId: id, code, name })),
	};
}

/** The unit directly below `topId` under which a row stands, itself included. */
function childAbove(row: RateRow, byId: Map<number, RateRow>, topId: number): number | null {
	let at: RateRow | undefined = row;
	while (at && at.parentId !== topId) at = at.parentId === null ? undefined : byId.get(at.parentId);
	return at?.id ?? null;
}
