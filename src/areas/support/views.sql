-- Support of communes not over 60 % (R17, R20): who writes a case and a catalogue.

-- Whether the acting account may write at the case's commune.
create function calc.reaches_case(of_case uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.support_case c where c.id = of_case and calc.may_at('support.write', c.unit_id))
$$;

-- The same while the case is open: what is closed takes nothing more.
create function calc.writes_case(of_case uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.support_case c where c.id = of_case and c.closed_on is null and calc.may_at('support.write', c.unit_id))
$$;

-- The units above those where the acting account itself holds the verb, these included: what they offer reaches her.
create function calc.above_mine(verb text) returns setof integer language sql stable security definer set search_path = pg_catalog as $$
	select distinct s.ancestor_id from calc.my_grants(verb) g join app.unit_scope s on s.unit_id = g.unit_id
$$;

-- Whether she may add an entry in a unit's name: her own unit's, or one for which she acts.
create function calc.writes_catalogue(unit integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.unit u where u.id = unit and u.kind in ('centre', 'cluster', 'province', 'district', 'commune'))
		and (unit in (select g.unit_id from calc.my_grants('support.write') g)
			or (unit = nullif(current_setting('app.acting_for', true), '')::integer and calc.may_at('support.write', unit)))
$$;

-- At which unit of today each open case stands that she may read (of all, or at one unit): its own, or once that has ended every unit
-- that follows it, until one of them goes on from it with a case of its own (R38). `carried_on`: the day of the last reorganisation
-- between; null at the case's own unit.
create function calc.support_standing(of_unit integer) returns table (unit_id integer, case_id uuid, carried_on date)
language sql stable as $$
	with recursive back(id) as (
		select of_unit where of_unit is not null
		union
		select s.predecessor_id from back b join app.unit_succession s on s.successor_id = b.id
	),
	flow(unit_id, case_id, carried_on) as (
		select c.unit_id, c.id, null::date from app.support_case c
		where c.closed_on is null and (of_unit is null or c.unit_id in (select id from back))
		union
		select s.successor_id, f.case_id, s.on_day from flow f join app.unit_succession s on s.predecessor_id = f.unit_id and s.on_day <= calc.today()
		where not exists (select from app.unit_spell l where l.unit_id = f.unit_id and l.during @> calc.today())
			and not exists (select from app.support_case n where n.unit_id = s.successor_id and (n.opened_on >= s.on_day
				or exists (select from app.support_origin o where o.case_id = n.id and o.origin_id = f.case_id)))
	)
	select f.unit_id, f.case_id, f.carried_on from flow f
	where (of_unit is null or f.unit_id = of_unit)
		and exists (select from app.unit_spell l where l.unit_id = f.unit_id and l.during @> calc.today())
$$;
