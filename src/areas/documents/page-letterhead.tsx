import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { Templates } from "./page.tsx";

type Props = { unitId: number; letterhead: NonNullable<Templates["letterhead"]>; onClose: () => void };

/** What a unit puts on all of its papers. */
export function LetterheadForm({ unitId, letterhead, onClose }: Props) {
	const { version, ...before } = letterhead;
	const [facts, setFacts] = useState(before);
	const save = useCommand(client.documents.setLetterhead, {
		refresh: [api.documents.key()],
		said: "Đã ghi địa danh, người ký.",
		onDone: onClose,
	});
	const field = (name: keyof typeof before) => ({
		name,
		value: facts[name],
		onChange: (value: string) => setFacts((old) => ({ ...old, [name]: value })),
	});
	return (
		<FormDialog
			title="Địa danh, người ký"
			confirm="Ghi"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ unitId, version, ...facts })}
		>
			<TextField {...field("place")} label="Địa danh" hint="Ví dụ: Lào Cai. Đứng trước ngày tháng." maxLength={100} />
			<TextField
				{...field("signerPost")}
				label="Chức vụ người ký"
				hint="Ví dụ: Chủ tịch, Phó Chủ tịch."
				maxLength={100}
			/>
			<TextField {...field("signerName")} label="Họ tên người ký" hint="Để trống thì ghi tay sau." maxLength={100} />
			<TextField
				{...field("symbol")}
				label="Chữ viết tắt trong ký hiệu"
				hint="Ví dụ: BTV trong Số: 05/BC-BTV."
				maxLength={30}
			/>
		</FormDialog>
	);
}
