import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { EmulationMark } from "./contract.ts";
import { markOf, placesOf, pointsOf, totalOf } from "./rules.ts";
import { reckonAll } from "./store-reckon.ts";
import { criteriaOf, dayOfYear, findRound, type Member, membersOf, type Round, refuseAhead } from "./store-round.ts";

interface ResultRow {
	unitId: number;
	points: number;
	place: number;
	tied: boolean;
	marks: EmulationMark[];
}

/** A cluster's year as she may see it: while it is open a province sees itself alone, what is published every member sees whole. */
export async function showRound(work: Work, input: { clusterId?: number; cluster?: string; year?: number }) {
	const year = input.year ?? Number(work.today.slice(0, 4));
	refuseAhead(year, work.today);
	const on = dayOfYear(year, work.today);
	const clusters = await listClusters(work, on);
	const cluster = requireCluster(clusters, input);
	const round = await findRound(work, cluster.unitId, year);
	const criteria = await criteriaOf(work, round);
	const members = await membersOf(work, cluster.unitId, on);
	const rights = await rightsAt(work, cluster.unitId, members);
	const published = round?.publishedAt ? { at: round.publishedAt, by: round.publishedBy } : null;
	const rows =
		round && published
			? await publishedRows(work, round, members)
			: await openRows(work, { clusterId: cluster.unitId, year, round }, members, rights);
	return {
		year,
		on,
		clusters,
		cluster,
		published,
		agreement:
			round?.agreementOn && round.agreementNumber > 0
				? {
						number: round.agreementNumber,
						document: round.agreementDocument,
						on: round.agreementOn,
						text: round.agreementText,
					}
				: null,
		signatures: round ? await signaturesOf(work, round, members) : [],
		criteria,
		maximum: criteria.reduce((sum, { points }) => sum + points, 0),
		rows,
		unreviewed: rows.flatMap(({ marks }) => marks).filter(({ how }) => how === "self").length,
		...rights,
	};
}

interface Rights {
	maySet: boolean;
	mayReview: boolean;
	mine: number[];
}

async function rightsAt(work: Work, clusterId: number, members: readonly Member[]): Promise<Rights> {
	const { rows } = await sql<{ sets: boolean; reviews: boolean; mine: number[] }>`
		select calc.sees_all('emulation.set') as sets,
			calc.sees_all('emulation.review') or ${clusterId}::integer in (select calc.my_units('emulation.review')) as reviews,
			array(select calc.my_units('emulation.mark')) as mine`.execute(work.db);
	const { sets, reviews, mine } = rows[0] as (typeof rows)[number];
	const ids = new Set(mine);
	return { maySet: sets, mayReview: reviews, mine: members.map(({ unitId }) => unitId).filter((id) => ids.has(id)) };
}

async function listClusters(work: Work, on: string): Promise<Member[]> {
	const { rows } = await sql<Member>`select s.unit_id as "unitId", s.code, s.name from app.unit u
		join app.unit_spell s on s.unit_id = u.id and s.during @> ${on}::date
		where u.kind = 'cluster' and ((select calc.sees_all('emulation.read')) or u.id in (select calc.my_emulation_clusters()))
			and exists (select from app.cluster_province c where c.cluster_id = u.id and c.during @> ${on}::date
				and ((select calc.sees_all('emulation.read')) or u.id in (select calc.my_units('emulation.read')) or c.province_id in (select calc.my_units('emulation.read'))))
		order by coalesce(s.code, s.name) collate "C"`.execute(work.db);
	return rows;
}

function requireCluster(clusters: readonly Member[], input: { clusterId?: number; cluster?: string }): Member {
	const found =
		input.clusterId === undefined && input.cluster === undefined
			? clusters[0]
			: clusters.find(({ unitId, code }) =>
					input.clusterId === undefined ? code === input.cluster : unitId === input.clusterId,
				);
	if (found) return found;
	throw new Problem(
		"emulation.no_cluster",
		404,
		"Không có Cụm thi đua này vào ngày ấy, hoặc tài khoản của chị không xem được.",
		{ field: "cluster" },
	);
}

async function publishedRows(work: Work, round: Round, members: readonly Member[]) {
	const { rows } =
		await sql<ResultRow>`select province_id as "unitId", points, place, tied, marks from app.emulation_result
		where round_id = ${round.id}::uuid order by place, province_id`.execute(work.db);
	const names = new Map(members.map((one) => [one.unitId, one]));
	return rows.map((row) => ({
		...row,
		code: names.get(row.unitId)?.code ?? null,
		name: names.get(row.unitId)?.name ?? "",
	}));
}

interface MarkRow {
	number: number;
	provinceId: number;
	side: "self" | "review";
	points: number;
	note: string;
}

interface Which {
	clusterId: number;
	year: number;
	round: Round | null;
}

/** Where an open year stands: computed anew from the figures of the day, with the marks given so far. */
export async function openRows(work: Work, which: Which, members: readonly Member[], { mayReview, mine }: Rights) {
	const { clusterId, year, round } = which;
	const seen = mayReview ? members : members.filter(({ unitId }) => mine.includes(unitId));
	const criteria = await criteriaOf(work, round);
	const reckoned = await reckonAll(work, clusterId, year, criteria, seen);
	const { rows: given } = round
		? await sql<MarkRow>`select number, province_id as "provinceId", side, points, note from app.emulation_mark
			where round_id = ${round.id}::uuid and superseded_at is null`.execute(work.db)
		: { rows: [] };
	const of = Map.groupBy(given, ({ provinceId, number, side }) => `${provinceId} ${number} ${side}`);
	const rows = seen.map((member) => {
		const marks = criteria.map((criterion): EmulationMark => {
			const side = (name: string) => {
				const [found] = of.get(`${member.unitId} ${criterion.number} ${name}`) ?? [];
				return found ? { points: found.points, note: found.note } : null;
			};
			const [self, review] = [side("self"), side("review")];
			const figures = criterion.measure === "self" ? null : (reckoned.get(member.unitId)?.[criterion.measure] ?? null);
			const computed = figures && pointsOf(criterion.points, figures);
			return {
				...markOf(criterion, computed, review?.points ?? null, self?.points ?? null),
				reckoned: figures,
				self,
				review,
			};
		});
		return { ...member, points: totalOf(marks), marks };
	});
	const places = new Map(
		placesOf(rows.map(({ unitId, code, points }) => ({ key: `${code ?? "~"} ${unitId}`, points }))).map((one, at) => [
			one.key,
			{ ...one, at },
		]),
	);
	return rows
		.map((row) => ({ row, placed: places.get(`${row.code ?? "~"} ${row.unitId}`) }))
		.sort((a, b) => (a.placed?.at ?? 0) - (b.placed?.at ?? 0))
		.map(({ row, placed }) => ({
			...row,
			// A place among herself alone would say nothing.
			place: mayReview && criteria.length > 0 ? (placed?.place ?? null) : null,
			tied: mayReview && placed?.tied === true,
		}));
}

async function signaturesOf(work: Work, round: Round, members: readonly Member[]) {
	const { rows } = await sql<{ unitId: number; signedBy: string | null; signedAt: string }>`
		select province_id as "unitId", calc.account_name(signed_by) as "signedBy", to_json(signed_at)#>>'{}' as "signedAt"
		from app.emulation_signature where round_id = ${round.id}::uuid and agreement_number = ${round.agreementNumber}`.execute(
		work.db,
	);
	const signed = new Map(rows.map((row) => [row.unitId, row]));
	return members.map(({ unitId, name }) => ({
		unitId,
		name,
		signedBy: signed.get(unitId)?.signedBy ?? null,
		signedAt: signed.get(unitId)?.signedAt ?? null,
	}));
}

/** Who did what in a round, the latest first: each version of a criterion, each mark she may see, signatures and the publishing. */
export async function historyOf(work: Work, { clusterId, year }: { clusterId: number; year: number }) {
	const on = dayOfYear(year, work.today);
	const { rows } = await sql<{
		at: string;
		by: string | null;
		what: "criterion" | "self" | "review" | "signature" | "published";
		unit: string | null;
		criterion: string | null;
		points: number | null;
		note: string;
		superseded: boolean;
	}>`with round as (select * from app.emulation_round where cluster_id = ${clusterId} and year = ${year}),
		event as (
			select c.set_at as at, c.set_by as by, 'criterion' as what, null::integer as unit_id, c.name as criterion, c.points, c.measure as note, c.superseded_at is not null as superseded
			from app.emulation_criterion c join round r on r.id = c.round_id
			union all
			select m.at, m.by, m.side, m.province_id, (select c.name from app.emulation_criterion c where c.round_id = m.round_id and c.number = m.number
				order by c.superseded_at is null desc, c.set_at desc limit 1), m.points, m.note, m.superseded_at is not null
			from app.emulation_mark m join round r on r.id = m.round_id
			union all
			select s.signed_at, s.signed_by, 'signature', s.province_id, null, null, '', s.agreement_number <> r.agreement_number
			from app.emulation_signature s join round r on r.id = s.round_id
			union all
			select r.published_at, r.published_by, 'published', null, null, null, '', false from round r where r.published_at is not null
		)
		select to_json(e.at)#>>'{}' as at, calc.account_name(e.by) as by, e.what, (select s.name from app.unit_spell s where s.unit_id = e.unit_id and s.during @> ${on}::date) as unit, e.criterion, e.points, e.note, e.superseded
		from event e order by e.at desc, e.what, e.unit_id`.execute(work.db);
	return rows;
}
