import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import "@mantine/core/styles/ScrollArea.layer.css";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Combobox.layer.css";
import { type FieldName, useFieldMistake } from "./Form.tsx";
import css from "./UnitPicker.module.css";

export type UnitChoice = {
	id: string;
	code: string;
	/** With its kind: "Phường Tân Hòa". */
	name: string;
	/** Where it is and since when: "tỉnh Đồng Nai · từ 01/7/2025". */
	place?: string;
};

type Props = {
	label: string;
	value: UnitChoice | null;
	onChange: (unit: UnitChoice | null) => void;
	/** Asked as she types; an answer that comes after a later question is dropped. */
	search: (text: string) => Promise<UnitChoice[]>;
	hint?: string;
	/** The field of the contract: within a Form it says its own mistakes. */
	name?: FieldName;
	error?: string;
	required?: boolean;
};

type Found = { state: "idle" | "asking" | "failed" } | { state: "there"; units: UnitChoice[] };

/** Finds a unit by name or code as she types, tone marks not needed. */
export function UnitPicker(props: Props) {
	const { value, search, onChange } = props;
	const [text, setText] = useState(value?.name ?? "");
	const [found, setFound] = useState<Found>({ state: "idle" });
	const list = useCombobox({
		onDropdownClose: () => list.resetSelectedOption(),
	});
	const asked = useRef(0);
	const mistake = useFieldMistake(
		props.name,
		props.required && !value ? "Hãy chọn một đơn vị trong danh sách." : undefined,
	);

	useEffect(() => setText(value?.name ?? ""), [value]);

	// The first one found is ready for Enter; it must have been drawn before it can be chosen.
	const { selectFirstOption } = list;
	useEffect(() => {
		if (found.state === "there" && found.units.length > 0) selectFirstOption();
	}, [found, selectFirstOption]);

	const ask = (typed: string) => {
		const question = ++asked.current;
		if (typed.trim().length < 2) return setFound({ state: "idle" });
		setFound({ state: "asking" });
		const still = () => question === asked.current;
		setTimeout(() => {
			if (!still()) return;
			search(typed.trim()).then(
				(units) => {
					if (!still()) return;
					setFound({ state: "there", units });
				},
				() => still() && setFound({ state: "failed" }),
			);
		}, 180);
	};
	const pick = (id: string) => {
		const unit = found.state === "there" && found.units.find((one) => one.id === id);
		if (!unit) return;
		setText(unit.name);
		onChange(unit);
		list.closeDropdown();
	};

	return (
		<Combobox store={list} onOptionSubmit={pick} withinPortal>
			<Combobox.Target>
				<TextInput
					label={props.label}
					description={props.hint}
					error={props.error ?? mistake}
					required={props.required}
					placeholder="Gõ tên hoặc mã đơn vị"
					autoComplete="off"
					value={text}
					onChange={(event) => {
						setText(event.currentTarget.value);
						ask(event.currentTarget.value);
						list.openDropdown();
					}}
					onFocus={() => list.openDropdown()}
					onBlur={() => {
						list.closeDropdown();
						if (text.trim() === "" && value) onChange(null);
						else setText(value?.name ?? "");
					}}
				/>
			</Combobox.Target>
			<Combobox.Dropdown hidden={found.state === "idle"}>
				<Combobox.Options aria-label="Các đơn vị tìm được" mah={320} style={{ overflowY: "auto" }}>
					{found.state === "there" ? (
						found.units.map((unit) => (
							<Combobox.Option key={unit.id} value={unit.id} className={css.option}>
								<b>{unit.name}</b>
								<span className="soft">
									{" "}
									{[unit.place, unit.code && `mã ${unit.code}`].filter(Boolean).join(" · ")}
								</span>
							</Combobox.Option>
						))
					) : (
						<Combobox.Empty>{found.state === "failed" ? "Không tìm được, hãy thử lại." : "Đang tìm…"}</Combobox.Empty>
					)}
					{found.state === "there" && found.units.length === 0 ? (
						<Combobox.Empty>Không có đơn vị nào tên như vậy.</Combobox.Empty>
					) : null}
				</Combobox.Options>
			</Combobox.Dropdown>
		</Combobox>
	);
}
