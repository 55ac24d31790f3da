import { Button } from "@mantine/core";
import { useState } from "react";
import type { Day } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Attendance } from "./contract-together.ts";
import { ATTENDER_WORDS, ATTENDERS, type Attender } from "./rules.ts";

type Props = { attendance: Attendance | null; units: { unitId: number; name: string }[]; onClose: () => void };

/** An attendance at a branch's meeting, planned or held. */
export function AttendanceForm({ attendance, units, onClose }: Props) {
	const { today } = useSession();
	const [unitId, setUnitId] = useState(attendance?.unitId ?? units[0]?.unitId ?? 0);
	const [who, setWho] = useState<Attender>(attendance?.who ?? "chair");
	const [plannedOn, setPlannedOn] = useState<Day | null>(attendance?.plannedOn ?? null);
	const [attendedOn, setAttendedOn] = useState<Day | null>(attendance?.attendedOn ?? null);
	const [ran, setRan] = useState(attendance?.ran ?? false);
	const [coached, setCoached] = useState(attendance?.coached ?? "");
	const [note, setNote] = useState(attendance?.note ?? "");
	const done = { refresh: [api.together.key(), api.models.key(), api.meetings.key()], onDone: onClose };
	const add = useCommand(client.together.add, { ...done, said: "Đã ghi." });
	const change = useCommand(client.together.change, { ...done, said: "Đã lưu." });
	const remove = useCommand(client.together.remove, { ...done, said: "Đã bỏ mục ghi nhầm." });
	const command = attendance ? change : add;
	const save = () => {
		const what = { who, plannedOn, attendedOn, ran, coached: coached.trim(), note: note.trim() };
		if (attendance) change.run({ id: attendance.id, version: attendance.version, ...what });
		else add.run({ unitId, ...what });
	};
	return (
		<FormDialog
			title={attendance ? attendance.unitName : "Dự sinh hoạt chi hội"}
			note="Ghi ngày dự kiến khi lập lịch; dự xong thì ghi ngày đã dự."
			confirm="Lưu"
			command={{ busy: command.busy || remove.busy, problem: remove.problem ?? command.problem }}
			onConfirm={save}
			onClose={onClose}
		>
			{attendance ? null : (
				<SelectField
					label="Chi hội, tổ"
					name="unitId"
					required
					value={String(unitId)}
					onChange={(value) => setUnitId(Number(value))}
					choices={units.map((unit) => ({ value: String(unit.unitId), label: unit.name }))}
				/>
			)}
			<SelectField
				label="Ai dự"
				name="who"
				value={who}
				onChange={(value) => value && setWho(value)}
				choices={ATTENDERS.map((value) => ({ value, label: ATTENDER_WORDS[value] }))}
			/>
			<DayField label="Ngày dự kiến" name="plannedOn" value={plannedOn} onChange={setPlannedOn} earliest={EARLIEST} />
			<DayField
				label="Ngày đã dự"
				name="attendedOn"
				value={attendedOn}
				onChange={setAttendedOn}
				earliest={EARLIEST}
				latest={today}
			/>
			<CheckField label="Trực tiếp điều hành buổi sinh hoạt" value={ran} onChange={setRan} />
			<TextField
				label="Đã bồi dưỡng chi hội trưởng, tổ trưởng về"
				name="coached"
				maxLength={500}
				value={coached}
				onChange={setCoached}
			/>
			<TextArea label="Ghi chú" name="note" value={note} onChange={setNote} />
			{attendance ? (
				<div>
					<Button
						variant="subtle"
						loading={remove.busy}
						onClick={() => remove.run({ id: attendance.id, version: attendance.version })}
					>
						Ghi nhầm, bỏ mục này
					</Button>
				</div>
			) : null}
		</FormDialog>
	);
}
