-- Accounts follow their units; nobody sees more than before without the level above (R38, R39).

-- Brings whom a right reaches up to an applied reorganisation, on its day or after it, and writes down whose accounts that moves. A role
-- at a unit that ended goes on reaching what it reached; one at a unit that stays does not reach what came under it: until the level
-- above decides. Before the day nothing is done, and calc.settle_due does it then.
create function calc.settle_rights(wanted uuid, changed integer[]) returns void language plpgsql set search_path = pg_catalog as $$
declare
	r app.reorganisation;
	made integer[];
begin
	select * into r from app.reorganisation x where x.id = wanted;
	select coalesce(array_agg((b.row ->> 'unit_id')::integer), '{}') into made from app.reorganisation_before b where b.reorganisation_id = wanted and b.what = 'made';
	drop table if exists pg_temp.scope_before, pg_temp.role_place;
	create temp table role_place on commit drop as select distinct a.unit_id from app.account_role a
		join app.unit u on u.id = a.unit_id and u.kind not in ('centre', 'cluster');
	create temp table scope_before on commit drop as select s.* from app.unit_scope s
		where s.ancestor_id in (select unit_id from pg_temp.role_place);
	create index on pg_temp.scope_before (ancestor_id, unit_id);
	analyze pg_temp.role_place, pg_temp.scope_before;
	perform calc.refresh_scopes(changed);
	if r.on_day > calc.today() then return; end if;

	insert into app.account_move (reorganisation_id, account_id, role, unit_id, kind, to_unit_id)
		select wanted, a.account_id, a.role, a.unit_id, m.kind, m.to_unit_id
		from calc.moving_roles(wanted) m join app.account_role a on a.unit_id = m.unit_id and a.role = m.role
		where m.kind <> 'widened' on conflict do nothing;
	insert into app.account_move_unit (move_id, unit_id, own)
		select m.id, b.unit_id, b.own from app.account_move m join pg_temp.scope_before b on b.ancestor_id = m.unit_id
		where m.reorganisation_id = wanted and m.kind = 'succeeded' on conflict do nothing;

	-- `own`: it stood below already, and is now her own (what a parted unit had in Chưa phân).
	create temp table gained on commit drop as
		select s.ancestor_id, s.unit_id, b.unit_id is not null as own, s.own as reaches_own
		from pg_temp.role_place p join app.unit_scope s on s.ancestor_id = p.unit_id
		left join pg_temp.scope_before b on b.ancestor_id = s.ancestor_id and b.unit_id = s.unit_id
		where not s.unit_id = any(made) and not s.ancestor_id = any(made) and (b.unit_id is null or (s.own and not b.own))
			and exists (select from app.unit_spell x where x.unit_id = s.ancestor_id and x.during @> calc.today());
	insert into app.account_move (reorganisation_id, account_id, role, unit_id, kind, to_unit_id)
		select distinct wanted, a.account_id, a.role, a.unit_id, 'widened', a.unit_id from pg_temp.gained g join app.account_role a on a.unit_id = g.ancestor_id
		where exists (select from app.role_verb v where v.role = a.role and case when g.own then not v.below else v.below or g.reaches_own end)
		on conflict do nothing;
	insert into app.account_move_unit (move_id, unit_id, own)
		select m.id, g.unit_id, g.own from app.account_move m join pg_temp.gained g on g.ancestor_id = m.unit_id
		where m.reorganisation_id = wanted and m.kind = 'widened' on conflict do nothing;
	drop table pg_temp.gained, pg_temp.scope_before, pg_temp.role_place;
	update app.reorganisation set settled_at = now() where id = wanted;
end $$;

-- The roles at units whose place changes, by rule: of a unit that went whole to one of its level, of one that was parted (or went to
-- nobody in particular), of a level that ended; and at units that stay and take others over.
create function calc.moving_roles(wanted uuid) returns table (unit_id integer, role text, kind text, to_unit_id integer)
language sql stable set search_path = pg_catalog as $$
	with change as (select c.*, r.on_day from app.reorganisation_change c join app.reorganisation r on r.id = c.reorganisation_id where r.id = wanted),
	gone as (
		select c.unit_id, u.kind, c.on_day, bool_or(c.part = 'partial') as parted, count(*) filter (where c.part = 'full') as wholes,
			min(coalesce(c.successor_id, x.successor_id)) filter (where c.part = 'full') as successor_id,
			min(coalesce(k.kind, n.unit_kind)) filter (where c.part = 'full') as successor_kind
		from change c join app.unit u on u.id = c.unit_id
		left join app.unit k on k.id = c.successor_id
		left join change n on n.kind = 'create' and n.key = c.key
		left join app.unit_succession x on x.reorganisation_id = wanted and x.predecessor_id = c.unit_id and x.part = 'full' and c.part = 'full'
		where c.kind in ('succeed', 'end') group by c.unit_id, u.kind, c.on_day
	)
	select g.unit_id, a.role, case when not g.parted and g.wholes = 1 and g.successor_kind = g.kind then 'succeeded'
		when g.kind = 'district' then 'ended' else 'parted' end,
		case when not g.parted and g.wholes = 1 and g.successor_kind = g.kind then g.successor_id end
	from gone g join (select distinct o.unit_id, o.role from app.account_role o) a on a.unit_id = g.unit_id
	-- A unit that ended on an earlier day and is only given another successor now has nobody at work in it.
	where exists (select from app.unit_spell s where s.unit_id = g.unit_id and s.during @> g.on_day - 1)
	union
	select c.successor_id, a.role, 'widened', c.successor_id from change c
	join (select distinct o.unit_id, o.role from app.account_role o) a on a.unit_id = c.successor_id
	where c.kind = 'succeed'
	union
	-- What nobody has been given yet is the province's own.
	select p.id, a.role, 'widened', p.id from gone g cross join lateral (select calc.province_of(g.unit_id, g.on_day - 1) as id) p
	join (select distinct o.unit_id, o.role from app.account_role o where exists (select from app.role_verb v where v.role = o.role and not v.below)) a
		on a.unit_id = p.id
	where g.parted
$$;

-- How many accounts a reorganisation would move, by what becomes of them; for a dry run.
create function calc.moving_accounts(wanted uuid) returns jsonb language sql stable security definer set search_path = pg_catalog as $$
	select coalesce(jsonb_object_agg(kind, n), '{}') from (
		select m.kind, count(distinct a.account_id) as n from calc.moving_roles(wanted) m
		join app.account_role a on a.unit_id = m.unit_id and a.role = m.role join app.account p on p.id = a.account_id and p.disabled_at is null
		group by m.kind) x
	where calc.may_reorganise(wanted, 'reorganisations.write') or calc.may_reorganise(wanted, 'reorganisations.approve')
$$;

-- Settles the reorganisations whose day has come since they were applied.
create function calc.settle_due() returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
	due record;
	n integer := 0;
begin
	if not calc.may('system.operate') then raise exception 'not hers' using errcode = 'insufficient_privilege'; end if;
	for due in select r.id from app.reorganisation r where r.state = 'applied' and r.settled_at is null and r.on_day <= calc.today()
		order by r.on_day, r.applied_at loop
		perform pg_advisory_xact_lock(7406);
		perform calc.settle_rights(due.id, array(select distinct (b.row ->> 'unit_id')::integer from app.reorganisation_before b
			where b.reorganisation_id = due.id and b.what in ('made', 'after', 'spell')));
		n := n + 1;
	end loop;
	return n;
end $$;

-- Whether the caller may decide on a move: she makes accounts at a level above the unit it leads to (or leads from), as she reaches it today.
create function calc.may_decide_move(wanted uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.account_move m where m.id = wanted and m.decision is null and m.kind <> 'ended' and m.account_id <> calc.account_id()
		and (calc.sees_all('accounts.write') or exists (select from calc.my_grants('accounts.write') g join app.unit_scope s on s.ancestor_id = g.unit_id
			where g.below and g.unit_id <> s.unit_id and s.unit_id = coalesce(m.to_unit_id, m.unit_id) and not calc.held_back(g.unit_id, s.unit_id))))
$$;

-- Decides on moves of accounts: 'approved' (for one without a successor: into the unit given) or 'closed', and nothing of what the role
-- reached is left. Answers how many it was.
create function calc.decide_moves(moves uuid[], outcome text, into_unit integer) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
	m app.account_move;
	target integer;
	n integer := 0;
begin
	for m in select x.* from app.account_move x where x.id = any(moves) and x.decision is null order by x.id for update loop
		if not calc.may_decide_move(m.id) then raise exception 'not hers' using errcode = 'insufficient_privilege'; end if;
		target := coalesce(m.to_unit_id, into_unit);
		if outcome = 'approved' and m.kind <> 'widened' then
			if target is null or not exists (select from app.unit_spell s where s.unit_id = target and s.during @> calc.today()) then
				raise exception 'no unit to go to' using errcode = 'TH003';
			end if;
			if not calc.may_give(m.role, target) then raise exception 'not hers' using errcode = 'insufficient_privilege'; end if;
			insert into app.account_role (account_id, role, unit_id) values (m.account_id, m.role, target) on conflict do nothing;
			update app.account_move x set gave_role = found, to_unit_id = target where x.id = m.id;
			update app.account_move x set stood_at = a.unit_id from app.account a where x.id = m.id and a.id = m.account_id and a.unit_id = m.unit_id;
			update app.account a set unit_id = target, version = version + 1 where a.id = m.account_id and a.unit_id = m.unit_id;
		end if;
		update app.account_move x set decision = outcome, decided_by = calc.account_id(), decided_at = now() where x.id = m.id;
		n := n + 1;
	end loop;
	return n;
end $$;

-- Puts accounts back as they were before a reorganisation that is taken back.
create function calc.return_accounts(wanted uuid) returns void language plpgsql set search_path = pg_catalog as $$
begin
	update app.account a set unit_id = m.stood_at, version = version + 1 from app.account_move m
		where m.reorganisation_id = wanted and m.stood_at is not null and a.id = m.account_id and a.unit_id = m.to_unit_id;
	delete from app.account_role r using app.account_move m
		where m.reorganisation_id = wanted and m.gave_role and r.account_id = m.account_id and r.role = m.role and r.unit_id = m.to_unit_id;
	delete from app.account_move m where m.reorganisation_id = wanted;
end $$;
