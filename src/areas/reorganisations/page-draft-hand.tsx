import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";

/** An empty draft with its name, decree and day; the changes are put in on its own page. */
export function DraftByHand({ onClose }: { onClose: () => void }) {
	const { today, unit } = useSession();
	const navigate = useNavigate();
	const [title, setTitle] = useState("");
	const [decree, setDecree] = useState("");
	const [on, setOn] = useState<string | null>(null);
	const send = useCommand(client.reorganisations.draft, {
		refresh: [api.reorganisations.key()],
		onDone: ({ id }) => navigate({ to: "/reorganisations/$id", params: { id } }),
	});
	return (
		<FormDialog
			title="Soạn từng thay đổi"
			note="Chỉ là bản soạn: chưa đơn vị nào thay đổi."
			confirm="Mở bản soạn"
			onClose={onClose}
			command={send}
			ready={title.trim() !== "" && decree.trim() !== "" && on !== null}
			onConfirm={() =>
				on && send.run({ title, decree, on, unitId: unit.kind === "centre" ? undefined : unit.id, changes: [] })
			}
		>
			<TextField label="Tên đợt sắp xếp" name="title" required value={title} onChange={setTitle} />
			<TextField label="Nghị quyết, quyết định" name="decree" required value={decree} onChange={setDecree} />
			<DayField
				label="Có hiệu lực từ ngày"
				name="on"
				required
				value={on}
				onChange={setOn}
				earliest={EARLIEST}
				latest={latestDay(today)}
				hint="Đơn vị cũ là đơn vị của ngày hôm trước."
			/>
		</FormDialog>
	);
}
