import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { StoreOf } from "../store-of.ts";
import type { emulationContract } from "./contract.ts";
import type { Measure } from "./rules.ts";
import {
	criteriaOf,
	dayOfYear,
	findRound,
	membersOf,
	refuseAhead,
	refusePublished,
	requireMember,
	requireOpen,
} from "./store-round.ts";
import { historyOf, openRows, showRound } from "./store-show.ts";

/** Emulation of the provinces of a cluster, year by year (R16): criteria, marks, agreement, and the result that is not written again. */
export const emulation: StoreOf<typeof emulationContract> = {
	show: showRound,
	history: historyOf,
	set: setCriteria,
	agree,
	sign,
	mark: (work, input) => writeMarks(work, input, "self"),
	review: (work, input) => writeMarks(work, input, "review"),
	publish,
};

interface OfRound {
	clusterId: number;
	year: number;
}

/** Puts the criteria of a year in this order. One that names its number goes on as that one, with its marks; what is not named is dropped. */
async function setCriteria(
	work: Work,
	input: OfRound & { criteria: { number?: number; name: string; points: number; measure: Measure }[] },
) {
	const { clusterId, year, criteria } = input;
	refuseAhead(year, work.today);
	await sql`select pg_advisory_xact_lock(7428, ${clusterId})`.execute(work.db);
	const round = (await findRound(work, clusterId, year)) ?? (await addRound(work, clusterId, year));
	refusePublished(round, year);
	const { rows } = await sql<{ last: number }>`select coalesce(max(number), 0) as last from app.emulation_criterion
		where round_id = ${round.id}::uuid`.execute(work.db);
	let last = rows[0]?.last ?? 0;
	const now = new Map((await criteriaOf(work, round)).map((one) => [one.number, one]));
	const wanted = criteria.map((one, position) => {
		if (one.number !== undefined && !now.has(one.number))
			throw new Problem(
				"emulation.criterion_unknown",
				422,
				"Một tiêu chí trong bảng không còn nữa. Hãy tải lại trang.",
				{
					field: "criteria",
				},
			);
		if (one.number === undefined) last += 1;
		return { ...one, id: uuidv7(), number: one.number ?? last, position };
	});
	if (new Set(wanted.map(({ number }) => number)).size < wanted.length)
		throw new Problem("emulation.criterion_twice", 422, "Một tiêu chí có hai dòng trong bảng.", { field: "criteria" });
	await sql`update app.emulation_criterion set superseded_at = clock_timestamp()
		where round_id = ${round.id}::uuid and superseded_at is null`.execute(work.db);
	await sql`insert into app.emulation_criterion (id, round_id, number, position, name, points, measure, set_by)
		select r.id, ${round.id}::uuid, r.number, r.position, r.name, r.points, r.measure, ${work.accountId}::uuid
		from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
			as r(id uuid, number integer, position integer, name text, points integer, measure text)`.execute(work.db);
	await work.audit({ action: "emulation.set", unitId: clusterId, detail: { year, criteria: wanted.length } });
	return { criteria: wanted.length, maximum: wanted.reduce((sum, { points }) => sum + points, 0) };
}

async function addRound(work: Work, clusterId: number, year: number) {
	const { rows } = await sql<{ kind: string }>`select kind from app.unit where id = ${clusterId}`.execute(work.db);
	if (rows[0]?.kind !== "cluster")
		throw new Problem("emulation.no_cluster", 404, "Không có Cụm thi đua này.", { field: "clusterId" });
	const id = uuidv7();
	await sql`insert into app.emulation_round (id, cluster_id, year) values (${id}::uuid, ${clusterId}, ${year})`.execute(
		work.db,
	);
	return (await findRound(work, clusterId, year)) as NonNullable<Awaited<ReturnType<typeof findRound>>>;
}

/** Writes the agreement; what was signed before was another text, so each member signs again. */
async function agree(work: Work, input: OfRound & { document: string; documentOn: Day; text: string }) {
	const { clusterId, year } = input;
	const round = await requireOpen(work, clusterId, year);
	const number = round.agreementNumber + 1;
	const { numAffectedRows } =
		await sql`update app.emulation_round set agreement_number = ${number}, agreement_document = ${input.document},
			agreement_on = ${input.documentOn}::date, agreement_text = ${input.text} where id = ${round.id}::uuid`.execute(
			work.db,
		);
	if (numAffectedRows !== 1n) throw denied();
	await work.audit({ action: "emulation.agree", unitId: clusterId, detail: { year, number } });
	return { number };
}

/** Signs the agreement as it was read: one written anew meanwhile is not signed unread. */
async function sign(
	work: Work,
	{ clusterId, year, provinceId, number }: OfRound & { provinceId: number; number: number },
) {
	const round = await requireOpen(work, clusterId, year);
	if (round.agreementNumber !== number)
		throw new Problem("emulation.agreement_changed", 409, "Giao ước vừa được sửa. Hãy đọc lại rồi ký.", {
			field: "number",
		});
	const members = await membersOf(work, clusterId, dayOfYear(year, work.today));
	requireMember(members, provinceId);
	await sql`insert into app.emulation_signature (round_id, agreement_number, province_id, signed_by)
		values (${round.id}::uuid, ${number}, ${provinceId}, ${work.accountId}::uuid) on conflict do nothing`.execute(
		work.db,
	);
	const { rows } = await sql<{ signed: number }>`select count(*)::integer as signed from app.emulation_signature
		where round_id = ${round.id}::uuid and agreement_number = ${number}`.execute(work.db);
	await work.audit({ action: "emulation.sign", unitId: provinceId, detail: { year, number } });
	return { signed: rows[0]?.signed ?? 0, of: members.length };
}

/** Writes the points a province gives itself, or those given after looking them over; earlier ones stay in the history. */
async function writeMarks(
	work: Work,
	input: OfRound & { provinceId: number; marks: { number: number; points: number; note: string }[] },
	side: "self" | "review",
) {
	const { clusterId, year, provinceId, marks } = input;
	const round = await requireOpen(work, clusterId, year);
	requireMember(await membersOf(work, clusterId, dayOfYear(year, work.today)), provinceId);
	const criteria = new Map((await criteriaOf(work, round)).map((one) => [one.number, one]));
	for (const { number, points } of marks) {
		const criterion = criteria.get(number);
		if (!criterion)
			throw new Problem(
				"emulation.criterion_unknown",
				422,
				"Một tiêu chí trong bảng không còn nữa. Hãy tải lại trang.",
				{
					field: "marks",
				},
			);
		if (points > criterion.points)
			throw new Problem("emulation.too_many_points", 422, `“${criterion.name}” tối đa ${criterion.points} điểm.`, {
				field: "marks",
				detail: { number },
			});
	}
	if (new Set(marks.map(({ number }) => number)).size < marks.length)
		throw new Problem("emulation.criterion_twice", 422, "Một tiêu chí có hai dòng trong bảng.", { field: "marks" });
	const json = JSON.stringify(marks.map((one) => ({ ...one, id: uuidv7() })));
	await sql`update app.emulation_mark m set superseded_at = clock_timestamp() from jsonb_to_recordset(${json}::jsonb) as r(number integer)
		where m.round_id = ${round.id}::uuid and m.province_id = ${provinceId} and m.number = r.number and m.side = ${side} and m.superseded_at is null`.execute(
		work.db,
	);
	await sql`insert into app.emulation_mark (id, round_id, number, province_id, side, points, note, by)
		select r.id, ${round.id}::uuid, r.number, ${provinceId}, ${side}, r.points, r.note, ${work.accountId}::uuid
		from jsonb_to_recordset(${json}::jsonb) as r(id uuid, number integer, points integer, note text)`.execute(work.db);
	await work.audit({
		action: side === "self" ? "emulation.mark" : "emulation.review",
		unitId: provinceId,
		detail: { year, marks: marks.length },
	});
	return { saved: marks.length };
}

/** Freezes the points and places of every member as they stand; refused while something is without points or nobody has looked it over. */
async function publish(work: Work, { clusterId, year }: OfRound) {
	const round = await requireOpen(work, clusterId, year);
	const members = await membersOf(work, clusterId, dayOfYear(year, work.today));
	const rows = await openRows(work, { clusterId, year, round }, members, { maySet: true, mayReview: true, mine: [] });
	const open = rows.filter(({ marks }) => marks.some(({ how }) => how === "self" || how === "none"));
	if (open.length > 0)
		throw new Problem(
			"emulation.unreviewed",
			409,
			`Còn tiêu chí chưa có điểm hoặc chưa được xem xét ở: ${open.map(({ name }) => name).join(", ")}.`,
			{ detail: { provinces: open.map(({ unitId }) => unitId) } },
		);
	const json = JSON.stringify(
		rows.map(({ unitId, points, place, tied, marks }) => ({ unitId, points, place, tied, marks })),
	);
	await sql`insert into app.emulation_result (round_id, province_id, points, place, tied, marks)
		select ${round.id}::uuid, r."unitId", r.points, r.place, r.tied, r.marks
		from jsonb_to_recordset(${json}::jsonb) as r("unitId" integer, points integer, place integer, tied boolean, marks jsonb)`.execute(
		work.db,
	);
	const { numAffectedRows } =
		await sql`update app.emulation_round set published_by = ${work.accountId}::uuid, published_at = clock_timestamp()
		where id = ${round.id}::uuid`.execute(work.db);
	if (numAffectedRows !== 1n) throw denied();
	await work.audit({ action: "emulation.publish", unitId: clusterId, detail: { year, provinces: rows.length } });
	return { provinces: rows.length };
}

function denied(): Problem {
	return new Problem("access.denied", 403, "Tài khoản của chị không có quyền làm việc này ở Cụm này.");
}
