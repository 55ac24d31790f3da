const HERE = new Intl.DateTimeFormat("vi-VN", {
	timeZone: "Asia/Ho_Chi_Minh",
	day: "2-digit",
	month: "2-digit",
	year: "numeric",
	hour: "2-digit",
	minute: "2-digit",
	hourCycle: "h23",
});

/** An instant (ISO 8601) by the clock of Việt Nam: `10:32 ngày 20/11/2025`. */
export function displayTime(instant: string): string {
	const parts = new Map(HERE.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
	const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type);
	return `${of("hour")}:${of("minute")} ngày ${of("day")}/${of("month")}/${of("year")}`;
}

/** The day of the calendar of Việt Nam at an instant, `YYYY-MM-DD`. */
export function dayInVietnam(instant: Date): string {
	return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(instant);
}
