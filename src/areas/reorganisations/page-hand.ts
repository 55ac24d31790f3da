import type { UnitChoice } from "../../ui/UnitPicker.tsx";
import type { Unit } from "../units/contract.ts";
import type { Change } from "./contract.ts";

/** Where something goes: a unit that stands, one this draft makes already, or one that is made with it. */
export interface Destination {
	way: "standing" | "made" | "new";
	standing: UnitChoice | null;
	made: string;
	kind: "commune" | "province";
	code: string;
	name: string;
	parent: UnitChoice | null;
}

export const NOWHERE: Destination = {
	way: "new",
	standing: null,
	made: "",
	kind: "commune",
	code: "",
	name: "",
	parent: null,
};

/** Whether all is there that the way chosen needs. */
export function isChosen(to: Destination): boolean {
	if (to.way === "standing") return to.standing !== null;
	if (to.way === "made") return to.made !== "";
	return to.code.trim() !== "" && to.name.trim() !== "" && (to.kind === "province" || to.parent !== null);
}

/** The change that makes the unit, where one is made, and how others name it. A province stands under what the draft is about. */
export function destinationChanges(
	to: Destination,
	aboutId: number,
): { changes: Change[]; end: { unitId?: number; key?: string } } {
	if (to.way === "standing") return { changes: [], end: { unitId: Number(to.standing?.id) } };
	if (to.way === "made") return { changes: [], end: { key: to.made } };
	const key = `new:${to.code.trim()}`;
	const parent = { unitId: to.kind === "province" ? aboutId : Number(to.parent?.id) };
	return {
		changes: [{ kind: "create", key, unitKind: to.kind, code: to.code.trim(), name: to.name.trim(), parent }],
		end: { key },
	};
}

/** One part of a unit that is parted: where it goes, and its declared share as typed ("3/7", "40%"; empty: none). */
export interface Part {
	id: number;
	to: Destination;
	share: string;
}

let parts = 0;

export function newPart(): Part {
	parts += 1;
	return { id: parts, to: NOWHERE, share: "" };
}

/** A share as typed: undefined where none is, null where it cannot be read. */
export function shareOf(text: string): { numerator: number; denominator: number } | undefined | null {
	const word = text.trim();
	if (word === "") return undefined;
	const [, numerator, denominator] = /^(\d{1,9})\/(\d{1,9})$/.exec(word) ?? /^(\d{1,3})(%)$/.exec(word) ?? [];
	if (numerator === undefined) return null;
	const share = { numerator: Number(numerator), denominator: denominator === "%" ? 100 : Number(denominator) };
	return share.denominator > 0 && share.numerator <= share.denominator ? share : null;
}

/** At least two parts, each with a place to go to; shares for all or none, and then with the document that declares them. */
export function partsReady(all: readonly Part[], document: string): boolean {
	const shares = all.map((part) => shareOf(part.share));
	const declared = shares.filter((share) => share !== undefined).length;
	return (
		all.length >= 2 &&
		all.every((part) => isChosen(part.to)) &&
		shares.every((share) => share !== null) &&
		(declared === 0 || (declared === all.length && document.trim() !== ""))
	);
}

/** The changes of a parting: new units first, then each part. */
export function partChanges(unitId: number, all: readonly Part[], document: string, aboutId: number): Change[] {
	const made = all.map((part) => destinationChanges(part.to, aboutId));
	return [
		...made.flatMap(({ changes }) => changes),
		...all.map((part, at): Change => {
			const share = shareOf(part.share) ?? undefined;
			return {
				kind: "succeed",
				unitId,
				successor: made[at].end,
				part: "partial",
				share,
				document: share ? document.trim() : "",
			};
		}),
	];
}

/** Every district at or below a unit ends, and what stood under it goes under the province the district stood under. */
export function levelEnds(units: readonly Pick<Unit, "id" | "kind" | "parentId">[], topId: number): Change[] {
	const byId = new Map(units.map((unit) => [unit.id, unit]));
	const isBelow = (id: number | null): boolean =>
		id !== null && (id === topId || isBelow(byId.get(id)?.parentId ?? null));
	const districts = new Map(
		units
			.filter((unit) => unit.kind === "district" && (isBelow(unit.id) || !byId.has(topId)))
			.map((unit) => [unit.id, unit]),
	);
	return [
		...units.flatMap((unit): Change[] => {
			const district = unit.parentId === null ? undefined : districts.get(unit.parentId);
			if (!district || district.parentId === null) return [];
			return [{ kind: "change", unitId: unit.id, parent: { unitId: district.parentId } }];
		}),
		...[...districts.keys()].map((unitId): Change => ({ kind: "end", unitId })),
	];
}
