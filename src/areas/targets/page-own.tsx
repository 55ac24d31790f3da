import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Shown } from "./page.tsx";
import { KIND_LABELS } from "./rules.ts";

/** A unit's own target, where none stands above it: the number, its document, and from what a net gain is counted. */
export function OwnForm({ shown, onClose }: { shown: Shown; onClose: () => void }) {
	const { today } = useSession();
	const { unit, kind, period, target } = shown;
	const before = target?.decision;
	const [value, setValue] = useState(target?.value ?? null);
	const [document, setDocument] = useState("");
	const [documentOn, setDocumentOn] = useState<string | null>(today);
	const [baselineOn, setBaselineOn] = useState<string | null>(before?.baselineOn ?? null);
	const [baselineMembers, setBaselineMembers] = useState<number | null>(before?.baselineMembers ?? null);
	const [baselineDocument, setBaselineDocument] = useState(before?.baselineDocument ?? "");
	const save = useCommand(client.targets.set, {
		refresh: [api.targets.key()],
		said: `Đã ghi chỉ tiêu của ${unit.name}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`${KIND_LABELS[kind]}, ${period.name}`}
			note={target ? "Số cũ vẫn còn trong các lần giao, điều chỉnh." : undefined}
			confirm="Ghi chỉ tiêu"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				value !== null &&
				save.run({
					unitId: unit.unitId,
					kind,
					name: shown.name,
					measure: kind === "free" ? shown.measure : "",
					termId: period.termId ?? undefined,
					year: period.year ?? undefined,
					document,
					documentOn: documentOn ?? undefined,
					own: {
						value,
						baselineOn: baselineOn ?? undefined,
						baselineMembers: baselineMembers ?? undefined,
						baselineDocument,
					},
				})
			}
		>
			<NumberField name="own" label={`Chỉ tiêu (${shown.measure})`} required value={value} onChange={setValue} />
			<TextField
				name="document"
				label="Số văn bản"
				required
				value={document}
				onChange={setDocument}
				hint="Ví dụ: Hướng dẫn 21/HD-ĐCT."
			/>
			<DayField
				name="documentOn"
				label="Ngày văn bản"
				required
				value={documentOn}
				onChange={setDocumentOn}
				earliest={EARLIEST}
				latest={today}
			/>
			{kind === "net_new_members" ? (
				<>
					<DayField
						name="baselineOn"
						label="Mốc so sánh: ngày"
						value={baselineOn}
						onChange={setBaselineOn}
						earliest={EARLIEST}
						latest={today}
						hint="Tăng thực được tính từ số hội viên ngày này."
					/>
					<NumberField label="Mốc so sánh: số hội viên" value={baselineMembers} onChange={setBaselineMembers} />
					<TextField label="Văn bản của mốc so sánh" value={baselineDocument} onChange={setBaselineDocument} />
				</>
			) : null}
		</FormDialog>
	);
}
