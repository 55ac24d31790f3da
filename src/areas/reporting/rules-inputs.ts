import type { Figures } from "./rules-figures.ts";

/** What the database packs: see calc.report_inputs. */
const MEMBER_BYTES = 20;
const MOVE_BYTES = 18;
const ID_BYTES = 16;

const AGES = ["age_unknown", "age_under_18", "age_18_30", "age_31_49", "age_50_up", "age_over_110"] as const;
const PEOPLES = ["people_unknown", "people_kinh", "people_minority"] as const;
const RELIGIONS = ["religion_unknown", "religion_none", "religion_some"] as const;
const PARTY = ["party_unknown", "party_no", "party_yes"] as const;
const TRADES = [
	"trade_unknown",
	"trade_farmer",
	"trade_worker",
	"trade_trader",
	"trade_entrepreneur",
	"trade_official",
	"trade_student",
	"trade_home",
	"trade_retired",
	"trade_other",
] as const;

/** The kind of a move: admitted in the period (calc.moves_reported). */
const ADMITTED = 1;

/** Which count a coming or going belongs to, and with which sign it stands there. */
const MOVES: Record<number, readonly [key: string, sign: 1 | -1]> = {
	1: ["admitted", 1],
	2: ["moved_in", 1],
	3: ["reorganised", 1],
	4: ["other", 1],
	[-1]: ["moved_out", 1],
	[-2]: ["dead", 1],
	[-3]: ["left", 1],
	[-4]: ["reorganised", -1],
	[-5]: ["other", -1],
};

/** How many members are in each class of each structure, by the packed rows of calc.report_inputs. */
export function structureOf(packed: Uint8Array): Figures {
	const counts: Record<string, number> = {};
	for (const key of [...AGES, ...PEOPLES, ...RELIGIONS, ...PARTY, ...TRADES]) counts[key] = 0;
	eachMember(packed, (code) => {
		counts[AGES[code & 7] as string] += 1;
		counts[PEOPLES[(code >> 3) & 3] as string] += 1;
		counts[RELIGIONS[(code >> 5) & 3] as string] += 1;
		counts[PARTY[(code >> 7) & 3] as string] += 1;
		counts[TRADES[code >> 9] as string] += 1;
	});
	return counts;
}

/** Goes through the classes of packed members. */
export function eachMember(packed: Uint8Array, visit: (code: number) => void): void {
	const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
	for (let at = ID_BYTES; at < packed.byteLength; at += MEMBER_BYTES) visit(view.getInt32(at));
}

/** Who was admitted in a period: when each membership was written down, where its id tells (UUID version 7), and the ids, 16 bytes each. */
export interface Admitted {
	count: number;
	madeAt: number[];
	ids: Uint8Array;
}

/** Read out of packed moves without an object a move: a reorganisation moves millions. */
export function admittedIn(packed: Uint8Array): Admitted {
	const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
	const madeAt: number[] = [];
	const found: number[] = [];
	for (let at = 0; at < packed.byteLength; at += MOVE_BYTES) {
		if (view.getInt16(at + ID_BYTES) !== ADMITTED) continue;
		found.push(at);
		if (view.getUint8(at + 6) >> 4 === 7) madeAt.push(view.getUint32(at) * 0x1_0000 + view.getUint16(at + 4));
	}
	const ids = new Uint8Array(found.length * ID_BYTES);
	for (const [nth, at] of found.entries()) ids.set(packed.subarray(at, at + ID_BYTES), nth * ID_BYTES);
	return { count: found.length, madeAt, ids };
}

/** The comings and goings of the period by kind; losses are positive numbers where their name says that they are losses. */
export function movementOf(
	packed: Uint8Array,
): Record<"admitted" | "moved_in" | "moved_out" | "dead" | "left" | "reorganised" | "other", number> {
	const counts = { admitted: 0, moved_in: 0, moved_out: 0, dead: 0, left: 0, reorganised: 0, other: 0 };
	const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
	for (let at = ID_BYTES; at < packed.byteLength; at += MOVE_BYTES) {
		const [key, sign] = MOVES[view.getInt16(at)] as readonly [keyof typeof counts, 1 | -1];
		counts[key] += sign;
	}
	return counts;
}

/** Opening and what came, less what went: the closing of a movement table, which must be what the ledger has. */
export function closingOf(movement: Figures): number {
	const of = (key: string) => movement[key] ?? 0;
	return (
		of("opening") +
		of("admitted") +
		of("moved_in") -
		of("moved_out") -
		of("dead") -
		of("left") +
		of("reorganised") +
		of("other") +
		of("unnamed")
	);
}

/** The head of inputs and their packed rows in one piece: its length in four bytes, the head, the members' length, members, moves. */
export function joinInputs(head: Uint8Array, members: Uint8Array, moves: Uint8Array): Uint8Array {
	const whole = new Uint8Array(8 + head.length + members.length + moves.length);
	const view = new DataView(whole.buffer);
	view.setUint32(0, head.length);
	view.setUint32(4, members.length);
	whole.set(head, 8);
	whole.set(members, 8 + head.length);
	whole.set(moves, 8 + head.length + members.length);
	return whole;
}

/** The inverse of {@link joinInputs}. */
export function partInputs(whole: Uint8Array): { head: Uint8Array; members: Uint8Array; moves: Uint8Array } {
	const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
	const members = 8 + view.getUint32(0);
	const moves = members + view.getUint32(4);
	return { head: whole.subarray(8, members), members: whole.subarray(members, moves), moves: whole.subarray(moves) };
}
