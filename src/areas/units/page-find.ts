import type { UnitChoice } from "../../ui/UnitPicker.tsx";
import { client } from "../../web/client.ts";
import type { UnitKind, UnitRow } from "./contract.ts";
import { KIND_WORDS } from "./rules.ts";

/** A unit as a picker offers it: its name, and where it is. */
export function choiceOf(unit: UnitRow): UnitChoice {
	return {
		id: String(unit.id),
		code: unit.code ?? "",
		name: unit.name,
		place: unit.path.length > 0 ? unit.path.join(", ") : KIND_WORDS[unit.kind],
	};
}

/** Asks the registry as she types, for units as they stood on a day. */
export function findUnits(options: { on?: string; kinds?: UnitKind[]; within?: number }) {
	return async (text: string): Promise<UnitChoice[]> =>
		(await client.units.search({ q: text.slice(0, 100), ...options, limit: 20 })).map(choiceOf);
}

/** The day as it stands in an address: today is not written there, so that the link stays true tomorrow. */
export function dayOrToday(on: string, today: string): string | undefined {
	return on === today ? undefined : on;
}
