-- A headcount holds from its day until the next of the same unit and component, or the end of its unit; then the whole
-- successor carries it until it reports a figure of its own (R4: the rate must not fall unexplained). A successor that was
-- there before keeps its own figure beside what it takes over: that figure did not know of the others. What a parted unit had is
-- parted by its shares (calc.handed_on), so that nothing is lost and nothing counted twice.

-- The units whose figures can reach the given ones or be reached from them, through successions.
create function calc.headcount_family(units integer[]) returns setof integer language sql stable security definer set search_path = pg_catalog as $$
	with recursive family(unit_id) as (
		select u from unnest(units) u
		union
		select case when s.predecessor_id = f.unit_id then s.successor_id else s.predecessor_id end
		from family f join app.unit_succession s on f.unit_id in (s.predecessor_id, s.successor_id)
	)
	select unit_id from family
$$;

-- How much imports took off the unlisted figure of an origin as it arrives at one of its successors on a day: the women they named whom
-- the origin never counted by name, because their branch or commune stands nowhere before (R49).
create function calc.taken_on_arrival(origin integer, place integer, arrival date) returns bigint language sql stable as $$
	select coalesce(sum(w.lowered), 0) from app.unlisted_lowering w
	where w.unit_id = place and w.origin_id = origin and w.on_day = arrival and w.undone_at is null and origin <> place
$$;

-- The life of a unit is looked up unit by unit (calc.unit_life would group every spell of the country for each figure).
-- The periods in which figures reported by these units hold, there and in their successors; of all units when null.
create function calc.headcount_segments(origins integer[])
returns table (headcount_id uuid, unit_id integer, component text, during daterange, count integer, overlap integer)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive held(headcount_id, origin_id, unit_id, component, from_day, to_day, life_end, count, overlap) as (
		select h.id, h.unit_id, h.unit_id, h.component, greatest(h.on_day, lower(l.during)),
			least(upper(l.during), (select min(n.on_day) from app.headcount n where n.superseded_at is null
				and n.unit_id = h.unit_id and n.component = h.component and n.on_day > h.on_day)),
			upper(l.during), h.count, h.overlap
		-- Unit by unit along the index: "origins is null or …" would read every headcount there is at each one that is entered.
		from (select distinct o from unnest(coalesce(origins, array(select a.unit_id from app.headcount a where a.superseded_at is null))) o) origin
		join app.headcount h on h.unit_id = origin.o
		cross join lateral (select daterange(min(lower(x.during)), case when bool_or(upper_inf(x.during)) then null else max(upper(x.during)) end) as during
			from app.unit_spell x where x.unit_id = h.unit_id) l
		where h.superseded_at is null and (upper_inf(l.during) or h.on_day < upper(l.during))
		union all
		select c.headcount_id, c.origin_id, s.successor_id, c.component, s.on_day,
			least(upper(l.during), (select min(n.on_day) from app.headcount n where n.superseded_at is null
				and n.unit_id = s.successor_id and n.component = c.component and n.on_day >= s.on_day)),
			upper(l.during), k.count, least(o.part, k.count)::integer
		-- The two parts are parted apart, so that no overlap is ever more than its figure.
		from held c join lateral calc.handed_on(c.unit_id, c.count - c.overlap) s on c.to_day = c.life_end
		join lateral calc.handed_on(c.unit_id, c.overlap) o on o.successor_id = s.successor_id
		cross join lateral (select greatest(0, s.part + o.part - case when c.component = 'unlisted'
			then calc.taken_on_arrival(c.origin_id, s.successor_id, s.on_day) else 0 end)::integer as count) k
		cross join lateral (select daterange(min(lower(x.during)), case when bool_or(upper_inf(x.during)) then null else max(upper(x.during)) end) as during
			from app.unit_spell x where x.unit_id = s.successor_id) l
	)
	select headcount_id, unit_id, component, daterange(from_day, to_day), count, overlap
	from held where from_day < coalesce(to_day, 'infinity'::date)
$$;

create function calc.component_number(component text) returns smallint language sql immutable parallel safe as $$
	select array_position(array['roster', 'unlisted', 'trade_union', 'armed_forces', 'member_organisation', 'upper_club', 'overlap'], component)::smallint
$$;

-- The ledger entries of headcounts; the overlap is a component of its own, subtracted when parts are summed.
create function calc.headcount_entries(origins integer[]) returns table (unit_id integer, component smallint, day date, delta integer)
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
	with held as materialized (select * from calc.headcount_segments(origins)),
	segment as (
		select unit_id, calc.component_number(component) as component, during, count as v from held where count <> 0
		union all
		select unit_id, 7::smallint, during, overlap from held where overlap <> 0
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

-- What the units of these families contribute to the ledger now, as {unit, component, day, delta} rows.
create function calc.headcount_state(units integer[]) returns jsonb language sql security definer set search_path = pg_catalog as $$
	select coalesce(jsonb_agg(jsonb_build_array(unit_id, component, day, delta)), '[]')
	from calc.headcount_entries((select array_agg(f) from calc.headcount_family(units) f))
$$;

-- Posts what changed since `before` (calc.headcount_state): only where the two differ is the ledger touched.
create function calc.post_headcount_change(units integer[], before jsonb) returns void language sql security definer set search_path = pg_catalog as $$
	select calc.post_entries(array_agg(unit_id), array_agg(component), array_agg(day), array_agg(total))
	from (
		select unit_id, component, day, sum(delta)::integer as total from (
			select unit_id, component, day, delta
			from calc.headcount_entries((select array_agg(f) from calc.headcount_family(units) f))
			union all
			select (b ->> 0)::integer, (b ->> 1)::smallint, (b ->> 2)::date, -(b ->> 3)::integer from jsonb_array_elements(before) b
		) e group by unit_id, component, day having sum(delta) <> 0
	) changed
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

-- What of a figure arrives at the last unit of a path, each hop taking its part, and imports what they named of it on the way.
create function calc.figure_along(component text, total integer, declared integer, path integer[], out count integer, out overlap integer)
language plpgsql stable as $$
declare
	net bigint := total - declared;
	shared bigint := declared;
	arrival date;
begin
	for hop in 2 .. array_length(path, 1) loop
		select h.part, h.on_day into net, arrival from calc.handed_on(path[hop - 1], net) h where h.successor_id = path[hop];
		shared := (select h.part from calc.handed_on(path[hop - 1], shared) h where h.successor_id = path[hop]);
		if component = 'unlisted' then
			net := greatest(0, net + shared - calc.taken_on_arrival(path[1], path[hop], arrival));
			shared := least(shared, net);
			net := net - shared;
		end if;
	end loop;
	count := net + shared;
	overlap := shared;
end $$;

-- The figures in force on a day at the given units, looked up from the rows alone and not through segments, so that it can
-- check them: the unit's own last one, and through whole successions those of predecessors until it has reported since.
-- Runs as whoever asks: a person finds the rows that the policies show her.
create function calc.headcounts_in_force(units integer[], on_day date)
returns table (unit_id integer, headcount_id uuid, origin_id integer, component text, since date, count integer, overlap integer, source text, document text, carried boolean)
language sql stable as $$
	with recursive look(unit_id, component, at_day, path) as (
		select u, c, on_day, array[u]
		from unnest(units) u cross join unnest(array['unlisted', 'trade_union', 'armed_forces', 'member_organisation', 'upper_club']) c
		where exists (select from app.unit_spell x where x.unit_id = u and x.during @> on_day)
		union all
		select l.unit_id, l.component, s.on_day - 1, s.predecessor_id || l.path
		from look l join calc.figure_succession s on s.successor_id = l.path[1] and s.on_day <= l.at_day
		where not exists (select from app.headcount n where n.superseded_at is null
			and n.unit_id = l.path[1] and n.component = l.component and n.on_day between s.on_day and l.at_day)
	)
	select l.unit_id, h.id, l.path[1], l.component, h.on_day, a.count, a.overlap, h.source, h.document, array_length(l.path, 1) > 1
	from look l cross join lateral (
		select x.id, x.on_day, x.count, x.overlap, x.source, x.document from app.headcount x
		where x.superseded_at is null and x.unit_id = l.path[1] and x.component = l.component and x.on_day <= l.at_day
		order by x.on_day desc limit 1
	) h cross join lateral calc.figure_along(l.component, h.count, h.overlap, l.path) a
$$;

-- Whether the acting account holds the verb at a level above the unit's own (R49: approval of the level above).
create function calc.acts_from_above(verb text, unit integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from calc.my_grants(verb) g join app.unit_scope s on s.ancestor_id = g.unit_id
		where s.unit_id = unit and not s.own and not calc.held_back(g.unit_id, unit))
$$;

-- The unlisted figures that names of a roster of this unit can be part of, where the one acting may lower them: of the unit itself, of those
-- it followed and of those that followed it, as reported (place and origin the same) and as they arrived at successors, from `since`.
create function calc.unlisted_figures(unit integer)
returns table (origin_id integer, on_day date, place_id integer, since date, during daterange, count integer, overlap integer, source text, document text)
language sql stable as $$
	with recursive back(u) as (
		select unit union select s.predecessor_id from back b join app.unit_succession s on s.successor_id = b.u
	),
	forth(u) as (
		select unit union select s.successor_id from forth f join app.unit_succession s on s.predecessor_id = f.u
	),
	line as materialized (select u from (select u from back union select u from forth) x where calc.may_at('headcounts.write', x.u))
	select h.unit_id, h.on_day, g.unit_id, lower(g.during), g.during, g.count, g.overlap, h.source, h.document
	from calc.headcount_segments((select array_agg(u) from line)) g join app.headcount h on h.id = g.headcount_id
	where g.component = 'unlisted' and g.unit_id in (select u from line)
$$;

create function calc.require_import(wanted_import uuid) returns void language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	if not exists (select from app.import i where i.id = wanted_import and calc.may_at('members.write', i.unit_id)) then
		raise exception 'not her import' using errcode = 'insufficient_privilege';
	end if;
end $$;

-- Of the women an import added (or of these spells of it), how many count by name in units on days: each of them was in what the unit
-- reported for its day.
create function calc.unlisted_named(wanted_import uuid, units integer[], days date[], spells uuid[])
returns table (unit_id integer, on_day date, women integer) language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	perform calc.require_import(wanted_import);
	return query
	select f.unit, f.day, count(*)::integer
	from (select distinct x.unit, x.day from unnest(units, days) x(unit, day)) f
	join app.unit_home h on h.commune_id = f.unit and coalesce(lower(h.during) <= f.day, true) and coalesce(upper(h.during) > f.day, true)
	join app.spell s on s.leaf_id = h.leaf_id and s.import_id = wanted_import and s.counts @> f.day
	where spells is null or s.id = any(spells)
	group by f.unit, f.day;
end $$;

-- Those whose branch or commune stands nowhere on a figure's day, and afterwards first at a place that carries the figure: they count by
-- name only from then on. Grouped by which of the figures (from 1, in the order given) they were members on the day of.
create function calc.unlisted_homeless(wanted_import uuid, places integer[], arrivals date[], days date[], spells uuid[])
returns table (figures integer[], women integer) language plpgsql stable security definer set search_path = pg_catalog as $$
begin
	perform calc.require_import(wanted_import);
	return query
	select x.met, count(*)::integer from (
		select s.id, array_agg(i.i order by i.i) as met
		from unnest(places, arrivals, days) with ordinality f(place, arrival, day, n) cross join lateral (select f.n::integer as i) i
		join app.unit_home h on h.commune_id = f.place and lower(h.during) > f.day and lower(h.during) >= f.arrival
			and not exists (select from app.unit_home o where o.leaf_id = h.leaf_id and o.during < h.during and coalesce(upper(o.during) > f.day, true))
		join app.spell s on s.leaf_id = h.leaf_id and s.import_id = wanted_import and s.counts @> f.day
		where spells is null or s.id = any(spells)
		group by s.id
	) x group by x.met;
end $$;
