import { useQuery } from "@tanstack/react-query";
import { api } from "../../web/client.ts";
import { useSession } from "../../web/session.ts";
import type { UnitRow } from "./contract.ts";
import { isMadeKind } from "./rules.ts";

/** Whether she may write at a unit that still stands: her own, or one people made below it (R39). For what a screen offers; the server decides. */
export function useHolds(unit: UnitRow, verb: "units.write" | "members.write"): boolean {
	const { unit: own, verbs } = useSession();
	const isChild = unit.id === own.id || (isMadeKind(unit.kind) && unit.parentId === own.id);
	const parent = useQuery(
		api.units.show.queryOptions({
			input: { id: unit.parentId ?? own.id },
			enabled: !isChild && isMadeKind(unit.kind) && unit.parentId !== null,
		}),
	);
	const above = parent.data?.unit;
	const isGrandchild = above !== undefined && isMadeKind(above.kind) && above.parentId === own.id;
	return verbs.includes(verb) && unit.to === null && (isChild || isGrandchild);
}
