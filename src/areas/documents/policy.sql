-- Whoever reads a unit's figures reads the words and numbers of its documents; the words of a level everyone does. A unit writes its own,
-- the centre those of the levels. A number once taken stays as it is.
grant select, insert, update (words, version, changed_by, changed_at) on app.document_template to taphop_user;
grant select, insert on app.document_number to taphop_user;

create policy document_template_read on app.document_template for select to taphop_user
	using (unit_id is null or (select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy document_template_add on app.document_template for insert to taphop_user
	with check (changed_by = (select calc.account_id())
		and coalesce(unit_id, (select id from app.unit where kind = 'centre')) in (select calc.my_units('documents.write')));
create policy document_template_change on app.document_template for update to taphop_user
	using (coalesce(unit_id, (select id from app.unit where kind = 'centre')) in (select calc.my_units('documents.write')))
	with check (changed_by = (select calc.account_id()));

create policy document_number_read on app.document_number for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy document_number_add on app.document_number for insert to taphop_user
	with check (taken_by = (select calc.account_id()) and unit_id in (select calc.my_units('documents.write')));

-- What was once worded is read by whoever reads the template, and added by whoever changes it.
grant select, insert (id, unit_id, level, kind, words, version, changed_by) on app.document_template_change to taphop_user;
create policy document_template_change_read on app.document_template_change for select to taphop_user
	using (unit_id is null or (select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy document_template_change_add on app.document_template_change for insert to taphop_user
	with check (changed_by = (select calc.account_id())
		and coalesce(unit_id, (select id from app.unit where kind = 'centre')) in (select calc.my_units('documents.write')));
