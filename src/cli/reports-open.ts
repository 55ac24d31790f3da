import { type ProposedPeriod, REPORT_LEVELS } from "../areas/reporting/rules-periods.ts";
import { displayDay } from "../core/day.ts";
import { type Command, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

interface Periods {
	periods: { id: number; name: string; dataUntil: string; version: number; closed: boolean }[];
	proposed: ProposedPeriod[];
}

export const reportsOpen: Command = {
	name: "reports open",
	usage: "--until NGÀY [--name TÊN --from NGÀY --due NGÀY [--kind LOẠI] [--levels commune,province,centre]]",
	summary: "Mở kỳ báo cáo theo lịch 6 tháng, hoặc kỳ khác có tên, ngày; kỳ đã khóa thì mở lại",
	options: {
		until: { type: "string" },
		name: { type: "string" },
		from: { type: "string" },
		due: { type: "string" },
		kind: { type: "string" },
		levels: { type: "string" },
	},
	async run(invocation) {
		const until = dayOption(invocation, "until") ?? required(invocation, "until");
		const own = ownPeriod(invocation, until);
		const answer = await operate(invocation, async ({ call }) => {
			if (own) return call("reports.open", own);
			const { periods, proposed } = await call<Periods>("reports.periods", {});
			const locked = periods.find(({ dataUntil, closed }) => dataUntil === until && closed);
			if (locked) {
				await call("reports.setClosed", { periodId: locked.id, version: locked.version, closed: false });
				return { periodId: locked.id };
			}
			const found = proposed.find(({ dataUntil }) => dataUntil === until);
			if (!found)
				throw new UsageError(
					`Lịch không có kỳ 6 tháng chưa mở với số liệu đến ngày ${displayDay(until)}; hãy ghi thêm --name, --from, --due.`,
				);
			return call("reports.open", found);
		});
		print(invocation, answer, [`Đã mở kỳ báo cáo số ${answer.periodId}.`]);
		return undefined;
	},
};

/** A period she names herself; null where only the last day is given. */
function ownPeriod(invocation: Parameters<Command["run"]>[0], dataUntil: string) {
	const name = optional(invocation, "name");
	if (name === undefined) return null;
	const levels = optional(invocation, "levels")?.split(",") ?? ["commune", "province", "centre"];
	if (levels.some((level) => !REPORT_LEVELS.includes(level as never)))
		throw new UsageError(`--levels gồm các từ: ${REPORT_LEVELS.join(", ")}.`);
	return {
		kind: optional(invocation, "kind") ?? "ad_hoc",
		name,
		opensOn: dataUntil,
		from: dayOption(invocation, "from") ?? required(invocation, "from"),
		dataUntil,
		dueOn: dayOption(invocation, "due") ?? required(invocation, "due"),
		dueLevels: {},
		levels,
	};
}
