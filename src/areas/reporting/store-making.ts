import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { canonicalJson, type Json } from "../../core/canonical-json.ts";
import { addDays, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { classOfWord } from "./rules-classes.ts";
import { type Base, contentOf, countsOf, type ReportHead, type ReportInputs, RULES_VERSION } from "./rules-content.ts";
import { type Figures, keysOf } from "./rules-figures.ts";
import { joinInputs, partInputs } from "./rules-inputs.ts";
import type { ReportLevel } from "./rules-periods.ts";
import type { Period } from "./store-periods.ts";

/** A unit that reports in a period. */
export interface ReportUnit {
	unitId: number;
	kind: ReportLevel;
	code: string | null;
	name: string;
	place: number;
	provinceId: number | null;
	aboveId: number;
	above: string;
}

/** A frozen report below another, as that one is made of it. */
interface Below {
	reportId: string;
	aboveId: number;
	unitId: number;
	seq: number;
	sha256: string;
	code: string | null;
	name: string;
	counts: Figures;
}

/** What a report would say now: everything but who signs it. */
export interface Made {
	unit: ReportUnit;
	inputs: ReportInputs;
	members: Uint8Array;
	moves: Uint8Array;
	counts: Figures;
	below: Below[];
	/** Who below has no frozen report. */
	missing: ReportUnit[];
	/** What is seen before it is signed: another hash, other figures. */
	seen: string;
}

export const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** The units that report in a period, of those the one acting may read, in the order of the country's table. */
export async function reportUnits(
	work: Work,
	period: Period,
	only?: { ids?: number[]; above?: number[] },
): Promise<ReportUnit[]> {
	const { rows } =
		await sql<ReportUnit>`select u.unit_id as "unitId", u.kind, u.code, u.name, u.place, u.province_id as "provinceId",
			u.above_id as "aboveId", calc.unit_name(u.above_id, ${period.dataUntil}::date) as above
		from calc.report_units(${period.id}) u
		where (${only?.ids ?? null}::integer[] is null or u.unit_id = any(${only?.ids ?? null}::integer[]))
			and (${only?.above ?? null}::integer[] is null or (u.above_id = any(${only?.above ?? null}::integer[]) and u.above_id <> u.unit_id))
		order by u.place`.execute(work.db);
	return rows;
}

/**
 * What the reports of units would say now, for any number of units in seven questions to the database (R8): nothing is asked a report. Their
 * members are held in memory, 20 bytes each: callers with many units take them in parts.
 */
export async function makeReports(work: Work, period: Period, units: ReportUnit[]): Promise<Made[]> {
	if (units.length === 0) return [];
	const ids = units.map(({ unitId }) => unitId);
	const material = await materialOf(work, ids, period);
	const below = Map.groupBy(await frozenBelow(work, period, ids), (one) => one.aboveId);
	const expected = await expectedBelow(work, period, units);
	const source = await sourceOn(work, period.dataUntil);
	const keys = period.kind === "plan" ? [] : keysOf(period.form.figures);
	return units.map((unit) => {
		const frozen = below.get(unit.unitId) ?? [];
		const there = new Set(frozen.map(({ unitId }) => unitId));
		const missing = (expected.get(unit.unitId) ?? []).filter(({ unitId }) => !there.has(unitId));
		const { opening, closing, how, members, moves } = material.get(unit.unitId) ?? NO_MATERIAL;
		const head: ReportHead = {
			rules: RULES_VERSION,
			period: { name: period.name, kind: period.kind, from: period.from, dataUntil: period.dataUntil },
			unit: {
				code: unit.code,
				name: unit.name,
				kind: unit.kind,
				above: unit.aboveId === unit.unitId ? "" : unit.above,
			},
			keys,
			words: [],
			documents: [],
			signed: null,
			reason: "",
			denominator: { how: unit.kind === "commune" ? how : "summed", source },
			below: frozen.map(({ reportId, seq, sha256: hash, code, name }) => ({
				report: reportId,
				seq,
				sha256: hash,
				code,
				name,
			})),
			missing: missing.map(({ code, name }) => ({ code, name })),
		};
		const inputs = { head, opening, closing };
		const counts = countsOf(
			inputs,
			members,
			moves,
			frozen.map((one) => one.counts),
		);
		const seen = sha256(canonicalJson({ counts, below: head.below, missing: head.missing } as unknown as Json));
		return { unit, inputs, members, moves, counts, below: frozen, missing, seen };
	});
}

/** Who should stand in a report: the units that report to it; of a cluster its provinces, which report to the centre all the same. */
async function expectedBelow(
	work: Work,
	period: Period,
	units: readonly ReportUnit[],
): Promise<Map<number, ReportUnit[]>> {
	const ids = units.map(({ unitId }) => unitId);
	const below = (await reportUnits(work, period, { above: ids })).filter(({ kind }) => kind !== "cluster");
	const expected = Map.groupBy(below, (one) => one.aboveId);
	const clusters = units.filter(({ kind }) => kind === "cluster").map(({ unitId }) => unitId);
	if (clusters.length === 0) return expected;
	const { rows } = await sql<{ clusterId: number; provinceId: number }>`
		select cluster_id as "clusterId", province_id as "provinceId" from app.cluster_province
		where cluster_id = any(${clusters}::integer[]) and during @> ${period.dataUntil}::date`.execute(work.db);
	const provinces = await reportUnits(work, period, { ids: rows.map(({ provinceId }) => provinceId) });
	for (const cluster of clusters) {
		const mine = new Set(rows.filter(({ clusterId }) => clusterId === cluster).map(({ provinceId }) => provinceId));
		expected.set(
			cluster,
			provinces.filter(({ unitId }) => mine.has(unitId)),
		);
	}
	return expected;
}

/** A report as it is signed: the bytes that are hashed, and its compressed inputs, from which {@link remade} makes the same bytes. */
export function sealed(made: Made, said: Pick<ReportHead, "words" | "documents" | "signed" | "reason">) {
	const inputs: ReportInputs = { ...made.inputs, head: { ...made.inputs.head, ...said } };
	const whole = joinInputs(Buffer.from(canonicalJson(inputs as unknown as Json)), made.members, made.moves);
	const content = Buffer.from(canonicalJson(contentOf(inputs.head, made.counts, sha256(whole))));
	// The lowest level: ids are random and compress to four fifths at any level.
	return { content, sha256: sha256(content), inputs: gzipSync(whole, { level: 1 }) };
}

/** A frozen report made again from its inputs alone and the frozen figures of those below it, in their order. */
export function remade(compressed: Uint8Array, below: readonly Figures[]): Buffer {
	const whole = gunzipSync(compressed);
	const { head, members, moves } = partInputs(whole);
	const inputs = JSON.parse(Buffer.from(head).toString()) as ReportInputs;
	return Buffer.from(canonicalJson(contentOf(inputs.head, countsOf(inputs, members, moves, below), sha256(whole))));
}

interface Material {
	opening: Base | null;
	closing: Base | null;
	how: string;
	members: Uint8Array;
	moves: Uint8Array;
}

const EMPTY = new Uint8Array(0);
const NO_MATERIAL: Material = { opening: null, closing: null, how: "none", members: EMPTY, moves: EMPTY };

/**
 * What the units' own figures are made of. The ledger of both days and the memberships are read in one statement, that is of one moment:
 * between two, someone saves a member, and the movement table no longer ends where the ledger does.
 */
async function materialOf(work: Work, ids: number[], { from, dataUntil }: Period): Promise<Map<number, Material>> {
	const { rows: words } = await sql<{ word: string }>`
		select w as word from calc.report_words(${ids}::integer[], ${dataUntil}::date) w`.execute(work.db);
	const known = words.map(({ word }) => word);
	await openLedger(work, dataUntil);
	const { rows } = await sql<Omit<Material, "how"> & { unitId: number; how: string | null }>`
		select i.unit_id as "unitId", i.members, i.moves, to_jsonb(o) as opening, to_jsonb(c) as closing, c.how
		from calc.report_inputs(${ids}::integer[], ${from}::date, ${dataUntil}::date, ${known}::text[], ${known.map(classOfWord)}::integer[]) i
		left join calc.report_base(${ids}::integer[], ${addDays(from, -1)}::date) o on o.unit_id = i.unit_id
		left join calc.report_base(${ids}::integer[], ${dataUntil}::date) c on c.unit_id = i.unit_id`.execute(work.db);
	return new Map(
		rows.map(({ unitId, how, opening, closing, ...packed }) => [
			unitId,
			{ ...packed, how: how ?? "none", opening: opening && ownOf(opening), closing: closing && ownOf(closing) },
		]),
	);
}

/** The figures of a row, without what else it bears. */
function ownOf({
	women18,
	roster,
	unlisted,
	trade_union,
	armed_forces,
	member_organisation,
	upper_club,
	overlap,
}: Base): Base {
	return { women18, roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap };
}

async function openLedger(work: Work, on: Day): Promise<void> {
	await sql`select calc.open_ledger_for(${on}::date)`.execute(work.db);
}

/** Own figures of units on a day; none for those that did not stand then. */
export async function basesOf(work: Work, ids: number[], on: Day): Promise<Map<number, Base>> {
	await openLedger(work, on);
	const { rows } = await sql<Base & { unitId: number }>`
		select unit_id as "unitId", women18, roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap
		from calc.report_base(${ids}::integer[], ${on}::date)`.execute(work.db);
	return new Map(rows.map(({ unitId, ...base }) => [unitId, base]));
}

/** The frozen reports of a period that units stand above, as each stands now; a cluster above its provinces. */
async function frozenBelow(work: Work, { id, dataUntil }: Period, ids: number[]): Promise<Below[]> {
	const { rows } = await sql<Omit<Below, "counts"> & { content: Buffer }>`
		with stands as materialized (
			select r.id, r.above_id as top, r.unit_id, r.seq from app.report r
			where r.period_id = ${id} and r.above_id = any(${ids}::integer[]) and r.above_id <> r.unit_id
			union all
			select r.id, c.cluster_id, r.unit_id, r.seq from app.cluster_province c join app.report r on r.period_id = ${id} and r.unit_id = c.province_id
			where c.cluster_id = any(${ids}::integer[]) and c.during @> ${dataUntil}::date
		)
		select r.id as "reportId", r.top as "aboveId", r.unit_id as "unitId", f.seq, encode(c.sha256, 'hex') as sha256, t.code, t.name, c.content
		from stands r join app.report_frozen f on f.report_id = r.id and f.seq = r.seq join app.report_copy c on c.id = f.copy_id
		-- Clusters stand in no territory: the centre's sum is of provinces alone.
		join app.territory t on t.unit_id = r.unit_id and t.since <= ${dataUntil}::date and t.until > ${dataUntil}::date
		order by t.place`.execute(work.db);
	return rows.map(({ content, ...row }) => ({ ...row, counts: countsIn(content) }));
}

/** The figures of a frozen report's bytes. */
export function countsIn(content: Uint8Array): Figures {
	return (JSON.parse(Buffer.from(content).toString()) as { counts: Figures }).counts;
}

/** Who is named as missing in a report's bytes. */
export function missingIn(content: Uint8Array): string[] {
	return (JSON.parse(Buffer.from(content).toString()) as { missing: { name: string }[] }).missing.map(
		({ name }) => name,
	);
}

/** The official source of the denominators of a day (R5). */
async function sourceOn(work: Work, on: Day): Promise<string> {
	const { rows } = await sql<{
		name: string;
	}>`select o.name from app.population_source o join app.term t on t.id = o.term_id where o.official
		order by t.during @> ${on}::date desc, lower(t.during) > ${on}::date desc, lower(t.during) limit 1`.execute(
		work.db,
	);
	return rows[0]?.name ?? "";
}
