import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { Source } from "./page-sources.tsx";

/** Asks before a source becomes official: every rate of its term changes (R5). */
export function ChooseSource({ source, onClose }: { source: Source; onClose: () => void }) {
	const choose = useCommand(client.populations.setOfficial, {
		refresh: [api.populations.key(), api.gathering.key()],
		onDone: () => {
			toast({ text: "Đã đổi nguồn chính thức; mọi tỷ lệ đã tính lại." });
			onClose();
		},
	});
	return (
		<ConfirmDialog
			opened
			title="Chọn nguồn chính thức"
			confirm="Chọn nguồn này"
			onClose={onClose}
			onConfirm={() => choose.run({ sourceId: source.id })}
			busy={choose.busy}
			problem={choose.problem}
		>
			Tỷ lệ tập hợp của mọi xã, phường, đặc khu ({source.term}) sẽ tính theo “{source.name}”. Chọn lại nguồn cũ thì các
			tỷ lệ trở về như trước.
		</ConfirmDialog>
	);
}
