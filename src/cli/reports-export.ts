import type { Command } from "./command.ts";
import { exportDocument, FILE_OPTIONS, FILE_USAGE } from "./documents-export.ts";
import { REPORT_OPTIONS, reportOptions } from "./reports-show.ts";

export const reportsExport: Command = {
	name: "reports export",
	usage: `--unit MÃ [--until NGÀY] ${FILE_USAGE}`,
	summary:
		"Báo cáo định kỳ của một đơn vị thành văn bản Word, hoặc bảng số liệu Excel; số đã chốt trước, rồi số tạm tính",
	options: { ...REPORT_OPTIONS, ...FILE_OPTIONS },
	run: (invocation) => {
		const ref = reportOptions(invocation);
		return exportDocument(invocation, { kind: ref.periodKind === "plan" ? "year_plan" : "period_report", ...ref });
	},
};
