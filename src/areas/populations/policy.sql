-- Terms and sources are common knowledge; figures are recorded by those with populations.write over the unit.
grant select on app.term, app.denominator to taphop_user;
grant select, insert, update (official) on app.population_source to taphop_user;
grant select, insert, update (superseded_at) on app.population to taphop_user;
grant select, insert, update (superseded_at) on app.women_present to taphop_user;

create policy term_read on app.term for select to taphop_user using (true);
create policy population_source_read on app.population_source for select to taphop_user using (true);
create policy population_source_add on app.population_source for insert to taphop_user with check ((select calc.may('populations.write')));
create policy population_source_change on app.population_source for update to taphop_user using ((select calc.sees_all('populations.write')));
create policy population_read on app.population for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy population_add on app.population for insert to taphop_user
	with check (created_by = (select calc.account_id()) and ((select calc.sees_all('populations.write')) or unit_id in (select calc.my_units('populations.write'))));
create policy population_change on app.population for update to taphop_user
	using ((select calc.sees_all('populations.write')) or unit_id in (select calc.my_units('populations.write')));
create policy women_present_read on app.women_present for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy women_present_add on app.women_present for insert to taphop_user
	with check (created_by = (select calc.account_id()) and (unit_id in (select calc.my_units('members.write'))));
create policy women_present_change on app.women_present for update to taphop_user using (unit_id in (select calc.my_units('members.write')));
create policy denominator_read on app.denominator for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
