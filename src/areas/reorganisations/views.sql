-- Carrying out a reorganisation and taking it back (R38). No member row is read where a commune goes whole to another: its
-- entries move as a bookkeeper moves a balance (design §4). Only leaves of communes that are really parted are counted from rows.

-- Whoever may act on a reorganisation: over the unit under which it happens.
create function calc.may_reorganise(wanted uuid, verb text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.reorganisation r where r.id = wanted and calc.may_at(verb, r.unit_id))
$$;

-- The units whose homes can change when these get other successors: those that came into them, too.
create function calc.came_into(units integer[]) returns integer[] language sql stable set search_path = pg_catalog as $$
	with recursive back(unit_id) as (
		select u from unnest(units) u
		union
		select s.predecessor_id from back b join app.unit_succession s on s.successor_id = b.unit_id and s.part = 'full'
	)
	select array_agg(unit_id) from back
$$;

-- The Chưa phân of a province, made where there is none on the day.
create function calc.unassigned_of(province integer, on_day date, decree text) returns integer language plpgsql set search_path = pg_catalog as $$
declare
	found_id integer;
	province_name text;
begin
	select s.unit_id into found_id from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'unassigned'
		where s.parent_id = province and s.during @> on_day;
	if found_id is null then
		select s.name into province_name from app.unit_spell s where s.unit_id = province and s.during @> on_day;
		insert into app.unit (kind) values ('unassigned') returning id into found_id;
		insert into app.unit_spell (unit_id, during, name, parent_id, decree, search_key)
			values (found_id, daterange(on_day, null), 'Chưa phân (' || province_name || ')', province, decree, 'chua phan');
		insert into pg_temp.made_unit (key, unit_id) values ('unassigned:' || province, found_id);
	end if;
	return found_id;
end $$;

-- The province a unit stands under on a day.
create function calc.province_of(unit integer, on_day date) returns integer language sql stable set search_path = pg_catalog as $$
	with recursive up(id, parent_id) as (
		select s.unit_id, s.parent_id from app.unit_spell s where s.unit_id = unit and s.during @> on_day
		union all
		select s.unit_id, s.parent_id from up join app.unit_spell s on s.unit_id = up.parent_id and s.during @> on_day
	)
	select up.id from up join app.unit u on u.id = up.id and u.kind = 'province' limit 1
$$;

-- Gives a unit another parent (null: the same), name or code (null: the same) from a day on.
create function calc.change_from(unit integer, on_day date, new_parent integer, new_code text, new_name text, new_title text, new_key text, new_decree text)
returns void language plpgsql set search_path = pg_catalog as $$
declare
	old app.unit_spell;
begin
	select * into old from app.unit_spell s where s.unit_id = unit and s.during @> on_day;
	if old.id is null then return; end if;
	if lower(old.during) < on_day then
		update app.unit_spell set during = daterange(lower(old.during), on_day) where id = old.id;
		insert into app.unit_spell (unit_id, during, code, name, title, parent_id, decree, search_key)
			values (unit, daterange(on_day, upper(old.during)), old.code, old.name, old.title, old.parent_id, new_decree, old.search_key)
			returning * into old;
	end if;
	update app.unit_spell set parent_id = coalesce(new_parent, parent_id), code = coalesce(new_code, code), name = coalesce(new_name, name),
		title = coalesce(new_title, title), search_key = coalesce(new_key, search_key), decree = new_decree where id = old.id;
end $$;

-- Keeps a copy of the spells of units and of the successions of predecessors as they are before the act.
create function calc.keep_before(wanted uuid, spells_of integer[], successions_of integer[]) returns void language sql set search_path = pg_catalog as $$
	insert into app.reorganisation_before (reorganisation_id, what, row)
		select wanted, 'spell', to_jsonb(s) from app.unit_spell s where s.unit_id = any(spells_of)
		union all
		select wanted, 'succession', to_jsonb(x) from app.unit_succession x where x.predecessor_id = any(successions_of)
		union all
		select wanted, 'touched', to_jsonb(u) from (select distinct u from unnest(spells_of || successions_of) u) t(u)
$$;

-- What the day finds of the units made by people that stand directly under ended or corrected ones (branches, clubs, special bases):
-- with whom they go. A branch that somebody has already put elsewhere stays there.
create function calc.orphans(wanted uuid) returns table (unit_id integer, old_parent integer) language sql stable set search_path = pg_catalog as $$
	select c.unit_id, g.unit_id
	from (select distinct x.unit_id, r.on_day from app.reorganisation_change x join app.reorganisation r on r.id = x.reorganisation_id
		where x.reorganisation_id = wanted and x.kind in ('succeed', 'end')) g
	join app.unit_spell c on c.parent_id = g.unit_id
		and (c.during @> g.on_day or (upper(c.during) = g.on_day and exists (select from app.unit_spell n
			join app.unit_succession x on x.predecessor_id = g.unit_id and x.successor_id = n.parent_id and x.part = 'full' and x.on_day = g.on_day
			where n.unit_id = c.unit_id and lower(n.during) = g.on_day)))
	join app.unit u on u.id = c.unit_id and u.kind in ('branch', 'club', 'special_base', 'force', 'department')
$$;

-- The homes that a refresh has changed, leaf by leaf: what was taken from which commune, and what was given to which.
create function calc.moved_homes() returns table (leaf_id integer, commune_id integer, during daterange, sign integer)
language plpgsql stable set search_path = pg_catalog as $$
#variable_conflict use_column
begin
	return query with was as (select h.leaf_id, h.commune_id, range_agg(h.during) as days from pg_temp.home_before h group by h.leaf_id, h.commune_id),
	now_is as (select h.leaf_id, h.commune_id, range_agg(h.during) as days from app.unit_home h
		where h.leaf_id in (select leaf_id from pg_temp.affected_leaf) group by h.leaf_id, h.commune_id),
	both_sides as (select leaf_id, commune_id, w.days as was, n.days as now_is from was w full join now_is n using (leaf_id, commune_id)
		where w.days is distinct from n.days)
	select b.leaf_id, b.commune_id, unnest(coalesce(b.was, '{}') - coalesce(b.now_is, '{}')), -1 from both_sides b
	union all
	select b.leaf_id, b.commune_id, unnest(coalesce(b.now_is, '{}') - coalesce(b.was, '{}')), 1 from both_sides b;
end $$;

-- What changed homes mean for the ledger, as two lists. A commune that lost every day from `since` on to one other commune hands over
-- its balance and its later entries; of all other leaves the counting periods are read.
create function calc.part_moves(since date) returns void language plpgsql set search_path = pg_catalog as $$
begin
	drop table if exists pg_temp.moved, pg_temp.handed_over, pg_temp.counted;
	create temp table moved on commit drop as select * from calc.moved_homes();
	create index on pg_temp.moved (leaf_id);
	analyze pg_temp.moved;
	create temp table handed_over on commit drop as
		with lost as materialized (select m.commune_id
			from pg_temp.moved m join lateral (select h.during * daterange(since, null) as during from pg_temp.home_before h
				where h.leaf_id = m.leaf_id and h.commune_id = m.commune_id and h.during && m.during limit 1) since_life on true
			where m.sign = -1 group by m.commune_id having bool_and(m.during = since_life.during)),
		gained as materialized (select l.commune_id as from_id, min(g.commune_id) as to_id
			from pg_temp.moved l join pg_temp.moved g on g.leaf_id = l.leaf_id and g.sign = 1 where l.sign = -1
			group by l.commune_id having count(distinct g.commune_id) = 1 and bool_and(g.during = l.during))
		select l.commune_id as from_id, g.to_id from lost l join gained g on g.from_id = l.commune_id
		where not exists (select from app.unit_home h where h.commune_id = l.commune_id and coalesce(upper(h.during) > since, true))
			and l.commune_id not in (select x.commune_id from pg_temp.moved x where x.sign = 1);
	-- Chosen before members are read, so that it is decided once a leaf and not once a woman.
	create temp table counted on commit drop as
		select m.* from pg_temp.moved m
		where not exists (select from pg_temp.handed_over h where h.from_id = case m.sign when -1 then m.commune_id
			else (select l.commune_id from pg_temp.moved l where l.leaf_id = m.leaf_id and l.sign = -1 and l.during && m.during limit 1) end);
	analyze pg_temp.handed_over, pg_temp.counted;
end $$;

-- Reads the counting periods of the leaves that moved (pg_temp.counted) and of those of parted units, once for ledger and shares: how
-- many begin and end on each day. What lies before the first day asked about stands together on the day before it. Nearly every woman
-- counts from then on without end: those are only counted, and the periods of the others are looked at one by one (of a million read
-- a tenth). What is tried is looked at on its day alone: whether she counts the day before and on the day says all of it. Periods of
-- homes are compared by their ends: `during @> day` would be looked up among all periods of the country.
create function calc.count_leaves(parted integer[], since date, until date) returns void language plpgsql set search_path = pg_catalog as $$
declare
	g record;
begin
	drop table if exists pg_temp.leaf_base, pg_temp.leaf_count, pg_temp.leaf_entry;
	create temp table leaf_base on commit drop as
		select leaf_id, min(base) as base from (
			select c.leaf_id, since - 1 as base from pg_temp.counted c
			union all
			select h.leaf_id, x.on_day - 1 from app.unit_succession x join app.unit_home h on h.commune_id = x.predecessor_id
				and coalesce(lower(h.during) < x.on_day, true) and coalesce(upper(h.during) >= x.on_day, true)
			where x.predecessor_id in (select unnest(parted)) and x.part = 'partial' and x.share_numerator is null
		) every group by leaf_id;
	create temp table leaf_count (leaf_id integer, base date, onward bigint, others datemultirange[]) on commit drop;
	-- All leaves of one first day at once, as an array: the rows come in the order of the index, and need no table of groups (1.6 s became
	-- 0.7 for 1.2 million).
	create temp table leaf_entry (leaf_id integer, day date, starts integer, ends integer) on commit drop;
	for g in select base, array_agg(leaf_id) as leaves, daterange(base, null) as onward from pg_temp.leaf_base group by base loop
		if until = g.base + 1 then
			insert into pg_temp.leaf_entry
				select t.leaf_id, e.day, e.starts, e.ends from (
					select s.leaf_id, count(*) filter (where s.counts @> g.base) as before,
						count(*) filter (where s.counts @> until and not s.counts @> g.base) as begin,
						count(*) filter (where s.counts @> g.base and not s.counts @> until) as leave
					from app.spell s where s.leaf_id = any(g.leaves) group by s.leaf_id
				) t cross join lateral (values (g.base, t.before, 0), (until, t.begin, t.leave)) e(day, starts, ends)
				where e.starts <> 0 or e.ends <> 0;
			continue;
		end if;
		insert into pg_temp.leaf_count
			select s.leaf_id, g.base, count(*) filter (where s.counts @> g.onward),
				array_agg(s.counts) filter (where not s.counts @> g.onward and s.counts && g.onward)
			from app.spell s where s.leaf_id = any(g.leaves) group by s.leaf_id;
	end loop;
	insert into pg_temp.leaf_entry
		select leaf_id, day, sum(starts)::integer as starts, sum(ends)::integer as ends from (
			select l.leaf_id, l.base as day, l.onward as starts, 0 as ends from pg_temp.leaf_count l
			union all
			select l.leaf_id, greatest(v.day, l.base), v.starts, v.ends
			from pg_temp.leaf_count l cross join unnest(l.others) m(counts) cross join unnest(m.counts) r
				cross join lateral (values (coalesce(lower(r), l.base), 1, 0), (upper(r), 0, 1)) v(day, starts, ends)
			where v.day is not null
		) e group by leaf_id, day;
	create index on pg_temp.leaf_entry (leaf_id);
	analyze pg_temp.leaf_entry;
end $$;

-- Posts to the ledger what calc.part_moves has found; what is tried and taken back, only up to the day it is looked at.
create function calc.post_moved_homes(since date, until date) returns void language plpgsql set search_path = pg_catalog as $$
begin
	perform calc.post_entries(array_agg(unit_id), array_agg(1::smallint), array_agg(day), array_agg(total))
	from (
		with counted as (
			select m.commune_id, m.sign, m.during, greatest(e.day, lower(m.during)) as day, e.starts - e.ends as n
			from pg_temp.counted m join pg_temp.leaf_entry e on e.leaf_id = m.leaf_id and (upper_inf(m.during) or e.day < upper(m.during))
		)
		select unit_id, day, sum(delta)::integer as total from (
			select e.unit_id, e.day, e.delta from pg_temp.handed_over h
				cross join lateral (
					select since as day, calc.balance(h.from_id, since - 1) as n
					union all
					select d.on_date, d.delta from app.day_delta d where d.unit_id = h.from_id and d.component = 1 and d.on_date >= since
				) b cross join lateral (values (h.from_id, b.day, -b.n), (h.to_id, b.day, b.n)) e(unit_id, day, delta)
			union all
			select c.commune_id, c.day, c.n * c.sign from counted c
			union all
			select c.commune_id, upper(c.during), -c.n * c.sign from counted c where not upper_inf(c.during)
		) e where until is null or day <= until group by unit_id, day having sum(delta) <> 0
	) posted;
end $$;

-- Works the shares of parted units out anew: declared ones, else by the women who counted in the unit on its last day, by where
-- they count on the day. What no part has taken yet goes with Chưa phân. Nearly all go on under the same spell: those are counted by
-- leaf (calc.count_leaves); only women whose spell ended that day are looked for one by one.
create function calc.refresh_shares(predecessors integer[]) returns void language plpgsql set search_path = pg_catalog as $$
begin
	delete from app.split_share where predecessor_id = any(predecessors);
	drop table if exists pg_temp.parted_leaf;
	create temp table parted_leaf on commit drop as
		select p.predecessor_id, p.on_day, h.leaf_id, there.commune_id as successor_id,
			sum(case when e.day < p.on_day then e.starts - e.ends when e.day = p.on_day then -e.ends else 0 end) as stay,
			coalesce(sum(e.ends) filter (where e.day = p.on_day), 0) as leave
		from (select x.predecessor_id, x.on_day from app.unit_succession x where x.predecessor_id = any(predecessors) and x.part = 'partial'
			group by x.predecessor_id, x.on_day having bool_and(x.share_numerator is null)) p
		join app.unit_home h on h.commune_id = p.predecessor_id and coalesce(lower(h.during) < p.on_day, true) and coalesce(upper(h.during) >= p.on_day, true)
		left join app.unit_home there on there.leaf_id = h.leaf_id and coalesce(lower(there.during) <= p.on_day, true) and coalesce(upper(there.during) > p.on_day, true)
		left join pg_temp.leaf_entry e on e.leaf_id = h.leaf_id
		group by p.predecessor_id, p.on_day, h.leaf_id, there.commune_id;
	insert into app.split_share (predecessor_id, successor_id, weight, how)
		with parted as (
			select x.predecessor_id, x.on_day, bool_and(x.share_numerator is not null) as declared from app.unit_succession x
			where x.predecessor_id = any(predecessors) and x.part = 'partial' group by x.predecessor_id, x.on_day
		),
		counted as (
			select w.predecessor_id, w.successor_id, sum(w.women) as women from (
				select l.predecessor_id, l.successor_id, l.stay as women from pg_temp.parted_leaf l
				union all
				select l.predecessor_id, there.commune_id, count(distinct s.person_id) from pg_temp.parted_leaf l
				join app.spell s on s.leaf_id = l.leaf_id and s.counts @> l.on_day - 1 and not s.counts @> l.on_day
				join app.spell now_at on now_at.person_id = s.person_id and now_at.counts @> l.on_day
				join app.unit_home there on there.leaf_id = now_at.leaf_id and there.during @> l.on_day
				where l.leave > 0 group by l.predecessor_id, there.commune_id
			) w join app.unit_succession x on x.predecessor_id = w.predecessor_id and x.successor_id = w.successor_id
			group by w.predecessor_id, w.successor_id having sum(w.women) > 0
		)
		select x.predecessor_id, x.successor_id, x.share_numerator::numeric / x.share_denominator, 'declared'
		from app.unit_succession x join parted p on p.predecessor_id = x.predecessor_id and p.declared
		where x.part = 'partial' and x.share_numerator > 0
		union all
		select c.predecessor_id, c.successor_id, c.women, 'assigned' from counted c
		union all
		select p.predecessor_id, x.successor_id, 1, 'unassigned' from parted p
		join app.unit_succession x on x.predecessor_id = p.predecessor_id and x.part = 'full'
		where not p.declared and not exists (select from counted c where c.predecessor_id = p.predecessor_id);
	-- Denominators and figures ask for the shares of each of ten thousand units.
	analyze app.split_share;
end $$;

-- Sets homes, shares, ledger and denominators to what successions and spells now say, after they changed for `changed` units; with
-- `rights` 'scopes' also whom a right reaches, with 'none' not. 'tried' is for what is taken back: the figures of the day alone.
create function calc.follow_units(changed integer[], since date, rights text) returns void language plpgsql set search_path = pg_catalog as $$
declare
	until date := case rights when 'tried' then since end;
begin
	perform calc.refresh_homes_of((select array_agg(leaf_id order by leaf_id) from pg_temp.affected_leaf),
		(select array_agg(depth order by leaf_id) from pg_temp.affected_leaf));
	perform calc.part_moves(since);
	perform calc.count_leaves((select array_agg(leaf_id) from pg_temp.affected_leaf), since, until);
	perform calc.refresh_shares((select array_agg(leaf_id) from pg_temp.affected_leaf));
	perform calc.post_moved_homes(since, until);
	perform calc.post_entries(array_agg(unit_id), array_agg(component), array_agg(day), array_agg(total))
	from (
		select unit_id, component, day, sum(delta)::integer as total from (
			select unit_id, component, day, delta from calc.headcount_entries((select array_agg(unit_id) from pg_temp.headcount_origin))
			union all
			select unit_id, component, day, -delta from pg_temp.headcount_before
		) e where until is null or day <= until group by unit_id, component, day having sum(delta) <> 0
	) h;
	perform calc.refresh_denominators();
	if rights = 'scopes' then perform calc.refresh_scopes(changed); elsif rights = 'tried' then perform calc.refresh_territory(false); end if;
end $$;

-- Remembers what stands before an act on these units: homes of every leaf that can be touched, and the entries of figures.
create function calc.remember_state(units integer[]) returns void language plpgsql set search_path = pg_catalog as $$
declare
	family integer[];
begin
	drop table if exists pg_temp.affected_leaf, pg_temp.home_before, pg_temp.headcount_origin, pg_temp.headcount_before;
	create temp table affected_leaf on commit drop as select w.unit_id as leaf_id, w.depth from calc.with_leaves(calc.came_into(units)) w;
	create temp table home_before on commit drop as select h.* from app.unit_home h where h.leaf_id in (select leaf_id from pg_temp.affected_leaf);
	create index on pg_temp.home_before (leaf_id);
	create index on pg_temp.home_before (commune_id);
	create temp table headcount_origin on commit drop as select f as unit_id from calc.headcount_family(units) f;
	create temp table headcount_before on commit drop as
		select * from calc.headcount_entries((select array_agg(unit_id) from pg_temp.headcount_origin));
	analyze pg_temp.home_before, pg_temp.affected_leaf;
end $$;

-- The act itself, in the caller's transaction. Rights and conflicts have been looked at.
create function calc.carry_out(wanted uuid, rights text) returns void language plpgsql set search_path = pg_catalog as $$
declare
	r app.reorganisation;
	c record;
	made_id integer;
	gone integer[];
	changed integer[];
	children integer[];
begin
	perform pg_advisory_xact_lock(7406);
	select * into r from app.reorganisation where id = wanted;
	select array_agg(distinct unit_id) filter (where kind in ('succeed', 'end')), array_agg(distinct unit_id) into gone, changed
		from app.reorganisation_change where reorganisation_id = wanted and unit_id is not null;
	drop table if exists pg_temp.orphan, pg_temp.made_unit;
	create temp table orphan on commit drop as select * from calc.orphans(wanted);
	create temp table made_unit (key text primary key, unit_id integer not null) on commit drop;
	select array_agg(unit_id) into children from pg_temp.orphan;
	if rights <> 'tried' then perform calc.keep_before(wanted, changed || children, gone); end if;
	perform calc.remember_state(gone || children || array(select unit_id from app.reorganisation_change
		where reorganisation_id = wanted and kind = 'change'));

	for c in select * from app.reorganisation_change where reorganisation_id = wanted and kind = 'create' order by position loop
		insert into app.unit (kind) values (c.unit_kind) returning id into made_id;
		insert into pg_temp.made_unit values (c.key, made_id);
	end loop;
	insert into app.unit_spell (unit_id, during, code, name, title, parent_id, decree, search_key)
		select m.unit_id, daterange(r.on_day, null), x.code, x.name, coalesce(x.title, ''), coalesce(x.parent_id, p.unit_id), r.decree, x.search_key
		from app.reorganisation_change x join pg_temp.made_unit m on m.key = x.key left join pg_temp.made_unit p on p.key = x.parent_key
		where x.reorganisation_id = wanted and x.kind = 'create';
	for c in select x.*, m.unit_id as made_parent from app.reorganisation_change x left join pg_temp.made_unit m on m.key = x.parent_key
		where x.reorganisation_id = wanted and x.kind = 'change' order by x.position loop
		perform calc.change_from(c.unit_id, r.on_day, coalesce(c.parent_id, c.made_parent), c.code, c.name, c.title,
			c.search_key, r.decree);
	end loop;

	delete from app.unit_succession where predecessor_id = any(gone) and on_day = r.on_day;
	insert into app.unit_succession (predecessor_id, successor_id, on_day, part, decree, reorganisation_id, share_numerator, share_denominator, document)
		select x.unit_id, coalesce(x.successor_id, m.unit_id), r.on_day, x.part, r.decree, wanted, x.share_numerator, x.share_denominator, x.document
		from app.reorganisation_change x left join pg_temp.made_unit m on m.key = x.key
		where x.reorganisation_id = wanted and x.kind = 'succeed';
	-- What is parted stands in Chưa phân until it is assigned, and is counted there, once.
	insert into app.unit_succession (predecessor_id, successor_id, on_day, part, decree, reorganisation_id)
		with parted as materialized (select x.predecessor_id, calc.province_of(min(x.successor_id), r.on_day) as province from app.unit_succession x
			join app.unit u on u.id = x.predecessor_id and u.kind in ('commune', 'unassigned')
			where x.reorganisation_id = wanted and x.part = 'partial' group by x.predecessor_id),
		place as materialized (select p.province, calc.unassigned_of(p.province, r.on_day, r.decree) as unit_id from (select distinct province from parted) p)
		select p.predecessor_id, w.unit_id, r.on_day, 'full', r.decree, wanted from parted p join place w on w.province = p.province;
	delete from app.unit_spell where unit_id = any(gone) and lower(during) >= r.on_day;
	update app.unit_spell set during = daterange(lower(during), r.on_day) where unit_id = any(gone) and during @> r.on_day;

	-- Branches, clubs and special bases go where the whole of their unit goes; of an ended level, to what it stood under. All at once: a
	-- national table moves ten thousand.
	drop table if exists pg_temp.placed;
	create temp table placed on commit drop as
		select s.*, n.new_parent from (
			select distinct on (o.unit_id) o.unit_id, coalesce(x.successor_id, last_parent.parent_id) as new_parent
			from pg_temp.orphan o left join app.unit_succession x on x.predecessor_id = o.old_parent and x.part = 'full' and x.on_day = r.on_day
			left join lateral (select coalesce(y.successor_id, s.parent_id) as parent_id from app.unit_spell s
				left join app.unit_succession y on y.predecessor_id = s.parent_id and y.part = 'full' and y.on_day = r.on_day
				where s.unit_id = o.old_parent order by upper(s.during) desc limit 1) last_parent on x.successor_id is null
			order by o.unit_id
		) n join app.unit_spell s on s.unit_id = n.unit_id and lower(s.during) <= r.on_day and coalesce(upper(s.during) > r.on_day, true);
	update app.unit_spell s set during = daterange(lower(s.during), r.on_day) from pg_temp.placed p where p.id = s.id and lower(p.during) < r.on_day;
	insert into app.unit_spell (unit_id, during, code, name, title, parent_id, decree, search_key)
		select p.unit_id, daterange(r.on_day, upper(p.during)), p.code, p.name, p.title, coalesce(p.new_parent, p.parent_id), r.decree, p.search_key
		from pg_temp.placed p where lower(p.during) < r.on_day;
	update app.unit_spell s set parent_id = coalesce(p.new_parent, p.parent_id), decree = r.decree
		from pg_temp.placed p where p.id = s.id and lower(p.during) = r.on_day;
	-- What is tried is taken back whole: nothing is kept of it.
	insert into app.reorganisation_before (reorganisation_id, what, row)
		select wanted, 'made', to_jsonb(m) from pg_temp.made_unit m where rights <> 'tried'
		union all
		select wanted, 'after', to_jsonb(s) from app.unit_spell s where rights <> 'tried' and s.unit_id = any(changed || children || array(select unit_id from pg_temp.made_unit));
	insert into pg_temp.affected_leaf select m.unit_id, 0 from pg_temp.made_unit m;
	perform calc.follow_units(changed || children || array(select unit_id from pg_temp.made_unit), r.on_day, case rights when 'scopes' then 'none' else rights end);
	if rights = 'scopes' then
		perform calc.settle_rights(wanted, changed || children || array(select unit_id from pg_temp.made_unit));
	end if;
end $$;

create function calc.apply_reorganisation(wanted uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
	r app.reorganisation;
begin
	select * into r from app.reorganisation x where x.id = wanted for update;
	if not calc.may_reorganise(wanted, 'reorganisations.approve') then
		raise exception 'not hers' using errcode = 'insufficient_privilege';
	end if;
	if r.state <> 'approved' then raise exception 'not approved' using errcode = 'TH002'; end if;
	perform calc.open_ledger_for(r.on_day);
	perform calc.carry_out(wanted, 'scopes');
	update app.reorganisation set state = 'applied', applied_at = now(), version = version + 1, updated_at = now() where id = wanted;
end $$;
