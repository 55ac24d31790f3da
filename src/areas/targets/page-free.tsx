import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";

/** A target of one's own making: what it is and in what it is measured, with the unit's own number to begin with. */
export function FreeForm({
	unit,
	period,
	onClose,
	onMade,
}: {
	unit: { unitId: number; name: string };
	period: { termId: number | null; year: number | null; name: string };
	onClose: () => void;
	onMade: (name: string) => void;
}) {
	const { today } = useSession();
	const [name, setName] = useState("");
	const [measure, setMeasure] = useState("");
	const [value, setValue] = useState<number | null>(null);
	const [document, setDocument] = useState("");
	const [documentOn, setDocumentOn] = useState<string | null>(today);
	const save = useCommand(client.targets.set, {
		refresh: [api.targets.key()],
		said: "Đã đặt chỉ tiêu.",
		onDone: () => onMade(name.trim()),
	});
	return (
		<FormDialog
			title={`Đặt chỉ tiêu khác của ${unit.name}, ${period.name}`}
			note="Sau khi đặt, có thể giao tiếp cho các đơn vị trực thuộc."
			confirm="Đặt chỉ tiêu"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				value !== null &&
				save.run({
					unitId: unit.unitId,
					kind: "free",
					name,
					measure,
					termId: period.termId ?? undefined,
					year: period.year ?? undefined,
					document,
					documentOn: documentOn ?? undefined,
					own: { value },
				})
			}
		>
			<TextField
				name="name"
				label="Tên chỉ tiêu"
				required
				value={name}
				onChange={setName}
				maxLength={100}
				hint="Ví dụ: Tổ truyền thông cộng đồng thành lập mới."
			/>
			<TextField
				name="measure"
				label="Đơn vị tính"
				required
				value={measure}
				onChange={setMeasure}
				maxLength={60}
				hint="Ví dụ: tổ, hộ, buổi."
			/>
			<NumberField name="own" label="Chỉ tiêu" required value={value} onChange={setValue} />
			<TextField name="document" label="Số văn bản" required value={document} onChange={setDocument} />
			<DayField
				name="documentOn"
				label="Ngày văn bản"
				required
				value={documentOn}
				onChange={setDocumentOn}
				earliest={EARLIEST}
				latest={today}
			/>
		</FormDialog>
	);
}
