-- Who can carry a commune (R20): an account that is in use and reaches it from a level above. One that was locked or moved carries none,
-- whatever still stands under its name.
create function calc.carries(account uuid, commune integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.account a
		join app.account_role r on r.account_id = a.id and r.role not in ('operator', 'system')
		join app.role_verb v on v.role = r.role and v.verb = 'support.write' and v.below
		join app.unit_scope s on s.ancestor_id = r.unit_id and s.unit_id = commune and not s.own
		where a.id = account and a.disabled_at is null
			and (select true from app.unit_spell p where p.unit_id = r.unit_id and p.during @> calc.today()))
$$;

-- Who holds the communes on a day, of those the caller may read, and whether she still can.
create function calc.officers_of(communes integer[], on_day date)
returns table (id uuid, commune_id integer, role text, account_id uuid, name text, since date, every_months integer, document text, present boolean)
language sql stable security definer set search_path = pg_catalog as $$
	select o.id, o.commune_id, o.role, o.account_id, coalesce(calc.account_name(o.account_id), o.name), lower(o.during), o.every_months, o.document,
		o.account_id is null or calc.carries(o.account_id, o.commune_id)
	from app.commune_officer o
	where o.commune_id = any(communes) and o.during @> on_day
		and ((select calc.sees_all('support.read')) or o.commune_id in (select calc.my_units('support.read')))
$$;

-- The accounts to whom communes of a unit can be given: of that unit, of those above it, and of those between it and its communes. Told to
-- who assigns there.
create function calc.carriers_of(unit integer) returns table (account_id uuid, name text, place text, role text)
language sql stable security definer set search_path = pg_catalog as $$
	select distinct on (a.id) a.id, calc.account_name(a.id), p.name, r.role
	from app.account a
	join app.account_role r on r.account_id = a.id and r.role not in ('operator', 'system')
	join app.role_verb v on v.role = r.role and v.verb = 'support.write' and v.below
	join app.unit_spell p on p.unit_id = r.unit_id and p.during @> calc.today()
	where a.disabled_at is null and calc.may_at('support.assign', unit)
		and (exists (select from app.unit_scope s where s.ancestor_id = r.unit_id and s.unit_id = unit)
			or exists (select from app.unit_scope s where s.ancestor_id = unit and s.unit_id = r.unit_id))
	order by a.id, r.role
$$;
