import { holds } from "../areas/members/rules.ts";
import { addDays, type Day, epochDays, fromEpochDays } from "../core/day.ts";
import type { Place } from "./place.ts";
import { Random } from "./random.ts";
import { type Making, type Roster, recount, type Spell, unionOn, type Woman } from "./roster.ts";
import { NEAR_THE_LINE } from "./standing.ts";

/** That a woman works away from home, as her commune of origin keeps it (R10). */
export interface Away {
	id: string;
	spellId: string;
	since: Day;
	place: string;
	paysDues: boolean;
	takesPart: "yes" | "online" | "no";
}

export interface Transfer {
	id: string;
	personId: string;
	fromSpellId: string;
	fromCommuneId: number;
	toUnitId: number;
	on: Day;
	residence: "permanent";
	state: "pending" | "accepted";
	/** Who asked; the other side decides. */
	askedSide: "origin" | "destination";
	toSpellId: string | null;
}

/** What happened between the communes of the rosters; the women's spells are changed in place. */
export interface Moves {
	aways: Away[];
	transfers: Transfer[];
}

/** One in 240 works in another commune of her province, some moved for good, some moves wait for the destination's answer. */
export function movesOf(rosters: readonly Roster[], make: Making): Moves {
	const moves: Moves = { aways: [], transfers: [] };
	for (const own of Map.groupBy(rosters, (roster) => roster.place.provinceCode).values()) {
		const random = new Random(make.seed, "moves", (own[0] as Roster).place.provinceCode);
		const women = own.flatMap((roster) => roster.women).filter((woman) => !woman.honorary);
		const other = (woman: Woman) =>
			random.pick(own.filter((roster) => roster.place.successorId !== woman.place.successorId));
		const fewer = (share: number) => Math.round(women.length * share);
		for (const woman of random.sample(women, fewer(0.012)))
			if (canMigrate(woman, make.today)) migrate(woman, other(woman), moves, random, make);
		for (const woman of women)
			if (woman.spells[0]?.life.leaveReason === "moved" && random.chance(0.08))
				arrive(woman, other(woman), moves, random, make);
		const near = own.find((roster) => roster.place.successorKey === NEAR_THE_LINE);
		for (const woman of random.sample(women, fewer(0.0008)))
			if (stays(woman, make.today))
				ask(woman, near && random.chance(0.3) ? near.place : other(woman).place, moves, random, make);
	}
	return moves;
}

/** A member of one spell who counts today and resides permanently. */
function stays(woman: Woman, today: Day): boolean {
	const [spell] = woman.spells as [Spell];
	return (
		woman.spells.length === 1 &&
		spell.life.residence === "permanent" &&
		spell.life.leftOn === null &&
		holds(spell.counts, today)
	);
}

function canMigrate(woman: Woman, today: Day): boolean {
	return stays(woman, today) && woman.birth > "1976" && (woman.spells[0] as Spell).life.joined < "2021-06-01";
}

/** She goes to work in another commune of the province and is accepted there; after six months that one counts her, home no longer does (R2). */
function migrate(woman: Woman, to: Roster, moves: Moves, random: Random, make: Making): void {
	const [home] = woman.spells as [Spell];
	const joined = fromEpochDays(random.integer(epochDays("2021-07-01"), epochDays(make.today) - 12));
	const start = addDays(joined, -random.integer(0, 140));
	const life = { joined, residence: "temporary", start, leftOn: null, leaveReason: null } as const;
	woman.spells.push({
		id: make.newId(),
		place: to.place,
		leafId: random.pick(to.branches).id,
		stage: "recognised",
		life,
		counts: [],
		introducedBy: null,
	});
	recount(woman);
	moves.aways.push({
		id: make.newId(),
		spellId: home.id,
		since: start,
		place: to.place.name,
		paysDues: random.chance(0.6),
		takesPart: random.pick(["yes", "online", "no"]),
	});
}

/** She moved her permanent residence, and the commune to which she went accepted her on the same day. */
function arrive(woman: Woman, to: Roster, moves: Moves, random: Random, make: Making): void {
	const [left] = woman.spells as [Spell];
	const on = left.life.leftOn as Day;
	const life = { joined: on, residence: "permanent", start: null, leftOn: null, leaveReason: null } as const;
	const spell: Spell = {
		id: make.newId(),
		place: to.place,
		leafId: random.pick(to.branches).id,
		stage: "recognised",
		life,
		counts: [],
		introducedBy: null,
	};
	woman.spells.push(spell);
	recount(woman);
	moves.transfers.push({ ...transferOf(woman, to.place, on, make), state: "accepted", toSpellId: spell.id });
}

/** Her commune has asked another to take her over, or that one has invited her; until it is answered she is her commune's. */
function ask(woman: Woman, to: Place, moves: Moves, random: Random, make: Making): void {
	if (to.successorId === woman.place.successorId) return;
	const transfer = transferOf(woman, to, addDays(make.today, -random.integer(0, 14)), make);
	moves.transfers.push({ ...transfer, askedSide: random.chance(0.3) ? "destination" : "origin" });
}

function transferOf(woman: Woman, to: Place, on: Day, make: Making): Transfer {
	return {
		id: make.newId(),
		personId: woman.id,
		fromSpellId: (woman.spells[0] as Spell).id,
		fromCommuneId: unionOn(woman.place, on),
		toUnitId: unionOn(to, on),
		on,
		residence: "permanent",
		state: "pending",
		askedSide: "origin",
		toSpellId: null,
	};
}
