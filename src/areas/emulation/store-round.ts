import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Criterion } from "./contract.ts";
import type { Measure } from "./rules.ts";

/** A cluster's round of one year. */
export interface Round {
	id: string;
	publishedAt: string | null;
	publishedBy: string | null;
	agreementNumber: number;
	agreementDocument: string;
	agreementOn: Day | null;
	agreementText: string;
}

/** A member of a cluster in a year. */
export interface Member {
	unitId: number;
	code: string | null;
	name: string;
}

/** The round of a cluster and year that she may look at, or nothing. */
export async function findRound(work: Work, clusterId: number, year: number): Promise<Round | null> {
	const { rows } = await sql<Round>`select id::text, to_json(published_at)#>>'{}' as "publishedAt",
			calc.account_name(published_by) as "publishedBy", agreement_number as "agreementNumber",
			agreement_document as "agreementDocument", agreement_on::text as "agreementOn", agreement_text as "agreementText"
		from app.emulation_round where cluster_id = ${clusterId} and year = ${year}`.execute(work.db);
	return rows[0] ?? null;
}

/** The round, which must have criteria and not be published; two who write to one wait for each other. */
export async function requireOpen(work: Work, clusterId: number, year: number): Promise<Round> {
	await sql`select pg_advisory_xact_lock(7428, ${clusterId})`.execute(work.db);
	const round = await findRound(work, clusterId, year);
	if (!round)
		throw new Problem(
			"emulation.no_criteria",
			404,
			`Cụm chưa có tiêu chí thi đua năm ${year}. Trung ương đặt tiêu chí trước.`,
			{ field: "year" },
		);
	refusePublished(round, year);
	return round;
}

/** What is published is not written again. */
export function refusePublished({ publishedAt }: Round, year: number): void {
	if (publishedAt === null) return;
	throw new Problem(
		"emulation.published",
		409,
		`Kết quả thi đua năm ${year} đã công bố ngày ${displayDay(publishedAt.slice(0, 10))}, không sửa được nữa.`,
	);
}

/** A round's criteria in the order the centre gave them. */
export async function criteriaOf(work: Work, round: Round | null): Promise<Criterion[]> {
	if (!round) return [];
	const { rows } = await sql<{ number: number; name: string; points: number; measure: Measure }>`
		select number, name, points, measure from app.emulation_criterion
		where round_id = ${round.id}::uuid and superseded_at is null order by position, number`.execute(work.db);
	return rows;
}

/** The provinces of a cluster on a day, by code. */
export async function membersOf(work: Work, clusterId: number, on: Day): Promise<Member[]> {
	const { rows } = await sql<Member>`select s.unit_id as "unitId", s.code, s.name from app.cluster_province c
		join app.unit_spell s on s.unit_id = c.province_id and s.during @> ${on}::date
		where c.cluster_id = ${clusterId} and c.during @> ${on}::date order by s.code collate "C"`.execute(work.db);
	return rows;
}

/** The province among the cluster's members, or a Problem. */
export function requireMember(members: readonly Member[], unitId: number): Member {
	const found = members.find((one) => one.unitId === unitId);
	if (found) return found;
	throw new Problem("emulation.not_member", 422, "Tỉnh, thành phố này không thuộc Cụm vào ngày ấy.", {
		field: "provinceId",
	});
}

/** The last day of the year, or today while it runs: the day of all figures and of who is in the cluster. */
export function dayOfYear(year: number, today: Day): Day {
	const last = `${year}-12-31`;
	return last < today ? last : today;
}

/** Refuses a year that has not begun: nothing can be reckoned in it. */
export function refuseAhead(year: number, today: Day): void {
	if (`${year}-01-01` <= today) return;
	throw new Problem("emulation.ahead", 422, `Năm ${year} chưa bắt đầu nên chưa chấm điểm được.`, { field: "year" });
}
