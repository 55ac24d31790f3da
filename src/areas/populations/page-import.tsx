import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { TableImport } from "../../web/TableImport.tsx";
import { POPULATION_COLUMNS } from "./rules.ts";

/** Many communes' denominators from a CSV: all rows or none. The day says whose codes these are, old or new (R38). */
export function PopulationImport({ onDone }: { onDone: () => void }) {
	const { today } = useSession();
	const [source, setSource] = useState("Số liệu ngành thống kê năm 2019");
	const [asOf, setAsOf] = useState<string | null>("2025-06-30");
	const send = useCommand(client.populations.import, {
		refresh: [api.populations.key(), api.gathering.key()],
		onDone: ({ saved }) => {
			toast({ text: `Đã ghi số liệu của ${count(saved)} đơn vị.` });
			onDone();
		},
	});
	return (
		<TableImport
			title="Nhập từ tệp CSV"
			columns={POPULATION_COLUMNS}
			busy={send.busy}
			problem={send.problem}
			onForget={send.forget}
			ready={source.trim() !== "" && asOf !== null}
			onImport={(rows) => asOf && send.run({ source, asOf, rows })}
		>
			<TextField
				label="Nguồn số liệu"
				required
				value={source}
				onChange={setSource}
				hint="Tên nguồn đã có thì số liệu được thêm vào nguồn ấy."
				error={fieldError(send.problem, "source")}
			/>
			<DayField
				label="Mã đơn vị theo danh mục ngày"
				required
				value={asOf}
				onChange={setAsOf}
				earliest={EARLIEST}
				latest={today}
				hint="Mã xã trước và sau 01/7/2025 trùng nhau nhưng là đơn vị khác nhau: 30/6/2025 cho mã cũ, 01/7/2025 trở đi cho mã mới."
			/>
		</TableImport>
	);
}
