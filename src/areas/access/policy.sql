-- Accounts are seen and made by the level above (R39); the audit is read by those with audit.read over its unit, and by
-- everyone for what she did herself.
grant select on app.role_verb, app.account_role, app.setting to taphop_user;
grant select, insert, update on app.account to taphop_user;
grant insert, delete on app.account_role to taphop_user;
grant select, insert on app.audit to taphop_user;
grant select, insert, update (result) on app.command to taphop_user;

create policy role_verb_read on app.role_verb for select to taphop_user using (true);
create policy setting_read on app.setting for select to taphop_user using (true);

create policy account_read on app.account for select to taphop_user
	using (id = (select calc.account_id()) or (select calc.sees_all('accounts.read')) or unit_id in (select calc.my_units('accounts.read')));
create policy account_add on app.account for insert to taphop_user
	with check ((select calc.sees_all('accounts.write')) or unit_id in (select calc.my_units('accounts.write')));
create policy account_change on app.account for update to taphop_user
	using ((select calc.sees_all('accounts.write')) or unit_id in (select calc.my_units('accounts.write')) or id = (select calc.account_id()))
	with check ((select calc.sees_all('accounts.write')) or unit_id in (select calc.my_units('accounts.write')) or id = (select calc.account_id()));

create policy account_role_read on app.account_role for select to taphop_user
	using (account_id = (select calc.account_id()) or (select calc.sees_all('accounts.read')) or unit_id in (select calc.my_units('accounts.read')));
-- Nobody hands on what she does not hold: a role is given only where each of its verbs is one's own there.
create policy account_role_add on app.account_role for insert to taphop_user
	with check (account_id <> (select calc.account_id())
		and ((select calc.sees_all('accounts.write')) or unit_id in (select calc.my_units('accounts.write'))));
create policy account_role_remove on app.account_role for delete to taphop_user
	using (account_id <> (select calc.account_id())
		and ((select calc.sees_all('accounts.write')) or unit_id in (select calc.my_units('accounts.write'))));

create policy audit_read on app.audit for select to taphop_user
	using (account_id = (select calc.account_id()) or (select calc.sees_all('audit.read'))
		or unit_id in (select calc.my_units('audit.read')) or acting_for in (select calc.my_units('audit.read')));
create policy audit_add on app.audit for insert to taphop_user with check (account_id = (select calc.account_id()));

create policy command_own on app.command for all to taphop_user
	using (account_id = (select calc.account_id())) with check (account_id = (select calc.account_id()));
