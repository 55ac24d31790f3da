import type { TestDatabase } from "../../../test/kit.ts";
import { uuidv7 } from "../../core/id.ts";
import { OPERATOR_ID } from "../../db/actor.ts";

/**
 * A synthetic member put in as rows: her leaf, when she joined, and the periods she counts, as PostgreSQL's text. They must be those
 * R2 gives, or verify finds them. Where nothing is said of her residence, it is permanent.
 */
export interface RawMember {
	leafId: number;
	joined: string;
	counts: string;
	left?: string;
	reason?: string;
	stage?: "proposed" | "recognised";
	honorary?: boolean;
	residence?: { kind: "permanent" | "temporary"; start: string | null };
	personId?: string;
	importId?: string;
}

/** Writes members below the stores and posts them to the ledger, so that tests of rates need no rules of counting. */
export async function putMembers(
	database: TestDatabase,
	members: RawMember[],
): Promise<{ personId: string; spellId: string }[]> {
	const made: { personId: string; spellId: string }[] = [];
	const { owner } = database;
	for (const member of members) {
		const residence = member.residence ?? { kind: "permanent", start: null };
		const personId = member.personId ?? uuidv7();
		const spellId = uuidv7();
		await owner.query("insert into app.person_name values ('x') on conflict do nothing");
		if (!member.personId)
			await owner.query(
				`insert into app.person (id, full_name, search_key, identity_key, sort_key, honorary, created_by)
				values ($1, 'Nguyễn Thị Thử', 'nguyen thi thu', 'x', 'x', $2, $3)`,
				[personId, member.honorary ?? false, OPERATOR_ID],
			);
		await owner.query("update app.spell set counting_order = 1 where person_id = $1 and counting_order = 0", [
			personId,
		]);
		await owner.query(
			`insert into app.spell (id, person_id, sort_key, leaf_id, stage, joined, left_on, leave_reason, counts, counting_order, import_id)
				values ($1, $2, (select sort_key from app.person where id = $2), $3, $4, $5, $6, $7, $8,
					case when $8 <> '{}'::datemultirange then (select coalesce(max(counting_order) + 1, 0) from app.spell where person_id = $2) end, $9)`,
			[
				spellId,
				personId,
				member.leafId,
				member.stage ?? "recognised",
				member.joined,
				member.left ?? null,
				member.left ? (member.reason ?? "resigned") : null,
				member.counts,
				member.importId ?? null,
			],
		);
		await owner.query("insert into app.residence (id, spell_id, kind, start) values ($1, $2, $3, $4)", [
			uuidv7(),
			spellId,
			residence.kind,
			residence.start,
		]);
		made.push({ personId, spellId });
	}
	await owner.query("select calc.post_spells($1, 1)", [made.map((one) => one.spellId)]);
	return made;
}
