import type { Session } from "./session.ts";

// Who was last here, so that the program opens without a connection, too. Nothing of any member is kept: a phone is lent and lost.
const KEY = "taphop.session";

/** Keeps who is here, until she signs out or is signed out. */
export function keepSession(session: Session) {
	localStorage.setItem(KEY, JSON.stringify(session));
}

/** Who was last here in this browser. */
export function keptSession(): Session | null {
	const kept = localStorage.getItem(KEY);
	return kept ? (JSON.parse(kept) as Session) : null;
}

/** After it nothing opens here without signing in. */
export function forgetSession() {
	localStorage.removeItem(KEY);
}
