import type { ProblemData } from "../../ui/ProblemAlert.tsx";
import { jsonOf } from "../../web/answer.ts";
import { goToSignIn } from "../../web/client.ts";

/** Asks the sign-in service; throws the Problem it answers with, or what `fetch` throws where there is no connection. */
export async function askAuth<Answer>(path: string, body?: object): Promise<Answer> {
	const response = await fetch(`/api/auth${path}`, {
		method: body ? "POST" : "GET",
		credentials: "same-origin",
		headers: body ? { "content-type": "application/json" } : {},
		body: body && JSON.stringify(body),
	});
	const answer = await jsonOf<Answer & Partial<ProblemData>>(response);
	if (response.ok) return answer as Answer;
	if (response.status === 401 && answer?.code === "session.missing") goToSignIn();
	throw new AuthRefusal({
		code: answer?.code ?? "server.error",
		message: answer?.message ?? "Máy chủ đang bận hoặc gặp sự cố. Hãy thử lại sau ít phút.",
		field: answer?.field,
	});
}

/** What the sign-in service would not do, as a Problem for the screen. */
export class AuthRefusal extends Error {
	readonly problem: ProblemData;
	constructor(problem: ProblemData) {
		super(problem.message);
		this.problem = problem;
	}
}
