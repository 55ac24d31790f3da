import { countingOf, type Period } from "../areas/members/rules.ts";
import { addDays, type Day, epochDays, fromEpochDays } from "../core/day.ts";
import { hamletsOf } from "./branch-names.ts";
import { type Card, cardMaker, phoneOf } from "./cards.ts";
import { birthOf, type Life, lifeOf, soonCounting, waveOf, wavesOf } from "./life.ts";
import { manName, nameOf, type People, peoplesOf } from "./names.ts";
import { isUrban, type Place, REFORM_DAY } from "./place.ts";
import { idsOf, Random } from "./random.ts";
import { NEAR_THE_LINE, type Standing } from "./standing.ts";

/** The old provinces whose communes all have rosters: Lai Châu and Thừa Thiên Huế, which the reform left whole. */
export const ROSTERED_PROVINCES: readonly string[] = ["12", "46"];

/** Successors whose communes have nearly every member by name; elsewhere a tenth. */
const IN_FULL = new Set([NEAR_THE_LINE, "new:03439", "new:03451", "new:03463", "new:20179"]);

/** A branch, club or special base and where it stands; it follows its parent through the reform. */
export interface DemoUnit {
	id: number;
	kind: "branch" | "club" | "special_base";
	name: string;
	stays: { parentId: number; from: Day; to: Day | null }[];
}

/** A branch with what its women's rows need. */
export interface Branch extends DemoUnit {
	hamlet: string;
	/** The day on which its list of consents was signed. */
	signedOn: Day;
}

export interface Spell {
	id: string;
	place: Place;
	leafId: number;
	stage: "proposed" | "recognised";
	life: Life;
	/** When she counts here, by the members' own rule. */
	counts: Period[];
	introducedBy: string | null;
}

export interface Consent {
	purpose: "membership" | "sensitive" | "contact";
	givenOn: Day;
	how: "signed_list" | "signed_form" | "digital";
}

export interface Woman {
	id: string;
	fullName: string;
	birth: Day;
	yearOnly: boolean;
	sex: "female" | "male";
	honorary: boolean;
	coreMember: boolean;
	phone: string;
	address: string;
	occupation: string;
	card: Card | null;
	people: People;
	religion: string;
	partyMember: boolean;
	consents: Consent[];
	spells: Spell[];
	place: Place;
	branch: Branch;
}

/** One old commune's branches and women. */
export interface Roster {
	place: Place;
	branches: Branch[];
	women: Woman[];
}

/** What all rosters of one demo share: nothing is made twice. */
export interface Making {
	seed: number;
	today: Day;
	/** What share of the usual number of women is made; 1 but in tests. */
	scale: number;
	newId: () => string;
	newUnitId: () => number;
	hamlet: (place: Place) => string;
	cards: ReturnType<typeof cardMaker>;
}

/** The start of a demo's making; its units get ids from `firstUnitId` up. */
export function making(seed: number, today: Day, scale: number, firstUnitId: number): Making {
	let unitId = firstUnitId;
	return {
		seed,
		today,
		scale,
		newId: idsOf(seed),
		newUnitId: () => unitId++,
		hamlet: hamletsOf(seed),
		cards: cardMaker(),
	};
}

/** Whether nearly all members of a commune are in its roster. */
export function inFull(place: Place): boolean {
	return IN_FULL.has(place.successorKey);
}

/** Where a unit founded at an old commune or province stands: there, then at the successor. */
export function staysOf(oldId: number, successorId: number): DemoUnit["stays"] {
	return [
		{ parentId: oldId, from: "2017-01-01", to: REFORM_DAY },
		{ parentId: successorId, from: REFORM_DAY, to: null },
	];
}

/** The unit that is a place's union on a day. */
export function unionOn(place: Place, day: Day): number {
	return day < REFORM_DAY ? place.id : place.successorId;
}

/** A commune's roster: a share of its members by name in 3 to 12 branches, some proposals, some who no longer are members. */
export function rosterOf(place: Place, standing: Standing, make: Making): Roster {
	const random = new Random(make.seed, "roster", place.key);
	const share = inFull(place) ? 0.9 : random.between(0.075, 0.135);
	const size = Math.max(8, Math.round(standing.members * share * make.scale));
	const branches = Array.from({ length: Math.min(12, Math.max(3, Math.round(size / 32))) }, () =>
		branchOf(place, random, make),
	);
	const draw = { place, branches, random, make, waves: wavesOf(random, make.today), peoples: peoplesOf(place, random) };
	const women = Array.from({ length: size }, () => memberOf(draw));
	for (let i = Math.round(size * 0.006); i > 0; i--) women.push(soonOf(draw));
	for (let i = Math.round(size * 0.012); i > 0; i--) women.push(proposalOf(draw));
	if (random.chance(0.12)) women.push(honoraryOf(draw));
	introduce(women, random);
	return { place, branches, women };
}

interface Draw {
	place: Place;
	branches: readonly Branch[];
	random: Random;
	make: Making;
	waves: readonly Day[];
	peoples: readonly (readonly [People, number])[];
}

function branchOf(place: Place, random: Random, make: Making): Branch {
	const hamlet = make.hamlet(place);
	return {
		id: make.newUnitId(),
		kind: "branch",
		name: `Chi hội ${hamlet}`,
		stays: staysOf(place.id, place.successorId),
		hamlet: hamlet.slice(0, 1).toUpperCase() + hamlet.slice(1),
		signedOn: fromEpochDays(random.integer(epochDays("2023-07-01"), epochDays("2025-05-30"))),
	};
}

function memberOf(draw: Draw): Woman {
	const birth = birthOf(draw.random, draw.make.today);
	const joined = waveOf(draw.waves, birth, draw.random);
	return womanOf(draw, birth, lifeOf(joined, birth, draw.make.today, draw.random), "recognised");
}

function soonOf(draw: Draw): Woman {
	const birth = `${draw.random.integer(1985, 2003)}-0${draw.random.integer(1, 9)}-1${draw.random.integer(0, 9)}`;
	return womanOf(draw, birth, soonCounting(draw.waves, draw.make.today, draw.random), "recognised");
}

function proposalOf(draw: Draw): Woman {
	const birth = `${draw.random.integer(1970, 2006)}-0${draw.random.integer(1, 9)}-2${draw.random.integer(0, 8)}`;
	const joined = addDays(draw.make.today, -draw.random.integer(1, 40));
	return womanOf(
		draw,
		birth,
		{ joined, residence: "permanent", start: null, leftOn: null, leaveReason: null },
		"proposed",
	);
}

/** Hội viên danh dự: of any sex, kept and never counted. */
function honoraryOf(draw: Draw): Woman {
	const woman = memberOf(draw);
	woman.honorary = true;
	recount(woman);
	if (draw.random.chance(0.5)) {
		woman.sex = "male";
		woman.fullName = manName(draw.random);
		woman.card = draw.make.cards.cccd(woman.birth, "male", draw.place.provinceCode, draw.random);
	}
	return woman;
}

function womanOf(draw: Draw, birth: Day, life: Life, stage: Spell["stage"]): Woman {
	const { place, random, make } = draw;
	const branch = random.pick(draw.branches);
	const people = random.weighted(draw.peoples);
	const year = Number(birth.slice(0, 4));
	const yearOnly = year < 1962 && random.chance(0.12);
	const day = yearOnly ? `${birth.slice(0, 4)}-01-01` : birth;
	const spell: Spell = {
		id: make.newId(),
		place,
		leafId: random.chance(0.015) ? unionOn(place, life.joined) : branch.id,
		stage,
		life,
		counts: [],
		introducedBy: null,
	};
	const woman: Woman = {
		id: make.newId(),
		fullName: nameOf(people, year, random),
		birth: day,
		yearOnly,
		sex: "female",
		honorary: false,
		coreMember: random.chance(0.2),
		phone: random.chance(year < 1955 ? 0.3 : 0.85) ? phoneOf(random) : "",
		address: `${branch.hamlet}, ${place.name}`,
		occupation: occupationOf(place, year, random),
		card: cardOf(draw, day),
		people,
		religion: religionOf(people, place, random),
		partyMember: random.chance(0.07),
		consents: consentsOf(branch, life, random),
		spells: [spell],
		place,
		branch,
	};
	recount(woman);
	return woman;
}

/** Works out anew when each of her spells counts (R2): after anything in her life has changed. */
export function recount(woman: Woman): void {
	const spells = woman.spells.map(({ id, stage, life }) => ({
		id,
		stage,
		joined: life.joined,
		left: life.leftOn,
		residences: [{ kind: life.residence, start: life.start, until: null }],
	}));
	const counting = countingOf(spells, { honorary: woman.honorary });
	for (const spell of woman.spells) spell.counts = counting.get(spell.id) ?? [];
}

/** Nearly all have a CCCD, some elderly only the old card, some none that is known. */
function cardOf({ place, random, make }: Draw, birth: Day): Card | null {
	if (random.chance(0.035)) return null;
	if (birth < "1965" && random.chance(0.1)) return make.cards.cmnd(place.provinceCode, random);
	return make.cards.cccd(birth, "female", place.provinceCode, random);
}

export const TOWN_WORK =
	"Buôn bán, Nội trợ, Giáo viên, Công nhân may, Nhân viên văn phòng, Thợ may, Điều dưỡng, Làm nghề tự do, Kinh doanh nhà hàng".split(
		", ",
	);
export const COUNTRY_WORK =
	"Làm ruộng, Chăn nuôi, Nội trợ, Buôn bán nhỏ, Trồng rừng, Dệt thổ cẩm, Công nhân, Giáo viên, Làm nghề tự do".split(
		", ",
	);

function occupationOf(place: Place, birthYear: number, random: Random): string {
	if (birthYear < 1960) return random.chance(0.3) ? "Hưu trí" : "";
	return random.chance(0.8) ? random.pick(isUrban(place) ? TOWN_WORK : COUNTRY_WORK) : "";
}

function religionOf(people: People, place: Place, random: Random): string {
	if (people === "Mông") return random.chance(0.15) ? "Tin Lành" : "";
	if (people !== "Kinh" || place.provinceCode !== "46") return "";
	return random.weighted([
		["", 72],
		["Phật giáo", 22],
		["Công giáo", 6],
	]);
}

/** Most have consented: on the list their branch signed, or when they joined after it (R9). */
function consentsOf(branch: Branch, life: Life, random: Random): Consent[] {
	const onList = life.joined < branch.signedOn;
	const givenOn = onList ? branch.signedOn : life.joined;
	if ((life.leftOn !== null && life.leftOn <= givenOn) || random.chance(0.11)) return [];
	const how = onList ? "signed_list" : random.chance(0.8) ? "signed_form" : "digital";
	const consents: Consent[] = [{ purpose: "membership", givenOn, how }];
	if (random.chance(0.3)) consents.push({ purpose: "sensitive", givenOn, how });
	if (random.chance(0.25)) consents.push({ purpose: "contact", givenOn, how });
	return consents;
}

/** One in ten was brought by another woman of the same commune (R13). */
function introduce(women: readonly Woman[], random: Random): void {
	for (const woman of women) {
		if (!random.chance(0.1)) continue;
		const friend = random.pick(women);
		const [spell, hers] = [woman.spells[0] as Spell, friend.spells[0] as Spell];
		if (hers.life.joined < spell.life.joined) spell.introducedBy = friend.id;
	}
}
