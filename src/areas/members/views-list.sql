-- Lists of members in the order of names, a page at a time (docs/decisions.md, "Lists by merging, searches by names"). They run as the owner: under
-- row-level security no condition may be tried before the right, so that neither an index on names nor the order of one could be
-- used. The right is asked here: of each leaf of a narrow unit, of each row otherwise.

-- In plpgsql, without a search path of its own: 3 µs a row where the same in SQL took 50.

-- What she is on a day (statusOn of rules.ts; a test holds the two together).
create function calc.member_status(spell uuid, counts datemultirange, stage text, honorary boolean, joined date, left_on date, on_day date)
returns text language plpgsql stable as $$
begin
	if counts @> on_day then return 'counts'; end if;
	if stage <> 'recognised' then return stage; end if;
	if honorary then return 'honorary'; end if;
	if on_day < joined then return 'not_joined_yet'; end if;
	if left_on <= on_day then return 'left'; end if;
	if exists (select from app.residence r where r.spell_id = spell and (r.until is null or on_day < r.until)
		and case r.kind when 'permanent' then r.start is null or r.start <= on_day else r.start + interval '6 months' <= on_day end) then
		return 'elsewhere';
	end if;
	return coalesce((select case when r.kind = 'permanent' then 'not_resident' when r.start is null then 'start_unknown' else 'under_six_months' end
		from app.residence r where r.spell_id = spell and (r.start is null or r.start <= on_day) and (r.until is null or on_day < r.until)
		order by r.start desc nulls last, r.id desc limit 1), 'not_resident');
end $$;

-- "Cần rà soát cư trú" (needsReview of rules.ts): away for 12 months from a permanent residence, for 6 from a temporary one.
create function calc.needs_review(spell uuid, stage text, left_on date, on_day date) returns boolean language plpgsql stable as $$
begin
	return stage = 'recognised' and (left_on is null or left_on > on_day)
		and exists (select from app.away a where a.spell_id = spell and (a.until is null or a.until > on_day)
			and a.since + case when (select r.kind from app.residence r where r.spell_id = spell and (r.start is null or r.start <= on_day)
					and (r.until is null or on_day < r.until) order by r.start desc nulls last, r.id desc limit 1) = 'temporary'
				then interval '6 months' else interval '12 months' end <= on_day);
end $$;

create function calc.has_consent(person uuid, on_day date) returns boolean language plpgsql stable as $$
begin
	return exists (select from app.consent c where c.person_id = person and c.purpose = 'membership' and c.given_on <= on_day
		and (c.withdrawn_on is null or c.withdrawn_on > on_day));
end $$;

-- needs_review as text over s, tried only of those who have ever been away.
create function calc.review_condition() returns text language sql immutable as $$
	select 'case when exists (select from app.away a where a.spell_id = s.id) then calc.needs_review(s.id, s.stage, s.left_on, $2) else false end'
$$;

-- The right over a row, as text over s.
create function calc.guard_condition(guarded boolean) returns text language sql immutable as $$
	select case when guarded then '(exists (select from app.unit_scope x where x.unit_id = s.leaf_id and x.ancestor_id = any($8))
		or exists (select from app.unit_scope x where x.unit_id = s.leaf_id and x.ancestor_id = any($9) and x.own))' else 'true' end
$$;

-- Whether she is in a list, as text over s (her spell) for calc.list_members: only what was asked for is tried, the cheap before the dear. Of it
-- nothing comes from outside. $2 the day, $3 statuses, $7 patterns of the search key, $8 and $9 the units over which the caller's right
-- reaches below and over its own, $10 a phone.
create function calc.list_condition(statuses text[], everyone boolean, only_those text, by_search_key boolean, by_phone boolean, guarded boolean)
returns text language sql immutable set search_path = pg_catalog as $$
	select concat_ws(' and ',
		-- Of a membership that was cut because she changed branch, the part of that day.
		case when cardinality(statuses) > 0 or everyone then $sql$(s.counts @> $2 or ((s.leave_reason is distinct from 'branch' or s.left_on > $2)
			and (s.joined <= $2 or not exists (select from app.spell b where b.person_id = s.person_id and b.leave_reason = 'branch' and b.left_on = s.joined))))$sql$
			else 's.counts @> $2' end,
		case when not 'counts' = any(statuses) then 'not s.counts @> $2' end,
		case when statuses = array['left'] then 's.left_on <= $2' when statuses = array['not_joined_yet'] then 's.joined > $2' end,
		case when cardinality(statuses) > 0 then $sql$calc.member_status(s.id, s.counts, s.stage,
			(select p.honorary from app.person p where p.id = s.person_id), s.joined, s.left_on, $2) = any($3)$sql$
			when everyone then $sql$s.stage <> 'declined'$sql$ end,
		case only_those
			when 'without_id' then 'not exists (select from app.national_id n where n.person_id = s.person_id)'
			when 'without_consent' then 'not calc.has_consent(s.person_id, $2)'
			when 'review' then calc.review_condition()
			when 'core' then 'exists (select from app.person p where p.id = s.person_id and p.core_member)' end,
		case when by_search_key then 'exists (select from app.person p where p.id = s.person_id and p.search_key like all($7))' end,
		case when by_phone then 'exists (select from app.person p where p.id = s.person_id and p.phone like $10)' end,
		calc.guard_condition(guarded))
$$;

-- The leaves whose members are in a unit's list on a day, of those within the caller's reach; null: all of the country's. `of_leaf`: only a
-- branch with its groups, or the women of the commune who are in none. `guarded`: the right over each row is still to be asked; `whole`: the list
-- is the unit's own, with nothing left out.
create function calc.listed_leaves(unit integer, of_leaf integer, on_day date, out leaves integer[], out guarded boolean, out whole boolean,
	out below integer[], out as_own integer[])
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
	kind constant text := (select u.kind from app.unit u where u.id = unit);
	reached integer[];
	alone integer[];
begin
	select not r.everything, r.below, r.as_own, r.alone into guarded, below, as_own, alone from calc.my_reach('members.read') r;
	whole := of_leaf is null and kind not in ('branch', 'group');
	if of_leaf = unit and kind in ('commune', 'unassigned') then
		leaves := array[of_leaf];
	elsif of_leaf is not null and kind = 'centre' then
		leaves := array(select calc.leaves_of(array[of_leaf], on_day));
	elsif of_leaf is not null then
		leaves := array(select calc.leaves_of(array[of_leaf], on_day) intersect select calc.leaves_of(array[unit], on_day));
	elsif kind = 'centre' and guarded then
		leaves := array(select calc.my_units('members.read'));
		guarded := false;
		whole := false;
	elsif kind <> 'centre' then
		leaves := array(select calc.leaves_of(array[unit], on_day));
	end if;
	if guarded and (cardinality(leaves) <= 1000 or cardinality(alone) > 0 or not calc.is_reached(unit, below, as_own, alone)) then
		reached := array(select l from unnest(leaves) l
			where l in (select unnest(alone)) or exists (select from app.unit_scope x where x.unit_id = l and x.ancestor_id = any(below))
				or exists (select from app.unit_scope x where x.unit_id = l and x.ancestor_id = any(as_own) and x.own));
		whole := whole and cardinality(reached) = cardinality(leaves);
		leaves := reached;
		guarded := false;
	end if;
	-- Of another day, some of what is left to be asked may be others' now.
	whole := whole and not (guarded and on_day <> calc.today());
end $$;

-- How many count in these communes by the ledger; null where it does not reach the day.
create function calc.counted_in(communes integer[], on_day date) returns bigint language sql stable security definer set search_path = pg_catalog as $$
	select case when on_day >= calc.first_day() and extract(year from on_day) <= (select year from app.ledger_horizon) then
		coalesce((select sum(x.roster) from app.ledger_sum x where x.d in (date_trunc('year', on_day)::date, date_trunc('month', on_day)::date)
			and (communes is null or x.unit_id = any(communes))), 0)
		+ coalesce((select sum(t.delta) from app.day_delta t where t.component = 1 and t.on_date >= date_trunc('month', on_day)::date
			and t.on_date <= on_day and (communes is null or t.unit_id = any(communes))), 0) end
$$;

-- A condition stands in a sub-select that is not taken apart (offset 0): the planner takes `counts @> day` for rare, and would begin with it.
-- The pages, each as text over the same values: $1 leaves, $4 and $5 the place after which (`beyond`), $6 how many, and those of the condition.
-- `way` is '' or 'desc'. Each answers (sort_key, id, total).

-- Of a few women.
create function calc.page_of_persons(condition text, beyond text, way text) returns text language sql immutable set search_path = pg_catalog as $$
	select format($sql$select s.sort_key, s.id, count(*) over () as total from app.spell s
		where s.person_id = any($11) and ($1 is null or s.leaf_id = any($1)) and %1$s %2$s order by s.sort_key %3$s, s.id %3$s limit $6$sql$,
		condition, beyond, way)
$$;

-- Whether a sort key has these runs of letters (core/vietnamese.ts says how they agree with a search key). One condition a run: for
-- "like all" no index can be used.
create function calc.has_letters(sort_key text, letters text[]) returns text language sql immutable set search_path = pg_catalog as $$
	select coalesce(string_agg(format($sql$translate(%s, '0123456789{|', '') like %L$sql$, sort_key, '%' || l || '%'), ' and '), 'true')
	from unnest(letters) l
$$;

-- Of a narrow unit, by words: the index of each leaf is read through, and the women that may be meant are looked at.
create function calc.page_of_words(letters text[], condition text, beyond text, way text) returns text language sql immutable set search_path = pg_catalog as $$
	select format($sql$with near as materialized (select s.sort_key, s.id from app.spell s
			where s.leaf_id = any($1) and %4$s %2$s)
		select near.sort_key, near.id, count(*) over () as total from near
		cross join lateral (select from app.spell s where s.id = near.id and %1$s offset 0) fits
		order by near.sort_key %3$s, near.id %3$s limit $6$sql$, condition, beyond, way, calc.has_letters('s.sort_key', letters))
$$;

-- Of any leaves: the first of each are merged, and what follows is read only of those that come before the end of the page.
create function calc.page_of_leaves(condition text, beyond text, way text) returns text language sql immutable set search_path = pg_catalog as $$
	select format($sql$with head as materialized (select l.leaf, h.sort_key, h.id, h.nth from unnest($1) l(leaf) cross join lateral (
			select f.sort_key, f.id, row_number() over (order by f.sort_key %3$s, f.id %3$s) as nth from (
				select s.sort_key, s.id from (select s.* from app.spell s where s.leaf_id = l.leaf %2$s order by s.sort_key %3$s, s.id %3$s offset 0) s
				where %1$s order by s.sort_key %3$s, s.id %3$s limit 2 * $6 / cardinality($1) + 1) f) h),
		page_end as materialized (select e.sort_key, e.id from (
			select sort_key, id, row_number() over (order by sort_key %3$s, id %3$s) as place from head) e where e.place = $6),
		later as (select n.sort_key, n.id from head h left join page_end e on true cross join lateral (
				select s.sort_key, s.id from (select s.* from app.spell s where s.leaf_id = h.leaf and (s.sort_key, s.id) %4$s (h.sort_key, h.id)
					order by s.sort_key %3$s, s.id %3$s offset 0) s
				where %1$s order by s.sort_key %3$s, s.id %3$s limit $6) n
			where h.nth = 2 * $6 / cardinality($1) + 1 and (e.id is null or (e.sort_key, e.id) %4$s (h.sort_key, h.id)))
		select sort_key, id, null::bigint as total from (select sort_key, id from head union all select sort_key, id from later) x
		order by sort_key %3$s, id %3$s limit $6$sql$, condition, beyond, way, case way when '' then '>' else '<' end)
$$;

-- Of many leaves, or of all: the country's order is walked through, passing over whoever is not theirs, for so many entries at most.
create function calc.page_of_walk(condition text, beyond text, way text, entries integer) returns text language sql immutable set search_path = pg_catalog as $$
	select format($sql$select w.sort_key, w.id, null::bigint as total from (
			select s.sort_key, s.id, s.leaf_id from app.spell s where true %2$s order by s.sort_key %3$s, s.id %3$s limit %4$s) w
		cross join lateral (select from app.spell s where s.id = w.id and %1$s offset 0) fits
		where $1 is null or w.leaf_id = any($1) order by w.sort_key %3$s, w.id %3$s limit $6$sql$, condition, beyond, way, entries)
$$;

-- Of the whole country, where hardly anybody fits: everybody is looked at.
create function calc.page_of_all(condition text, beyond text, way text) returns text language sql immutable set search_path = pg_catalog as $$
	select format($sql$select x.sort_key, x.id, null::bigint as total from (
			select s.sort_key, s.id from app.spell s where %1$s %2$s offset 0) x order by x.sort_key %3$s, x.id %3$s limit $6$sql$, condition, beyond, way)
$$;

-- Of many leaves, by words: the names that fit in their order, and of each whoever bears it. First of the next 5 000 names, since of a common
-- one the page is soon full; then (`rest`) of all that the index of names finds beyond those.
create function calc.page_of_names(letters text[], condition text, beyond text, way text, rest boolean) returns text language sql immutable set search_path = pg_catalog as $$
	select format($sql$with next as materialized (select p.sort_key from app.person_name p
			where $4 is null or p.sort_key %5$s= $4 order by p.sort_key %3$s limit 5000),
		name as materialized (select x.sort_key from %4$s %6$s order by x.sort_key %3$s)
		select n.sort_key, b.id, null::bigint as total from name n cross join lateral (
			select w.id from (select s.id, s.leaf_id from app.spell s where s.sort_key = n.sort_key %2$s order by s.id %3$s limit 1000000) w
			cross join lateral (select from app.spell s where s.id = w.id and %1$s offset 0) fits
			where $1 is null or w.leaf_id = any($1) order by w.id %3$s limit $6) b
		order by n.sort_key %3$s, b.id %3$s limit $6$sql$, condition, beyond, way,
		case when rest then format('app.person_name x where x.sort_key %s (select %s(sort_key) from next) and', case way when '' then '>' else '<' end,
			case way when '' then 'max' else 'min' end) else 'next x where' end, case way when '' then '>' else '<' end, calc.has_letters('x.sort_key', letters))
$$;

-- Whether more than so many entries of the country's order lie beyond a place.
create function calc.is_beyond_walk(beyond text, way text, after_key text, after_id uuid, entries integer) returns boolean
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
	n bigint;
begin
	execute format('select count(*) from (select from app.spell s where true %1$s order by s.sort_key %2$s, s.id %2$s limit %3$s) x', beyond, way, entries)
		into n using null, null, null, after_key, after_id;
	return n = entries;
end $$;

-- A page of members: spells in the order of names, after a place of it; `backward` in the other direction. `fewest` are found wherever there
-- are so many, up to `most` where more are cheap. Of a first page (no place) also how many there are in all, or, where that would cost more
-- than the page, how many at least. Words are parts of a search key, in any order; numbers are a phone (a pattern) and a fingerprint.
create function calc.list_members(unit integer, of_leaf integer, on_day date, statuses text[], everyone boolean, only_those text, words text[],
	phone text, hmac bytea, after_key text, after_id uuid, backward boolean, fewest integer, most integer)
returns table (spell_id uuid, sort_key text, total bigint, total_is_floor boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
	patterns constant text[] := array(select '%' || regexp_replace(w, '([\\%_])', '\\\1', 'g') || '%' from unnest(words) w);
	letters constant text[] := array(select r[1] from unnest(words) w, regexp_matches(w, '[a-z]+', 'g') r);
	by_words constant boolean := coalesce(cardinality(words) > 0, false);
	by_status constant boolean := coalesce(cardinality(statuses) > 0, false);
	way constant text := case when backward then 'desc' else '' end;
	beyond text := case when after_id is null then '' else format('and (s.sort_key, s.id) %s ($4, $5)', case when backward then '<' else '>' end) end;
	leaves integer[];
	guarded boolean;
	whole boolean;
	reach_below integer[];
	reach_own integer[];
	persons uuid[];
	condition text;
	kind text;
	pages text[];
	page text;
	part_ids uuid[];
	part_keys text[];
	ids uuid[] := '{}';
	keys text[] := '{}';
	in_all bigint;
	is_cut boolean := false;
	is_floor boolean := false;
	-- Whoever counts: how many, the ledger tells.
	is_plain constant boolean := not (by_status or everyone or by_words) and only_those is null and phone is null;
	-- So many entries of the country's order are passed over for a page, and looked at only to tell how many there are.
	walk constant integer := 200000;
	counting_walk constant integer := 10000;
begin
	select l.leaves, l.guarded, l.whole, l.below, l.as_own into leaves, guarded, whole, reach_below, reach_own
		from calc.listed_leaves(unit, of_leaf, on_day) l;
	if cardinality(leaves) = 0 then return; end if;
	if phone is not null then
		execute 'select array(select p.id from app.person p where p.phone like $1 limit 5001) || array(select n.person_id from app.national_id n where n.hmac = $2)'
			into persons using phone, hmac;
		if cardinality(persons) > 5000 then persons := null; end if;
	end if;
	-- Whatever is no letter of a sort key is looked up in the search key.
	condition := calc.list_condition(statuses, everyone, only_those, array_to_string(words, '') ~ '[^a-z]', phone is not null and persons is null, guarded);
	if persons is not null then
		kind := 'persons';
		pages := array[calc.page_of_persons(condition, beyond, way)];
	elsif by_words and cardinality(leaves) <= 300 then
		kind := 'words';
		pages := array[calc.page_of_words(letters, condition, beyond, way)];
	elsif by_words then
		kind := 'names';
		pages := array[calc.page_of_names(letters, condition, beyond, way, false), calc.page_of_names(letters, condition, beyond, way, true)];
	elsif cardinality(leaves) <= 1000 then
		kind := 'leaves';
		most := fewest;
		pages := array[calc.page_of_leaves(condition, beyond, way)];
	else
		-- Where hardly any of those passed are theirs, leaves are merged instead; of the whole country, all is looked through.
		kind := 'walk';
		-- These few have an index of their own; of others that are rare the page is enough.
		if statuses <@ array['proposed', 'declined'] then
			beyond := beyond || $sql$ and s.stage <> 'recognised'$sql$;
		elsif by_status or only_those is not null or whole and is_plain then
			most := fewest;
		end if;
		pages := array[calc.page_of_walk(condition, beyond, way, walk),
			case when leaves is null then calc.page_of_all(condition, beyond, way) else calc.page_of_leaves(condition, beyond, way) end];
	end if;
	foreach page in array pages loop
		execute format('select coalesce(array_agg(x.id), ''{}''), coalesce(array_agg(x.sort_key), ''{}''), max(x.total) from (%s) x', page)
			into part_ids, part_keys, in_all
			using leaves, on_day, statuses, after_key, after_id, most - cardinality(ids), patterns, reach_below, reach_own, phone, persons;
		ids := ids || part_ids;
		keys := keys || part_keys;
		is_cut := cardinality(ids) < most and case kind when 'names' then page = pages[1]
				and (after_id is not null or (select count(*) = 5000 from (select from app.person_name limit 5000) x))
			when 'walk' then page = pages[1] and calc.is_beyond_walk(beyond, way, after_key, after_id, walk) else false end;
		exit when cardinality(ids) >= fewest or not is_cut;
		if kind = 'walk' then
			most := fewest;
			ids := '{}';
			keys := '{}';
		end if;
	end loop;

	if after_id is not null then
		in_all := null;
	elsif whole and is_plain then
		in_all := calc.counted_in(leaves, on_day);
	elsif kind = 'leaves' then
		execute format('select count(*) from (select from app.spell s where s.leaf_id = any($1) and %s limit 20001) x', condition) into in_all
			using leaves, on_day, statuses, after_key, after_id, most, patterns, reach_below, reach_own, phone, persons;
		is_floor := in_all > 20000;
		in_all := least(in_all, 20000);
	end if;
	if after_id is null and in_all is null and kind = 'walk' and most = fewest then
		execute format('select count(*) from (%s) x', calc.page_of_walk(condition, beyond, way, counting_walk)) into in_all
			using leaves, on_day, statuses, after_key, after_id, null::integer, patterns, reach_below, reach_own, phone, persons;
		is_floor := (is_cut or cardinality(ids) >= most) and calc.is_beyond_walk(beyond, way, after_key, after_id, counting_walk);
		in_all := greatest(in_all, cardinality(ids) - is_floor::integer);
	elsif after_id is null and in_all is null then
		is_floor := is_cut or cardinality(ids) >= most;
		in_all := cardinality(ids) - is_floor::integer;
	end if;
	return query select i.id, i.key, in_all, is_floor from unnest(ids, keys) with ordinality i(id, key, place) order by i.place;
end $$;

-- A whole list in its order, to be read to its end.
create function calc.list_all_members(unit integer, of_leaf integer, on_day date, statuses text[], everyone boolean) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
	asked record;
begin
	select * into asked from calc.listed_leaves(unit, of_leaf, on_day);
	return query execute format('select s.id from app.spell s where ($1 is null or s.leaf_id = any($1)) and %s order by s.sort_key, s.id',
			calc.list_condition(statuses, everyone, null, false, false, asked.guarded))
		using asked.leaves, on_day, statuses, null::text, null::uuid, 0, null::text[], asked.below, asked.as_own;
end $$;

-- What waits in a unit's rosters, as numbers.
create function calc.members_to_do(unit integer, on_day date)
returns table (start_unknown bigint, proposed bigint, without_consent bigint, without_id bigint, review bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
	asked record;
begin
	select * into asked from calc.listed_leaves(unit, null, on_day);
	return query execute format($sql$select
			count(*) filter (where not s.counts @> $2 and calc.member_status(s.id, s.counts, s.stage,
				(select p.honorary from app.person p where p.id = s.person_id), s.joined, s.left_on, $2) = 'start_unknown'),
			count(*) filter (where s.stage = 'proposed'),
			count(*) filter (where s.stage = 'recognised' and not exists (select from app.consent c where c.person_id = s.person_id
				and c.purpose = 'membership' and c.given_on <= $2 and (c.withdrawn_on is null or c.withdrawn_on > $2))),
			count(*) filter (where s.stage = 'recognised' and not exists (select from app.national_id n where n.person_id = s.person_id)),
			count(*) filter (where %2$s)
		from app.spell s where ($1 is null or s.leaf_id = any($1)) and s.stage <> 'declined' and (s.left_on is null or s.left_on > $2) and %1$s$sql$,
			calc.guard_condition(asked.guarded),
			calc.review_condition())
		using asked.leaves, on_day, null::text, null::text, null::uuid, 0, null::text[], asked.below, asked.as_own;
end $$;

-- Lines of these spells as of a day, in the order given: of those within the caller's reach. `joined` is the spell's own day, `since` and
-- `ended` are those of the membership, which goes on when she changes branch.
create function calc.member_lines(spells uuid[], on_day date)
returns table (person_id uuid, spell_id uuid, full_name text, birth date, birth_precision text, sex text, honorary boolean, core_member boolean,
	phone text, leaf_id integer, branch text, commune text, stage text, joined date, left_on date, since date, ended date, leave_reason text,
	counts datemultirange, residences jsonb, away jsonb, has_id boolean, has_consent boolean)
language sql stable security definer set search_path = pg_catalog as $$
	select p.id, s.id, p.full_name, p.birth, p.birth_precision, p.sex, p.honorary, p.core_member, p.phone, s.leaf_id,
		case when u.kind in ('branch', 'group') then (select n.name from app.unit_spell n where n.unit_id = s.leaf_id
			order by n.during @> on_day desc, n.during desc limit 1) end,
		(select n.name from app.unit_spell n where n.unit_id = (select h.commune_id from app.unit_home h where h.leaf_id = s.leaf_id
			order by h.during @> on_day desc, h.during desc limit 1) order by n.during @> on_day desc, n.during desc limit 1),
		s.stage, s.joined, s.left_on,
		case when exists (select from app.spell b where b.person_id = s.person_id and b.leave_reason = 'branch' and b.left_on = s.joined)
			then calc.member_since(s.person_id, s.joined) else s.joined end,
		case s.leave_reason when 'branch' then calc.member_until(s.person_id, s.left_on) else s.left_on end, nullif(s.leave_reason, 'branch'), s.counts,
		coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'start', r.start, 'until', r.until) order by r.start nulls first, r.id)
			from app.residence r where r.spell_id = s.id), '[]'),
		coalesce((select jsonb_agg(jsonb_build_object('since', a.since, 'until', a.until)) from app.away a where a.spell_id = s.id), '[]'),
		exists (select from app.national_id n where n.person_id = p.id), calc.has_consent(p.id, on_day)
	from calc.my_reach('members.read') reach cross join unnest(spells) with ordinality wanted(id, place) join app.spell s on s.id = wanted.id
	join app.person p on p.id = s.person_id join app.unit u on u.id = s.leaf_id
	where reach.everything or s.leaf_id = any(reach.alone)
		or exists (select from app.unit_scope x where x.unit_id = s.leaf_id and x.ancestor_id = any(reach.below))
		or exists (select from app.unit_scope x where x.unit_id = s.leaf_id and x.ancestor_id = any(reach.as_own) and x.own)
	order by wanted.place
$$;
