import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Day } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { UnitPicker } from "../../ui/UnitPicker.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { findUnits } from "../units/page-find.ts";
import type { Programme } from "./contract-programmes.ts";
import { PROGRAMME_KIND_WORDS, PROGRAMME_KINDS, type ProgrammeKind } from "./rules.ts";

type Named = { unitId: number; name: string; amount: number | null };
type Props = { unit: { id: number; kind: string; name: string }; programme: Programme | null; onClose: () => void };

// More than any programme's money, and still a whole number to the browser.
const MOST = 1_000_000_000_000_000;

/** A programme with its money and the communes it reaches; of someone else's only what it is. */
export function ProgrammeForm({ unit, programme, onClose }: Props) {
	const { today } = useSession();
	const [kind, setKind] = useState<ProgrammeKind>(programme?.kind ?? "programme");
	const [name, setName] = useState(programme?.name ?? "");
	const [source, setSource] = useState(programme?.source ?? "");
	const [from, setFrom] = useState<Day | null>(programme?.from ?? today);
	const [until, setUntil] = useState<Day | null>(programme?.until ?? null);
	const [amount, setAmount] = useState<number | null>(programme?.amount ?? null);
	const [note, setNote] = useState(programme?.note ?? "");
	const { communes, setCommunes, isLoaded } = useCommunes(programme, unit);
	const set = useCommand(client.programmes.set, {
		refresh: [api.programmes.key(), api.models.key()],
		said: (one) => `Đã ghi ${one.name}, ${count(one.communes)} xã.`,
		onDone: onClose,
	});
	const mayChange = programme?.mayChange ?? true;
	const save = () =>
		from &&
		set.run({
			...(programme ? { id: programme.id, version: programme.version } : {}),
			unitId: programme?.unitId ?? unit.id,
			kind,
			name: name.trim(),
			source: source.trim(),
			from,
			until,
			amount,
			note: note.trim(),
			communes: communes.map((one) => ({ unitId: one.unitId, amount: one.amount })),
		});
	return (
		<FormDialog
			title={programme ? programme.name : "Ghi chương trình, nguồn lực"}
			note={mayChange ? undefined : `Do ${programme?.unitName} chủ trì: chị xem được, không sửa được.`}
			confirm="Lưu"
			command={set}
			ready={mayChange && isLoaded}
			onConfirm={save}
			onClose={onClose}
		>
			<TextField label="Tên" name="name" required maxLength={300} value={name} onChange={setName} />
			<SelectField
				label="Loại"
				name="kind"
				value={kind}
				onChange={(value) => value && setKind(value)}
				choices={PROGRAMME_KINDS.map((value) => ({ value, label: PROGRAMME_KIND_WORDS[value] }))}
			/>
			<TextField
				label="Nguồn, đơn vị phối hợp"
				name="source"
				maxLength={300}
				value={source}
				onChange={setSource}
				hint="Ví dụ: Ngân hàng Chính sách xã hội, dự án quốc tế, ngân sách tỉnh."
			/>
			<DayField label="Từ ngày" name="from" required value={from} onChange={setFrom} earliest={EARLIEST} />
			<DayField
				label="Đến hết ngày"
				name="until"
				value={until}
				onChange={setUntil}
				earliest={from ?? EARLIEST}
				hint="Để trống khi chưa có ngày kết thúc."
			/>
			<NumberField label="Tổng số tiền (đồng)" name="amount" max={MOST} value={amount} onChange={setAmount} />
			{unit.kind === "commune" ? null : (
				<Communes unitId={programme?.unitId ?? unit.id} rows={communes} onChange={setCommunes} mayChange={mayChange} />
			)}
			<TextArea label="Ghi chú" name="note" value={note} onChange={setNote} />
		</FormDialog>
	);
}

/** The communes a programme reaches, as they are edited; a commune's own programme reaches itself. */
function useCommunes(programme: Programme | null, unit: Props["unit"]) {
	const shown = useQuery({
		...api.programmes.show.queryOptions({ input: { id: programme?.id ?? "" } }),
		enabled: programme !== null,
	});
	const [communes, setCommunes] = useState<Named[]>(
		unit.kind === "commune" && programme === null ? [{ unitId: unit.id, name: unit.name, amount: null }] : [],
	);
	useEffect(() => {
		if (shown.data) setCommunes(shown.data.communes.map(({ unitId, name, amount }) => ({ unitId, name, amount })));
	}, [shown.data]);
	return { communes, setCommunes, isLoaded: programme === null || shown.data !== undefined };
}

function Communes(props: { unitId: number; rows: Named[]; onChange: (rows: Named[]) => void; mayChange: boolean }) {
	const { rows, onChange, mayChange } = props;
	return (
		<fieldset className="page" style={{ border: 0, margin: 0, padding: 0 }}>
			<legend>
				<b>Các xã thụ hưởng ({count(rows.length)})</b>
			</legend>
			{mayChange ? (
				<UnitPicker
					label="Thêm xã, phường, đặc khu"
					name="communes"
					value={null}
					search={findUnits({ kinds: ["commune"], within: props.unitId })}
					onChange={(unit) => {
						if (!unit || rows.some((row) => row.unitId === Number(unit.id))) return;
						onChange([...rows, { unitId: Number(unit.id), name: unit.name, amount: null }]);
					}}
				/>
			) : null}
			{rows.map((row) => (
				<div key={row.unitId} className="row" style={{ alignItems: "end" }}>
					<div style={{ flex: 1, minWidth: 180 }}>
						<NumberField
							label={`${row.name}: số tiền (đồng)`}
							max={MOST}
							value={row.amount}
							disabled={!mayChange}
							onChange={(amount) => onChange(rows.map((one) => (one.unitId === row.unitId ? { ...one, amount } : one)))}
						/>
					</div>
					{mayChange ? (
						<button
							type="button"
							className="link"
							aria-label={`Bỏ ${row.name}`}
							onClick={() => onChange(rows.filter((one) => one.unitId !== row.unitId))}
						>
							Bỏ
						</button>
					) : null}
				</div>
			))}
		</fieldset>
	);
}
