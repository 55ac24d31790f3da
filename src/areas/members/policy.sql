-- A person is seen where one of her spells is; a spell where its branch or commune is. A destination asked to accept a
-- move sees the request (transfer) and, through calc.transfer_people, the name it concerns.
grant select, insert, update on app.person, app.person_sensitive, app.spell, app.residence, app.away, app.affiliation, app.post, app.transfer, app.consent, app.person_merge to taphop_user;
grant select, insert, update, delete on app.national_id to taphop_user;
grant delete on app.residence, app.spell, app.away, app.affiliation, app.post, app.consent, app.person, app.person_sensitive to taphop_user;

create policy spell_read on app.spell for select to taphop_user
	using ((select calc.sees_all('members.read')) or leaf_id in (select calc.my_units('members.read')));
create policy spell_add on app.spell for insert to taphop_user
	with check ((select calc.sees_all('members.write')) or leaf_id in (select calc.my_units('members.write'))
		or (stage = 'proposed' and leaf_id in (select calc.my_units('members.propose'))));
create policy spell_change on app.spell for update to taphop_user
	using ((select calc.sees_all('members.write')) or leaf_id in (select calc.my_units('members.write')))
	with check ((select calc.sees_all('members.write')) or leaf_id in (select calc.my_units('members.write')));
create policy spell_remove on app.spell for delete to taphop_user
	using ((select calc.sees_all('members.write')) or leaf_id in (select calc.my_units('members.write')));

create policy person_read on app.person for select to taphop_user
	using ((select calc.sees_all('members.read')) or exists (select from app.spell s where s.person_id = person.id)
		or exists (select from app.spell s where s.person_id = person.merged_into)
		or (created_by = (select calc.account_id()) and merged_into is null and calc.has_no_spell(id)));
create policy person_add on app.person for insert to taphop_user
	with check ((select calc.may('members.write')) or (select calc.may('members.propose')));
create policy person_change on app.person for update to taphop_user
	using (calc.writes_person(id)) with check (true);
create policy person_remove on app.person for delete to taphop_user using (calc.writes_person(id));

create policy person_sensitive_read on app.person_sensitive for select to taphop_user using (calc.reads_sensitive(person_id));
create policy person_sensitive_add on app.person_sensitive for insert to taphop_user with check (calc.writes_person(person_id));
create policy person_sensitive_change on app.person_sensitive for update to taphop_user using (calc.writes_person(person_id)) with check (calc.writes_person(person_id));
create policy person_sensitive_remove on app.person_sensitive for delete to taphop_user using (calc.writes_person(person_id));

create policy national_id_read on app.national_id for select to taphop_user
	using (exists (select from app.person p where p.id = national_id.person_id));
create policy national_id_write on app.national_id for all to taphop_user
	using (calc.writes_person(person_id)) with check (calc.writes_person(person_id));

create policy residence_read on app.residence for select to taphop_user using (exists (select from app.spell s where s.id = spell_id));
create policy residence_write on app.residence for all to taphop_user
	using (calc.writes_spell(spell_id)) with check (calc.writes_spell(spell_id));
create policy away_read on app.away for select to taphop_user using (exists (select from app.spell s where s.id = spell_id));
create policy away_write on app.away for all to taphop_user using (calc.writes_spell(spell_id)) with check (calc.writes_spell(spell_id));

create policy affiliation_read on app.affiliation for select to taphop_user
	using (exists (select from app.person p where p.id = person_id) or unit_id in (select calc.my_units('members.read')));
create policy affiliation_write on app.affiliation for all to taphop_user
	using (calc.writes_person(person_id) or unit_id in (select calc.my_units('members.write')))
	with check (calc.writes_person(person_id) or unit_id in (select calc.my_units('members.write')));
create policy post_read on app.post for select to taphop_user
	using (exists (select from app.person p where p.id = person_id) or unit_id in (select calc.my_units('members.read')));
create policy post_write on app.post for all to taphop_user
	using (calc.writes_person(person_id)) with check (calc.writes_person(person_id));

create policy transfer_read on app.transfer for select to taphop_user
	using ((select calc.sees_all('members.read')) or from_commune_id in (select calc.my_units('members.read')) or to_unit_id in (select calc.my_units('members.read')));
create policy transfer_add on app.transfer for insert to taphop_user
	with check ((select calc.sees_all('members.write')) or case asked_side when 'origin' then from_commune_id else to_unit_id end in (select calc.my_units('members.write')));
create policy transfer_change on app.transfer for update to taphop_user
	using ((select calc.sees_all('members.write')) or from_commune_id in (select calc.my_units('members.write')) or to_unit_id in (select calc.my_units('members.write')))
	with check (true);

create policy consent_read on app.consent for select to taphop_user using (exists (select from app.person p where p.id = person_id));
create policy consent_write on app.consent for all to taphop_user
	using (calc.writes_person(person_id)) with check (calc.writes_person(person_id));
create policy person_merge_read on app.person_merge for select to taphop_user using (exists (select from app.person p where p.id = kept_id));
create policy person_merge_write on app.person_merge for all to taphop_user
	using (calc.writes_person(kept_id)) with check (calc.writes_person(kept_id));
