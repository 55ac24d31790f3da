-- Whoever reads a unit reads its targets; they are decided by the level directly above, or by the unit itself where that is no commune.
grant select, insert, update (superseded_at) on app.target to taphop_user;

create policy target_read on app.target for select to taphop_user
	using ((select calc.sees_all('targets.read')) or unit_id in (select calc.my_units('targets.read')));
create policy target_add on app.target for insert to taphop_user
	with check (decided_by = (select calc.account_id()) and calc.may_allot(from_unit_id, unit_id, document_on));
create policy target_change on app.target for update to taphop_user using (calc.may_revise_target(from_unit_id, unit_id));

-- A term is entered by the centre, for every unit of its level; what it closes is written with it.
grant insert (level, name, during, expected_end, document, begun_by, begun_at), update (during) on app.term to taphop_user;
create policy term_begin on app.term for insert to taphop_user
	with check (begun_by = (select calc.account_id()) and (select calc.sees_all('terms.write')));
create policy term_end on app.term for update to taphop_user using ((select calc.sees_all('terms.write')));

grant select, insert on app.target_close to taphop_user;
create policy target_close_read on app.target_close for select to taphop_user
	using ((select calc.sees_all('targets.read')) or unit_id in (select calc.my_units('targets.read')));
create policy target_close_add on app.target_close for insert to taphop_user
	with check (closed_by = (select calc.account_id()) and (select calc.sees_all('terms.write')));

-- Each unit records for itself what it achieved; whoever reads its targets reads it.
grant select, insert on app.target_achievement to taphop_user;
create policy target_achievement_read on app.target_achievement for select to taphop_user
	using ((select calc.sees_all('targets.read')) or unit_id in (select calc.my_units('targets.read')));
create policy target_achievement_add on app.target_achievement for insert to taphop_user
	with check (recorded_by = (select calc.account_id()) and unit_id in (select calc.my_units('targets.record')));

-- It asks nobody's rights: only functions that do may call it.
revoke execute on function calc.lines_in(date[], date, integer[]) from taphop_user;
