import { displayNumber } from "../../core/number.ts";
import type { UnitKind } from "../units/contract.ts";
import type { TargetKind } from "./rules-kinds.ts";

/** A row among which a total is shared: its weight, and the value a person has fixed (null: none). Keys differ. */
export interface Share {
	key: string;
	weight: number;
	locked: number | null;
}

/** Women aged 18 and over who have not joined, of one commune; nought without a denominator or over 100 % (R14). */
export function weightOf(women18: number | null, members: number): number {
	return women18 === null ? 0 : Math.max(0, women18 - members);
}

/**
 * Shares a total by weights with largest remainders (equal remainders: by key), in whole numbers; fixed rows keep their value and
 * the rest share what remains, none below 0 (R14). Adds up to the total where the fixed rows leave something or nothing over and a free row
 * has weight; else the sum says how far it is off. The order of the rows changes nothing.
 */
export function allot(total: number, shares: readonly Share[]): Map<string, number> {
	const parts = new Map(shares.map(({ key, locked }) => [key, locked ?? 0]));
	const free = shares.filter(({ locked, weight }) => locked === null && weight > 0);
	const whole = free.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
	const fixed = shares.reduce((sum, { locked }) => sum + (locked ?? 0), 0);
	const rest = BigInt(Math.max(0, total - fixed));
	if (whole === 0n) return parts;
	// Whole numbers of any size: 100 million by 40 million leaves what a double holds exactly.
	const exact = free.map(({ key, weight }) => {
		const product = rest * BigInt(weight);
		return { key, base: product / whole, remainder: product % whole };
	});
	for (const { key, base } of exact) parts.set(key, Number(base));
	let left = Number(rest - exact.reduce((sum, { base }) => sum + base, 0n));
	for (const { key, base } of exact.toSorted(byRemainder)) {
		if (left <= 0) break;
		parts.set(key, Number(base) + 1);
		left -= 1;
	}
	return parts;
}

function byRemainder(a: { key: string; remainder: bigint }, b: { key: string; remainder: bigint }): number {
	if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
	return a.key < b.key ? -1 : 1;
}

/** The key by which a unit's row is sorted among equals: its code, or its id where it has none. */
export function keyOf(unit: { code: string | null; unitId: number }): string {
	return `${unit.code ?? "~"} ${unit.unitId}`;
}

/** By how much what was allotted below is less than what stands above; 0 where nothing stands above. */
export function shortOf(above: number | null, sum: number): number {
	return Math.max(0, (above ?? 0) - sum);
}

/** The kinds of unit that have targets (R6: special bases and forces have none). */
const TARGETED: readonly UnitKind[] = ["centre", "province", "district", "commune"];

/** Whether units of a kind are given targets, and give them on where they stand above others. */
export function hasTargets(kind: UnitKind): boolean {
	return TARGETED.includes(kind);
}

/** The columns of a table of targets, as a CSV names them. */
export const TARGET_COLUMNS = [
	{ key: "code", heads: ["Mã đơn vị", "Mã"], required: true },
	{ key: "target", heads: ["Chỉ tiêu"], required: true },
] as const;

/** The official words of each kind of target (glossary). */
export const KIND_LABELS: Record<TargetKind, string> = {
	net_new_members: "Chỉ tiêu phát triển hội viên (tăng thực)",
	communes_over_60: "Chỉ tiêu cơ sở Hội đạt tỷ lệ tập hợp trên 60%",
	communes_with_model: "Chỉ tiêu cơ sở Hội có mô hình tập hợp phụ nữ",
	free: "Chỉ tiêu khác",
};

/** The levels whose terms differ, as a screen names them. */
export const LEVEL_WORDS = { centre: "Trung ương", province: "Cấp tỉnh", district: "Cấp huyện", commune: "Cấp xã" };

/** How what is allotted below stands to what stands above, in words. */
export function sumWords(above: number, sum: number): string {
	if (sum === above) return "Đủ so với chỉ tiêu trên giao";
	return sum < above
		? `Thiếu ${displayNumber(above - sum)} so với chỉ tiêu trên giao`
		: `Vượt ${displayNumber(sum - above)} so với chỉ tiêu trên giao`;
}
