-- The recount (taphop verify): everything worked out again from rows, compared with what the ledger says.

-- What the ledger should hold, from the rows alone.
create function calc.expected_entries() returns table (unit_id integer, component smallint, day date, delta bigint)
language sql stable security definer set search_path = pg_catalog as $$
	select unit_id, component, greatest(day, calc.first_day()), sum(delta) from (
		select h.commune_id as unit_id, 1::smallint as component, lower(r * h.during) as day, 1 as delta
			from app.spell s cross join unnest(s.counts) r join app.unit_home h on h.leaf_id = s.leaf_id and h.during && r
		union all
		select h.commune_id, 1::smallint, upper(r * h.during), -1
			from app.spell s cross join unnest(s.counts) r join app.unit_home h on h.leaf_id = s.leaf_id and h.during && r
			where not upper_inf(r * h.during)
		union all
		select unit_id, component, day, delta from calc.headcount_entries(null)
	) e
	group by unit_id, component, greatest(day, calc.first_day())
	having sum(delta) <> 0
$$;

-- Every place where the ledger and the rows differ; none is the only good answer.
create function calc.verify() returns table (what text, unit_id integer, component smallint, day date, ledger bigint, rows bigint)
language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
	horizon integer;
begin
	select year into horizon from app.ledger_horizon;
	create temp table if not exists expected (unit_id integer, component smallint, day date, delta bigint) on commit drop;
	delete from pg_temp.expected;
	insert into pg_temp.expected select * from calc.expected_entries();
	return query
		select 'day'::text, unit_id, component, day, a.delta::bigint, e.delta
		from (select x.on_date as day, x.unit_id, x.component, x.delta from app.day_delta x where x.delta <> 0) a
		full join (select x.day, x.unit_id, x.component, x.delta from pg_temp.expected x where x.day > calc.first_day()) e
			using (unit_id, component, day)
		where a.delta is distinct from e.delta
		union all
		select 'month', unit_id, component, d, a.net::bigint, e.net
		from (select x.d, x.unit_id, x.component, x.net from app.month_in_year x where x.net <> 0) a
		full join (select make_date(extract(year from x.day)::integer, m, 1) as d, x.unit_id, x.component, sum(x.delta)::bigint as net
			from pg_temp.expected x, generate_series(extract(month from x.day)::integer + 1, 12) m
			where x.day > calc.first_day() group by 1, 2, 3 having sum(x.delta) <> 0) e
			using (unit_id, component, d)
		where a.net is distinct from e.net
		union all
		select 'year', unit_id, component, d, a.total::bigint, e.total
		from (select x.d, x.unit_id, x.component, x.total from app.year_open x where x.total <> 0) a
		full join (select make_date(y, 1, 1) as d, x.unit_id, x.component, sum(x.delta)::bigint as total
			from pg_temp.expected x, generate_series(case when x.day <= calc.first_day() then 2017 else extract(year from x.day)::integer + 1 end, horizon) y
			group by 1, 2, 3 having sum(x.delta) <> 0) e
			using (unit_id, component, d)
		where a.total is distinct from e.total;
end $$;
