import { lazy, Suspense } from "react";

const ExplainUnit = lazy(() => import("./page-explain.tsx").then((page) => ({ default: page.ExplainUnit })));

/** *Cách tính* of a unit, its code fetched when it is first asked for. */
export function Why(props: { unitId: number | undefined; on: string; map?: string; onClose: () => void }) {
	if (props.unitId === undefined) return null;
	return (
		<Suspense
			fallback={
				<p className="soft" role="status">
					Đang mở cách tính…
				</p>
			}
		>
			<ExplainUnit {...props} unitId={props.unitId} />
		</Suspense>
	);
}
