import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { type FieldName, useFieldMistake } from "./Form.tsx";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/Combobox.layer.css";

type Field<Value> = {
	label: string;
	value: Value;
	onChange: (value: Value) => void;
	/** What to write, before she writes it. */
	hint?: string;
	/** The field of the contract: within a Form it says its own mistakes. */
	name?: FieldName;
	/** From `fieldError(problem, "name")`, where there is no Form around it. */
	error?: string;
	required?: boolean;
	disabled?: boolean;
};

/** One line of text. `kind` chooses the phone's keyboard. */
export function TextField(
	props: Field<string> & {
		kind?: keyof typeof KEYBOARDS;
		autoComplete?: string;
		maxLength?: number;
	},
) {
	const { kind = "text" } = props;
	return (
		<TextInput
			{...useCommon(props, props.value.trim() === "" && "Hãy điền mục này.")}
			value={props.value}
			onChange={(event) => props.onChange(event.currentTarget.value)}
			inputMode={KEYBOARDS[kind]}
			autoCapitalize={kind === "name" ? "words" : undefined}
			autoComplete={props.autoComplete ?? "off"}
			maxLength={props.maxLength}
		/>
	);
}

const KEYBOARDS = {
	text: "text",
	name: "text",
	digits: "numeric",
	day: "numeric",
	phone: "tel",
	email: "email",
} as const;

/** Some lines of text. */
export function TextArea(props: Field<string> & { rows?: number }) {
	return (
		<Textarea
			{...useCommon(props, props.value.trim() === "" && "Hãy điền mục này.")}
			rows={props.rows ?? 3}
			value={props.value}
			onChange={(event) => props.onChange(event.currentTarget.value)}
		/>
	);
}

/** A whole number from nought up, shown with dots at the thousands; null when empty. */
export function NumberField(props: Field<number | null> & { max?: number }) {
	return (
		<NumberInput
			{...useCommon(props, props.value === null && "Hãy ghi số.")}
			value={props.value ?? ""}
			onChange={(value) => props.onChange(value === "" ? null : Number(value))}
			min={0}
			max={props.max ?? 100_000_000}
			allowDecimal={false}
			allowNegative={false}
			thousandSeparator="."
			decimalSeparator=","
			hideControls
			inputMode="numeric"
		/>
	);
}

/** One of a few: the browser's own list, which phones draw well. */
export function SelectField<Value extends string>(
	props: Field<Value | ""> & {
		choices: { value: Value; label: string }[];
		none?: string;
	},
) {
	return (
		<NativeSelect
			{...useCommon(props, props.value === "" && "Hãy chọn.")}
			value={props.value}
			onChange={(event) => props.onChange(event.currentTarget.value as Value | "")}
			data={[...(props.none === undefined ? [] : [{ value: "", label: props.none }]), ...props.choices]}
		/>
	);
}

/** Yes or no. */
export function CheckField(props: Field<boolean>) {
	return (
		<Checkbox
			{...useCommon(props, false)}
			checked={props.value}
			onChange={(event) => props.onChange(event.currentTarget.checked)}
		/>
	);
}

/** What all fields have; `empty` says what is asked for where the field is empty and required. */
function useCommon<Value>(props: Field<Value>, empty: string | false) {
	const mistake = useFieldMistake(props.name, props.required && empty ? empty : undefined);
	return {
		label: props.label,
		description: props.hint,
		error: props.error ?? mistake,
		required: props.required,
		disabled: props.disabled,
	};
}
