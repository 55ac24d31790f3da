import type { StoreOf } from "../store-of.ts";
import type { assistanceContract } from "./contract.ts";
import { answerIssue, evaluateActivity, raiseIssue, recordActivity, setActivity } from "./store-activities.ts";
import { assignCluster, assignOfficer, endOfficer } from "./store-assign.ts";
import { choosePilot, evaluatePilot, listPilots, withdrawPilot } from "./store-pilots.ts";
import { showMine, showPortfolios } from "./store-portfolios.ts";
import { closeStep, listRounds, openRound, reopenStep, setMinutes, showRound } from "./store-rounds.ts";
import { addUpdate } from "./store-updates.ts";
import { listLeaves, listVisits, recordVisit, withdrawVisit } from "./store-visits.ts";
import { issuePlan, setWorkshop } from "./store-workshop.ts";

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
	rounds: listRounds,
	round: showRound,
	openRound,
	setMinutes,
	setWorkshop,
	issuePlan,
	setActivity,
	recordActivity,
	evaluateActivity,
	raiseIssue,
	answerIssue,
	addUpdate,
	closeStep,
	reopenStep,
};
