import { addDays, type Day, displayDay, epochDays } from "../../core/day.ts";

/** The first day of the term 2022 - 2027, from which its own counting rules hold (R47). */
export const TERM_START: Day = "2022-03-11";

/** The day from which the 34 provinces and their communes stand (R38). */
export const REORGANISED: Day = "2025-07-01";

/** The last days in time of the half-yearly update: the guidance asks for it before 10 June and 25 November (R8). */
const LAST_DAYS = ["06-09", "11-24"];

export type Deadline = { day: Day; daysLeft: number; period: string };

/** The next last day in time of the half-yearly update of members, today included (R8). */
export function nextDeadline(today: Day): Deadline {
	const year = Number(today.slice(0, 4));
	const days = [year, year + 1].flatMap((one) => LAST_DAYS.map((day) => `${one}-${day}`));
	const day = days.find((one) => one >= today) as Day;
	const half = day.slice(5) === LAST_DAYS[0] ? "6 tháng đầu năm" : "6 tháng cuối năm";
	return { day, daysLeft: epochDays(day) - epochDays(today), period: `${half} ${day.slice(0, 4)}` };
}

/** What must be said beside figures of a day, read under the units of `map`: by which registry, by which term's rules, and whether they may still change (R37, R47). */
export function dayNotes(on: Day, today: Day, map: Day = on): string[] {
	return [
		on >= today ? `Số ${on === today ? "hôm nay" : `của ngày ${displayDay(on)}`} là tạm tính.` : null,
		on > today ? "Đã tính những chị sẽ đủ 6 tháng tạm trú đến ngày ấy; chưa tính những thay đổi chưa xảy ra." : null,
		on < TERM_START ? "Tính lại theo cách tính 2022 - 2027." : null,
		map < REORGANISED
			? "Danh mục đơn vị tại ngày 29/5/2023, được dùng cho cả thời gian từ 01/01/2017 đến 30/6/2025."
			: null,
	].filter((note) => note !== null);
}

/** The day whose units figures of `on` are read under: after the reorganisation of 2025 or before it; none where they are its own (R38). */
export function mapFor(on: Day, isNew: boolean): Day | undefined {
	if (isNew === on >= REORGANISED) return undefined;
	return isNew ? REORGANISED : addDays(REORGANISED, -1);
}

/** The word for the communes of a day, several kinds together (R38). */
export function communeNoun(on: Day): string {
	return on < REORGANISED ? "xã, phường, thị trấn" : "xã, phường, đặc khu";
}

export type Counted = { on: Day; members: number; unitId: number };

/**
 * The month in which a commune would stand over 60 % if it went on gaining members as in the last six months (a forecast, no
 * promise); null where it does not gain, was rearranged meanwhile, or would need more than three years.
 */
export function monthAtThisPace(points: readonly Counted[], missing: number): Day | null {
	const last = points.at(-1);
	if (!last || missing <= 0) return null;
	const halfYearAgo = addDays(last.on, -184);
	const first = points.find((point) => point.on >= halfYearAgo && point.unitId === last.unitId);
	if (!first || epochDays(last.on) - epochDays(first.on) < 150) return null;
	const perDay = (last.members - first.members) / (epochDays(last.on) - epochDays(first.on));
	const days = perDay > 0 ? Math.ceil(missing / perDay) : Number.POSITIVE_INFINITY;
	return days <= 3 * 365 ? addDays(last.on, days) : null;
}
