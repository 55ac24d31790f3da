-- Rights over the rounds of support. Whoever reads a province's support reads its rounds; a commune reads what concerns itself.

-- The province a province is today: itself, or the one it went into (R38).
create function calc.province_now(province integer) returns integer language sql stable security definer set search_path = pg_catalog as $$
	select coalesce((select x.successor_id from app.unit_succession x where x.predecessor_id = province and x.on_day <= calc.today()
		and not exists (select from app.unit_spell s where s.unit_id = province and s.during @> calc.today()) order by x.on_day desc limit 1), province)
$$;

create function calc.reads_round(round uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.support_round r where r.id = round and calc.may_at('support.read', r.province_id))
$$;

-- Writes while a step is open: what a closed step holds stands as it was closed.
create function calc.writes_round(round uuid, of_step integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.support_round r where r.id = round and calc.may_at('support.write', r.province_id))
		and not exists (select from app.support_closing c where c.round_id = round and c.step = of_step)
$$;

-- Whether she writes an activity: asked of the owner, since the activity's own policy asks for its communes.
create function calc.writes_activity(activity uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.support_activity a where a.id = activity and calc.writes_round(a.round_id, 3))
$$;

-- The cluster evaluates (annex 1, step 4): of the province today, or the centre; where a province stands in no cluster, itself.
create function calc.evaluates_round(round uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select calc.sees_all('support.write') or exists (select from app.support_round r
		left join app.cluster_province c on c.province_id = calc.province_now(r.province_id) and c.during @> calc.today()
		where r.id = round and calc.may_at('support.write', coalesce(c.cluster_id, calc.province_now(r.province_id))))
$$;

-- Where what a unit raises goes: one level up; from a province or a cluster to the centre.
create function calc.issue_channel(unit integer) returns integer language sql stable security definer set search_path = pg_catalog as $$
	select case when u.kind in ('province', 'cluster') then (select k.id from app.unit k where k.kind = 'centre')
		when u.kind in ('commune', 'district') then (select s.parent_id from app.unit_spell s where s.unit_id = u.id and s.during @> calc.today()) end
	from app.unit u where u.id = unit
$$;

-- Whether a person still is where she can help: her account is in use and reaches the unit from it or above.
create function calc.still_reaches(account uuid, unit integer) returns boolean language sql stable security definer set search_path = pg_catalog as $$
	select exists (select from app.account a join app.account_role r on r.account_id = a.id
		join app.role_verb v on v.role = r.role and v.verb = 'support.write'
		join app.unit_scope s on s.ancestor_id = r.unit_id and s.unit_id = unit and (v.below or s.own)
		where a.id = account and a.disabled_at is null
			and (select true from app.unit_spell p where p.unit_id = r.unit_id and p.during @> calc.today()))
$$;
