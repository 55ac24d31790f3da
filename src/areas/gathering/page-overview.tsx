import { getRouteApi } from "@tanstack/react-router";
import { useSession } from "../../web/session.ts";
import { AreaOverview } from "./page-overview-area.tsx";
import { BranchOverview } from "./page-overview-branch.tsx";
import { CommuneOverview } from "./page-overview-commune.tsx";

const route = getRouteApi("/");

/** Where do we stand, what is due: by the kind of unit she works for. */
export function OverviewPage() {
	const { unit, today } = useSession();
	const { on = today } = route.useSearch();
	if (["centre", "cluster", "province", "district"].includes(unit.kind)) return <AreaOverview on={on} />;
	if (unit.kind === "commune" || unit.kind === "unassigned") return <CommuneOverview />;
	return <BranchOverview />;
}
