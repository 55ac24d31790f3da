import { actFor } from "./acting-for.ts";
import { forgetSession } from "./kept-session.ts";

/** Ends the session on the server and leaves the page, so that nothing read stays in this browser's memory. */
export async function signOut() {
	actFor(null);
	forgetSession();
	await fetch("/api/auth/sign-out", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: "{}",
	}).catch(() => undefined);
	location.assign("/sign-in");
}
