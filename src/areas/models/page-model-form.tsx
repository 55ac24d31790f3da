import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Day } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Model } from "./contract.ts";
import { CLUB_BASES, CLUB_BASIS_WORDS, CLUB_KIND, type ClubBasis } from "./rules.ts";

type Props = {
	unit: { id: number };
	/** A model to change, a club that becomes one, or null: a new one. */
	given: Model | { clubId: number; name: string } | null;
	onClose: () => void;
};

/** A model: for whom, since when, how many take part, who helps; ended by a day. */
export function ModelForm({ unit, given, onClose }: Props) {
	const { today } = useSession();
	const model = given && "id" in given ? given : null;
	const club = given && "clubId" in given ? given : null;
	const choices = useQuery(api.models.choices.queryOptions({ input: {} }));
	const [kind, setKind] = useState(model?.kind ?? (club ? CLUB_KIND : ""));
	const [basis, setBasis] = useState<ClubBasis | "">(model?.basis ?? "");
	const [forGroup, setForGroup] = useState(model?.forGroup ?? "");
	const [name, setName] = useState(model?.name ?? club?.name ?? "");
	const [founded, setFounded] = useState<Day | null>(model?.founded ?? null);
	const [ended, setEnded] = useState<Day | null>(model?.ended ?? null);
	const [members, setMembers] = useState<number | null>(model?.members ?? null);
	const [helpers, setHelpers] = useState(model?.helpers ?? "");
	const [note, setNote] = useState(model?.note ?? "");
	const done = { refresh: [api.models.key()], onDone: onClose };
	const add = useCommand(client.models.add, { ...done, said: (one) => `Đã ghi mô hình ${one.name}.` });
	const change = useCommand(client.models.change, { ...done, said: (one) => `Đã lưu mô hình ${one.name}.` });
	const save = () => {
		if (!founded) return;
		const what = {
			kind,
			basis: kind === CLUB_KIND && basis !== "" ? basis : null,
			forGroup: forGroup === "" ? null : forGroup,
			name: name.trim(),
			founded,
			ended,
			members: members ?? 0,
			helpers: helpers.trim(),
			note: note.trim(),
		};
		if (model) change.run({ id: model.id, version: model.version, unitId: model.unitId, ...what });
		else add.run({ unitId: club?.clubId ?? unit.id, ...what });
	};
	return (
		<FormDialog
			title={model ? "Sửa mô hình" : "Ghi mô hình"}
			confirm={model ? "Lưu" : "Ghi mô hình"}
			command={model ? change : add}
			onConfirm={save}
			onClose={onClose}
		>
			<TextField label="Tên mô hình" name="name" required maxLength={300} value={name} onChange={setName} />
			<SelectField
				label="Loại"
				name="kind"
				required
				value={kind}
				onChange={setKind}
				none="Chọn loại mô hình"
				choices={(choices.data?.kinds ?? []).map(({ code, words }) => ({ value: code, label: words }))}
			/>
			{kind === CLUB_KIND ? (
				<SelectField
					label="Tập hợp"
					name="basis"
					required
					value={basis}
					onChange={setBasis}
					none="Theo lứa tuổi, ngành nghề hay sở thích"
					choices={CLUB_BASES.map((value) => ({ value, label: CLUB_BASIS_WORDS[value] }))}
				/>
			) : null}
			<SelectField
				label="Dành cho nhóm phụ nữ khó tập hợp"
				name="forGroup"
				value={forGroup}
				onChange={setForGroup}
				none="Không riêng nhóm nào"
				hint="Mô hình có nhóm mới được tính vào chỉ tiêu mỗi xã ít nhất 01 mô hình."
				choices={(choices.data?.groups ?? []).map(({ code, words }) => ({ value: code, label: words }))}
			/>
			<DayField
				label="Ngày thành lập"
				name="founded"
				required
				value={founded}
				onChange={setFounded}
				latest={today}
				earliest="1990-01-01"
			/>
			<NumberField label="Số người tham gia" name="members" value={members} onChange={setMembers} />
			<TextField
				label="Ai giúp, ai phối hợp"
				name="helpers"
				maxLength={500}
				value={helpers}
				onChange={setHelpers}
				hint="Ví dụ: Đoàn Thanh niên, chủ nhà trọ, trạm y tế."
			/>
			<TextArea label="Ghi chú" name="note" value={note} onChange={setNote} />
			{model ? (
				<DayField
					label="Ngày kết thúc"
					name="ended"
					value={ended}
					onChange={setEnded}
					earliest={EARLIEST}
					latest={today}
					hint="Để trống khi mô hình còn hoạt động."
				/>
			) : null}
		</FormDialog>
	);
}
