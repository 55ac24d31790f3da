import { type DragEvent, useId, useState } from "react";
import css from "./FileDrop.module.css";
import { fileSize } from "./format.ts";

type Props = {
	/** "Kéo tệp Excel vào đây". */
	label: string;
	/** What is taken: "XLSX, XLS, CSV; tối đa 100 MB". */
	hint: string;
	/** Endings with their dot: `[".xlsx", ".xls", ".csv"]`. */
	endings: string[];
	maxBytes: number;
	onFile: (file: File) => void;
	busy?: boolean;
};

/** A place to drop a file or choose one. Files of another kind or too large are refused here with the reason; the server checks again. */
export function FileDrop(props: Props) {
	const [over, setOver] = useState(false);
	const [refused, setRefused] = useState<string>();
	const id = useId();

	const take = (file: File | undefined) => {
		if (!file || props.busy) return;
		const reason = refusalOf(file, props);
		setRefused(reason);
		if (!reason) props.onFile(file);
	};
	const dragged = (event: DragEvent, entering: boolean) => {
		event.preventDefault();
		setOver(entering);
	};

	return (
		<div>
			<label
				htmlFor={id}
				className={`${css.drop} ${over ? css.over : ""} ${props.busy ? css.busy : ""}`}
				onDragOver={(event) => dragged(event, true)}
				onDragLeave={(event) => dragged(event, false)}
				onDrop={(event) => {
					dragged(event, false);
					take(event.dataTransfer.files[0]);
				}}
			>
				<SheetSign />
				<b>{props.label}</b>
				<span className={css.choose}>hoặc chọn tệp từ máy</span>
				<span className="soft" id={`${id}-hint`}>
					{props.hint}
				</span>
				<input
					id={id}
					type="file"
					className="unseen"
					accept={props.endings.join(",")}
					disabled={props.busy}
					aria-describedby={`${id}-hint ${id}-refused`}
					onChange={(event) => {
						take(event.currentTarget.files?.[0]);
						event.currentTarget.value = "";
					}}
				/>
			</label>
			<p id={`${id}-refused`} role="alert" className={css.refused}>
				{refused}
			</p>
		</div>
	);
}

function refusalOf(file: File, { endings, maxBytes }: Props): string | undefined {
	const name = file.name.toLowerCase();
	if (!endings.some((ending) => name.endsWith(ending)))
		return `Tệp “${file.name}” không phải loại tệp nhận được (${endings.join(", ")}). Hãy lưu lại thành .xlsx rồi chọn lại.`;
	if (file.size === 0) return `Tệp “${file.name}” không có nội dung.`;
	if (file.size > maxBytes)
		return `Tệp “${file.name}” nặng ${fileSize(file.size)}, quá mức ${fileSize(maxBytes)}. Hãy tách thành nhiều tệp.`;
	return undefined;
}

function SheetSign() {
	return (
		<svg
			width="34"
			height="34"
			viewBox="0 0 34 34"
			fill="none"
			stroke="currentColor"
			strokeWidth="2"
			aria-hidden="true"
		>
			<path d="M8 4h12l7 7v19H8z" strokeLinejoin="round" />
			<path d="M13 17h9M13 22h9M13 12h4" strokeLinecap="round" />
		</svg>
	);
}
