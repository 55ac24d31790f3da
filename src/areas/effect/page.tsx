import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";

const AreaEffects = lazy(() => import("./page-effects.tsx").then((page) => ({ default: page.AreaEffects })));
const CommuneEffect = lazy(() => import("./page-commune.tsx").then((page) => ({ default: page.CommuneEffect })));

const route = getRouteApi("/effect");

/** What has helped: of the whole country for who carries communes, of communes like hers for a chair (R24). */
export function EffectPage() {
	const session = useSession();
	const { unit } = route.useSearch();
	const other = useQuery({
		...api.units.show.queryOptions({ input: { id: unit ?? session.unit.id } }),
		enabled: unit !== undefined && unit !== session.unit.id,
	});
	if (unit === undefined || unit === session.unit.id)
		return (
			<Suspense>
				{session.unit.kind === "commune" ? (
					<CommuneEffect id={session.unit.id} name={session.unit.name} />
				) : (
					<AreaEffects />
				)}
			</Suspense>
		);
	return (
		<>
			<p>
				<Link to="/effect" search={{}}>
					‹ Cách làm nào có hiệu quả
				</Link>
			</p>
			<Loaded query={other}>
				{({ unit: found }) => (
					<Suspense>
						{found.kind === "commune" ? <CommuneEffect id={found.id} name={found.name} /> : <AreaEffects />}
					</Suspense>
				)}
			</Loaded>
		</>
	);
}
