import { refusal } from "./problem.ts";

/** Asks an address outside the contract (sign-in, real use) for JSON; with `body` by POST. Throws what the typed client would throw. */
export async function askJson<Answer>(address: string, body?: object): Promise<Answer> {
	const response = await fetch(address, {
		method: body ? "POST" : "GET",
		credentials: "same-origin",
		headers: body ? { "content-type": "application/json" } : {},
		body: body && JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw refusal(response.status, text);
	return JSON.parse(text || "null") as Answer;
}
