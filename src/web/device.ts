import { jsonOf } from "./answer.ts";

// What the light pages ask of this phone's sign-in (server/session-device.ts).

/** Shown where there is no connection, or an answer that nobody foresaw. */
const NO_CONNECTION = "Không kết nối được máy chủ. Kiểm tra mạng rồi thử lại.";

/** The answer, or the sentence of a refusal. */
export type DeviceAnswer<Answer> = { ok: true; answer: Answer } | { ok: false; words: string };

/** Asks `/api/auth/device…`; a refusal's sentence comes from the server. */
export async function askDevice<Answer>(path: string, body?: Record<string, unknown>): Promise<DeviceAnswer<Answer>> {
	try {
		const response = await fetch(`/api/auth/device${path}`, {
			method: body ? "POST" : "GET",
			headers: body ? { "content-type": "application/json" } : {},
			body: body && JSON.stringify(body),
		});
		const answer = await jsonOf<Answer & { message?: string }>(response);
		if (response.ok) return { ok: true, answer: answer as Answer };
		return { ok: false, words: answer?.message ?? NO_CONNECTION };
	} catch {
		// What fetch throws says no more than that there was no answer.
		return { ok: false, words: NO_CONNECTION };
	}
}
