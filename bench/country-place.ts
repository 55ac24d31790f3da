import { existsSync } from "node:fs";
import { join } from "node:path";
import { setMode } from "../src/db/mode.ts";
import { type OpenDatabase, openProgramDatabase } from "../src/db/open.ts";
import { readSettings } from "../src/db/settings.ts";
import { loadCountry } from "../src/demo/country.ts";

/** The sizes in which the country is measured. `TAPHOP_BENCH_FULL` puts a smaller one in the place of the full one, to try a section. */
export const SIZES = {
	small: 200_000,
	middle: 2_000_000,
	full: Number(process.env.TAPHOP_BENCH_FULL ?? 20_000_000),
} as const;
const SUFFIX: Record<number, string> = { 200000: "-200k", 2000000: "-2m", 20000000: "" };
const SEED = 1;

/**
 * Where a country is kept between runs (`TAPHOP_BENCH_COUNTRY`, default /tmp/taphop-country, with -2m and -200k for the smaller):
 * making the full one takes minutes and 30 GB.
 */
export function countryFolder(members: number): string {
	return `${process.env.TAPHOP_BENCH_COUNTRY ?? "/tmp/taphop-country"}${SUFFIX[members] ?? `-${members}`}`;
}

/** Opens the country of a size, made first where there is none. The caller closes it. */
export async function openCountry(members: number, size = 4): Promise<OpenDatabase> {
	const dataDir = countryFolder(members);
	const isNew = !existsSync(join(dataDir, "mode"));
	if (isNew) setMode(dataDir, "demo");
	const database = await openProgramDatabase(readSettings({ TAPHOP_DATA: dataDir }), "demo", { size, only: "demo" });
	if (isNew) {
		console.log(`Đang tạo ${members} hội viên trong ${dataDir}…`);
		await loadCountry(database.ownerUrl, database.vault, { members, seed: SEED, say: console.log });
	}
	return database;
}
