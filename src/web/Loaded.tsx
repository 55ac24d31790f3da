import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { toProblem } from "./problem.ts";

/** What a read shows: a word while it is under way, its Problem with a way to try again, or what `children` makes of the answer. */
export function Loaded<Data>(props: {
	query: Pick<UseQueryResult<Data>, "data" | "error"> & { refetch: () => unknown };
	children: (data: Data) => ReactNode;
}) {
	const { data, error, refetch } = props.query;
	if (data !== undefined) return <>{props.children(data)}</>;
	if (error) return <ProblemAlert problem={toProblem(error)} onRetry={() => refetch()} />;
	return (
		<p className="soft" role="status">
			Đang tải…
		</p>
	);
}
