-- A headcount holds from its day until the next of the same unit and component, or the end of its unit; then the whole
-- successor carries it until it reports a figure of its own (R4: the rate must not fall unexplained). A successor that was
-- there before keeps its own figure beside what it takes over: that figure did not know of the others.

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
			least(upper(l.during), (select min(n.on_day) from app.headcount n where n.superseded_at is null
				and n.unit_id = s.successor_id and n.component = c.component and n.on_day >= s.on_day)),
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

-- Makes writers of one family of units wait for each other: both would else take the same old state out of the ledger.
-- A table of many units takes the whole; its caller sets `everything`.
create function calc.lock_headcounts(units integer[], everything boolean) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	if everything then
		perform pg_advisory_xact_lock(7403, 0);
	else
		perform pg_advisory_xact_lock_shared(7403, 0);
		perform pg_advisory_xact_lock(7403, (select min(f) from calc.headcount_family(units) f));
	end if;
end $$;

-- The figures in force on a day at the given units, looked up from the rows alone and not through segments, so that it can
-- check them: the unit's own last one, and through whole successions those of predecessors until it has reported since.
-- Only units that the verb reaches.
create function calc.headcounts_in_force(units integer[], on_day date, verb text)
returns table (unit_id integer, headcount_id uuid, origin_id integer, component text, since date, count integer, overlap integer, source text, document text, carried boolean)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive reached as (
		select u as unit_id from unnest(units) u
		where calc.sees_all(verb) or u in (select calc.my_units(verb))
	),
	look(unit_id, component, at_unit, at_day) as (
		select r.unit_id, c, r.unit_id, on_day
		from reached r cross join unnest(array['unlisted', 'trade_union', 'armed_forces', 'member_organisation', 'upper_club']) c
		join calc.unit_life l on l.unit_id = r.unit_id and l.during @> on_day
		union all
		select l.unit_id, l.component, s.predecessor_id, s.on_day - 1
		from look l join app.unit_succession s on s.successor_id = l.at_unit and s.part = 'full' and s.on_day <= l.at_day
		where not exists (select from app.headcount n where n.superseded_at is null
			and n.unit_id = l.at_unit and n.component = l.component and n.on_day between s.on_day and l.at_day)
	)
	select l.unit_id, h.id, l.at_unit, l.component, h.on_day, h.count, h.overlap, h.source, h.document, l.at_unit <> l.unit_id
	from look l cross join lateral (
		select x.id, x.on_day, x.count, x.overlap, x.source, x.document from app.headcount x
		where x.superseded_at is null and x.unit_id = l.at_unit and x.component = l.component and x.on_day <= l.at_day
		order by x.on_day desc limit 1
	) h
$$;

-- Whether the acting account holds the verb at a level above the unit's own (R49: approval of the level above).
create function calc.acts_from_above(verb text, unit integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from calc.my_grants(verb) g join app.unit_scope s on s.ancestor_id = g.unit_id
		where s.unit_id = unit and not s.own)
$$;
