-- The official denominator of every commune and Chưa phân, day by day, from the official source of each term (R5). A place
-- that has no figure of its own carries the sum of its whole predecessors, each its own or again carried; where one of them
-- has none, it has none (R1: a commune without denominator says so). The first term's figures are read for earlier days, too (R47).
create function calc.expected_denominators() returns table (unit_id integer, during daterange, women18 integer, how text)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive term as (
		select t.id, case when lower(t.during) = (select min(lower(during)) from app.term)
			then daterange(null, upper(t.during)) else t.during end as during
		from app.term t
	),
	own as materialized (
		select o.term_id, p.unit_id, p.women18
		from app.population_source o join app.population p on p.source_id = o.id and p.superseded_at is null
		where o.official
	),
	-- Figures go on to places that have none of their own: whole, or parted by the shares kept of a parted unit.
	flow(term_id, unit_id, women18, estimated, carried) as (
		select o.term_id, o.unit_id, o.women18::bigint, false, false from own o
		union all
		select f.term_id, n.successor_id, n.part, f.estimated or n.estimated, true
		from flow f cross join lateral calc.handed_on(f.unit_id, f.women18) n
		join app.unit u on u.id = n.successor_id and u.kind in ('commune', 'unassigned')
		where not exists (select from own o where o.term_id = f.term_id and o.unit_id = n.successor_id)
	),
	-- Places that one of whose predecessors has no figure: they have none either.
	lacking(term_id, unit_id) as (
		select t.id, u.id from term t cross join app.unit u
		where u.kind in ('commune', 'unassigned') and exists (select from own o where o.term_id = t.id)
			and not exists (select from own o where o.term_id = t.id and o.unit_id = u.id)
			and not exists (select from calc.figure_succession s where s.successor_id = u.id)
		union
		select l.term_id, s.successor_id from lacking l join calc.figure_succession s on s.predecessor_id = l.unit_id
		where not exists (select from own o where o.term_id = l.term_id and o.unit_id = s.successor_id)
	),
	carried as (
		select f.term_id, f.unit_id, sum(f.women18) as women18, case when bool_or(f.estimated) then 'apportioned' else 'carried' end as how
		from flow f where f.carried and not exists (select from lacking l where l.term_id = f.term_id and l.unit_id = f.unit_id)
		group by f.term_id, f.unit_id having sum(f.women18) > 0
	)
	select x.unit_id, t.during * l.during, x.women18, x.how
	from (select term_id, unit_id, women18, 'recorded' as how from own
		union all select term_id, unit_id, women18::integer, how from carried) x
	join term t on t.id = x.term_id join calc.unit_life l on l.unit_id = x.unit_id
	join app.unit u on u.id = x.unit_id and u.kind in ('commune', 'unassigned')
	where not isempty(t.during * l.during)
$$;

-- Brings the derived table up to the rows: only what changed is written. Two at once wait for each other.
create function calc.refresh_denominators() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	perform pg_advisory_xact_lock(7404);
	create temp table if not exists expected_denominator (unit_id integer, during daterange, women18 integer, how text) on commit drop;
	delete from pg_temp.expected_denominator;
	insert into pg_temp.expected_denominator select * from calc.expected_denominators();
	delete from app.denominator d where not exists (select from pg_temp.expected_denominator e
		where e.unit_id = d.unit_id and e.during = d.during and e.women18 = d.women18 and e.how = d.how);
	insert into app.denominator (unit_id, during, women18, how)
		select e.* from pg_temp.expected_denominator e where not exists (select from app.denominator d
			where e.unit_id = d.unit_id and e.during = d.during and e.women18 = d.women18 and e.how = d.how);
end $$;

-- The places whose recorded figures a place's denominator is made of, in the term of a day, with those still missing (null).
create function calc.denominator_origins(place integer, on_day date)
returns table (unit_id integer, women18 integer, document text, source text)
language sql stable security definer set search_path = pg_catalog as $$
	with recursive official as (
		select o.id, o.name from app.population_source o
		where o.official and o.term_id = (select t.id from app.term t
			order by t.during @> on_day desc, lower(t.during) > on_day desc, lower(t.during) limit 1)
	),
	own as (
		select p.unit_id, p.women18, p.document, f.name from official f
		join app.population p on p.source_id = f.id and p.superseded_at is null
	),
	back(path) as (
		select array[place]
		union all
		select s.predecessor_id || b.path from back b join calc.figure_succession s on s.successor_id = b.path[1]
		where not exists (select from own o where o.unit_id = b.path[1])
	)
	select b.path[1], calc.handed_along(o.women18, b.path)::integer, coalesce(o.document, ''), o.name
	from back b left join own o on o.unit_id = b.path[1]
	where o.unit_id is not null or not exists (select from calc.figure_succession s where s.successor_id = b.path[1])
$$;
