import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { addDays, displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { findUnits } from "../units/page-find.ts";
import type { Change, Reorganisation } from "./contract.ts";
import { DestinationFields, type Units } from "./page-destination.tsx";
import {
	type Destination,
	destinationChanges,
	isChosen,
	levelEnds,
	NOWHERE,
	newPart,
	type Part,
	partChanges,
	partsReady,
} from "./page-hand.ts";
import { PartFields } from "./page-part-fields.tsx";

type Kind = "merge" | "part" | "rename" | "move" | "level" | "create" | "head";

const KINDS: Record<Kind, string> = {
	merge: "Nhập nguyên vẹn",
	part: "Chia đơn vị",
	rename: "Đổi tên, loại, mã",
	move: "Chuyển cấp trên",
	create: "Lập mới",
	level: "Bỏ cấp huyện",
	head: "Sửa tên, ngày",
};

type Props = { one: Reorganisation; made: { key: string; name: string }[] };

/** What is put into a draft by hand, one kind of change at a time; each goes in at once and can be left out again (R38). */
export function AddChanges(props: Props) {
	const [kind, setKind] = useState<Kind | null>(null);
	const Form = kind === null ? null : FORMS[kind];
	return (
		<section className="card page">
			<h2>Soạn thay đổi</h2>
			<div className="row">
				{(Object.keys(KINDS) as Kind[]).map((one) => (
					<Button key={one} variant="default" onClick={() => setKind(one)}>
						{KINDS[one]}
					</Button>
				))}
			</div>
			{Form && kind ? <Form key={kind} {...props} onClose={() => setKind(null)} /> : null}
		</section>
	);
}

type FormProps = Props & { onClose: () => void };

/** Sends changes into the draft; every form closes when they are in. */
function useAmend(one: Reorganisation, onDone?: () => void) {
	const send = useCommand(client.reorganisations.amend, {
		refresh: [api.reorganisations.key()],
		said: "Đã ghi vào bản soạn.",
		onDone,
	});
	const act = { id: one.id, version: one.version };
	return {
		...send,
		add: (add: Change[]) => send.run({ ...act, add }),
		run: (more: object) => send.run({ ...act, ...more }),
	};
}

/** How units of before and of the day are looked for, within what the draft is about. */
function useUnits(one: Reorganisation): Units {
	const { unit } = useSession();
	const within = unit.kind === "centre" ? undefined : one.unitId;
	return useMemo(() => {
		const find = (on: string, kinds: ("province" | "district" | "commune")[]) => findUnits({ on, kinds, within });
		const before = addDays(one.on, -1);
		return {
			before: find(before, ["province", "commune"]),
			beforeAny: find(before, ["province", "district", "commune"]),
			standing: find(one.on, ["province", "commune"]),
			above: find(one.on, ["province", "district"]),
		};
	}, [one.on, within]);
}

function MergeForm({ one, made, onClose }: FormProps) {
	const units = useUnits(one);
	const send = useAmend(one, onClose);
	const [olds, setOlds] = useState<UnitChoice[]>([]);
	const [to, setTo] = useState<Destination>(NOWHERE);
	return (
		<FormDialog
			title="Nhập nguyên vẹn vào một đơn vị"
			note={`Các đơn vị này có đến hết ngày ${displayDay(addDays(one.on, -1))}.`}
			confirm="Ghi vào bản soạn"
			onClose={onClose}
			command={send}
			ready={olds.length > 0 && isChosen(to)}
			onConfirm={() => {
				const { changes, end } = destinationChanges(to, one.unitId);
				send.add([
					...changes,
					...olds.map(
						(old): Change => ({ kind: "succeed", unitId: Number(old.id), successor: end, part: "full", document: "" }),
					),
				]);
			}}
		>
			{olds.map((old) => (
				<p key={old.id}>
					{old.name}{" "}
					<button type="button" className="link" onClick={() => setOlds(olds.filter(({ id }) => id !== old.id))}>
						Bỏ {old.name}
					</button>
				</p>
			))}
			<UnitPicker
				key={olds.length}
				label={olds.length === 0 ? "Đơn vị cũ" : "Thêm đơn vị cũ"}
				value={null}
				search={units.before}
				onChange={(unit) => unit && !olds.some(({ id }) => id === unit.id) && setOlds([...olds, unit])}
			/>
			<DestinationFields label="Nhập vào" value={to} onChange={setTo} units={units} made={made} />
		</FormDialog>
	);
}

function PartForm({ one, made, onClose }: FormProps) {
	const units = useUnits(one);
	const send = useAmend(one, onClose);
	const [old, setOld] = useState<UnitChoice | null>(null);
	const [parts, setParts] = useState<Part[]>([newPart(), newPart()]);
	const [document, setDocument] = useState("");
	return (
		<FormDialog
			title="Chia một đơn vị"
			note="Không ghi tỷ lệ thì tỷ lệ chia theo hội viên được phân về từng đơn vị."
			confirm="Ghi vào bản soạn"
			onClose={onClose}
			command={send}
			ready={old !== null && partsReady(parts, document)}
			onConfirm={() => old && send.add(partChanges(Number(old.id), parts, document, one.unitId))}
		>
			<UnitPicker label="Đơn vị cũ" required value={old} onChange={setOld} search={units.before} />
			<PartFields parts={parts} onChange={setParts} units={units} made={made} />
			<TextField label="Văn bản về tỷ lệ chia" value={document} onChange={setDocument} hint="Bắt buộc khi ghi tỷ lệ." />
		</FormDialog>
	);
}

function RenameForm({ one, onClose }: FormProps) {
	const units = useUnits(one);
	const send = useAmend(one, onClose);
	const [unit, setUnit] = useState<UnitChoice | null>(null);
	const [name, setName] = useState("");
	const [code, setCode] = useState("");
	const pick = (picked: UnitChoice | null) => {
		setUnit(picked);
		setName(picked?.name ?? "");
	};
	const renamed = name.trim() !== "" && name.trim() !== unit?.name;
	return (
		<FormDialog
			title="Đổi tên, loại hoặc mã"
			note="Loại đứng đầu tên: Phường, Xã, Đặc khu, Tỉnh, Thành phố."
			confirm="Ghi vào bản soạn"
			onClose={onClose}
			command={send}
			ready={unit !== null && (renamed || code.trim() !== "")}
			onConfirm={() =>
				unit &&
				send.add([
					{ kind: "change", unitId: Number(unit.id), name: renamed ? name : undefined, code: code.trim() || undefined },
				])
			}
		>
			<UnitPicker label="Đơn vị" required value={unit} onChange={pick} search={units.beforeAny} />
			<TextField label="Tên mới, cả loại" value={name} onChange={setName} />
			<TextField label="Mã mới" value={code} onChange={setCode} hint="Để trống nếu mã không đổi." kind="digits" />
		</FormDialog>
	);
}

function MoveForm({ one, made, onClose }: FormProps) {
	const units = useUnits(one);
	const send = useAmend(one, onClose);
	const [unit, setUnit] = useState<UnitChoice | null>(null);
	const [parent, setParent] = useState<UnitChoice | null>(null);
	const [key, setKey] = useState("");
	return (
		<FormDialog
			title="Chuyển về đơn vị cấp trên khác"
			confirm="Ghi vào bản soạn"
			onClose={onClose}
			command={send}
			ready={unit !== null && (parent !== null || key !== "")}
			onConfirm={() =>
				unit &&
				send.add([
					{ kind: "change", unitId: Number(unit.id), parent: parent ? { unitId: Number(parent.id) } : { key } },
				])
			}
		>
			<UnitPicker label="Đơn vị" required value={unit} onChange={setUnit} search={units.beforeAny} />
			<UnitPicker label="Đơn vị cấp trên mới" value={parent} onChange={setParent} search={units.above} />
			{made.length > 0 && parent === null ? (
				<SelectField
					label="Hoặc đơn vị lập mới trong bản soạn này"
					none="Không chọn"
					value={key}
					onChange={setKey}
					choices={made.map((each) => ({ value: each.key, label: each.name }))}
				/>
			) : null}
		</FormDialog>
	);
}

function CreateForm({ one, made, onClose }: FormProps) {
	const units = useUnits(one);
	const send = useAmend(one, onClose);
	const [to, setTo] = useState<Destination>({ ...NOWHERE, way: "new" });
	return (
		<FormDialog
			title="Lập mới một đơn vị"
			confirm="Ghi vào bản soạn"
			onClose={onClose}
			command={send}
			ready={isChosen(to)}
			onConfirm={() => send.add(destinationChanges(to, one.unitId).changes)}
		>
			<DestinationFields label="Đơn vị mới" value={to} onChange={setTo} units={units} made={made} onlyNew />
		</FormDialog>
	);
}

/** The whole level of districts of a province, or of the country: each ends, what stood under it goes under its province. */
function LevelForm({ one, onClose }: FormProps) {
	const send = useAmend(one, onClose);
	const [province, setProvince] = useState<UnitChoice | null>(null);
	const before = addDays(one.on, -1);
	const search = useMemo(() => findUnits({ on: before, kinds: ["province"] }), [before]);
	const tree = useQuery(
		api.units.tree.queryOptions({ input: { on: before, kinds: ["province", "district", "commune", "unassigned"] } }),
	);
	const changes = tree.data ? levelEnds(tree.data, province ? Number(province.id) : one.unitId) : [];
	const districts = changes.filter(({ kind }) => kind === "end").length;
	return (
		<FormDialog
			title="Bỏ cấp huyện"
			note="Các đơn vị cấp xã chuyển về trực thuộc tỉnh, thành phố của chúng."
			confirm={districts > 0 ? `Ghi ${count(changes.length)} thay đổi vào bản soạn` : "Ghi vào bản soạn"}
			onClose={onClose}
			command={send}
			ready={districts > 0}
			onConfirm={() => send.add(changes)}
		>
			<UnitPicker
				label="Của tỉnh, thành phố"
				hint="Để trống: mọi tỉnh, thành phố trong phạm vi bản soạn."
				value={province}
				onChange={setProvince}
				search={search}
			/>
			<p role="status">
				{tree.isPending
					? "Đang đếm…"
					: districts > 0
						? `${count(districts)} đơn vị cấp huyện kết thúc, ${count(changes.length - districts)} đơn vị cấp xã chuyển về tỉnh.`
						: `Ngày ${displayDay(before)} không có đơn vị cấp huyện nào ở đây.`}
			</p>
		</FormDialog>
	);
}

function HeadForm({ one, onClose }: FormProps) {
	const { today } = useSession();
	const send = useAmend(one, onClose);
	const [title, setTitle] = useState(one.title);
	const [decree, setDecree] = useState(one.decree);
	const [on, setOn] = useState<string | null>(one.on);
	return (
		<FormDialog
			title="Sửa tên, văn bản, ngày"
			confirm="Ghi vào bản soạn"
			onClose={onClose}
			command={send}
			ready={title.trim() !== "" && decree.trim() !== "" && on !== null}
			onConfirm={() => on && send.run({ title, decree, on })}
		>
			<TextField label="Tên đợt sắp xếp" required value={title} onChange={setTitle} />
			<TextField label="Nghị quyết, quyết định" required value={decree} onChange={setDecree} />
			<DayField
				label="Có hiệu lực từ ngày"
				required
				value={on}
				onChange={setOn}
				earliest={EARLIEST}
				latest={latestDay(today)}
			/>
		</FormDialog>
	);
}

const FORMS = {
	merge: MergeForm,
	part: PartForm,
	rename: RenameForm,
	move: MoveForm,
	create: CreateForm,
	level: LevelForm,
	head: HeadForm,
} as const;
