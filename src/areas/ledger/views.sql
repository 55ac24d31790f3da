-- The ledger's arithmetic (design §4). All writing goes through calc.post_entries; all reading through calc.figures.
-- Components: 1 roster, 2 unlisted, 3 trade_union, 4 armed_forces, 5 member_organisation, 6 upper_club, 7 overlap.

-- The first day of the ledger; what came before stands in its opening.
create function calc.first_day() returns date language sql immutable parallel safe as $$ select date '2017-01-01' $$;

-- Opens the years up to `wanted`: the new opening is the last one plus the net of its year.
create function calc.extend_ledger(wanted integer) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
	last integer;
begin
	perform pg_advisory_xact_lock(7401, 1);
	select year into last from app.ledger_horizon;
	if last is null then
		insert into app.ledger_horizon (year) values (greatest(wanted, 2017));
		return;
	end if;
	while last < wanted loop
		insert into app.year_open (d, unit_id, component, total)
			select make_date(last + 1, 1, 1), unit_id, component, sum(v)
			from (
				select unit_id, component, total as v from app.year_open where d = make_date(last, 1, 1)
				union all
				select unit_id, component, delta from app.day_delta where on_date >= make_date(last, 1, 1) and on_date < make_date(last + 1, 1, 1)
			) x
			group by unit_id, component;
		last := last + 1;
	end loop;
	update app.ledger_horizon set year = last where year < last;
end $$;

-- Posts deltas: four arrays of one length, entry i being deltas[i] on days[i] for component components[i] of units[i].
-- Rows are written in key order, so that two postings never wait for each other in a ring.
create function calc.post_entries(units integer[], components smallint[], days date[], deltas integer[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
	horizon integer;
	last integer;
begin
	select extract(year from max(d))::integer into last from unnest(days) d;
	if last is null then return; end if;
	select year into horizon from app.ledger_horizon;
	if horizon is null or horizon < greatest(last, extract(year from calc.today())::integer + 1) then
		perform calc.extend_ledger(greatest(last, extract(year from calc.today())::integer + 1));
	else
		perform pg_advisory_xact_lock_shared(7401, 1);
	end if;
	select year into horizon from app.ledger_horizon;

	insert into app.day_delta as t (on_date, unit_id, component, delta)
		select day, unit, component, sum(delta)::integer as delta
		from unnest(units, components, days, deltas) as e(unit, component, day, delta)
		where day > calc.first_day()
		group by day, unit, component having sum(delta) <> 0
		order by day, unit, component
	on conflict (on_date, unit_id, component) do update set delta = t.delta + excluded.delta;

	insert into app.month_in_year as t (d, unit_id, component, net)
		select make_date(extract(year from day)::integer, m, 1) as d, unit, component, sum(delta)::integer
		from unnest(units, components, days, deltas) as e(unit, component, day, delta),
			generate_series(extract(month from day)::integer + 1, 12) m
		where day > calc.first_day()
		group by 1, unit, component having sum(delta) <> 0
		order by 1, unit, component
	on conflict (d, unit_id, component) do update set net = t.net + excluded.net;

	insert into app.year_open as t (d, unit_id, component, total)
		select make_date(y, 1, 1) as d, unit, component, sum(delta)::integer
		from unnest(units, components, days, deltas) as e(unit, component, day, delta),
			generate_series(case when day <= calc.first_day() then 2017 else extract(year from day)::integer + 1 end, horizon) y
		group by 1, unit, component having sum(delta) <> 0
		order by 1, unit, component
	on conflict (d, unit_id, component) do update set total = t.total + excluded.total;
end $$;

-- Fills an empty ledger at once from pg_temp.ledger_entry (unit_id, component, day, delta), which its caller has filled: the
-- bulk form of post_entries for a database that is loaded whole. Each level is summed from the one below it: running sums
-- within a year, openings over the years, up to next year or the last entry's.
create function calc.fill_ledger() returns void language plpgsql set search_path = pg_catalog as $$
declare
	last integer;
begin
	perform pg_advisory_xact_lock(7401, 1);
	if exists (select from app.year_open) or exists (select from app.month_in_year) or exists (select from app.day_delta) then
		raise exception 'the ledger is not empty';
	end if;
	select greatest(extract(year from max(day)), extract(year from calc.today()) + 1) into last from pg_temp.ledger_entry;
	if last is null then return; end if;
	delete from app.ledger_horizon;
	insert into app.ledger_horizon (year) values (last);

	insert into app.day_delta (on_date, unit_id, component, delta)
		select day, unit_id, component, sum(delta) from pg_temp.ledger_entry
		where day > calc.first_day() group by day, unit_id, component having sum(delta) <> 0 order by day, unit_id, component;

	insert into app.month_in_year (d, unit_id, component, net)
		with month as (
			select unit_id, component, extract(year from on_date)::integer as y, extract(month from on_date)::integer as m, sum(delta) as delta
			from app.day_delta group by 1, 2, 3, 4
		),
		running as (
			select unit_id, component, y, m, sum(delta) over w as net, coalesce(lead(m) over w, 12) as upto
			from month window w as (partition by unit_id, component, y order by m)
		)
		select make_date(y, n, 1) as d, unit_id, component, net from running, generate_series(m + 1, upto) n
		where net <> 0 order by 1, 2, 3;

	insert into app.year_open (d, unit_id, component, total)
		with year as (
			select unit_id, component, 2016 as y, sum(delta) as delta from pg_temp.ledger_entry where day <= calc.first_day() group by 1, 2
			union all
			select unit_id, component, extract(year from on_date)::integer, sum(delta) from app.day_delta group by 1, 2, 3
		),
		running as (
			select unit_id, component, y, sum(delta) over w as total, coalesce(lead(y) over w, last) as upto
			from year window w as (partition by unit_id, component order by y)
		)
		select make_date(n, 1, 1) as d, unit_id, component, total from running, generate_series(y + 1, upto) n
		where total <> 0 order by 1, 2, 3;
end $$;

-- The figure of every unit and component on a day within the opened years: three short range scans.
create function calc.figures(on_day date) returns table (unit_id integer, component smallint, value integer)
language sql stable parallel safe as $$
	select x.unit_id, x.component, sum(x.v)::integer from (
		select o.unit_id, o.component, o.total as v from app.year_open o where o.d = date_trunc('year', on_day)::date
		union all
		select m.unit_id, m.component, m.net from app.month_in_year m where m.d = date_trunc('month', on_day)::date
		union all
		select t.unit_id, t.component, t.delta from app.day_delta t where t.on_date >= date_trunc('month', on_day)::date and t.on_date <= on_day
	) x group by x.unit_id, x.component
$$;

-- The entries of spells: +1 where a counting period meets a commune, −1 where it ends there.
create function calc.spell_entries(spells uuid[]) returns table (unit_id integer, day date, delta integer)
language sql stable security definer set search_path = pg_catalog as $$
	with segment as (
		select h.commune_id, r * h.during as during
		from app.spell s cross join unnest(s.counts) r join app.unit_home h on h.leaf_id = s.leaf_id and h.during && r
		where s.id = any(spells)
	)
	select commune_id, lower(during), 1 from segment
	union all
	select commune_id, upper(during), -1 from segment where not upper_inf(during)
$$;

-- Posts (sign 1) or takes back (sign −1) everything the spells contribute.
create function calc.post_spells(spells uuid[], sign integer) returns void language sql security definer set search_path = pg_catalog as $$
	select calc.post_entries(array_agg(unit_id), array_agg(1::smallint), array_agg(day), array_agg(total))
	from (select unit_id, day, (sum(delta) * sign)::integer as total from calc.spell_entries(spells) group by unit_id, day having sum(delta) <> 0) e
$$;

-- The same for every spell of the leaves and of the groups below them: around a change of where they stand.
create function calc.post_leaves(leaves integer[], sign integer) returns void language sql security definer set search_path = pg_catalog as $$
	select calc.post_spells((select array_agg(s.id) from app.spell s where s.leaf_id in (select unit_id from calc.with_leaves(leaves))), sign)
$$;

-- The figure of one unit and component on a day within the opened years.
create function calc.balance(unit integer, of_component smallint, on_day date) returns integer language sql stable as $$
	select (coalesce((select o.total from app.year_open o where o.unit_id = unit and o.component = of_component and o.d = date_trunc('year', on_day)::date), 0)
		+ coalesce((select m.net from app.month_in_year m where m.unit_id = unit and m.component = of_component and m.d = date_trunc('month', on_day)::date), 0)
		+ coalesce((select sum(t.delta) from app.day_delta t where t.unit_id = unit and t.component = of_component
			and t.on_date >= date_trunc('month', on_day)::date and t.on_date <= on_day), 0))::integer
$$;
