import type { StoreOf } from "../store-of.ts";
import type { reportsContract } from "./contract.ts";
import { closeAll } from "./store-close.ts";
import { approveReports, commentReport, returnReport } from "./store-decide.ts";
import { readFrozen } from "./store-frozen.ts";
import { listReports } from "./store-list.ts";
import { listPeriods, openPeriod, setClosed, setForm } from "./store-periods.ts";
import { plans } from "./store-plans.ts";
import { setReminder, showReminder } from "./store-reminders.ts";
import { showReport } from "./store-show.ts";
import { restateReport, saveDraft, submitReport } from "./store-submit.ts";
import { timeliness } from "./store-timeliness.ts";

/** The half-year close (R8, R34): the program makes each report, the unit signs it, the one above approves, and what was reported stays. */
export const reports: StoreOf<typeof reportsContract> = {
	periods: listPeriods,
	open: openPeriod,
	setClosed,
	setForm,
	show: showReport,
	draft: saveDraft,
	submit: submitReport,
	return: returnReport,
	approve: approveReports,
	restate: restateReport,
	comment: commentReport,
	list: listReports,
	timeliness,
	plans,
	frozen: readFrozen,
	reminder: showReminder,
	setReminder,
	closeAll,
};
