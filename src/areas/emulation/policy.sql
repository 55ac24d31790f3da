-- Criteria and results are the centre's; a province marks itself, its cluster's officers or the centre look the marks over. Until a
-- year is published a province sees no other's marks. What is published takes nothing more.
grant select, insert (id, cluster_id, year), update (agreement_number, agreement_document, agreement_on, agreement_text, published_by, published_at)
	on app.emulation_round to taphop_user;
grant select, insert, update (superseded_at) on app.emulation_criterion to taphop_user;
grant select, insert, update (superseded_at) on app.emulation_mark to taphop_user;
grant select, insert on app.emulation_result to taphop_user;
grant select, insert on app.emulation_signature to taphop_user;

create policy emulation_round_read on app.emulation_round for select to taphop_user
	using ((select calc.sees_all('emulation.read')) or cluster_id in (select calc.my_emulation_clusters()));
create policy emulation_round_add on app.emulation_round for insert to taphop_user with check ((select calc.sees_all('emulation.set')));
create policy emulation_round_change on app.emulation_round for update to taphop_user
	using (published_at is null and calc.emulation_reviews(id))
	with check (published_at is null or (published_by = (select calc.account_id()) and (select calc.sees_all('emulation.set'))));

create policy emulation_criterion_read on app.emulation_criterion for select to taphop_user
	using (exists (select from app.emulation_round r where r.id = round_id));
create policy emulation_criterion_add on app.emulation_criterion for insert to taphop_user
	with check (set_by = (select calc.account_id()) and (select calc.sees_all('emulation.set')) and calc.emulation_open(round_id, null));
create policy emulation_criterion_change on app.emulation_criterion for update to taphop_user
	using ((select calc.sees_all('emulation.set')) and calc.emulation_open(round_id, null));

create policy emulation_mark_read on app.emulation_mark for select to taphop_user
	using (province_id in (select calc.my_units('emulation.mark')) or calc.emulation_reviews(round_id));
create policy emulation_mark_add on app.emulation_mark for insert to taphop_user
	with check (by = (select calc.account_id()) and calc.emulation_open(round_id, province_id)
		and case side when 'self' then province_id in (select calc.my_units('emulation.mark')) else calc.emulation_reviews(round_id) end);
create policy emulation_mark_change on app.emulation_mark for update to taphop_user
	using (calc.emulation_open(round_id, province_id)
		and case side when 'self' then province_id in (select calc.my_units('emulation.mark')) else calc.emulation_reviews(round_id) end);

create policy emulation_result_read on app.emulation_result for select to taphop_user
	using (exists (select from app.emulation_round r where r.id = round_id));
create policy emulation_result_add on app.emulation_result for insert to taphop_user
	with check ((select calc.sees_all('emulation.set')) and calc.emulation_open(round_id, null));

create policy emulation_signature_read on app.emulation_signature for select to taphop_user
	using (exists (select from app.emulation_round r where r.id = round_id));
create policy emulation_signature_add on app.emulation_signature for insert to taphop_user
	with check (signed_by = (select calc.account_id()) and province_id in (select calc.my_units('emulation.mark'))
		and calc.emulation_open(round_id, province_id));
