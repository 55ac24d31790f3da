import { type Command, optional, print, required, UsageError } from "./command.ts";
import { operate } from "./operate.ts";
import { REPORT_OPTIONS, reportOptions, type ShownReport } from "./reports-show.ts";

export const reportsReturn: Command = {
	name: "reports return",
	usage: "--unit MÃ --reason LÝ_DO [--figure MÃ_SỐ_LIỆU] [--until NGÀY]",
	summary: "Trả lại báo cáo, nêu lý do tại một số liệu (ví dụ unlisted) hoặc cả báo cáo",
	options: { ...REPORT_OPTIONS, reason: { type: "string" }, figure: { type: "string" } },
	async run(invocation) {
		const ref = reportOptions(invocation);
		const text = required(invocation, "reason");
		const answer = await operate(invocation, async ({ call }) => {
			const { report } = await call<ShownReport>("reports.show", ref);
			if (report.id === null) throw new UsageError("Đơn vị này chưa gửi báo cáo.");
			return call("reports.return", {
				reportId: report.id,
				version: report.version,
				reasons: [{ figure: optional(invocation, "figure") ?? "", text }],
			});
		});
		print(invocation, answer, ["Đã trả lại báo cáo."]);
		return undefined;
	},
};
