import { parentPort, workerData } from "node:worker_threads";
import { sealing } from "./country-cards.ts";
import { CommuneMaker } from "./country-commune.ts";
import type { Atlas, CountryPlace } from "./country-plan.ts";
import { CountryRows, type CountryTable } from "./country-rows.ts";

/** What a worker is started with. */
export interface Start {
	seed: number;
	atlas: Atlas;
	/** The vault's master key: IDs are sealed where they are made. */
	key: Uint8Array;
	/** Days since 1970 on which it is asked how many count. */
	days: readonly number[];
}

/** What a worker answers for a batch of communes. */
export interface Made {
	tables: [CountryTable, Uint8Array][];
	/** For each commune of the batch and each day, how many of its women count at home. */
	named: number[][];
	far: number[];
}

const { seed, atlas, key, days } = workerData as Start;
const rows = new CountryRows(seed);
const maker = new CommuneMaker(rows, sealing(Buffer.from(key)), atlas, seed, days);

parentPort?.on("message", (places: CountryPlace[]) => {
	const figures = places.map((place) => maker.make(place));
	const made: Made = {
		tables: rows.take(),
		named: figures.map(({ named }) => named),
		far: figures.flatMap(({ far }) => far),
	};
	parentPort?.postMessage(
		made,
		made.tables.map(([, bytes]) => bytes.buffer as ArrayBuffer),
	);
});
