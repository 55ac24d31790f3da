-- Figures of a unit are entered by it, or for it by the level above (nhập thay).
grant select, insert on app.headcount to taphop_user;
grant update (superseded_at) on app.headcount to taphop_user;
grant select, insert, update on app.unlisted_lowering to taphop_user;

create policy headcount_read on app.headcount for select to taphop_user
	using ((select calc.sees_all('headcounts.read')) or unit_id in (select calc.my_units('headcounts.read')));
create policy headcount_add on app.headcount for insert to taphop_user
	with check (created_by = (select calc.account_id()) and ((select calc.sees_all('headcounts.write')) or unit_id in (select calc.my_units('headcounts.write'))));
create policy headcount_change on app.headcount for update to taphop_user
	using ((select calc.sees_all('headcounts.write')) or unit_id in (select calc.my_units('headcounts.write')));
create policy unlisted_lowering_read on app.unlisted_lowering for select to taphop_user
	using ((select calc.sees_all('headcounts.read')) or unit_id in (select calc.my_units('headcounts.read')));
create policy unlisted_lowering_add on app.unlisted_lowering for insert to taphop_user
	with check ((select calc.sees_all('members.write')) or unit_id in (select calc.my_units('members.write')));
create policy unlisted_lowering_change on app.unlisted_lowering for update to taphop_user
	using ((select calc.sees_all('members.write')) or unit_id in (select calc.my_units('members.write')));
