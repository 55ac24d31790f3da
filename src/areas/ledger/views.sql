-- The ledger's arithmetic (design §4). All writing goes through calc.post_entries; all reading through calc.figures.
-- Components: 1 roster, 2 unlisted, 3 trade_union, 4 armed_forces, 5 member_organisation, 6 upper_club, 7 overlap.

-- The sums as the days have them, one row a component; those that say nothing are left out.
create view calc.ledger_entries with (security_invoker) as
	select x.d, x.unit_id, c.component, c.value from app.ledger_sum x
	cross join lateral (values (1::smallint, x.roster), (2::smallint, x.unlisted), (3::smallint, x.trade_union), (4::smallint, x.armed_forces),
		(5::smallint, x.member_organisation), (6::smallint, x.upper_club), (7::smallint, x.overlap)) c(component, value)
	where c.value <> 0;

-- The first day of the ledger; what came before stands in its opening.
create function calc.first_day() returns date language sql immutable parallel safe as $$ select date '2017-01-01' $$;

-- Adds to the sums: entry i is deltas[i] of component components[i] of units[i] on the first of a month days[i]. Rows are written in key
-- order, so that two postings never wait for each other in a ring.
create function calc.add_sums(units integer[], components smallint[], days date[], deltas integer[]) returns void
language sql security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
	insert into app.ledger_sum as t (d, unit_id, roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap)
		select d, unit, sum(delta * (component = 1)::integer), sum(delta * (component = 2)::integer), sum(delta * (component = 3)::integer),
			sum(delta * (component = 4)::integer), sum(delta * (component = 5)::integer), sum(delta * (component = 6)::integer),
			sum(delta * (component = 7)::integer)
		from unnest(units, components, days, deltas) as e(unit, component, d, delta)
		group by d, unit order by d, unit
	on conflict (d, unit_id) do update set roster = t.roster + excluded.roster, unlisted = t.unlisted + excluded.unlisted,
		trade_union = t.trade_union + excluded.trade_union, armed_forces = t.armed_forces + excluded.armed_forces,
		member_organisation = t.member_organisation + excluded.member_organisation, upper_club = t.upper_club + excluded.upper_club,
		overlap = t.overlap + excluded.overlap
$$;

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
		perform calc.add_sums(array_agg(unit_id), array_agg(component), array_agg(make_date(last + 1, 1, 1)), array_agg(v))
		from (
			select unit_id, component, value as v from calc.ledger_entries where d = make_date(last, 1, 1)
			union all
			select unit_id, component, delta from app.day_delta where on_date >= make_date(last, 1, 1) and on_date < make_date(last + 1, 1, 1)
		) x;
		last := last + 1;
	end loop;
	update app.ledger_horizon set year = last where year < last;
end $$;

-- The sums a change on a day is part of: the later months of its year and the later years up to the horizon.
create function calc.later_sums(day date, horizon integer) returns setof date language sql immutable parallel safe as $$
	select make_date(extract(year from day)::integer, m, 1) from generate_series(extract(month from day)::integer + 1, 12) m
	where day > calc.first_day()
	union all
	select make_date(y, 1, 1)
	from generate_series(case when day <= calc.first_day() then 2017 else extract(year from day)::integer + 1 end, horizon) y
$$;

-- Posts deltas: four arrays of one length, entry i being deltas[i] on days[i] for component components[i] of units[i].
create function calc.post_entries(units integer[], components smallint[], days date[], deltas integer[]) returns void
language plpgsql security definer set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
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

	perform calc.add_sums(array_agg(unit), array_agg(component), array_agg(d), array_agg(delta))
	from unnest(units, components, days, deltas) as e(unit, component, day, delta), calc.later_sums(day, horizon) d;
end $$;

-- Fills an empty ledger at once from pg_temp.ledger_entry (unit_id, component, day, delta), which its caller has filled: the
-- bulk form of post_entries for a database that is loaded whole. Each level is summed from the one below it, by running sums within
-- a year and over the years, up to next year or the last entry's.
create function calc.fill_ledger() returns void language plpgsql set search_path = pg_catalog as $$
declare
	last integer;
begin
	perform pg_advisory_xact_lock(7401, 1);
	if exists (select from app.ledger_sum) or exists (select from app.day_delta) then
		raise exception 'the ledger is not empty';
	end if;
	select greatest(extract(year from max(day)), extract(year from calc.today()) + 1) into last from pg_temp.ledger_entry;
	if last is null then return; end if;
	delete from app.ledger_horizon;
	insert into app.ledger_horizon (year) values (last);

	insert into app.day_delta (on_date, unit_id, component, delta)
		select day, unit_id, component, sum(delta) from pg_temp.ledger_entry
		where day > calc.first_day() group by day, unit_id, component having sum(delta) <> 0 order by day, unit_id, component;

	insert into app.ledger_sum (d, unit_id, roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap)
	select d, unit_id, sum(delta * (component = 1)::integer), sum(delta * (component = 2)::integer), sum(delta * (component = 3)::integer),
		sum(delta * (component = 4)::integer), sum(delta * (component = 5)::integer), sum(delta * (component = 6)::integer),
		sum(delta * (component = 7)::integer)
	from (
		select unit_id, component, make_date(y, n, 1) as d, net::integer as delta
		from (
			select unit_id, component, y, m, sum(delta) over w as net, coalesce(lead(m) over w, 12) as upto
			from (select unit_id, component, extract(year from on_date)::integer as y, extract(month from on_date)::integer as m, sum(delta) as delta
				from app.day_delta group by 1, 2, 3, 4) month
			window w as (partition by unit_id, component, y order by m)
		) running, generate_series(m + 1, upto) n where net <> 0
		union all
		select unit_id, component, make_date(n, 1, 1), total::integer
		from (
			select unit_id, component, y, sum(delta) over w as total, coalesce(lead(y) over w, last) as upto
			from (select unit_id, component, 2016 as y, sum(delta) as delta from pg_temp.ledger_entry where day <= calc.first_day() group by 1, 2
				union all
				select unit_id, component, extract(year from on_date)::integer, sum(delta) from app.day_delta group by 1, 2, 3) year
			window w as (partition by unit_id, component order by y)
		) running, generate_series(y + 1, upto) n where total <> 0
	) x group by d, unit_id order by d, unit_id;
end $$;

-- The figure of every unit and component on a day within the opened years: three short range scans (in January
-- two: the sum of 1 January is the opening alone).
create function calc.figures(on_day date) returns table (unit_id integer, component smallint, value integer)
language sql stable parallel safe as $$
	select x.unit_id, x.component, sum(x.v)::integer from (
		select s.unit_id, s.component, s.value as v from calc.ledger_entries s
			where s.d in (date_trunc('year', on_day)::date, date_trunc('month', on_day)::date)
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

-- The members of one unit on a day within the opened years.
create function calc.balance(unit integer, on_day date) returns integer language sql stable as $$
	select (coalesce((select sum(x.roster) from app.ledger_sum x where x.unit_id = unit
			and x.d in (date_trunc('year', on_day)::date, date_trunc('month', on_day)::date)), 0)
		+ coalesce((select sum(t.delta) from app.day_delta t where t.unit_id = unit and t.component = 1
			and t.on_date >= date_trunc('month', on_day)::date and t.on_date <= on_day), 0))::integer
$$;
