import { getRouteApi } from "@tanstack/react-router";
import { lazy } from "react";
import { useSession } from "../../web/session.ts";

// Each level fetches its own screen alone: a branch head's phone needs no pictures.
const AreaOverview = lazy(() => import("./page-overview-area.tsx").then((page) => ({ default: page.AreaOverview })));
const CommuneOverview = lazy(() =>
	import("./page-overview-commune.tsx").then((page) => ({ default: page.CommuneOverview })),
);
const BranchOverview = lazy(() =>
	import("./page-overview-branch.tsx").then((page) => ({ default: page.BranchOverview })),
);

const route = getRouteApi("/");

/** Where do we stand, what is due: by the kind of unit she works for. */
export function OverviewPage() {
	const { unit, today } = useSession();
	const { on = today } = route.useSearch();
	if (["centre", "cluster", "province", "district"].includes(unit.kind)) return <AreaOverview on={on} />;
	if (unit.kind === "commune" || unit.kind === "unassigned") return <CommuneOverview />;
	return <BranchOverview />;
}
