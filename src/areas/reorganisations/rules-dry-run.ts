import type { Conflict, DryRunUnit } from "./contract.ts";

/** Women of one commune that come to be in one of another class: places in the list of changed units. */
export interface ClassMove {
	from: number;
	to: number;
}

/**
 * Whose women go to another class: each commune of before against each that takes (a part of) it over, and one that stays against itself.
 * Comparing communes that are there on both sides alone would find nothing where all of them are new.
 */
export function classMoves(units: readonly DryRunUnit[]): ClassMove[] {
	return units.flatMap(({ after, from }, to) =>
		from.flatMap(({ at }) => {
			const was = units[at].before?.class ?? null;
			return after?.class && was !== null && was !== after.class ? [{ from: at, to }] : [];
		}),
	);
}

const NAMED = 3;

/** Communes that have no denominator afterwards because one that goes into them has none (R1, R5): their rate is gone. */
export function withoutDenominator(units: readonly DryRunUnit[]): Conflict[] {
	return units.flatMap(({ after, from }) => {
		if (!after || after.code === null || after.women18 !== null) return [];
		const origins = from.flatMap(({ at }) => units[at].before ?? []);
		const missing = origins.filter((one) => one.women18 === null);
		if (missing.length === 0 || missing.length === origins.length) return [];
		const names = missing.slice(0, NAMED).map((one) => one.name);
		const more = missing.length > NAMED ? ` và ${missing.length - NAMED} đơn vị khác` : "";
		return [
			{
				level: "warning",
				code: "denominator.lost",
				text: `${names.join(", ")}${more} chưa có số phụ nữ từ 18 tuổi trở lên, nên ${after.name} không tính được tỷ lệ.`,
				row: null,
			},
		];
	});
}
