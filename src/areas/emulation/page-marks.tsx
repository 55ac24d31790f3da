import { useState } from "react";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, TextArea } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { Criterion, EmulationMark } from "./contract.ts";
import css from "./page.module.css";
import type { Shown, ShownRow } from "./page.tsx";

type Line = Criterion & { mark: EmulationMark | undefined };

/** The marks of one province, criterion by criterion: the number, where it comes from, and what was said of it. */
export function MarksTable({ row, criteria }: { row: ShownRow; criteria: Criterion[] }) {
	const lines = criteria.map((one): Line => ({ ...one, mark: row.marks.find(({ number }) => number === one.number) }));
	return (
		<>
			<h3>{row.name}: từng tiêu chí</h3>
			<DataList
				caption={`Điểm từng tiêu chí của ${row.name}`}
				columns={COLUMNS}
				rows={lines}
				keyOf={(line) => String(line.number)}
				empty={null}
			/>
		</>
	);
}

const COLUMNS: Column<Line>[] = [
	{ key: "name", head: "Tiêu chí", cell: (line) => line.name, phone: "first" },
	{
		key: "points",
		head: "Điểm",
		cell: ({ mark, points }) => (
			<>
				<b>{mark?.points === null || mark === undefined ? "chưa có" : count(mark.points)}</b>
				<span className="soft"> / {count(points)}</span>
			</>
		),
		phone: "end",
		number: true,
		width: "16%",
	},
	{ key: "how", head: "Căn cứ", cell: ({ mark }) => (mark ? howWords(mark) : ""), phone: "second", width: "48%" },
];

/** Where a mark comes from. */
function howWords({ how, reckoned, self, review }: EmulationMark): string {
	if (how === "computed" && reckoned)
		return `Tính từ số liệu: ${count(reckoned.achieved)} trên ${count(reckoned.whole ?? 0)}.`;
	const parts = [
		reckoned ? "Chưa tính được từ số liệu (chưa có chỉ tiêu năm, hoặc chưa có số liệu)." : "",
		self ? `Tỉnh tự chấm ${count(self.points)}${self.note ? `: ${self.note}` : ""}.` : "Tỉnh chưa tự chấm.",
		review
			? `Xem xét: ${count(review.points)}${review.note ? `, ${review.note}` : ""}.`
			: self
				? "Chưa được xem xét."
				: "",
	];
	return parts.filter(Boolean).join(" ");
}

/** Marks of one province where the figures give none: by the province itself, or by the cluster and the centre after it. */
export function MarksForm({ shown, row, onClose }: { shown: Shown; row: ShownRow; onClose: () => void }) {
	const isOwn = shown.mine.includes(row.unitId);
	const open = shown.criteria.filter(({ number }) => {
		const mark = row.marks.find((one) => one.number === number);
		return mark?.how !== "computed";
	});
	const before = (number: number) => {
		const mark = row.marks.find((one) => one.number === number);
		return isOwn ? mark?.self : (mark?.review ?? mark?.self);
	};
	const [points, setPoints] = useState<ReadonlyMap<number, number | null>>(
		() => new Map(open.map(({ number }) => [number, before(number)?.points ?? null])),
	);
	const [notes, setNotes] = useState<ReadonlyMap<number, string>>(
		() =>
			new Map(
				open.map(({ number }) => {
					const mark = row.marks.find((one) => one.number === number);
					return [number, (isOwn ? mark?.self?.note : mark?.review?.note) ?? ""];
				}),
			),
	);
	const save = useCommand(isOwn ? client.emulation.mark : client.emulation.review, {
		refresh: [api.emulation.key()],
		said: (done) => `Đã ghi điểm ${count(done.saved)} tiêu chí của ${row.name}.`,
		onDone: onClose,
	});
	const given = open.flatMap(({ number }) => {
		const value = points.get(number);
		return value === null || value === undefined ? [] : [{ number, points: value, note: notes.get(number) ?? "" }];
	});
	return (
		<FormDialog
			title={isOwn ? `${row.name} tự chấm điểm năm ${shown.year}` : `Xem xét điểm của ${row.name} năm ${shown.year}`}
			note={
				open.length === 0
					? "Mọi tiêu chí đều được tính từ số liệu, không phải chấm."
					: "Chỉ chấm những tiêu chí không tính được từ số liệu. Điểm đã ghi trước vẫn còn trong các lần chấm."
			}
			confirm={isOwn ? "Ghi điểm tự chấm" : "Ghi điểm xem xét"}
			onClose={onClose}
			command={save}
			ready={given.length > 0}
			onConfirm={() =>
				save.run({ clusterId: shown.cluster.unitId, year: shown.year, provinceId: row.unitId, marks: given })
			}
		>
			{open.map((one) => {
				const mark = row.marks.find(({ number }) => number === one.number);
				return (
					<fieldset key={one.number} className={css.criterion}>
						<legend>{one.name}</legend>
						{isOwn || !mark?.self ? null : (
							<p className="soft">
								Tỉnh tự chấm {count(mark.self.points)}
								{mark.self.note ? `: ${mark.self.note}` : ""}.
							</p>
						)}
						<NumberField
							label={`Điểm của “${one.name}” (tối đa ${count(one.points)})`}
							value={points.get(one.number) ?? null}
							onChange={(value) => setPoints((old) => new Map(old).set(one.number, value))}
							max={one.points}
						/>
						<TextArea
							label={isOwn ? "Minh chứng" : "Ý kiến"}
							rows={2}
							value={notes.get(one.number) ?? ""}
							onChange={(value) => setNotes((old) => new Map(old).set(one.number, value))}
						/>
					</fieldset>
				);
			})}
		</FormDialog>
	);
}
