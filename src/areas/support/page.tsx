import { lazy, Suspense } from "react";
import { useSession } from "../../web/session.ts";

const Area = lazy(() => import("./page-area.tsx").then((page) => ({ default: page.AreaSupport })));
const Case = lazy(() => import("./page-case.tsx").then((page) => ({ default: page.CaseOf })));

/** A commune's own support ("Hỗ trợ cơ sở mình"); above the communes whom there is to support and what is done (R17). */
export function SupportPage() {
	const { unit } = useSession();
	return (
		<Suspense fallback={<p className="soft">Đang mở…</p>}>
			{unit.kind === "commune" ? <Case unitId={unit.id} own /> : <Area />}
		</Suspense>
	);
}
