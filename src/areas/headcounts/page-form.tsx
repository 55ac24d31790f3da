import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { UnitRow } from "../units/contract.ts";
import type { HeadcountComponent } from "./contract.ts";
import type { Figure } from "./page-figures.tsx";
import { COMPONENT_LABELS } from "./rules.ts";

type Props = { component: HeadcountComponent; unit: UnitRow; before: Figure[]; onClose: () => void };

/** A new figure: how many, since when, from whom, by which document. Of a unit below her own it is *nhập thay* (R39). */
export function FigureForm({ component, unit, before, onClose }: Props) {
	const session = useSession();
	const actingFor = unit.id === session.unit.id ? undefined : unit.id;
	const [number, setNumber] = useState<number | null>(null);
	const [overlap, setOverlap] = useState<number | null>(0);
	const [onDay, setOnDay] = useState<string | null>(session.today);
	const [source, setSource] = useState("");
	const [document, setDocument] = useState("");
	const save = useCommand(client.headcounts.set, {
		actingFor,
		refresh: [api.headcounts.key(), api.gathering.key()],
		said: (figure) => `Đã ghi ${count(figure.count)} từ ngày ${displayDay(figure.onDay)}.`,
		onDone: onClose,
	});
	const error = (field: string) => fieldError(save.problem, field);
	return (
		<FormDialog
			title={COMPONENT_LABELS[component]}
			note={noteOf(component, unit, before, actingFor !== undefined)}
			confirm="Ghi số liệu"
			onClose={onClose}
			command={save}
			fields={["count", "overlap", "onDay", "source", "document"]}
			ready={number !== null && overlap !== null && onDay !== null && source.trim() !== ""}
			onConfirm={() =>
				number !== null &&
				onDay &&
				save.run({ unitId: unit.id, component, onDay, count: number, overlap: overlap ?? 0, source, document })
			}
		>
			<NumberField label="Số lượng" required value={number} onChange={setNumber} error={error("count")} />
			{component === "unlisted" ? null : (
				<NumberField
					label="Số đã có trong danh sách (trừ trùng)"
					value={overlap}
					onChange={setOverlap}
					hint="Những chị vừa thuộc số này, vừa có tên trong danh sách hội viên của đơn vị."
					error={error("overlap")}
				/>
			)}
			<DayField
				label="Tính từ ngày"
				required
				value={onDay}
				onChange={setOnDay}
				earliest={EARLIEST}
				latest={session.today}
				hint="Cùng ngày với số đã nhập thì thay số đó; số cũ vẫn còn trong các lần nhập."
				error={error("onDay")}
			/>
			<TextField
				label="Nguồn cung cấp"
				required
				value={source}
				onChange={setSource}
				hint={SOURCES[component]}
				error={error("source")}
			/>
			<TextField
				label="Số, ngày văn bản"
				value={document}
				onChange={setDocument}
				hint="Bắt buộc khi số liệu tăng. Ví dụ: Công văn 12/CĐ ngày 15/5/2025."
				error={error("document")}
			/>
		</FormDialog>
	);
}

const SOURCES: Record<HeadcountComponent, string> = {
	unlisted: "Ví dụ: Báo cáo 6 tháng đầu năm 2025.",
	trade_union: "Ví dụ: Công đoàn xã.",
	armed_forces: "Ví dụ: Hội Phụ nữ Công an phường.",
	member_organisation: "Ví dụ: Hội Nữ trí thức tỉnh.",
	upper_club: "Ví dụ: Hội LHPN tỉnh.",
};

function noteOf(component: HeadcountComponent, unit: UnitRow, before: Figure[], acting: boolean): string {
	const total = before.reduce((sum, figure) => sum + figure.count, 0);
	return [
		acting ? `Nhập thay ${unit.name}: việc này được ghi lại và báo cho cơ sở.` : "",
		before.length > 0 ? `Số đang có hiệu lực: ${count(total)}.` : "Chưa có số nào đang có hiệu lực.",
		component === "unlisted"
			? "Số này giảm dần khi nhập danh sách hội viên; sau lần đầu chỉ tăng khi Hội cấp trên trực tiếp đồng ý và nhập thay."
			: "",
	]
		.filter(Boolean)
		.join(" ");
}
