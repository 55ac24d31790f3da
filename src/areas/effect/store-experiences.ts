import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Experience } from "./contract.ts";

/** What communes tell of how they did it, as far as the one acting may read it: her own and those below, and what is shared (R24). */
export async function listExperiences(work: Work, input: { unitId?: number }): Promise<Experience[]> {
	return experiencesOf(work, input.unitId === undefined ? null : [input.unitId]);
}

/** The same of some units (null: all), the latest first; a text that was replaced is not among them. */
export async function experiencesOf(work: Work, units: readonly number[] | null): Promise<Experience[]> {
	const { rows } = await sql<
		Omit<Experience, "unit"> & { unitId: number; code: string | null; name: string; province: string }
	>`
		select e.id, e.unit_id as "unitId", s.code, s.name, coalesce(p.name, '') as province, e.title, e.body, e.documents, e.began_on::text as "beganOn",
			to_json(e.written_at)#>>'{}' as "writtenAt", to_json(e.shared_at)#>>'{}' as "sharedAt", to_json(e.withdrawn_at)#>>'{}' as "withdrawnAt",
			e.shared_at is not null and e.withdrawn_at is null as shared, e.unit_id in (select calc.my_units('experience.share')) as mine
		from app.experience e
		cross join lateral (select x.code, x.name, x.unit_id, lower(x.during) as since from app.unit_spell x where x.unit_id = e.unit_id order by x.during desc limit 1) s
		left join lateral (select q.name from app.territory t join app.territory q on q.unit_id = t.province_id and q.during @> s.since
			where t.unit_id = e.unit_id and t.during @> s.since limit 1) p on true
		where e.superseded_at is null and (${units}::integer[] is null or e.unit_id = any(${units}::integer[]))
		order by e.written_at desc, e.id`.execute(work.db);
	return rows.map(({ unitId, code, name, province, ...row }) => ({ ...row, unit: { unitId, code, name, province } }));
}

/** Writes a text, or a new version of one; shared from now on where the chair agrees, and each version asks anew. */
export async function writeExperience(
	work: Work,
	input: {
		replaces?: string;
		unitId: number;
		title: string;
		body: string;
		documents: string;
		beganOn?: string;
		share: boolean;
	},
) {
	const { rows: may } = await sql<{ hers: boolean; commune: boolean }>`
		select ${input.unitId}::integer in (select calc.my_units('experience.share')) as hers,
			exists (select from app.unit where id = ${input.unitId} and kind = 'commune') as commune`.execute(work.db);
	if (!may[0]?.hers || !may[0].commune)
		throw new Problem(
			"experience.not_hers",
			403,
			"Chỉ Chủ tịch, Phó Chủ tịch Hội LHPN xã ghi và đồng ý chia sẻ kinh nghiệm của xã mình.",
			{ field: "unitId" },
		);
	if (input.beganOn !== undefined && input.beganOn > work.today)
		throw new Problem("experience.ahead", 422, "Ngày bắt đầu phải từ hôm nay trở về trước.", { field: "beganOn" });
	if (input.replaces !== undefined) await supersede(work, input.replaces);
	const id = uuidv7();
	await sql`insert into app.experience (id, unit_id, replaces_id, title, body, documents, began_on, written_by, shared_by, shared_at)
		values (${id}, ${input.unitId}, ${input.replaces ?? null}, ${input.title}, ${input.body}, ${input.documents}, ${input.beganOn ?? null}::date,
			${work.accountId}, ${input.share ? work.accountId : null}::uuid, case when ${input.share}::boolean then clock_timestamp() end)`.execute(
		work.db,
	);
	await work.audit({ action: "effect.write", unitId: input.unitId, detail: { shared: input.share } });
	return { id, shared: input.share };
}

async function supersede(work: Work, id: string): Promise<void> {
	const { rows } =
		await sql`update app.experience set superseded_at = clock_timestamp() where id = ${id} and superseded_at is null returning id`.execute(
			work.db,
		);
	if (rows.length === 0)
		throw new Problem(
			"experience.changed",
			409,
			"Kinh nghiệm này vừa được người khác sửa, hoặc không phải của đơn vị chị. Hãy tải lại trang rồi sửa.",
		);
}

/** Takes the agreement back: from now on nobody elsewhere reads it; the text stays the commune's own. */
export async function withdrawExperience(work: Work, { id }: { id: string }) {
	const { rows } = await sql<{
		unitId: number;
	}>`update app.experience set withdrawn_by = ${work.accountId}, withdrawn_at = clock_timestamp()
		where id = ${id} and superseded_at is null and shared_at is not null and withdrawn_at is null returning unit_id as "unitId"`.execute(
		work.db,
	);
	const [row] = rows;
	if (!row)
		throw new Problem(
			"experience.not_shared",
			409,
			"Kinh nghiệm này không còn được chia sẻ, hoặc không phải của đơn vị chị.",
		);
	await work.audit({ action: "effect.withdraw", unitId: row.unitId });
	return { id };
}
