import { useSyncExternalStore } from "react";

/** The unit below her own for which an officer works: "nhập thay cơ sở" (R39). Everything she does is recorded and told to that unit. */
export type ActedFor = { id: number; kind: string; code: string | null; name: string };

// Kept for this tab only: another tab, or tomorrow, begins as herself again.
const KEY = "taphop.acting-for";

let acted: ActedFor | null = read();
const listeners = new Set<() => void>();

function read(): ActedFor | null {
	const kept = globalThis.sessionStorage?.getItem(KEY);
	return kept ? (JSON.parse(kept) as ActedFor) : null;
}

/** For whom every call goes out now; null when she works for herself. */
export function actedFor(): ActedFor | null {
	return acted;
}

/** Begins to act for a unit, or ends it (null). */
export function actFor(unit: ActedFor | null) {
	acted = unit;
	if (unit) sessionStorage.setItem(KEY, JSON.stringify(unit));
	else sessionStorage.removeItem(KEY);
	for (const listener of listeners) listener();
}

/** The same as {@link actedFor}, for components. */
export function useActedFor(): ActedFor | null {
	return useSyncExternalStore(subscribe, actedFor);
}

function subscribe(listener: () => void) {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
