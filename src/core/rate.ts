/** The three classes of a commune (R1): under, exactly and over 60 %. */
export type RateClass = "under" | "exactly" | "over";

/** The class of a commune, by integers alone: 5·members against 3·women. `women` must be positive. */
export function classOf(members: number, women: number): RateClass {
	const balance = 5 * members - 3 * women;
	return balance < 0 ? "under" : balance > 0 ? "over" : "exactly";
}

/** The smallest k with 5·(members + k) > 3·women; 0 for a commune already over 60 % (R1). */
export function missingToPass(members: number, women: number): number {
	return Math.max(0, Math.floor((3 * women) / 5) + 1 - members);
}

/**
 * The rate in per cent with two decimals and a point, `"57.31"`: rounded half up, but never onto 60.00 unless the rate is
 * exactly 60 %: 59.997 % shows as `"59.99"`, 60.001 % as `"60.01"` (R1).
 */
export function rateText(members: number, women: number): string {
	const hundredths = Number((BigInt(members) * 20000n + BigInt(women)) / (2n * BigInt(women)));
	const cls = classOf(members, women);
	const shown = hundredths === 6000 ? 6000 + (cls === "under" ? -1 : cls === "over" ? 1 : 0) : hundredths;
	return `${Math.floor(shown / 100)}.${String(shown % 100).padStart(2, "0")}`;
}
