-- Everything worked out again from the rows: for "Cách tính" and for taphop verify.

-- The communes, Chưa phân and upper levels whose figures make up a unit's on a day, itself among them.
create function calc.places_of(top integer, on_day date) returns setof integer language sql stable security definer set search_path = pg_catalog as $$
	select t.unit_id from app.unit u join app.territory t on t.during @> on_day and (u.kind = 'centre' or t.unit_id = top
		or (u.kind = 'province' and t.province_id = top) or (u.kind = 'district' and t.district_id = top)
		or (u.kind = 'cluster' and t.province_id in (select c.province_id from app.cluster_province c where c.cluster_id = top and c.during @> on_day)))
	where u.id = top and (calc.sees_all('gathering.read') or top in (select calc.my_units('gathering.read')))
$$;

-- The members who count at a unit on a day, one by one from their own rows.
create function calc.recount_roster(top integer, on_day date) returns bigint language sql stable security definer set search_path = pg_catalog as $$
	select count(*) from app.unit_home h join app.spell s on s.leaf_id = h.leaf_id and s.counts @> on_day
	where h.during @> on_day and h.commune_id in (select calc.places_of(top, on_day))
$$;

-- The figures without names in force at a unit and all below it on a day, from their own rows.
create function calc.recount_headcounts(top integer, on_day date) returns table (component text, count bigint, overlap bigint)
language sql stable security definer set search_path = pg_catalog as $$
	select f.component, sum(f.count), sum(f.overlap)
	from calc.headcounts_in_force(array(select calc.places_of(top, on_day)), on_day) f group by f.component
$$;

-- The known denominators of a unit's places on a day, worked out again from the recorded figures; null where none is known.
create function calc.recount_women(top integer, on_day date) returns bigint language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	if exists (select from app.unit u where u.id = top and u.kind in ('commune', 'unassigned')) then
		return (select case when count(*) = count(o.women18) then nullif(sum(o.women18), 0) end from calc.denominator_origins(top, on_day) o);
	end if;
	return (select nullif(sum(e.women18), 0) from calc.expected_denominators() e
		where e.during @> on_day and e.unit_id in (select calc.places_of(top, on_day)));
end $$;

-- On the roster of a unit on a day, and not counted: how many for which reason (R2).
create function calc.not_counted(top integer, on_day date) returns table (reason text, n bigint) language sql stable security definer set search_path = pg_catalog as $$
	with place as (select calc.places_of(top, on_day) as unit_id),
	listed as (
		select s.id, s.person_id, s.stage, p.honorary from app.unit_home h join app.spell s on s.leaf_id = h.leaf_id
		join app.person p on p.id = s.person_id and p.merged_into is null
		where h.during @> on_day and h.commune_id in (select unit_id from place) and not s.counts @> on_day
			and s.joined <= on_day and (s.left_on is null or s.left_on > on_day) and s.stage <> 'declined'
	)
	select case
		when l.honorary then 'honorary'
		when l.stage = 'proposed' then 'proposed'
		when exists (select from app.spell o where o.person_id = l.person_id and o.id <> l.id and o.counts @> on_day) then 'counted_elsewhere'
		when r.kind = 'temporary' and r.start is null then 'temporary_start_missing'
		when r.kind = 'temporary' and (r.start + interval '6 months')::date > on_day then 'temporary_under_6_months'
		else 'other' end, count(*)
	from listed l left join lateral (select r.kind, r.start from app.residence r where r.spell_id = l.id
		and (r.start is null or r.start <= on_day) and (r.until is null or r.until > on_day)
		order by r.kind, r.start desc nulls last limit 1) r on true
	group by 1
	union all
	-- Active in a club or special base here, resident elsewhere (R3).
	select 'active_here', count(distinct a.person_id)
	from app.affiliation a join app.unit_spell c on c.unit_id = a.unit_id and c.during @> on_day and c.parent_id in (select unit_id from place)
	where a.since <= on_day and (a.until is null or a.until > on_day)
		and not exists (select from app.spell s join app.unit_home h on h.leaf_id = s.leaf_id and h.during @> on_day
			where s.person_id = a.person_id and s.counts @> on_day and h.commune_id in (select unit_id from place))
	having count(*) > 0
$$;

-- The days between the periods of a set. Few have any: as unnest, planners would reckon with a hundred of each, and not part the work.
create function calc.gaps_in(days datemultirange) returns setof daterange language plpgsql immutable parallel safe rows 1 set search_path = pg_catalog as $$
begin
	return query select unnest(datemultirange(range_merge(days)) - days);
end $$;

-- Under which communes each leaf stood when, in one word.
create function calc.homes_of_leaves() returns table (leaf_id integer, homes text) language sql stable parallel safe as $$
	select h.leaf_id, string_agg(h.commune_id || h.during::text, ' ' order by h.during) from app.unit_home h group by h.leaf_id
$$;

-- Of each leaf one that stood under the same communes in the same periods: the first of them. (As a window this would be done by one process
-- alone, and whatever meets it.)
create function calc.like_leaves() returns table (leaf_id integer, like_leaf integer) language sql stable parallel safe as $$
	select x.leaf_id, f.first from calc.homes_of_leaves() x
	join (select y.homes, min(y.leaf_id) as first from calc.homes_of_leaves() y group by y.homes) f on f.homes = x.homes
$$;

-- What the ledger should hold, worked out anew from the rows. A period of a leaf, cut by where the leaf stood, is its two ends cut so: what comes on
-- a day and stays counts from then, or from the beginning of each home that ends later, and is taken off at that home's end. So members are summed
-- by day first, those of all leaves with the same homes together (20 million become a few), in whole numbers, and only those sums meet the homes.
create function calc.expected_entries() returns table (unit_id integer, component smallint, day date, delta integer)
language sql stable parallel safe as $$
	with stands as materialized (
		select x.like_leaf, x.day, sum(x.delta)::integer as delta from (
			-- Most periods are one: its two ends are read off, a third of what it costs to take a set of them apart.
			select k.like_leaf, lower(s.counts) as day, 1 as delta from app.spell s join calc.like_leaves() k on k.leaf_id = s.leaf_id where s.counts <> '{}'
			union all
			select k.like_leaf, upper(s.counts), -1 from app.spell s join calc.like_leaves() k on k.leaf_id = s.leaf_id where not upper_inf(s.counts) and s.counts <> '{}'
			union all
			select k.like_leaf, x.day, x.delta
			from app.spell s join calc.like_leaves() k on k.leaf_id = s.leaf_id
			cross join calc.gaps_in(s.counts) gap cross join lateral (values (lower(gap), -1), (upper(gap), 1)) x(day, delta)
			where s.counts <> datemultirange(range_merge(s.counts))
		) x
		where x.day is not null
		group by x.like_leaf, x.day
	)
	select e.unit_id, e.component, greatest(e.day, calc.first_day()), sum(e.delta)::integer from (
		select h.commune_id as unit_id, 1::smallint as component, greatest(l.day, x.day) as day, l.delta * x.sign as delta
			from stands l join app.unit_home h on h.leaf_id = l.like_leaf and (upper_inf(h.during) or l.day < upper(h.during))
			cross join lateral (values (lower(h.during), 1), (upper(h.during), -1)) x(day, sign)
			where x.day is not null
		union all
		select c.unit_id, c.component, c.day, c.delta from calc.headcount_entries(null) c
	) e
	group by e.unit_id, e.component, greatest(e.day, calc.first_day())
	having sum(e.delta) <> 0
$$;

-- Where leaves stood, worked out again from the spells of units.
create function calc.expected_homes() returns table (leaf_id integer, commune_id integer, during daterange)
language sql stable parallel safe as $$
	with recursive home(leaf_id, commune_id, during) as (
		select leaf_id, commune_id, during from calc.place_chain((select array_agg(id) from app.unit where kind in ('commune', 'unassigned')))
		union all
		select s.unit_id, h.commune_id, s.during * h.during
		from home h join app.unit_spell s on s.parent_id = h.leaf_id and s.during && h.during
		join app.unit u on u.id = s.unit_id and u.kind in ('branch', 'group')
	)
	select leaf_id, commune_id, unnest(range_agg(during)) from home group by leaf_id, commune_id
$$;

-- Every place where what is derived (ledger, homes, denominators, counting periods) and the rows differ; none is the only
-- good answer. One statement, so that one state of the database is compared with itself while others write.
create function calc.verify() returns table (what text, unit_id integer, component smallint, day date, ledger bigint, rows bigint)
language plpgsql stable security definer set search_path = pg_catalog set work_mem = '256MB' as $$
#variable_conflict use_column
begin
	return query
	with expected as materialized (select * from calc.expected_entries()),
	-- What the sums are sums of, the days of a month and of a year put together first.
	month as materialized (
		select x.unit_id, x.component, extract(year from x.day)::integer as y, extract(month from x.day)::integer as m, sum(x.delta)::integer as net
		from expected x where x.day > calc.first_day() group by 1, 2, 3, 4
	),
	year as (
		select x.unit_id, x.component, x.y, sum(x.net)::integer as net from month x group by 1, 2, 3
		union all
		select x.unit_id, x.component, 2016, x.delta from expected x where x.day <= calc.first_day()
	),
	horizon as (select coalesce((select h.year from app.ledger_horizon h), 0) as year)
	select 'day'::text, unit_id, component, day, a.delta::bigint, e.delta::bigint
	from (select x.on_date as day, x.unit_id, x.component, x.delta from app.day_delta x where x.delta <> 0) a
	full join (select x.day, x.unit_id, x.component, x.delta from expected x where x.day > calc.first_day()) e
		using (unit_id, component, day)
	where a.delta is distinct from e.delta
	union all
	select 'month', unit_id, component, d, a.net::bigint, e.net
	from (select x.d, x.unit_id, x.component, x.value as net from calc.ledger_entries x where extract(month from x.d) <> 1) a
	full join (select make_date(x.y, n, 1) as d, x.unit_id, x.component, sum(x.net)::bigint as net
		from month x, generate_series(x.m + 1, 12) n group by 1, 2, 3 having sum(x.net) <> 0) e
		using (unit_id, component, d)
	where a.net is distinct from e.net
	union all
	select 'year', unit_id, component, d, a.total::bigint, e.total
	from (select x.d, x.unit_id, x.component, x.value as total from calc.ledger_entries x where extract(month from x.d) = 1) a
	full join (select make_date(n, 1, 1) as d, x.unit_id, x.component, sum(x.net)::bigint as total
		from year x, horizon h, generate_series(x.y + 1, h.year) n group by 1, 2, 3 having sum(x.net) <> 0) e
		using (unit_id, component, d)
	where a.total is distinct from e.total
	union all
	-- An entry in a year that no opening follows would vanish with the next year.
	select 'horizon', null, null, make_date(h.year, 1, 1), h.year, max(extract(year from e.day))::bigint
	from horizon h, expected e group by h.year having max(extract(year from e.day)) > h.year
	union all
	select 'denominator', unit_id, 0::smallint, coalesce(lower(during), calc.first_day()), d.women18, e.women18
	from app.denominator d full join calc.expected_denominators() e using (unit_id, during)
	where d.women18 is distinct from e.women18 or d.how is distinct from e.how
	union all
	select 'home', leaf_id, 0::smallint, lower(during), h.n, e.n
	from (select x.leaf_id, x.commune_id, x.during, 1::bigint as n from app.unit_home x) h
	full join (select x.leaf_id, x.commune_id, x.during, 1::bigint as n from calc.expected_homes() x) e using (leaf_id, commune_id, during)
	where h.n is distinct from e.n
	union all
	-- Of each name that no search would find: how many spells bear it.
	select 'name', min(s.leaf_id), 0::smallint, min(s.joined), 0, count(*)
	from app.spell s where not exists (select from app.person_name n where n.sort_key = s.sort_key) group by s.sort_key
	union all
	-- Of each spell that counts on wrong days: the first of them, whether it counts then, and whether it should.
	select 'spell', leaf_id, 1::smallint, d, (stored @> d)::integer, (due @> d)::integer
	from calc.miscounted() cross join lateral (select lower((stored - due) + (due - stored)) as d) x;
end $$;

-- How much verify looks through.
create function calc.ledger_size() returns table (spells bigint, headcounts bigint, entries bigint) language sql stable security definer set search_path = pg_catalog as $$
	select (select count(*) from app.spell), (select count(*) from app.headcount where superseded_at is null),
		(select count(*) from calc.ledger_entries) + (select count(*) from app.day_delta)
$$;
