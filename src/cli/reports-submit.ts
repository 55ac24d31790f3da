import { type Command, optional, print, required } from "./command.ts";
import { operate } from "./operate.ts";
import { REPORT_OPTIONS, reportOptions, type ShownReport } from "./reports-show.ts";

export const reportsSubmit: Command = {
	name: "reports submit",
	usage: "--unit MÃ --signed-as CHỨC_DANH [--until NGÀY] [--results LỜI] [--document SỐ] [--reason LÝ_DO]",
	summary:
		"Ký, gửi báo cáo theo số liệu hiện có; --reason để điều chỉnh số đã chốt. Đơn vị cấp dưới còn thiếu được nêu tên",
	options: {
		...REPORT_OPTIONS,
		"signed-as": { type: "string" },
		results: { type: "string" },
		document: { type: "string" },
		reason: { type: "string" },
	},
	async run(invocation) {
		const ref = reportOptions(invocation);
		const as = required(invocation, "signed-as");
		const results = optional(invocation, "results");
		const document = optional(invocation, "document");
		const reason = optional(invocation, "reason");
		const answer = await operate(invocation, async ({ call }) => {
			const { period, unit, report, live, missing } = await call<ShownReport>("reports.show", ref);
			const of = { periodId: period.id, unitId: unit.unitId };
			const input = { ...of, seen: live.seen, figures: live.counts, as, missing: missing.map(({ unitId }) => unitId) };
			if (reason !== undefined) return call("reports.restate", { ...input, version: report.version, reason });
			const version =
				results === undefined && document === undefined
					? report.version
					: (
							await call<{ version: number }>("reports.draft", {
								...of,
								version: report.version,
								words: results === undefined ? {} : { results },
								documents: document === undefined ? [] : [document],
							})
						).version;
			return call("reports.submit", { ...input, version });
		});
		print(invocation, answer, [`Đã ký, gửi báo cáo${answer.late ? " (muộn)" : ""}. SHA-256 ${answer.sha256}`]);
		return undefined;
	},
};
