-- What a commune tells is read by those who read its support; by others only while its chair's agreement stands. She alone gives it and takes
-- it back: who carries the commune from above may not agree for it, nor in its name ("nhập thay").
grant select, insert (id, unit_id, replaces_id, title, body, documents, began_on, written_by, shared_by, shared_at), update (superseded_at, withdrawn_by, withdrawn_at)
	on app.experience to taphop_user;

create policy experience_read on app.experience for select to taphop_user
	using ((select calc.sees_all('support.read')) or unit_id in (select calc.my_units('support.read'))
		or (shared_at is not null and withdrawn_at is null and superseded_at is null and (select calc.may('support.read'))));
create policy experience_add on app.experience for insert to taphop_user
	with check (written_by = (select calc.account_id()) and coalesce(shared_by, written_by) = written_by and unit_id in (select calc.my_units('experience.share'))
		and (replaces_id is null or calc.experience_of(replaces_id) = unit_id));
create policy experience_change on app.experience for update to taphop_user
	using (unit_id in (select calc.my_units('experience.share')) and superseded_at is null)
	with check (coalesce(withdrawn_by, (select calc.account_id())) = (select calc.account_id()));

-- Counts of members by a trait, one of them of a sensitive kind: for the functions that compare communes, and for nobody to read.
grant select (unit_id, on_day, branches, roster, temporary, away) on app.commune_trait to taphop_user;
create policy commune_trait_read on app.commune_trait for select to taphop_user
	using ((select calc.sees_all('support.read')) or unit_id in (select calc.my_units('support.read')));
