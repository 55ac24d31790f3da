-- What periodic reports are made of (R8, R34), for any number of units at once: the whole country's are closed in one run.

-- The unit that stands today in the place of one: itself, its successor, or what it stood under.
create function calc.stands_in(unit integer) returns integer language sql stable security definer set search_path = pg_catalog as $$
	with recursive line(id, depth) as (
		select unit, 0
		union all
		select c.container_id, l.depth + 1 from line l join calc.unit_container c on c.unit_id = l.id and c.container_id is not null
			join app.unit u on u.id = c.container_id and u.kind <> 'cluster'
		where l.depth < 8 and not exists (select from app.unit_spell s where s.unit_id = l.id and s.during @> calc.today())
	)
	select l.id from line l where exists (select from app.unit_spell s where s.unit_id = l.id and s.during @> calc.today()) order by l.depth, l.id limit 1
$$;

-- Whether she decides on reports sent to this unit: as the unit itself, or as what stands in its place.
create function calc.may_close_reports(above integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select calc.stands_in(above) in (select calc.my_units('reports.approve'))
$$;

-- To whom a unit of a level reports: the nearest level above that reports itself; the centre takes the reports of whoever has none.
create function calc.report_above(t app.territory, levels text[]) returns integer language sql stable set search_path = pg_catalog as $$
	select coalesce(
		case when t.kind = 'commune' and 'district' = any(levels) then t.district_id end,
		case when t.kind in ('commune', 'district') and 'province' = any(levels) then t.province_id end,
		case when t.kind = 'centre' then t.unit_id end,
		(select u.id from app.unit u where u.kind = 'centre'))
$$;

-- Clusters stand in no tree: those with provinces on a day. They report to the centre (Ban Tổ chức), whose sums are made without them.
create function calc.report_clusters(on_day date) returns table (unit_id integer, code text, name text)
language sql stable security definer set search_path = pg_catalog as $$
	select s.unit_id, s.code, s.name from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> on_day
	where u.kind = 'cluster' and exists (select from app.cluster_province c where c.cluster_id = u.id and c.during @> on_day)
$$;

create function calc.reports_to(of_period integer, unit integer) returns integer language sql stable security definer set search_path = pg_catalog as $$
	select calc.report_above(t, p.levels) from app.report_period p join app.territory t on t.unit_id = unit
		and t.since <= p.data_until and t.until > p.data_until and t.kind = any(p.levels)
	where p.id = of_period
	union all
	select (select u.id from app.unit u where u.kind = 'centre') from app.report_period p cross join lateral calc.report_clusters(p.data_until) c
	where p.id = of_period and 'cluster' = any(p.levels) and c.unit_id = unit
$$;

-- Whether something of a report was approved already.
create function calc.is_frozen(report uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.report_frozen f where f.report_id = report)
$$;

-- The units that report in a period, of those the caller may read, and to whom.
create function calc.report_units(of_period integer)
returns table (unit_id integer, kind text, code text, name text, place integer, province_id integer, above_id integer)
language sql stable security definer set search_path = pg_catalog as $$
	select t.unit_id, t.kind, t.code, t.name, t.place, t.province_id, calc.report_above(t, p.levels)
	from app.report_period p join app.territory t on t.since <= p.data_until and t.until > p.data_until and t.kind = any(p.levels)
	where p.id = of_period and ((select calc.sees_all('reports.read')) or t.unit_id in (select calc.my_units('reports.read')))
	union all
	-- After all others in the order of the country's table.
	select c.unit_id, 'cluster', c.code, c.name, 1000000 + row_number() over (order by c.code, c.unit_id)::integer, null,
		(select u.id from app.unit u where u.kind = 'centre')
	from app.report_period p cross join lateral calc.report_clusters(p.data_until) c
	where p.id = of_period and 'cluster' = any(p.levels) and ((select calc.sees_all('reports.read')) or c.unit_id in (select calc.my_units('reports.read')))
$$;

-- The places whose members and figures some units report, of those the caller may read: each itself, and a province its Chưa phân, which
-- report nothing themselves.
create function calc.report_places(units integer[], on_day date) returns table (unit_id integer, at integer)
language sql stable security definer set search_path = pg_catalog as $$
	with mine as materialized (select u from unnest(units) u where (select calc.sees_all('reports.read')) or u in (select calc.my_units('reports.read')))
	select u, u from mine
	union all
	select t.province_id, t.unit_id from app.territory t where t.kind = 'unassigned' and t.since <= on_day and t.until > on_day
		and t.province_id in (select u from mine)
$$;

-- Own figures and denominators of units on a day, as the ledger has them; it must be open up to that day (calc.open_ledger_for).
create function calc.report_base(units integer[], on_day date)
returns table (unit_id integer, women18 integer, roster integer, unlisted integer, trade_union integer, armed_forces integer,
	member_organisation integer, upper_club integer, overlap integer, how text)
language sql stable security definer set search_path = pg_catalog as $$
	with wanted as materialized (select p.unit_id, p.at from calc.report_places(units, on_day) p)
	select w.unit_id, sum(b.women18)::integer, sum(b.roster)::integer, sum(b.unlisted)::integer, sum(b.trade_union)::integer, sum(b.armed_forces)::integer,
		sum(b.member_organisation)::integer, sum(b.upper_club)::integer, sum(b.overlap)::integer, min(d.how)
	from wanted w join calc.gathering_base(on_day, (select array_agg(at) from wanted)) b on b.unit_id = w.at
	left join app.denominator d on d.unit_id = w.unit_id and d.since <= on_day and d.until > on_day
	group by w.unit_id
$$;

-- The words by which the members of units are told apart: peoples ('e'), religions ('r') and trades ('o') as they were typed, each once.
create function calc.report_words(units integer[], on_day date) returns setof text
language sql stable security definer set search_path = pg_catalog as $$
	with member as materialized (
		select p.id, p.occupation from app.unit_home h join app.spell s on s.leaf_id = h.leaf_id and s.counts @> on_day
		join app.person p on p.id = s.person_id
		where h.commune_id in (select p.at from calc.report_places(units, on_day) p) and h.during @> on_day
	)
	select distinct 'o' || m.occupation from member m where m.occupation <> ''
	union
	select distinct w from member m join app.person_sensitive x on x.person_id = m.id
		cross join lateral (values (case when x.ethnicity <> '' then 'e' || x.ethnicity end), (case when x.religion <> '' then 'r' || x.religion end)) v(w)
	where w is not null
$$;

-- Every membership counted at units on a day with the classes it is counted in, as one number (rules-inputs.ts reads it): age, people,
-- religion, Party, trade. `words` with `classes` say which class a typed word is of.
create function calc.members_reported(units integer[], on_day date, words text[], classes integer[])
returns table (unit_id integer, spell_id uuid, code integer)
language sql stable security definer set search_path = pg_catalog as $$
	with word as materialized (select w.word, w.class from unnest(words, classes) w(word, class))
	select h.commune_id, s.id, (case when p.birth is null then 0 when a.years < 18 then 1 when a.years <= 30 then 2 when a.years < 50 then 3
			when a.years <= 110 then 4 else 5 end)
		+ 8 * coalesce(e.class, 0) + 32 * coalesce(r.class, 0) + 128 * (case when x.party_member then 2 when not x.party_member then 1 else 0 end)
		+ 512 * coalesce(o.class, 0)
	from app.unit_home h join app.spell s on s.leaf_id = h.leaf_id and s.counts @> on_day
	join app.person p on p.id = s.person_id
	cross join lateral (select case when p.birth_precision = 'year' then extract(year from on_day) - extract(year from p.birth)
		else extract(year from age(on_day, p.birth)) end as years) a
	left join app.person_sensitive x on x.person_id = p.id
	left join word e on e.word = 'e' || x.ethnicity
	left join word r on r.word = 'r' || x.religion
	left join word o on o.word = 'o' || p.occupation
	where h.commune_id = any(units) and h.during @> on_day
$$;

-- Every coming and going at units in a period (R7, R8): a membership begins to count there, or no longer does. What a change of branch
-- within the unit ends and begins again the same day is neither. Kinds: gains 1 admitted, 2 moved in, 3 by a reorganisation, 4 other;
-- losses −1 moved out, −2 dead, −3 left the Union, −4 by a reorganisation, −5 other.
create function calc.moves_reported(units integer[], from_day date, until_day date)
returns table (unit_id integer, spell_id uuid, kind smallint)
language sql stable security definer set search_path = pg_catalog as $$
	with segment as (
		select h.commune_id, s.id, s.person_id, s.joined, s.left_on, s.leave_reason, lower(d.days) as begins, upper(d.days) as ends
		from app.unit_home h join app.spell s on s.leaf_id = h.leaf_id and s.counts && daterange(from_day - 1, until_day + 1)
		cross join lateral (select r * h.during as days from unnest(s.counts) r where r && h.during) d
		where h.commune_id = any(units) and h.during && daterange(from_day - 1, until_day + 1)
	),
	turn as (
		select g.*, g.begins as day, true as gain, g.begins - 1 as beside from segment g where g.begins between from_day and until_day
		union all
		select g.*, g.ends, false, g.ends from segment g where g.ends between from_day and until_day
	)
	select t.commune_id, t.id, (case
		when o.commune_id is not null and o.id = t.id then case when t.gain then 3 else -4 end
		when o.commune_id is not null then case when t.gain then 2 else -1 end
		when not t.gain then case when t.left_on is distinct from t.day then -5
			when t.leave_reason = 'dead' then -2
			when t.leave_reason in ('moved', 'temporary_left') then -1
			when t.leave_reason = 'resigned' then -3 else -5 end
		when t.day = t.joined then case when exists (select from app.spell e where e.person_id = t.person_id and e.id <> t.id and e.stage = 'recognised'
				and e.counting_order is not null and e.joined < t.joined and e.leave_reason is distinct from 'resigned' and e.leave_reason is distinct from 'other') then 2 else 1 end
		when exists (select from app.residence r where r.spell_id = t.id and r.kind = 'temporary' and (r.start + interval '6 months')::date = t.day) then 2
		else 4 end)::smallint
	from turn t
	-- Where she was counted the day before, or is on the day after.
	left join lateral (select b.id, hb.commune_id from app.spell b join app.unit_home hb on hb.leaf_id = b.leaf_id and hb.during @> t.beside
		where b.person_id = t.person_id and b.counting_order is not null and b.counts @> t.beside limit 1) o on true
	where o.commune_id is distinct from t.commune_id
$$;

-- What the counts of reports are made of, packed (rules-inputs.ts): a row a unit; memberships of 16 bytes and their class of 4, comings
-- and goings of 16 and 2, each in the order of their ids.
create function calc.report_inputs(units integer[], from_day date, until_day date, words text[], classes integer[])
returns table (unit_id integer, members bytea, moves bytea)
language sql stable security definer set search_path = pg_catalog as $$
	with wanted as materialized (select p.unit_id, p.at from calc.report_places(units, until_day) p),
	chosen as materialized (select coalesce(array_agg(at), '{}') as places from wanted)
	select w.unit_id, coalesce(string_agg(m.packed, '' order by w.at), ''), coalesce(string_agg(v.packed, '' order by w.at), '')
	from wanted w
	left join (select x.unit_id, string_agg(uuid_send(x.spell_id) || int4send(x.code), '' order by x.spell_id) as packed
		from calc.members_reported((select places from chosen), until_day, words, classes) x group by x.unit_id) m on m.unit_id = w.at
	left join (select x.unit_id, string_agg(uuid_send(x.spell_id) || int2send(x.kind), '' order by x.spell_id, x.kind) as packed
		from calc.moves_reported((select places from chosen), from_day, until_day) x group by x.unit_id) v on v.unit_id = w.at
	group by w.unit_id
$$;

-- How many women of units may stand in the rosters twice, as the last pass over everyone found them (calc.find_duplicates) and nobody
-- has said otherwise. A number itself (CCCD, CMND) cannot stand twice: it is the key of its table. Units the caller does not read are left out.
create function calc.report_twice(units integer[], on_day date) returns table (unit_id integer, women integer)
language sql stable security definer set search_path = pg_catalog as $$
	with place as materialized (select p.unit_id, h.leaf_id from calc.report_places(units, on_day) p join app.unit_home h on h.commune_id = p.at and h.during @> on_day)
	select f.unit_id, count(*)::integer from (
		select p.unit_id, d.id from place p join app.duplicate_pair d on d.leaf_a = p.leaf_id and d.decision is distinct from 'different'
		union
		select p.unit_id, d.id from place p join app.duplicate_pair d on d.leaf_b = p.leaf_id and d.decision is distinct from 'different'
	) f group by f.unit_id
$$;

-- The commonest day of joining among memberships of units (a row a unit: the ids of its newcomers, 16 bytes each), and how many share it.
create function calc.report_same_date(units integer[], ids bytea[]) returns table (unit_id integer, day date, women integer)
language sql stable security definer set search_path = pg_catalog as $$
	select distinct on (n.unit) n.unit, s.joined, count(*)::integer
	from unnest(units, ids) n(unit, ids) cross join lateral generate_series(0, length(n.ids) / 16 - 1) g(at)
	join app.spell s on s.id = encode(substring(n.ids from g.at * 16 + 1 for 16), 'hex')::uuid
	where (select calc.sees_all('reports.read')) or n.unit in (select calc.my_units('reports.read'))
	group by n.unit, s.joined order by n.unit, count(*) desc, s.joined
$$;
