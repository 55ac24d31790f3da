-- The official denominator of every commune and Chưa phân, day by day, from the official source of each term (R5). A place
-- carries what its predecessors had, on top of a figure of its own that is from before it took them over; where one of them
-- has none, it has none (R1: a commune without denominator says so). The first term's figures are read for earlier days, too (R47).
create function calc.expected_denominators() returns table (unit_id integer, during daterange, women18 integer, how text)
language sql stable parallel restricted security definer set search_path = pg_catalog as $$
	with recursive term as (
		select t.id, case when lower(t.during) = (select min(lower(during)) from app.term where level = 'centre')
			then daterange(null, upper(t.during)) else t.during end as during
		from app.term t where t.level = 'centre'
	),
	-- Not calc.unit_life, which would group the branches of the whole country twice.
	life as materialized (
		select s.unit_id, daterange(min(lower(s.during)), case when bool_or(upper_inf(s.during)) then null else max(upper(s.during)) end) as during
		from app.unit u join app.unit_spell s on s.unit_id = u.id where u.kind in ('commune', 'unassigned') group by s.unit_id
	),
	own as materialized (
		select o.term_id, p.unit_id, p.women18, greatest(p.as_of, lower(l.during)) as as_of
		from app.population_source o join app.population p on p.source_id = o.id and p.superseded_at is null
		join life l on l.unit_id = p.unit_id
		where o.official
	),
	-- Figures go on, whole or parted by the shares kept of a parted unit, to places that have none of their own or one from before.
	flow(term_id, unit_id, since, women18, estimated, carried) as (
		select o.term_id, o.unit_id, '-infinity'::date, o.women18::bigint, false, false from own o
		union all
		select f.term_id, n.successor_id, n.on_day, n.part, f.estimated or n.estimated, true
		from flow f cross join lateral calc.handed_on(f.unit_id, f.women18) n
		join app.unit u on u.id = n.successor_id and u.kind in ('commune', 'unassigned')
		where not exists (select from own o where o.term_id = f.term_id and o.unit_id = n.successor_id and o.as_of >= n.on_day)
	),
	-- Places without a figure, and those that took one of them over: they have none either.
	lacking(term_id, unit_id, since) as (
		select t.id, u.id, '-infinity'::date from term t cross join app.unit u
		where u.kind in ('commune', 'unassigned') and exists (select from own o where o.term_id = t.id)
			and not exists (select from own o where o.term_id = t.id and o.unit_id = u.id)
			and not exists (select from calc.figure_succession s where s.successor_id = u.id)
		union
		select l.term_id, s.successor_id, s.on_day from lacking l join calc.figure_succession s on s.predecessor_id = l.unit_id
		where not exists (select from own o where o.term_id = l.term_id and o.unit_id = s.successor_id and o.as_of >= s.on_day)
	),
	-- A figure holds until the place takes over another's.
	piece as (
		select term_id, unit_id, since, lead(since) over (partition by term_id, unit_id order by since) as until
		from (select distinct term_id, unit_id, since from (select term_id, unit_id, since from flow union all select term_id, unit_id, since from lacking) x) x
	),
	summed as (
		select p.term_id, p.unit_id, p.since, p.until, sum(f.women18) as women18,
			case when bool_or(f.estimated) then 'apportioned' when bool_or(f.carried) then 'carried' else 'recorded' end as how
		from piece p join flow f on f.term_id = p.term_id and f.unit_id = p.unit_id and f.since <= p.since
		where not exists (select from lacking l where l.term_id = p.term_id and l.unit_id = p.unit_id and l.since <= p.since)
		group by p.term_id, p.unit_id, p.since, p.until
	)
	select x.unit_id, t.during * l.during * daterange(nullif(x.since, '-infinity'), x.until), x.women18::integer, x.how
	from summed x join term t on t.id = x.term_id join life l on l.unit_id = x.unit_id
	where not isempty(t.during * l.during * daterange(nullif(x.since, '-infinity'), x.until))
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
			where t.level = 'centre' order by t.during @> on_day desc, lower(t.during) > on_day desc, lower(t.during) limit 1)
	),
	own as (
		select p.unit_id, p.women18, p.document, f.name, greatest(p.as_of, lower(l.during)) as as_of from official f
		join app.population p on p.source_id = f.id and p.superseded_at is null join calc.unit_life l on l.unit_id = p.unit_id
	),
	back(path) as (
		select array[place]
		union all
		select s.predecessor_id || b.path from back b join calc.figure_succession s on s.successor_id = b.path[1] and s.on_day <= denominator_origins.on_day
		where not exists (select from own o where o.unit_id = b.path[1] and o.as_of >= s.on_day)
	)
	select b.path[1], calc.handed_along(o.women18, b.path)::integer, coalesce(o.document, ''), o.name
	from back b left join own o on o.unit_id = b.path[1]
	where o.unit_id is not null or not exists (select from calc.figure_succession s where s.successor_id = b.path[1])
$$;
