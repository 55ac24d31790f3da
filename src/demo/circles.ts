import { holds } from "../areas/members/rules.ts";
import { addDays, type Day } from "../core/day.ts";
import { CLUBS, SPECIAL_BASES } from "./branch-names.ts";
import { REFORM_DAY } from "./place.ts";
import { Random } from "./random.ts";
import { type DemoUnit, type Making, type Roster, type Spell, staysOf, type Woman } from "./roster.ts";

export interface Affiliation {
	id: string;
	personId: string;
	unitId: number;
	since: Day;
}

export interface Post {
	id: string;
	personId: string;
	unitId: number;
	post: "chair" | "deputy" | "branch_head" | "branch_deputy" | "committee";
	since: Day;
	until: Day | null;
}

/** Clubs, special bases and posts: what hangs beside a woman's branch. */
export interface Circles {
	units: DemoUnit[];
	affiliations: Affiliation[];
	posts: Post[];
}

/** The congresses of communes: of 2021, and of the new communes. */
const CONGRESS = "2021-05-20";

/** Up to two clubs a commune, some special bases a province, a chair and deputies for each union, a head for each branch. */
export function circlesOf(
	rosters: readonly Roster[],
	provinces: readonly { code: string; id: number; successorId: number }[],
	make: Making,
): Circles {
	const circles: Circles = { units: [], affiliations: [], posts: [] };
	for (const roster of rosters) {
		const random = new Random(make.seed, "circles", roster.place.key);
		const active = activeOf(roster, make.today);
		for (const name of random.sample(CLUBS, random.integer(0, 2)))
			found(circles, "club", name, staysOf(roster.place.id, roster.place.successorId), active, random, make);
		branchPosts(circles, roster, active, random, make);
		unionPosts(circles, roster.place.id, eldersOf(active), { since: CONGRESS, until: REFORM_DAY }, random, make);
	}
	for (const own of Map.groupBy(rosters, (roster) => roster.place.successorId).values()) {
		const random = new Random(make.seed, "posts", (own[0] as Roster).place.successorKey);
		const union = own[0] as Roster;
		if (union.place.successorKey.startsWith("unassigned")) continue;
		const able = eldersOf(own.flatMap((roster) => activeOf(roster, make.today)));
		unionPosts(circles, union.place.successorId, able, { since: REFORM_DAY, until: null }, random, make);
	}
	for (const province of provinces) {
		const random = new Random(make.seed, "bases", province.code);
		const active = rosters
			.filter((r) => r.place.provinceCode === province.code)
			.flatMap((r) => activeOf(r, make.today));
		for (const name of SPECIAL_BASES[province.code] ?? [])
			found(circles, "special_base", name, staysOf(province.id, province.successorId), active, random, make);
	}
	return circles;
}

/** Women who count in this roster's commune today. */
function activeOf(roster: Roster, today: Day): Woman[] {
	return roster.women.filter((woman) => woman.spells.length === 1 && holds((woman.spells[0] as Spell).counts, today));
}

/** Those of an age in which posts are given. */
function eldersOf(women: readonly Woman[]): Woman[] {
	return women.filter((woman) => woman.birth > "1966" && woman.birth < "1992" && joinedOf(woman) < CONGRESS);
}

function joinedOf(woman: Woman): Day {
	return (woman.spells[0] as Spell).life.joined;
}

function found(
	circles: Circles,
	kind: "club" | "special_base",
	name: string,
	stays: DemoUnit["stays"],
	active: readonly Woman[],
	random: Random,
	make: Making,
): void {
	const unit: DemoUnit = { id: make.newUnitId(), kind, name, stays };
	circles.units.push(unit);
	for (const woman of random.sample(active, random.integer(8, kind === "club" ? 22 : 60)))
		circles.affiliations.push({
			id: make.newId(),
			personId: woman.id,
			unitId: unit.id,
			since: addDays(joinedOf(woman), random.integer(0, 200)),
		});
}

function branchPosts(circles: Circles, roster: Roster, active: readonly Woman[], random: Random, make: Making): void {
	const byBranch = Map.groupBy(active, (woman) => woman.branch.id);
	for (const branch of roster.branches) {
		const own = byBranch.get(branch.id) ?? [];
		const able = eldersOf(own);
		const [head, deputy] = random.sample(able.length > 0 ? able : own, 2);
		const since = (woman: Woman) => (joinedOf(woman) > CONGRESS ? joinedOf(woman) : CONGRESS);
		if (head) circles.posts.push(postOf(head, branch.id, "branch_head", since(head), null, make));
		if (deputy) circles.posts.push(postOf(deputy, branch.id, "branch_deputy", since(deputy), null, make));
	}
}

function unionPosts(
	circles: Circles,
	unitId: number,
	able: readonly Woman[],
	term: { since: Day; until: Day | null },
	random: Random,
	make: Making,
): void {
	const chosen = random.sample(able, 5);
	chosen.forEach((woman, at) => {
		const post = at === 0 ? "chair" : at === 1 ? "deputy" : "committee";
		circles.posts.push(postOf(woman, unitId, post, term.since, term.until, make));
	});
}

function postOf(woman: Woman, unitId: number, post: Post["post"], since: Day, until: Day | null, make: Making): Post {
	return { id: make.newId(), personId: woman.id, unitId, post, since, until };
}
