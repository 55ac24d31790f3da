import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ProblemAlert, type ProblemData } from "../../ui/ProblemAlert.tsx";
import { saveFile } from "../../web/files.ts";
import { toProblem } from "../../web/problem.ts";
import { type MembersSearch, STATUSES_OF } from "../../web/search-people.ts";
import { useSession } from "../../web/session.ts";

/** The list as an Excel workbook, and an empty one to fill in. */
export function ExportLinks({ unitId, search }: { unitId: number; search: MembersSearch }) {
	const { verbs } = useSession();
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<ProblemData | null>(null);
	const save = async (address: string) => {
		setBusy(true);
		setProblem(null);
		await saveFile(address).catch((error) => setProblem(toProblem(error)));
		setBusy(false);
	};
	return (
		<>
			{verbs.includes("members.export") ? (
				<button
					type="button"
					className="link on-screen"
					disabled={busy}
					onClick={() => save(`/files/members.xlsx?${exportQuery(unitId, search)}`)}
				>
					{busy ? "Đang xuất…" : "Xuất Excel"}
				</button>
			) : null}
			<button
				type="button"
				className="link on-screen"
				disabled={busy}
				onClick={() => save("/files/members-template.xlsx")}
			>
				Tải mẫu trống
			</button>
			<ProblemAlert problem={problem} />
		</>
	);
}

// Above this a list is for Excel: more than some 400 sheets.
const PRINTED = 20_000;

/** The same list on paper, where it is short enough to be counted and printed. */
export function PrintLink({ total, search }: { total: number | undefined; search: MembersSearch }) {
	if (!total || total > PRINTED) return null;
	return (
		<Link to="/members/print" search={{ ...search, pick: undefined }} className="on-screen">
			In danh sách
		</Link>
	);
}

function exportQuery(unitId: number, search: MembersSearch): string {
	const query = new URLSearchParams({ unitId: String(unitId) });
	if (search.on) query.set("on", search.on);
	if (search.branch) query.set("leafId", String(search.branch));
	if (search.which === "all") query.set("all", "true");
	for (const status of STATUSES_OF[search.which ?? "counts"] ?? []) query.append("status", status);
	return query.toString();
}
