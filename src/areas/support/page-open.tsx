import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { CheckField, SelectField, TextArea } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSaveCase } from "./page-save.ts";
import type { Shown } from "./page-words.ts";
import { RESULT_WORDS, RESULTS } from "./rules.ts";

type Props = { shown: Shown; onClose: () => void };

/** Opens a case by hand. */
export function OpenForm({ shown, onClose }: Props) {
	const [note, setNote] = useState("");
	const open = useCommand(client.support.open, {
		refresh: [api.support.key()],
		said: `Đã lập hồ sơ hỗ trợ ${shown.unit.name}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Lập hồ sơ hỗ trợ ${shown.unit.name}`}
			note="Hồ sơ là của chung cơ sở và cấp trên cùng hỗ trợ: hai bên cùng ghi nguyên nhân, giải pháp, lộ trình."
			confirm="Lập hồ sơ"
			onClose={onClose}
			command={open}
			onConfirm={() => open.run({ unitId: shown.unit.unitId, note })}
		>
			<TextArea label="Tình hình chung (không bắt buộc)" name="note" value={note} onChange={setNote} />
		</FormDialog>
	);
}

/** What is said of the commune as a whole, and whether it is a very difficult one (R20). */
export function HeadForm({ shown, onClose }: Props) {
	const [note, setNote] = useState(shown.case?.note ?? "");
	const [veryDifficult, setVeryDifficult] = useState(shown.case?.veryDifficult ?? false);
	const save = useSaveCase(onClose);
	return (
		<FormDialog
			title="Tình hình chung"
			confirm="Ghi tình hình chung"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ unitId: shown.unit.unitId, version: shown.case?.version ?? 0, note, veryDifficult })}
		>
			<TextArea label="Tình hình chung" name="note" rows={5} value={note} onChange={setNote} />
			<CheckField
				label="Địa bàn quá khó khăn"
				hint="Cần phân công cả ủy viên Ban Chấp hành phụ trách (mục II.2.1)."
				value={veryDifficult}
				onChange={setVeryDifficult}
			/>
		</FormDialog>
	);
}

/** Closes a case: as passed where a half-year has confirmed it, else with a reason. */
export function CloseForm({ shown, onClose }: Props) {
	const confirmed = shown.state === "confirmed";
	const [result, setResult] = useState<(typeof RESULTS)[number]>(confirmed ? "passed" : "other");
	const [note, setNote] = useState("");
	const close = useCommand(client.support.close, {
		refresh: [api.support.key()],
		said: `Đã kết thúc hồ sơ hỗ trợ ${shown.unit.name}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Kết thúc hồ sơ hỗ trợ ${shown.unit.name}?`}
			note={
				confirmed
					? "Số liệu kỳ 6 tháng đã xác nhận cơ sở trên 60%."
					: "Kỳ 6 tháng chưa xác nhận cơ sở trên 60%, nên chỉ kết thúc được vì lý do khác."
			}
			confirm="Kết thúc hồ sơ"
			onClose={onClose}
			command={close}
			onConfirm={() => close.run({ unitId: shown.unit.unitId, version: shown.case?.version ?? 0, result, note })}
		>
			<SelectField
				label="Kết quả"
				name="result"
				value={result}
				onChange={(chosen) => setResult(RESULTS.find((one) => one === chosen) ?? "other")}
				choices={RESULTS.map((value) => ({ value, label: RESULT_WORDS[value] }))}
			/>
			<TextArea
				label={result === "passed" ? "Kinh nghiệm rút ra" : "Lý do"}
				name="note"
				required={result !== "passed"}
				value={note}
				onChange={setNote}
			/>
		</FormDialog>
	);
}
