-- Where the registries of branch life count, and their sums upward (R21, R22, R25, R41, R42). Counted from rows: a commune has tens of them.

-- Where what a unit records counts on a day: a branch, group or commune at its home of that day (so a merger moves nothing), a club or special
-- base at the home of what it hangs under, and what a level above keeps for itself at that level or its successor. A unit that was
-- parted has no place until its rows are given to a part. With a scope only what counts at these units.
create function calc.registry_places(on_day date, scope integer[]) returns table (unit_id integer, place_id integer) language sql stable as $$
	with recursive above(unit_id, at) as (
		select u.id, u.id from app.unit u where u.kind in ('centre', 'province', 'district')
		union
		select a.unit_id, n.id from above a
		join lateral (
			select s.successor_id as id from app.unit_succession s where s.predecessor_id = a.at and s.part = 'full' and s.on_day <= $1
			union all
			-- A district that ended goes with what it stood under.
			select t.parent_id from app.territory t where t.unit_id = a.at and t.kind = 'district' and t.until <= $1 and t.parent_id is not null
				and not exists (select from app.territory l where l.unit_id = t.unit_id and l.until > t.until)
		) n on true
		join app.unit u on u.id = n.id and u.kind in ('centre', 'province', 'district')
	),
	higher(unit_id, place_id) as (
		select a.unit_id, min(a.at) from above a join app.territory t on t.unit_id = a.at and t.since <= $1 and t.until > $1
		where $2 is null or a.at = any($2) group by a.unit_id
	),
	home as materialized (select h.leaf_id, h.commune_id from app.unit_home h where h.during @> $1 and ($2 is null or h.commune_id = any($2)))
	select leaf_id, commune_id from home
	union all
	select h.unit_id, h.place_id from higher h
	union all
	-- Looked up one by one: the planner takes homes for few and would go through all of them for each club.
	select c.unit_id, c.place_id from (
		select s.unit_id, coalesce(
			(select h.commune_id from app.unit_home h where h.leaf_id = s.parent_id and h.during @> $1 and ($2 is null or h.commune_id = any($2))),
			(select p.place_id from higher p where p.unit_id = s.parent_id)) as place_id
		from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> $1
		where u.kind in ('club', 'special_base', 'force', 'department')) c
	where c.place_id is not null
$$;

-- The communes that a commune named earlier is on a day: itself, else all that came from it, parted or not. For what is reached, not summed.
create function calc.reached_on(communes integer[], on_day date) returns table (unit_id integer, commune_id integer) language sql stable as $$
	with recursive walk(unit_id, at) as (
		select c, c from unnest(communes) c
		union
		select w.unit_id, s.successor_id from walk w join app.unit_succession s on s.predecessor_id = w.at and s.on_day <= $2
	)
	select w.unit_id, w.at from walk w join app.territory t on t.unit_id = w.at and t.kind in ('commune', 'unassigned') and t.since <= $2 and t.until > $2
$$;

-- The communes that a running programme reaches on a day. Runs with the asker's rights: she finds what the policies show her.
create function calc.programme_reach(on_day date) returns table (programme_id uuid, commune_id integer, amount bigint) language sql stable as $$
	with named as materialized (select c.programme_id, c.unit_id, c.amount from app.programme_commune c join app.programme p on p.id = c.programme_id
		where c.removed_at is null and p.from_day <= $1 and coalesce(p.until_day, 'infinity'::date) >= $1)
	select n.programme_id, r.commune_id, n.amount from named n
	join calc.reached_on((select array_agg(distinct unit_id) from named), $1) r on r.unit_id = n.unit_id
$$;

-- What the communes, and the levels above for themselves, have in their registries: standing on the day, or of the period that ends with it.
-- Numbers only, for everyone who holds models.read over the unit; whoever they are about stays where it is written.
create function calc.model_counts(from_day date, on_day date, scope integer[])
returns table (unit_id integer, communes integer, with_model integer, models integer, model_members bigint, pairs integer, pairs_succeeded integer,
	branches integer, branches_met_all integer, leaves integer, leaves_behind integer, meetings integer, activities integer, members_present bigint,
	others_present bigint, branches_attended integer, wishes integer, wishes_open integer, fostering integer, introduced integer, admitted integer,
	reached integer, money bigint)
-- Planned for the day and scope it is asked for: with unknown ones the planner expects hardly any home to hold (100 000 branches: 2.2 s).
language sql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan set work_mem = '32MB' as $$
	with place as materialized (select * from calc.registry_places($2, $3)),
	leaf as materialized (select p.unit_id, p.place_id, u.kind from place p join app.unit u on u.id = p.unit_id and u.kind in ('branch', 'group')),
	met as materialized (select distinct m.unit_id from app.meeting m
		where m.kind = 'meeting' and m.removed_at is null and m.on_day > ($2 - interval '3 months')::date and m.on_day <= $2),
	-- Where one of its groups met, the branch met.
	met_or_below as (select unit_id from met union
		select s.parent_id from met join app.unit g on g.id = met.unit_id and g.kind = 'group'
		join app.unit_spell s on s.unit_id = g.id and s.during @> $2),
	behind as (select l.unit_id from leaf l where l.unit_id not in (select unit_id from met_or_below where unit_id is not null)
		and exists (select from app.unit_spell s where s.unit_id = l.unit_id and lower(s.during) <= ($2 - interval '3 months')::date)),
	life as (select p.place_id, count(*) as leaves, count(*) filter (where l.kind = 'branch') as branches, count(b.unit_id) as behind
		from leaf l join place p on p.unit_id = l.unit_id left join behind b on b.unit_id = l.unit_id group by p.place_id),
	model as (select p.place_id, count(*) as models, sum(m.members) as members, count(m.for_group) as for_groups
		from app.model m join place p on p.unit_id = m.unit_id
		where m.founded <= $2 and (m.ended is null or m.ended > $2) group by p.place_id),
	pair as (select p.place_id, count(*) filter (where r.ended is null or r.ended > $2) as running,
			count(*) filter (where r.succeeded and r.ended between $1 and $2) as succeeded
		from app.model_pair r join place p on p.unit_id = r.unit_id where r.started <= $2 group by p.place_id),
	criterion as (select distinct on (c.unit_id, c.criterion) c.unit_id, c.met from app.branch_criterion c
		where c.superseded_at is null and c.on_day <= $2 order by c.unit_id, c.criterion, c.on_day desc),
	whole as (select l.place_id, count(*) as branches from (select c.unit_id from criterion c where c.met group by c.unit_id having count(*) = 6) c
		join leaf l on l.unit_id = c.unit_id and l.kind = 'branch' group by l.place_id),
	held as (select p.place_id, count(*) filter (where m.kind = 'meeting') as meetings, count(*) filter (where m.kind = 'activity') as activities,
			sum(m.members) as members, sum(m.others) as others
		from app.meeting m join place p on p.unit_id = m.unit_id where m.removed_at is null and m.on_day between $1 and $2 group by p.place_id),
	attended as (select l.place_id, count(distinct a.unit_id) as branches from app.branch_attendance a join leaf l on l.unit_id = a.unit_id and l.kind = 'branch'
		where a.removed_at is null and a.attended_on between $1 and $2 group by l.place_id),
	wished as (select p.place_id, count(*) filter (where w.noted_on >= $1) as noted, count(*) filter (where w.answered_on is null or w.answered_on > $2) as open
		from app.wish w join place p on p.unit_id = w.unit_id where w.noted_on <= $2 group by p.place_id),
	party as (select p.place_id, count(*) filter (where (f.ended_on is null or f.ended_on > $2) and (f.admitted_on is null or f.admitted_on > $2)) as fostering,
			count(*) filter (where f.introduced_on between $1 and $2) as introduced, count(*) filter (where f.admitted_on between $1 and $2) as admitted
		from app.party_fostering f join place p on p.unit_id = f.unit_id where f.proposed_on <= $2 group by p.place_id),
	reach as (select r.commune_id as place_id, sum(r.amount) as money from calc.programme_reach($2) r group by r.commune_id)
	select t.unit_id, (t.kind = 'commune')::integer, (t.kind = 'commune' and coalesce(model.for_groups, 0) > 0)::integer,
		coalesce(model.models, 0)::integer, coalesce(model.members, 0), coalesce(pair.running, 0)::integer, coalesce(pair.succeeded, 0)::integer,
		coalesce(life.branches, 0)::integer, coalesce(whole.branches, 0)::integer, coalesce(life.leaves, 0)::integer, coalesce(life.behind, 0)::integer,
		coalesce(held.meetings, 0)::integer, coalesce(held.activities, 0)::integer, coalesce(held.members, 0), coalesce(held.others, 0),
		coalesce(attended.branches, 0)::integer, coalesce(wished.noted, 0)::integer, coalesce(wished.open, 0)::integer,
		coalesce(party.fostering, 0)::integer, coalesce(party.introduced, 0)::integer, coalesce(party.admitted, 0)::integer,
		(t.kind = 'commune' and reach.place_id is not null)::integer, coalesce(reach.money, 0)::bigint
	from app.territory t
	left join life on life.place_id = t.unit_id left join model on model.place_id = t.unit_id left join pair on pair.place_id = t.unit_id
	left join whole on whole.place_id = t.unit_id left join held on held.place_id = t.unit_id left join attended on attended.place_id = t.unit_id
	left join wished on wished.place_id = t.unit_id left join party on party.place_id = t.unit_id left join reach on reach.place_id = t.unit_id
	where t.since <= $2 and t.until > $2 and ($3 is null or t.unit_id = any($3))
		and ((select calc.sees_all('models.read')) or t.unit_id in (select calc.my_units('models.read')))
$$;

-- The branches and groups of a commune (or a branch with its groups) and what each has: its last meeting, the period's, the six criteria, who was there.
create function calc.branch_life(top integer, from_day date, on_day date)
returns table (unit_id integer, kind text, name text, parent_id integer, last_meeting date, behind boolean, meetings integer, activities integer,
	members_present bigint, others_present bigint, criteria_met integer, last_attended date, wishes_open integer)
language sql stable security definer set search_path = pg_catalog as $$
	with wanted(unit_id) as (
		select h.leaf_id from app.unit_home h where h.commune_id = $1 and h.during @> $3
		union select s.unit_id from app.unit_spell s where s.parent_id = $1 and s.during @> $3
		union select $1),
	leaf as materialized (select u.id as unit_id, u.kind, s.name, s.parent_id,
			(select min(lower(x.during)) from app.unit_spell x where x.unit_id = u.id) as founded
		from wanted w join app.unit u on u.id = w.unit_id and u.kind in ('branch', 'group')
		join app.unit_spell s on s.unit_id = u.id and s.during @> $3
		where (select calc.may_at('models.read', $1))),
	last as (select l.unit_id, greatest(
			(select max(m.on_day) from app.meeting m where m.unit_id = l.unit_id and m.kind = 'meeting' and m.removed_at is null and m.on_day <= $3),
			(select max(m.on_day) from leaf g join app.meeting m on m.unit_id = g.unit_id
				where g.kind = 'group' and g.parent_id = l.unit_id and m.kind = 'meeting' and m.removed_at is null and m.on_day <= $3)) as on_day
		from leaf l)
	select l.unit_id, l.kind, l.name, l.parent_id, last.on_day,
		l.founded <= ($3 - interval '3 months')::date and coalesce(last.on_day, '-infinity'::date) <= ($3 - interval '3 months')::date,
		h.meetings::integer, h.activities::integer, coalesce(h.members, 0), coalesce(h.others, 0),
		(select count(*) from (select distinct on (c.criterion) c.met from app.branch_criterion c
			where c.unit_id = l.unit_id and c.superseded_at is null and c.on_day <= $3 order by c.criterion, c.on_day desc) c where c.met)::integer,
		(select max(a.attended_on) from app.branch_attendance a where a.unit_id = l.unit_id and a.removed_at is null and a.attended_on <= $3),
		(select count(*) from app.wish w where w.unit_id = l.unit_id and w.noted_on <= $3 and (w.answered_on is null or w.answered_on > $3))::integer
	from leaf l left join last on last.unit_id = l.unit_id
	cross join lateral (select count(*) filter (where m.kind = 'meeting') as meetings, count(*) filter (where m.kind = 'activity') as activities,
			sum(m.members) as members, sum(m.others) as others
		from app.meeting m where m.unit_id = l.unit_id and m.removed_at is null and m.on_day between $2 and $3) h
$$;

-- How many pairs of "1+1" a unit and all below it have: for everyone who reads models there, though who they are is for those who read members.
create function calc.pair_sums(top integer, on_day date, scope integer[], out running integer, out succeeded integer, out failed integer)
language sql stable security definer set search_path = pg_catalog as $$
	select count(*) filter (where r.ended is null or r.ended > $2)::integer, count(*) filter (where r.succeeded and r.ended <= $2)::integer,
		count(*) filter (where not r.succeeded and r.ended <= $2)::integer
	from app.model_pair r
	where r.started <= $2 and calc.may_at('models.read', $1) and (r.unit_id in (select w.unit_id from calc.with_leaves(array[$1]) w)
		or exists (select from calc.registry_places($2, $3) p join app.unit_scope s on s.unit_id = p.place_id and s.ancestor_id = $1 where p.unit_id = r.unit_id))
$$;
