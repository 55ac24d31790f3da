import type { ReactNode } from "react";
import { count } from "./format.ts";
import css from "./ProgressBar.module.css";

/** Long work under way: what is being done, how far, of how much. Without a known `total` the bar only moves. */
export function ProgressBar(props: {
	label: string;
	done: number;
	total: number | null;
	/** What is counted: "dòng". */
	noun: string;
	/** E.g. a way to stop, or "Có thể rời trang này". */
	note?: ReactNode;
}) {
	const { label, done, total, noun } = props;
	const share = total ? Math.min(100, Math.floor((100 * done) / total)) : null;
	const said = total === null ? `${count(done)} ${noun}` : `${count(done)}/${count(total)} ${noun}`;
	return (
		<div className={css.progress}>
			<div className={css.words}>
				<b>{label}</b>
				<span>
					{said}
					{share === null ? "" : ` · ${share}%`}
				</span>
			</div>
			<div
				className={css.track}
				role="progressbar"
				aria-label={label}
				aria-valuemin={0}
				aria-valuemax={100}
				aria-valuenow={share ?? undefined}
				aria-valuetext={said}
			>
				<i
					className={share === null ? css.moving : undefined}
					style={share === null ? undefined : { width: `${share}%` }}
				/>
			</div>
			{props.note ? <div className="soft">{props.note}</div> : null}
		</div>
	);
}
