import { ORPCError } from "@orpc/client";
import { useQuery } from "@tanstack/react-query";
import { addDays } from "../../core/day.ts";
import { api, client } from "../../web/client.ts";
import type { RateRow } from "./contract.ts";
import { REORGANISED } from "./rules-day.ts";

/**
 * The rows at the root for a unit on a day, under the units of that day or of `map`: its own; where it did not stand then, those of the units that it was made of or that came of
 * it (R38). None where nothing stood in its place.
 */
export function useRoots(unitId: number, on: string, map?: string) {
	return useQuery({
		queryKey: [...api.gathering.key(), "roots", unitId, on, map],
		queryFn: () => readRoots(unitId, on, map),
	});
}

async function readRoots(unitId: number, on: string, map?: string): Promise<RateRow[]> {
	try {
		return await client.gathering.rates({ unitId, on, map });
	} catch (error) {
		if (!isNotThere(error)) throw error;
	}
	const seen = map ?? on;
	const stood = seen < REORGANISED ? REORGANISED : addDays(REORGANISED, -1);
	try {
		const { predecessors, successors } = await client.units.show({ id: unitId, on: stood });
		const others = seen < REORGANISED ? predecessors : successors;
		return (await Promise.all(others.map(({ id }) => client.gathering.rates({ unitId: id, on, map })))).flat();
	} catch (error) {
		if (isNotThere(error)) return [];
		throw error;
	}
}

function isNotThere(error: unknown): boolean {
	return error instanceof ORPCError && error.code === "unit.not_found";
}
