import { type Day, epochDays } from "../core/day.ts";
import { GUIDANCE_DAY, type HigherUnit, isUrban, type NewPlace, type Place, REFORM_DAY } from "./place.ts";
import { Random } from "./random.ts";
import { ROSTERED_PROVINCES } from "./roster.ts";
import type { Standing } from "./standing.ts";

import { ISLAND_WOMEN } from "./women.ts";

/** A figure without names (R3 d–f, R4, R49), as app.headcount holds it. */
export interface HeadcountRow {
	unitId: number;
	component: "unlisted" | "trade_union" | "armed_forces" | "member_organisation" | "upper_club";
	on: Day;
	count: number;
	overlap: number;
	source: string;
}

/** How many named members of an old commune count on a day. */
export type NamedOn = (place: Place, day: Day) => number;

/** The days of reports whose `unlisted` figures the demo has: the first opened them, the later were approved (R49). */
const OPENED: Day = "2022-06-10";
const OLD_REPORTS: readonly Day[] = [OPENED, "2023-11-24", "2024-11-24"];
const NEW_REPORTS: readonly Day[] = ["2025-11-24", "2026-06-09"];

/** Every day on which {@link headcountsOf} asks how many members by name there are. */
export const FIGURE_DAYS: readonly Day[] = [GUIDANCE_DAY, ...OLD_REPORTS.slice(1), ...NEW_REPORTS];

/** The yearly assessments, at which the figures of other organisations are due (R4). */
const ASSESSMENTS: readonly Day[] = ["2022-12-09", "2023-12-08", "2024-12-06", "2025-12-05"];

/** How many communes of the new set stand at exactly 60 % by their last report. */
const EXACTLY_NOW = 6;

const UNLISTED_OPENED = "Số liệu minh họa: mở một lần theo báo cáo được duyệt gần nhất";
const UNLISTED_REPORTED = "Số liệu minh họa: báo cáo được cấp trên trực tiếp duyệt";
const SOURCES = {
	trade_union: "Số liệu minh họa: tổ chức công đoàn cùng cấp",
	armed_forces: "Số liệu minh họa: Hội phụ nữ lực lượng vũ trang cùng cấp",
	member_organisation: "Số liệu minh họa: tổ chức thành viên cùng cấp",
	upper_club: "Số liệu minh họa: câu lạc bộ do Hội cấp trên thành lập",
} as const;

type Other = keyof typeof SOURCES;

/** What the figures are worked out of. */
export interface FiguresInput {
	places: readonly Place[];
	standings: readonly Standing[];
	newPlaces: readonly NewPlace[];
	higher: readonly HigherUnit[];
	namedOn: NamedOn;
	/** Communes whose roster is nearly whole: they have no figures of other organisations. */
	inFull: (place: Place) => boolean;
	/** Whether names alone may be more than a commune's standing; nothing is then left without a name. */
	namesMayExceed?: boolean;
}

/** What the old communes bring to a new one: women, members otherwise counted, and what is then left without a name on a day. */
interface Brought {
	women: number;
	members: Map<Day, number>;
	unlisted: Map<Day, number>;
}

/**
 * Every headcount of the demo up to `today`. Each old commune's `unlisted` of 2022 is what its members of 29 May 2023 leave
 * after names and other figures, so that the program's own sum gives exactly the standing it was made for.
 */
export function headcountsOf(input: FiguresInput, today: Day, seed: number): HeadcountRow[] {
	const brought = new Map<number, Brought>();
	const rows = input.places.flatMap((place, at) => oldPlaceRows(place, at, input, brought, seed));
	rows.push(...newPlaceRows(input.newPlaces, brought));
	for (const unit of input.higher) rows.push(...higherOnes(unit, new Random(seed, "higher", unit.kind, unit.code)));
	return rows.filter((row) => row.on <= today);
}

function oldPlaceRows(
	place: Place,
	at: number,
	input: FiguresInput,
	brought: Map<number, Brought>,
	seed: number,
): HeadcountRow[] {
	const standing = input.standings[at] as Standing;
	const others = input.inFull(place) ? [] : othersOf(place, standing, new Random(seed, "others", place.key));
	const beside = others.reduce((sum, row) => sum + row.count - row.overlap, 0);
	const members = (on: Day) => standing.members + grown(standing, on);
	const unlisted = (on: Day, counted: Day) => members(on) - beside - input.namedOn(place, counted);
	const rows = OLD_REPORTS.map((on) => {
		const rest = unlisted(on, on === OPENED ? GUIDANCE_DAY : on);
		if (on === OPENED && rest < 0 && !input.namesMayExceed) throw new Error(`${place.key} has more names than members`);
		return unlistedRow(place.id, on, rest);
	});
	const sums = brought.get(place.successorId) ?? { women: 0, members: new Map(), unlisted: new Map() };
	sums.women += standing.women;
	for (const on of NEW_REPORTS) {
		sums.members.set(on, (sums.members.get(on) ?? 0) + members(on));
		sums.unlisted.set(on, (sums.unlisted.get(on) ?? 0) + unlisted(on, on));
	}
	brought.set(place.successorId, sums);
	return [...others, ...rows];
}

/** What the communes of the new set reported; a *Chưa phân* reports nothing, it only carries. Some stand at exactly 60 %. */
function newPlaceRows(newPlaces: readonly NewPlace[], brought: ReadonlyMap<number, Brought>): HeadcountRow[] {
	const last = NEW_REPORTS.at(-1) as Day;
	let exactly = 0;
	return newPlaces.flatMap((place) => {
		if (place.kind !== "commune") return [];
		const own = brought.get(place.id);
		const island = Math.round((ISLAND_WOMEN[place.key] ?? 0) * 0.62);
		const above = own ? ((own.members.get(last) as number) * 5 - own.women * 3) / 5 : -1;
		const drop =
			own && exactly < EXACTLY_NOW && Number.isInteger(above) && above > 0 && above < own.women / 50 ? above : 0;
		if (drop > 0) exactly += 1;
		return NEW_REPORTS.flatMap((on) => {
			const rest = (own?.unlisted.get(on) ?? island) - drop;
			return rest > 0 ? [unlistedRow(place.id, on, rest)] : [];
		});
	});
}

/** What a commune has gained since the guidance, at its own pace. */
function grown({ women, pace }: Standing, on: Day): number {
	const years = (epochDays(on) - epochDays(GUIDANCE_DAY)) / 365;
	return on <= GUIDANCE_DAY ? 0 : Math.round(women * pace * years);
}

function unlistedRow(unitId: number, on: Day, count: number): HeadcountRow {
	const source = on === OPENED ? UNLISTED_OPENED : UNLISTED_REPORTED;
	return { unitId, component: "unlisted", on, count: Math.max(0, count), overlap: 0, source };
}

/** What other organisations of a commune's level told it at the assessment of 2022, some of it already in its roster. */
function othersOf(place: Place, { members }: Standing, random: Random): HeadcountRow[] {
	const rows: HeadcountRow[] = [];
	const urban = isUrban(place);
	// Where there are names there is all there can be; elsewhere less, since each figure is carried through the reform.
	const named = ROSTERED_PROVINCES.includes(place.provinceCode);
	const add = (component: Other, chance: number, low: number, high: number) => {
		if (!random.chance(named ? chance : chance / 3)) return;
		const count = Math.max(3, Math.round(members * random.between(low, high)));
		const overlap = Math.round(count * random.between(0.05, 0.35));
		rows.push({ unitId: place.id, component, on: ASSESSMENTS[0] as Day, count, overlap, source: SOURCES[component] });
	};
	add("trade_union", urban ? 0.6 : 0.2, 0.02, urban ? 0.09 : 0.04);
	add("armed_forces", 0.07, 0.005, 0.02);
	add("member_organisation", 0.09, 0.003, 0.01);
	add("upper_club", 0.04, 0.004, 0.012);
	return rows;
}

/** Figures that arise at a higher level: they count in its total and enter no commune's rate (R4). */
function higherOnes(unit: HigherUnit, random: Random): HeadcountRow[] {
	const size = unit.kind === "centre" ? 12 : random.between(0.6, 1.6);
	const base: readonly (readonly [Other, number])[] = [
		["trade_union", unit.kind === "centre" ? 0 : 1150],
		["armed_forces", 420],
		["member_organisation", 260],
		["upper_club", 130],
	];
	return base.flatMap(([component, usual]) =>
		ASSESSMENTS.filter((on) => unit.kind === "centre" || on < REFORM_DAY).flatMap((on, year) => {
			const count = Math.round(usual * size * (1 + 0.03 * year) * random.between(0.95, 1.05));
			if (count === 0) return [];
			const overlap = unit.kind === "centre" ? 0 : Math.round(count * random.between(0.02, 0.12));
			return [{ unitId: unit.id, component, on, count, overlap, source: SOURCES[component] }];
		}),
	);
}
