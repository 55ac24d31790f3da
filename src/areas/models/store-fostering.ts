import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Fostering } from "./contract-together.ts";
import type { FosteredPost } from "./rules.ts";
import { requirePeople } from "./store-pairs.ts";
import {
	type Asked,
	about,
	denied,
	gone,
	homeJoin,
	named,
	placeOfRow,
	placesOf,
	refuseAhead,
	requireMay,
	stale,
	topOf,
} from "./store-places.ts";

interface Steps {
	post: FosteredPost;
	fostererPersonId: string | null;
	fostererWords: string;
	proposedOn: Day;
	fosteredOn: Day | null;
	introducedOn: Day | null;
	admittedOn: Day | null;
	endedOn: Day | null;
	note: string;
}

const NAME = (column: string) => sql`(select coalesce(k.full_name, p.full_name) from app.person p
	left join app.person k on k.id = p.merged_into where p.id = ${sql.ref(column)})`;

const COLUMNS = (
	on: Day,
) => sql`r.id, ${named(on)}, r.person_id as "personId", coalesce(${NAME("r.person_id")}, '') as name, r.post,
	r.fosterer_person_id as "fostererPersonId", coalesce(${NAME("r.fosterer_person_id")}, r.fosterer_words) as fosterer,
	r.fosterer_words as "fostererWords", r.proposed_on::text as "proposedOn", r.fostered_on::text as "fosteredOn",
	r.introduced_on::text as "introducedOn", r.admitted_on::text as "admittedOn", r.ended_on::text as "endedOn", r.note, r.version,
	(select calc.sees_all('members.sensitive')) or r.unit_id in (select calc.my_units('members.sensitive')) as "mayChange"`;

/** Who is fostered toward the Party in a unit (R25): sensitive by law, so that reading it leaves a row in the log, as a person's own does. */
export async function listFostering(work: Work, input: Asked & { limit: number; offset: number }) {
	const asked = await about(work, input, "members.sensitive");
	const { unit, on } = asked;
	const { rows } = await sql<Fostering>`select ${COLUMNS(on)} from app.party_fostering r
		join ${placesOf(asked)} place on place.unit_id = r.unit_id ${homeJoin(on)}
		where r.proposed_on <= ${on}::date
		order by r.ended_on is not null, r.admitted_on is not null, r.proposed_on desc, r.id limit ${input.limit} offset ${input.offset}`.execute(
		work.db,
	);
	// An empty list tells nothing of anyone.
	if (rows.length > 0)
		await work.audit({ action: "together.fostering", unitId: unit.id, detail: { rows: rows.length } });
	return { unit: topOf(unit), on, rows, mayAdd: true };
}

/** Proposes a woman for fostering; one at a time for one woman. */
export async function addFostering(work: Work, input: Steps & { unitId: number; personId: string }) {
	checkSteps(work, input);
	await requireMay(work, "members.sensitive", input.unitId);
	await requirePeople(work, [input.personId, input.fostererPersonId]);
	const id = uuidv7();
	await sql`insert into app.party_fostering (id, unit_id, person_id, post, fosterer_person_id, fosterer_words, proposed_on, fostered_on,
			introduced_on, admitted_on, ended_on, note, recorded_by)
		values (${id}::uuid, ${input.unitId}, ${input.personId}::uuid, ${input.post}, ${input.fostererPersonId}::uuid, ${input.fostererWords},
			${input.proposedOn}::date, ${input.fosteredOn}::date, ${input.introducedOn}::date, ${input.admittedOn}::date, ${input.endedOn}::date,
			${input.note}, ${work.accountId}::uuid)`.execute(work.db);
	await work.audit({ action: "together.addFostering", unitId: input.unitId, subjectId: input.personId });
	return requireFostering(work, id);
}

/** Writes the next step, or that it was given up. */
export async function changeFostering(work: Work, input: Steps & { id: string; version: number }) {
	checkSteps(work, input);
	const { unitId, personId, mayChange } = await requireFostering(work, input.id);
	if (!mayChange) throw denied();
	await requirePeople(work, [input.fostererPersonId]);
	const { numAffectedRows } = await sql`update app.party_fostering set post = ${input.post},
			fosterer_person_id = ${input.fostererPersonId}::uuid, fosterer_words = ${input.fostererWords}, proposed_on = ${input.proposedOn}::date,
			fostered_on = ${input.fosteredOn}::date, introduced_on = ${input.introducedOn}::date, admitted_on = ${input.admittedOn}::date,
			ended_on = ${input.endedOn}::date, note = ${input.note}, version = version + 1
		where id = ${input.id}::uuid and version = ${input.version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({ action: "together.changeFostering", unitId, subjectId: personId });
	return requireFostering(work, input.id);
}

/** The steps follow each other and have come. */
function checkSteps(work: Work, steps: Steps): void {
	const days: [keyof Steps, Day | null][] = [
		["proposedOn", steps.proposedOn],
		["fosteredOn", steps.fosteredOn],
		["introducedOn", steps.introducedOn],
		["admittedOn", steps.admittedOn],
	];
	let last = steps.proposedOn;
	for (const [field, day] of days) {
		refuseAhead(day, work.today, field);
		if (day !== null && day < last)
			throw new Problem("fostering.dates", 422, "Các bước phải theo thứ tự: đề nghị, bồi dưỡng, giới thiệu, kết nạp.", {
				field,
			});
		last = day ?? last;
	}
	refuseAhead(steps.endedOn, work.today, "endedOn");
	if (steps.endedOn !== null && (steps.admittedOn !== null || steps.endedOn < last))
		throw new Problem(
			"fostering.ended",
			422,
			"Đã kết nạp thì không ghi thôi bồi dưỡng; ngày thôi phải sau các bước đã ghi.",
			{
				field: "endedOn",
			},
		);
}

async function requireFostering(work: Work, id: string): Promise<Fostering> {
	const { rows } = await sql<Fostering>`select ${COLUMNS(work.today)} from app.party_fostering r
		${placeOfRow(work.today)} ${homeJoin(work.today)} where r.id = ${id}::uuid`.execute(work.db);
	if (!rows[0]) throw gone();
	return rows[0];
}
