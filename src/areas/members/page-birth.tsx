import { useState } from "react";
import { useFieldMistake } from "../../ui/Form.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { typedBirth } from "./page-typed.ts";
import { displayBirth } from "./rules-person.ts";

/** Birth as it is known: `20/05/1984`, `05/1984` or `1984`. Calls back with null for none, undefined while it is no day. */
export function BirthField(props: {
	value: string | null;
	today: string;
	onChange: (birth: string | null | undefined) => void;
}) {
	const [text, setText] = useState(props.value ? displayBirth(props.value) : "");
	const wrong = typedBirth(text, props.today) === undefined ? WRONG : undefined;
	const mistake = useFieldMistake("birth", wrong);
	return (
		<TextField
			label="Ngày sinh"
			hint="Ngày/tháng/năm; nếu chỉ biết năm thì ghi năm."
			kind="day"
			value={text}
			onChange={(typed) => {
				setText(typed);
				props.onChange(typedBirth(typed, props.today));
			}}
			error={wrong && text.length >= 4 ? wrong : mistake}
		/>
	);
}

const WRONG = "Ngày sinh không đúng. Ví dụ: 20/05/1984, 05/1984 hoặc 1984.";
