-- What an import needs to see and do across row-level security, each function checking the caller's reach itself.

-- Locks a commune for writing rosters: two imports of one commune take turns, chunk by chunk.
create function calc.lock_roster(unit integer) returns void language sql set search_path = pg_catalog as $$
	select pg_advisory_xact_lock(7406, unit)
$$;

-- A unit that took others over whom the caller does not reach yet is not to be looked through as a whole (R39).
create function calc.require_roster(unit integer) returns void language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	if not calc.may_at('members.write', unit) or calc.is_widened(unit) then
		raise exception 'not hers to write' using errcode = 'insufficient_privilege';
	end if;
end $$;

-- The leaves that stand under a commune on a day. By the commune's index alone: `during @> on_day` would also be looked up in the one
-- of all periods, which is most of the country.
create function calc.roster_leaves(commune integer, on_day date) returns setof integer language sql stable set search_path = pg_catalog as $$
	select h.leaf_id from app.unit_home h where h.commune_id = commune
		and coalesce(lower(h.during) <= on_day, true) and coalesce(upper(h.during) > on_day, true)
$$;

-- Of these numbers (fingerprints one after the other, 32 bytes each) those that anybody has.
create function calc.roster_known(commune integer, prints bytea) returns setof bytea
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	perform calc.require_roster(commune);
	return query select n.hmac from generate_series(0, length(prints) / 32 - 1) i
		join app.national_id n on n.hmac = substring(prints from i * 32 + 1 for 32);
end $$;

-- The memberships of a commune that rows of a roster may mean: those of women with one of these numbers or names. A name stands
-- with the year of birth ('le thi ha|1970'), or alone where the row knows none. What the import `own` made itself is found by
-- number only, and passed over by the index: in a long import it is soon the greater part. A membership ended only because
-- she went to another branch is part of the one that follows.
create function calc.roster_members(commune integer, on_day date, hmacs bytea[], names text[], own uuid)
returns table (person_id uuid, spell_id uuid, import_id uuid, leaf_id integer, full_name text, identity_key text, birth date, birth_precision text,
	joined date, left_on date, leave_reason text, phone text, address text, occupation text, ids jsonb, residence text, residence_start date)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	perform calc.require_roster(commune);
	return query
	with leaf as materialized (select l from calc.roster_leaves(commune, on_day) l),
	hit as materialized (select distinct n.person_id from app.national_id n where n.hmac = any(hmacs)),
	-- Hashed, unlike an array: a generic plan compares every row with every element of one.
	wanted as materialized (select unnest(names) as key),
	others as materialized (
		select s.id, s.person_id from leaf cross join lateral (
			select o.* from app.spell o where o.leaf_id = leaf.l and o.import_id is null
			union all select o.* from app.spell o where o.leaf_id = leaf.l and o.import_id < own
			union all select o.* from app.spell o where o.leaf_id = leaf.l and o.import_id > own
			union all select o.* from app.spell o where o.leaf_id = leaf.l and o.import_id is not null and own is null
		) s where s.stage <> 'declined' and s.leave_reason is distinct from 'branch' and cardinality(names) > 0
	),
	here as materialized (
		-- One after the other, here and below: how many a commune's are is guessed far too high, and all persons of the country would be
		-- read for each chunk instead (8 s).
		select s.id, s.person_id from others s cross join lateral (select x.identity_key, x.birth from app.person x where x.id = s.person_id offset 0) p
		where p.identity_key || coalesce('|' || extract(year from p.birth), '') in (select key from wanted)
			or p.identity_key in (select key from wanted)
		union
		select s.id, s.person_id from hit cross join lateral (select x.* from app.spell x where x.person_id = hit.person_id offset 0) s
		where s.stage <> 'declined' and s.leave_reason is distinct from 'branch' and s.leaf_id in (select l from leaf)
	)
	select s.person_id, s.id, s.import_id, s.leaf_id, p.full_name, p.identity_key, p.birth, p.birth_precision,
		-- As a value, so that her spells are looked up: asked with exists, those of the country were read for it.
		case when (select true from app.spell b where b.person_id = s.person_id and b.leave_reason = 'branch' limit 1)
			then calc.member_since(s.person_id, s.joined) else s.joined end,
		s.left_on, s.leave_reason, p.phone, p.address, p.occupation,
		coalesce((select jsonb_agg(jsonb_build_object('key', encode(n.hmac, 'base64'), 'kind', n.kind)) from app.national_id n where n.person_id = p.id), '[]'),
		coalesce(r.kind, 'permanent'), r.start
	from here h cross join lateral (select x.* from app.spell x where x.id = h.id offset 0) s
	cross join lateral (select x.* from app.person x where x.id = s.person_id offset 0) p
	left join lateral (select x.kind, x.start from app.residence x where x.spell_id = s.id
		order by x.until is null desc, x.start desc nulls last limit 1) r on true
	order by s.id;
end $$;

-- Of these numbers, the ones that belong to women with a membership elsewhere: no more than what decides whether the row can
-- stand, and the commune's name (R9). Callers leave an audit row.
create function calc.roster_elsewhere(commune integer, on_day date, hmacs bytea[])
returns table (hmac bytea, person_id uuid, identity_key text, birth date, birth_precision text, is_open boolean, counts text, commune_name text)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	perform calc.require_roster(commune);
	return query
	select n.hmac, n.person_id, p.identity_key, p.birth, p.birth_precision,
		coalesce(bool_or(s.left_on is null or s.leave_reason = 'dead'), false),
		coalesce(range_agg(s.counts) filter (where s.counts <> '{}'), '{}')::text,
		coalesce((array_agg(calc.unit_name(calc.commune_of(s.leaf_id, on_day), on_day) order by s.left_on desc nulls first))[1], '')
	from app.national_id n cross join lateral (select x.* from app.person x where x.id = n.person_id offset 0) p
	left join lateral (select x.* from app.spell x where x.person_id = n.person_id offset 0) s on s.stage <> 'declined'
	where n.hmac = any(hmacs)
	group by n.hmac, n.person_id, p.identity_key, p.birth, p.birth_precision
	having coalesce(bool_and(s.leaf_id not in (select calc.roster_leaves(commune, on_day))), true);
end $$;

-- Makes branches under the commune of an import, or groups under a branch of it, as units.add would: they stand as long as
-- what they stand under, and follow its whole successor. By members.write: the roster says that they are there.
create function calc.add_branches(wanted_import uuid, parent integer, kind text, names text[], keys text[])
returns table (name text, unit_id integer) language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
	i app.import;
	made integer[];
begin
	select * into i from app.import where id = wanted_import;
	perform calc.require_roster(i.unit_id);
	if parent <> i.unit_id and not exists (select from calc.roster_leaves(i.unit_id, i.as_of) l where l = parent) then
		raise exception 'not under the commune of the import' using errcode = 'insufficient_privilege';
	end if;
	with new_unit as (insert into app.unit (kind) select add_branches.kind from unnest(names) returning id)
	select array_agg(id) into made from new_unit;
	-- Where the parent stands from when to when, itself and its whole successors: the same for each of them.
	insert into app.unit_spell (unit_id, during, name, parent_id, search_key)
		with recursive chain(at, from_day) as (
			select parent, (select lower(l.during) from calc.unit_life l where l.unit_id = parent)
			union all
			select x.successor_id, x.on_day from chain c join app.unit_succession x on x.predecessor_id = c.at and x.part = 'full'
		),
		standing as materialized (
			select c.at, daterange(c.from_day, upper(l.during)) as during
			from chain c cross join lateral (select u.during from calc.unit_life u where u.unit_id = c.at) l
			where upper_inf(l.during) or c.from_day < upper(l.during)
		)
		select n.id, s.during, n.name, s.at, n.key from unnest(made, names, keys) n(id, name, key) cross join standing s;
	perform calc.refresh_homes(made);
	-- Nothing stands below them, and they have what contains them in common: their scope is its scope (as calc.refresh_scopes makes it).
	insert into app.unit_scope (ancestor_id, unit_id, own)
		select m, m, true from unnest(made) m
		union all
		select p.ancestor_id, m, bool_or(p.own and c.keeps_own) from unnest(made) m
			cross join (select x.container_id, x.keeps_own from calc.unit_container x where x.unit_id = made[1]) c
			join app.unit_scope p on p.unit_id = c.container_id
		group by p.ancestor_id, m;
	update app.import set branches = branches || made where id = wanted_import;
	return query select * from unnest(names, made);
end $$;

-- Removes the branches and groups an import made that nothing stands in; groups before their branches.
create function calc.remove_empty_branches(wanted_import uuid) returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
	i app.import;
	gone integer[];
	total integer := 0;
begin
	select * into i from app.import where id = wanted_import;
	perform calc.require_roster(i.unit_id);
	loop
		gone := array(select u from unnest(i.branches) u where exists (select from app.unit x where x.id = u)
			and not exists (select from app.spell s where s.leaf_id = u)
			and not exists (select from app.unit_spell s where s.parent_id = u)
			and not exists (select from app.affiliation a where a.unit_id = u)
			and not exists (select from app.post p where p.unit_id = u)
			and not exists (select from app.account a where a.unit_id = u)
			and not exists (select from app.account_role r where r.unit_id = u)
			and not exists (select from app.transfer t where t.to_unit_id = u)
			and not exists (select from app.headcount h where h.unit_id = u)
			and not exists (select from app.audit a where a.unit_id = u or a.acting_for = u)
			and not exists (select from app.import o where o.unit_id = u or o.acting_for = u));
		exit when gone = '{}';
		delete from app.unit_scope where unit_id = any(gone) or ancestor_id = any(gone);
		delete from app.unit_home where leaf_id = any(gone);
		delete from app.unit_spell where unit_id = any(gone);
		delete from app.unit where id = any(gone);
		total := total + array_length(gone, 1);
	end loop;
	return total;
end $$;

-- Whether an added row made its woman: a plain addition keeps no match.
create function calc.import_added(match jsonb) returns boolean language sql immutable parallel safe set search_path = pg_catalog as $$
	select match ->> 'personId' is null
$$;

-- What an import has written: rows with their own row, and those of which a block says whom they made. `added`: the row made its
-- woman; the versions are those it left behind.
create function calc.import_written(wanted_import uuid)
returns table (pos integer, action text, added boolean, person_id uuid, spell_id uuid, person_version integer, spell_version integer,
	continued boolean)
language sql stable set search_path = pg_catalog as $$
	select r."position", r.action, r.action = 'add' and calc.import_added(r.match), r.person_id, r.spell_id,
		coalesce((r.match ->> 'personVersion')::integer, 1), coalesce((r.match ->> 'spellVersion')::integer, 1), r.match ? 'continued'
	from app.import_row r where r.import_id = wanted_import and r.state = 'done' and r.action in ('add', 'update')
	union all
	select b.first + i, 'add', true, encode(substring(b.person_ids from i * 16 + 1 for 16), 'hex')::uuid,
		encode(substring(b.spell_ids from i * 16 + 1 for 16), 'hex')::uuid, 1, 1, false
	from app.import_block b cross join generate_series(0, length(b.person_ids) / 16 - 1) i
	where b.import_id = wanted_import and substring(b.spell_ids from i * 16 + 1 for 16) <> decode(repeat('00', 16), 'hex')
$$;

-- The rows of an import that were worked on since: what they did is somebody's now and stays.
create function calc.import_touched(wanted_import uuid) returns table (pos integer)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
	i app.import;
begin
	select * into i from app.import where id = wanted_import;
	perform calc.require_roster(i.unit_id);
	return query
	select r.pos from calc.import_written(wanted_import) r
	left join app.person p on p.id = r.person_id left join app.spell s on s.id = r.spell_id
	where p.id is null or s.id is null or p.merged_into is not null
		or p.version is distinct from r.person_version or s.version is distinct from r.spell_version
		or (r.continued and exists (select from app.transfer t where s.id in (t.from_spell_id, t.to_spell_id)))
		-- She has come back since, which she can only have because of what the row says; ids tell which came first.
		or (not r.added and exists (select from app.spell o where o.person_id = p.id and o.id > wanted_import and o.id <> s.id
			and o.import_id is distinct from wanted_import))
		or (r.action = 'add' and (
			exists (select from app.transfer t where s.id in (t.from_spell_id, t.to_spell_id))
			or exists (select from app.away a where a.spell_id = s.id)
			or (r.added and (
				exists (select from app.affiliation a where a.person_id = p.id)
				or exists (select from app.post a where a.person_id = p.id)
				or exists (select from app.model_pair a where p.id in (a.helper_person_id, a.helped_person_id))
				or exists (select from app.party_fostering a where p.id in (a.person_id, a.fosterer_person_id))
				or exists (select from app.consent c where c.person_id = p.id and c.import_id is distinct from wanted_import)
				or exists (select from app.spell o where o.introduced_by = p.id)
				or exists (select from app.person o where o.merged_into = p.id)
				or exists (select from app.person_merge m where p.id in (m.kept_id, m.merged_id))
				or exists (select from app.spell o where o.person_id = p.id and o.id <> s.id and o.import_id is distinct from wanted_import)))));
end $$;

-- Takes away what an import added but for the rows that stay: memberships, and with them the women it made. Those of women it did
-- not make must have been opened; their ledger entries are out already.
create function calc.remove_imported(wanted_import uuid, staying integer[]) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
	i app.import;
	all_spells uuid[];
	made uuid[];
begin
	select * into i from app.import where id = wanted_import;
	perform calc.require_roster(i.unit_id);
	select coalesce(array_agg(r.spell_id), '{}'), coalesce(array_agg(distinct r.person_id) filter (where r.added), '{}') into all_spells, made
		from calc.import_written(wanted_import) r where r.action = 'add' and r.pos <> all(staying);
	perform calc.require_opened(array(select s.person_id from app.spell s where s.id = any(all_spells) and s.person_id <> all(made)));
	perform calc.post_spells(array(select s.id from app.spell s where s.id = any(all_spells) and s.counts <> '{}' and s.person_id <> all(calc.opened())), -1);
	delete from app.residence where spell_id = any(all_spells);
	delete from app.consent where import_id = wanted_import and (person_id = any(made) or person_id in (select s.person_id from app.spell s where s.id = any(all_spells)));
	delete from app.spell where id = any(all_spells) and import_id = wanted_import;
	delete from app.national_id where person_id = any(made);
	delete from app.person_sensitive where person_id = any(made);
	delete from app.person where id = any(made);
	return cardinality(all_spells);
end $$;

-- The memberships of a commune or branch on a day with their numbers still sealed, in the order of a roster; with `everyone` also
-- those that left or do not count. Of one that was cut because she changed branch, the part of the day. Callers open the numbers and
-- leave an audit row.
create function calc.roster_entries(unit integer, on_day date, everyone boolean)
returns table (name text, birth date, birth_precision text, cipher bytea, branch text, "group" text, joined date, left_on date, leave_reason text,
	residence text, residence_start date, phone text, address text, occupation text, introducer text, note text, counting boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	if not calc.may_at('members.export', unit) or calc.is_widened(unit) then
		raise exception 'not hers to read' using errcode = 'insufficient_privilege';
	end if;
	return query
	with leaf as materialized (
		select f.leaf_id, u.kind, l.name, b.name as above
		from (select w.unit_id as leaf_id from calc.with_leaves(array[unit]) w union select calc.roster_leaves(unit, on_day)) f
		join app.unit u on u.id = f.leaf_id
		left join lateral (select x.name, x.parent_id from app.unit_spell x where x.unit_id = f.leaf_id
			order by x.during @> on_day desc, x.during desc limit 1) l on true
		left join lateral (select x.name from app.unit_spell x where x.unit_id = l.parent_id
			order by x.during @> on_day desc, x.during desc limit 1) b on u.kind = 'group'
	)
	select p.full_name, p.birth, p.birth_precision,
		(select n.cipher from app.national_id n where n.person_id = p.id order by n.kind = 'cccd' desc, n.hmac limit 1),
		case f.kind when 'branch' then f.name when 'group' then f.above else '' end, case f.kind when 'group' then f.name else '' end,
		case when b.was_elsewhere then calc.member_since(s.person_id, s.joined) else s.joined end,
		case s.leave_reason when 'branch' then calc.member_until(s.person_id, s.left_on) else s.left_on end, nullif(s.leave_reason, 'branch'),
		coalesce(r.kind, 'permanent'), r.start, p.phone, p.address, p.occupation, s.introducer_name, p.note,
		s.counts @> on_day
	from leaf f join app.spell s on s.leaf_id = f.leaf_id and s.stage = 'recognised'
	join app.person p on p.id = s.person_id
	left join lateral (select x.kind, x.start from app.residence x where x.spell_id = s.id
		order by coalesce(x.start, '-infinity') <= on_day desc, x.until is null desc, x.start desc nulls last limit 1) r on true
	cross join lateral (select exists (select from app.spell x where x.person_id = s.person_id and x.leave_reason = 'branch'
		and x.left_on = s.joined) as was_elsewhere) b
	where s.counts @> on_day or (everyone and (s.leave_reason is distinct from 'branch' or s.left_on > on_day)
		and (s.joined <= on_day or not b.was_elsewhere))
	order by f.kind = 'commune', f.name collate "C", p.sort_key, s.id;
end $$;

-- The table in which new members come by COPY: temporary, the owner's, empty at the start of each transaction. One of that name
-- made by anyone else is refused: reading it as the owner could run what she has put in it.
create function calc.open_newcomers() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	if to_regclass('pg_temp.newcomer') is null then
		create temporary table newcomer (full_name text, search_key text, identity_key text, sort_key text, person_id uuid, birth date,
			birth_precision text, sex text, phone text, address text, occupation text, note text, spell_id uuid, leaf_id integer, joined date,
			left_on date, leave_reason text, counts datemultirange, introducer_name text, residence_id uuid, residence text, residence_start date,
			hmac bytea, id_kind text, id_cipher bytea, ethnicity text, religion text, party_member boolean, consent_id uuid) on commit delete rows;
		grant insert on pg_temp.newcomer to taphop_user;
	end if;
	if not exists (select from pg_class c where c.oid = to_regclass('pg_temp.newcomer') and c.relkind = 'r'
		and pg_get_userbyid(c.relowner) = 'taphop_owner') then
		raise exception 'not our table' using errcode = 'insufficient_privilege';
	end if;
end $$;

-- Adds the women in that table, none of whom anybody knows (store-newcomers.ts).
create function calc.add_newcomers(of_import uuid, basis jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
	leaves integer[];
begin
	perform calc.open_newcomers();
	leaves := array(select distinct leaf_id from pg_temp.newcomer);
	if not calc.sees_all('members.write') and exists (select unnest(leaves) except select calc.my_units('members.write')) then
		raise exception 'a leaf is not hers' using errcode = 'insufficient_privilege';
	end if;
	insert into app.person (id, full_name, search_key, identity_key, sort_key, birth, birth_precision, sex, phone, address, occupation, note, created_by)
		select person_id, full_name, search_key, identity_key, sort_key, birth, birth_precision, sex, phone, address, occupation, note, calc.account_id()
		from pg_temp.newcomer;
	insert into app.person_name (sort_key) select distinct sort_key from pg_temp.newcomer order by sort_key on conflict do nothing;
	insert into app.spell (id, person_id, leaf_id, sort_key, stage, joined, left_on, leave_reason, counts, counting_order, introducer_name, import_id)
		select spell_id, person_id, leaf_id, sort_key, 'recognised', joined, left_on, leave_reason, counts, case when counts <> '{}' then 0 end, introducer_name,
			of_import
		from pg_temp.newcomer;
	insert into app.residence (id, spell_id, kind, start) select residence_id, spell_id, residence, residence_start from pg_temp.newcomer;
	insert into app.national_id (hmac, person_id, kind, cipher)
		select hmac, person_id, id_kind, id_cipher from pg_temp.newcomer where hmac is not null;
	insert into app.person_sensitive (person_id, ethnicity, religion, party_member)
		select person_id, ethnicity, religion, party_member from pg_temp.newcomer where ethnicity is not null;
	if basis is not null then
		insert into app.consent (id, person_id, purpose, given_on, how, text_version, document, import_id)
			select consent_id, person_id, 'membership', (basis ->> 'givenOn')::date, basis ->> 'how', basis ->> 'textVersion',
				coalesce(basis ->> 'document', ''), of_import
			from pg_temp.newcomer;
	end if;
	perform calc.post_entries(array_agg(unit_id), array_agg(1::smallint), array_agg(day), array_agg(total)) from (
		with segment as materialized (
			select h.commune_id as unit_id, r * h.during as during
			from pg_temp.newcomer b cross join unnest(b.counts) r join app.unit_home h on h.leaf_id = b.leaf_id and h.during && r
		)
		select unit_id, day, sum(delta)::integer as total from (
			select unit_id, lower(during) as day, 1 as delta from segment
			union all
			select unit_id, upper(during), -1 from segment where not upper_inf(during)
		) e group by unit_id, day having sum(delta) <> 0
	) posting;
	truncate pg_temp.newcomer;
end $$;
