import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../../web/client.ts";
import { nextStep } from "./page-words.ts";
import { CASE_STATE_WORDS } from "./rules.ts";

/** On a chair's first screen: what helps, as long as the commune is not over 60 % or its case still waits (R17). */
export function SupportCard({ unitId }: { unitId: number }) {
	const shown = useQuery({ ...api.support.show.queryOptions({ input: { unitId } }), retry: false });
	if (!shown.data) return null;
	const { state, row, case: found } = shown.data;
	if (row.class === null || (row.class === "over" && (!found || found.closed))) return null;
	return (
		<section className="card">
			<h2>Hỗ trợ cơ sở mình: {CASE_STATE_WORDS[state].toLowerCase()}</h2>
			<p>
				{nextStep(shown.data)} <Link to="/support">Mở hồ sơ hỗ trợ</Link>
			</p>
		</section>
	);
}
