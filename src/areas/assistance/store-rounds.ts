import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { classCounts } from "../gathering/rules.ts";
import { listRates } from "../gathering/store-rates.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { SupportPicture } from "./contract-rounds.ts";
import { STEP_WORDS, STEPS, type Step } from "./rules-rounds.ts";
import { requireAsked } from "./store-portfolios.ts";
import { loadRounds, requireRound, standingOf } from "./store-rounds-read.ts";

/** The rounds of the provinces of a unit, by the step they are in, with what is missing and what is late; and the provinces without one. */
export async function listRounds(work: Work, ref: { unitId?: number; unit?: string }) {
	const unit = await requireAsked(work, ref);
	const { rows: below } = await sql<{ unitId: number; code: string | null; name: string; lives: boolean }>`
		select u.id as "unitId", s.code, s.name, s.during @> ${work.today}::date as lives from app.unit_scope c
		join app.unit u on u.id = c.unit_id and u.kind = 'province'
		join lateral (select * from app.unit_spell s where s.unit_id = u.id order by s.during @> ${work.today}::date desc, lower(s.during) desc limit 1) s on true
		where c.ancestor_id = ${unit.id} or (${unit.kind}::text = 'commune' and u.id = (select t.province_id from app.territory t
			where t.unit_id = ${unit.id} and t.since <= ${work.today}::date and t.until > ${work.today}::date))
		group by u.id, s.code, s.name, s.during order by s.code collate "C"`.execute(work.db);
	const rounds = await loadRounds(work, { provinceIds: below.map(({ unitId }) => unitId) });
	const withRound = new Set(rounds.map(({ province }) => province.unitId));
	// A commune reads the rounds it was asked to; which provinces have none is no business of hers.
	const without = unit.kind === "commune" ? [] : below.filter(({ unitId, lives }) => lives && !withRound.has(unitId));
	const notOver = without.length > 0 ? await notOverBy(work, unit.id) : new Map<number, number>();
	const { rows: may } = await sql<{ open: boolean }>`select calc.may_at('support.write', ${unit.id}::integer)
		and ${unit.kind}::text <> 'commune' as open`.execute(work.db);
	return {
		on: work.today,
		unit: { unitId: unit.id, code: unit.code, name: unit.name },
		rows: rounds.map((round) => {
			const { current, steps, late } = standingOf(round, work.today);
			const going = round.activities.filter(({ cancelledWhy }) => cancelledWhy === "");
			return {
				id: round.id,
				name: round.name,
				province: round.province,
				cluster: round.cluster,
				openedOn: round.openedOn,
				current,
				missing: steps.find(({ step }) => step === current)?.missing ?? [],
				late,
				communes: round.communes.length,
				activities: going.length,
				done: going.filter(({ doneOn }) => doneOn !== null).length,
				openIssues: round.issues.filter(({ answeredOn, passedOn }) => answeredOn === null && !passedOn).length,
				planNumber: round.workshop?.planNumber ?? "",
			};
		}),
		without: without
			.map(({ unitId, code, name }) => ({ unitId, code, name, notOver: notOver.get(unitId) ?? 0 }))
			.filter((one) => one.notOver > 0),
		mayOpen: may[0].open,
	};
}

/** How many communes of each province below a unit are not over 60 % today. */
async function notOverBy(work: Work, unitId: number): Promise<Map<number, number>> {
	const rates = await listRates(work, { unitId, level: "commune" });
	const ids = rates.filter((row) => row.class === "under" || row.class === "exactly").map(({ id }) => id);
	const { rows } = await sql<{
		provinceId: number;
		n: number;
	}>`select province_id as "provinceId", count(*)::integer as n from app.territory
		where unit_id = any(${ids}::integer[]) and since <= ${work.today}::date and until > ${work.today}::date group by 1`.execute(
		work.db,
	);
	return new Map(rows.map(({ provinceId, n }) => [provinceId, n]));
}

/** One round, whole, with how its communes stand today. */
export async function showRound(work: Work, { roundId }: { roundId: string }) {
	const { closings: _, ...round } = await requireRound(work, roundId);
	const standing = standingOf({ ...round, closings: _ }, work.today);
	const rates = new Map(
		(round.communes.length === 0 ? [] : await listRates(work, { unitId: round.provinceNow, level: "commune" })).map(
			(row) => [row.id, row],
		),
	);
	const { rows: may } = await sql<{ write: boolean; evaluate: boolean }>`select
		calc.may_at('support.write', ${round.province.unitId}::integer) as write, calc.evaluates_round(${roundId}::uuid) as evaluate`.execute(
		work.db,
	);
	return {
		...round,
		...standing,
		communes: round.communes.map((one) => {
			const rate = rates.get(one.unitId);
			return { ...one, members: rate?.members ?? null, rate: rate?.rate ?? null, missing: rate?.missing ?? null };
		}),
		mayWrite: may[0].write,
		mayEvaluate: may[0].evaluate,
	};
}

/** How the communes of a province of today stood on a day, under the units of today: counted once and kept as it was seen. */
export async function pictureOf(work: Work, provinceId: number, on: Day): Promise<SupportPicture> {
	if (on > work.today)
		throw new Problem("assistance.ahead", 422, "Tình hình các cơ sở lấy theo số liệu đến hôm nay.", {
			field: "pictureOn",
		});
	const rows = (await listRates(work, { unitId: provinceId, on, map: work.today, level: "commune" })).filter(
		({ kind }) => kind === "commune",
	);
	const missing = rows.reduce((sum, row) => sum + (row.class === "over" ? 0 : (row.missing ?? 0)), 0);
	return { on, communes: rows.length, ...classCounts(rows), missing };
}

/** Opens the support of a province's communes: from here on its four steps are followed. */
export async function openRound(work: Work, input: { provinceId: number; name: string; openedOn?: Day }) {
	const { provinceId, name } = input;
	const openedOn = input.openedOn ?? work.today;
	if (openedOn > work.today)
		throw new Problem("assistance.ahead", 422, "Ngày mở không được sau hôm nay.", { field: "openedOn" });
	const province = await requireUnit(work, { id: provinceId });
	if (province.kind !== "province")
		throw new Problem("assistance.no_province", 422, "Đợt hỗ trợ mở cho các cơ sở của một tỉnh, thành phố.", {
			field: "provinceId",
		});
	const id = uuidv7();
	await sql`insert into app.support_round (id, province_id, name, opened_on, opened_by)
		values (${id}::uuid, ${provinceId}, ${name}, ${openedOn}::date, ${work.accountId}::uuid)`.execute(work.db);
	await work.audit({ action: "assistance.openRound", unitId: provinceId });
	return { id };
}

export interface Minutes {
	roundId: string;
	version: number;
	metOn: Day;
	place: string;
	present: string;
	policy: string;
	fromDay: Day | null;
	untilDay: Day | null;
	content: string;
	manner: string;
	dutyCluster: string;
	dutyProvince: string;
	dutyDistrict: string;
	dutyCommune: string;
	pictureOn: Day | null;
}

/** Writes the minutes of step 1; the picture is worked out for its day and kept with them. */
export async function setMinutes(work: Work, input: Minutes) {
	const { roundId, version, metOn, fromDay, untilDay, pictureOn } = input;
	const round = await requireOpenStep(work, roundId, 1);
	refuseChanged(round.minutes, version);
	if (metOn > work.today)
		throw new Problem("assistance.ahead", 422, "Ngày làm việc không được sau hôm nay.", { field: "metOn" });
	if (fromDay !== null && untilDay !== null && untilDay < fromDay)
		throw new Problem("assistance.days", 422, "Ngày kết thúc phải từ ngày bắt đầu trở đi.", { field: "untilDay" });
	const picture = pictureOn === null ? null : await pictureOf(work, round.provinceNow, pictureOn);
	const { numAffectedRows } =
		await sql`insert into app.support_minutes as m (round_id, met_on, place, present, policy, from_day, until_day, content,
			manner, duty_cluster, duty_province, duty_district, duty_commune, picture_on, picture, changed_by)
		values (${roundId}::uuid, ${metOn}::date, ${input.place}, ${input.present}, ${input.policy}, ${fromDay}::date, ${untilDay}::date, ${input.content},
			${input.manner}, ${input.dutyCluster}, ${input.dutyProvince}, ${input.dutyDistrict}, ${input.dutyCommune}, ${pictureOn}::date,
			${picture === null ? null : JSON.stringify(picture)}::jsonb, ${work.accountId}::uuid)
		on conflict (round_id) do update set met_on = excluded.met_on, place = excluded.place, present = excluded.present, policy = excluded.policy,
			from_day = excluded.from_day, until_day = excluded.until_day, content = excluded.content, manner = excluded.manner,
			duty_cluster = excluded.duty_cluster, duty_province = excluded.duty_province, duty_district = excluded.duty_district,
			duty_commune = excluded.duty_commune, picture_on = excluded.picture_on, picture = excluded.picture, version = m.version + 1,
			changed_by = excluded.changed_by, changed_at = clock_timestamp()
		where m.version = ${version}`.execute(work.db);
	if (numAffectedRows !== 1n) throw changedMeanwhile();
	await work.audit({ action: "assistance.setMinutes", unitId: round.province.unitId });
	return { version: version + 1 };
}

/** Closes a step that has all it must end in; what is missing is named (R18). */
export async function closeStep(work: Work, { roundId, step }: { roundId: string; step: Step }) {
	const round = await requireOpenStep(work, roundId, step);
	const missing = standingOf(round, work.today).steps.find((one) => one.step === step)?.missing ?? [];
	if (missing.length > 0)
		throw new Problem(
			"assistance.step_missing",
			409,
			`Chưa khép được bước ${step}. Còn thiếu: ${missing.join("; ")}.`,
			{
				detail: { missing },
			},
		);
	await sql`insert into app.support_closing (round_id, step, closed_on, closed_by)
		values (${roundId}::uuid, ${step}, ${work.today}::date, ${work.accountId}::uuid)`.execute(work.db);
	await work.audit({ action: "assistance.closeStep", unitId: round.province.unitId, detail: { step } });
	return { closedOn: work.today };
}

/** Opens the last closed step again, so that something in it can be put right; the log keeps why. */
export async function reopenStep(work: Work, { roundId, step, why }: { roundId: string; step: Step; why: string }) {
	const round = await lockedRound(work, roundId);
	const last = STEPS.findLast((one) => round.closings.some((closing) => closing.step === one));
	if (last !== step)
		throw new Problem(
			"assistance.not_last_step",
			409,
			last === undefined ? "Chưa có bước nào khép." : `Chỉ mở lại được bước khép sau cùng: bước ${last}.`,
			{ field: "step" },
		);
	const { numAffectedRows } =
		await sql`delete from app.support_closing where round_id = ${roundId}::uuid and step = ${step}`.execute(work.db);
	if (numAffectedRows !== 1n) throw denied();
	await work.audit({ action: "assistance.reopenStep", unitId: round.province.unitId, detail: { step, why } });
	return { step };
}

/** The round, of which nobody else writes until this is done. */
export async function lockedRound(work: Work, roundId: string) {
	await sql`select pg_advisory_xact_lock(7430, hashtext(${roundId}))`.execute(work.db);
	return requireRound(work, roundId);
}

/** The round, in which a step is not closed and the one acting may write. */
export async function requireOpenStep(work: Work, roundId: string, step: Step) {
	const round = await lockedRound(work, roundId);
	const closing = round.closings.find((one) => one.step === step);
	if (closing)
		throw new Problem(
			"assistance.step_closed",
			409,
			`${STEP_WORDS[step]} đã khép. Muốn sửa, hãy mở lại bước này trước.`,
			{ field: "step" },
		);
	const { rows } = await sql<{
		may: boolean;
	}>`select calc.may_at('support.write', ${round.province.unitId}::integer) as may`.execute(work.db);
	if (!rows[0].may) throw denied();
	return round;
}

/** Refuses to write over what somebody else wrote since it was looked at: says who and when. */
export function refuseChanged(
	now: { version: number; changedBy: string | null; changedAt: string } | null | undefined,
	version: number,
): void {
	if ((now?.version ?? 0) === version) return;
	throw changedMeanwhile(now?.changedBy);
}

/** Two have edited the same: the second is told by whom. */
export function changedMeanwhile(by?: string | null): Problem {
	return new Problem(
		"assistance.changed",
		409,
		`${by ?? "Người khác"} vừa sửa nội dung này trong khi chị đang ghi. Điều chị ghi vẫn còn trên màn hình: hãy chép lại, tải lại trang để xem bản mới rồi ghi tiếp.`,
		{ field: "version" },
	);
}

export function denied(): Problem {
	return new Problem("access.denied", 403, "Tài khoản của chị không có quyền làm việc này ở tỉnh, thành phố này.");
}
