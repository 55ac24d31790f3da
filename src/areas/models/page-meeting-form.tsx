import { Button } from "@mantine/core";
import { useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, SelectField, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Meeting } from "./contract-meetings.ts";
import {
	type MeetingForm as Form,
	MEETING_FORM_WORDS,
	MEETING_FORMS,
	MEETING_KIND_WORDS,
	MEETING_KINDS,
	type MeetingKind,
} from "./rules.ts";

type Props = {
	/** Null: a new one. */
	meeting: Meeting | null;
	/** Where she may record it. */
	units: { unitId: number; name: string; kind: string }[];
	onClose: () => void;
};

/** One evening: as few fields as it can be told in, the day and the place already there. */
export function MeetingForm({ meeting, units, onClose }: Props) {
	const { today } = useSession();
	const [unitId, setUnitId] = useState(meeting?.unitId ?? firstOf(units));
	const [kind, setKind] = useState<MeetingKind>(meeting?.kind ?? "meeting");
	const [onDay, setOnDay] = useState<Day | null>(meeting?.onDay ?? today);
	const [form, setForm] = useState<Form>(meeting?.form ?? "in_person");
	const [theme, setTheme] = useState(meeting?.theme ?? "");
	const [members, setMembers] = useState<number | null>(meeting?.members ?? null);
	const [others, setOthers] = useState<number | null>(meeting?.others ?? null);
	const done = { refresh: [api.meetings.key(), api.models.key()], onDone: onClose };
	const said = (one: { onDay: Day }) => `Đã ghi buổi ngày ${displayDay(one.onDay)}.`;
	const add = useCommand(client.meetings.add, { ...done, said });
	const change = useCommand(client.meetings.change, { ...done, said });
	const remove = useCommand(client.meetings.remove, { ...done, said: "Đã bỏ buổi ghi nhầm." });
	const command = meeting ? change : add;
	const save = () => {
		if (!onDay || members === null) return;
		const what = { onDay, kind, form, theme: theme.trim(), members, others: others ?? 0 };
		if (meeting) change.run({ id: meeting.id, version: meeting.version, ...what });
		else add.run({ unitId, ...what });
	};
	return (
		<FormDialog
			title={meeting ? "Sửa buổi đã ghi" : "Ghi buổi sinh hoạt"}
			note={meeting ? meeting.unitName : undefined}
			confirm={meeting ? "Lưu" : "Ghi buổi này"}
			command={{ busy: command.busy || remove.busy, problem: remove.problem ?? command.problem }}
			onConfirm={save}
			onClose={onClose}
		>
			{meeting === null && units.length > 1 ? (
				<SelectField
					label="Chi hội, tổ"
					name="unitId"
					required
					value={String(unitId)}
					onChange={(value) => setUnitId(Number(value))}
					choices={units.map((unit) => ({ value: String(unit.unitId), label: unit.name }))}
				/>
			) : null}
			<DayField
				label="Ngày"
				name="onDay"
				required
				value={onDay}
				onChange={setOnDay}
				earliest={EARLIEST}
				latest={today}
			/>
			<TextField
				label="Chủ đề, nội dung"
				name="theme"
				required
				maxLength={300}
				value={theme}
				onChange={setTheme}
				hint="Ví dụ: Phòng bệnh mùa đông, bình xét vay vốn."
			/>
			<NumberField label="Số hội viên dự" name="members" required max={100_000} value={members} onChange={setMembers} />
			<NumberField
				label="Người khác cùng dự"
				name="others"
				max={100_000}
				value={others}
				onChange={setOthers}
				hint="Phụ nữ chưa vào Hội, khách mời; để trống nếu không có."
			/>
			<SelectField
				label="Hình thức"
				name="form"
				value={form}
				onChange={(value) => value && setForm(value)}
				choices={MEETING_FORMS.map((value) => ({ value, label: MEETING_FORM_WORDS[value] }))}
			/>
			<SelectField
				label="Loại"
				name="kind"
				value={kind}
				onChange={(value) => value && setKind(value)}
				choices={MEETING_KINDS.map((value) => ({ value, label: MEETING_KIND_WORDS[value] }))}
			/>
			{meeting ? (
				<div>
					<Button
						variant="subtle"
						loading={remove.busy}
						onClick={() => remove.run({ id: meeting.id, version: meeting.version })}
					>
						Ghi nhầm, bỏ buổi này
					</Button>
				</div>
			) : null}
		</FormDialog>
	);
}

/** A branch before the commune: that is where meetings are held. */
function firstOf(units: Props["units"]): number {
	return (units.find(({ kind }) => kind !== "commune") ?? units[0])?.unitId ?? 0;
}
