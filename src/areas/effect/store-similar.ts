import { sql } from "kysely";
import { addDays, type Day, epochDays } from "../../core/day.ts";
import { classOf, rateText } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import { TERM_START } from "../gathering/rules-day.ts";
import { regionOf } from "./rules-regions.ts";
import {
	crossedAt,
	distance,
	likenessOf,
	middleOf,
	type Profile,
	pathDays,
	startedAt,
	traitsOf,
} from "./rules-similar.ts";
import { type CommuneQuestion, requireSupported } from "./store-calculator.ts";
import { begunWords, type Compared, catalogueWords, readCompared, WAYS } from "./store-compared.ts";
import { experiencesOf } from "./store-experiences.ts";

/** So many are named; more would be a list, not advice. */
const MOST_NAMED = 8;

interface Found {
	row: Compared;
	profile: Profile;
	start: number;
	crossed: number;
	months: number;
	distance: number;
}

/**
 * The communes most like one that once stood where it stands and have passed 60 % since (R24). Named are those she reads and those whose
 * chair agreed; of all of them she learns how many they are and how long it took (R39).
 */
export async function showSimilar(work: Work, input: CommuneQuestion) {
	const on = input.on ?? work.today;
	const unit = await requireSupported(work, input, on);
	const days = pathDays(`${TERM_START.slice(0, 4)}-01-01`, on);
	// The last of them with what happened on the day itself.
	const rows = await readCompared(work, on, [...days.slice(0, -1), addDays(on, 1)]);
	const mine = rows.find((row) => row.unitId === unit.id && row.reads);
	const found = mine ? likeOnes(mine, rows, days, on) : { alike: 0, passed: [] };
	const named = found.passed
		.filter(({ row }) => row.unitId !== null)
		.sort((a, b) => a.distance - b.distance || (a.row.unitId as number) - (b.row.unitId as number))
		.slice(0, MOST_NAMED);
	const solutions = await catalogueWords(work, WAYS);
	const groups = new Map([...(await catalogueWords(work, ["group"]))].map(([code, { words }]) => [code, words]));
	const told = await experiencesOf(
		work,
		named.map(({ row }) => row.unitId as number),
	);
	return {
		on,
		unit: { unitId: unit.id, code: unit.code, name: unit.name },
		rate: mine ? rateText(mine.members.at(-1) as number, mine.women18) : null,
		alike: found.alike,
		passed: found.passed.length,
		months: middleOf(found.passed.map(({ months }) => months)),
		rows: named.map(({ row, profile, start, crossed, months }) => {
			const at = (index: number) => ({ members: row.members[index] as number, women: row.women18 });
			const point = (index: number) => ({ on: days[index] as Day, rate: rateText(at(index).members, row.women18) });
			const now = { members: (mine as Compared).members.at(-1) as number, women: (mine as Compared).women18 };
			return {
				unitId: row.unitId as number,
				code: row.code,
				name: row.name ?? "",
				province: row.province,
				...likenessOf(profileOf(mine as Compared, on), profile, now, at(start), groups),
				start: point(start),
				crossed: { after: days[crossed - 1] as Day, by: days[crossed] as Day },
				months,
				path: row.members.flatMap((members, index) => (members > 0 ? [point(index)] : [])),
				did: begunWords(row.uses, solutions),
				experiences: told.filter((one) => one.unit.unitId === row.unitId && (one.shared || row.reads)),
				agreed: !row.reads,
			};
		}),
		traitsOn: await traitsDay(work, unit.id),
	};
}

function profileOf(row: Compared, on: Day): Profile {
	return {
		urban: row.urban,
		region: regionOf(row.provinceCode, on),
		provinceId: row.provinceId,
		women: row.women18,
		groups: row.groups,
		...traitsOf(row),
	};
}

/** Of all communes those that are alike and stood where this one stands, and of them those that have passed since. */
function likeOnes(
	mine: Compared,
	rows: readonly Compared[],
	days: readonly Day[],
	on: Day,
): { alike: number; passed: Found[] } {
	const here = profileOf(mine, on);
	const now = { members: mine.members.at(-1) as number, women: mine.women18 };
	const passed: Found[] = [];
	let alike = 0;
	for (const row of rows) {
		if (row === mine || row.estimated) continue;
		const path = { women: row.women18, members: row.members };
		const crossed = crossedAt(path);
		const start = startedAt(path, crossed ?? row.members.length, now);
		const stood = row.members[start] as number;
		if (stood === 0 || classOf(stood, row.women18) === "over") continue;
		const profile = profileOf(row, on);
		const away = distance(here, profile, now, { members: stood, women: row.women18 });
		if (away === null) continue;
		// One that stands there only today has had no time to pass.
		if (crossed === null && start === row.members.length - 1) continue;
		alike += 1;
		if (crossed === null) continue;
		const months = Math.round((epochDays(days[crossed] as Day) - epochDays(days[start] as Day)) / 30.4375);
		passed.push({ row, profile, start, crossed, months, distance: away });
	}
	return { alike, passed };
}

async function traitsDay(work: Work, unitId: number): Promise<Day | null> {
	const { rows } = await sql<{
		on: Day;
	}>`select on_day::text as "on" from app.commune_trait where unit_id = ${unitId} order by on_day desc limit 1`.execute(
		work.db,
	);
	return rows[0]?.on ?? null;
}
