import { type Day, dayOf } from "../core/day.ts";

/**
 * The day a person typed, in the order of Vietnam: `20/11/2025`, `20-11-2025`, `20.11.25`, `20112025`, `5/7/2025`.
 * Two digits of a year are of this century as long as that is not after `latestYear`: 25 is 2025, 72 is 1972.
 * Null where no such day exists.
 */
export function parseDayText(text: string, latestYear = 2060): Day | null {
	const clean = text.trim();
	const parts =
		/^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})$/.exec(clean) ??
		/^(\d{2})(\d{2})(\d{4})$/.exec(clean);
	if (!parts) return null;
	const [day, month, short] = [
		Number(parts[1]),
		Number(parts[2]),
		Number(parts[3]),
	];
	const year =
		parts[3].length === 4
			? short
			: short + (2000 + short <= latestYear ? 2000 : 1900);
	return dayOf(year, month, day);
}
