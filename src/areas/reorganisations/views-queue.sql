-- The queue of a parted commune: its branches get a home one by one (R38).

-- Whether the caller may say who of a parted unit goes to a part: she writes that part, or the Chưa phân where they stand.
create function calc.may_assign(predecessor integer, into_unit integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.unit_succession p join app.unit_succession rest on rest.predecessor_id = p.predecessor_id and rest.part = 'full'
		where p.predecessor_id = predecessor and p.successor_id = into_unit and p.part = 'partial'
			and (calc.may_at('units.write', into_unit) or calc.may_at('units.write', rest.successor_id)))
$$;

-- Puts branches of a parted unit, which stand in its Chưa phân, under one of its parts from the day of the parting.
create function calc.assign_branches(predecessor integer, into_unit integer, branches integer[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
	since date;
	branch integer;
begin
	perform pg_advisory_xact_lock(7406);
	if not calc.may_assign(predecessor, into_unit) then
		raise exception 'not hers' using errcode = 'insufficient_privilege';
	end if;
	select x.on_day into since from app.unit_succession x where x.predecessor_id = predecessor and x.successor_id = into_unit;
	if exists (select from unnest(branches) b where b not in (select w.unit_id from calc.waiting_branches(predecessor) w)) then
		raise exception 'not waiting' using errcode = 'TH002';
	end if;
	perform calc.remember_state(predecessor || branches);
	foreach branch in array branches loop
		perform calc.change_from(branch, since, into_unit, null, null, null, null, '');
	end loop;
	perform calc.follow_units(branches, since, 'scopes');
end $$;

-- The same after women without a branch were moved one by one: only the shares, and what hangs on them, change.
create function calc.reshare(predecessor integer, into_unit integer) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	perform pg_advisory_xact_lock(7406);
	if not calc.may_assign(predecessor, into_unit) then
		raise exception 'not hers' using errcode = 'insufficient_privilege';
	end if;
	perform calc.remember_state(array[predecessor]);
	perform calc.follow_units(array[predecessor], (select x.on_day from app.unit_succession x
		where x.predecessor_id = predecessor and x.successor_id = into_unit), 'none');
end $$;

-- Branches, clubs and special bases of a parted unit that nobody has assigned yet. What stood in it comes first, and no plan may turn that
-- round: in the Chưa phân of a province stand the branches of all its parted communes (40 ms a commune of Hà Nội).
create function calc.waiting_branches(predecessor integer) returns table (unit_id integer, name text, kind text, since date)
language sql stable security definer set search_path = pg_catalog as $$
	select s.unit_id, s.name, u.kind, x.on_day
	from (select x.successor_id, x.on_day, old.unit_id from app.unit_succession x
		join app.unit_spell old on old.parent_id = predecessor and upper(old.during) = x.on_day
		where x.predecessor_id = predecessor and x.part = 'full'
			and exists (select from app.unit_succession p where p.predecessor_id = predecessor and p.part = 'partial') offset 0) x
	cross join lateral (select n.name, n.unit_id from app.unit_spell n
		where n.unit_id = x.unit_id and n.parent_id = x.successor_id and lower(n.during) = x.on_day offset 0) s
	join app.unit u on u.id = s.unit_id
$$;
