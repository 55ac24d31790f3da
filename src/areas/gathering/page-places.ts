import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../web/client.ts";

/**
 * Names what a commune stands under, "Huyện Vĩnh Cửu, Tỉnh Đồng Nai": fetched apart, since many communes bear the same name. Leaves out
 * `topId`, the unit whose page this is.
 */
export function usePlaces(topId: number | undefined, on: string) {
	const { data } = useQuery(api.units.tree.queryOptions({ input: { on, kinds: ["province", "district"] } }));
	return useMemo(() => {
		const names = new Map(data?.map((unit) => [unit.id, unit]));
		return (row: { parentId: number | null }) => {
			const parent = row.parentId === null ? undefined : names.get(row.parentId);
			if (!parent || parent.id === topId) return undefined;
			const above = parent.parentId === null || parent.parentId === topId ? undefined : names.get(parent.parentId);
			return [parent.name, above?.name].filter(Boolean).join(", ");
		};
	}, [data, topId]);
}
