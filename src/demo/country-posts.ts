import { epochDays } from "../core/day.ts";
import { type Atlas, COUNTRY_DAY, type CountryPlace } from "./country-plan.ts";
import type { CountryRows } from "./country-rows.ts";
import { REFORM_DAY } from "./place.ts";
import type { Random } from "./random.ts";

const TODAY = epochDays(COUNTRY_DAY);
const REFORM = epochDays(REFORM_DAY);
/** The congresses of communes. */
const CONGRESS = epochDays("2021-05-20");
/** A chair, a deputy and three more, of a commune before and of one after the reform. */
const COMMITTEE = ["chair", "deputy", "committee", "committee", "committee"] as const;
/** Each club has about so many women. */
const CLUB_SIZE = 15;

interface Candidate {
	person: number;
	since: number;
}

/** Clubs, special bases and posts of one commune's women, given to those who pass by and are of the right age. */
export class CommunePosts {
	readonly #place: CountryPlace;
	readonly #bases: { id: number; count: number };
	readonly #clubChance: number;
	readonly #heads: Candidate[][];
	readonly #elders: Candidate[] = [];

	constructor(place: CountryPlace, atlas: Atlas) {
		this.#place = place;
		this.#bases = atlas.bases[place.place.provinceCode] ?? { id: 0, count: 0 };
		this.#clubChance = Math.min(0.3, CLUB_SIZE / Math.max(place.size, 1));
		this.#heads = place.hamlets.map(() => []);
	}

	/** Someone who counts at home today and has but this one place. */
	meet(person: number, branch: number, birthYear: number, joined: number, random: Random, rows: CountryRows): void {
		const drawn = random.next();
		const { clubs, clubId } = this.#place;
		const since = Math.min(TODAY, joined + ((random.next() * 200) | 0));
		if (drawn < clubs * this.#clubChance) rows.affiliation(person, 0, clubId + ((drawn / this.#clubChance) | 0), since);
		else if (drawn > 0.998 && this.#bases.count > 0)
			rows.affiliation(person, 1, this.#bases.id + ((random.next() * this.#bases.count) | 0), since);
		if (birthYear < 1966 || birthYear > 1992) return;
		const heads = this.#heads[branch] as Candidate[];
		if (heads.length < 2) heads.push({ person, since: Math.max(joined, CONGRESS) });
		else if (joined < CONGRESS && this.#elders.length < 2 * COMMITTEE.length)
			this.#elders.push({ person, since: CONGRESS });
	}

	write(rows: CountryRows): void {
		const { branchId, place, leads } = this.#place;
		this.#heads.forEach(([head, deputy], branch) => {
			if (head) rows.post(head.person, 0, branchId + branch, "branch_head", head.since, -1);
			if (deputy) rows.post(deputy.person, 0, branchId + branch, "branch_deputy", deputy.since, -1);
		});
		this.#elders.forEach(({ person }, at) => {
			const post = COMMITTEE[at % COMMITTEE.length] as (typeof COMMITTEE)[number];
			if (at < COMMITTEE.length) rows.post(person, 1, place.id, post, CONGRESS, REFORM);
			else if (leads) rows.post(person, 1, place.successorId, post, REFORM, -1);
		});
	}
}
