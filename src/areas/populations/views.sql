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
	-- From each place without a figure back to the nearest figures; a line that ends without one leaves a null.
	back(term_id, unit_id, at) as (
		select t.id, x.successor_id, x.successor_id
		from term t cross join (select distinct successor_id from app.unit_succession where part = 'full') x
		join app.unit u on u.id = x.successor_id and u.kind in ('commune', 'unassigned')
		where not exists (select from own o where o.term_id = t.id and o.unit_id = x.successor_id)
			and exists (select from own o where o.term_id = t.id)
		union
		select b.term_id, b.unit_id, s.predecessor_id
		from back b join app.unit_succession s on s.successor_id = b.at and s.part = 'full'
		where not exists (select from own o where o.term_id = b.term_id and o.unit_id = b.at)
	),
	carried as (
		select b.term_id, b.unit_id, case when count(*) = count(o.women18) then sum(o.women18) end as women18
		from back b left join own o on o.term_id = b.term_id and o.unit_id = b.at
		where o.unit_id is not null
			or not exists (select from app.unit_succession s where s.successor_id = b.at and s.part = 'full')
		group by b.term_id, b.unit_id
	)
	select x.unit_id, t.during * l.during, x.women18, x.how
	from (select term_id, unit_id, women18, 'recorded' as how from own
		union all select term_id, unit_id, women18::integer, 'carried' from carried where women18 is not null) x
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
	back(at) as (
		select place
		union
		select s.predecessor_id from back b join app.unit_succession s on s.successor_id = b.at and s.part = 'full'
		where not exists (select from own o where o.unit_id = b.at)
	)
	select b.at, o.women18, coalesce(o.document, ''), o.name
	from back b left join own o on o.unit_id = b.at
	where o.unit_id is not null or not exists (select from app.unit_succession s where s.successor_id = b.at and s.part = 'full')
$$;
