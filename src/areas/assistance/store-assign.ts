import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { listRates } from "../gathering/store-rates.ts";
import { requireUnit } from "../units/store-reading.ts";
import { OFFICER_WORDS, type OfficerRole } from "./rules.ts";

interface Assigned {
	communeIds: number[];
	role: OfficerRole;
	accountId?: string;
	name: string;
	since?: Day;
	everyMonths: number;
	document: string;
}

/** Gives communes to an officer or committee member from a day on; whoever held them until then holds them no longer. */
export async function assignOfficer(work: Work, input: Assigned) {
	const { role, accountId = null, name, everyMonths, document } = input;
	const since = input.since ?? work.today;
	if (since > work.today)
		throw new Problem("assistance.ahead", 422, "Ngày phân công không được sau hôm nay.", { field: "since" });
	if (accountId === null && (role === "officer" || name === ""))
		throw new Problem("assistance.nobody", 422, "Hãy chọn người được phân công.", { field: "accountId" });
	const communes = await requireCommunes(work, input.communeIds);
	if (accountId !== null) await requireCarrier(work, accountId, communes);
	await endTerms(work, { communes, role, from: since });
	const rows = communes.map(({ unitId }) => ({ id: uuidv7(), unitId }));
	await sql`insert into app.commune_officer (id, commune_id, role, account_id, name, during, every_months, document, assigned_by)
		select r.id, r."unitId", ${role}, ${accountId}::uuid, ${accountId === null ? name : ""}, daterange(${since}::date, null), ${everyMonths}, ${document}, ${work.accountId}::uuid
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "unitId" integer)`.execute(work.db);
	for (const { unitId } of communes)
		await work.audit({ action: "assistance.assignOfficer", unitId, subjectId: accountId, detail: { role, since } });
	return { assigned: communes.length };
}

/** Ends who holds communes, from a day on; those communes are without one until somebody is named. */
export async function endOfficer(work: Work, input: { communeIds: number[]; role: OfficerRole; until?: Day }) {
	const communes = await requireCommunes(work, input.communeIds);
	const from = input.until ?? work.today;
	if (from > work.today)
		throw new Problem("assistance.ahead", 422, "Ngày thôi phân công không được sau hôm nay.", { field: "until" });
	const ended = await endTerms(work, { communes, role: input.role, from });
	if (ended === 0)
		throw new Problem(
			"assistance.nobody_there",
			409,
			"Các cơ sở này không có ai đang được phân công, hoặc chị không phân công ở đó.",
		);
	for (const { unitId } of communes)
		await work.audit({ action: "assistance.endOfficer", unitId, detail: { role: input.role, from } });
	return { ended };
}

interface Commune {
	unitId: number;
	name: string;
}

/** The communes by their ids, all of them standing today. */
async function requireCommunes(work: Work, ids: readonly number[]): Promise<Commune[]> {
	const wanted = [...new Set(ids)];
	const { rows } = await sql<Commune>`select u.id as "unitId", s.name from app.unit u
		join app.unit_spell s on s.unit_id = u.id and s.during @> ${work.today}::date
		where u.id = any(${wanted}::integer[]) and u.kind = 'commune'`.execute(work.db);
	if (rows.length === wanted.length) return rows;
	throw new Problem(
		"assistance.no_commune",
		422,
		"Trong các cơ sở đã chọn có đơn vị không phải xã, phường, đặc khu đang hoạt động.",
		{ field: "communeIds" },
	);
}

async function requireCarrier(work: Work, accountId: string, communes: readonly Commune[]): Promise<void> {
	const { rows } =
		await sql<Commune>`select r."unitId", r.name from jsonb_to_recordset(${JSON.stringify(communes)}::jsonb)
		as r("unitId" integer, name text) where not calc.carries(${accountId}::uuid, r."unitId")`.execute(work.db);
	if (rows.length === 0) return;
	throw new Problem(
		"assistance.not_carrier",
		422,
		`Tài khoản này không phụ trách được ${namesOf(rows)}: phải là cán bộ cấp trên của cơ sở và tài khoản đang dùng được.`,
		{ field: "accountId" },
	);
}

/** Ends the terms that run on a day; one that begins later is not written over. Answers how many there were. */
async function endTerms(
	work: Work,
	{ communes, role, from }: { communes: readonly Commune[]; role: OfficerRole; from: Day },
) {
	const ids = communes.map(({ unitId }) => unitId);
	const { rows: later } = await sql<{
		unitId: number;
		since: Day;
	}>`select commune_id as "unitId", lower(during)::text as since
		from app.commune_officer where commune_id = any(${ids}::integer[]) and role = ${role} and lower(during) > ${from}::date limit 1`.execute(
		work.db,
	);
	if (later[0]) {
		const { name } = communes.find(({ unitId }) => unitId === later[0].unitId) as Commune;
		throw new Problem(
			"assistance.later_term",
			409,
			`${name} đã có ${OFFICER_WORDS[role].toLowerCase()} từ ngày ${displayDay(later[0].since)}. Hãy chọn ngày từ đó trở đi.`,
			{ field: "since" },
		);
	}
	const { numAffectedRows } = await sql`update app.commune_officer
		set during = daterange(lower(during), ${from}::date), ended_by = calc.account_id()
		where commune_id = any(${ids}::integer[]) and role = ${role} and during && daterange(${from}::date, null)`.execute(
		work.db,
	);
	return Number(numAffectedRows ?? 0n);
}

interface ToCluster {
	clusterId: number | null;
	communeIds?: number[];
	provinceId?: number;
	since?: Day;
	document: string;
}

/** Gives communes to a cluster (R19): those named, or all that are not over 60 % in a province or in the cluster's own provinces. */
export async function assignCluster(work: Work, input: ToCluster) {
	const { clusterId, document } = input;
	const since = input.since ?? work.today;
	if (since > work.today)
		throw new Problem("assistance.ahead", 422, "Ngày phân công không được sau hôm nay.", { field: "since" });
	if (clusterId !== null && (await requireUnit(work, { id: clusterId })).kind !== "cluster")
		throw new Problem("assistance.no_cluster", 422, "Hãy chọn một Cụm thi đua.", { field: "clusterId" });
	const communes = await requireCommunes(work, input.communeIds ?? (await notOverIn(work, input)));
	const ids = communes.map(({ unitId }) => unitId);
	const { rows: later } = await sql`select from app.commune_cluster
		where commune_id = any(${ids}::integer[]) and lower(during) > ${since}::date limit 1`.execute(work.db);
	if (later[0])
		throw new Problem(
			"assistance.later_term",
			409,
			"Có cơ sở đã được phân công cho một Cụm từ sau ngày này. Hãy chọn ngày muộn hơn.",
			{ field: "since" },
		);
	await sql`update app.commune_cluster set during = daterange(lower(during), ${since}::date)
		where commune_id = any(${ids}::integer[]) and during && daterange(${since}::date, null)`.execute(work.db);
	if (clusterId !== null) {
		const rows = ids.map((unitId) => ({ id: uuidv7(), unitId }));
		await sql`insert into app.commune_cluster (id, commune_id, cluster_id, during, document, assigned_by)
			select r.id, r."unitId", ${clusterId}, daterange(${since}::date, null), ${document}, ${work.accountId}::uuid
			from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "unitId" integer)`.execute(work.db);
	}
	await work.audit({ action: "assistance.assignCluster", unitId: clusterId, detail: { communes: ids.length, since } });
	return { assigned: ids.length };
}

/** The communes of a province, or of a cluster's provinces, that are not over 60 % today and stand with no cluster yet or this one. */
async function notOverIn(work: Work, { clusterId, provinceId }: ToCluster): Promise<number[]> {
	const top = provinceId ?? clusterId;
	if (top === null) throw new Problem("assistance.no_commune", 422, "Hãy chọn các cơ sở.", { field: "communeIds" });
	const rows = await listRates(work, { unitId: top, level: "commune" });
	const ids = rows.filter((row) => row.class === "under" || row.class === "exactly").map(({ id }) => id);
	if (ids.length > 0) return ids;
	throw new Problem("assistance.no_commune", 422, "Không có cơ sở nào chưa đạt trên 60% để phân công.", {
		field: provinceId === undefined ? "clusterId" : "provinceId",
	});
}

function namesOf(rows: readonly Commune[]): string {
	const names = rows.slice(0, 3).map(({ name }) => name);
	return rows.length > 3 ? `${names.join(", ")} và ${rows.length - 3} cơ sở khác` : names.join(", ");
}
