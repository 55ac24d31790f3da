import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { readRow } from "../gathering/store-rates.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { PortfolioRow } from "./contract.ts";
import { isGap } from "./rules.ts";
import { portfolioRows, requireAsked } from "./store-portfolios.ts";

interface Pilot {
	id: string;
	provinceId: number;
	communeId: number;
	chosenOn: Day;
	document: string;
	evaluatedOn: Day | null;
	lessons: string;
	questions: string;
	trainedOn: Day | null;
	version: number;
}

interface Province {
	unitId: number;
	code: string | null;
	name: string;
	cluster: { unitId: number; code: string | null; name: string } | null;
	mayChoose: boolean;
}

/** The provinces of a unit, each with its pilot or without one, and with the communes that remain (R19). */
export async function listPilots(work: Work, ref: { unitId?: number; unit?: string }) {
	const rows = await portfolioRows(work, await requireAsked(work, ref));
	const notOver = Map.groupBy(
		rows.filter((row) => row.class === "under" || row.class === "exactly"),
		({ provinceId }) => provinceId,
	);
	const byId = new Map(rows.map((row) => [row.unitId, row]));
	const ids = [...new Set(rows.flatMap(({ provinceId }) => provinceId ?? []))];
	const pilots = new Map((await pilotsIn(work, ids)).map((pilot) => [pilot.provinceId, pilot]));
	return {
		rows: (await provincesOf(work, ids)).map((province) => {
			const below = notOver.get(province.unitId) ?? [];
			return {
				...province,
				notOver: below.length,
				withoutOfficer: below.filter((row) => isGap("officer", row)).length,
				pilot: toldPilot(pilots.get(province.unitId), byId),
				choices: below.map(({ unitId, name, missing }) => ({ unitId, name, missing })),
			};
		}),
	};
}

function toldPilot(pilot: Pilot | undefined, byId: ReadonlyMap<number, PortfolioRow>) {
	if (!pilot) return null;
	const row = byId.get(pilot.communeId);
	return { ...pilot, commune: row?.name ?? "", rate: row?.rate ?? null, missing: row?.missing ?? null };
}

async function pilotsIn(work: Work, provinceIds: readonly number[]): Promise<Pilot[]> {
	const { rows } =
		await sql<Pilot>`select id::text, province_id as "provinceId", commune_id as "communeId", chosen_on::text as "chosenOn",
			document, evaluated_on::text as "evaluatedOn", lessons, questions, trained_on::text as "trainedOn", version
		from app.pilot where province_id = any(${provinceIds}::integer[]) and withdrawn_at is null`.execute(work.db);
	return rows;
}

async function provincesOf(work: Work, ids: readonly number[]): Promise<Province[]> {
	const { rows } = await sql<Province>`select s.unit_id as "unitId", s.code, s.name,
			case when k.unit_id is not null then jsonb_build_object('unitId', k.unit_id, 'code', k.code, 'name', k.name) end as cluster,
			(select calc.sees_all('support.assign')) or coalesce(k.unit_id in (select calc.my_units('support.assign')), false) as "mayChoose"
		from app.unit_spell s
		left join app.cluster_province c on c.province_id = s.unit_id and c.during @> ${work.today}::date
		left join app.unit_spell k on k.unit_id = c.cluster_id and k.during @> ${work.today}::date
		where s.unit_id = any(${ids}::integer[]) and s.during @> ${work.today}::date order by s.code collate "C"`.execute(
		work.db,
	);
	return rows;
}

/** Chooses the one pilot of a province: a commune of it that is not over 60 %, supported by the cluster it was given to, or its province's. */
export async function choosePilot(
	work: Work,
	input: { provinceId: number; communeId: number; chosenOn?: Day; document: string },
) {
	const { provinceId, communeId, document } = input;
	const chosenOn = input.chosenOn ?? work.today;
	if (chosenOn > work.today)
		throw new Problem("assistance.ahead", 422, "Ngày chọn không được sau hôm nay.", { field: "chosenOn" });
	const commune = await requireUnit(work, { id: communeId });
	const { rows } = await sql<{ provinceId: number | null; clusterId: number | null; pilot: string | null }>`
		select t.province_id as "provinceId", coalesce(g.cluster_id, c.cluster_id) as "clusterId",
			(select s.name from app.pilot p join app.unit_spell s on s.unit_id = p.commune_id and s.during @> ${work.today}::date
				where p.province_id = ${provinceId} and p.withdrawn_at is null) as pilot
		from app.territory t
		left join app.commune_cluster g on g.commune_id = t.unit_id and g.during @> ${work.today}::date
		left join app.cluster_province c on c.province_id = t.province_id and c.during @> ${work.today}::date
		where t.unit_id = ${communeId} and t.kind = 'commune' and t.since <= ${work.today}::date and t.until > ${work.today}::date`.execute(
		work.db,
	);
	if (rows[0]?.provinceId !== provinceId)
		throw new Problem("assistance.pilot_elsewhere", 422, `${commune.name} không thuộc tỉnh, thành phố này.`, {
			field: "communeId",
		});
	const { clusterId, pilot } = rows[0];
	if (pilot)
		throw new Problem(
			"assistance.pilot_exists",
			409,
			`Tỉnh, thành phố này đã có cơ sở thí điểm là ${pilot}. Mỗi tỉnh, thành phố chọn 01 cơ sở.`,
			{ field: "communeId" },
		);
	if (clusterId === null)
		throw new Problem("assistance.no_cluster", 422, "Tỉnh, thành phố này chưa thuộc Cụm thi đua nào.", {
			field: "provinceId",
		});
	const { class: cls, rate } = await readRow(work, commune, { on: work.today, map: null });
	if (cls === "over")
		throw new Problem(
			"assistance.pilot_over",
			422,
			`${commune.name} đã đạt trên 60% (${rate?.replace(".", ",")}%). Thí điểm làm ở cơ sở chưa đạt.`,
			{ field: "communeId" },
		);
	const id = uuidv7();
	await sql`insert into app.pilot (id, cluster_id, province_id, commune_id, chosen_on, document, chosen_by)
		values (${id}::uuid, ${clusterId}, ${provinceId}, ${communeId}, ${chosenOn}::date, ${document}, ${work.accountId}::uuid)`.execute(
		work.db,
	);
	await work.audit({ action: "assistance.choosePilot", unitId: communeId, detail: { clusterId, provinceId } });
	return { id };
}

interface Evaluated {
	pilotId: string;
	version: number;
	evaluatedOn: Day;
	lessons: string;
	questions: string;
	trainedOn: Day | null;
}

/** Writes what was learnt from a pilot, and when the province's officers were trained to do the same in all remaining communes. */
export async function evaluatePilot(work: Work, input: Evaluated) {
	const { pilotId, version, evaluatedOn, lessons, questions, trainedOn } = input;
	const pilot = await requirePilot(work, pilotId, version);
	for (const [on, field] of [
		[evaluatedOn, "evaluatedOn"],
		[trainedOn, "trainedOn"],
	] as const)
		if (on !== null && on > work.today)
			throw new Problem("assistance.ahead", 422, "Chỉ ghi việc đã làm: ngày không được sau hôm nay.", { field });
	if (evaluatedOn < pilot.chosenOn)
		throw new Problem(
			"assistance.before_choice",
			422,
			`Cơ sở này được chọn thí điểm ngày ${displayDay(pilot.chosenOn)}, nên ngày đánh giá phải từ đó trở đi.`,
			{ field: "evaluatedOn" },
		);
	if (trainedOn !== null && trainedOn < evaluatedOn)
		throw new Problem("assistance.before_evaluation", 422, "Tập huấn sau khi đã đánh giá, rút kinh nghiệm.", {
			field: "trainedOn",
		});
	const { numAffectedRows } = await sql`update app.pilot set evaluated_on = ${evaluatedOn}::date, lessons = ${lessons},
		questions = ${questions}, trained_on = ${trainedOn}::date, version = version + 1
		where id = ${pilotId}::uuid and version = ${version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw denied();
	await work.audit({ action: "assistance.evaluatePilot", unitId: pilot.communeId });
	return { version: version + 1 };
}

/** Takes a choice back, so that another commune can be chosen; it stays on record. */
export async function withdrawPilot(work: Work, { pilotId, version }: { pilotId: string; version: number }) {
	const pilot = await requirePilot(work, pilotId, version);
	const { numAffectedRows } = await sql`update app.pilot set withdrawn_at = clock_timestamp(), version = version + 1
		where id = ${pilotId}::uuid and version = ${version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw denied();
	await work.audit({ action: "assistance.withdrawPilot", unitId: pilot.communeId });
	return { id: pilotId };
}

async function requirePilot(work: Work, pilotId: string, version: number): Promise<Pilot> {
	const { rows } =
		await sql<Pilot>`select id::text, commune_id as "communeId", chosen_on::text as "chosenOn", version from app.pilot
		where id = ${pilotId}::uuid and withdrawn_at is null`.execute(work.db);
	const [pilot] = rows;
	if (!pilot) throw new Problem("assistance.pilot_unknown", 404, "Không có cơ sở thí điểm này.");
	if (pilot.version === version) return pilot;
	throw new Problem("assistance.changed", 409, "Người khác vừa sửa mục này. Hãy tải lại trang, xem lại rồi ghi tiếp.", {
		field: "version",
	});
}

function denied(): Problem {
	return new Problem("access.denied", 403, "Tài khoản của chị không có quyền làm việc này ở tỉnh, thành phố này.");
}
