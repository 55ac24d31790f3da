-- Figures of a day under the map of another day (R37, R38).

-- Which units of a map's day a unit of other days is, whole or in part: itself where it stands on both, else its successors or,
-- backward, its predecessors (and itself where it was there already). A district that ended goes with what it stood under. Days between which
-- nothing of this changes make one stretch, from the first to the last of them that was asked for.
-- With `scope` only of units one of whose links goes there, found by their keys: a line through the years asks for one commune.
create function calc.map_links(days date[], map_day date, scope integer[])
returns table (first_day date, last_day date, unit_id integer, map_unit_id integer, weight numeric)
language plpgsql stable set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	since date := (select least(min(d), map_day) from unnest(days) d);
	until date := (select greatest(max(d), map_day) from unnest(days) d);
	-- Units that come to the scope, and all that those come to: what a unit is elsewhere belongs to what it is here. A value, so that
	-- the plan knows how few they are.
	near integer[];
begin
	if scope is not null then
		with recursive source(id) as (
			select u from unnest(scope) u
			union
			select x.id from source n cross join lateral (
				select s.predecessor_id as id from app.unit_succession s where s.successor_id = n.id and s.on_day > since and s.on_day <= map_day
				union all
				select s.successor_id from app.unit_succession s where s.predecessor_id = n.id and s.on_day > map_day and s.on_day <= until) x
		),
		spread(id) as (
			select id from source
			union
			select x.id from spread n cross join lateral (
				select s.successor_id as id from app.unit_succession s where s.predecessor_id = n.id and s.on_day > since and s.on_day <= map_day
				union all
				select s.predecessor_id from app.unit_succession s where s.successor_id = n.id and s.on_day > map_day and s.on_day <= until) x
		)
		select array_agg(id) into near from spread;
	end if;
	return query
	-- Forward or backward, so that one equality finds the next step.
	with recursive step(from_id, to_id, day, weight) as materialized (
		select s.predecessor_id, s.successor_id, s.on_day, case when x.weight is not null
			then x.weight / (select sum(o.weight) from app.split_share o where o.predecessor_id = s.predecessor_id)
			when s.part = 'full' and not exists (select from app.split_share o where o.predecessor_id = s.predecessor_id) then 1 else 0 end
		from app.unit_succession s left join app.split_share x on x.predecessor_id = s.predecessor_id and x.successor_id = s.successor_id
		where s.on_day > since and s.on_day <= map_day and (scope is null or s.predecessor_id = any(near))
		union all
		-- The kinds are asked as a value: a join would read every unit of the country, branches and all (50 ms).
		select s.successor_id, s.predecessor_id, s.on_day, 0 from app.unit_succession s
		where s.on_day > map_day and s.on_day <= until and (scope is null or s.successor_id = any(near)) and (select p.kind = n.kind
			or (p.kind = 'commune' and n.kind = 'unassigned') from app.unit p, app.unit n where p.id = s.predecessor_id and n.id = s.successor_id)
		union all
		select t.unit_id, t.parent_id, t.until, 1 from app.territory t
		where t.kind = 'district' and (scope is null or t.parent_id = any(scope)) and t.until > since and t.until <= map_day
			and t.parent_id is not null and not exists (select from app.territory n where n.unit_id = t.unit_id and n.since = t.until)
			and not exists (select from app.unit_succession s where s.predecessor_id = t.unit_id)
	),
	place as materialized (
		select t.unit_id, t.since, t.until from app.territory t
		where scope is null or t.unit_id = any(array(select u from unnest(scope) u union select s.from_id from step s))
	),
	bound(day) as materialized (
		select s.day from step s where cardinality(days) > 1
		union select p.since from place p where cardinality(days) > 1
		union select p.until from place p where cardinality(days) > 1
	),
	stretch as materialized (
		select min(d) as first_day, max(d) as last_day from unnest(days) d group by (select count(*) from bound b where b.day <= d)
	),
	walk(first_day, last_day, unit_id, at, weight) as (
		select d.first_day, d.last_day, p.unit_id, p.unit_id, 1::numeric from stretch d join place p on p.since <= d.first_day and p.until > d.first_day
		union
		select w.first_day, w.last_day, w.unit_id, s.to_id, w.weight * s.weight from walk w join step s on s.from_id = w.at
			and case when w.first_day < map_day then s.day > w.first_day and s.day <= map_day else s.day <= w.first_day and s.day > map_day end
	)
	select w.first_day, w.last_day, w.unit_id, w.at, sum(w.weight) from walk w
	where exists (select from app.territory t where t.unit_id = w.at and t.since <= map_day and t.until > map_day)
	group by w.first_day, w.last_day, w.unit_id, w.at;
end $$;

-- The figures of some days under the map of another day (R37, R38), in the form of calc.gathering_base. What a unit of the day went to
-- whole is added up exactly. Of one that was parted, or made of several, the members are counted by where their branches stand
-- on the map's day; what has no branch there, and what is one figure, is parted by what each had: so the sums never change.
-- One function for a day of the whole country and for a line of one commune: it is told the units and days it may read as values.
create function calc.crossed_base(days date[], map_day date, scope integer[])
returns table (day date, unit_id integer, kind text, code text, name text, parent_id integer, district_id integer, province_id integer, place integer,
	women18 integer, roster integer, unlisted integer, trade_union integer, armed_forces integer, member_organisation integer, upper_club integer,
	overlap integer, without_denominator integer, estimated boolean)
language plpgsql stable set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	firsts date[];
	lasts date[];
	units integer[];
	maps integer[];
	weights numeric[];
	counts bigint[];
	-- What is read: null for the whole country.
	ids integer[];
	parted integer[];
	years date[] := array(select distinct date_trunc('year', d)::date from unnest(days) d);
	months date[] := array(select distinct date_trunc('month', d)::date from unnest(days) d);
	dates date[] := array(select distinct x::date from unnest(days) d cross join generate_series(date_trunc('month', d), d, '1 day') x);
	latest date := (select max(d) from unnest(days) d);
begin
	days := array(select distinct d from unnest(days) d order by d);
	select array_agg(l.first_day), array_agg(l.last_day), array_agg(l.unit_id), array_agg(l.map_unit_id), array_agg(l.weight), array_agg(l.links)
		into firsts, lasts, units, maps, weights, counts
		from (select x.*, count(*) over whole as links, scope is null or bool_or(x.map_unit_id = any(scope)) over whole as wanted
			from calc.map_links(days, map_day, scope) x window whole as (partition by x.first_day, x.unit_id)) l where l.wanted;
	parted := array(select distinct u from unnest(units, counts) x(u, n) where n > 1);
	if scope is not null then ids := array(select distinct u from unnest(units) u); end if;
	return query
	with link as materialized (
		select *, scope is null or l.map_unit_id = any(scope) as asked
		from unnest(firsts, lasts, units, maps, weights, counts) l(first_day, last_day, unit_id, map_unit_id, weight, links)
	),
	point as materialized (
		select d as day, n::integer as n, date_trunc('year', d)::date as year, date_trunc('month', d)::date as month from unnest(days) with ordinality x(d, n)
	),
	stretch as materialized (select distinct l.first_day, l.last_day, l.unit_id, l.links from link l),
	stood as materialized (
		select p.day, p.year, p.month, s.first_day, s.unit_id, s.links from stretch s join point p on p.day between s.first_day and s.last_day
	),
	figure as (
		select s.day, s.unit_id, x.roster, x.unlisted, x.trade_union, x.armed_forces, x.member_organisation, x.upper_club, x.overlap
		from stood s join app.ledger_sum x on x.unit_id = s.unit_id and x.d = s.year
		where x.d = any(years) and (ids is null or x.unit_id = any(ids))
		union all
		select s.day, s.unit_id, x.roster, x.unlisted, x.trade_union, x.armed_forces, x.member_organisation, x.upper_club, x.overlap
		from stood s join app.ledger_sum x on x.unit_id = s.unit_id and x.d = s.month and s.month <> s.year
		where x.d = any(months) and (ids is null or x.unit_id = any(ids))
		union all
		-- An equality beside the range, and every day by name: else all days of a unit meet all points.
		select s.day, s.unit_id, case e.component when 1 then e.delta end, case e.component when 2 then e.delta end, case e.component when 3 then e.delta end,
			case e.component when 4 then e.delta end, case e.component when 5 then e.delta end, case e.component when 6 then e.delta end,
			case e.component when 7 then e.delta end
		from stood s join app.day_delta e on e.unit_id = s.unit_id and date_trunc('month', e.on_date)::date = s.month and e.on_date <= s.day
		where e.on_date = any(dates) and (ids is null or e.unit_id = any(ids))
	),
	ledger as materialized (
		select f.day, f.unit_id, sum(f.roster) as roster, sum(f.unlisted) as unlisted, sum(f.trade_union) as trade_union, sum(f.armed_forces) as armed_forces,
			sum(f.member_organisation) as member_organisation, sum(f.upper_club) as upper_club, sum(f.overlap) as overlap
		from figure f group by f.day, f.unit_id
	),
	-- Looked up once a unit, not once a unit and day (10 ms of a line).
	denominator as materialized (
		select d.unit_id, d.since, d.until, d.women18 from (select distinct s.unit_id from stretch s) u join app.denominator d on d.unit_id = u.unit_id
	),
	native as materialized (
		-- Without a figure of its own, and not for being a part to which no share has come: a share may also be none at all.
		select s.day, s.first_day, s.unit_id, s.links, nullif(d.women18, 0) as women18, f.roster, f.unlisted, f.trade_union, f.armed_forces, f.member_organisation,
			f.upper_club, f.overlap, d.unit_id is null and (exists (select from calc.figure_succession x where x.successor_id = s.unit_id)
				or not exists (select from app.unit_succession x where x.successor_id = s.unit_id)) as unknown
		from stood s left join ledger f on f.day = s.day and f.unit_id = s.unit_id
		left join denominator d on d.unit_id = s.unit_id and d.since <= s.day and d.until > s.day
	),
	-- Branches of parted or merged communes and where they stand on the map's day. Of one that stands in a unit nobody asked for nothing is
	-- read, unless on some of the days that unit is none of those hers became: then her members are to be parted.
	pair as materialized (select l.unit_id, l.map_unit_id, count(*) as n from link l where l.links > 1 group by l.unit_id, l.map_unit_id),
	leaf as materialized (
		select h.commune_id as unit_id, h.leaf_id, h.during, coalesce(m.commune_id, 0) as home_id
		from app.unit_home h left join app.unit_home m on m.leaf_id = h.leaf_id and m.during @> map_day
		join (select s.unit_id, count(*) as n from stretch s where s.links > 1 group by s.unit_id) u on u.unit_id = h.commune_id
		left join pair p on p.unit_id = h.commune_id and p.map_unit_id = m.commune_id
		where h.commune_id = any(parted) and h.during && daterange(days[1], latest, '[]') and (scope is null or m.commune_id = any(scope) or p.n is distinct from u.n)
	),
	-- Of many days each woman's periods are asked once: between which of the days they begin and end. The ends are summed up.
	period as materialized (
		select f.unit_id, f.home_id, f.during, s.counts from leaf f join app.spell s on s.leaf_id = f.leaf_id and s.counts <> '{}' where cardinality(days) > 1
	),
	counting as (
		select x.unit_id, x.home_id, x.sign * count(*) as members,
			coalesce(width_bucket(greatest(x.since, lower(x.during)) - 1, days), 0) as before,
			coalesce(width_bucket(least(x.until, upper(x.during)) - 1, days), cardinality(days)) as upto
		from (select p.unit_id, p.home_id, p.during, lower(p.counts) as since, upper(p.counts) as until, 1 as sign from period p
			union all
			select p.unit_id, p.home_id, p.during, lower(gap), upper(gap), -1 from period p cross join calc.gaps_in(p.counts) gap
			where p.counts <> datemultirange(range_merge(p.counts))) x
		group by 1, 2, x.sign, 4, 5
	),
	counted as (
		select days[1] as day, f.unit_id, f.home_id, count(*) as members from leaf f join app.spell s on s.leaf_id = f.leaf_id and s.counts @> days[1]
		where cardinality(days) = 1 and f.during @> days[1] group by f.unit_id, f.home_id
		union all
		select days[x.n], x.unit_id, x.home_id, sum(sum(x.delta)) over (partition by x.unit_id, x.home_id order by x.n)
		from (select c.unit_id, c.home_id, e.n, c.members * e.sign as delta
				from counting c cross join lateral (values (c.before + 1, 1), (c.upto + 1, -1)) e(n, sign) where c.before < c.upto
			union all
			select f.unit_id, f.home_id, p.n, 0 from (select distinct f.unit_id, f.home_id from leaf f) f cross join point p where cardinality(days) > 1) x
		where x.n <= cardinality(days) group by x.unit_id, x.home_id, x.n
	),
	-- Without a unit of the map: to be parted.
	named as materialized (
		select c.day, c.unit_id, l.map_unit_id, sum(c.members) as members from counted c
		join stood s on s.day = c.day and s.unit_id = c.unit_id and s.links > 1
		left join link l on l.first_day = s.first_day and l.unit_id = c.unit_id and l.map_unit_id = c.home_id
		group by c.day, c.unit_id, l.map_unit_id
	),
	quantity as materialized (
		select n.day, n.first_day, n.unit_id, q.what, q.total::bigint as total, q.lacks
		from native n left join named m on m.day = n.day and m.unit_id = n.unit_id and m.map_unit_id is null
		cross join lateral (values ('women', n.women18, n.unknown), ('roster', m.members, false), ('unlisted', n.unlisted, false),
			('trade_union', n.trade_union, false), ('armed_forces', n.armed_forces, false), ('member_organisation', n.member_organisation, false),
			('upper_club', n.upper_club, false), ('overlap', n.overlap, false)) q(what, total, lacks)
		where n.links > 1 and (q.total <> 0 or q.lacks)
	),
	-- What the several had on their own day: the measure by which a later figure is parted among them.
	then_had as materialized (
		select b.* from calc.gathering_base(map_day, array(select distinct l.map_unit_id from link l where l.links > 1)) b where map_day < latest
	),
	weighed as (
		select l.first_day, l.unit_id, l.map_unit_id, l.weight, q.what, q.had, h.women18
		from link l left join then_had h on h.unit_id = l.map_unit_id and l.first_day > map_day
		cross join lateral (values ('women', h.women18), ('roster', h.roster), ('unlisted', h.unlisted), ('trade_union', h.trade_union),
			('armed_forces', h.armed_forces), ('member_organisation', h.member_organisation), ('upper_club', h.upper_club), ('overlap', h.overlap)) q(what, had)
		where l.links > 1
	),
	measure as materialized (
		select w.first_day, w.unit_id, w.what, array_agg(w.map_unit_id order by w.map_unit_id) as keys, sum(w.had) as had,
			case when sum(w.had) > 0 then array_agg(coalesce(w.had, 0)::numeric order by w.map_unit_id)
				when sum(w.weight) > 0 then array_agg(w.weight order by w.map_unit_id)
				when sum(w.women18) > 0 then array_agg(coalesce(w.women18, 0)::numeric order by w.map_unit_id)
				else array_agg(1::numeric order by w.map_unit_id) end as weights
		from weighed w group by w.first_day, w.unit_id, w.what
	),
	-- Each total is parted once, however many days it stood.
	parting as materialized (
		select q.first_day, q.unit_id, q.what, q.total, m.keys, m.weights,
			-- Carried unchanged from the several, it is what each had when it is parted again.
			m.had is distinct from q.total and (select count(*) filter (where x > 0) from unnest(m.weights) x) <> 1 as estimated
		from (select distinct q.first_day, q.unit_id, q.what, q.total from quantity q where not q.lacks) q
		join measure m on m.first_day = q.first_day and m.unit_id = q.unit_id and m.what = q.what
	),
	part as materialized (
		select p.first_day, p.unit_id, p.what, p.total, a.key as map_unit_id, a.part, p.estimated and a.part <> 0 as estimated
		from parting p cross join lateral calc.apportion(p.total, p.keys, p.weights) a where scope is null or a.key = any(scope)
	),
	piece as (
		select n.day, l.map_unit_id, n.women18::bigint, n.unknown as lacks, n.roster, n.unlisted, n.trade_union, n.armed_forces, n.member_organisation,
			n.upper_club, n.overlap, false as estimated
		from native n join link l on l.first_day = n.first_day and l.unit_id = n.unit_id where n.links = 1 and l.asked
		union all
		select n.day, n.map_unit_id, null, null, n.members, null, null, null, null, null, null, false from named n where n.map_unit_id is not null
		union all
		select q.day, l.map_unit_id, null, true, null, null, null, null, null, null, null, false
		from quantity q join link l on l.first_day = q.first_day and l.unit_id = q.unit_id where q.lacks and l.asked
		union all
		select q.day, p.map_unit_id, case q.what when 'women' then p.part end, case q.what when 'women' then false end, case q.what when 'roster' then p.part end,
			case q.what when 'unlisted' then p.part end, case q.what when 'trade_union' then p.part end, case q.what when 'armed_forces' then p.part end,
			case q.what when 'member_organisation' then p.part end, case q.what when 'upper_club' then p.part end, case q.what when 'overlap' then p.part end, p.estimated
		from quantity q join part p on p.first_day = q.first_day and p.unit_id = q.unit_id and p.what = q.what and p.total = q.total
	),
	summed as (
		select p.day, p.map_unit_id, sum(p.women18) as women18, bool_or(p.lacks) as lacks, coalesce(sum(p.roster), 0) as roster, coalesce(sum(p.unlisted), 0) as unlisted,
			coalesce(sum(p.trade_union), 0) as trade_union, coalesce(sum(p.armed_forces), 0) as armed_forces, coalesce(sum(p.member_organisation), 0) as member_organisation,
			coalesce(sum(p.upper_club), 0) as upper_club, coalesce(sum(p.overlap), 0) as overlap, bool_or(p.estimated) as estimated
		from piece p group by p.day, p.map_unit_id
	)
	select d.day, t.unit_id, t.kind, t.code, t.name, t.parent_id, t.district_id, t.province_id, t.place,
		case when not s.lacks and s.women18 > 0 then s.women18 end::integer,
		coalesce(s.roster, 0)::integer, coalesce(s.unlisted, 0)::integer, coalesce(s.trade_union, 0)::integer, coalesce(s.armed_forces, 0)::integer,
		coalesce(s.member_organisation, 0)::integer, coalesce(s.upper_club, 0)::integer, coalesce(s.overlap, 0)::integer,
		((s.lacks or coalesce(s.women18, 0) = 0) and (t.kind = 'commune' or (t.kind = 'unassigned' and (s.roster <> 0 or s.unlisted <> 0 or s.trade_union <> 0
			or s.armed_forces <> 0 or s.member_organisation <> 0 or s.upper_club <> 0))))::integer,
		coalesce(s.estimated, false)
	from point d cross join app.territory t left join summed s on s.day = d.day and s.map_unit_id = t.unit_id
	where t.since <= map_day and t.until > map_day and (scope is null or t.unit_id = any(scope));
end $$;

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
	with link as materialized (select l.unit_id, l.map_unit_id, count(*) over (partition by l.unit_id) as links from calc.map_links(array[on_day], map_day, array[top]) l),
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
	from calc.crossed_base(array[on_day], map_day, scope) b
	where everything or b.unit_id = any(mine) or b.district_id = any(mine) or b.province_id = any(mine)
	order by b.place;
end $$;
