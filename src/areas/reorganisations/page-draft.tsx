import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { TableImport } from "../../web/TableImport.tsx";
import type { Conflict } from "./contract.ts";
import { SUCCESSOR_COLUMNS } from "./import.ts";
import { Conflicts } from "./page-conflicts.tsx";

/** A draft from a table of old and new units; what its lines say that cannot be done stays on the screen, by line. */
export function DraftFromTable() {
	const { today, unit } = useSession();
	const navigate = useNavigate();
	const [title, setTitle] = useState("");
	const [decree, setDecree] = useState("");
	const [on, setOn] = useState<string | null>(null);
	const [left, setLeft] = useState<{ id: string; conflicts: Conflict[] } | null>(null);
	const send = useCommand(client.reorganisations.draftFromTable, {
		refresh: [api.reorganisations.key()],
		said: ({ changes }) => `Đã soạn ${count(changes)} thay đổi.`,
		onDone: ({ id, conflicts }) => {
			if (conflicts.length > 0) setLeft({ id, conflicts });
			else navigate({ to: "/reorganisations/$id", params: { id } });
		},
	});
	if (left)
		return (
			<section className="card page">
				<h2>Đã soạn, còn {count(left.conflicts.length)} điểm cần xem lại</h2>
				<Conflicts conflicts={left.conflicts} />
				<p>
					<Link to="/reorganisations/$id" params={{ id: left.id }}>
						Mở bản soạn
					</Link>
				</p>
			</section>
		);
	return (
		<TableImport
			title="Soạn từ bảng đơn vị cũ, đơn vị mới"
			columns={SUCCESSOR_COLUMNS}
			busy={send.busy}
			problem={send.problem}
			onForget={send.forget}
			ready={title.trim() !== "" && decree.trim() !== "" && on !== null}
			onImport={(rows) =>
				on && send.run({ title, decree, on, unitId: unit.kind === "centre" ? undefined : unit.id, rows })
			}
			verb="Soạn từ"
			promise="Chỉ là bản soạn: chưa đơn vị nào thay đổi."
		>
			<TextField
				label="Tên đợt sắp xếp"
				required
				value={title}
				onChange={setTitle}
				error={fieldError(send.problem, "title")}
			/>
			<TextField
				label="Nghị quyết, quyết định"
				required
				value={decree}
				onChange={setDecree}
				hint="Ví dụ: Nghị quyết 1662/NQ-UBTVQH15 ngày 16/6/2025."
				error={fieldError(send.problem, "decree")}
			/>
			<DayField
				label="Có hiệu lực từ ngày"
				required
				value={on}
				onChange={setOn}
				earliest={EARLIEST}
				latest={latestDay(today)}
				hint="Mã cũ là mã của ngày hôm trước, mã mới là mã từ ngày này."
				error={fieldError(send.problem, "on")}
			/>
		</TableImport>
	);
}
