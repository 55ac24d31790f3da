import { missingToPass } from "../../core/rate.ts";
import { followRoadMap, type Milestone, type Way } from "./rules.ts";

/** What a case holds beside its head. */
export interface CaseParts {
	causes: { cause: string; weight: number; evidence: string }[];
	groups: { group: string; women: number | null; note: string }[];
	milestones: (Milestone & { note: string; recomputed: boolean })[];
	solutions: {
		id: string;
		solution: string;
		cause: string | null;
		begunOn: string;
		endedOn: string | null;
		responsible: string;
		note: string;
	}[];
	resources: { id: string; words: string; source: string; amount: number | null; onDay: string | null }[];
	partners: { partner: string; task: string }[];
}

/**
 * The cases of several communes as one, for the commune that stands in their place (R38): the heavier weight of a cause, the women of a group
 * together, everything said kept. The road map is another matter: {@link remapped}.
 */
export function mergedParts(all: readonly CaseParts[]): CaseParts {
	return {
		causes: together(
			all.flatMap(({ causes }) => causes),
			({ cause }) => cause,
			(a, b) => ({ ...a, weight: Math.max(a.weight, b.weight), evidence: joined(a.evidence, b.evidence) }),
		),
		groups: together(
			all.flatMap(({ groups }) => groups),
			({ group }) => group,
			(a, b) => ({
				...a,
				women: a.women === null ? b.women : a.women + (b.women ?? 0),
				note: joined(a.note, b.note),
			}),
		),
		milestones: all.flatMap(({ milestones }) => milestones),
		solutions: all.flatMap(({ solutions }) => solutions),
		resources: all.flatMap(({ resources }) => resources),
		partners: together(
			all.flatMap(({ partners }) => partners),
			({ partner }) => partner,
			(a, b) => ({ ...a, task: joined(a.task, b.task) }),
		),
	};
}

function together<Row>(rows: readonly Row[], keyOf: (row: Row) => string, join: (a: Row, b: Row) => Row): Row[] {
	const found = new Map<string, Row>();
	for (const row of rows) {
		const key = keyOf(row);
		const before = found.get(key);
		found.set(key, before === undefined ? row : join(before, row));
	}
	return [...found.values()];
}

function joined(a: string, b: string): string {
	return [...new Set([a, b].filter(Boolean))].join("\n").slice(0, 1000);
}

/** What a road map was drawn from, and its milestones. */
export interface Drawn {
	members: number | null;
	women18: number | null;
	milestones: CaseParts["milestones"];
}

/**
 * The road map as it is to be read today: as it was drawn where it is one commune's and its women aged 18 and over are what they were; else
 * worked out anew for what the commune needs now, and marked so. `members`: the commune's on the day of the reorganisation.
 */
export function remapped(
	drawn: readonly Drawn[],
	now: { carried: boolean; members: number; women18: number | null },
): CaseParts["milestones"] {
	const [only] = drawn;
	if (only && drawn.length === 1 && !now.carried && (only.women18 === null || only.women18 === now.women18))
		return only.milestones;
	if (now.women18 === null) return drawn.flatMap(({ milestones }) => milestones).map(marked);
	const ways = drawn.map(({ members, women18, milestones }): Way => {
		const from = members ?? milestones[0]?.members ?? 0;
		return {
			from,
			need: women18 === null ? (milestones.at(-1)?.members ?? from) : from + missingToPass(from, women18),
			milestones,
		};
	});
	const to = { members: now.members, need: now.members + missingToPass(now.members, now.women18) };
	return followRoadMap(ways, to).map((one) => marked({ ...one, note: "" }));
}

function marked(one: Milestone & { note: string }) {
	return { ...one, recomputed: true };
}
