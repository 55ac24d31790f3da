import { openTestDatabase, type TestDatabase } from "../../../test/kit.ts";
import { uuidv7 } from "../../core/id.ts";

/** The day on which the small country is rearranged, and the one it is looked at. */
export const DAY = "2026-08-01";
export const TODAY = "2026-11-22";

/** What a random small country holds: for each commune its women aged 18 and over, figures and branches with their women. */
export interface CommunePlan {
	province: 0 | 1;
	women18: number;
	unlisted: number;
	overlap: number;
	/** Joining days of the women of each branch; the first list is of women without a branch. */
	joined: string[][];
}

/** A database whose country is two provinces and a handful of communes: reorganisations of it take milliseconds. */
export async function openSmallCountry(): Promise<TestDatabase & { fill(plan: CommunePlan[]): Promise<void> }> {
	const kit = await openTestDatabase({ today: TODAY });
	const { owner } = kit;
	const centre = await kit.unit("VN", TODAY);
	const clear = `delete from app.audit; delete from app.reorganisation_before; delete from app.split_share; delete from app.unit_succession;
		delete from app.reorganisation_change; delete from app.reorganisation;
		delete from app.residence; delete from app.spell; delete from app.person;
		delete from app.headcount; delete from app.population; delete from app.denominator;
		delete from app.ledger_sum; delete from app.day_delta;
		delete from app.unit_home; delete from app.unit_scope; delete from app.territory; delete from app.cluster_province;
		delete from app.unit_spell where unit_id <> ${centre}; delete from app.unit where id <> ${centre};`;
	return {
		...kit,
		async fill(plan) {
			await owner.query(`set search_path = app, public; ${clear}`);
			const provinces = [
				await add("province", "01", "Tỉnh Một", centre),
				await add("province", "02", "Tỉnh Hai", centre),
			];
			const leaves: { leaf: number; joined: string[] }[] = [];
			const figures: [number, CommunePlan][] = [];
			for (const [at, commune] of plan.entries()) {
				const code = String(10_001 + at);
				const id = await add("commune", code, `Xã ${code}`, provinces[commune.province]);
				figures.push([id, commune]);
				leaves.push({ leaf: id, joined: commune.joined[0] ?? [] });
				for (const [n, joined] of commune.joined.slice(1).entries())
					leaves.push({ leaf: await add("branch", null, `Chi hội ${n} xã ${code}`, id), joined });
			}
			await owner.query("select calc.refresh_homes((select array_agg(id) from app.unit)), calc.refresh_scopes(null)");
			for (const { leaf, joined } of leaves) for (const day of joined) await join(leaf, day);
			for (const [id, commune] of figures) await declare(id, commune);
			await owner.query(
				"select calc.post_headcounts((select array_agg(id) from app.unit), 1), calc.refresh_denominators()",
			);
		},
	};

	async function add(kind: string, code: string | null, name: string, parent: number): Promise<number> {
		const { rows } = await owner.query(
			`with u as (insert into app.unit (kind) values ($1) returning id)
				insert into app.unit_spell (unit_id, during, code, name, parent_id, search_key) select id, '[2017-01-01,)', $2, $3, $4, $3 from u returning unit_id`,
			[kind, code, name, parent],
		);
		return rows[0].unit_id;
	}

	async function join(leaf: number, day: string): Promise<void> {
		const [person, spell] = [uuidv7(), uuidv7()];
		await owner.query("insert into app.person_name values ('x') on conflict do nothing");
		await owner.query(
			`insert into app.person (id, full_name, search_key, identity_key, sort_key, created_by)
				values ('${person}', 'Chị Hội Viên', 'chi hoi vien', 'x', 'x', '${kit.operator.accountId}')`,
		);
		await owner.query(
			`insert into app.spell (id, person_id, sort_key, leaf_id, joined, counts, counting_order)
				values ('${spell}', '${person}', 'x', ${leaf}, '${day}', datemultirange(daterange('${day}', null)), 0)`,
		);
		await owner.query(`insert into app.residence (id, spell_id, kind) values ('${uuidv7()}', '${spell}', 'permanent')`);
		await owner.query(`select calc.post_spells(array['${spell}']::uuid[], 1)`);
	}

	async function declare(unit: number, { women18, unlisted, overlap }: CommunePlan): Promise<void> {
		const by = kit.operator.accountId;
		await owner.query(
			`insert into app.headcount (id, unit_id, component, on_day, count, overlap, source, created_by)
				values ('${uuidv7()}', ${unit}, 'unlisted', '2020-01-01', ${unlisted}, 0, 'thử', '${by}'),
					('${uuidv7()}', ${unit}, 'trade_union', '2020-01-01', ${unlisted + overlap}, ${overlap}, 'thử', '${by}')`,
		);
		await owner.query(
			`with term as (select id from app.term order by id limit 1),
				made as (insert into app.population_source (term_id, name, official) select id, 'thử', true from term on conflict do nothing returning id)
				insert into app.population (id, source_id, unit_id, women18, created_by)
				select '${uuidv7()}', coalesce((select id from made), (select id from app.population_source where name = 'thử')), ${unit}, ${women18}, '${by}'`,
		);
	}
}
