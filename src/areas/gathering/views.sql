-- Rates of any level on any day (R1–R6), the recount behind "Cách tính", and the recount of everything (taphop verify).
-- These run as the owner and filter what they answer by the verb themselves: a sum over a province's communes of 2023 is the
-- same for everyone who may read it, wherever those communes went since, and the policy stays off the hot scans (design §5).

-- Opens the ledger up to the year of a day, before it is read.
create function calc.open_ledger_for(on_day date) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	if (select year from app.ledger_horizon) < extract(year from on_day) then
		perform calc.extend_ledger(extract(year from on_day)::integer);
	end if;
end $$;

-- The administrative units of a day (of `scope`, all where null) with their own figures and denominators, nothing summed. Written
-- so that PostgreSQL puts it into the query that calls it; runs with that query's rights. The members' part of the month's days is
-- summed apart from the rest, which is rare: one sum over its rows instead of seven.
create function calc.gathering_base(on_day date, scope integer[])
returns table (unit_id integer, kind text, code text, name text, parent_id integer, district_id integer, province_id integer, place integer,
	women18 integer, roster integer, unlisted integer, trade_union integer, armed_forces integer, member_organisation integer,
	upper_club integer, overlap integer, without_denominator integer)
language sql stable as $$
	select x.*, (x.women18 is null and (x.kind = 'commune' or (x.kind = 'unassigned' and (x.roster <> 0 or x.unlisted <> 0
		or x.trade_union <> 0 or x.armed_forces <> 0 or x.member_organisation <> 0 or x.upper_club <> 0))))::integer
	from (select t.unit_id, t.kind, t.code, t.name, t.parent_id, t.district_id, t.province_id, t.place, nullif(d.women18, 0) as women18,
		(coalesce(y.roster, 0) + coalesce(m.roster, 0) + coalesce(e.roster, 0))::integer as roster,
		(coalesce(y.unlisted, 0) + coalesce(m.unlisted, 0) + coalesce(f.unlisted, 0))::integer as unlisted,
		(coalesce(y.trade_union, 0) + coalesce(m.trade_union, 0) + coalesce(f.trade_union, 0))::integer as trade_union,
		(coalesce(y.armed_forces, 0) + coalesce(m.armed_forces, 0) + coalesce(f.armed_forces, 0))::integer as armed_forces,
		(coalesce(y.member_organisation, 0) + coalesce(m.member_organisation, 0) + coalesce(f.member_organisation, 0))::integer as member_organisation,
		(coalesce(y.upper_club, 0) + coalesce(m.upper_club, 0) + coalesce(f.upper_club, 0))::integer as upper_club,
		(coalesce(y.overlap, 0) + coalesce(m.overlap, 0) + coalesce(f.overlap, 0))::integer as overlap
	from app.territory t
	left join app.ledger_sum y on y.unit_id = t.unit_id and y.d = date_trunc('year', on_day)::date
		and (scope is null or y.unit_id = any(scope))
	left join app.ledger_sum m on m.unit_id = t.unit_id and m.d = date_trunc('month', on_day)::date and extract(month from on_day) <> 1
		and (scope is null or m.unit_id = any(scope))
	left join (select x.unit_id, sum(x.delta) as roster from app.day_delta x
		where x.on_date >= date_trunc('month', on_day)::date and x.on_date <= on_day and x.component = 1
			and (scope is null or x.unit_id = any(scope))
		group by x.unit_id) e on e.unit_id = t.unit_id
	left join (select x.unit_id, sum(x.delta) filter (where x.component = 2) as unlisted,
			sum(x.delta) filter (where x.component = 3) as trade_union, sum(x.delta) filter (where x.component = 4) as armed_forces,
			sum(x.delta) filter (where x.component = 5) as member_organisation, sum(x.delta) filter (where x.component = 6) as upper_club,
			sum(x.delta) filter (where x.component = 7) as overlap
		from app.day_delta x
		where x.on_date >= date_trunc('month', on_day)::date and x.on_date <= on_day and x.component <> 1
			and (scope is null or x.unit_id = any(scope))
		group by x.unit_id) f on f.unit_id = t.unit_id
	left join app.denominator d on d.unit_id = t.unit_id and d.since <= on_day and d.until > on_day
	where t.since <= on_day and t.until > on_day and (scope is null or t.unit_id = any(scope))) x
$$;

-- The units whose own figures make up those of `top` on a day; null for the whole country.
create function calc.gathering_scope(on_day date, top integer) returns integer[] language sql stable security definer set search_path = pg_catalog as $$
	select case u.kind
		when 'centre' then null
		when 'cluster' then array(select t.unit_id from app.cluster_province c
			join app.territory t on t.province_id = c.province_id and t.since <= on_day and t.until > on_day
			where c.cluster_id = top and c.during @> on_day)
		when 'province' then array(select t.unit_id from app.territory t where t.province_id = top and t.since <= on_day and t.until > on_day)
		when 'district' then array(select t.unit_id from app.territory t where t.district_id = top and t.since <= on_day and t.until > on_day)
		else array[top] end
	from app.unit u where u.id = top
$$;

-- The figures at and below `top` on a day: one row a unit, its own figures, nothing summed but, where `each` is false, the communes
-- of a district (then without id). rules-rollup.ts sums the levels. `visible` says which units gathering.read of the caller
-- reaches. With them comes what stood below one of them on that day and is another's now: the sum of a unit is the same
-- for everyone who may read it. (Who sees everything reads each unit from calc.gathering_base instead: what a function answers is
-- stored before it is read, a fifth of the time of 11 000 rows.)
create function calc.gathering(on_day date, top integer, each boolean)
returns table (unit_id integer, kind text, code text, name text, parent_id integer, district_id integer, province_id integer, place integer,
	visible boolean, women18 integer, without_denominator integer, roster integer, unlisted integer, trade_union integer, armed_forces integer,
	member_organisation integer, upper_club integer, overlap integer)
language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	everything boolean := calc.sees_all('gathering.read');
	mine integer[];
	scope integer[];
begin
	perform calc.open_ledger_for(on_day);
	scope := calc.gathering_scope(on_day, top);
	if not everything then mine := array(select calc.my_units('gathering.read')); end if;
	if each then
		return query
		select b.unit_id, b.kind, b.code, b.name, b.parent_id, b.district_id, b.province_id, b.place, everything or b.unit_id = any(mine),
			b.women18, b.without_denominator,
			b.roster, b.unlisted, b.trade_union, b.armed_forces, b.member_organisation, b.upper_club, b.overlap
		from calc.gathering_base(on_day, scope) b
		where everything or b.unit_id = any(mine) or b.district_id = any(mine) or b.province_id = any(mine);
		return;
	end if;
	return query
	select u.unit_id, min(b.kind), min(b.code), min(b.name), min(b.parent_id), b.district_id, b.province_id, min(b.place),
		u.unit_id is not null and (everything or u.unit_id = any(mine)), sum(b.women18)::integer, sum(b.without_denominator)::integer,
		sum(b.roster)::integer, sum(b.unlisted)::integer, sum(b.trade_union)::integer, sum(b.armed_forces)::integer,
		sum(b.member_organisation)::integer, sum(b.upper_club)::integer, sum(b.overlap)::integer
	from calc.gathering_base(on_day, scope) b
	cross join lateral (select case when b.kind not in ('commune', 'unassigned') then b.unit_id end as unit_id) u
	where everything or b.unit_id = any(mine) or b.district_id = any(mine) or b.province_id = any(mine)
	group by b.district_id, b.province_id, u.unit_id;
end $$;

-- Branches at or below a unit on a day, with the members who count there: of the branch and the groups below it. Rows are
-- counted (design §4: a branch has 40 to 300); a branch has no rate.
create function calc.branch_counts(on_day date, top integer)
returns table (unit_id integer, name text, parent_id integer, roster bigint)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive place as (
		select t.unit_id from app.territory t, app.unit u where u.id = top and t.during @> on_day
			and case u.kind when 'centre' then true when 'province' then t.province_id = top when 'district' then t.district_id = top
				when 'cluster' then exists (select from app.cluster_province c where c.cluster_id = top and c.province_id = t.province_id and c.during @> on_day)
				else t.unit_id = top end
	),
	branch as (
		select s.unit_id, s.name, s.parent_id from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'branch'
		where s.during @> on_day and (s.parent_id in (select unit_id from place) or s.unit_id = top)
			and (calc.sees_all('gathering.read') or s.unit_id in (select calc.my_units('gathering.read')))
	),
	leaf(branch_id, leaf_id) as (
		select unit_id, unit_id from branch
		union all
		select l.branch_id, s.unit_id from leaf l join app.unit_spell s on s.parent_id = l.leaf_id and s.during @> on_day
			join app.unit u on u.id = s.unit_id and u.kind = 'group'
	),
	counted as (
		select l.branch_id, count(*) as n from leaf l join app.spell m on m.leaf_id = l.leaf_id and m.counts @> on_day
		where exists (select from app.unit_home h where h.leaf_id = l.leaf_id and h.during @> on_day)
		group by l.branch_id
	)
	select b.unit_id, b.name, b.parent_id, coalesce(c.n, 0) from branch b left join counted c on c.branch_id = b.unit_id
	order by b.parent_id, b.name
$$;

-- What stood in a unit's place, and when: itself while it lives, before that its whole predecessors of the same level, so
-- that a line through the years does not break at a merger (R38).
create function calc.stood_for(top integer) returns table (unit_id integer, kind text, since date, until date)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive back(at, kind) as (
		select u.id, u.kind from app.unit u where u.id = top
		union
		select p.id, p.kind from back b join app.unit_succession s on s.successor_id = b.at and s.part = 'full'
		join app.unit p on p.id = s.predecessor_id and (p.kind = b.kind or (p.kind = 'commune' and b.kind = 'unassigned'))
	)
	select b.at, b.kind, t.since, t.until from back b join app.territory t on t.unit_id = b.at where b.kind <> 'cluster'
	union all
	select b.at, b.kind, '-infinity', 'infinity' from back b where b.kind = 'cluster'
$$;

-- The units whose own figures make up a unit's and those of what stood in its place, and when.
create function calc.stood_below(top integer) returns table (unit_id integer, since date, until date)
language sql stable security definer set search_path = pg_catalog as $$
	with stood as materialized (select * from calc.stood_for(top)),
	part as (
		select s.unit_id, s.since, s.until from stood s where s.kind in ('commune', 'unassigned')
		union all
		select t.unit_id, greatest(s.since, t.since), least(s.until, t.until) from stood s join app.territory t on t.district_id = s.unit_id where s.kind = 'district'
		union all
		select t.unit_id, greatest(s.since, t.since), least(s.until, t.until) from stood s join app.territory t on t.province_id = s.unit_id where s.kind = 'province'
		union all
		select t.unit_id, greatest(lower(c.during), t.since), least(upper(c.during), t.until)
		from stood s join app.cluster_province c on c.cluster_id = s.unit_id join app.territory t on t.province_id = c.province_id where s.kind = 'cluster'
	)
	select p.unit_id, p.since, p.until from part p where p.since < p.until
$$;

-- The same for the whole country: everything in the ledger belongs to it, so no unit is looked up (1 500 ms became 150 ms).
create function calc.gathering_line_of_all(days date[]) returns table (day date, itself boolean, women18 bigint, members bigint)
language sql stable security definer set search_path = pg_catalog as $$
	with point as (select d as day, date_trunc('year', d)::date as year, date_trunc('month', d)::date as month from unnest(days) d),
	sums as (
		select x.d, sum(x.roster + x.unlisted + x.trade_union + x.armed_forces + x.member_organisation + x.upper_club - x.overlap) as v
		from app.ledger_sum x where x.d in (select year from point union select month from point) group by x.d
	),
	delta as (
		select p.day, sum(case e.component when 7 then -e.delta else e.delta end) as v
		from point p join app.day_delta e on e.on_date >= p.month and e.on_date <= p.day group by p.day
	)
	select p.day, true, (select nullif(sum(d.women18), 0) from app.denominator d where d.during @> p.day)::bigint,
		(coalesce(o.v, 0) + coalesce(n.v, 0) + coalesce(e.v, 0))::bigint
	from point p left join sums o on o.d = p.year left join sums n on n.d = p.month and p.month <> p.year left join delta e on e.day = p.day
	where calc.sees_all('gathering.read') order by p.day
$$;

-- The figures of a unit and of what stood in its place, on each of some days: for lines through the years. The ledger is
-- read for those units only. Empty where the verb does not reach the unit.
create function calc.gathering_line(days date[], top integer)
returns table (day date, itself boolean, women18 bigint, members bigint)
language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	first date;
	units integer[];
	sinces date[];
	untils date[];
	-- Read by name, as values, so that plans know how few they are.
	ids integer[];
	bounds date[];
	firsts date[];
	dates date[];
begin
	if not (calc.sees_all('gathering.read') or top in (select calc.my_units('gathering.read'))) then return; end if;
	perform calc.open_ledger_for((select max(d) from unnest(days) d));
	if exists (select from app.unit u where u.id = top and u.kind = 'centre') then
		return query select * from calc.gathering_line_of_all(days);
		return;
	end if;
	-- A commune that took a part of another has no whole predecessors alone: before its first day its figures are read under the map of that
	-- day, as gathering.rates reads them.
	select min(lower(x.during)) into first from app.unit_spell x where x.unit_id = top
		and exists (select from app.unit_succession s where s.successor_id = top and s.part = 'partial' and s.on_day = (select min(lower(l.during))
			from app.unit_spell l where l.unit_id = top));
	if exists (select from unnest(days) d where d < first) then
		return query select b.day, false, b.women18::bigint, (b.roster + b.unlisted + b.trade_union + b.armed_forces + b.member_organisation
				+ b.upper_club - b.overlap)::bigint
			from calc.crossed_base(array(select d from unnest(days) d where d < first), first, array[top]) b order by b.day;
		days := array(select d from unnest(days) d where d >= first order by d);
	end if;
	select array_agg(m.unit_id), array_agg(m.since), array_agg(m.until) into units, sinces, untils from calc.stood_below(top) m;
	ids := array(select distinct u from unnest(units) u);
	bounds := array(select b from unnest(sinces) b union select b from unnest(untils) b order by 1);
	firsts := array(select distinct x::date from unnest(days) d cross join lateral (values (date_trunc('year', d)), (date_trunc('month', d))) f(x));
	dates := array(select distinct x::date from unnest(days) d cross join generate_series(date_trunc('month', d), d, '1 day') x);
	return query
	-- Days of one stretch are those of the same units, so units are summed before they meet the days.
	with stood as materialized (select * from calc.stood_for(top)),
	point as materialized (
		select d as day, width_bucket(d, bounds) as stretch, date_trunc('year', d)::date as year, date_trunc('month', d)::date as month
		from (select distinct d from unnest(days) d) x
	),
	place as materialized (
		select p.stretch, m.unit_id from (select p.stretch, min(p.day) as day from point p group by p.stretch) p
		join unnest(units, sinces, untils) m(unit_id, since, until) on m.since <= p.day and m.until > p.day
	),
	opening as materialized (
		select n.stretch, x.d, sum(x.roster + x.unlisted + x.trade_union + x.armed_forces + x.member_organisation + x.upper_club - x.overlap) as v
		from app.ledger_sum x join place n on n.unit_id = x.unit_id
		join (select p.stretch, p.year as d from point p union select p.stretch, p.month from point p) b on b.stretch = n.stretch and b.d = x.d
		where x.d = any(firsts) and x.unit_id = any(ids) group by n.stretch, x.d
	),
	delta as (
		select p.day, sum(case e.component when 7 then -e.delta else e.delta end) as v
		from app.day_delta e join place n on n.unit_id = e.unit_id
		join point p on p.stretch = n.stretch and p.month = date_trunc('month', e.on_date)::date and p.day >= e.on_date
		where e.on_date = any(dates) and e.unit_id = any(ids) group by p.day
	),
	figure as materialized (
		select n.stretch, d.since, d.until, sum(d.women18) as women18 from place n join app.denominator d on d.unit_id = n.unit_id
		group by n.stretch, d.since, d.until
	)
	select p.day, s.itself, (select nullif(sum(f.women18), 0) from figure f where f.stretch = p.stretch and f.since <= p.day and f.until > p.day)::bigint,
		(coalesce(y.v, 0) + coalesce(m.v, 0) + coalesce(e.v, 0))::bigint
	from point p cross join lateral (select bool_or(s.unit_id = top) as itself from stood s where s.since <= p.day and s.until > p.day) s
	left join opening y on y.stretch = p.stretch and y.d = p.year
	left join opening m on m.stretch = p.stretch and m.d = p.month and p.month <> p.year
	left join delta e on e.day = p.day
	where s.itself is not null order by p.day;
end $$;
