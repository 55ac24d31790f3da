import { sql } from "kysely";
import { displayDay } from "../../core/day.ts";
import { classOf, rateText } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import type { Conflict, DryRun, DryRunUnit } from "./contract.ts";
import { classMoves, withoutDenominator } from "./rules-dry-run.ts";
import { conflictsNow, readChanges, requireReorganisation } from "./store-reading.ts";

/** Who went to whom, whole or in part. */
type Link = [predecessorId: number, successorId: number, part: "full" | "partial"];

type Picture = Record<
	string,
	[
		code: string | null,
		name: string,
		provinceId: number | null,
		women18: number | null,
		members: number,
		target: number | null,
		targetEstimated: boolean | null,
	]
>;

/** What a reorganisation would do to the figures of its day. It is carried out and taken back inside the database: nothing stays. */
export async function dryRun(work: Work, input: { id: string }): Promise<DryRun> {
	const head = await requireReorganisation(work, input.id);
	const conflicts = await conflictsNow(work, head.on, await readChanges(work, input.id));
	if (conflicts.some((one) => one.level === "error"))
		return { before: NOTHING, after: NOTHING, units: [], classChanges: 0, accounts: NOBODY, conflicts };
	const { rows } = await sql<{
		before: Picture;
		after: Picture;
		links: Link[];
		homeless: { unitId: number; name: string; members: number }[];
		accounts: Partial<DryRun["accounts"]>;
	}>`
		select before, after, links, homeless, calc.moving_accounts(${input.id}) as accounts from calc.try_reorganisation(${input.id})`.execute(
		work.db,
	);
	const [{ before, after, links, homeless, accounts }] = rows;
	const provinces = await namesOf(
		work,
		[...Object.values(before), ...Object.values(after)].flatMap(([, , id]) => id ?? []),
	);
	const units = changedUnits(before, after, links, (row) => figuresOf(row, provinces));
	return {
		before: totalsOf(before),
		after: totalsOf(after),
		units,
		classChanges: new Set(classMoves(units).map(({ from }) => from)).size,
		accounts: { ...NOBODY, ...accounts },
		conflicts: [
			...conflicts,
			...withoutDenominator(units),
			...homeless.map(
				(leaf): Conflict => ({
					level: leaf.members > 0 ? "error" : "warning",
					code: "branch.homeless",
					text: `${leaf.name} không còn thuộc đơn vị nào từ ngày ${displayDay(head.on)} (${leaf.members} hội viên).`,
					row: null,
				}),
			),
		],
	};
}

/** The units whose figures differ, each with where its women come from. New units have no id that stays: they are named by their place. */
function changedUnits(
	before: Picture,
	after: Picture,
	links: readonly Link[],
	told: (row: Picture[string] | undefined) => DryRunUnit["before"],
): DryRunUnit[] {
	const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
		(id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
	);
	const places = new Map(ids.map((id, at) => [Number(id), at]));
	const into = Map.groupBy(links, ([, successor]) => successor);
	return ids.map((id, at) => {
		const from = (into.get(Number(id)) ?? []).flatMap(([predecessor, , part]) => {
			const place = places.get(predecessor);
			return place === undefined ? [] : [{ at: place, part }];
		});
		const itself = id in before && id in after ? [{ at, part: "full" as const }] : [];
		return {
			unitId: id in before ? Number(id) : null,
			before: told(before[id]),
			after: told(after[id]),
			from: [...itself, ...from],
		};
	});
}

const NOBODY = { succeeded: 0, parted: 0, ended: 0, widened: 0 };
const NOTHING = { communes: 0, women18: 0, members: 0, target: 0, under: 0, over: 0 };

function figuresOf(row: Picture[string] | undefined, provinces: Map<number, string>) {
	if (!row) return null;
	const [code, name, provinceId, women18, members, target, targetEstimated] = row;
	const divides = women18 !== null && women18 > 0 && code !== null;
	return {
		code,
		name,
		province: provinces.get(provinceId ?? 0) ?? "",
		women18,
		members,
		rate: divides ? rateText(members, women18) : null,
		class: divides ? classOf(members, women18) : null,
		target,
		targetEstimated: targetEstimated ?? false,
	};
}

function totalsOf(picture: Picture) {
	const totals = { ...NOTHING };
	for (const [code, , , women18, members, target] of Object.values(picture)) {
		totals.communes += code === null ? 0 : 1;
		totals.women18 += women18 ?? 0;
		totals.members += members;
		totals.target += target ?? 0;
		if (code === null || !women18) continue;
		const cls = classOf(members, women18);
		if (cls === "under") totals.under += 1;
		if (cls === "over") totals.over += 1;
	}
	return totals;
}

async function namesOf(work: Work, ids: number[]): Promise<Map<number, string>> {
	const { rows } = await sql<{
		id: number;
		name: string;
	}>`select u as id, calc.unit_name(u, ${work.today}::date) as name
		from unnest(${[...new Set(ids)]}::integer[]) u`.execute(work.db);
	return new Map(rows.map((row) => [row.id, row.name]));
}
