import { useState } from "react";
import type { ProblemData } from "../../ui/ProblemAlert.tsx";
import { toProblem } from "../../web/problem.ts";
import { AuthRefusal } from "./page-auth.ts";

/** Something asked of the sign-in service by a form: busy while under way, its Problem kept for the screen. */
export function useAuthAction() {
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<ProblemData | null>(null);
	const run = async (action: () => Promise<void>) => {
		setBusy(true);
		setProblem(null);
		try {
			await action();
		} catch (error) {
			setProblem(error instanceof AuthRefusal ? error.problem : toProblem(error));
		}
		setBusy(false);
	};
	return { run, busy, problem };
}
