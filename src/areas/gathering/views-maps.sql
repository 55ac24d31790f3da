-- Figures of a day under the map of another day (R37, R38).

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
