-- Figures are read by unit; nobody writes them but calc.post_entries.
grant select on app.year_open, app.month_in_year, app.day_delta, app.ledger_horizon to taphop_user;

create policy year_open_read on app.year_open for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy month_in_year_read on app.month_in_year for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy day_delta_read on app.day_delta for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy ledger_horizon_read on app.ledger_horizon for select to taphop_user using (true);
