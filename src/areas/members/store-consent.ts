import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { MembersInput } from "./contract.ts";
import { giveConsent } from "./store-insert.ts";
import { auditPerson, communeOfPerson } from "./store-person-row.ts";

/** Records consent of one woman or of all on a signed list (R9). All or none. */
export async function recordConsent(work: Work, input: MembersInput<"giveConsent">) {
	if (input.givenOn > work.today)
		throw new Problem("consent.future", 422, "Ngày đồng ý không được ở tương lai.", { field: "givenOn" });
	const personIds = [...new Set(input.personIds)];
	const { rows } = await sql<{
		n: number;
	}>`select count(*) as n from app.person where id = any(${personIds}::uuid[])`.execute(work.db);
	if (rows[0].n !== personIds.length)
		throw new Problem("member.not_found", 404, "Có hội viên không thuộc các đơn vị chị được xem.");
	await giveConsent(work, personIds, input);
	for (const personId of personIds)
		await auditPerson(work, "members.giveConsent", personId, await communeOfPerson(work, personId), {
			purpose: input.purpose,
		});
	return { given: personIds.length };
}

/** From this day her consent to the purpose no longer holds; what was given stays on record. */
export async function withdrawConsent(work: Work, input: MembersInput<"withdrawConsent">) {
	const { numAffectedRows } = await sql`update app.consent set withdrawn_on = ${input.on}::date
		where person_id = ${input.personId} and purpose = ${input.purpose} and withdrawn_on is null`.execute(work.db);
	await auditPerson(work, "members.withdrawConsent", input.personId, await communeOfPerson(work, input.personId), {
		purpose: input.purpose,
	});
	return { withdrawn: Number(numAffectedRows ?? 0n) };
}
