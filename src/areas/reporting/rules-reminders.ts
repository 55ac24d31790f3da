import { type Day, displayDay } from "../../core/day.ts";

/** By what a reminder can go out. E-mail is sent where SMTP is configured; for the others a channel has to be written (server/reminders.ts). */
export const CHANNELS = ["email", "sms", "zalo"] as const;
export type Channel = (typeof CHANNELS)[number];

/** When someone is reminded: some days before the deadline, on its eve or day, and once it is over [own]; once of each. */
export type Stage = "soon" | "due" | "overdue";

export interface Reminder {
	stage: Stage;
	unit: string;
	period: string;
	dataUntil: Day;
	due: Day;
}

/** What a reminder says: the unit's own name, the period and its days, nothing of any person (law 91/2025). */
export function reminderMessage({ stage, unit, period, dataUntil, due }: Reminder, url: string | null) {
	const when = stage === "overdue" ? `đã quá hạn gửi ngày ${displayDay(due)}` : `hạn gửi là ngày ${displayDay(due)}`;
	return {
		subject: `Nhắc gửi báo cáo “${period}”, ${stage === "overdue" ? "đã quá hạn" : `hạn ${displayDay(due)}`}`,
		text: [
			`Kính gửi ${unit},`,
			"",
			`Báo cáo kỳ “${period}” (số liệu tính đến hết ngày ${displayDay(dataUntil)}) của đơn vị chưa được gửi; ${when}.`,
			"Đề nghị đồng chí mở mục Báo cáo định kỳ, xem lại số liệu, ghi phần lời, ký và gửi.",
			...(url ? ["", `${url}/reports`] : []),
			"",
			"Thư tự động của chương trình Tập Hợp, không cần trả lời. Muốn thôi nhận, hãy xóa địa chỉ ở trang Báo cáo định kỳ.",
		].join("\n"),
	};
}
