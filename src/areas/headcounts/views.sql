-- A headcount holds from its day until the next of the same unit and component, or the end of its unit; then the whole
-- successor carries it until it reports a figure of its own (R4: the rate must not fall unexplained).

-- The units whose figures can reach the given ones or be reached from them, through whole successions.
create function calc.headcount_family(units integer[]) returns setof integer language sql stable security definer set search_path = pg_catalog as $$
	with recursive family(unit_id) as (
		select u from unnest(units) u
		union
		select case when s.predecessor_id = f.unit_id then s.successor_id else s.predecessor_id end
		from family f join app.unit_succession s on s.part = 'full' and f.unit_id in (s.predecessor_id, s.successor_id)
	)
	select unit_id from family
$$;

-- The periods in which figures reported by these units hold, there and in their successors; of all units when null.
create function calc.headcount_segments(origins integer[])
returns table (headcount_id uuid, unit_id integer, component text, during daterange, count integer, overlap integer)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive held(headcount_id, unit_id, component, from_day, to_day, life_end, count, overlap) as (
		select h.id, h.unit_id, h.component, greatest(h.on_day, lower(l.during)),
			least(upper(l.during), (select min(n.on_day) from app.headcount n where n.superseded_at is null
				and n.unit_id = h.unit_id and n.component = h.component and n.on_day > h.on_day)),
			upper(l.during), h.count, h.overlap
		from app.headcount h join calc.unit_life l on l.unit_id = h.unit_id
		where h.superseded_at is null and (origins is null or h.unit_id = any(origins)) and (upper_inf(l.during) or h.on_day < upper(l.during))
		union all
		select c.headcount_id, s.successor_id, c.component, s.on_day,
			least(upper(l.during), (select min(greatest(n.on_day, s.on_day)) from app.headcount n where n.superseded_at is null
				and n.unit_id = s.successor_id and n.component = c.component)),
			upper(l.during), c.count, c.overlap
		from held c join app.unit_succession s on s.predecessor_id = c.unit_id and s.part = 'full' and c.to_day = c.life_end
		join calc.unit_life l on l.unit_id = s.successor_id
	)
	select headcount_id, unit_id, component, daterange(from_day, to_day), count, overlap
	from held where from_day < coalesce(to_day, 'infinity'::date)
$$;

create function calc.component_number(component text) returns smallint language sql immutable parallel safe as $$
	select array_position(array['roster', 'unlisted', 'trade_union', 'armed_forces', 'member_organisation', 'upper_club', 'overlap'], component)::smallint
$$;

-- The ledger entries of headcounts; the overlap is a component of its own, subtracted when parts are summed.
create function calc.headcount_entries(origins integer[]) returns table (unit_id integer, component smallint, day date, delta integer)
language sql stable security definer set search_path = pg_catalog as $$
	with segment as (
		select unit_id, calc.component_number(component) as component, during, count as v from calc.headcount_segments(origins) where count <> 0
		union all
		select unit_id, 7::smallint, during, overlap from calc.headcount_segments(origins) where overlap <> 0
	)
	select unit_id, component, lower(during), v from segment
	union all
	select unit_id, component, upper(during), -v from segment where not upper_inf(during)
$$;

create function calc.post_headcounts(origins integer[], sign integer) returns void language sql security definer set search_path = pg_catalog as $$
	select calc.post_entries(array_agg(unit_id), array_agg(component), array_agg(day), array_agg(total))
	from (select unit_id, component, day, (sum(delta) * sign)::integer as total from calc.headcount_entries(origins)
		group by unit_id, component, day having sum(delta) <> 0) e
$$;
