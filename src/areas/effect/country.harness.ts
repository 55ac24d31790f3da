import { addDays, addMonths } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { openSmallCountry, TODAY } from "../reorganisations/small-country.harness.ts";
import { type CountryPlan, makeCountry } from "./effect.harness.ts";

/** Provinces of two regions by their codes. */
const CODES = ["04", "08", "11", "12", "14", "15", "19", "20", "25", "38", "40", "42", "44", "46"];
/** The month of the database in which the first month of a made-up country lies. */
const BEGINS = "2022-10-01";

/**
 * The database of a made-up country: its communes' members month by month in the ledger, women aged 18 and over, and a support case for each that
 * began something, with its solutions (kinds `solution.…`) and models (`model.…`). Communes have the codes 20001, 20002 … in the country's order.
 */
export async function openMadeUpCountry(plan: Omit<CountryPlan, "provinces">) {
	const kit = await openSmallCountry();
	await kit.fill([]);
	const { owner, operator } = kit;
	const made = makeCountry({ ...plan, provinces: CODES.length });
	const by = operator.accountId;
	await owner.query(`insert into app.unit (kind) select 'province' from unnest($1::text[])`, [CODES]);
	await owner.query(
		`insert into app.unit_spell (unit_id, during, code, name, parent_id, search_key)
			select u.id, '[2017-01-01,)', c.code, 'Tỉnh ' || c.code, (select id from app.unit where kind = 'centre'), 'tinh'
			from unnest($1::text[]) with ordinality c(code, n)
			join (select id, row_number() over (order by id) as n from app.unit where kind = 'province' and id not in (select unit_id from app.unit_spell)) u on u.n = c.n`,
		[CODES],
	);
	const communes = made.courses.map(({ province, likes, women }, at) => ({
		code: String(20_001 + at),
		province: CODES[province],
		name: `${likes.endsWith("phường") ? "Phường" : "Xã"} ${20_001 + at}`,
		women,
	}));
	await owner.query("insert into app.unit (kind) select 'commune' from generate_series(1, $1::integer)", [
		communes.length,
	]);
	await owner.query(
		`insert into app.unit_spell (unit_id, during, code, name, parent_id, search_key)
			select u.id, '[2017-01-01,)', c.code, c.name, p.unit_id, 'xa'
			from json_to_recordset($1) as c(code text, province text, name text) join app.unit_spell p on p.code = c.province and p.name = 'Tỉnh ' || c.province
			join (select id, row_number() over (order by id) as n from app.unit where kind = 'commune' and id not in (select unit_id from app.unit_spell)) u
				on u.n = c.code::integer - 20000`,
		[JSON.stringify(communes)],
	);
	await owner.query("select calc.refresh_homes((select array_agg(id) from app.unit)), calc.refresh_scopes(null)");
	await owner.query(
		`with source as (insert into app.population_source (term_id, name, official) select min(id), 'thử', true from app.term on conflict do nothing returning id)
			insert into app.population (id, source_id, unit_id, women18, created_by)
			select gen_random_uuid(), coalesce((select id from source), (select id from app.population_source where name = 'thử')), s.unit_id, c.women, $2
			from json_to_recordset($1) as c(code text, women integer) join app.unit_spell s on s.code = c.code`,
		[JSON.stringify(communes), by],
	);
	await owner.query("select calc.refresh_denominators()");
	const entries = made.courses.flatMap(({ rates, women }, at) => {
		let had = 0;
		return rates.flatMap((rate, month) => {
			const members = Math.round((women * rate) / 100);
			const delta = members - had;
			had = members;
			// Within the month before the first on which it is read.
			const day = month === 0 ? "2021-01-01" : addDays(addMonths(BEGINS, month), -10);
			return delta === 0 ? [] : [{ code: String(20_001 + at), day, delta }];
		});
	});
	await owner.query(
		`with e as (select * from json_to_recordset($1) as x(code text, day date, delta integer))
			select calc.post_entries(array_agg(s.unit_id), array_agg(1::smallint), array_agg(e.day), array_agg(e.delta))
			from e join app.unit_spell s on s.code = e.code`,
		[JSON.stringify(entries)],
	);
	const cases = new Map([...new Set(made.uses.map(({ commune }) => commune))].map((commune) => [commune, uuidv7()]));
	await owner.query(
		`insert into app.support_case (id, unit_id, opened_on, opened_by, why, changed_by)
			select c.id, s.unit_id, '2023-06-01', $2, 'hand', $2 from json_to_recordset($1) as c(id uuid, code text) join app.unit_spell s on s.code = c.code`,
		[JSON.stringify([...cases].map(([commune, id]) => ({ id, code: String(20_001 + commune) }))), by],
	);
	const begun = JSON.stringify(
		made.uses.map(({ commune, kind, at }) => ({
			id: cases.get(commune),
			kind,
			day: addDays(addMonths(BEGINS, at), 9),
		})),
	);
	await owner.query(
		`insert into app.support_solution (id, case_id, solution, begun_on)
			select gen_random_uuid(), u.id, u.kind, u.day from json_to_recordset($1) as u(id uuid, kind text, day date) where u.kind like 'solution.%'`,
		[begun],
	);
	await owner.query(
		`insert into app.model (id, unit_id, kind, name, founded, recorded_by)
			select gen_random_uuid(), c.unit_id, u.kind, 'CLB', u.day, $2 from json_to_recordset($1) as u(id uuid, kind text, day date)
			join app.support_case c on c.id = u.id where u.kind like 'model.%'`,
		[begun, by],
	);
	return { ...kit, made, today: TODAY };
}
