import { ORPCError } from "@orpc/client";
import { askJson } from "../../web/ask.ts";
import { goToSignIn } from "../../web/client.ts";
import { toProblem } from "../../web/problem.ts";

/** Asks the sign-in service; throws its refusal. Who is signed out is led to the sign-in page. */
export function askAuth<Answer>(path: string, body?: object): Promise<Answer> {
	return askJson<Answer>(`/api/auth${path}`, body).catch((error) => {
		// A wrong password is a 401, too.
		if (error instanceof ORPCError && toProblem(error).code === "session.missing") goToSignIn();
		throw error;
	});
}
