import { Button } from "@mantine/core";
import { DayField } from "../../ui/DayField.tsx";
import { useFieldMistake } from "../../ui/Form.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import css from "./page-person.module.css";
import { RESIDENCE_CHOICES } from "./page-words.ts";

export type TypedResidence = { kind: "permanent" | "temporary"; start: string | null; until: string | null };

type Props = {
	value: TypedResidence[];
	onChange: (value: TypedResidence[]) => void;
	/** One residence without an end, for a new member. */
	single?: boolean;
};

/** Where she lives in the commune and since when: what decides whether she is present (R2). */
export function ResidencesField({ value, onChange, single }: Props) {
	const mistake = useFieldMistake(["residences", "residence"], undefined);
	const change = (index: number, part: Partial<TypedResidence>) =>
		onChange(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
	return (
		<fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
			<legend style={{ padding: 0, fontWeight: 600 }}>Cư trú tại xã, phường</legend>
			{value.map((residence, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and are only changed in place or removed
				<div key={index} className={css.residence}>
					<SelectField
						label="Hình thức"
						value={residence.kind}
						onChange={(kind) => kind && change(index, { kind })}
						choices={RESIDENCE_CHOICES}
					/>
					{single && residence.kind === "permanent" ? null : (
						<DayField
							label={residence.kind === "temporary" ? "Tạm trú từ ngày" : "Từ ngày"}
							value={residence.start}
							onChange={(start) => change(index, { start })}
						/>
					)}
					{single ? null : (
						<DayField label="Đến trước ngày" value={residence.until} onChange={(until) => change(index, { until })} />
					)}
					{value.length > 1 ? (
						<Button variant="default" onClick={() => onChange(value.filter((_, at) => at !== index))}>
							Bỏ dòng này
						</Button>
					) : null}
				</div>
			))}
			<p className="soft">
				Tạm trú được tính từ ngày đủ 6 tháng. Chưa rõ ngày bắt đầu thì để trống: chị chưa được tính và có trong danh
				sách cần bổ sung.
			</p>
			{single ? null : (
				<button
					type="button"
					className="link"
					onClick={() => onChange([...value, { kind: "temporary", start: null, until: null }])}
				>
					Thêm một thời gian cư trú
				</button>
			)}
			{mistake ? <p role="alert">{mistake}</p> : null}
		</fieldset>
	);
}
