import type { StoreOf } from "../store-of.ts";
import type { assistanceContract } from "./contract.ts";
import { assignCluster, assignOfficer, endOfficer } from "./store-assign.ts";
import { choosePilot, evaluatePilot, listPilots, withdrawPilot } from "./store-pilots.ts";
import { showMine, showPortfolios } from "./store-portfolios.ts";
import { listLeaves, listVisits, recordVisit, withdrawVisit } from "./store-visits.ts";

/** Who carries the communes not over 60 %, and the steps in which that is done (R18, R19, R20). */
export const assistance: StoreOf<typeof assistanceContract> = {
	portfolios: showPortfolios,
	mine: showMine,
	assignOfficer,
	endOfficer,
	assignCluster,
	pilots: listPilots,
	choosePilot,
	evaluatePilot,
	withdrawPilot,
	visits: listVisits,
	leaves: listLeaves,
	recordVisit,
	withdrawVisit,
};
