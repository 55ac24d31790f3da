import { DataList } from "../../ui/DataList.tsx";
import type { Conflict } from "./contract.ts";

/** What speaks against a reorganisation, mistakes first; with the line of the file where it came from one. */
export function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
	const rows = conflicts.map((one, at) => ({ ...one, at })).toSorted((a, b) => a.level.localeCompare(b.level));
	return (
		<DataList
			caption="Các điểm cần xem lại"
			columns={[
				{ key: "text", head: "Nội dung", cell: (one) => one.text, phone: "first" },
				{
					key: "level",
					head: "Mức độ",
					cell: (one) => (one.level === "error" ? "Phải sửa" : "Cần xem lại"),
					phone: "second",
					width: "16%",
				},
				{
					key: "row",
					head: "Dòng của tệp",
					cell: (one) => (one.row === null ? "" : `Dòng ${one.row}`),
					phone: "second",
					width: "14%",
				},
			]}
			rows={rows}
			keyOf={(one) => String(one.at)}
			empty={<p>Không có điểm nào cần xem lại.</p>}
		/>
	);
}
