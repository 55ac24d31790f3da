import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { count } from "../../ui/format.ts";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { TableImport } from "../../web/TableImport.tsx";
import { COMPONENT_LABELS, COMPONENTS, HEADCOUNT_COLUMNS } from "./rules.ts";

/** Many figures of one day from a CSV, for officers: all rows or none. */
export function HeadcountImport({ onDone }: { onDone: () => void }) {
	const { today } = useSession();
	const [on, setOn] = useState<string | null>(today);
	const send = useCommand(client.headcounts.import, {
		refresh: [api.headcounts.key(), api.gathering.key()],
		onDone: ({ saved }) => {
			toast({ text: `Đã ghi ${count(saved)} số liệu.` });
			onDone();
		},
	});
	return (
		<TableImport
			title="Nhập từ tệp CSV"
			columns={HEADCOUNT_COLUMNS}
			busy={send.busy}
			problem={send.problem}
			onForget={send.forget}
			ready={on !== null}
			onImport={(rows) => on && send.run({ on, rows })}
		>
			<DayField label="Số liệu của ngày" required value={on} onChange={setOn} earliest={EARLIEST} latest={today} />
			<details className="soft">
				<summary>Cột “component” (loại) ghi một trong các từ sau</summary>
				<ul>
					{COMPONENTS.map((component) => (
						<li key={component}>
							<code>{component}</code>: {COMPONENT_LABELS[component]}
						</li>
					))}
				</ul>
			</details>
		</TableImport>
	);
}
