import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { StoreOf } from "../store-of.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { populationsContract } from "./contract.ts";
import { PLACE_KINDS } from "./rules.ts";
import { importPopulations } from "./store-import.ts";
import { listPlaces } from "./store-reading.ts";
import { listSources, requireSource, writePopulations } from "./store-sources.ts";

/** Women aged 18 and over: the official figure of a term, and the communes' own counts beside it (R5). */
export const populations: StoreOf<typeof populationsContract> = {
	sources: listSources,
	list: listPlaces,
	set: setPopulation,
	setOfficial,
	setPresent,
	import: importPopulations,
};

/** Records one place's figure from a source (default: the official one of today's term); every rate that rests on it changes. */
async function setPopulation(
	work: Work,
	input: { unitId: number; women18: number; document: string; sourceId?: number },
) {
	const source = await requireSource(work, input.sourceId);
	await requirePlace(work, input.unitId, "populations.write");
	await writePopulations(work, source.id, [input], work.today);
	await work.audit({
		action: "populations.set",
		unitId: input.unitId,
		detail: { source: source.id, women18: input.women18 },
	});
	return { unitId: input.unitId, women18: input.women18 };
}

/** Makes a source the official one of its term. The centre's: one source holds for the whole country and the whole term (R5). */
async function setOfficial(work: Work, input: { sourceId: number }) {
	const { rows } = await sql<{ ok: boolean }>`select calc.sees_all('populations.write') as ok`.execute(work.db);
	if (!rows[0].ok)
		throw new Problem(
			"access.denied",
			403,
			"Chỉ Trung ương Hội chọn nguồn số liệu chính thức của nhiệm kỳ (một nguồn cho cả nhiệm kỳ).",
		);
	const source = await requireSource(work, input.sourceId);
	await sql`update app.population_source set official = false where term_id = ${source.termId} and official`.execute(
		work.db,
	);
	await work.db.updateTable("population_source").set({ official: true }).where("id", "=", source.id).execute();
	await sql`select calc.refresh_denominators()`.execute(work.db);
	await work.audit({ action: "populations.setOfficial", detail: { source: source.id } });
	return listSources(work, {});
}

/** Records the commune's own count of women present, kept for planning; the same day replaces. Never enters the official rate. */
async function setPresent(work: Work, input: { unitId: number; onDay: Day; women18: number }) {
	await requireUnit(work, { id: input.unitId, on: input.onDay });
	await sql`update app.women_present set superseded_at = clock_timestamp()
		where unit_id = ${input.unitId} and on_day = ${input.onDay} and superseded_at is null`.execute(work.db);
	await work.db
		.insertInto("women_present")
		.values({
			id: uuidv7(),
			unit_id: input.unitId,
			on_day: input.onDay,
			women18: input.women18,
			created_by: work.accountId,
		})
		.execute();
	await work.audit({
		action: "populations.setPresent",
		unitId: input.unitId,
		detail: { onDay: input.onDay, women18: input.women18 },
	});
	return { unitId: input.unitId, women18: input.women18 };
}

async function requirePlace(work: Work, unitId: number, verb: string): Promise<void> {
	const { rows } = await sql<{ kind: string; ok: boolean }>`
		select kind, calc.may_at(${verb}, id) as ok from app.unit where id = ${unitId}`.execute(work.db);
	const [unit] = rows;
	if (!unit || !PLACE_KINDS.includes(unit.kind))
		throw new Problem("population.wrong_unit", 422, "Chỉ nhập số phụ nữ từ 18 tuổi trở lên cho cấp xã.", {
			field: "unitId",
		});
	if (!unit.ok)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền nhập số liệu cho đơn vị này.");
}
