-- The reforms the registry of units has lived through, as objects.

-- Writes the reforms of the built-in registry down as applied reorganisations, once each: that of the day the new set begins, with who
-- followed whom, and one for each later day on which built-in units got another name or title. Answers how many it wrote. What a
-- correcting reorganisation has replaced since is read from what that one found.
create function calc.record_builtin(system_account uuid) returns integer language plpgsql set search_path = pg_catalog as $$
declare
	reform date := (select min(lower(s.during)) from app.unit_spell s join app.unit u on u.id = s.unit_id where u.builtin_key like 'new:%');
	changed date;
	wanted uuid;
	n integer := 0;
begin
	if reform is null then return 0; end if;
	for changed in select distinct lower(s.during) from app.unit_spell s join app.unit u on u.id = s.unit_id
		where u.builtin_key like 'new:%' and not exists (select from app.reorganisation r where r.builtin = 'registry:' || lower(s.during))
			-- What people applied that day is theirs.
			and not exists (select from app.reorganisation r where r.on_day = lower(s.during) and r.builtin is null and r.decree = s.decree)
		order by 1 loop
		wanted := ('00000000-0000-7000-8000-0000' || to_char(changed, 'YYYYMMDD'))::uuid;
		insert into app.reorganisation (id, unit_id, title, decree, on_day, state, drafted_by, decided_by, decided_at, applied_at, settled_at, builtin)
			select wanted, c.id, case changed when reform then 'Sắp xếp đơn vị hành chính cả nước, không còn cấp huyện'
					else 'Thành lập thành phố' || case when exists (select from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'commune'
					and u.builtin_key like 'new:%' where lower(s.during) = changed) then ', phường' else '' end || ' ngày ' || to_char(changed, 'DD/MM/YYYY') end,
				(select string_agg(distinct s.decree, '; ') from app.unit_spell s join app.unit u on u.id = s.unit_id and u.builtin_key like 'new:%'
					where lower(s.during) = changed),
				changed, 'applied', system_account, system_account, changed, changed, changed, 'registry:' || changed
			from app.unit c where c.kind = 'centre';
		if changed = reform then perform calc.record_reform(wanted, reform); else perform calc.record_renaming(wanted, changed); end if;
		n := n + 1;
	end loop;
	return n;
end $$;

create function calc.record_reform(wanted uuid, reform date) returns void language sql set search_path = pg_catalog as $$
	insert into app.reorganisation_change (reorganisation_id, position, kind, unit_id, key, successor_id, part, unit_kind, code, name, title, search_key, parent_id)
	select wanted, row_number() over (order by n, code, unit_id) - 1, kind, unit_id, key, successor_id, part, unit_kind, code, name, title, search_key, parent_id
	from (
		select case u.kind when 'province' then 1 else 2 end as n, 'create' as kind, u.id as unit_id, u.builtin_key as key, null::integer as successor_id, null as part,
			u.kind as unit_kind, s.code, s.name, s.title, s.search_key, s.parent_id
		from app.unit u join app.unit_spell s on s.unit_id = u.id and lower(s.during) = reform
		where u.builtin_key like 'new:%' and u.kind in ('province', 'commune')
		union all
		select case u.kind when 'province' then 3 when 'commune' then 4 else 5 end, 'succeed', u.id, null, x.successor_id, 'full', null,
			(select s.code from app.unit_spell s where s.unit_id = u.id order by s.during limit 1), null, null, null, null
		from (select predecessor_id, successor_id from app.unit_succession where on_day = reform and reorganisation_id is null
			union select (b.row ->> 'predecessor_id')::integer, (b.row ->> 'successor_id')::integer from app.reorganisation_before b
				where b.what = 'succession' and b.row ->> 'reorganisation_id' is null and (b.row ->> 'on_day')::date = reform) x
		join app.unit u on u.id = x.predecessor_id and u.builtin_key is not null
		union all
		select 6, 'end', u.id, null, null, null, null, s.code, null, null, null, null
		from app.unit u join app.unit_spell s on s.unit_id = u.id and upper(s.during) = reform
		where u.kind = 'district' and u.builtin_key is not null and not exists (select from app.unit_succession x where x.predecessor_id = u.id)
	) c
$$;

-- With what stood before and after, so that it can be taken back like any other.
create function calc.record_renaming(wanted uuid, changed date) returns void language sql set search_path = pg_catalog as $$
	with renamed as (
		select s.* from app.unit_spell s join app.unit u on u.id = s.unit_id and u.builtin_key like 'new:%' where lower(s.during) = changed
	),
	listed as (
		insert into app.reorganisation_change (reorganisation_id, position, kind, unit_id, code, name, title, search_key)
			select wanted, row_number() over (order by s.code) - 1, 'change', s.unit_id, null, s.name, s.title, s.search_key from renamed s
	)
	insert into app.reorganisation_before (reorganisation_id, what, row)
		select wanted, 'touched', to_jsonb(r.unit_id) from renamed r
		union all
		select wanted, 'after', to_jsonb(s) from app.unit_spell s where s.unit_id in (select unit_id from renamed)
		union all
		select wanted, 'spell', case when upper(s.during) = changed
				then to_jsonb(s) || jsonb_build_object('during', daterange(lower(s.during), (select upper(r.during) from renamed r where r.unit_id = s.unit_id)))
				else to_jsonb(s) end
		from app.unit_spell s where s.unit_id in (select unit_id from renamed) and lower(s.during) <> changed
$$;
