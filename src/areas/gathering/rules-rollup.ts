import type { UnitKind } from "../units/contract.ts";
import type { Parts } from "./contract.ts";
import { type Level, levelOf, type Sum } from "./rules.ts";

/** What calc.gathering answers: a unit's own figures and what it stands under; without id, the communes of a district together. */
export interface PlaceFigures extends Parts {
	unit_id: number | null;
	kind: UnitKind;
	code: string | null;
	name: string;
	parent_id: number | null;
	district_id: number | null;
	province_id: number | null;
	/** Its place in the country's table. */
	place: number;
	/** Whether the caller may read this unit's row. */
	visible: boolean;
	women18: number | null;
	without_denominator: number;
	/** Parted by shares, under the map of another day. */
	estimated: boolean;
}

/** An emulation cluster and its provinces on a day: a relation beside the tree. */
export interface ClusterUnit {
	id: number;
	code: string | null;
	name: string;
	parentId: number | null;
	provinceIds: readonly number[];
}

/** The sums under way, by unit. */
type Totals = Map<number, Sum>;

/**
 * The rows of some levels, each the sum of all that stands below it and its own figures (R6), in the order of their places, clusters
 * before them. Only what is visible has a row; everything counts in the sums above it.
 */
export function rollUp(
	places: readonly PlaceFigures[],
	clusters: readonly ClusterUnit[],
	levels: readonly Level[],
): Sum[] {
	const wanted = new Set(levels);
	const totals: Totals = new Map();
	const rows: Sum[] = clusters.map(({ id, code, name, parentId }) =>
		opened(totals, { ...NOTHING, id, code, name, kind: "cluster", parentId }),
	);
	const clusterOf = new Map(clusters.flatMap(({ id, provinceIds }) => provinceIds.map((province) => [province, id])));
	for (const place of places) {
		const level = levelOf(place.kind);
		if (level === null || level === "commune" || !place.visible || !wanted.has(level)) continue;
		opened(totals, emptySum(place));
	}
	const centre = places.find(({ kind }) => kind === "centre")?.unit_id;
	for (const place of inOrder(places)) {
		addTo(totals, place.district_id, place);
		addTo(totals, place.province_id, place);
		if (place.province_id !== null) addTo(totals, clusterOf.get(place.province_id), place);
		addTo(totals, centre, place);
		if (place.unit_id === null || !place.visible) continue;
		const total = totals.get(place.unit_id);
		if (total) rows.push(total);
		else if (wanted.has("commune") && levelOf(place.kind) === "commune") rows.push(ownSum(place));
	}
	return rows;
}

/** By place; the numbers are small and no two are the same, so each is put where it belongs. */
function inOrder(places: readonly PlaceFigures[]): PlaceFigures[] {
	const ordered: PlaceFigures[] = [];
	for (const place of places) ordered[place.place] = place;
	return ordered.filter(() => true);
}

const NOTHING = { women18: null, without: 0, estimated: false } as const;

function opened(totals: Totals, sum: Omit<Sum, "parts">): Sum {
	const total = {
		...sum,
		parts: {
			roster: 0,
			unlisted: 0,
			trade_union: 0,
			armed_forces: 0,
			member_organisation: 0,
			upper_club: 0,
			overlap: 0,
		},
	};
	totals.set(total.id, total);
	return total;
}

function emptySum({ unit_id, code, name, kind, parent_id }: PlaceFigures): Omit<Sum, "parts"> {
	return { ...NOTHING, id: unit_id as number, code, name, kind, parentId: parent_id };
}

function ownSum(place: PlaceFigures): Sum {
	const { unit_id, code, name, kind, parent_id, women18, without_denominator: without, estimated } = place;
	const { roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap } = place;
	return {
		id: unit_id as number,
		code,
		name,
		kind,
		parentId: parent_id,
		women18,
		without,
		estimated,
		parts: { roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap },
	};
}

function addTo(totals: Totals, id: number | null | undefined, place: PlaceFigures): void {
	const total = id === null || id === undefined ? undefined : totals.get(id);
	if (!total) return;
	if (place.women18 !== null) total.women18 = (total.women18 ?? 0) + place.women18;
	total.without += place.without_denominator;
	total.estimated ||= place.estimated;
	const { parts } = total;
	parts.roster += place.roster;
	parts.unlisted += place.unlisted;
	parts.trade_union += place.trade_union;
	parts.armed_forces += place.armed_forces;
	parts.member_organisation += place.member_organisation;
	parts.upper_club += place.upper_club;
	parts.overlap += place.overlap;
}
