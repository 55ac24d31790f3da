-- Taking a reorganisation back.

-- Whether anything has been recorded at one of some units in whatever table knows units, but for what a reorganisation itself writes, what is
-- worked out anew, and what reorganisation_dependents asks for by a name of its own. A table of tomorrow is asked, too.
create function calc.recorded_at(units integer[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
declare
	known constant text[] := array['unit_spell', 'unit_succession', 'unit_home', 'unit_scope', 'territory', 'split_share', 'cluster_province',
		'reorganisation', 'reorganisation_change', 'account', 'account_role', 'account_move', 'account_move_unit', 'audit',
		'ledger_sum', 'day_delta', 'denominator', 'commune_trait', 'duplicate_pair', 'import_layout',
		'spell', 'headcount', 'population', 'women_present', 'unlisted_lowering'];
	place record;
	found boolean;
begin
	for place in select c.conrelid::regclass as held_in, a.attname as held_by from pg_constraint c
		join pg_class t on t.oid = c.conrelid join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		where c.contype = 'f' and c.confrelid = 'app.unit'::regclass and t.relname <> all(known)
	loop
		execute format('select exists (select from %s where %I = any($1))', place.held_in, place.held_by) into found using units;
		if found then return true; end if;
	end loop;
	return false;
end $$;

-- What stands in the way of taking an applied reorganisation back: what came to depend on it, as codes the program has words for.
create function calc.reorganisation_dependents(wanted uuid) returns setof text language sql stable security definer set search_path = pg_catalog as $$
	with made as (select (b.row ->> 'unit_id')::integer as unit_id from app.reorganisation_before b where b.reorganisation_id = wanted and b.what = 'made'),
	touched as (select (b.row #>> '{}')::integer as unit_id from app.reorganisation_before b where b.reorganisation_id = wanted and b.what = 'touched'
		union select unit_id from made),
	after_rows as (select b.row from app.reorganisation_before b where b.reorganisation_id = wanted and b.what = 'after'),
	now_rows as (select to_jsonb(s) as row from app.unit_spell s where s.unit_id in (select unit_id from touched))
	-- The first built-in reform made the units of today: everything since stands on it.
	select 'registry' where exists (select from app.reorganisation r where r.id = wanted and r.builtin is not null
		and not exists (select from app.reorganisation_before b where b.reorganisation_id = wanted))
	union all
	select 'later' where exists (select from app.reorganisation o join app.reorganisation r on r.id = wanted and o.applied_at > r.applied_at and o.state = 'applied'
		join app.reorganisation_change c on c.reorganisation_id = o.id where c.unit_id in (select unit_id from touched) or c.successor_id in (select unit_id from made))
	union all
	select 'units' where exists ((select row from after_rows except select row from now_rows) union all (select row from now_rows except select row from after_rows))
		or exists (select from app.unit_spell s where s.parent_id in (select unit_id from made) and s.unit_id not in (select unit_id from touched))
	union all
	select 'members' where exists (select from app.spell s where s.leaf_id in (select unit_id from made))
	union all
	select 'figures' where exists (select from app.headcount h where h.unit_id in (select unit_id from made))
		or exists (select from app.population p where p.unit_id in (select unit_id from made))
		or exists (select from app.women_present p where p.unit_id in (select unit_id from made))
	union all
	select 'records' where calc.recorded_at((select array_agg(unit_id) from made))
	union all
	-- Accounts the reorganisation itself led there are put back with it.
	select 'accounts' where exists (select from app.account a where a.unit_id in (select unit_id from made)
			and not exists (select from app.account_move m where m.reorganisation_id = wanted and m.account_id = a.id and m.stood_at is not null))
		or exists (select from app.account_role a where a.unit_id in (select unit_id from made)
			and not exists (select from app.account_move m where m.reorganisation_id = wanted and m.gave_role and m.account_id = a.account_id and m.role = a.role and m.to_unit_id = a.unit_id))
$$;

-- Takes an applied reorganisation back: every row it changed is again what it was. The units it made keep their id, which the log may
-- name, and no day on which they stand.
create function calc.undo_reorganisation(wanted uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
	r app.reorganisation;
	touched integer[];
	made integer[];
begin
	perform pg_advisory_xact_lock(7406);
	select * into r from app.reorganisation x where x.id = wanted for update;
	if not calc.may_reorganise(wanted, 'reorganisations.approve') then
		raise exception 'not hers' using errcode = 'insufficient_privilege';
	end if;
	if r.state <> 'applied' or exists (select from calc.reorganisation_dependents(wanted)) then
		raise exception 'depended on' using errcode = 'TH002';
	end if;
	select array_agg((b.row #>> '{}')::integer) into touched from app.reorganisation_before b where b.reorganisation_id = wanted and b.what = 'touched';
	select coalesce(array_agg((b.row ->> 'unit_id')::integer), '{}') into made from app.reorganisation_before b where b.reorganisation_id = wanted and b.what = 'made';
	perform calc.return_accounts(wanted);
	perform calc.remember_state(touched || made);
	delete from app.unit_succession where reorganisation_id = wanted;
	delete from app.unit_spell where unit_id = any(touched || made);
	insert into app.unit_spell overriding system value
		select s.* from app.reorganisation_before b cross join jsonb_populate_record(null::app.unit_spell, b.row) s
		where b.reorganisation_id = wanted and b.what = 'spell';
	insert into app.unit_succession
		select s.* from app.reorganisation_before b cross join jsonb_populate_record(null::app.unit_succession, b.row) s
		where b.reorganisation_id = wanted and b.what = 'succession';
	perform calc.follow_units(touched || made, r.on_day, 'scopes');
	delete from app.unit_scope where unit_id = any(made) or ancestor_id = any(made);
	delete from app.ledger_sum where unit_id = any(made) and not exists (select from calc.ledger_entries e where e.unit_id = any(made));
	delete from app.day_delta where unit_id = any(made) and delta = 0;
	update app.reorganisation set state = 'undone', undone_at = now(), version = version + 1, updated_at = now() where id = wanted;
end $$;
