import type { StoreOf } from "../store-of.ts";
import type { reorganisationsContract } from "./contract.ts";
import { decideMoves, listMoves } from "./store-accounts.ts";
import {
	applyReorganisation,
	approveReorganisation,
	declineReorganisation,
	discardReorganisation,
	submitReorganisation,
	undoReorganisation,
} from "./store-act.ts";
import { amendReorganisation, draftFromTable, draftReorganisation, reviseReorganisation } from "./store-draft.ts";
import { dryRun } from "./store-dry-run.ts";
import { assignParted, listParted, listWaiting } from "./store-queue.ts";
import { listReorganisations, showReorganisation } from "./store-reading.ts";

/** Reorganisations of units: one reviewed act, with history readable both ways (R37, R38). */
export const reorganisations: StoreOf<typeof reorganisationsContract> = {
	list: (work) => listReorganisations(work),
	show: showReorganisation,
	draft: draftReorganisation,
	revise: reviseReorganisation,
	amend: amendReorganisation,
	draftFromTable,
	dryRun,
	submit: submitReorganisation,
	approve: approveReorganisation,
	decline: declineReorganisation,
	apply: applyReorganisation,
	undo: undoReorganisation,
	discard: discardReorganisation,
	queue: listParted,
	accounts: listMoves,
	decideAccounts: decideMoves,
	waiting: listWaiting,
	assign: assignParted,
};
