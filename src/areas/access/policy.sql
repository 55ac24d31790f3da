-- Accounts are seen and made by the level above (R39); the audit is read by those with audit.read over its unit, and by
-- everyone for what she did herself. Passwords, PINs and tokens are not here to be read: no grant names their columns.
grant select on app.role_verb, app.role_kind, app.account, app.account_role, app.setting to taphop_user;
grant insert (id, username, display_name, unit_id, created_by), update (display_name, disabled_at, version) on app.account to taphop_user;
grant insert (account_id, role, unit_id), delete on app.account_role to taphop_user;
grant select (id, account_id, made_by, made_at, expires_at, used_at), insert (id, account_id, token_hash, made_by, expires_at), delete
	on app.invitation to taphop_user;
grant select (id, account_id, failed, added_at, used_at, revoked_at), update (revoked_at) on app.device to taphop_user;
grant select, insert on app.audit to taphop_user;
grant select, insert (id, account_id, name, input_hash), update (result) on app.command to taphop_user;

create policy role_verb_read on app.role_verb for select to taphop_user using (true);
create policy role_kind_read on app.role_kind for select to taphop_user using (true);
create policy setting_read on app.setting for select to taphop_user using (true);

create policy account_read on app.account for select to taphop_user
	using (id = (select calc.account_id()) or (select calc.sees_all('accounts.read')) or unit_id in (select calc.my_units('accounts.read')));
create policy account_add on app.account for insert to taphop_user
	with check (created_by = (select calc.account_id())
		and ((select calc.sees_all('accounts.write')) or unit_id in (select calc.my_units('accounts.write'))));
create policy account_change on app.account for update to taphop_user using (calc.may_manage(id)) with check (calc.may_manage(id));

create policy account_role_read on app.account_role for select to taphop_user
	using (account_id = (select calc.account_id()) or (select calc.sees_all('accounts.read')) or unit_id in (select calc.my_units('accounts.read')));
-- Nobody hands on what she does not hold, nor takes away what she could not give.
create policy account_role_add on app.account_role for insert to taphop_user
	with check (calc.may_give(role, unit_id) and calc.may_manage(account_id));
create policy account_role_remove on app.account_role for delete to taphop_user
	using (calc.may_give(role, unit_id) and calc.may_manage(account_id));

create policy invitation_read on app.invitation for select to taphop_user
	using (exists (select from app.account a where a.id = account_id));
create policy invitation_add on app.invitation for insert to taphop_user
	with check (made_by = (select calc.account_id()) and calc.may_manage(account_id));
create policy invitation_remove on app.invitation for delete to taphop_user using (used_at is null and calc.may_manage(account_id));
create policy device_read on app.device for select to taphop_user using (exists (select from app.account a where a.id = account_id));
create policy device_revoke on app.device for update to taphop_user
	using (account_id = (select calc.account_id()) or calc.may_manage(account_id))
	with check (revoked_at is not null);

create policy audit_read on app.audit for select to taphop_user
	using (account_id = (select calc.account_id()) or (select calc.sees_all('audit.read'))
		or unit_id in (select calc.my_units('audit.read')) or acting_for in (select calc.my_units('audit.read')));
-- An audit row says who it was and for whom she acted as the transaction knows it, not as the writer likes.
create policy audit_add on app.audit for insert to taphop_user
	with check (account_id = (select calc.account_id())
		and acting_for is not distinct from nullif(current_setting('app.acting_for', true), '')::integer);

create policy command_own on app.command for all to taphop_user
	using (account_id = (select calc.account_id())) with check (account_id = (select calc.account_id()));

-- Sign-in's own functions are sign-in's alone.
revoke execute on function calc.account_of(text), calc.audit_sign_in(text, uuid, text), calc.password_changed(text),
	calc.accept_invitation(bytea, uuid, bytea, text), calc.invited_name(bytea), calc.device_of(bytea), calc.try_device(bytea),
	calc.device_used(uuid), calc.forget_device(bytea) from taphop_user;
grant execute on function calc.account_of(text), calc.audit_sign_in(text, uuid, text), calc.password_changed(text),
	calc.accept_invitation(bytea, uuid, bytea, text), calc.invited_name(bytea), calc.device_of(bytea), calc.try_device(bytea),
	calc.device_used(uuid), calc.forget_device(bytea) to taphop_auth;
