import type { ReactNode } from "react";
import css from "./EmptyState.module.css";

/** What stands where nothing is yet: one sentence on what this place holds, one on what to do first, and the button that does it. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }) {
	return (
		<div className={css.empty}>
			<h2>{props.title}</h2>
			{props.children ? <p className={css.words}>{props.children}</p> : null}
			{props.action ? <div className="row">{props.action}</div> : null}
		</div>
	);
}
