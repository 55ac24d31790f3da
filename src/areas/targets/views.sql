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
