import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { Shown } from "./page.tsx";
import { MEASURE_WORDS, MEASURES } from "./rules.ts";

type Entry = Awaited<ReturnType<typeof api.emulation.history.call>>[number];

/** Who set, marked, signed and published what, the latest first; read when it is opened. */
export function History({ shown }: { shown: Shown }) {
	const [open, setOpen] = useState(false);
	const history = useQuery({
		...api.emulation.history.queryOptions({ input: { clusterId: shown.cluster.unitId, year: shown.year } }),
		enabled: open,
	});
	return (
		<section className="card page">
			<details onToggle={(event) => setOpen(event.currentTarget.open)}>
				<summary>Các lần đặt tiêu chí, chấm điểm, ký giao ước</summary>
				{open ? (
					<Loaded query={history}>
						{(entries) => (
							<ul>
								{entries.map((one, at) => (
									// biome-ignore lint/suspicious/noArrayIndexKey: entries are never reordered, and some share a moment.
									<li key={at}>{entryWords(one)}</li>
								))}
							</ul>
						)}
					</Loaded>
				) : null}
			</details>
		</section>
	);
}

function entryWords({ at, by, what, unit, criterion, points, note, superseded }: Entry): string {
	const measure = MEASURES.find((one) => one === note);
	const said = {
		criterion: `đặt tiêu chí “${criterion}”, tối đa ${count(points ?? 0)} điểm${measure ? ` (${MEASURE_WORDS[measure]})` : ""}`,
		self: `${unit} tự chấm “${criterion}” ${count(points ?? 0)} điểm${note ? `: ${note}` : ""}`,
		review: `xem xét “${criterion}” của ${unit}: ${count(points ?? 0)} điểm${note ? `, ${note}` : ""}`,
		signature: `${unit} ký giao ước`,
		published: "công bố kết quả",
	}[what];
	return `${displayDay(at.slice(0, 10))}: ${said}${by ? ` (${by})` : ""}${superseded ? ", đã thay" : ""}`;
}
