import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { StoreOf } from "../store-of.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { HeadcountComponent, headcountsContract } from "./contract.ts";
import { dayFault, REPORTING_KINDS, refuse, riseFault } from "./rules.ts";
import { importHeadcounts } from "./store-import.ts";
import { figuresInForce, lockHeadcounts, repostingHeadcounts, sumOf, writeFigures } from "./store-ledger.ts";

/** Members known by number, not by name: dated figures with source and document (R4, R49). */
export const headcounts: StoreOf<typeof headcountsContract> = {
	list: listInForce,
	history: (work, input) => readHistory(work, sql`h.unit_id = ${input.unitId}`, input.component),
	set: setHeadcount,
	import: importHeadcounts,
};

/** A figure as people entered it, newest first. RLS decides which units' are seen. */
async function readHistory(work: Work, where: ReturnType<typeof sql>, component?: HeadcountComponent) {
	const { rows } = await sql<{
		id: string;
		unitId: number;
		unitName: string;
		component: HeadcountComponent;
		onDay: Day;
		count: number;
		overlap: number;
		source: string;
		document: string;
		enteredBy: string;
		enteredAt: string;
		superseded: boolean;
	}>`select h.id, h.unit_id as "unitId", s.name as "unitName", h.component, h.on_day as "onDay", h.count, h.overlap, h.source, h.document,
			coalesce(a.display_name, 'Hội cấp trên') as "enteredBy", h.created_at as "enteredAt", h.superseded_at is not null as superseded
		from app.headcount h left join app.account a on a.id = h.created_by
		join lateral (select name from app.unit_spell x where x.unit_id = h.unit_id
			order by x.during @> h.on_day desc, x.during desc limit 1) s on true
		where ${where} and (${component ?? null}::text is null or h.component = ${component ?? null})
		order by h.component, h.on_day desc, h.created_at desc limit 1000`.execute(work.db);
	return rows;
}

/** The figures in force on a day at a unit, with `below` also at every level of the Union under it. */
async function listInForce(work: Work, input: { unitId: number; on?: Day; below: boolean }) {
	const on = input.on ?? work.today;
	refuse(dayFault(on, work.today, "on"));
	const unit = await requireUnit(work, { id: input.unitId, on });
	const { rows: units } = await sql<{ unitId: number; unitName: string; code: string | null }>`
		select t.unit_id as "unitId", t.name as "unitName", t.code from app.territory t
		where t.during @> ${on}::date and (t.unit_id = ${unit.id} or (${input.below}::boolean
			and (${unit.kind}::text = 'centre' or t.province_id = ${unit.id} or t.district_id = ${unit.id}
				or t.province_id in (select c.province_id from app.cluster_province c where c.cluster_id = ${unit.id} and c.during @> ${on}::date))))
			and ((select calc.sees_all('headcounts.read')) or t.unit_id in (select calc.my_units('headcounts.read')))
		order by t.path`.execute(work.db);
	const inForce = await figuresInForce(
		work,
		units.map((one) => one.unitId),
		on,
	);
	const names = await lastNames(
		work,
		inForce.filter((one) => one.carried).map((one) => one.originId),
	);
	const named = inForce.map((one) => ({ ...one, carriedFrom: one.carried ? (names.get(one.originId) ?? null) : null }));
	const figures = Map.groupBy(named, (one) => one.unitId);
	return units.map((one) => ({ ...one, figures: figures.get(one.unitId) ?? [] }));
}

/** What units were called at the end of their time. */
async function lastNames(work: Work, ids: number[]): Promise<Map<number, string>> {
	const { rows } = await sql<{ id: number; name: string }>`select distinct on (unit_id) unit_id as id, name
		from app.unit_spell where unit_id = any(${ids}::integer[]) order by unit_id, during desc`.execute(work.db);
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Records a figure. The same day replaces, the earlier row stays in the history; what is counted changes in the same transaction. */
async function setHeadcount(
	work: Work,
	input: {
		unitId: number;
		component: HeadcountComponent;
		onDay: Day;
		count: number;
		overlap: number;
		source: string;
		document: string;
		replaces?: string | null;
	},
) {
	refuse(dayFault(input.onDay, work.today, "onDay"));
	const unit = await requireUnit(work, { id: input.unitId, on: input.onDay });
	await requireReporting(work, unit);
	if (input.overlap > input.count)
		refuse({
			code: "headcount.overlap_invalid",
			field: "overlap",
			text: "Số đã có trong danh sách phải từ 0 đến số lượng đã nhập.",
		});
	const seen = input.replaces === undefined ? await sameDay(work, input) : input.replaces;
	await lockHeadcounts(work, [unit.id]);
	await refuseStale(work, input, seen);
	const before = (await figuresInForce(work, [unit.id], input.onDay)).filter(
		(one) => one.component === input.component,
	);
	refuse(riseFault(input, sumOf(before), await unlistedRights(work, unit.id, before.length > 0)));
	const id = uuidv7();
	await repostingHeadcounts(work, [unit.id], () => writeFigures(work, [{ ...input, id }]));
	await work.audit({
		action: "headcounts.set",
		unitId: unit.id,
		detail: { component: input.component, onDay: input.onDay, count: input.count, overlap: input.overlap },
	});
	const [row] = await readHistory(work, sql`h.id = ${id}`);
	return row;
}

async function requireReporting(work: Work, unit: { id: number; kind: string }): Promise<void> {
	if (!REPORTING_KINDS.includes(unit.kind))
		refuse({
			code: "headcount.wrong_unit",
			field: "unitId",
			text: "Số liệu tổng hợp chỉ nhập cho các cấp Hội (xã, huyện, tỉnh, Trung ương).",
		});
	const { rows } = await sql<{
		ok: boolean;
	}>`select calc.may_at('headcounts.write', ${unit.id}::integer) as ok`.execute(work.db);
	if (!rows[0].ok)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền nhập số liệu cho đơn vị này.");
}

async function sameDay(work: Work, key: { unitId: number; component: HeadcountComponent; onDay: Day }) {
	const row = await work.db
		.selectFrom("headcount")
		.select("id")
		.where("unit_id", "=", key.unitId)
		.where("component", "=", key.component)
		.where("on_day", "=", key.onDay)
		.where("superseded_at", "is", null)
		.executeTakeFirst();
	return row?.id ?? null;
}

/** Two people at once: whoever comes second is shown the first one's figure instead of replacing it unseen. */
async function refuseStale(
	work: Work,
	key: { unitId: number; component: HeadcountComponent; onDay: Day },
	seen: string | null,
): Promise<void> {
	const now = await sameDay(work, key);
	if (now === seen) return;
	const [theirs] = now === null ? [] : await readHistory(work, sql`h.id = ${now}`);
	throw new Problem(
		"headcount.concurrent",
		409,
		"Người khác vừa nhập số liệu cùng ngày. Hãy xem lại số của người đó rồi lưu.",
		{ detail: { theirs: theirs ?? null } },
	);
}

/** Whether the unit's `unlisted` figure was ever opened, and whether the one acting stands above the unit (R49). */
async function unlistedRights(work: Work, unitId: number, inForce: boolean) {
	const { rows } = await sql<{ opened: boolean; fromAbove: boolean }>`select
		${inForce}::boolean or exists (select from app.headcount where unit_id = ${unitId} and component = 'unlisted' and superseded_at is null) as opened,
		calc.acts_from_above('headcounts.write', ${unitId}::integer)
			or (select kind = 'centre' from app.unit where id = ${unitId}) as "fromAbove"`.execute(work.db);
	return rows[0];
}
