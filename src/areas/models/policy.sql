-- Figures and what names nobody go by models.read. Pairs and wishes may name people and are read by members.read, fostering toward the
-- Party by members.sensitive: above the commune as the roster itself is. Sums of all of them go upward through calc.model_counts.
grant select, insert on app.meeting, app.model, app.model_pair, app.branch_criterion, app.branch_attendance, app.wish, app.party_fostering,
	app.programme, app.programme_commune to taphop_user;
grant update (on_day, kind, form, theme, members, others, version, removed_at) on app.meeting to taphop_user;
grant update (unit_id, kind, basis, for_group, name, founded, ended, members, helpers, note, version) on app.model to taphop_user;
grant update (started, ended, succeeded, result, version) on app.model_pair to taphop_user;
grant update (superseded_at) on app.branch_criterion to taphop_user;
grant update (who, planned_on, attended_on, ran, coached, note, version, removed_at) on app.branch_attendance to taphop_user;
grant update (answered_on, answer, answered_by, answered_at, version) on app.wish to taphop_user;
grant update (post, fosterer_person_id, fosterer_words, proposed_on, fostered_on, introduced_on, admitted_on, ended_on, note, version)
	on app.party_fostering to taphop_user;
grant update (kind, name, source, from_day, until_day, amount, note, version) on app.programme to taphop_user;
grant update (amount, removed_at) on app.programme_commune to taphop_user;

create policy meeting_read on app.meeting for select to taphop_user
	using ((select calc.sees_all('models.read')) or unit_id in (select calc.my_units('models.read')));
create policy meeting_add on app.meeting for insert to taphop_user
	with check (recorded_by = (select calc.account_id())
		and ((select calc.sees_all('meetings.write')) or unit_id in (select calc.my_units('meetings.write'))));
create policy meeting_change on app.meeting for update to taphop_user
	using ((select calc.sees_all('meetings.write')) or unit_id in (select calc.my_units('meetings.write')));

create policy model_read on app.model for select to taphop_user
	using ((select calc.sees_all('models.read')) or unit_id in (select calc.my_units('models.read')));
create policy model_add on app.model for insert to taphop_user
	with check (recorded_by = (select calc.account_id())
		and ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write'))));
create policy model_change on app.model for update to taphop_user
	using ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write')));

create policy model_pair_read on app.model_pair for select to taphop_user
	using ((select calc.sees_all('members.read')) or unit_id in (select calc.my_units('members.read')));
-- Only women she sees can be named: else a pair would tell whether a record is there.
create policy model_pair_add on app.model_pair for insert to taphop_user
	with check (recorded_by = (select calc.account_id())
		and ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write')))
		and (helper_person_id is null or exists (select from app.person p where p.id = helper_person_id))
		and (helped_person_id is null or exists (select from app.person p where p.id = helped_person_id)));
create policy model_pair_change on app.model_pair for update to taphop_user
	using ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write')));

create policy branch_criterion_read on app.branch_criterion for select to taphop_user
	using ((select calc.sees_all('models.read')) or unit_id in (select calc.my_units('models.read')));
create policy branch_criterion_add on app.branch_criterion for insert to taphop_user
	with check (recorded_by = (select calc.account_id())
		and ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write'))));
create policy branch_criterion_change on app.branch_criterion for update to taphop_user
	using ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write')));

create policy branch_attendance_read on app.branch_attendance for select to taphop_user
	using ((select calc.sees_all('models.read')) or unit_id in (select calc.my_units('models.read')));
create policy branch_attendance_add on app.branch_attendance for insert to taphop_user
	with check (recorded_by = (select calc.account_id())
		and ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write'))));
create policy branch_attendance_change on app.branch_attendance for update to taphop_user
	using ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write')));

-- A branch head notes what she hears as well; her commune answers.
create policy wish_read on app.wish for select to taphop_user
	using ((select calc.sees_all('members.read')) or unit_id in (select calc.my_units('members.read')));
create policy wish_add on app.wish for insert to taphop_user
	with check (noted_by = (select calc.account_id()) and answered_by is null
		and ((select calc.sees_all('meetings.write')) or unit_id in (select calc.my_units('meetings.write'))));
create policy wish_answer on app.wish for update to taphop_user
	using ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write')))
	with check (answered_by is null or answered_by = (select calc.account_id()));

create policy party_fostering_read on app.party_fostering for select to taphop_user
	using ((select calc.sees_all('members.sensitive')) or unit_id in (select calc.my_units('members.sensitive')));
create policy party_fostering_add on app.party_fostering for insert to taphop_user
	with check (recorded_by = (select calc.account_id())
		and ((select calc.sees_all('members.sensitive')) or unit_id in (select calc.my_units('members.sensitive')))
		and exists (select from app.person p where p.id = person_id)
		and (fosterer_person_id is null or exists (select from app.person p where p.id = fosterer_person_id)));
create policy party_fostering_change on app.party_fostering for update to taphop_user
	using ((select calc.sees_all('members.sensitive')) or unit_id in (select calc.my_units('members.sensitive')));

-- A commune reads the programmes that reach it, whoever's they are.
create policy programme_read on app.programme for select to taphop_user
	using ((select calc.sees_all('models.read')) or unit_id in (select calc.my_units('models.read'))
		or exists (select from app.programme_commune c where c.programme_id = id));
create policy programme_add on app.programme for insert to taphop_user
	with check (recorded_by = (select calc.account_id())
		and ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write'))));
create policy programme_change on app.programme for update to taphop_user
	using ((select calc.sees_all('models.write')) or unit_id in (select calc.my_units('models.write')));
create policy programme_commune_read on app.programme_commune for select to taphop_user
	using ((select calc.sees_all('models.read')) or unit_id in (select calc.my_units('models.read'))
		or owner_id in (select calc.my_units('models.read')));
-- It reaches what stands at or below whose it is.
create policy programme_commune_add on app.programme_commune for insert to taphop_user
	with check (((select calc.sees_all('models.write')) or owner_id in (select calc.my_units('models.write')))
		and exists (select from app.unit_scope s where s.ancestor_id = owner_id and s.unit_id = programme_commune.unit_id));
create policy programme_commune_change on app.programme_commune for update to taphop_user
	using ((select calc.sees_all('models.write')) or owner_id in (select calc.my_units('models.write')));
