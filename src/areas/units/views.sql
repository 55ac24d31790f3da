-- Derived from spells and successions: where a leaf stood (homes) and whom a right reaches (scopes).

-- Today as the Union's calendar has it; tests set app.today.
create function calc.today() returns date language sql stable parallel safe as $$
	select coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone 'Asia/Ho_Chi_Minh')::date)
$$;

-- From the first day of a unit to the end of its last spell.
create view calc.unit_life with (security_invoker) as
	select unit_id, daterange(min(lower(during)), case when bool_or(upper_inf(during)) then null else max(upper(during)) end) as during
	from app.unit_spell group by unit_id;

-- Where a place (commune or Chưa phân) is found on later days: itself while it lives, then its whole successors. Lives are looked up
-- unit by unit: calc.unit_life would group the branches of the whole country.
create function calc.place_chain(units integer[]) returns table (leaf_id integer, commune_id integer, during daterange)
language sql stable as $$
	with recursive chain(leaf_id, at, from_day) as (
		select u.id, u.id, (select min(lower(s.during)) from app.unit_spell s where s.unit_id = u.id) from app.unit u
		where u.id = any(units) and u.kind in ('commune', 'unassigned')
		union all
		select c.leaf_id, s.successor_id, s.on_day
		from chain c join app.unit_succession s on s.predecessor_id = c.at and s.part = 'full'
		join app.unit su on su.id = s.successor_id and su.kind in ('commune', 'unassigned')
	)
	select c.leaf_id, c.at, daterange(c.from_day, l.until)
	from chain c cross join lateral (select case when bool_or(upper_inf(s.during)) then null else max(upper(s.during)) end as until, count(*) as n
		from app.unit_spell s where s.unit_id = c.at) l
	where l.n > 0 and c.from_day is not null and (l.until is null or l.until > c.from_day)
$$;

-- The given units and everything that ever stood below them as branch or group.
create function calc.with_leaves(units integer[]) returns table (unit_id integer, depth integer) language sql stable as $$
	with recursive below(unit_id, depth) as (
		select u, 0 from unnest(units) u
		union
		select s.unit_id, b.depth + 1 from below b join app.unit_spell s on s.parent_id = b.unit_id
		join app.unit u on u.id = s.unit_id and u.kind in ('branch', 'group') where b.depth < 4
	)
	select unit_id, max(depth) from below group by unit_id
$$;

-- Recomputes unit_home of units that are given complete, with all branches and groups below them and how deep (calc.with_leaves); only
-- rows that differ are written. The caller keeps the ledger in step (ledger/store.ts, reposting).
create function calc.refresh_homes_of(units integer[], depths integer[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
	level integer;
begin
	create temp table if not exists refreshing (unit_id integer primary key, depth integer not null, leaf boolean not null) on commit drop;
	create temp table if not exists home_due (leaf_id integer, commune_id integer, during daterange, mine boolean) on commit drop;
	delete from pg_temp.refreshing;
	delete from pg_temp.home_due;
	insert into pg_temp.refreshing select w.unit_id, w.depth, u.kind in ('branch', 'group') from unnest(units, depths) w(unit_id, depth) join app.unit u on u.id = w.unit_id;
	insert into pg_temp.home_due select c.leaf_id, c.commune_id, c.during, true from calc.place_chain((select array_agg(unit_id) from pg_temp.refreshing where not leaf)) c;
	-- What they stood under at other times is not worked out anew.
	insert into pg_temp.home_due select h.leaf_id, h.commune_id, h.during, false from app.unit_home h
		where h.leaf_id in (select s.parent_id from pg_temp.refreshing r join app.unit_spell s on s.unit_id = r.unit_id
			where r.leaf and s.parent_id not in (select unit_id from pg_temp.refreshing));
	create index if not exists home_due_index on pg_temp.home_due (leaf_id);
	analyze pg_temp.refreshing, pg_temp.home_due;
	for level in 0..4 loop
		continue when not exists (select from pg_temp.refreshing where depth = level and leaf);
		insert into pg_temp.home_due
			select s.unit_id, h.commune_id, unnest(range_agg(s.during * h.during)), true
			from pg_temp.refreshing r
			join app.unit_spell s on s.unit_id = r.unit_id
			join pg_temp.home_due h on h.leaf_id = s.parent_id and h.during && s.during
			where r.depth = level and r.leaf
			group by s.unit_id, h.commune_id;
	end loop;
	delete from app.unit_home h where h.leaf_id in (select unit_id from pg_temp.refreshing)
		and not exists (select from pg_temp.home_due d where d.mine and d.leaf_id = h.leaf_id and d.commune_id = h.commune_id and d.during = h.during);
	insert into app.unit_home (leaf_id, commune_id, during)
		select d.leaf_id, d.commune_id, d.during from pg_temp.home_due d where d.mine
		except select h.leaf_id, h.commune_id, h.during from app.unit_home h where h.leaf_id in (select unit_id from pg_temp.refreshing);
end $$;

-- The same for units and all that stands below them.
create function calc.refresh_homes(units integer[]) returns void language sql security definer set search_path = pg_catalog as $$
	select calc.refresh_homes_of(array_agg(w.unit_id order by w.unit_id), array_agg(w.depth order by w.unit_id)) from calc.with_leaves(units) w
$$;

-- What contains a unit today: its parent; once abolished its successors, or where it last stood. Clusters contain provinces.
-- keeps_own says that a right over the container as one's own reaches through this hop.
create view calc.unit_container with (security_invoker) as
	with now_spell as (
		select distinct on (s.unit_id) s.unit_id, s.parent_id,
			s.during @> calc.today() or lower(s.during) > calc.today() as alive
		from app.unit_spell s
		order by s.unit_id, (s.during @> calc.today()) desc, (lower(s.during) > calc.today()) desc,
			case when lower(s.during) > calc.today() then lower(s.during) end, upper(s.during) desc
	)
	select n.unit_id, n.parent_id as container_id,
		u.kind in ('branch', 'group', 'club', 'special_base', 'force', 'department', 'unassigned') as keeps_own
	from now_spell n join app.unit u on u.id = n.unit_id
	where n.parent_id is not null
		and (n.alive or not exists (select from app.unit_succession x where x.predecessor_id = n.unit_id))
	union all
	select n.unit_id, x.successor_id, true
	from now_spell n join app.unit_succession x on x.predecessor_id = n.unit_id where not n.alive
	union all
	select c.province_id, c.cluster_id, false from app.cluster_province c where c.during @> calc.today();

-- The units and all that hangs under them today.
create function calc.hanging_under(units integer[]) returns setof integer language sql stable as $$
	with recursive below(unit_id) as (
		select u from unnest(units) u
		union
		select c.unit_id from below b join calc.unit_container c on c.container_id = b.unit_id
	)
	select unit_id from below
$$;

-- Recomputes unit_scope of the units and of all that hangs under them; of every unit when null.
create function calc.refresh_scopes(units integer[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
	wanted integer[];
begin
	if units is null then
		select array_agg(id) into wanted from app.unit;
	else
		wanted := array(select calc.hanging_under(units));
	end if;
	delete from app.unit_scope where unit_id = any(wanted);
	insert into app.unit_scope (ancestor_id, unit_id, own)
		with recursive container as materialized (select * from calc.unit_container),
		up(unit_id, at, own) as (
			select u, u, true from unnest(wanted) u
			union
			select up.unit_id, c.container_id, up.own and c.keeps_own from up join container c on c.unit_id = up.at
		)
		select at, unit_id, bool_or(own) from up group by at, unit_id;
	if exists (select from app.unit where id = any(wanted) and kind in ('centre', 'province', 'district', 'commune', 'unassigned')) then
		perform calc.refresh_territory();
	end if;
end $$;

-- Recomputes the flat table of administrative units, numbered in the order of the country's table (left out for what is tried and taken
-- back: one unit more moves the number of all that follow). A hop's period is cut by the period of what it stands under. Only rows
-- that differ are written: the constraint on periods is most of the time of 14 000.
create function calc.refresh_territory(numbered boolean default true) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	perform pg_advisory_xact_lock(7405);
	drop table if exists pg_temp.expected_territory;
	create temp table expected_territory on commit drop as
		with recursive line(unit_id, kind, code, name, parent_id, during, at, district_id, province_id, path) as (
			select s.unit_id, u.kind, s.code, s.name, s.parent_id, s.during, s.parent_id,
				case when u.kind = 'district' then u.id end, case when u.kind = 'province' then u.id end,
				coalesce(s.code, '~' || s.unit_id)
			from app.unit_spell s join app.unit u on u.id = s.unit_id
				and u.kind in ('centre', 'province', 'district', 'commune', 'unassigned')
			union all
			select l.unit_id, l.kind, l.code, l.name, l.parent_id, l.during * p.during, p.parent_id,
				coalesce(l.district_id, case when u.kind = 'district' then u.id end),
				coalesce(l.province_id, case when u.kind = 'province' then u.id end),
				coalesce(p.code, '~' || p.unit_id) || '/' || l.path
			from line l join app.unit_spell p on p.unit_id = l.at and p.during && l.during join app.unit u on u.id = p.unit_id
		)
		select *, row_number() over (order by path, during) as place from (
			select unit_id, kind, unnest(range_agg(during)) as during, code, name, parent_id, district_id, province_id, path collate "C" as path
			from line where at is null
			group by unit_id, kind, code, name, parent_id, district_id, province_id, path) flat;
	create index on pg_temp.expected_territory (unit_id);
	analyze pg_temp.expected_territory;
	delete from app.territory t where not exists (select from pg_temp.expected_territory e where e.unit_id = t.unit_id and e.during = t.during
		and (e.kind, e.code, e.name, e.parent_id, e.district_id, e.province_id, e.path) is not distinct from
			(t.kind, t.code, t.name, t.parent_id, t.district_id, t.province_id, t.path));
	insert into app.territory (unit_id, kind, during, code, name, parent_id, district_id, province_id, path, place)
		select e.* from pg_temp.expected_territory e
		where not exists (select from app.territory t where t.unit_id = e.unit_id and t.during = e.during);
	if numbered then
		update app.territory t set place = e.place from pg_temp.expected_territory e
			where e.unit_id = t.unit_id and e.during = t.during and e.place <> t.place;
	end if;
end $$;

-- Parts a whole number by weights with largest remainders (ties: the first named): the parts add up to the whole, always (R38).
create function calc.apportion(total bigint, keys integer[], weights numeric[]) returns table (key integer, part bigint)
language sql immutable as $$
	with share as (
		select k, n, total * w / nullif(sum(w) over (), 0) as exact from unnest(keys, weights) with ordinality x(k, w, n)
	),
	floored as (select k, n, floor(exact) as base, exact - floor(exact) as rest from share)
	select k, (base + (row_number() over (order by rest desc, n) <= total - sum(base) over ())::integer)::bigint from floored
$$;

-- How the figure of a unit goes on when the unit ends: whole to its whole successor, or parted by the shares kept of it.
create function calc.handed_on(predecessor integer, total bigint) returns table (successor_id integer, on_day date, part bigint, estimated boolean)
language sql stable as $$
	select a.key, s.on_day, a.part, true
	from (select array_agg(x.successor_id order by x.successor_id) as keys, array_agg(x.weight order by x.successor_id) as weights
		from app.split_share x where x.predecessor_id = predecessor) w
	cross join lateral calc.apportion(total, w.keys, w.weights) a
	join app.unit_succession s on s.predecessor_id = predecessor and s.successor_id = a.key
	where w.keys is not null
	union all
	select s.successor_id, s.on_day, total, false from app.unit_succession s
	where s.predecessor_id = predecessor and s.part = 'full' and not exists (select from app.split_share x where x.predecessor_id = predecessor)
$$;

-- What of a figure arrives at the last unit of a path, each hop taking its part; null where a hop takes none.
create function calc.handed_along(total bigint, path integer[]) returns bigint language plpgsql stable as $$
begin
	for hop in 2 .. array_length(path, 1) loop
		total := (select h.part from calc.handed_on(path[hop - 1], total) h where h.successor_id = path[hop]);
	end loop;
	return total;
end $$;

-- From whom figures come: whole predecessors, and parted ones that have a share for this successor.
create view calc.figure_succession with (security_invoker) as
	select s.predecessor_id, s.successor_id, s.on_day, x.weight is not null as parted
	from app.unit_succession s left join app.split_share x on x.predecessor_id = s.predecessor_id and x.successor_id = s.successor_id
	where x.weight is not null or (s.part = 'full' and not exists (select from app.split_share o where o.predecessor_id = s.predecessor_id));

-- Whether a leaf stood in a unit that was parted, and another stands in one of its parts: its women without a branch are assigned.
create function calc.parted_into(leaf integer, target integer, on_day date) returns boolean language sql stable as $$
	select exists (select from app.unit_home h join app.unit_succession x on x.predecessor_id = h.commune_id and x.part = 'partial'
			and upper(h.during) = x.on_day and x.on_day <= on_day
		join app.unit_home t on t.commune_id = x.successor_id and t.leaf_id = target and t.during @> on_day
		where h.leaf_id = leaf)
$$;
