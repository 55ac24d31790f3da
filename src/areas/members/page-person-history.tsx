import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { displayTime } from "../../ui/format-time.ts";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { MemberShow } from "./contract-member.ts";
import css from "./page-person.module.css";

type Merge = MemberShow["merges"][number];

/** Records that were joined into this one, and the way to split them again. */
export function Merges({ person }: { person: MemberShow }) {
	const [splitting, setSplitting] = useState<Merge | null>(null);
	const split = useCommand(client.members.split, {
		refresh: [api.members.key(), api.gathering.key()],
		onDone: () => {
			toast({ text: "Đã tách lại hai hồ sơ." });
			setSplitting(null);
		},
	});
	if (person.merges.length === 0) return null;
	return (
		<section className="card">
			<h2>Hồ sơ đã gộp vào đây</h2>
			<ul className={css.rows}>
				{person.merges.map((merge) => (
					<li key={merge.id}>
						<div>
							{merge.mergedName} <span className="soft">gộp lúc {displayTime(merge.at)}</span>
						</div>
						{merge.maySplit ? (
							<button type="button" className="link on-screen" onClick={() => setSplitting(merge)}>
								Tách lại
							</button>
						) : null}
					</li>
				))}
			</ul>
			<ConfirmDialog
				opened={splitting !== null}
				title="Tách lại hai hồ sơ đã gộp"
				confirm="Tách lại"
				busy={split.busy}
				problem={split.problem}
				onConfirm={() => splitting && split.run({ mergeId: splitting.id })}
				onClose={() => setSplitting(null)}
			>
				Hai hồ sơ trở lại như trước khi gộp, mỗi hồ sơ với quá trình tham gia Hội của mình.
			</ConfirmDialog>
		</section>
	);
}

type Line = MemberShow["history"][number];

const COLUMNS: Column<Line>[] = [
	{ key: "action", head: "Việc", cell: (line) => line.actionText, phone: "first" },
	{ key: "at", head: "Lúc", cell: (line) => displayTime(line.at), phone: "second" },
	{
		key: "by",
		head: "Người làm",
		cell: (line) =>
			[line.by, line.unit, line.actingFor ? `nhập thay ${line.actingFor}` : ""].filter(Boolean).join(", "),
		phone: "second",
	},
];

/** Who has looked at her data, who has changed it (law 91/2025). */
export function History({ person }: { person: MemberShow }) {
	return (
		<section className="card">
			<h2>Ai đã xem, ai đã sửa</h2>
			<DataList
				caption={`Ai đã xem, ai đã sửa hồ sơ ${person.name}`}
				columns={COLUMNS}
				rows={person.history}
				keyOf={(line) => `${line.at} ${line.action}`}
				empty={<p className="soft">Chưa có gì.</p>}
			/>
		</section>
	);
}
