-- Trying a reorganisation out: before and after of every figure, and nothing written.

-- Every commune (and Chưa phân) of the day with what it has, and what was asked of it in net new members in the centre's term: the picture
-- before and after an act.
create function calc.picture_of(on_day date) returns jsonb language sql stable set search_path = pg_catalog as $$
	with asked as materialized (select t.unit_id, t.value, t.estimated
		from calc.targets_on(on_day, 'net_new_members', '', (select x.id from app.term x where x.level = 'centre' and x.during @> on_day), null) t)
	select coalesce(jsonb_object_agg(b.unit_id, jsonb_build_array(b.code, b.name, b.province_id, b.women18,
		b.roster + b.unlisted + b.trade_union + b.armed_forces + b.member_organisation + b.upper_club - b.overlap, a.value, a.estimated)), '{}')
	from calc.gathering_base(on_day, null) b left join asked a on a.unit_id = b.unit_id where b.kind in ('commune', 'unassigned')
$$;

-- What a reorganisation would do to every figure of its day, and which leaves it would leave without a home; nothing is written.
create function calc.try_reorganisation(wanted uuid) returns table (before jsonb, after jsonb, links jsonb, homeless jsonb) language plpgsql security definer set search_path = pg_catalog as $$
declare
	r app.reorganisation;
begin
	select * into r from app.reorganisation x where x.id = wanted;
	if not calc.may_reorganise(wanted, 'reorganisations.write') then
		raise exception 'not hers' using errcode = 'insufficient_privilege';
	end if;
	perform calc.open_ledger_for(r.on_day);
	before := calc.picture_of(r.on_day);
	begin
		perform calc.carry_out(wanted, 'tried');
		after := calc.picture_of(r.on_day);
		links := (select coalesce(jsonb_agg(jsonb_build_array(x.predecessor_id, x.successor_id, x.part)), '[]') from app.unit_succession x where x.reorganisation_id = wanted);
		homeless := calc.homeless(r.on_day);
		raise exception 'tried' using errcode = 'TH001';
	exception when sqlstate 'TH001' then null;
	end;
	return next;
end $$;

-- Leaves that had a home the day before and have none on the day, with the women who count there.
create function calc.homeless(on_day date) returns jsonb language plpgsql stable set search_path = pg_catalog as $$
begin
	return (select coalesce(jsonb_agg(jsonb_build_object('unitId', b.leaf_id, 'name', calc.unit_name(b.leaf_id, on_day - 1),
		'members', (select count(*) from app.spell s where s.leaf_id = b.leaf_id and s.counts @> on_day))), '[]')
	from pg_temp.home_before b where b.during @> on_day
		and not exists (select from app.unit_home h where h.leaf_id = b.leaf_id and h.during @> on_day));
end $$;
