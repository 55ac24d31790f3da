-- Moves from one commune to another (R11).

-- The membership a destination asks for by the woman's number: her home if she has one open.
create function calc.transfer_origin(of_hmac bytea, on_day date) returns table (person_id uuid, spell_id uuid, commune_id integer)
language sql stable security definer set search_path = pg_catalog as $$
	select s.person_id, s.id, calc.commune_of(s.leaf_id, on_day)
	from app.national_id n join app.spell s on s.person_id = n.person_id and s.stage = 'recognised' and s.left_on is null
	where n.hmac = of_hmac and calc.may('members.write')
	order by exists (select from app.residence r where r.spell_id = s.id and r.kind = 'permanent' and r.until is null) desc, s.joined desc limit 1
$$;

-- True where the caller's side is the one to decide.
create function calc.decides(t app.transfer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select t.state = 'pending' and calc.may_at('members.write', case t.asked_side when 'origin' then t.to_unit_id else t.from_commune_id end)
$$;

-- Names in transfers: a destination that asked by a number learns the name when the origin has agreed.
create function calc.transfer_people(transfers uuid[])
returns table (transfer_id uuid, person_id uuid, full_name text, birth date, birth_precision text, may_decide boolean, may_cancel boolean)
language sql stable security definer set search_path = pg_catalog as $$
	select t.id, case when k.known then p.id end, case when k.known then p.full_name else '' end, case when k.known then p.birth end, p.birth_precision,
		calc.decides(t),
		t.state = 'pending' and calc.may_at('members.write', case t.asked_side when 'origin' then t.from_commune_id else t.to_unit_id end)
	from app.transfer t join app.person p on p.id = t.person_id
	cross join lateral (select calc.may_at('members.read', t.from_commune_id)
		or (calc.may_at('members.read', t.to_unit_id) and (t.asked_side = 'origin' or t.state = 'accepted')) as known) k
	where t.id = any(transfers) and (calc.may_at('members.read', t.from_commune_id) or calc.may_at('members.read', t.to_unit_id))
$$;

-- What the deciding side must know to carry a transfer out.
create function calc.transfer_facts(wanted uuid)
returns table (person_id uuid, joined date, left_on date, permanent boolean, honorary boolean)
language sql stable security definer set search_path = pg_catalog as $$
	select t.person_id, s.joined, s.left_on,
		not exists (select from app.residence r where r.spell_id = s.id and r.kind = 'temporary' and (r.until is null or r.until > t.on_day)
			and not exists (select from app.residence o where o.spell_id = s.id and o.kind = 'permanent' and (o.until is null or o.until > t.on_day))),
		p.honorary
	from app.transfer t join app.spell s on s.id = t.from_spell_id join app.person p on p.id = t.person_id
	where t.id = wanted and calc.decides(t)
$$;

-- Carries a transfer out for the side that decides: the origin's membership ends (unless she keeps her home there), the
-- destination's begins. The person has been opened.
create function calc.carry_out_transfer(wanted uuid, new_spell uuid, leaf integer, joins date, ends_origin text)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
	t app.transfer;
begin
	select * into t from app.transfer where id = wanted for update;
	if t.id is null or not calc.decides(t) or calc.commune_of(leaf, t.on_day) is distinct from calc.commune_of(t.to_unit_id, t.on_day) then
		raise exception 'not hers to decide' using errcode = 'insufficient_privilege';
	end if;
	perform calc.require_opened(array[t.person_id]);
	if ends_origin is not null then
		update app.spell set left_on = t.on_day, leave_reason = ends_origin, counts = '{}', counting_order = null, version = version + 1, updated_at = now() where id = t.from_spell_id;
	end if;
	insert into app.spell (id, person_id, leaf_id, sort_key, stage, joined, introduced_by, introducer_name)
		select new_spell, s.person_id, leaf, s.sort_key, 'recognised', joins, s.introduced_by, s.introducer_name from app.spell s where s.id = t.from_spell_id;
	insert into app.residence (id, spell_id, kind, start) values (gen_random_uuid(), new_spell, t.residence, t.on_day);
	update app.transfer set state = 'accepted', to_spell_id = new_spell, decided_by = calc.account_id(), decided_at = now() where id = wanted;
	update app.person set version = version + 1, updated_at = now() where id = t.person_id;
end $$;
