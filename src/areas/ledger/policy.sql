-- Figures are read by unit; nobody writes them but calc.post_entries.
grant select on app.ledger_sum, app.day_delta, app.ledger_horizon to taphop_user;
grant select on calc.ledger_entries to taphop_user;

create policy ledger_sum_read on app.ledger_sum for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy day_delta_read on app.day_delta for select to taphop_user
	using ((select calc.sees_all('gathering.read')) or unit_id in (select calc.my_units('gathering.read')));
create policy ledger_horizon_read on app.ledger_horizon for select to taphop_user using (true);
