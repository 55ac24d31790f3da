import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { Source } from "./page-sources.tsx";

/** Asks before a source becomes official: every rate of its term changes (R5). */
export function ChooseSource({ source, onClose }: { source: Source; onClose: () => void }) {
	const choose = useCommand(client.populations.setOfficial, {
		refresh: [api.populations.key(), api.gathering.key()],
		said: "Đã đổi nguồn chính thức; mọi tỷ lệ đã tính lại.",
		onDone: onClose,
	});
	return (
		<ConfirmDialog
			title="Chọn nguồn chính thức"
			confirm="Chọn nguồn này"
			onClose={onClose}
			onConfirm={() => choose.run({ sourceId: source.id })}
			command={choose}
		>
			Tỷ lệ tập hợp của mọi xã, phường, đặc khu ({source.term}) sẽ tính theo “{source.name}”. Chọn lại nguồn cũ thì các
			tỷ lệ trở về như trước.
		</ConfirmDialog>
	);
}
