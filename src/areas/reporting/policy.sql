-- Forms and periods everyone who reports may read; the centre opens them. A report is written by its unit while it is a draft or
-- returned, and decided by the unit above. What was submitted and what was approved is only ever added.
grant select on app.report_form, app.report_period, app.report, app.report_copy, app.report_frozen, app.report_note to taphop_user;
grant insert (name, figures, questions), update (name, figures, questions, version, updated_at) on app.report_form to taphop_user;
grant insert (kind, name, opens_on, from_day, data_until, due_on, due_levels, form_id, levels, opened_by),
	update (name, opens_on, from_day, data_until, due_on, due_levels, form_id, levels, closed_at, version) on app.report_period to taphop_user;
grant insert, update (state, words, documents, copy_id, seq, version, updated_at) on app.report to taphop_user;
grant insert on app.report_copy, app.report_frozen, app.report_note to taphop_user;
revoke execute on function calc.stands_in(integer), calc.members_reported(integer[], date, text[], integer[]), calc.moves_reported(integer[], date, date) from taphop_user;

create policy report_form_read on app.report_form for select to taphop_user using ((select calc.may('reports.read')));
create policy report_form_add on app.report_form for insert to taphop_user with check ((select calc.may('reports.open')));
create policy report_form_change on app.report_form for update to taphop_user using ((select calc.may('reports.open')));
create policy report_period_read on app.report_period for select to taphop_user using ((select calc.may('reports.read')));
create policy report_period_add on app.report_period for insert to taphop_user
	with check (opened_by = (select calc.account_id()) and (select calc.may('reports.open')));
create policy report_period_change on app.report_period for update to taphop_user using ((select calc.may('reports.open')));

create policy report_read on app.report for select to taphop_user
	using ((select calc.sees_all('reports.read')) or unit_id in (select calc.my_units('reports.read')));
create policy report_add on app.report for insert to taphop_user
	with check (state = 'draft' and seq = 0 and calc.reports_to(period_id, unit_id) = above_id
		and ((select calc.sees_all('reports.write')) or unit_id in (select calc.my_units('reports.write'))));
create policy report_change_own on app.report for update to taphop_user
	using (state in ('draft', 'returned', 'locked') and ((select calc.sees_all('reports.write')) or unit_id in (select calc.my_units('reports.write'))))
	with check ((state in ('draft', 'returned') and not calc.is_frozen(id)) or (state in ('submitted', 'restating')
		and ((select calc.sees_all('reports.submit')) or unit_id in (select calc.my_units('reports.submit')))));
create policy report_decide on app.report for update to taphop_user
	using (state in ('submitted', 'restating') and ((select calc.sees_all('reports.approve')) or calc.may_close_reports(above_id)))
	with check (state in ('returned', 'locked') and ((select calc.sees_all('reports.approve')) or calc.may_close_reports(above_id)));

create policy report_copy_read on app.report_copy for select to taphop_user using (exists (select from app.report r where r.id = report_id));
create policy report_copy_add on app.report_copy for insert to taphop_user
	with check (signed_by = (select calc.account_id()) and exists (select from app.report r where r.id = report_id and r.state in ('draft', 'returned', 'locked')
		and ((select calc.sees_all('reports.submit')) or r.unit_id in (select calc.my_units('reports.submit')))));
create policy report_frozen_read on app.report_frozen for select to taphop_user using (exists (select from app.report r where r.id = report_id));
create policy report_frozen_add on app.report_frozen for insert to taphop_user
	with check (approved_by = (select calc.account_id()) and exists (select from app.report r where r.id = report_id
		and r.state in ('submitted', 'restating') and r.copy_id = report_frozen.copy_id and r.seq + 1 = report_frozen.seq
		and ((select calc.sees_all('reports.approve')) or calc.may_close_reports(r.above_id))));
create policy report_note_read on app.report_note for select to taphop_user using (exists (select from app.report r where r.id = report_id));
create policy report_note_add on app.report_note for insert to taphop_user
	with check (by = (select calc.account_id()) and exists (select from app.report r where r.id = report_id and case kind
		when 'return' then (select calc.sees_all('reports.approve')) or calc.may_close_reports(r.above_id)
		else (select calc.sees_all('reports.comment')) or r.unit_id in (select calc.my_units('reports.comment')) end));

-- An address is its account's own and read by nobody else but the program; what was sent only the program knows.
grant select, insert (account_id, channel, address), update (channel, address, updated_at), delete on app.reminder_address to taphop_user;
grant select, insert, update (attempts, tried_at, sent_at) on app.reminder_sent to taphop_user;
create policy reminder_address_own on app.reminder_address for all to taphop_user
	using (account_id = (select calc.account_id()) or (select calc.sees_all('system.operate')))
	with check (account_id = (select calc.account_id()));
create policy reminder_sent_operate on app.reminder_sent for all to taphop_user
	using ((select calc.sees_all('system.operate'))) with check ((select calc.sees_all('system.operate')));
