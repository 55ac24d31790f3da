import { epochDays } from "../core/day.ts";
import { CommuneCards, phoneInto, type sealing } from "./country-cards.ts";
import {
	type Birth,
	type CountryLife,
	drawArrival,
	drawAway,
	drawBirth,
	drawJoined,
	drawLife,
	drawWaves,
	NEVER,
	type Waves,
} from "./country-life.ts";
import { makersOf, Table, type Word } from "./country-names.ts";
import { type Atlas, COUNTRY_DAY, type CountryPlace } from "./country-plan.ts";
import { CommunePosts } from "./country-posts.ts";
import type { CountryRows, PersonFacts } from "./country-rows.ts";
import { type FarChanges, Tally, writeFar } from "./country-tally.ts";
import { isUrban, REFORM_DAY } from "./place.ts";
import { Random } from "./random.ts";
import { COUNTRY_WORK, TOWN_WORK } from "./roster.ts";

const TODAY = epochDays(COUNTRY_DAY);
const REFORM = epochDays(REFORM_DAY);
const NOWHERE = new Uint8Array(0);
const RETIRED = new TextEncoder().encode("Hưu trí");
const [TOWN, VILLAGE] = [TOWN_WORK, COUNTRY_WORK].map((list) => list.map((work) => new TextEncoder().encode(work)));
/** Provinces whose factories draw women from everywhere. */
const FACTORIES = ["79", "74", "75", "01", "27", "30", "31", "24"];
/** Who joined after this does not work away yet. */
const SETTLED_BEFORE = epochDays("2021-06-01");

/** What making one commune tells beside its rows. */
export interface CommuneFigures {
	/** How many of its women count at home on each of the days asked for. */
	named: number[];
	/** Place, day, by how many: what changes in other communes. */
	far: FarChanges;
}

const noLife = (): CountryLife => ({
	joined: 0,
	temporary: false,
	start: NEVER,
	left: NEVER,
	reason: "other",
	from: NEVER,
});

/** Makes communes one after the other and leaves their rows in `rows`; each from the seed and its place in the plan alone. */
export class CommuneMaker {
	readonly #rows: CountryRows;
	readonly #seal: ReturnType<typeof sealing>;
	readonly #atlas: Atlas;
	readonly #seed: number;
	readonly #days: readonly number[];
	readonly #tally = new Tally();

	// What is being made, used again for each woman: twenty million objects less.
	readonly #name: Word[] = [];
	#words = 0;
	#people: Uint8Array = NOWHERE;
	readonly #birth: Birth = { day: 0, year: 0, adult: 0 };
	readonly #life = noLife();
	readonly #second = noLife();
	readonly #counts = new Int32Array(4);
	readonly #phone = new Uint8Array(10);
	readonly #facts: PersonFacts = {
		birth: 0,
		yearOnly: false,
		honorary: false,
		coreMember: false,
		phone: NOWHERE,
		address: NOWHERE,
		occupation: NOWHERE,
	};

	// The commune being made.
	#place!: CountryPlace;
	#random!: Random;
	#makers!: ReturnType<typeof makersOf>;
	#waves!: Waves;
	#cards!: CommuneCards;
	#posts!: CommunePosts;
	#addresses: Uint8Array[] = [];
	#signed: number[] = [];
	#branches!: Table<number>;
	#joined = new Int32Array(0);
	#far: FarChanges = [];

	constructor(
		rows: CountryRows,
		seal: ReturnType<typeof sealing>,
		atlas: Atlas,
		seed: number,
		days: readonly number[],
	) {
		this.#rows = rows;
		this.#seal = seal;
		this.#atlas = atlas;
		this.#seed = seed;
		this.#days = days;
	}

	make(place: CountryPlace): CommuneFigures {
		this.#begin(place);
		for (let i = 0; i < place.size; i++) this.#woman(i);
		this.#cards.write(this.#rows, this.#seal);
		this.#posts.write(this.#rows);
		const { id, successorId } = place.place;
		this.#tally.write(this.#rows, id, successorId);
		return { named: this.#tally.on(this.#days), far: this.#far };
	}

	#begin(place: CountryPlace): void {
		const random = new Random(this.#seed, "women", place.place.key);
		this.#place = place;
		this.#random = random;
		this.#makers = makersOf(place.place, random);
		this.#waves = drawWaves(random);
		this.#cards = new CommuneCards(place);
		this.#posts = new CommunePosts(place, this.#atlas);
		this.#addresses = place.hamlets.map((hamlet) => new TextEncoder().encode(`${hamlet}, ${place.place.name}`));
		this.#signed = place.hamlets.map(() => random.integer(epochDays("2023-07-01"), epochDays("2026-05-30")));
		this.#branches = new Table(place.hamlets.map((_, branch) => [branch, random.between(0.6, 1.6)] as const));
		this.#joined = new Int32Array(place.size);
		this.#far = [];
		this.#tally.clear();
	}

	#woman(nth: number): void {
		const random = this.#random;
		const person = this.#place.first + nth;
		const branch = this.#branches.draw(random);
		// One in a thousand stands in two rosters: a neighbour's once more, years ago, with her old card or none.
		if (nth > 0 && random.next() < 0.001) this.#again(person, nth);
		else this.#new(person, nth, branch);
	}

	#new(person: number, nth: number, branch: number): void {
		const random = this.#random;
		this.#draw(nth);
		this.#person(person, branch);
		this.#card(person);
		this.#consents(person, branch);
		const proposed = this.#life.joined > TODAY - 200 && random.next() < 0.15;
		if (proposed || this.#facts.honorary) this.#life.from = NEVER;
		const leaf = random.next() < 0.015 ? this.#unionLeaf() : this.#place.branchId + branch;
		const moved = !proposed && this.#hasSecond();
		const used = moved ? this.#secondPlace(person) : this.#onlyPlace();
		const friend = random.next() < 0.1 ? this.#friendOf(nth) : -1;
		this.#rows.spell(
			person * 2,
			person,
			leaf,
			proposed ? "proposed" : "recognised",
			this.#life,
			this.#counts,
			used,
			moved && this.#second.from !== NEVER ? 1 : 0,
			friend,
		);
		if (!moved && this.#life.from !== NEVER && this.#life.left === NEVER)
			this.#posts.meet(person, branch, this.#birth.year, this.#life.joined, random, this.#rows);
	}

	#draw(nth: number): void {
		const random = this.#random;
		drawBirth(random, this.#birth);
		const maker = this.#makers.draw(random);
		this.#people = maker.people;
		this.#words = maker.make(this.#birth.year, random, this.#name);
		const joined = drawJoined(this.#waves, this.#birth.adult, random);
		drawLife(joined, this.#birth.year, random, this.#life);
		this.#joined[nth] = joined;
	}

	#person(person: number, branch: number): void {
		const random = this.#random;
		const facts = this.#facts;
		const { year, day } = this.#birth;
		facts.yearOnly = year < 1962 && random.next() < 0.12;
		facts.birth = facts.yearOnly ? day - dayOfYear(day) : day;
		facts.honorary = random.next() < 0.000_12;
		facts.coreMember = random.next() < 0.2;
		facts.phone = random.next() < (year < 1955 ? 0.3 : 0.85) ? this.#phone : NOWHERE;
		if (facts.phone === this.#phone) phoneInto(this.#phone, person);
		facts.address = this.#addresses[branch] as Uint8Array;
		facts.occupation = this.#occupation(year);
		this.#rows.person(person, this.#name, this.#words, facts);
	}

	#occupation(birthYear: number): Uint8Array {
		const random = this.#random;
		if (birthYear < 1960) return random.next() < 0.3 ? RETIRED : NOWHERE;
		if (random.next() < 0.2) return NOWHERE;
		return random.pick((isUrban(this.#place.place) ? TOWN : VILLAGE) as Uint8Array[]);
	}

	#card(person: number): void {
		const random = this.#random;
		if (random.next() < 0.035) return;
		if (this.#birth.year < 1965 && random.next() < 0.1) this.#cards.cmnd(person);
		else this.#cards.cccd(person, this.#birth.year, random);
	}

	/** Six in ten have consented so far, on the list their branch signed or when they joined after it (R9). */
	#consents(person: number, branch: number): void {
		const random = this.#random;
		const { joined, left } = this.#life;
		const signed = this.#signed[branch] as number;
		const given = Math.max(joined, signed);
		if (random.next() < 0.4 || (left !== NEVER && left <= given)) return;
		const how = joined < signed ? "signed_list" : random.next() < 0.8 ? "signed_form" : "digital";
		this.#rows.consent(person, "membership", given, how);
		if (random.next() > 0.3) return;
		this.#rows.consent(person, "sensitive", given, how);
		this.#rows.sensitive(person, this.#people, random.next() < 0.07);
	}

	#unionLeaf(): number {
		const { id, successorId } = this.#place.place;
		return this.#life.joined < REFORM ? id : successorId;
	}

	#friendOf(nth: number): number {
		const friend = (this.#random.next() * nth) | 0;
		return friend < nth &&
			(this.#joined[friend] as number) < (this.#joined[nth] as number) &&
			this.#joined[friend] !== 0
			? this.#place.first + friend
			: -1;
	}

	#hasSecond(): boolean {
		const life = this.#life;
		if (life.from === NEVER || life.temporary) return false;
		if (life.left !== NEVER) return life.reason === "moved" && this.#random.next() < 0.3;
		return life.joined < SETTLED_BEFORE && this.#birth.year > 1976 && this.#random.next() < 0.03;
	}

	#onlyPlace(): number {
		const { from, left } = this.#life;
		if (from === NEVER) return 0;
		return this.#count(from, left);
	}

	/** She moved away for good, or works elsewhere: a spell there, and home counts her only while that one does not (R2). */
	#secondPlace(person: number): number {
		const random = this.#random;
		const [home, second] = [this.#life, this.#second];
		const to = this.#elsewhere();
		const working = home.left === NEVER;
		if (working) drawAway(home, random, second);
		else drawArrival(home, second);
		const atHome = home.from;
		const leaf = branchOf(this.#atlas, to, random);
		const used = second.from === NEVER ? 0 : this.#farAway(to, second.from, second.left);
		this.#rows.spell(person * 2 + 1, person, leaf, "recognised", second, this.#counts, used, 2, -1);
		if (working) this.#rows.away(person * 2, second.start, NOWHERE, random.next() < 0.6, (random.next() * 3) | 0);
		if (!working || second.from === NEVER) return this.#count(atHome, home.left);
		const first = this.#count(atHome, second.from);
		if (second.left === NEVER) return first;
		this.#tally.add(second.left, NEVER);
		this.#counts[2] = second.left;
		this.#counts[3] = NEVER;
		return 4;
	}

	#count(from: number, to: number): number {
		this.#tally.add(from, to);
		this.#counts[0] = from;
		this.#counts[1] = to;
		return 2;
	}

	#farAway(to: number, from: number, until: number): number {
		const { unitIds, successorIds } = this.#atlas;
		writeFar(this.#rows, unitIds[to] as number, successorIds[to] as number, from, until);
		this.#far.push(to, from, 1);
		if (until !== NEVER) this.#far.push(to, until, -1);
		this.#counts[0] = from;
		this.#counts[1] = until;
		return 2;
	}

	/** Another commune: of her province, or where the factories are; never one that has become the same as hers. */
	#elsewhere(): number {
		const random = this.#random;
		const { provinces, successorIds } = this.#atlas;
		const { provinceCode, successorId } = this.#place.place;
		for (;;) {
			const province = random.next() < 0.7 ? provinceCode : random.pick(FACTORIES);
			const own = provinces[province] as Int32Array;
			const to = own[(random.next() * own.length) | 0] as number;
			if (successorIds[to] !== successorId) return to;
		}
	}

	/** The woman before her once more, in a commune nearby, with her old card or none, and never counted there twice. */
	#again(person: number, nth: number): void {
		const random = this.#random;
		this.#joined[nth] = 0;
		const to = this.#neighbour();
		this.#facts.honorary = false;
		this.#facts.phone = NOWHERE;
		this.#facts.address = NOWHERE;
		this.#rows.person(person, this.#name, this.#words, this.#facts);
		if (random.next() < 0.5) this.#cards.cmnd(person);
		const second = this.#second;
		drawLife(drawJoined(this.#waves, this.#birth.adult, random), this.#birth.year, random, second);
		const used = second.from === NEVER ? 0 : this.#farAway(to, second.from, second.left);
		const leaf = branchOf(this.#atlas, to, random);
		this.#rows.spell(person * 2, person, leaf, "recognised", second, this.#counts, used, 0, -1);
	}

	#neighbour(): number {
		const { unitIds } = this.#atlas;
		const { at } = this.#place;
		return at + 1 < unitIds.length ? at + 1 : at - 1;
	}
}

function branchOf(atlas: Atlas, to: number, random: Random): number {
	return (atlas.branchIds[to] as number) + ((random.next() * (atlas.branchCounts[to] as number)) | 0);
}

function dayOfYear(day: number): number {
	const year = new Date(day * 86_400_000).getUTCFullYear();
	return day - Date.UTC(year, 0, 1) / 86_400_000;
}
