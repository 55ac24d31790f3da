import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { readRows } from "../gathering/store-rates.ts";
import type { StoreOf } from "../store-of.ts";
import type { Model, modelsContract } from "./contract.ts";
import { CLUB_KIND, type ClubBasis } from "./rules.ts";
import { communesOf, countRegistries } from "./store-counts.ts";
import { listCriteria, setCriteria } from "./store-criteria.ts";
import { addPair, changePair, listPairs } from "./store-pairs.ts";
import {
	type About,
	type Asked,
	about,
	denied,
	gone,
	homeJoin,
	mayAt,
	named,
	placeOfRow,
	placesOf,
	refuseAhead,
	requireMay,
	scopeOf,
	stale,
	topOf,
	writableUnits,
} from "./store-places.ts";

/** Models for hard-to-gather groups, "1+1" and "3 có, 3 biết" (R21), and all sums of branch life. */
export const models: StoreOf<typeof modelsContract> = {
	choices: listChoices,
	counts: countRegistries,
	list: listModels,
	without: listWithout,
	add: addModel,
	change: changeModel,
	pairs: listPairs,
	addPair,
	changePair,
	criteria: listCriteria,
	setCriteria,
};

interface What {
	kind: string;
	basis: ClubBasis | null;
	forGroup: string | null;
	name: string;
	founded: Day;
	ended: Day | null;
	members: number;
	helpers: string;
	note: string;
}

const COLUMNS = (
	on: Day,
) => sql`r.id, ${named(on)}, r.kind, coalesce((select c.words from app.support_catalogue c where c.code = r.kind), r.kind) as "kindWords",
	r.basis, r.for_group as "forGroup", (select c.words from app.support_catalogue c where c.code = r.for_group) as "groupWords", r.name, r.founded::text as founded,
	r.ended::text as ended, r.members, r.helpers, r.note, r.version, calc.account_name(r.recorded_by) as "recordedBy",
	(select calc.sees_all('models.write')) or r.unit_id in (select calc.my_units('models.write')) as "mayChange"`;

/** Where a model stands: with a commune, its branches, groups, clubs and special bases, or a level above. */
const MODEL_UNITS = ["centre", "province", "district", "commune", "branch", "group", "club", "special_base", "force"];

async function listModels(
	work: Work,
	input: Asked & { kind?: string; group?: string; state: "running" | "ended" | "all"; limit: number; offset: number },
) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const where = sql`r.founded <= ${on}::date and (${input.kind ?? null}::text is null or r.kind = ${input.kind ?? null})
		and (${input.group ?? null}::text is null or r.for_group = ${input.group ?? null})
		and case ${input.state}::text when 'running' then r.ended is null or r.ended > ${on}::date when 'ended' then r.ended <= ${on}::date else true end`;
	const { rows: sums } = await sql<{ total: number; members: number }>`
		select count(*)::integer as total, coalesce(sum(r.members), 0)::integer as members
		from app.model r join ${placesOf(asked)} place on place.unit_id = r.unit_id where ${where}`.execute(work.db);
	const { rows } = await sql<Model>`select ${COLUMNS(on)} from app.model r
		join ${placesOf(asked)} place on place.unit_id = r.unit_id ${homeJoin(on)}
		where ${where} order by home.place nulls first, r.founded, r.id limit ${input.limit} offset ${input.offset}`.execute(
		work.db,
	);
	return {
		unit: topOf(unit),
		on,
		...(sums[0] as (typeof sums)[number]),
		rows,
		clubs: await clubsWithoutModel(work, asked),
		mayAdd: MODEL_UNITS.includes(unit.kind) && (await mayAt(work, "models.write", unit.id)),
	};
}

/** Clubs of a commune that nobody has recorded as a model: they are units already and need only be told what they are for. */
async function clubsWithoutModel(work: Work, asked: About) {
	const clubs = await writableUnits(work, asked, "models.write", ["club"]);
	if (clubs.length === 0) return [];
	const { rows } = await sql<{ unitId: number }>`select m.unit_id as "unitId" from app.model m
		where m.unit_id = any(${clubs.map(({ unitId }) => unitId)}::integer[])`.execute(work.db);
	const known = new Set(rows.map(({ unitId }) => unitId));
	return clubs.filter(({ unitId }) => !known.has(unitId)).map(({ unitId, name }) => ({ unitId, name }));
}

/** Communes that had no running model for a hard-to-gather group on the day, with where they stand against 60 %. */
async function listWithout(work: Work, input: Asked & { notOver: boolean }) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const { rows: counted } = await sql<{
		id: number;
		withModel: number;
		models: number;
	}>`select unit_id as id, with_model as "withModel", models
		from calc.model_counts(${asked.from}::date, ${on}::date, ${scopeOf(asked)}) where communes = 1`.execute(work.db);
	const counts = new Map(counted.map((row) => [row.id, row]));
	const rates = new Map((await readRows(work, { on, map: null }, ["commune"], unit.id)).map((row) => [row.id, row]));
	const communes = await communesOf(work, asked, scopeOf(asked));
	const rows = communes
		.filter(({ unitId }) => counts.get(unitId)?.withModel === 0)
		.map((commune) => {
			const rate = rates.get(commune.unitId);
			return {
				...commune,
				others: counts.get(commune.unitId)?.models ?? 0,
				class: rate?.class ?? null,
				rate: rate?.rate ?? null,
				missing: rate?.missing ?? null,
			};
		})
		.filter((row) => !input.notOver || row.class === "under" || row.class === "exactly");
	return { unit: topOf(unit), on, communes: counted.length, rows };
}

async function addModel(work: Work, input: What & { unitId: number }) {
	await checkModel(work, input);
	const id = uuidv7();
	await sql`insert into app.model (id, unit_id, kind, basis, for_group, name, founded, ended, members, helpers, note, recorded_by)
		values (${id}::uuid, ${input.unitId}, ${input.kind}, ${input.basis}, ${input.forGroup}, ${input.name}, ${input.founded}::date,
			${input.ended}::date, ${input.members}, ${input.helpers}, ${input.note}, ${work.accountId}::uuid)`.execute(
		work.db,
	);
	await work.audit({
		action: "models.add",
		unitId: input.unitId,
		detail: { kind: input.kind, founded: input.founded },
	});
	return requireModel(work, id);
}

async function changeModel(work: Work, input: What & { id: string; version: number; unitId: number }) {
	const before = await requireModel(work, input.id);
	if (!before.mayChange) throw denied();
	await checkModel(work, input);
	const { numAffectedRows } =
		await sql`update app.model set unit_id = ${input.unitId}, kind = ${input.kind}, basis = ${input.basis},
			for_group = ${input.forGroup}, name = ${input.name}, founded = ${input.founded}::date, ended = ${input.ended}::date,
			members = ${input.members}, helpers = ${input.helpers}, note = ${input.note}, version = version + 1
		where id = ${input.id}::uuid and version = ${input.version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw stale();
	await work.audit({
		action: "models.change",
		unitId: input.unitId,
		detail: { kind: input.kind, founded: input.founded, ended: input.ended, members: input.members },
	});
	return requireModel(work, input.id);
}

/** What the contract cannot say: days that have come, a unit that can have a model and stood when it was founded. */
async function checkModel(work: Work, input: What & { unitId: number }): Promise<void> {
	refuseAhead(input.founded, work.today, "founded");
	refuseAhead(input.ended, work.today, "ended");
	if (input.ended !== null && input.ended < input.founded)
		throw new Problem("model.dates", 422, "Ngày kết thúc phải từ ngày thành lập trở đi.", { field: "ended" });
	if (input.kind === CLUB_KIND && input.basis === null)
		throw new Problem("model.basis_missing", 422, "Hãy chọn CLB theo lứa tuổi, ngành nghề hay sở thích.", {
			field: "basis",
		});
	await requireMay(work, "models.write", input.unitId);
	await requireEntry(work, input.kind, "model", "kind");
	if (input.forGroup !== null) await requireEntry(work, input.forGroup, "group", "forGroup");
	const { rows } = await sql<{ kind: string }>`select kind from app.unit where id = ${input.unitId}`.execute(work.db);
	if (!MODEL_UNITS.includes(rows[0]?.kind ?? ""))
		throw new Problem("model.wrong_unit", 422, "Hãy chọn cơ sở Hội, chi hội, tổ hoặc CLB có mô hình.", {
			field: "unitId",
		});
}

/** The entries of the catalogue she may choose from. */
async function listChoices(work: Work) {
	const { rows } = await sql<{
		kind: string;
		code: string;
		words: string;
	}>`select kind, code, words from app.support_catalogue
		where kind in ('model', 'group') order by position, words, code`.execute(work.db);
	const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ code, words }) => ({ code, words }));
	return { kinds: of("model"), groups: of("group") };
}

async function requireEntry(work: Work, code: string, kind: string, field: string): Promise<void> {
	const { rows } = await sql`select from app.support_catalogue where code = ${code} and kind = ${kind}`.execute(
		work.db,
	);
	if (rows.length === 0)
		throw new Problem("catalogue.unknown", 422, "Mục này không có trong danh mục. Hãy tải lại trang rồi chọn lại.", {
			field,
		});
}

async function requireModel(work: Work, id: string): Promise<Model> {
	const { rows } =
		await sql<Model>`select ${COLUMNS(work.today)} from app.model r ${placeOfRow(work.today)} ${homeJoin(work.today)}
		where r.id = ${id}::uuid`.execute(work.db);
	if (!rows[0]) throw gone();
	return rows[0];
}
