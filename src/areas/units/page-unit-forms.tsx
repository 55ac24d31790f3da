import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { UnitRow } from "./contract.ts";
import { findUnits } from "./page-find.ts";
import { FromDay } from "./page-from-day.tsx";
import { isMadeKind, KIND_WORDS, kindsUnder, type MadeKind, PARENTS } from "./rules.ts";

export type UnitFormKind = "add" | "rename" | "move" | "end";

type Props = { unit: UnitRow; onClose: () => void };

/** One of the changes people make to units; opens as a dialog and closes itself when done. */
export function UnitForm({ kind, ...props }: Props & { kind: UnitFormKind }) {
	const Form = { add: AddForm, rename: RenameForm, move: MoveForm, end: EndForm }[kind];
	return <Form {...props} />;
}

const refresh = [api.units.key()];

function AddForm({ unit, onClose }: Props) {
	const kinds = kindsUnder(unit.kind);
	const [kind, setKind] = useState<MadeKind | "">(kinds[0]);
	const [name, setName] = useState("");
	const [from, setFrom] = useState<string | null>(null);
	const add = useCommand(client.units.add, {
		refresh,
		said: (made) => `Đã thêm ${made.name}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Thêm đơn vị trực thuộc"
			confirm="Thêm"
			onClose={onClose}
			command={add}
			fields={["name", "kind", "from"]}
			ready={name.trim() !== "" && kind !== ""}
			onConfirm={() => kind && add.run({ parentId: unit.id, kind, name, from: from ?? undefined })}
		>
			<SelectField
				label="Loại"
				value={kind}
				onChange={setKind}
				choices={kinds.map((value) => ({ value, label: KIND_WORDS[value] }))}
			/>
			<TextField
				label="Tên"
				required
				value={name}
				onChange={setName}
				hint={NAME_HINTS[kind || "branch"]}
				error={fieldError(add.problem, "name")}
			/>
			<DayField
				label="Có từ ngày"
				value={from}
				onChange={setFrom}
				earliest={EARLIEST}
				hint={`Để trống nếu có từ khi có ${unit.name}.`}
				error={fieldError(add.problem, "from")}
			/>
		</FormDialog>
	);
}

const NAME_HINTS: Record<MadeKind, string> = {
	branch: "Ví dụ: Chi hội phụ nữ thôn Đông, Chi hội khu phố 9.",
	group: "Ví dụ: Tổ phụ nữ số 3.",
	club: "Ví dụ: CLB Phụ nữ khởi nghiệp.",
	special_base: "Ví dụ: Hội phụ nữ chợ Tân Hòa.",
	force: "Ví dụ: Hội Phụ nữ Công an phường Tân Hòa.",
	department: "Ví dụ: Ban Tổ chức.",
};

function RenameForm({ unit, onClose }: Props) {
	const { today } = useSession();
	const [name, setName] = useState(unit.name);
	const [from, setFrom] = useState<string | null>(today);
	const rename = useCommand(client.units.rename, {
		refresh,
		said: "Đã đổi tên.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Đổi tên ${unit.name}`}
			note="Số liệu của những ngày trước vẫn mang tên cũ."
			confirm="Đổi tên"
			onClose={onClose}
			command={rename}
			fields={["name", "from"]}
			ready={name.trim() !== "" && name !== unit.name && from !== null}
			onConfirm={() => from && rename.run({ id: unit.id, name, from })}
		>
			<TextField label="Tên mới" required value={name} onChange={setName} error={fieldError(rename.problem, "name")} />
			<FromDay value={from} onChange={setFrom} problem={rename.problem} />
		</FormDialog>
	);
}

function MoveForm({ unit, onClose }: Props) {
	const { today, unit: own } = useSession();
	const [parent, setParent] = useState<UnitChoice | null>(null);
	const [from, setFrom] = useState<string | null>(today);
	const search = useMemo(
		() =>
			findUnits({
				on: from ?? today,
				kinds: isMadeKind(unit.kind) ? [...PARENTS[unit.kind]] : [],
				within: own.id,
			}),
		[from, today, unit.kind, own.id],
	);
	const move = useCommand(client.units.move, {
		refresh: [api.units.key(), api.gathering.key()],
		said: "Đã chuyển.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Chuyển ${unit.name}`}
			note="Hội viên đi theo đơn vị từ ngày này; những ngày trước không thay đổi."
			confirm="Chuyển"
			onClose={onClose}
			command={move}
			fields={["parentId", "from"]}
			ready={parent !== null && from !== null}
			onConfirm={() => parent && from && move.run({ id: unit.id, parentId: Number(parent.id), from })}
		>
			<UnitPicker
				label="Trực thuộc"
				required
				value={parent}
				onChange={setParent}
				search={search}
				error={fieldError(move.problem, "parentId")}
			/>
			<FromDay value={from} onChange={setFrom} problem={move.problem} />
		</FormDialog>
	);
}

function EndForm({ unit, onClose }: Props) {
	const { today } = useSession();
	const navigate = useNavigate();
	const [from, setFrom] = useState<string | null>(today);
	const end = useCommand(client.units.end, {
		refresh,
		said: `${unit.name} đã kết thúc hoạt động.`,
		onDone: () => {
			onClose();
			if (unit.parentId !== null) navigate({ to: "/units/$unitId", params: { unitId: String(unit.parentId) } });
		},
	});
	return (
		<FormDialog
			title={`Kết thúc hoạt động của ${unit.name}`}
			note="Chỉ kết thúc được khi không còn hội viên và đơn vị trực thuộc. Số liệu của những ngày trước vẫn được giữ."
			confirm="Kết thúc hoạt động"
			onClose={onClose}
			command={end}
			fields={["from"]}
			ready={from !== null}
			onConfirm={() => from && end.run({ id: unit.id, from })}
		>
			<FromDay value={from} onChange={setFrom} problem={end.problem} hint="Ngày đầu tiên đơn vị không còn hoạt động." />
		</FormDialog>
	);
}
