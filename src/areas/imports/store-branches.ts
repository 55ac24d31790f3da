import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { cleanText, searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { branchKey } from "../members/rules-roster-branch.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import type { RosterPlace } from "./store-matching.ts";

interface Branch {
	id: number;
	kind: "branch" | "group";
	name: string;
	parentId: number;
}

/** The branches and groups of a commune, found by their names however they are written. */
export interface BranchMap {
	/** The branch and group a leaf is; both "" for the commune itself. */
	nameOf(leafId: number): { branch: string; group: string };
	/** Where a row's member belongs; null where that branch or group does not stand yet. */
	leafOf(fields: Pick<RosterFields, "branch" | "group">): number | null;
}

/** A group without a branch is taken as a branch: nothing she wrote is lost. */
function placeOf({ branch, group }: Pick<RosterFields, "branch" | "group">): { branch: string; group: string } {
	return branch === "" && group !== "" ? { branch: group, group: "" } : { branch, group };
}

/** The branches and groups that stand under the commune on the day. */
export async function findBranches(work: Work, place: { unitId: number; asOf: Day }): Promise<BranchMap> {
	const { rows } = await sql<Branch>`
		select u.id, u.kind, s.name, s.parent_id as "parentId"
		from calc.roster_leaves(${place.unitId}, ${place.asOf}::date) l
		join app.unit u on u.id = l and u.kind in ('branch', 'group')
		join app.unit_spell s on s.unit_id = u.id and s.during @> ${place.asOf}::date order by u.id`.execute(work.db);
	return branchMap(place.unitId, rows);
}

function branchMap(communeId: number, branches: readonly Branch[]): BranchMap {
	const byId = new Map(branches.map((branch) => [branch.id, branch]));
	const byKey = new Map<string, number>();
	for (const branch of branches) {
		const key =
			branch.kind === "branch" ? branchKey(branch.name) : groupKey(byId.get(branch.parentId)?.name ?? "", branch.name);
		if (!byKey.has(key)) byKey.set(key, branch.id);
	}
	const remembered = new Map<string, number | null>();
	return {
		nameOf(leafId) {
			const leaf = byId.get(leafId);
			if (!leaf) return { branch: "", group: "" };
			return leaf.kind === "branch"
				? { branch: leaf.name, group: "" }
				: { branch: byId.get(leaf.parentId)?.name ?? "", group: leaf.name };
		},
		leafOf(fields) {
			const { branch, group } = placeOf(fields);
			if (branch === "") return communeId;
			const written = `${branch}\n${group}`;
			let leaf = remembered.get(written);
			if (leaf === undefined) {
				leaf = byKey.get(group === "" ? branchKey(branch) : groupKey(branch, group)) ?? null;
				remembered.set(written, leaf);
			}
			return leaf;
		},
	};
}

function groupKey(branch: string, group: string): string {
	return `${branchKey(branch)}\n${searchKey(group)}`;
}

/** Collects the branches and groups that rows need and that do not stand yet. */
export interface MissingBranches {
	add(row: Pick<RosterFields, "branch" | "group">): void;
	/** Each once, as first written. */
	names(): { branch: string; group: string }[];
}

/** Nothing missing so far, of what stands in a commune. */
export function missingBranches(map: BranchMap): MissingBranches {
	const missing = new Map<string, { branch: string; group: string }>();
	return {
		add(row) {
			if (map.leafOf(row) !== null) return;
			const { branch, group } = placeOf(row);
			const key = group === "" ? branchKey(branch) : groupKey(branch, group);
			if (!missing.has(key)) missing.set(key, { branch: cleanText(branch), group: cleanText(group) });
		},
		names: () => [...missing.values()],
	};
}

/** Makes what {@link missingBranches} names, branches before their groups, and answers the map with them in it. */
export async function addMissingBranches(
	work: Work,
	place: RosterPlace,
	rows: readonly Pick<RosterFields, "branch" | "group">[],
	map: BranchMap,
): Promise<BranchMap> {
	const found = missingBranches(map);
	for (const row of rows) found.add(row);
	const missing = found.names();
	if (missing.length === 0) return map;
	const branches = missing.filter(({ branch }) => map.leafOf({ branch, group: "" }) === null);
	const names = [...new Map(branches.map(({ branch }) => [branchKey(branch), branch])).values()];
	await addUnits(work, place, place.unitId, "branch", names);
	const withBranches = await findBranches(work, place);
	const groups = Map.groupBy(
		missing.filter(({ group }) => group !== ""),
		({ branch }) => withBranches.leafOf({ branch, group: "" }) as number,
	);
	for (const [branchId, wanted] of groups)
		await addUnits(
			work,
			place,
			branchId,
			"group",
			wanted.map(({ group }) => group),
		);
	return groups.size > 0 ? findBranches(work, place) : withBranches;
}

async function addUnits(
	work: Work,
	place: RosterPlace,
	parentId: number,
	kind: "branch" | "group",
	names: string[],
): Promise<void> {
	if (names.length === 0) return;
	await sql`select from calc.add_branches(${place.importId}::uuid, ${parentId}, ${kind}, ${names}::text[], ${names.map(searchKey)}::text[])`.execute(
		work.db,
	);
	await work.audit({ action: "imports.addBranches", unitId: place.unitId, detail: { kind, added: names.length } });
}
