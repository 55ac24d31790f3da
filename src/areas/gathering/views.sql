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
-- so that PostgreSQL puts it into the query that calls it; runs with that query's rights.
create function calc.gathering_base(on_day date, scope integer[])
returns table (unit_id integer, kind text, code text, name text, parent_id integer, district_id integer, province_id integer, path text,
	women18 integer, missing integer, p1 integer, p2 integer, p3 integer, p4 integer, p5 integer, p6 integer, p7 integer)
language sql stable as $$
	select t.unit_id, t.kind, t.code, t.name, t.parent_id, t.district_id, t.province_id, t.path, d.women18,
		(d.women18 is null and (t.kind = 'commune' or (t.kind = 'unassigned'
			and coalesce(o.p1, 0) + coalesce(o.p2, 0) + coalesce(o.p3, 0) + coalesce(o.p4, 0) + coalesce(o.p5, 0) + coalesce(o.p6, 0) <> 0)))::integer,
		coalesce(o.p1, 0)::integer, coalesce(o.p2, 0)::integer, coalesce(o.p3, 0)::integer, coalesce(o.p4, 0)::integer,
		coalesce(o.p5, 0)::integer, coalesce(o.p6, 0)::integer, coalesce(o.p7, 0)::integer
	from app.territory t
	left join (
		select x.unit_id,
			sum(x.v) filter (where x.component = 1) as p1, sum(x.v) filter (where x.component = 2) as p2,
			sum(x.v) filter (where x.component = 3) as p3, sum(x.v) filter (where x.component = 4) as p4,
			sum(x.v) filter (where x.component = 5) as p5, sum(x.v) filter (where x.component = 6) as p6,
			sum(x.v) filter (where x.component = 7) as p7
		from (
			select o.unit_id, o.component, o.total as v from app.year_open o
				where o.d = date_trunc('year', on_day)::date and (scope is null or o.unit_id = any(scope))
			union all
			select m.unit_id, m.component, m.net from app.month_in_year m
				where m.d = date_trunc('month', on_day)::date and (scope is null or m.unit_id = any(scope))
			union all
			select e.unit_id, e.component, e.delta from app.day_delta e
				where e.on_date >= date_trunc('month', on_day)::date and e.on_date <= on_day and (scope is null or e.unit_id = any(scope))
		) x group by x.unit_id
	) o on o.unit_id = t.unit_id
	left join app.denominator d on d.unit_id = t.unit_id and d.during @> on_day
	where t.during @> on_day and (scope is null or t.unit_id = any(scope))
$$;

-- Which units of a map's day a unit of another day is, whole or in part: itself where it stands on both, else its successors or,
-- backward, its predecessors (and itself where it was there already). A district that ended goes with what it stood under.
create function calc.map_links(on_day date, map_day date) returns table (unit_id integer, map_unit_id integer, weight numeric)
language sql stable as $$
	with recursive edge(predecessor_id, successor_id, day, weight, backward) as (
		select s.predecessor_id, s.successor_id, s.on_day, case when x.weight is not null
			then x.weight / (select sum(o.weight) from app.split_share o where o.predecessor_id = s.predecessor_id)
			when s.part = 'full' and not exists (select from app.split_share o where o.predecessor_id = s.predecessor_id) then 1 else 0 end,
			p.kind = n.kind or (p.kind = 'commune' and n.kind = 'unassigned')
		from app.unit_succession s join app.unit p on p.id = s.predecessor_id join app.unit n on n.id = s.successor_id
		left join app.split_share x on x.predecessor_id = s.predecessor_id and x.successor_id = s.successor_id
		union all
		select t.unit_id, t.parent_id, upper(t.during), 1, false from app.territory t
		where t.kind = 'district' and not upper_inf(t.during) and t.parent_id is not null
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
		select t.unit_id, t.unit_id, 1::numeric from app.territory t where t.during @> on_day
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
returns table (unit_id integer, kind text, code text, name text, parent_id integer, district_id integer, province_id integer, path text,
	women18 integer, missing integer, p1 integer, p2 integer, p3 integer, p4 integer, p5 integer, p6 integer, p7 integer, estimated boolean)
language sql stable as $$
	with link as materialized (select l.*, count(*) over (partition by l.unit_id) as links from calc.map_links(on_day, map_day) l),
	wanted as materialized (select distinct l.unit_id, l.links from link l where scope is null or l.map_unit_id = any(scope)),
	native as materialized (
		select b.*, w.links
		from calc.gathering_base(on_day, (select array_agg(w.unit_id) from wanted w)) b join wanted w on w.unit_id = b.unit_id
	),
	-- What the several had on their own day: the measure by which a later figure is parted among them.
	then_had as materialized (
		select b.* from calc.gathering_base(map_day, (select array_agg(distinct l.map_unit_id) from link l
			join native n on n.unit_id = l.unit_id and n.links > 1)) b where map_day < on_day
	),
	share as materialized (
		select l.unit_id, l.map_unit_id, l.weight, h.women18, h.p1, h.p2, h.p3, h.p4, h.p5, h.p6, h.p7
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
			('women', n.women18::bigint, n.women18 is null),
			('p1', n.p1 - coalesce((select sum(m.members) from named m where m.unit_id = n.unit_id), 0), false),
			('p2', n.p2::bigint, false), ('p3', n.p3::bigint, false), ('p4', n.p4::bigint, false), ('p5', n.p5::bigint, false),
			('p6', n.p6::bigint, false), ('p7', n.p7::bigint, false)) q(what, total, lacks)
		where n.links > 1
	),
	weighed as (
		select s.unit_id, s.map_unit_id, q.what, q.total, q.lacks,
			case q.what when 'women' then s.women18 when 'p1' then s.p1 when 'p2' then s.p2 when 'p3' then s.p3 when 'p4' then s.p4
				when 'p5' then s.p5 when 'p6' then s.p6 else s.p7 end as had, s.weight, s.women18
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
		select n.map_unit_id, 'p1', n.members, false, false from named n
		union all
		select l.map_unit_id, q.what, q.total, q.what = 'women' and q.total is null, false
		from native n join link l on l.unit_id = n.unit_id cross join lateral (values ('women', n.women18), ('p1', n.p1), ('p2', n.p2), ('p3', n.p3),
			('p4', n.p4), ('p5', n.p5), ('p6', n.p6), ('p7', n.p7)) q(what, total)
		where n.links = 1
	),
	summed as (
		select p.map_unit_id, sum(p.part) filter (where p.what = 'women') as women18, bool_or(p.lacks) filter (where p.what = 'women') as lacks,
			coalesce(sum(p.part) filter (where p.what = 'p1'), 0) as p1, coalesce(sum(p.part) filter (where p.what = 'p2'), 0) as p2,
			coalesce(sum(p.part) filter (where p.what = 'p3'), 0) as p3, coalesce(sum(p.part) filter (where p.what = 'p4'), 0) as p4,
			coalesce(sum(p.part) filter (where p.what = 'p5'), 0) as p5, coalesce(sum(p.part) filter (where p.what = 'p6'), 0) as p6,
			coalesce(sum(p.part) filter (where p.what = 'p7'), 0) as p7, bool_or(p.estimated) as estimated
		from piece p group by p.map_unit_id
	)
	select t.unit_id, t.kind, t.code, t.name, t.parent_id, t.district_id, t.province_id, t.path,
		case when not s.lacks and s.women18 > 0 then s.women18 end::integer,
		((s.lacks or coalesce(s.women18, 0) = 0) and (t.kind = 'commune' or (t.kind = 'unassigned' and s.p1 + s.p2 + s.p3 + s.p4 + s.p5 + s.p6 <> 0)))::integer,
		coalesce(s.p1, 0)::integer, coalesce(s.p2, 0)::integer, coalesce(s.p3, 0)::integer, coalesce(s.p4, 0)::integer, coalesce(s.p5, 0)::integer,
		coalesce(s.p6, 0)::integer, coalesce(s.p7, 0)::integer, coalesce(s.estimated, false)
	from app.territory t left join summed s on s.map_unit_id = t.unit_id
	where t.during @> map_day and (scope is null or t.unit_id = any(scope))
$$;

-- One row for each unit of the levels at or below `top` on a day, under the map of `map_day` (null: the day's own): its figures, summed over what stands below it and its own.
-- Levels: centre, cluster, province, district, commune (with Chưa phân). Above `top` there is nothing to ask for: the caller
-- sees to it. without_denominator counts communes without a figure, and a Chưa phân that holds members without one.
create function calc.gathering(on_day date, levels text[], top integer, under_map date)
returns table (unit_id integer, code text, name text, kind text, parent_id integer, path text, women18 bigint, without_denominator bigint,
	roster bigint, unlisted bigint, trade_union bigint, armed_forces bigint, member_organisation bigint, upper_club bigint, overlap bigint, estimated boolean)
language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	map_day date := coalesce(under_map, on_day);
	everything boolean := calc.sees_all('gathering.read');
	top_kind text;
	scope integer[];
begin
	perform calc.open_ledger_for(on_day);
	select u.kind into top_kind from app.unit u where u.id = top;
	scope := case
		when top_kind = 'centre' then null
		when top_kind = 'cluster' then array(select t.unit_id from app.cluster_province c
			join app.territory t on t.province_id = c.province_id and t.during @> map_day
			where c.cluster_id = top and c.during @> map_day)
		when top_kind = 'province' then array(select t.unit_id from app.territory t where t.province_id = top and t.during @> map_day)
		when top_kind = 'district' then array(select t.unit_id from app.territory t where t.district_id = top and t.during @> map_day)
		else array[top] end;
	if levels = array['commune'] and map_day = on_day then
		return query
		select b.unit_id, b.code, b.name, b.kind, b.parent_id, b.path, b.women18::bigint, b.missing::bigint,
			b.p1::bigint, b.p2::bigint, b.p3::bigint, b.p4::bigint, b.p5::bigint, b.p6::bigint, b.p7::bigint, false
		from calc.gathering_base(on_day, scope) b
		where b.kind in ('commune', 'unassigned') and (everything or b.unit_id in (select calc.my_units('gathering.read')))
		order by b.path;
		return;
	end if;
	return query
	with base as materialized (
		select b.*, false as estimated from calc.gathering_base(on_day, scope) b where map_day = on_day
		union all
		select * from calc.crossed_base(on_day, map_day, scope) where map_day <> on_day
	),
	-- Each sum is made of the one below it: 10 598 rows are added up once, not once a level.
	district as (
		select b.district_id, b.province_id, sum(b.women18) as women18, sum(b.missing) as missing, sum(b.p1) as p1, sum(b.p2) as p2,
			sum(b.p3) as p3, sum(b.p4) as p4, sum(b.p5) as p5, sum(b.p6) as p6, sum(b.p7) as p7, bool_or(b.estimated) as estimated
		from base b where levels && array['district', 'province', 'cluster', 'centre'] and b.kind <> 'centre' group by b.district_id, b.province_id
	),
	province as (
		select b.province_id, sum(b.women18) as women18, sum(b.missing) as missing, sum(b.p1) as p1, sum(b.p2) as p2,
			sum(b.p3) as p3, sum(b.p4) as p4, sum(b.p5) as p5, sum(b.p6) as p6, sum(b.p7) as p7, bool_or(b.estimated) as estimated
		from district b group by b.province_id
	),
	cluster as (
		select c.cluster_id, sum(b.women18) as women18, sum(b.missing) as missing, sum(b.p1) as p1, sum(b.p2) as p2,
			sum(b.p3) as p3, sum(b.p4) as p4, sum(b.p5) as p5, sum(b.p6) as p6, sum(b.p7) as p7, bool_or(b.estimated) as estimated
		from province b join app.cluster_province c on c.province_id = b.province_id and c.during @> map_day
		where top_kind in ('centre', 'cluster') group by c.cluster_id
	),
	centre as (
		select sum(b.women18) as women18, sum(b.missing) as missing, sum(b.p1) as p1, sum(b.p2) as p2,
			sum(b.p3) as p3, sum(b.p4) as p4, sum(b.p5) as p5, sum(b.p6) as p6, sum(b.p7) as p7, bool_or(b.estimated) as estimated
		from (select women18, missing, p1, p2, p3, p4, p5, p6, p7, estimated from province
			union all select women18, missing, p1, p2, p3, p4, p5, p6, p7, estimated from base where kind = 'centre') b
	),
	figure as (
		select b.unit_id, b.code, b.name, b.kind, b.parent_id, b.path, b.women18::bigint, b.missing::bigint, b.p1, b.p2, b.p3, b.p4, b.p5, b.p6, b.p7, b.estimated
			from base b where 'commune' = any(levels) and b.kind in ('commune', 'unassigned')
		union all
		select b.unit_id, b.code, b.name, b.kind, b.parent_id, b.path, f.women18, f.missing, f.p1, f.p2, f.p3, f.p4, f.p5, f.p6, f.p7, f.estimated
			from base b join district f on f.district_id = b.unit_id where 'district' = any(levels) and b.kind = 'district'
		union all
		select b.unit_id, b.code, b.name, b.kind, b.parent_id, b.path, f.women18, f.missing, f.p1, f.p2, f.p3, f.p4, f.p5, f.p6, f.p7, f.estimated
			from base b join province f on f.province_id = b.unit_id where 'province' = any(levels) and b.kind = 'province'
		union all
		select b.unit_id, b.code, b.name, b.kind, b.parent_id, b.path, f.women18, f.missing, f.p1, f.p2, f.p3, f.p4, f.p5, f.p6, f.p7, f.estimated
			from base b, centre f where 'centre' = any(levels) and b.kind = 'centre'
	)
	select f.unit_id, f.code, f.name, f.kind, f.parent_id, f.path, f.women18::bigint, f.missing::bigint,
		f.p1::bigint, f.p2::bigint, f.p3::bigint, f.p4::bigint, f.p5::bigint, f.p6::bigint, f.p7::bigint, f.estimated
	from figure f
	where everything or f.unit_id in (select calc.my_units('gathering.read'))
	union all
	select s.unit_id, s.code, s.name, 'cluster', s.parent_id, coalesce(s.code, s.name), f.women18::bigint, f.missing::bigint,
		f.p1::bigint, f.p2::bigint, f.p3::bigint, f.p4::bigint, f.p5::bigint, f.p6::bigint, f.p7::bigint, f.estimated
	from cluster f join app.unit_spell s on s.unit_id = f.cluster_id and s.during @> map_day
	where 'cluster' = any(levels) and (everything or f.cluster_id in (select calc.my_units('gathering.read')))
	order by 6;
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
	opening as (
		select o.d, sum(case o.component when 7 then -o.total else o.total end) as v from app.year_open o
		where o.d in (select year from point) group by o.d
	),
	net as (
		select m.d, sum(case m.component when 7 then -m.net else m.net end) as v from app.month_in_year m
		where m.d in (select month from point) group by m.d
	),
	delta as (
		select p.day, sum(case e.component when 7 then -e.delta else e.delta end) as v
		from point p join app.day_delta e on e.on_date >= p.month and e.on_date <= p.day group by p.day
	)
	select p.day, true, (select sum(d.women18) from app.denominator d where d.during @> p.day)::bigint,
		(coalesce(o.v, 0) + coalesce(n.v, 0) + coalesce(e.v, 0))::bigint
	from point p left join opening o on o.d = p.year left join net n on n.d = p.month left join delta e on e.day = p.day
	where calc.sees_all('gathering.read') order by p.day
$$;

-- The figures of a unit and of what stood in its place, on each of some days: for lines through the years. The ledger is
-- read for those units only. Empty where the verb does not reach the unit.
create function calc.gathering_line(days date[], top integer)
returns table (day date, itself boolean, women18 bigint, members bigint)
language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
	if not (calc.sees_all('gathering.read') or top in (select calc.my_units('gathering.read'))) then return; end if;
	perform calc.open_ledger_for((select max(d) from unnest(days) d));
	if exists (select from app.unit u where u.id = top and u.kind = 'centre') then
		return query select * from calc.gathering_line_of_all(days);
		return;
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
		select p.day, o.component, o.total as v from place p
			join app.year_open o on o.d = date_trunc('year', p.day)::date and o.unit_id = p.unit_id
		union all
		select p.day, m.component, m.net from place p
			join app.month_in_year m on m.d = date_trunc('month', p.day)::date and m.unit_id = p.unit_id
		union all
		select p.day, e.component, e.delta from place p
			join app.day_delta e on e.unit_id = p.unit_id and e.on_date between date_trunc('month', p.day)::date and p.day
	),
	counted as (
		select f.day, sum(case f.component when 7 then -f.v else f.v end) as members from figure f group by f.day
	),
	women as (
		select p.day, sum(d.women18) as women18 from place p
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
		return (select case when count(*) = count(o.women18) then sum(o.women18) end from calc.denominator_origins(top, on_day) o);
	end if;
	return (select sum(e.women18) from calc.expected_denominators() e
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

-- Where leaves stood, worked out again from the spells of units.
create function calc.expected_homes() returns table (leaf_id integer, commune_id integer, during daterange)
language sql stable security definer set search_path = pg_catalog as $$
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
language sql stable security definer set search_path = pg_catalog as $$
	with expected as materialized (select * from calc.expected_entries()),
	horizon as (select coalesce((select year from app.ledger_horizon), 0) as year)
	select 'day'::text, unit_id, component, day, a.delta::bigint, e.delta
	from (select x.on_date as day, x.unit_id, x.component, x.delta from app.day_delta x where x.delta <> 0) a
	full join (select x.day, x.unit_id, x.component, x.delta from expected x where x.day > calc.first_day()) e
		using (unit_id, component, day)
	where a.delta is distinct from e.delta
	union all
	select 'month', unit_id, component, d, a.net::bigint, e.net
	from (select x.d, x.unit_id, x.component, x.net from app.month_in_year x where x.net <> 0) a
	full join (select make_date(extract(year from x.day)::integer, m, 1) as d, x.unit_id, x.component, sum(x.delta)::bigint as net
		from expected x, generate_series(extract(month from x.day)::integer + 1, 12) m
		where x.day > calc.first_day() group by 1, 2, 3 having sum(x.delta) <> 0) e
		using (unit_id, component, d)
	where a.net is distinct from e.net
	union all
	select 'year', unit_id, component, d, a.total::bigint, e.total
	from (select x.d, x.unit_id, x.component, x.total from app.year_open x where x.total <> 0) a
	full join (select make_date(y, 1, 1) as d, x.unit_id, x.component, sum(x.delta)::bigint as total
		from expected x, horizon h, generate_series(case when x.day <= calc.first_day() then 2017 else extract(year from x.day)::integer + 1 end, h.year) y
		group by 1, 2, 3 having sum(x.delta) <> 0) e
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
	-- Nobody counts outside her own membership; honorary members never do.
	select 'spell', s.leaf_id, 1::smallint, min(s.joined), count(*), 0 from app.spell s
	where s.counts <> '{}' and (not s.counts <@ datemultirange(daterange(s.joined, s.left_on))
		or exists (select from app.person p where p.id = s.person_id and p.honorary))
	group by s.leaf_id
$$;

-- How much verify looks through.
create function calc.ledger_size() returns table (spells bigint, headcounts bigint, entries bigint) language sql stable security definer set search_path = pg_catalog as $$
	select (select count(*) from app.spell), (select count(*) from app.headcount where superseded_at is null),
		(select count(*) from app.year_open) + (select count(*) from app.month_in_year) + (select count(*) from app.day_delta)
$$;
