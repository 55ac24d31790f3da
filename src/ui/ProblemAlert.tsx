import css from "./ProblemAlert.module.css";

/** What the server would not do, as the browser keeps it: the fields of a Problem (core/problem.ts). */
export type ProblemData = {
	code: string;
	message: string;
	field?: string;
	detail?: Record<string, unknown>;
};

/** A Problem said once, in words, at the place where it happened; `onRetry` where trying again can help. */
export function ProblemAlert(props: { problem: ProblemData | null | undefined; onRetry?: () => void }) {
	const { problem, onRetry } = props;
	if (!problem) return null;
	return (
		<div className={css.problem} role="alert">
			<p>
				<b className={css.head}>Chưa thực hiện được.</b> {problem.message}
			</p>
			{onRetry ? (
				<button type="button" className="link" onClick={onRetry}>
					Thử lại
				</button>
			) : null}
		</div>
	);
}

/** The sentence for one field of a form, where the Problem concerns that field. */
export function fieldError(problem: ProblemData | null | undefined, field: string): string | undefined {
	return problem?.field === field ? problem.message : undefined;
}
