import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit, type UnitRef } from "../units/store-reading.ts";
import type { MemberStatus } from "./contract-member.ts";
import { type Residence, residenceOn } from "./rules.ts";
import { writeBirth } from "./rules-person.ts";
import { openListed } from "./store-list.ts";
import { requireVerbAt } from "./store-person-row.ts";

/** A list that leaves the program: as members.list takes it. */
export type ExportInput = UnitRef & { all?: boolean; leafId?: number; status?: MemberStatus[] };

/** A line of it, whole numbers included. */
export interface ExportRow {
	spellId: string;
	name: string;
	birth: string | null;
	/** The whole number, a CCCD before a CMND; null where none is known. */
	nationalId: string | null;
	phone: string;
	address: string;
	occupation: string;
	note: string;
	introducerName: string;
	leafId: number;
	joined: Day;
	left: Day | null;
	leaveReason: string | null;
	residence: Residence["kind"] | null;
	residenceStart: Day | null;
}

/** Lines read at a time; a page's worth is all of a list that is ever held. */
const PAGE = 1000;
/** A sheet of a workbook has 1 048 576 rows. */
export const MOST_EXPORTED = 1_000_000;

/** Whether she may export a unit's list, and the row in the log that she does: kept even where she gives up halfway. */
export async function noteExport(work: Work, input: ExportInput): Promise<void> {
	const unit = await requireUnit(work, input);
	await requireVerbAt(work, "members.export", unit.id);
	await work.audit({ action: "members.export", unitId: unit.id, detail: { on: input.on ?? work.today } });
}

/**
 * Every line of a unit's list in order, whole numbers included, a page at a time for as long as someone takes them. Reads in many
 * steps, so it wants the one moment of asReader; {@link noteExport} comes before. Needs `members.export` over the unit. Throws
 * `export.too_long` where a workbook could not hold it.
 */
export async function* exportMembers(work: Work, input: ExportInput): AsyncGenerator<ExportRow[]> {
	const unit = await requireUnit(work, input);
	await requireVerbAt(work, "members.export", unit.id);
	const on = input.on ?? work.today;
	const status = input.status && input.status.length > 0 ? input.status : undefined;
	const listed = await openListed(work, unit, { ...input, status, all: input.all ?? false }, on);
	if (await listed.isLongerThan(MOST_EXPORTED))
		throw new Problem(
			"export.too_long",
			422,
			"Danh sách có hơn 1.000.000 dòng, một tệp Excel không chứa hết. Hãy chọn từng xã, phường hoặc từng tỉnh rồi xuất.",
			{ field: "unitId" },
		);
	for (;;) {
		const spellIds = await listed.next(PAGE);
		if (spellIds.length === 0) return;
		yield await readExported(work, spellIds, on);
	}
}

interface RawExported {
	spell_id: string;
	full_name: string;
	birth: Day | null;
	birth_precision: string;
	phone: string;
	address: string;
	occupation: string;
	note: string;
	introducer_name: string;
	leaf_id: number;
	joined: Day;
	left_on: Day | null;
	leave_reason: string | null;
	residences: Residence[];
	cipher: Buffer | null;
}

async function readExported(work: Work, spellIds: readonly string[], on: Day): Promise<ExportRow[]> {
	const { rows } = await sql<RawExported>`select * from calc.export_members(${spellIds}::uuid[])`.execute(work.db);
	return rows.map((row) => {
		const residence = residenceOn(row.residences, on) ?? row.residences.at(-1);
		return {
			spellId: row.spell_id,
			name: row.full_name,
			birth: writeBirth(row.birth, row.birth_precision),
			nationalId: row.cipher && work.vault.open(row.cipher).toString("utf8"),
			phone: row.phone,
			address: row.address,
			occupation: row.occupation,
			note: row.note,
			introducerName: row.introducer_name,
			leafId: row.leaf_id,
			joined: row.joined,
			left: row.left_on,
			leaveReason: row.leave_reason,
			residence: residence?.kind ?? null,
			residenceStart: residence?.start ?? null,
		};
	});
}
