import { useState } from "react";
import type { ProblemData } from "../../ui/ProblemAlert.tsx";
import { toProblem } from "../../web/problem.ts";

/** Something a form asks outside the contract: busy while under way, its Problem kept for the screen. */
export function useAuthAction() {
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<ProblemData | null>(null);
	const run = async (action: () => Promise<void>) => {
		setBusy(true);
		setProblem(null);
		try {
			await action();
		} catch (error) {
			setProblem(toProblem(error));
		}
		setBusy(false);
	};
	return { run, busy, problem };
}
