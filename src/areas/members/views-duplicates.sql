-- Perhaps the same woman twice: finding, deciding, merging two records from above (R10, R39).

-- Where women are compared with each other: a commune of today belongs to the one old district (of before 1 July 2025) in which
-- most of the communes it came from stood, itself among them; without any, it is a district of its own. So two women of one commune
-- are always compared, and those of the communes next to it that came from the same district.
create function calc.duplicate_places(on_day date) returns table (leaf_id integer, own_branch boolean, commune_id integer, district_id integer, province_id integer)
language sql stable set search_path = pg_catalog as $$
	with recursive home as (
		select distinct on (h.leaf_id) h.leaf_id, h.commune_id from app.unit_home h order by h.leaf_id, h.during @> on_day desc, h.during desc
	),
	line(commune_id, unit_id) as (
		select distinct h.commune_id, h.commune_id from home h
		union
		select l.commune_id, s.predecessor_id from line l join app.unit_succession s on s.successor_id = l.unit_id and s.on_day <= duplicate_places.on_day
	),
	came as (
		select l.commune_id, t.district_id, count(*) as n
		from line l join app.territory t on t.unit_id = l.unit_id and t.during @> date '2025-06-30' and t.district_id is not null
		group by l.commune_id, t.district_id
	),
	place as (
		select distinct on (c.commune_id) c.commune_id, c.district_id from came c order by c.commune_id, c.n desc, c.district_id
	),
	province as (
		select distinct on (t.unit_id) t.unit_id, t.province_id from app.territory t order by t.unit_id, t.during @> on_day desc, t.during desc
	)
	select h.leaf_id, h.leaf_id <> h.commune_id, h.commune_id, coalesce(p.district_id, h.commune_id), coalesce(v.province_id, h.commune_id)
	from home h left join place p on p.commune_id = h.commune_id left join province v on v.unit_id = h.commune_id
$$;

-- How much of a birth may be compared: 3 the day, 2 the month, 1 the year alone. A 1 January is what lists write for a year of which
-- nobody knows the day.
create function calc.birth_known(birth date, precision_of text) returns smallint language sql immutable parallel safe as $$
	select (case when precision_of = 'month' then 2 when precision_of = 'day' and extract(doy from birth) > 1 then 3 else 1 end)::smallint
$$;

-- One pass over everyone who is a member somewhere: who may be the same woman as whom, by `points` for each reason from `threshold` on
-- (rules-duplicates.ts). At least one of the two has no CCCD: two women with two such numbers are two women. So those without one are
-- the smaller side, and everybody is held against them, by the hash of tone-free name and year of birth together with the old
-- district, and together with the telephone wherever it is. Two days or two months of birth that differ part them.
create function calc.find_duplicates(points jsonb, threshold integer) returns table (compared integer, pairs integer, raised integer, gone integer)
language plpgsql security definer set search_path = pg_catalog set work_mem = '128MB' set jit = off as $$
declare
	on_day date := calc.today();
begin
	if not calc.may('system.operate') then
		raise exception 'not hers to find' using errcode = 'insufficient_privilege';
	end if;
	-- One pass at a time; a second one finds what the first has left.
	perform pg_advisory_xact_lock(7407);
	create temp table duplicate_place on commit drop as select * from calc.duplicate_places(on_day);
	analyze pg_temp.duplicate_place;
	create temp table duplicate_member on commit drop as
		select p.id, s.leaf_id, l.commune_id, l.district_id, hashtextextended(p.identity_key, extract(year from p.birth)::bigint) as key,
			hashtextextended(nullif(p.phone, ''), 0) as phone, p.birth,
			calc.birth_known(p.birth, p.birth_precision) as known, c.person_id is not null as has_cccd
		from app.spell s join app.person p on p.id = s.person_id join pg_temp.duplicate_place l on l.leaf_id = s.leaf_id
			left join app.national_id c on c.person_id = p.id and c.kind = 'cccd'
		where s.stage <> 'declined' and s.left_on is null and not p.honorary and p.merged_into is null and p.birth is not null;
	get diagnostics compared = row_count;
	analyze pg_temp.duplicate_member;
	create temp table duplicate_bare on commit drop as
		select * from pg_temp.duplicate_member m where not m.has_cccd;
	analyze pg_temp.duplicate_bare;
	-- What the score can reach at all: of a year alone, only in one branch or with one telephone; of a month, in one commune.
	create temp table duplicate_candidate on commit drop as
		select least(w.id, m.id) as a, greatest(w.id, m.id) as b,
			case when w.id < m.id then w.leaf_id else m.leaf_id end as leaf_a, case when w.id < m.id then m.leaf_id else w.leaf_id end as leaf_b
		from pg_temp.duplicate_bare w join pg_temp.duplicate_member m on m.key = w.key and m.district_id = w.district_id
		where m.id <> w.id and (m.has_cccd or w.id < m.id) and case least(w.known, m.known)
			when 3 then m.birth = w.birth
			when 2 then extract(month from m.birth) = extract(month from w.birth)
				and (m.commune_id = w.commune_id or m.phone = w.phone)
			else m.leaf_id = w.leaf_id or m.phone = w.phone end
		union
		select least(w.id, m.id), greatest(w.id, m.id), case when w.id < m.id then w.leaf_id else m.leaf_id end, case when w.id < m.id then m.leaf_id else w.leaf_id end
		from pg_temp.duplicate_bare w join pg_temp.duplicate_member m on m.key = w.key and m.phone = w.phone
		where m.id <> w.id and (m.has_cccd or w.id < m.id) and case least(w.known, m.known)
			when 3 then m.birth = w.birth when 2 then extract(month from m.birth) = extract(month from w.birth) else true end;
	analyze pg_temp.duplicate_candidate;
	create temp table duplicate_found on commit drop as
		select distinct on (c.a, c.b) c.a, c.b, c.leaf_a, c.leaf_b, r.reasons, r.score
		from pg_temp.duplicate_candidate c
			join app.person x on x.id = c.a join app.person y on y.id = c.b and y.identity_key = x.identity_key
			join pg_temp.duplicate_place k on k.leaf_id = c.leaf_a join pg_temp.duplicate_place l on l.leaf_id = c.leaf_b
			cross join lateral (select exists (select from app.national_id n where n.person_id = c.a) as of_a,
				exists (select from app.national_id n where n.person_id = c.b) as of_b,
				exists (select from app.national_id n where n.person_id in (c.a, c.b) and n.kind = 'cccd') as cccd) n
			cross join lateral (select array_remove(array[
				case when x.sort_key = y.sort_key then 'name_same' else 'name_tone_free' end,
				case least(calc.birth_known(x.birth, x.birth_precision), calc.birth_known(y.birth, y.birth_precision))
					when 3 then 'birth_day' when 2 then 'birth_month' else 'birth_year' end,
				case when c.leaf_a = c.leaf_b and k.own_branch then 'same_branch' when k.commune_id = l.commune_id then 'same_commune'
					when k.district_id = l.district_id then 'same_district' when k.province_id = l.province_id then 'same_province' else 'far' end,
				case when x.phone = y.phone and x.phone <> '' then 'same_phone' end,
				case when not n.of_a and not n.of_b then 'no_number_both' when not n.of_a or not n.of_b then 'no_number_one'
					when n.cccd then 'cmnd_then_cccd' else 'cmnd_both' end], null) as reasons) g
			cross join lateral (select g.reasons, sum((points ->> one)::integer)::integer as score from unnest(g.reasons) one) r
		where r.score >= threshold
		order by c.a, c.b, r.score desc, c.leaf_a, c.leaf_b;
	get diagnostics pairs = row_count;
	analyze pg_temp.duplicate_found;
	delete from app.duplicate_pair d where d.decision is distinct from 'different'
		and not exists (select from pg_temp.duplicate_found f where f.a = d.person_a and f.b = d.person_b);
	get diagnostics gone = row_count;
	update app.duplicate_pair d set leaf_a = f.leaf_a, leaf_b = f.leaf_b, score = f.score, reasons = f.reasons
		from pg_temp.duplicate_found f where f.a = d.person_a and f.b = d.person_b
			and (d.leaf_a, d.leaf_b, d.score, d.reasons) is distinct from (f.leaf_a, f.leaf_b, f.score, f.reasons);
	insert into app.duplicate_pair (person_a, person_b, leaf_a, leaf_b, score, reasons, found_on)
		select f.a, f.b, f.leaf_a, f.leaf_b, f.score, f.reasons, on_day from pg_temp.duplicate_found f
		on conflict (person_a, person_b) do nothing;
	get diagnostics raised = row_count;
	insert into app.duplicate_pass (on_day, compared, pairs) values (on_day, find_duplicates.compared, find_duplicates.pairs);
	drop table pg_temp.duplicate_place, pg_temp.duplicate_member, pg_temp.duplicate_bare, pg_temp.duplicate_candidate, pg_temp.duplicate_found;
	return next;
end $$;

-- The unit of whoever judged a pair, told to those whose pair it is.
create function calc.duplicate_judge(pair uuid) returns text language sql stable security definer set search_path = pg_catalog as $$
	select calc.unit_name(a.unit_id, calc.today()) from app.duplicate_pair d join app.account a on a.id = d.decided_by
	where d.id = pair and (calc.may_at('members.read', d.leaf_a) or calc.may_at('members.read', d.leaf_b))
$$;

-- Whether all memberships of some persons lie under one unit at which the caller may write members: a level above two communes that
-- neither of them is.
create function calc.stands_above(persons uuid[]) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from calc.my_grants('members.write') g
		where exists (select from app.spell s where s.person_id = any(persons))
			and not exists (select from app.spell s where s.person_id = any(persons)
				and not exists (select from app.unit_scope c where c.ancestor_id = g.unit_id and c.unit_id = s.leaf_id)))
$$;

-- Two records in two communes are made one by a level above both, and only where one of the communes has said that they are one woman.
create function calc.merges_above(one uuid, other uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.duplicate_pair d where d.person_a = least(one, other) and d.person_b = greatest(one, other) and d.decision = 'same')
		and calc.stands_above(array[one, other])
$$;

-- What such a level parts again: what was merged from above.
create function calc.splits_above(merge uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.person_merge m where m.id = merge and m.undone_at is null and m.moved ? 'above'
		and calc.stands_above(array[m.kept_id, m.merged_id]))
$$;

-- Locks both and opens them for the level above (calc.open_persons asks for the right to write one of their spells).
create function calc.open_above(kept uuid, merged uuid, merge uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	perform from app.person where id in (kept, merged) order by id for update;
	if not (case when merge is null then calc.merges_above(kept, merged)
		else calc.splits_above(merge) and exists (select from app.person_merge m where m.id = merge and m.kept_id = kept and m.merged_id = merged) end) then
		raise exception 'not hers to merge' using errcode = 'insufficient_privilege';
	end if;
	perform calc.remember_opened(array[kept, merged]);
end $$;

-- Gives the rows of one person to another: all, or those named. Answers which, as store-merge.ts keeps them. For the two below alone.
create function calc.move_person_rows(source uuid, target uuid, wanted jsonb) returns jsonb language plpgsql set search_path = pg_catalog as $$
declare
	moved jsonb := '{}';
	keys jsonb;
	one record;
begin
	perform calc.require_opened(array[source, target]);
	for one in select * from (values ('spell', 'id::text'), ('national_id', 'encode(hmac, ''hex'')'), ('consent', 'id::text'),
		('affiliation', 'id::text'), ('post', 'id::text'), ('transfer', 'id::text')) t(name, key) loop
		execute format('with given as (update app.%I set person_id = $2 %s where person_id = $1 and ($3 is null or $3 ? (%s)) returning %s as key)
			select coalesce(jsonb_agg(key), ''[]'') from given', one.name,
			case when one.name = 'spell' then ', sort_key = (select p.sort_key from app.person p where p.id = $2), counts = ''{}'', counting_order = null, version = version + 1, updated_at = now()' end, one.key, one.key)
			into keys using source, target, wanted -> one.name;
		moved := moved || jsonb_build_object(one.name, keys);
	end loop;
	if coalesce(wanted -> 'person_sensitive' <> '[]', true) then
		update app.person_sensitive set person_id = target where person_id = source
			and not exists (select from app.person_sensitive k where k.person_id = target);
	end if;
	return moved || jsonb_build_object('person_sensitive', case when found then jsonb_build_array(source) else '[]' end);
end $$;

create function calc.merge_above(kept uuid, merged uuid, merge uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	if not calc.merges_above(kept, merged) then
		raise exception 'not hers to merge' using errcode = 'insufficient_privilege';
	end if;
	update app.person set version = version + 1, updated_at = now(), merged_into = case when id = merged then kept end where id in (kept, merged);
	insert into app.person_merge (id, kept_id, merged_id, by, moved)
		values (merge, kept, merged, calc.account_id(), calc.move_person_rows(merged, kept, null) || '{"above": []}');
	delete from app.duplicate_pair d where merged in (d.person_a, d.person_b);
end $$;

create function calc.split_above(merge uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
	was app.person_merge;
begin
	if not calc.splits_above(merge) then
		raise exception 'not hers to part' using errcode = 'insufficient_privilege';
	end if;
	select * into was from app.person_merge m where m.id = merge;
	perform calc.move_person_rows(was.kept_id, was.merged_id, was.moved);
	update app.person set version = version + 1, updated_at = now(), merged_into = null where id in (was.kept_id, was.merged_id);
	update app.person_merge set undone_at = now() where id = merge;
end $$;
