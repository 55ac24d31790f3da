import type { StoreOf } from "../store-of.ts";
import type { supportContract } from "./contract.ts";
import { addEntry, listCatalogue, offerEntry } from "./store-catalogue.ts";
import { listSupport } from "./store-list.ts";
import { showOverview } from "./store-overview.ts";
import { showSupport } from "./store-show.ts";
import { closeCase, openCase, reviewCases, saveCase } from "./store-write.ts";

/** Communes not over 60 %, and the support of each from its causes to the half-year that confirms it (R17, R20, R23). */
export const support: StoreOf<typeof supportContract> = {
	list: listSupport,
	show: showSupport,
	catalogue: listCatalogue,
	overview: showOverview,
	open: openCase,
	review: reviewCases,
	save: saveCase,
	close: closeCase,
	addEntry,
	offerEntry,
};
