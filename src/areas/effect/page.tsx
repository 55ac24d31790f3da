import { lazy, Suspense } from "react";
import { useSession } from "../../web/session.ts";

const AreaEffects = lazy(() => import("./page-effects.tsx").then((page) => ({ default: page.AreaEffects })));
const EffectCards = lazy(() => import("./page-commune.tsx").then((page) => ({ default: page.EffectCards })));

/** What has helped: of the whole country for who carries communes; a chair has the same of communes like hers on her own page, too (R24). */
export function EffectPage() {
	const { unit } = useSession();
	return (
		<Suspense>
			{unit.kind === "commune" ? (
				<div className="page">
					<h1>Cách làm cho {unit.name}</h1>
					<EffectCards unitId={unit.id} />
				</div>
			) : (
				<AreaEffects />
			)}
		</Suspense>
	);
}
