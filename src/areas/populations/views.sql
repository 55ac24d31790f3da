-- The official denominator of every commune and Chưa phân, day by day, from the official source of each term (R5). A place
-- that has no figure of its own carries the sum of its whole predecessors; where one of them has none, it has none (R1:
-- a commune without denominator says so).

create function calc.refresh_denominators() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
	delete from app.denominator;
	insert into app.denominator (unit_id, during, women18, how)
		with recursive term as (
			select t.id, case when lower(t.during) = (select min(lower(during)) from app.term)
				then daterange(null, upper(t.during)) else t.during end as during
			from app.term t
		),
		-- depth 0: places without predecessors; predecessors are settled before their successors.
		settled(unit_id, depth) as (
			select u.id, 0 from app.unit u where u.kind in ('commune', 'unassigned')
			union
			select s.successor_id, d.depth + 1 from settled d join app.unit_succession s on s.predecessor_id = d.unit_id and s.part = 'full'
			where d.depth < 12
		),
		place as (select unit_id, max(depth) as depth from settled group by unit_id),
		own as (
			select t.id as term_id, p.unit_id, p.women18
			from term t join app.population_source o on o.term_id = t.id and o.official
			join app.population p on p.source_id = o.id and p.superseded_at is null
		),
		carried as (
			select t.id as term_id, l.unit_id, c.women18
			from term t cross join place l cross join lateral (
				select case when count(*) = count(r.women18) then sum(r.women18) end as women18
				from calc.roots_of(l.unit_id) r0(unit_id, root_id) left join own r on r.unit_id = r0.root_id and r.term_id = t.id
			) c
			where l.depth > 0 and c.women18 is not null
				and not exists (select from own x where x.unit_id = l.unit_id and x.term_id = t.id)
		)
		select x.unit_id, t.during * l.during, x.women18, x.how
		from (select term_id, unit_id, women18, 'recorded' as how from own
			union all select term_id, unit_id, women18::integer, 'carried' from carried) x
		join term t on t.id = x.term_id join calc.unit_life l on l.unit_id = x.unit_id
		join app.unit u on u.id = x.unit_id and u.kind in ('commune', 'unassigned')
		where not isempty(t.during * l.during);
end $$;

-- The units whose figures a place carries: back through whole successions to those without predecessors.
create function calc.roots_of(unit integer) returns table (unit_id integer, root_id integer) language sql stable security definer set search_path = pg_catalog as $$
	with recursive back(at) as (
		select unit
		union
		select s.predecessor_id from back b join app.unit_succession s on s.successor_id = b.at and s.part = 'full'
	)
	select unit, at from back b where at <> unit
		and not exists (select from app.unit_succession s where s.successor_id = b.at and s.part = 'full')
$$;
