import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/Combobox.layer.css";

type Field<Value> = {
	label: string;
	value: Value;
	onChange: (value: Value) => void;
	/** What to write, before she writes it. */
	hint?: string;
	/** From `fieldError(problem, "name")`. */
	error?: string;
	required?: boolean;
	disabled?: boolean;
};

/** One line of text. `kind` chooses the phone's keyboard. */
export function TextField(
	props: Field<string> & {
		kind?: "text" | "digits" | "phone" | "email";
		autoComplete?: string;
		maxLength?: number;
	},
) {
	return (
		<TextInput
			{...common(props)}
			value={props.value}
			onChange={(event) => props.onChange(event.currentTarget.value)}
			inputMode={
				(
					{
						text: "text",
						digits: "numeric",
						phone: "tel",
						email: "email",
					} as const
				)[props.kind ?? "text"]
			}
			autoComplete={props.autoComplete ?? "off"}
			maxLength={props.maxLength}
		/>
	);
}

/** Some lines of text. */
export function TextArea(props: Field<string> & { rows?: number }) {
	return (
		<Textarea
			{...common(props)}
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
			{...common(props)}
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
			{...common(props)}
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
			label={props.label}
			description={props.hint}
			error={props.error}
			disabled={props.disabled}
			checked={props.value}
			onChange={(event) => props.onChange(event.currentTarget.checked)}
		/>
	);
}

function common<Value>(props: Field<Value>) {
	return {
		label: props.label,
		description: props.hint,
		error: props.error,
		required: props.required,
		disabled: props.disabled,
	};
}
