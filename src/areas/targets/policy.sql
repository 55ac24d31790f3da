-- Whoever reads a unit reads its targets; they are decided by the level directly above, or by the unit itself where that is no commune.
grant select, insert, update (superseded_at) on app.target to taphop_user;

create policy target_read on app.target for select to taphop_user
	using ((select calc.sees_all('targets.read')) or unit_id in (select calc.my_units('targets.read')));
create policy target_add on app.target for insert to taphop_user
	with check (decided_by = (select calc.account_id()) and calc.may_allot(from_unit_id, unit_id, document_on));
create policy target_change on app.target for update to taphop_user using (calc.may_revise_target(from_unit_id, unit_id));
