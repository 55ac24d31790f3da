import type { Work } from "../../db/actor.ts";
import { withLedger } from "../ledger/store.ts";
import { countingOf } from "./rules.ts";

/** Every change of spells, residences, honorary standing or whose a spell is goes through here: the ledger stays in step. */
export function keepingCounts<T>(work: Work, personIds: readonly string[], change: () => Promise<T>): Promise<T> {
	return withLedger(work, personIds, change, countingOf);
}
