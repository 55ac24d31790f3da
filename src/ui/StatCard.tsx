import type { ReactNode } from "react";
import { count } from "./format.ts";
import css from "./StatCard.module.css";

/** One figure, large, with its word above and what moved it below. `onOpen` makes the whole card a way to the list behind it. */
export function StatCard(props: {
	label: string;
	value: number | string;
	tone?: "under" | "exactly" | "over" | "plain";
	note?: ReactNode;
	onOpen?: () => void;
}) {
	const value = typeof props.value === "number" ? count(props.value) : props.value;
	return (
		<section className={`card ${css.stat} ${props.onOpen ? css.opens : ""}`}>
			<h2 className={css.label}>
				{props.onOpen ? (
					<button type="button" className={css.open} onClick={props.onOpen}>
						{props.label}
					</button>
				) : (
					props.label
				)}
			</h2>
			<p className={`${css.value} ${css[props.tone ?? "plain"]}`}>{value}</p>
			{props.note ? <p className="soft">{props.note}</p> : null}
		</section>
	);
}
