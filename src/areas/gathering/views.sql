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

-- Which units of a map's day a unit of another day is, whole or in part: itself where it stands on both, else its successors or,
-- backward, its predecessors (and itself where it was there already). A district that ended goes with what it stood under.
-- With `scope` only those of units that succession joins to it, and all of theirs: a line through the years asks for one commune.
create function calc.map_links(on_day date, map_day date, scope integer[]) returns table (unit_id integer, map_unit_id integer, weight numeric)
language sql stable as $$
	with recursive near(id) as (
		select u from unnest(scope) u
		union
		select case when s.successor_id = n.id then s.predecessor_id else s.successor_id end
		from near n join app.unit_succession s on n.id in (s.successor_id, s.predecessor_id)
	),
	edge(predecessor_id, successor_id, day, weight, backward) as (
		select s.predecessor_id, s.successor_id, s.on_day, case when x.weight is not null
			then x.weight / (select sum(o.weight) from app.split_share o where o.predecessor_id = s.predecessor_id)
			when s.part = 'full' and not exists (select from app.split_share o where o.predecessor_id = s.predecessor_id) then 1 else 0 end,
			p.kind = n.kind or (p.kind = 'commune' and n.kind = 'unassigned')
		from app.unit_succession s join app.unit p on p.id = s.predecessor_id join app.unit n on n.id = s.successor_id
		left join app.split_share x on x.predecessor_id = s.predecessor_id and x.successor_id = s.successor_id
		where scope is null or s.predecessor_id in (select id from near)
		union all
		select t.unit_id, t.parent_id, upper(t.during), 1, false from app.territory t
		where t.kind = 'district' and (scope is null or t.parent_id = any(scope)) and not upper_inf(t.during) and t.parent_id is not null
			and not exists (select from app.territory n where n.unit_id = t.unit_id and lower(n.during) = upper(t.during))
			and not exists (select from app.unit_succession s where s.predecessor_id = t.unit_id)
	),
	-- Forward or backward, so that one equality finds the next step.
	step(from_id, to_id, weight) as (
		select e.predecessor_id, e.successor_id, e.weight from edge e where map_day > on_day and e.day > on_day and e.day <= map_day
		union all
		select e.successor_id, e.predecessor_id, 0 from edge e where map_day < on_day and e.backward and e.day <= on_day and e.day > map_day
	),
	walk(unit_id, at, weight) as (
		select t.unit_id, t.unit_id, 1::numeric from app.territory t where t.since <= on_day and t.until > on_day
			and (scope is null or t.unit_id in (select id from near) or (t.kind = 'district' and t.parent_id = any(scope)))
		union
		select w.unit_id, s.to_id, w.weight * s.weight from walk w join step s on s.from_id = w.at
	)
	select w.unit_id, w.at, sum(w.weight) from walk w
	where exists (select from app.territory t where t.unit_id = w.at and t.during @> map_day)
	group by w.unit_id, w.at
$$;

-- The figures of a day under the map of another day (R37, R38), in the form of calc.gathering_base. What a unit of the day went to
-- whole is added up exactly. Of one that was parted, or made of several, the members are counted by where their branches stand
-- on the map's day; what has no branch there, and what is one figure, is parted by what each had: so the sums never change.
create function calc.crossed_base(on_day date, map_day date, scope integer[])
returns table (unit_id integer, kind text, code text, name text, parent_id integer, district_id integer, province_id integer, place integer,
	women18 integer, roster integer, unlisted integer, trade_union integer, armed_forces integer, member_organisation integer, upper_club integer,
	overlap integer, without_denominator integer, estimated boolean)
language sql stable as $$
	with link as materialized (select l.*, count(*) over (partition by l.unit_id) as links from calc.map_links(on_day, map_day, scope) l),
	wanted as materialized (select distinct l.unit_id, l.links from link l where scope is null or l.map_unit_id = any(scope)),
	native as materialized (
		-- Without a figure of its own, and not for being a part to which no share has come: a share may also be none at all.
		select b.*, w.links, b.women18 is null
			and not exists (select from app.denominator d where d.unit_id = b.unit_id and d.since <= on_day and d.until > on_day)
			and (exists (select from calc.figure_succession f where f.successor_id = b.unit_id)
				or not exists (select from app.unit_succession s where s.successor_id = b.unit_id)) as unknown
		from calc.gathering_base(on_day, (select array_agg(w.unit_id) from wanted w)) b join wanted w on w.unit_id = b.unit_id
	),
	-- What the several had on their own day: the measure by which a later figure is parted among them.
	then_had as materialized (
		select b.* from calc.gathering_base(map_day, (select array_agg(distinct l.map_unit_id) from link l
			join native n on n.unit_id = l.unit_id and n.links > 1)) b where map_day < on_day
	),
	share as materialized (
		select l.unit_id, l.map_unit_id, l.weight, h.women18, h.roster, h.unlisted, h.trade_union, h.armed_forces, h.member_organisation, h.upper_club, h.overlap
		from link l join native n on n.unit_id = l.unit_id and n.links > 1 left join then_had h on h.unit_id = l.map_unit_id
	),
	-- Members of parted or merged communes, branch by branch.
	leaf as materialized (
		select n.unit_id, h.leaf_id, l.map_unit_id
		from native n join app.unit_home h on h.commune_id = n.unit_id and h.during @> on_day
		join app.unit_home m on m.leaf_id = h.leaf_id and m.during @> map_day
		join link l on l.unit_id = n.unit_id and l.map_unit_id = m.commune_id where n.links > 1
	),
	named as materialized (
		select f.unit_id, f.map_unit_id, count(*) as members from leaf f join app.spell s on s.leaf_id = f.leaf_id and s.counts @> on_day
		group by f.unit_id, f.map_unit_id
	),
	quantity as (
		select n.unit_id, q.what, q.total, q.lacks from native n cross join lateral (values
			('women', n.women18::bigint, n.unknown),
			('roster', n.roster - coalesce((select sum(m.members) from named m where m.unit_id = n.unit_id), 0), false),
			('unlisted', n.unlisted::bigint, false), ('trade_union', n.trade_union::bigint, false), ('armed_forces', n.armed_forces::bigint, false), ('member_organisation', n.member_organisation::bigint, false),
			('upper_club', n.upper_club::bigint, false), ('overlap', n.overlap::bigint, false)) q(what, total, lacks)
		where n.links > 1
	),
	weighed as (
		select s.unit_id, s.map_unit_id, q.what, q.total, q.lacks,
			case q.what when 'women' then s.women18 when 'roster' then s.roster when 'unlisted' then s.unlisted when 'trade_union' then s.trade_union when 'armed_forces' then s.armed_forces
				when 'member_organisation' then s.member_organisation when 'upper_club' then s.upper_club else s.overlap end as had, s.weight, s.women18
		from share s join quantity q on q.unit_id = s.unit_id
	),
	measured as (
		select w.unit_id, w.what, max(w.total) as total, bool_or(w.lacks) as lacks, array_agg(w.map_unit_id order by w.map_unit_id) as keys,
			case when sum(w.had) > 0 then array_agg(coalesce(w.had, 0)::numeric order by w.map_unit_id)
				when sum(w.weight) > 0 then array_agg(w.weight order by w.map_unit_id)
				when sum(w.women18) > 0 then array_agg(coalesce(w.women18, 0)::numeric order by w.map_unit_id)
				else array_agg(1::numeric order by w.map_unit_id) end as weights,
			-- Carried unchanged from the several: parted again it is what each had.
			coalesce(sum(w.had) = max(w.total), max(w.total) = 0) as exact
		from weighed w group by w.unit_id, w.what
	),
	piece as (
		select a.key as map_unit_id, m.what, case when m.lacks then null else a.part end as part, m.lacks, a.part <> 0 and not m.exact
			and not exists (select from unnest(m.weights) x having count(*) filter (where x > 0) = 1) as estimated
		from measured m cross join lateral calc.apportion(coalesce(m.total, 0)::bigint, m.keys, m.weights) a
		union all
		select n.map_unit_id, 'roster', n.members, false, false from named n
		union all
		select l.map_unit_id, q.what, q.total, q.what = 'women' and n.unknown, false
		from native n join link l on l.unit_id = n.unit_id cross join lateral (values ('women', n.women18), ('roster', n.roster), ('unlisted', n.unlisted), ('trade_union', n.trade_union),
			('armed_forces', n.armed_forces), ('member_organisation', n.member_organisation), ('upper_club', n.upper_club), ('overlap', n.overlap)) q(what, total)
		where n.links = 1
	),
	summed as (
		select p.map_unit_id, sum(p.part) filter (where p.what = 'women') as women18, bool_or(p.lacks) filter (where p.what = 'women') as lacks,
			coalesce(sum(p.part) filter (where p.what = 'roster'), 0) as roster, coalesce(sum(p.part) filter (where p.what = 'unlisted'), 0) as unlisted,
			coalesce(sum(p.part) filter (where p.what = 'trade_union'), 0) as trade_union, coalesce(sum(p.part) filter (where p.what = 'armed_forces'), 0) as armed_forces,
			coalesce(sum(p.part) filter (where p.what = 'member_organisation'), 0) as member_organisation, coalesce(sum(p.part) filter (where p.what = 'upper_club'), 0) as upper_club,
			coalesce(sum(p.part) filter (where p.what = 'overlap'), 0) as overlap, bool_or(p.estimated) as estimated
		from piece p group by p.map_unit_id
	)
	select t.unit_id, t.kind, t.code, t.name, t.parent_id, t.district_id, t.province_id, t.place,
		case when not s.lacks and s.women18 > 0 then s.women18 end::integer,
		coalesce(s.roster, 0)::integer, coalesce(s.unlisted, 0)::integer, coalesce(s.trade_union, 0)::integer, coalesce(s.armed_forces, 0)::integer, coalesce(s.member_organisation, 0)::integer,
		coalesce(s.upper_club, 0)::integer, coalesce(s.overlap, 0)::integer,
		((s.lacks or coalesce(s.women18, 0) = 0) and (t.kind = 'commune' or (t.kind = 'unassigned' and s.roster <> 0 or s.unlisted <> 0 or s.trade_union <> 0
			or s.armed_forces <> 0 or s.member_organisation <> 0 or s.upper_club <> 0)))::integer,
		coalesce(s.estimated, false)
	from app.territory t left join summed s on s.map_unit_id = t.unit_id
	where t.since <= map_day and t.until > map_day and (scope is null or t.unit_id = any(scope))
$$;

-- The units of a day of which a commune of another day's map is made, each with its own figures of the day; `part` where it went there
-- with a part only.
create function calc.map_origins(on_day date, map_day date, top integer)
returns table (unit_id integer, code text, name text, members integer, women18 integer, part boolean)
language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
begin
	if not (calc.sees_all('gathering.read') or top in (select calc.my_units('gathering.read'))) then return; end if;
	perform calc.open_ledger_for(greatest(on_day, map_day));
	return query
	with link as materialized (select l.unit_id, l.map_unit_id, count(*) over (partition by l.unit_id) as links from calc.map_links(on_day, map_day, array[top]) l),
	mine as materialized (select l.unit_id, l.links from link l where l.map_unit_id = top)
	select b.unit_id, b.code, b.name, b.roster + b.unlisted + b.trade_union + b.armed_forces + b.member_organisation + b.upper_club - b.overlap,
		b.women18, m.links > 1
	from mine m cross join lateral calc.gathering_base(on_day, array[m.unit_id]) b where b.kind in ('commune', 'unassigned') order by b.place;
end $$;

-- The figures at and below `top` on a day under the map of another, in the form of calc.gathering with one row a unit of the map.
create function calc.gathering_under(on_day date, map_day date, top integer)
returns table (unit_id integer, kind text, code text, name text, parent_id integer, district_id integer, province_id integer,
	place integer, visible boolean, women18 integer, without_denominator integer, roster integer, unlisted integer, trade_union integer, armed_forces integer,
	member_organisation integer, upper_club integer, overlap integer, estimated boolean)
language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	everything boolean := calc.sees_all('gathering.read');
	mine integer[];
	-- A value, since an expression would be worked out again wherever the inlined function names it (2 s instead of 20 ms).
	scope integer[] := calc.gathering_scope(map_day, top);
begin
	perform calc.open_ledger_for(greatest(on_day, map_day));
	if not everything then mine := array(select calc.my_units('gathering.read')); end if;
	return query
	select b.unit_id, b.kind, b.code, b.name, b.parent_id, b.district_id, b.province_id, b.place, everything or b.unit_id = any(mine),
		b.women18, b.without_denominator,
		b.roster, b.unlisted, b.trade_union, b.armed_forces, b.member_organisation, b.upper_club, b.overlap, b.estimated
	from calc.crossed_base(on_day, map_day, scope) b
	where everything or b.unit_id = any(mine) or b.district_id = any(mine) or b.province_id = any(mine)
	order by b.place;
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

-- What stood in a unit's place on each day: itself while it lives, before that its whole predecessors of the same level, so
-- that a line through the years does not break at a merger (R38).
create function calc.stood_for(top integer, days date[]) returns table (day date, unit_id integer, kind text)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive back(at, kind) as (
		select u.id, u.kind from app.unit u where u.id = top
		union
		select p.id, p.kind from back b join app.unit_succession s on s.successor_id = b.at and s.part = 'full'
		join app.unit p on p.id = s.predecessor_id and (p.kind = b.kind or (p.kind = 'commune' and b.kind = 'unassigned'))
	)
	select d, b.at, b.kind from unnest(days) d cross join back b
	where b.kind = 'cluster' or exists (select from app.territory t where t.unit_id = b.at and t.during @> d)
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
		return query select d, false, b.women18::bigint, (b.roster + b.unlisted + b.trade_union + b.armed_forces + b.member_organisation
				+ b.upper_club - b.overlap)::bigint
			from unnest(days) d cross join lateral calc.crossed_base(d, first, array[top]) b where d < first order by d;
		days := array(select d from unnest(days) d where d >= first order by d);
	end if;
	return query
	with stood as materialized (select * from calc.stood_for(top, days)),
	place as materialized (
		select s.day, t.unit_id from stood s join app.territory t on t.unit_id = s.unit_id and t.during @> s.day
			where s.kind in ('commune', 'unassigned')
		union all
		select s.day, t.unit_id from stood s join app.territory t on t.district_id = s.unit_id and t.during @> s.day where s.kind = 'district'
		union all
		select s.day, t.unit_id from stood s join app.territory t on t.province_id = s.unit_id and t.during @> s.day where s.kind = 'province'
		union all
		select s.day, t.unit_id from stood s join app.cluster_province c on c.cluster_id = s.unit_id and c.during @> s.day
			join app.territory t on t.province_id = c.province_id and t.during @> s.day where s.kind = 'cluster'
	),
	figure as (
		select p.day, x.roster + x.unlisted + x.trade_union + x.armed_forces + x.member_organisation + x.upper_club - x.overlap as v
			from place p join app.ledger_sum x on x.unit_id = p.unit_id
				and x.d in (date_trunc('year', p.day)::date, date_trunc('month', p.day)::date)
		union all
		select p.day, case e.component when 7 then -e.delta else e.delta end from place p
			join app.day_delta e on e.unit_id = p.unit_id and e.on_date between date_trunc('month', p.day)::date and p.day
	),
	counted as (
		select f.day, sum(f.v) as members from figure f group by f.day
	),
	women as (
		select p.day, nullif(sum(d.women18), 0) as women18 from place p
		join app.denominator d on d.unit_id = p.unit_id and d.during @> p.day group by p.day
	)
	select s.day, s.itself, w.women18::bigint, coalesce(c.members, 0)::bigint
	from (select x.day, bool_or(x.unit_id = top) as itself from stood x group by x.day) s
	left join counted c on c.day = s.day left join women w on w.day = s.day
	order by s.day;
end $$;

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

-- What the ledger should hold, worked out anew from the rows. A period of a leaf, cut by where the leaf stood, is its two ends cut so: what comes on
-- a day and stays counts from then, or from the beginning of each home that ends later, and is taken off at that home's end. So members are summed
-- by leaf and day first (20 million become a few), in whole numbers, and only those sums meet the homes.
create function calc.expected_entries() returns table (unit_id integer, component smallint, day date, delta integer)
language sql stable parallel safe as $$
	with leaf as materialized (
		select s.leaf_id, x.day, sum(x.delta)::integer as delta
		from app.spell s cross join unnest(s.counts) r cross join lateral (values (lower(r), 1), (upper(r), -1)) x(day, delta)
		where x.day is not null
		group by s.leaf_id, x.day
	)
	select e.unit_id, e.component, greatest(e.day, calc.first_day()), sum(e.delta)::integer from (
		select h.commune_id as unit_id, 1::smallint as component, greatest(l.day, x.day) as day, l.delta * x.sign as delta
			from leaf l join app.unit_home h on h.leaf_id = l.leaf_id and (upper_inf(h.during) or l.day < upper(h.during))
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
