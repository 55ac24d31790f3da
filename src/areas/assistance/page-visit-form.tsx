import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { ATTENDED, ATTENDED_WORDS, type Attended } from "./rules.ts";

type Props = { communes: { unitId: number; name: string }[]; first: number; onClose: () => void };

/** One visit, noted with a thumb: which commune, when, what she attended, what she noted. */
export function VisitForm({ communes, first, onClose }: Props) {
	const { today } = useSession();
	const [unitId, setUnitId] = useState(String(first));
	const [leafId, setLeafId] = useState("");
	const [onDay, setOnDay] = useState<string | null>(today);
	const [attended, setAttended] = useState<Attended>("branch_meeting");
	const [notes, setNotes] = useState("");
	const leaves = useQuery(api.assistance.leaves.queryOptions({ input: { unitId: Number(unitId) } }));
	const save = useCommand(client.assistance.recordVisit, {
		refresh: [api.assistance.key()],
		said: "Đã ghi lần đi cơ sở.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Ghi một lần đi cơ sở"
			confirm="Ghi"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({
					unitId: Number(unitId),
					leafId: leafId === "" ? undefined : Number(leafId),
					onDay: onDay ?? undefined,
					attended,
					notes,
				})
			}
		>
			<SelectField
				name="unitId"
				label="Cơ sở"
				required
				value={unitId}
				onChange={(chosen) => {
					setUnitId(chosen);
					setLeafId("");
				}}
				choices={communes.map((one) => ({ value: String(one.unitId), label: one.name }))}
			/>
			<DayField name="onDay" label="Ngày đi" required value={onDay} onChange={setOnDay} latest={today} />
			<SelectField
				name="attended"
				label="Đã dự"
				required
				value={attended}
				onChange={(chosen) => setAttended(chosen || "other")}
				choices={ATTENDED.map((value) => ({ value, label: ATTENDED_WORDS[value] }))}
			/>
			{leaves.data && leaves.data.length > 0 ? (
				<SelectField
					name="leafId"
					label="Ở chi hội, tổ, câu lạc bộ"
					value={leafId}
					onChange={setLeafId}
					none="Không ghi"
					choices={leaves.data.map((one) => ({ value: String(one.unitId), label: one.name }))}
				/>
			) : null}
			<TextArea
				name="notes"
				label="Ghi chép"
				hint="Chị em nói gì, nơi ấy vướng gì, đã hướng dẫn gì. Không ghi tên người chưa là hội viên."
				value={notes}
				onChange={setNotes}
				rows={5}
			/>
		</FormDialog>
	);
}
