-- An import is seen and carried on by those who may write the members of its unit.
grant select, insert, update on app.import to taphop_user;
grant select, insert, update, delete on app.import_row, app.import_block to taphop_user;
grant select, insert, delete on app.import_part to taphop_user;
grant select, insert, update on app.import_layout to taphop_user;

create policy import_all on app.import for all to taphop_user
	using ((select calc.sees_all('members.write')) or unit_id in (select calc.my_units('members.write')))
	with check ((select calc.sees_all('members.write')) or unit_id in (select calc.my_units('members.write')));
create policy import_row_all on app.import_row for all to taphop_user
	using (exists (select from app.import i where i.id = import_id)) with check (exists (select from app.import i where i.id = import_id));
create policy import_block_all on app.import_block for all to taphop_user
	using (exists (select from app.import i where i.id = import_id)) with check (exists (select from app.import i where i.id = import_id));
create policy import_part_all on app.import_part for all to taphop_user
	using (exists (select from app.import i where i.id = import_id)) with check (exists (select from app.import i where i.id = import_id));
create policy import_layout_all on app.import_layout for all to taphop_user
	using (unit_id in (select calc.my_units('members.write'))) with check (unit_id in (select calc.my_units('members.write')));
