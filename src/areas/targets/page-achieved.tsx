import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import type { Shown } from "./page.tsx";
import type { RECORDED_KINDS } from "./rules-kinds.ts";

type Achieved = Awaited<ReturnType<typeof api.targets.achieved.call>>;
type Row = Achieved["rows"][number];

/** What was achieved of a target the program cannot count: recorded by each unit with a document. */
export function AchievedCards({
	shown,
	kind,
	on,
}: {
	shown: Shown;
	kind: (typeof RECORDED_KINDS)[number];
	on: string | undefined;
}) {
	const { unit, period, name } = shown;
	const [recording, setRecording] = useState(false);
	const which = { unitId: unit.unitId, kind, name, termId: period.termId ?? undefined, year: period.year ?? undefined };
	const achieved = useQuery(api.targets.achieved.queryOptions({ input: { ...which, on } }));
	return (
		<Loaded query={achieved}>
			{(answer) => (
				<section className="card page">
					<h2>Đã thực hiện (đơn vị ghi theo văn bản)</h2>
					{kind === "communes_with_model" ? (
						<p className="soft">
							Chương trình chưa có sổ theo dõi mô hình, nên số cơ sở Hội có mô hình do đơn vị ghi theo văn bản.
						</p>
					) : null}
					{answer.own ? (
						<>
							<p className={css.figure}>
								{count(answer.own.value)}{" "}
								<span className={css.measure}>
									{shown.target ? `trên ${count(shown.target.value)} ` : ""}
									{shown.measure}
								</span>
							</p>
							<p>
								Đến ngày {displayDay(answer.own.onDay)}, theo {answer.own.document}.
							</p>
						</>
					) : (
						<p>Đơn vị chưa ghi kết quả.</p>
					)}
					{answer.below === null ? null : (
						<p>
							Các đơn vị trực thuộc đã ghi, cộng lại: <b>{count(answer.below)}</b>.
						</p>
					)}
					{answer.mayRecord ? (
						<p>
							<Button onClick={() => setRecording(true)}>Ghi kết quả của {unit.name}</Button>
						</p>
					) : null}
					{answer.rows.some((row) => row.achieved !== null || row.target !== null) ? (
						<DataList
							caption="Kết quả các đơn vị trực thuộc đã ghi"
							columns={COLUMNS}
							rows={answer.rows}
							keyOf={(row) => String(row.unitId)}
							empty={null}
						/>
					) : null}
					{answer.history.length > 1 ? (
						<details>
							<summary>Các lần ghi kết quả</summary>
							<ul>
								{answer.history.map((one) => (
									<li key={one.recordedAt}>
										<b>{count(one.value)}</b> đến ngày {displayDay(one.onDay)}, theo {one.document}
										{one.recordedBy ? `, ${one.recordedBy} ghi` : ""}
									</li>
								))}
							</ul>
						</details>
					) : null}
					{recording ? <RecordForm shown={shown} which={which} onClose={() => setRecording(false)} /> : null}
				</section>
			)}
		</Loaded>
	);
}

const COLUMNS: Column<Row>[] = [
	{ key: "name", head: "Đơn vị", cell: (row) => row.name, phone: "first" },
	{
		key: "target",
		head: "Chỉ tiêu",
		cell: (row) => (row.target === null ? "chưa giao" : count(row.target)),
		phone: "second",
		phoneLabel: "chỉ tiêu",
		number: true,
		width: "16%",
	},
	{
		key: "achieved",
		head: "Đã thực hiện",
		cell: (row) => (row.achieved ? <b>{count(row.achieved.value)}</b> : <span className="soft">chưa ghi</span>),
		phone: "end",
		number: true,
		width: "16%",
	},
	{
		key: "document",
		head: "Đến ngày, theo văn bản",
		cell: (row) => (row.achieved ? `${displayDay(row.achieved.onDay)}, ${row.achieved.document}` : ""),
		phone: "second",
		width: "36%",
	},
];

function RecordForm({
	shown,
	which,
	onClose,
}: {
	shown: Shown;
	which: Omit<Parameters<typeof client.targets.record>[0], "value" | "onDay" | "document">;
	onClose: () => void;
}) {
	const { today } = useSession();
	const [value, setValue] = useState<number | null>(null);
	const [onDay, setOnDay] = useState<string | null>(today);
	const [document, setDocument] = useState("");
	const save = useCommand(client.targets.record, {
		refresh: [api.targets.key()],
		said: "Đã ghi kết quả.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Ghi kết quả: ${shown.name || "cơ sở Hội có mô hình"}`}
			note="Số đã ghi trước vẫn còn trong các lần ghi."
			confirm="Ghi kết quả"
			onClose={onClose}
			command={save}
			onConfirm={() => value !== null && onDay !== null && save.run({ ...which, value, onDay, document })}
		>
			<NumberField name="value" label={`Đã thực hiện (${shown.measure})`} required value={value} onChange={setValue} />
			<DayField
				name="onDay"
				label="Tính đến ngày"
				required
				value={onDay}
				onChange={setOnDay}
				earliest={shown.period.from}
				latest={today}
			/>
			<TextField name="document" label="Số văn bản" required value={document} onChange={setDocument} />
		</FormDialog>
	);
}
