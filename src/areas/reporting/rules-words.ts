import { type Day, displayDay } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import type { ReportState } from "./contract.ts";
import type { ReportLevel } from "./rules-periods.ts";

/** The Union's words for where a report stands. */
export const STATE_WORDS: Record<ReportState, string> = {
	none: "Chưa soạn",
	draft: "Đang soạn",
	submitted: "Đã gửi, chờ duyệt",
	returned: "Đề nghị chỉnh sửa",
	locked: "Đã duyệt, đã khóa",
	restating: "Chờ duyệt điều chỉnh",
};

/** The levels that report, in the Union's words. */
export const LEVEL_WORDS: Record<ReportLevel, string> = {
	commune: "Cấp xã",
	district: "Cấp huyện",
	province: "Cấp tỉnh",
	cluster: "Cụm thi đua",
	centre: "Trung ương Hội",
};

/** A reminder to those who have not sent their report, ready to be copied into Zalo or an e-mail. */
export function reminderText(
	period: { name: string; dataUntil: Day },
	due: Day,
	{ above, missing, today }: { above: string; missing: readonly string[]; today: Day },
): string {
	const when = today > due ? `đã quá hạn ngày ${displayDay(due)}` : `hạn gửi ngày ${displayDay(due)}`;
	return [
		`${above} đề nghị gửi báo cáo kỳ “${period.name}” (số liệu tính đến hết ngày ${displayDay(period.dataUntil)}), ${when}.`,
		`${displayNumber(missing.length)} đơn vị chưa gửi: ${missing.join(", ")}.`,
		"Đề nghị các chị vào mục Báo cáo định kỳ, xem lại số liệu, ghi phần lời, ký và gửi. Cảm ơn các chị.",
	].join("\n");
}
