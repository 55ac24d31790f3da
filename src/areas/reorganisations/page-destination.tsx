import { SelectField, TextField } from "../../ui/FormField.tsx";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import type { Destination } from "./page-hand.ts";

type Search = (text: string) => Promise<UnitChoice[]>;

/** Where a form looks units up: of the day before, of the day itself, and those that others stand under. */
export type Units = { before: Search; beforeAny: Search; standing: Search; above: Search };

type Props = {
	label: string;
	value: Destination;
	onChange: (to: Destination) => void;
	units: Units;
	/** What the draft makes already. */
	made: { key: string; name: string }[];
	onlyNew?: boolean;
};

const WAYS = { new: "Đơn vị lập mới", standing: "Đơn vị đang có", made: "Đơn vị lập mới trong bản soạn này" } as const;

/** The fields of a destination; which are asked for follows from the way chosen first. */
export function DestinationFields({ label, value, onChange, units, made, onlyNew }: Props) {
	const set = (more: Partial<Destination>) => onChange({ ...value, ...more });
	const ways = (Object.keys(WAYS) as Destination["way"][]).filter((way) => way !== "made" || made.length > 0);
	return (
		<fieldset style={{ border: 0, margin: 0, padding: 0, display: "grid", gap: 12 }}>
			<legend className="unseen">{label}</legend>
			{onlyNew ? null : (
				<SelectField
					label={label}
					value={value.way}
					onChange={(way) => way && set({ way })}
					choices={ways.map((way) => ({ value: way, label: WAYS[way] }))}
				/>
			)}
			{value.way === "standing" ? (
				<UnitPicker
					label={`${label}: đơn vị`}
					required
					value={value.standing}
					onChange={(standing) => set({ standing })}
					search={units.standing}
				/>
			) : null}
			{value.way === "made" ? (
				<SelectField
					label={`${label}: đơn vị`}
					none="Chọn đơn vị"
					value={value.made}
					onChange={(key) => set({ made: key })}
					choices={made.map((one) => ({ value: one.key, label: one.name }))}
				/>
			) : null}
			{value.way === "new" ? (
				<>
					<TextField
						label="Tên mới, cả loại"
						required
						value={value.name}
						onChange={(name) => set({ name })}
						hint="Ví dụ: Phường Ba Đình."
					/>
					<TextField label="Mã" required value={value.code} onChange={(code) => set({ code })} kind="digits" />
					<SelectField
						label="Cấp"
						value={value.kind}
						onChange={(kind) => kind && set({ kind })}
						choices={[
							{ value: "commune", label: "Xã, phường, đặc khu" },
							{ value: "province", label: "Tỉnh, thành phố" },
						]}
					/>
					{value.kind === "commune" ? (
						<UnitPicker
							label="Trực thuộc"
							required
							value={value.parent}
							onChange={(parent) => set({ parent })}
							search={units.above}
						/>
					) : null}
				</>
			) : null}
		</fieldset>
	);
}
