-- What the calculator, the search for similar communes and the effect of solutions read (R17, R24): aggregates alone, never a woman.

-- How many memberships began and ended to count at a unit in some days, without what a reorganisation moved: its own history of comings
-- and leavings. Empty where gathering.read does not reach it.
create function calc.turnover(unit integer, from_day date, until_day date) returns table (gained bigint, lost bigint)
language sql stable security definer set search_path = pg_catalog as $$
	select count(*) filter (where m.kind in (1, 2, 4)), count(*) filter (where m.kind in (-1, -2, -3, -5))
	from calc.moves_reported(array[unit], from_day, until_day) m where (select calc.may_at('gathering.read', unit))
$$;

-- Of which unit a text tells; the one who writes a new version of it must hold that unit.
create function calc.experience_of(wanted uuid) returns integer language sql stable security definer set search_path = pg_catalog as $$
	select e.unit_id from app.experience e where e.id = wanted
$$;

-- Works the traits of all communes out anew; answers how many. Each part reads only the rows that say something: temporary residences, women who
-- are away, people whose people is known.
create function calc.refresh_commune_traits() returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare
	today constant date := calc.today();
	done integer;
begin
	if not calc.may('system.operate') then
		raise exception 'not for her' using errcode = 'insufficient_privilege';
	end if;
	perform calc.open_ledger_for(today);
	delete from app.commune_trait;
	with home as materialized (select h.leaf_id, h.commune_id, u.kind from app.unit_home h join app.unit u on u.id = h.leaf_id where h.during @> today),
	branch as (select h.commune_id, count(*) filter (where h.kind = 'branch') as n from home h group by h.commune_id),
	living as (
		select h.commune_id, count(*) as n from app.residence r join app.spell s on s.id = r.spell_id and s.counts @> today
		join home h on h.leaf_id = s.leaf_id where r.kind = 'temporary' and r.until is null group by h.commune_id
	),
	gone as (
		select h.commune_id, count(distinct s.id) as n from app.away a join app.spell s on s.id = a.spell_id and s.counts @> today
		join home h on h.leaf_id = s.leaf_id where a.since <= today and (a.until is null or a.until > today) group by h.commune_id
	),
	people as (
		select h.commune_id, count(*) as known, count(*) filter (where x.ethnicity !~* 'kinh') as minority
		from app.person_sensitive x join app.spell s on s.person_id = x.person_id and s.counts @> today
		join home h on h.leaf_id = s.leaf_id where x.ethnicity <> '' group by h.commune_id
	)
	insert into app.commune_trait (unit_id, on_day, branches, roster, temporary, away, minority, peoples_known)
		select b.unit_id, today, coalesce(n.n, 0), b.roster, coalesce(l.n, 0), coalesce(g.n, 0), coalesce(p.minority, 0), coalesce(p.known, 0)
		from calc.gathering_base(today, null) b left join branch n on n.commune_id = b.unit_id left join living l on l.commune_id = b.unit_id
		left join gone g on g.commune_id = b.unit_id left join people p on p.commune_id = b.unit_id
		where b.kind = 'commune';
	get diagnostics done = row_count;
	return done;
end $$;

-- Every commune of a day with what it is compared by, its members before each of some days began (calc.lines_in), what it began against
-- the causes, and which kinds of model it founded, since it stands. Communes the caller does not read and whose chair has not agreed bear neither id, code nor name: what is made of them is
-- told as sums and means (R39). `provinces`: only theirs; null: of the whole country.
create function calc.communes_compared(map_day date, days date[], provinces integer[])
returns table (unit_id integer, code text, name text, province_id integer, province text, province_code text, urban boolean, women18 integer,
	members integer[], unlisted integer[], estimated boolean, reads boolean, branches integer, roster integer, temporary integer, away integer,
	minority integer, peoples_known integer, groups text[], uses jsonb)
language plpgsql volatile security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
	everything boolean := calc.sees_all('support.read');
	mine integer[];
	scope integer[];
begin
	if not calc.may('support.read') then return; end if;
	if not everything then mine := array(select calc.my_units('support.read')); end if;
	perform calc.open_ledger_for((select max(d) from unnest(days) d));
	if provinces is not null then
		scope := array(select t.unit_id from app.territory t where t.kind = 'commune' and t.province_id = any(provinces) and t.since <= map_day and t.until > map_day);
	end if;
	return query
	with line as materialized (select * from calc.lines_in(days, map_day, scope) l where l.kind = 'commune'),
	begun as materialized (
		select b.unit_id, b.kind, min(b.on_day) as on_day
		from (select c.unit_id, s.solution as kind, s.begun_on as on_day from app.support_case c join app.support_solution s on s.case_id = c.id
				where s.begun_on <= map_day and c.result is distinct from 'mistake'
			union all
			select p.place_id, m.kind, m.founded from app.model m join calc.registry_places(map_day, null) p on p.unit_id = m.unit_id where m.founded <= map_day) b
		group by b.unit_id, b.kind
	),
	used as (
		select b.unit_id, jsonb_agg(jsonb_build_object('kind', b.kind, 'begunOn', b.on_day) order by b.on_day, b.kind) as uses
		from begun b join app.territory t on t.unit_id = b.unit_id and t.during @> b.on_day group by b.unit_id
	),
	latest as (select distinct on (c.unit_id) c.unit_id, c.id from app.support_case c where c.result is distinct from 'mistake' order by c.unit_id, c.opened_on desc, c.id),
	hard as (select l.unit_id, array_agg(g."group" order by g."group") as groups from latest l join app.support_group g on g.case_id = l.id group by l.unit_id),
	agreed as (select distinct e.unit_id from app.experience e where e.shared_at is not null and e.withdrawn_at is null and e.superseded_at is null),
	seen as materialized (
		select l.*, everything or l.unit_id = any(mine) as reads, everything or l.unit_id = any(mine) or a.unit_id is not null as named
		from line l left join agreed a on a.unit_id = l.unit_id
	)
	select case when s.named then s.unit_id end, case when s.named then t.code end, case when s.named then t.name end, s.province_id, p.name, p.code,
		t.name ~* '^(phường|thị trấn)', d.women18, s.members, s.unlisted, s.estimated, coalesce(s.reads, false),
		r.branches, r.roster, r.temporary, r.away, r.minority, r.peoples_known, coalesce(h.groups, '{}'), coalesce(u.uses, '[]')
	from seen s join app.territory t on t.unit_id = s.unit_id and t.since <= map_day and t.until > map_day
	join app.territory p on p.unit_id = s.province_id and p.since <= map_day and p.until > map_day
	join app.denominator d on d.unit_id = s.unit_id and d.since <= map_day and d.until > map_day and d.women18 > 0
	left join app.commune_trait r on r.unit_id = s.unit_id and r.on_day = (select max(x.on_day) from app.commune_trait x)
	left join hard h on h.unit_id = s.unit_id
	left join used u on u.unit_id = s.unit_id
	order by t.place;
end $$;
