import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { type Named, PersonPicker } from "../members/page-person-picker.tsx";
import type { Fostering } from "./contract-together.ts";
import { Why } from "./page-parts.tsx";
import { FOSTERED_POST_WORDS, FOSTERED_POSTS, FOSTERING_WORDS, type FosteredPost, fosteringState } from "./rules.ts";

/** Who is fostered toward the Party, by whom, and how far it has come (R25): sensitive, so each reading is logged. */
export function FosteringPart({ unit, on }: { unit: { id: number; kind: string; name: string }; on: Day }) {
	const list = useQuery({
		...api.together.fostering.queryOptions({ input: { unitId: unit.id, on } }),
		retry: false,
	});
	const [form, setForm] = useState<"new" | Fostering | null>(null);
	return (
		<Loaded query={list}>
			{({ rows, mayAdd }) => {
				const button = <Button onClick={() => setForm("new")}>Đề nghị bồi dưỡng</Button>;
				return (
					<section className="card page">
						<h2>Bồi dưỡng, giới thiệu, phát triển đảng viên</h2>
						<Why>
							Phó Chủ tịch Hội LHPN cơ sở, chi hội trưởng, tổ trưởng. Đây là dữ liệu cá nhân nhạy cảm: chỉ cơ sở Hội xem
							được, mỗi lần xem được ghi nhật ký; cấp trên chỉ thấy số lượng.
						</Why>
						{mayAdd && rows.length > 0 ? <div className="row">{button}</div> : null}
						<DataList
							caption="Bồi dưỡng, phát triển đảng viên"
							columns={columnsOf(setForm)}
							rows={rows}
							keyOf={(row) => row.id}
							empty={<EmptyState title="Chưa ghi ai được bồi dưỡng" action={mayAdd ? button : undefined} />}
						/>
						{form ? (
							<FosteringForm unit={unit} fostering={form === "new" ? null : form} onClose={() => setForm(null)} />
						) : null}
					</section>
				);
			}}
		</Loaded>
	);
}

const columnsOf = (onOpen: (one: Fostering) => void): Column<Fostering>[] => [
	{
		key: "name",
		head: "Họ và tên",
		phone: "first",
		cell: (row) =>
			row.mayChange ? (
				<button type="button" className="link" onClick={() => onOpen(row)}>
					{row.name}
				</button>
			) : (
				row.name
			),
	},
	{ key: "post", head: "Chức danh", phone: "second", width: "20%", cell: (row) => FOSTERED_POST_WORDS[row.post] },
	{
		key: "fosterer",
		head: "Người bồi dưỡng",
		phone: "second",
		phoneLabel: "do",
		width: "20%",
		cell: (row) => row.fosterer,
	},
	{ key: "state", head: "Bước", phone: "end", width: "16%", cell: (row) => FOSTERING_WORDS[fosteringState(row)] },
	{
		key: "day",
		head: "Từ ngày",
		phone: "second",
		width: "12%",
		cell: (row) => displayDay(row.endedOn ?? row.admittedOn ?? row.introducedOn ?? row.fosteredOn ?? row.proposedOn),
	},
];

type FormProps = { unit: { id: number }; fostering: Fostering | null; onClose: () => void };

function FosteringForm({ unit, fostering, onClose }: FormProps) {
	const { today } = useSession();
	const [person, setPerson] = useState<Named>({ personId: fostering?.personId ?? null, name: fostering?.name ?? "" });
	const [fosterer, setFosterer] = useState<Named>({
		personId: fostering?.fostererPersonId ?? null,
		name: fostering?.fosterer ?? "",
	});
	const [post, setPost] = useState<FosteredPost | "">(fostering?.post ?? "");
	const [proposedOn, setProposedOn] = useState<Day | null>(fostering?.proposedOn ?? today);
	const [fosteredOn, setFosteredOn] = useState<Day | null>(fostering?.fosteredOn ?? null);
	const [introducedOn, setIntroducedOn] = useState<Day | null>(fostering?.introducedOn ?? null);
	const [admittedOn, setAdmittedOn] = useState<Day | null>(fostering?.admittedOn ?? null);
	const [endedOn, setEndedOn] = useState<Day | null>(fostering?.endedOn ?? null);
	const [note, setNote] = useState(fostering?.note ?? "");
	const done = { refresh: [api.together.key(), api.models.key()], onDone: onClose, said: "Đã lưu." };
	const add = useCommand(client.together.addFostering, done);
	const change = useCommand(client.together.changeFostering, done);
	const save = () => {
		if (post === "" || !proposedOn) return;
		const steps = {
			post,
			fostererPersonId: fosterer.personId,
			fostererWords: fosterer.personId ? "" : fosterer.name.trim(),
			proposedOn,
			fosteredOn,
			introducedOn,
			admittedOn,
			endedOn,
			note: note.trim(),
		};
		if (fostering) change.run({ id: fostering.id, version: fostering.version, ...steps });
		else if (person.personId) add.run({ unitId: unit.id, personId: person.personId, ...steps });
	};
	const day = (label: string, name: string, value: Day | null, onChange: (day: Day | null) => void) => (
		<DayField label={label} name={name} value={value} onChange={onChange} earliest={EARLIEST} latest={today} />
	);
	return (
		<FormDialog
			title={fostering ? fostering.name : "Đề nghị bồi dưỡng"}
			confirm="Lưu"
			command={fostering ? change : add}
			onConfirm={save}
			onClose={onClose}
		>
			{fostering ? null : (
				<PersonPicker label="Hội viên" name="personId" required value={person} onChange={setPerson} />
			)}
			<SelectField
				label="Chức danh"
				name="post"
				required
				value={post}
				onChange={setPost}
				none="Chọn chức danh"
				choices={FOSTERED_POSTS.map((value) => ({ value, label: FOSTERED_POST_WORDS[value] }))}
			/>
			<PersonPicker
				label="Người bồi dưỡng, giúp đỡ"
				name="fostererPersonId"
				hint="Gõ tên rồi chọn hội viên là đảng viên, hoặc ghi chi bộ, đảng viên khác."
				value={fosterer}
				onChange={setFosterer}
				except={person.personId ?? undefined}
			/>
			{day("Ngày đề nghị", "proposedOn", proposedOn, setProposedOn)}
			{day("Bắt đầu bồi dưỡng", "fosteredOn", fosteredOn, setFosteredOn)}
			{day("Giới thiệu với Đảng", "introducedOn", introducedOn, setIntroducedOn)}
			{day("Kết nạp Đảng", "admittedOn", admittedOn, setAdmittedOn)}
			{fostering ? day("Thôi bồi dưỡng", "endedOn", endedOn, setEndedOn) : null}
			<TextArea label="Ghi chú" name="note" value={note} onChange={setNote} />
		</FormDialog>
	);
}
