-- Targets as they stand on a day, and who may decide them (R14, R38).

-- Whether the acting account may give `unit` a target in the name of `from_unit`: it holds the verb there, and `from_unit` stood directly
-- above on the day, or is the unit itself. Special bases, forces, branches and clubs get no target of any kind (R6).
create function calc.may_allot(from_unit integer, unit integer, on_day date) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
	select calc.may_at('targets.allot', from_unit) and exists (select from app.unit u
		where u.id = unit and u.kind in ('centre', 'province', 'district', 'commune')
			and (u.id = from_unit or exists (select from app.unit_spell s where s.unit_id = u.id and s.parent_id = from_unit and s.during @> on_day)))
$$;

-- Whether she may supersede a unit's target: as whoever decided it, or as the unit that stands above it today.
create function calc.may_revise_target(from_unit integer, unit integer) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
	select calc.may_at('targets.allot', from_unit) or exists (select from app.unit_spell s
		where s.unit_id = unit and s.during @> calc.today() and calc.may_at('targets.allot', s.parent_id))
$$;

-- The targets of a kind and period as they stand on a day, a row a unit: its own latest one, and on top of it what it took over
-- afterwards from units that ended, whole or by the shares kept of a parted one. A new decision stands for all that came before it.
-- `estimated`: something in it was parted. `ended`: the unit no longer stands and nobody took its target over.
create function calc.targets_on(on_day date, of_kind text, of_name text, of_term integer, of_year integer)
returns table (unit_id integer, value bigint, carried boolean, estimated boolean, ended boolean, target_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive own as materialized (
		select distinct on (t.unit_id) t.unit_id, t.id, t.value, t.document_on from app.target t
		where t.kind = of_kind and t.name = of_name and t.term_id is not distinct from of_term and t.year is not distinct from of_year
			and t.document_on <= on_day
		order by t.unit_id, t.document_on desc, t.decided_at desc
	),
	flow(unit_id, value, carried, estimated, id) as (
		select o.unit_id, o.value::bigint, false, false, o.id from own o
		union all
		select h.successor_id, h.part, true, f.estimated or h.estimated, null::uuid
		from flow f cross join lateral calc.handed_on(f.unit_id, f.value) h
		where h.on_day <= targets_on.on_day
			and not exists (select from own o where o.unit_id = h.successor_id and o.document_on >= h.on_day)
	),
	stands as (
		select f.unit_id, sum(f.value) as value, bool_or(f.carried) as carried, bool_or(f.estimated) as estimated,
			not exists (select from app.unit_spell s where s.unit_id = f.unit_id and s.during @> on_day) as gone,
			(array_agg(f.id) filter (where f.id is not null))[1] as target_id
		from flow f group by f.unit_id
	)
	select s.unit_id, s.value, s.carried, s.estimated, s.gone, s.target_id from stands s
	where not (s.gone and exists (select from calc.figure_succession x where x.predecessor_id = s.unit_id and x.on_day <= targets_on.on_day))
		and ((select calc.sees_all('targets.read')) or s.unit_id in (select calc.my_units('targets.read')))
$$;

-- From which day a unit's net gain of a period is counted: by its own target, else by the centre's: a day, common knowledge.
create function calc.target_baseline(unit integer, of_term integer, of_year integer, on_day date) returns table (baseline_on date, own boolean)
language sql stable security definer set search_path = pg_catalog as $$
	select t.baseline_on, t.unit_id = unit from app.target t join app.unit u on u.id = t.unit_id
	where t.kind = 'net_new_members' and t.name = '' and t.baseline_on is not null and (u.kind = 'centre' or (t.unit_id = unit and calc.may_at('targets.read', unit)))
		and t.term_id is not distinct from of_term and t.year is not distinct from of_year and t.document_on <= on_day
	order by t.unit_id = unit desc, t.document_on desc, t.decided_at desc limit 1
$$;

-- Days between which no unit began or ended bear one number: the links between their units and another day's are the same.
create function calc.territory_epoch(on_day date) returns date language sql stable security definer set search_path = pg_catalog as $$
	select greatest((select max(t.since) from app.territory t where t.since <= on_day), (select max(t.until) from app.territory t where t.until <= on_day))
$$;

-- The members of the units of a day's map within a scope (null: all) before each of some days began, in the order of those days: a line through
-- the years for every unit at once, from the ledger's sums alone and never from members' rows, so it takes as long for 20 million as for
-- 200 000 (R38). What went whole is added up exactly; a parted unit's are shared by the shares kept (else by women aged 18 and over, else evenly),
-- rounded so that the parts add up, and `estimated`. For functions that look after who may read what; the ledger must be open to the last day.
create function calc.lines_in(days date[], map_day date, scope integer[])
returns table (unit_id integer, kind text, parent_id integer, district_id integer, province_id integer, ward boolean, members integer[], unlisted integer[], estimated boolean)
language plpgsql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	epochs date[] := array(select distinct calc.territory_epoch(d - 1) from unnest(days) d);
	ids integer[];
begin
	-- Values, so that the plan knows them: a commune is looked up by its key, the country read through.
	if scope is not null then
		ids := array(select distinct l.unit_id from calc.map_links(epochs, map_day, scope) l);
	end if;
	return query
	with point as materialized (
		select d, n, calc.territory_epoch(d - 1) as epoch, date_trunc('year', d)::date as year, date_trunc('month', d)::date as month
		from unnest(days) with ordinality x(d, n)
	),
	link as materialized (
		select e.epoch, l.unit_id, l.map_unit_id, l.weight, count(*) over (partition by e.epoch, l.unit_id) as links
		from calc.map_links(epochs, map_day, scope) l join unnest(epochs) e(epoch) on e.epoch between l.first_day and l.last_day
	),
	weighed as (
		select l.epoch, l.unit_id, l.map_unit_id, case when sum(l.weight) over (partition by l.epoch, l.unit_id) > 0 then l.weight
			else coalesce((select d.women18 from app.denominator d where d.unit_id = l.map_unit_id and d.since <= map_day and d.until > map_day), 0) + 0.001 end as weight
		from link l where l.links > 1
	),
	-- From where to where in a unit's figure each part goes: the last one ends at the whole.
	share as materialized (
		select w.epoch, w.unit_id, w.map_unit_id, sum(w.weight) over parts - w.weight as since, sum(w.weight) over parts as upto, sum(w.weight) over whole as whole
		from weighed w
		window parts as (partition by w.epoch, w.unit_id order by w.map_unit_id), whole as (partition by w.epoch, w.unit_id)
	),
	figure as (
		select b.n, s.unit_id, s.roster + s.unlisted + s.trade_union + s.armed_forces + s.member_organisation + s.upper_club - s.overlap as members, s.unlisted
		from (select p.n, p.year as d from point p union all select p.n, p.month from point p where p.month <> p.year) b
		join app.ledger_sum s on s.d = b.d and (ids is null or s.unit_id = any(ids))
		union all
		select p.n, e.unit_id, case e.component when 7 then -e.delta else e.delta end, case e.component when 2 then e.delta else 0 end
		from point p join app.day_delta e on e.on_date >= p.month and e.on_date < p.d and (ids is null or e.unit_id = any(ids))
	),
	stood as materialized (
		select p.n, p.epoch, f.unit_id, sum(f.members) as members, sum(f.unlisted) as unlisted from figure f join point p on p.n = f.n group by p.n, p.epoch, f.unit_id
	),
	piece as (
		select s.n, l.map_unit_id, s.members, s.unlisted, false as estimated
		from stood s join link l on l.epoch = s.epoch and l.unit_id = s.unit_id and l.links = 1
		union all
		select s.n, h.map_unit_id, floor(s.members * h.upto / h.whole) - floor(s.members * h.since / h.whole),
			floor(s.unlisted * h.upto / h.whole) - floor(s.unlisted * h.since / h.whole), true
		from stood s join share h on h.epoch = s.epoch and h.unit_id = s.unit_id
	),
	had as (
		select p.map_unit_id, p.n, sum(p.members)::integer as members, sum(p.unlisted)::integer as unlisted, bool_or(p.estimated) as estimated
		from piece p group by p.map_unit_id, p.n
	)
	select t.unit_id, t.kind, t.parent_id, t.district_id, t.province_id,
		t.name ilike 'phường%', array_agg(coalesce(h.members, 0) order by p.n), array_agg(coalesce(h.unlisted, 0) order by p.n), coalesce(bool_or(h.estimated), false)
	from app.territory t cross join point p left join had h on h.map_unit_id = t.unit_id and h.n = p.n
	where t.since <= map_day and t.until > map_day and (scope is null or t.unit_id = any(scope))
	group by t.unit_id, t.kind, t.parent_id, t.district_id, t.province_id, t.name, t.place order by t.place;
end $$;

-- The same as one who acts may read it, of `top` and what stands below. With `likes` the communes of the same province come along, without
-- their ids where she does not read them: a forecast leans on them.
create function calc.lines_under(days date[], map_day date, top integer, likes boolean)
returns table (unit_id integer, kind text, parent_id integer, district_id integer, province_id integer, ward boolean, members integer[], unlisted integer[], estimated boolean)
language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	everything boolean := calc.sees_all('gathering.read');
	mine integer[];
	scope integer[];
begin
	if not (everything or top in (select calc.my_units('gathering.read'))) then return; end if;
	if not everything then mine := array(select calc.my_units('gathering.read')); end if;
	perform calc.open_ledger_for((select max(d) from unnest(days) d));
	scope := calc.gathering_scope(map_day, coalesce((select t.province_id from app.territory t where likes and t.unit_id = top
		and t.kind in ('commune', 'district') and t.since <= map_day and t.until > map_day), top));
	return query select case when everything or l.unit_id = any(mine) then l.unit_id end, l.kind, l.parent_id, l.district_id, l.province_id, l.ward,
		l.members, l.unlisted, l.estimated from calc.lines_in(days, map_day, scope) l;
end $$;
