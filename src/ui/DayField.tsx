import { TextInput } from "@mantine/core";
import { useEffect, useId, useRef, useState } from "react";
import { type Day, displayDay } from "../core/day.ts";
import css from "./DayField.module.css";
import { type FieldName, useFieldMistake } from "./Form.tsx";
import { typedDay } from "./typed-day.ts";

type Props = {
	label: string;
	/** `YYYY-MM-DD`, or null for none. */
	value: Day | null;
	onChange: (day: Day | null) => void;
	earliest?: Day;
	latest?: Day;
	hint?: string;
	/** The field of the contract: within a Form it says its own mistakes. */
	name?: FieldName;
	error?: string;
	required?: boolean;
};

// Where the page sets no latest day: plans reach some years on, and a woman born in the 1930s may write two digits.
const LATEST_YEAR = 2030;

/** A day, typed as dd/mm/yyyy or picked in the browser's own calendar. Calls back only with days that exist, or null when emptied. */
export function DayField(props: Props) {
	const { value, onChange, earliest, latest } = props;
	const [text, setText] = useState(value ? displayDay(value) : "");
	const [wrong, setWrong] = useState<string>();
	const picker = useRef<HTMLInputElement>(null);
	const id = useId();
	const mistake = useFieldMistake(props.name, wrong ?? (props.required && !value ? "Hãy ghi ngày." : undefined));

	useEffect(() => {
		setText(value ? displayDay(value) : "");
		setWrong(undefined);
	}, [value]);

	const take = (typed: string) => {
		const day = typedDay(typed, latest ? Number(latest.slice(0, 4)) : LATEST_YEAR);
		const problem = typed.trim() === "" ? undefined : outside(day, earliest, latest);
		setWrong(problem);
		if (problem) return;
		setText(day ? displayDay(day) : "");
		if (day !== value) onChange(day);
	};

	return (
		<div className={css.day}>
			<TextInput
				id={id}
				label={props.label}
				description={props.hint}
				error={wrong ?? props.error ?? mistake}
				required={props.required}
				placeholder="dd/mm/yyyy"
				inputMode="numeric"
				autoComplete="off"
				value={text}
				onChange={(event) => setText(event.currentTarget.value)}
				onBlur={() => take(text)}
				onKeyDown={(event) => event.key === "Enter" && take(text)}
				rightSectionWidth={44}
				rightSectionPointerEvents="all"
				rightSection={
					<button
						type="button"
						className={css.open}
						aria-label={`${props.label}: mở lịch`}
						onClick={() => picker.current?.showPicker()}
					>
						<CalendarSign />
					</button>
				}
			/>
			<input
				ref={picker}
				type="date"
				className={css.native}
				tabIndex={-1}
				aria-hidden="true"
				value={value ?? ""}
				min={earliest}
				max={latest}
				onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
			/>
		</div>
	);
}

function outside(day: Day | null, earliest?: Day, latest?: Day): string | undefined {
	if (!day) return "Ngày không đúng. Nhập theo mẫu ngày/tháng/năm, ví dụ 20/11/2025.";
	if (earliest && day < earliest) return `Chỉ có số liệu từ ngày ${displayDay(earliest)}.`;
	if (latest && day > latest) return `Chọn ngày không sau ngày ${displayDay(latest)}.`;
	return undefined;
}

function CalendarSign() {
	return (
		<svg
			width="20"
			height="20"
			viewBox="0 0 20 20"
			fill="none"
			stroke="currentColor"
			strokeWidth="1.6"
			aria-hidden="true"
		>
			<rect x="3" y="4.5" width="14" height="12.500" rx="2" />
			<path d="M3 8.500h14M7 2.500v4M13 2.500v4" strokeLinecap="round" />
		</svg>
	);
}
