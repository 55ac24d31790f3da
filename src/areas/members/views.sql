-- Rights over a person follow from rights over her spells; these run as the owner so that policies do not recurse.

create function calc.writes_spell(spell uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.spell s where s.id = spell and (s.leaf_id in (select calc.my_units('members.write'))
		or (s.stage = 'proposed' and s.leaf_id in (select calc.my_units('members.propose')))))
$$;

-- A person without any spell yet is her maker's.
create function calc.writes_person(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.spell s where s.person_id = person and (s.leaf_id in (select calc.my_units('members.write'))
			or (s.stage = 'proposed' and s.leaf_id in (select calc.my_units('members.propose')))))
		or (not exists (select from app.spell s where s.person_id = person)
			and exists (select from app.person p where p.id = person and p.created_by = calc.account_id()))
$$;

create function calc.reads_sensitive(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select calc.sees_all('members.sensitive')
		or exists (select from app.spell s where s.person_id = person and s.leaf_id in (select calc.my_units('members.sensitive')))
		or (not exists (select from app.spell s where s.person_id = person)
			and exists (select from app.person p where p.id = person and p.created_by = calc.account_id()))
$$;
