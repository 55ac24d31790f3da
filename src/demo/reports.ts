import { proposedPeriods } from "../areas/reporting/rules-periods.ts";
import { closeReports } from "../areas/reporting/store-close.ts";
import { reportUnits } from "../areas/reporting/store-making.ts";
import { openPeriod, requirePeriod } from "../areas/reporting/store-periods.ts";
import type { Work } from "../db/actor.ts";

/** The provinces of the demo that have rosters: their half-year is closed, the others are missing at the centre. */
const CLOSED = ["new:12", "new:46"];

/** Lets the demo have lived through the half-year before today's: two provinces are closed, and what is due now is open. */
export async function closeDemoHalfYear(work: Work): Promise<void> {
	const proposed = proposedPeriods(work.today).filter(({ opensOn }) => opensOn <= work.today);
	for (const [at, period] of proposed.entries()) {
		const { periodId } = await openPeriod(work, period);
		if (at > 0) continue;
		const opened = await requirePeriod(work, { periodId });
		const provinces = await work.db.selectFrom("unit").select("id").where("builtin_key", "in", CLOSED).execute();
		const ids = new Set(provinces.map(({ id }) => id));
		const units = await reportUnits(work, opened);
		await closeReports(
			work,
			opened,
			units.filter(({ provinceId }) => provinceId !== null && ids.has(provinceId)),
		);
	}
	await work.audit({ action: "reports.closeAll", detail: { demo: true } });
}
