import { needsLook } from "../areas/reporting/rules-signals.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, optional, print, required, UsageError } from "./command.ts";
import { operate } from "./operate.ts";
import { periodOptions, REPORT_OPTIONS, type ShownReport } from "./reports-show.ts";

interface Listed {
	rows: {
		reportId: string | null;
		state: string;
		version: number;
		jumps: object[];
		signals: object[];
		missing: string[];
	}[];
}

export const reportsApprove: Command = {
	name: "reports approve",
	usage: "--unit MÃ | --below MÃ [--until NGÀY]",
	summary:
		"Duyệt, khóa báo cáo của một đơn vị; --below: mọi báo cáo gửi lên đơn vị ấy mà không có số nào tăng giảm mạnh hay dấu hiệu cần xem",
	options: { ...REPORT_OPTIONS, below: { type: "string" } },
	async run(invocation) {
		const below = optional(invocation, "below");
		const unit = below === undefined ? required(invocation, "unit") : optional(invocation, "unit");
		if (below !== undefined && unit !== undefined) throw new UsageError("Dùng --unit hoặc --below, không dùng cả hai.");
		const period = periodOptions(invocation);
		const answer = await operate(invocation, async ({ call }) => {
			if (below === undefined) {
				const { report } = await call<ShownReport>("reports.show", { unit, ...period });
				if (report.id === null) throw new UsageError("Đơn vị này chưa gửi báo cáo.");
				return call("reports.approve", { reports: [{ reportId: report.id, version: report.version }] });
			}
			const { rows } = await call<Listed>("reports.list", { unit: below, ...period });
			const quiet = rows.filter((row) => row.state === "submitted" && !needsLook(row));
			if (quiet.length === 0) return { approved: 0 };
			return call("reports.approve", { reports: quiet.map(({ reportId, version }) => ({ reportId, version })) });
		});
		print(invocation, answer, [`Đã duyệt, khóa ${displayNumber(answer.approved)} báo cáo.`]);
		return undefined;
	},
};
