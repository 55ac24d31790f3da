-- Who carries which commune is read by all who read its support, the commune itself among them; assigned by the levels above it, who holds
-- a commune must be able to reach it. Clusters are given their communes by the centre alone; a pilot is chosen by its cluster or the centre.
-- A visit is noted by whoever made it, in her own name.
grant select on app.commune_officer, app.commune_cluster, app.pilot, app.commune_visit to taphop_user;
grant insert (id, commune_id, role, account_id, name, during, every_months, document, assigned_by), update (during, ended_by) on app.commune_officer to taphop_user;
grant insert (id, commune_id, cluster_id, during, document, assigned_by), update (during) on app.commune_cluster to taphop_user;
grant insert (id, cluster_id, province_id, commune_id, chosen_on, document, chosen_by),
	update (evaluated_on, lessons, questions, trained_on, version, withdrawn_at) on app.pilot to taphop_user;
grant insert (id, commune_id, leaf_id, on_day, attended, notes, visited_by), update (withdrawn_at) on app.commune_visit to taphop_user;

create policy commune_officer_read on app.commune_officer for select to taphop_user
	using ((select calc.sees_all('support.read')) or commune_id in (select calc.my_units('support.read')));
create policy commune_officer_add on app.commune_officer for insert to taphop_user
	with check (assigned_by = (select calc.account_id()) and (account_id is null or calc.carries(account_id, commune_id))
		and ((select calc.sees_all('support.assign')) or commune_id in (select calc.my_units('support.assign'))));
create policy commune_officer_end on app.commune_officer for update to taphop_user
	using ((select calc.sees_all('support.assign')) or commune_id in (select calc.my_units('support.assign')));

create policy commune_cluster_read on app.commune_cluster for select to taphop_user
	using ((select calc.sees_all('support.read')) or commune_id in (select calc.my_units('support.read')));
create policy commune_cluster_add on app.commune_cluster for insert to taphop_user
	with check (assigned_by = (select calc.account_id()) and (select calc.sees_all('support.assign')));
create policy commune_cluster_end on app.commune_cluster for update to taphop_user using ((select calc.sees_all('support.assign')));

create policy pilot_read on app.pilot for select to taphop_user
	using ((select calc.sees_all('support.read')) or commune_id in (select calc.my_units('support.read')));
create policy pilot_add on app.pilot for insert to taphop_user
	with check (chosen_by = (select calc.account_id())
		and ((select calc.sees_all('support.assign')) or cluster_id in (select calc.my_units('support.assign'))));
create policy pilot_change on app.pilot for update to taphop_user
	using ((select calc.sees_all('support.assign')) or cluster_id in (select calc.my_units('support.assign')));

create policy commune_visit_read on app.commune_visit for select to taphop_user
	using ((select calc.sees_all('support.read')) or commune_id in (select calc.my_units('support.read')));
create policy commune_visit_add on app.commune_visit for insert to taphop_user
	with check (visited_by = (select calc.account_id()) and calc.carries(visited_by, commune_id));
create policy commune_visit_withdraw on app.commune_visit for update to taphop_user
	using (visited_by = (select calc.account_id()) and withdrawn_at is null) with check (visited_by = (select calc.account_id()));

-- The rounds of support: read by who reads the province's support, and by the communes asked to the workshop, of which each reads its own
-- line and activities; written by who writes the province's support while the step is open; evaluated by the cluster.
grant select on app.support_round, app.support_minutes, app.support_workshop, app.support_workshop_commune, app.support_activity,
	app.support_activity_commune, app.support_evaluation, app.support_issue, app.support_update, app.support_closing to taphop_user;
grant insert (id, province_id, name, opened_on, opened_by) on app.support_round to taphop_user;
grant insert, update on app.support_minutes, app.support_workshop, app.support_activity, app.support_evaluation to taphop_user;
grant insert, update, delete on app.support_workshop_commune, app.support_activity_commune to taphop_user;
grant insert, update (answer, answered_on, answered_by, passed_on_as) on app.support_issue to taphop_user;
grant insert on app.support_update to taphop_user;
grant insert, delete on app.support_closing to taphop_user;

create policy support_round_read on app.support_round for select to taphop_user
	using ((select calc.sees_all('support.read')) or province_id in (select calc.my_units('support.read'))
		or exists (select from app.support_workshop_commune c where c.round_id = id));
create policy support_round_add on app.support_round for insert to taphop_user
	with check (opened_by = (select calc.account_id()) and exists (select from app.unit u where u.id = province_id and u.kind = 'province')
		and ((select calc.sees_all('support.write')) or province_id in (select calc.my_units('support.write'))));
create policy support_minutes_read on app.support_minutes for select to taphop_user using (exists (select from app.support_round r where r.id = round_id));
create policy support_minutes_add on app.support_minutes for insert to taphop_user
	with check (changed_by = (select calc.account_id()) and calc.writes_round(round_id, 1));
create policy support_minutes_change on app.support_minutes for update to taphop_user
	using (calc.writes_round(round_id, 1)) with check (changed_by = (select calc.account_id()));
create policy support_workshop_read on app.support_workshop for select to taphop_user using (exists (select from app.support_round r where r.id = round_id));
create policy support_workshop_add on app.support_workshop for insert to taphop_user
	with check (changed_by = (select calc.account_id()) and calc.writes_round(round_id, 2));
create policy support_workshop_change on app.support_workshop for update to taphop_user
	using (calc.writes_round(round_id, 2)) with check (changed_by = (select calc.account_id()));
create policy support_workshop_commune_read on app.support_workshop_commune for select to taphop_user
	using ((select calc.sees_all('support.read')) or commune_id in (select calc.my_units('support.read')));
create policy support_workshop_commune_write on app.support_workshop_commune for all to taphop_user using (calc.writes_round(round_id, 2));
create policy support_activity_read on app.support_activity for select to taphop_user using (calc.reads_round(round_id)
	or exists (select from app.support_activity_commune c where c.activity_id = id));
create policy support_activity_add on app.support_activity for insert to taphop_user
	with check (changed_by = (select calc.account_id()) and calc.writes_round(round_id, 3));
create policy support_activity_change on app.support_activity for update to taphop_user
	using (calc.writes_round(round_id, 3)) with check (changed_by = (select calc.account_id()));
create policy support_activity_commune_read on app.support_activity_commune for select to taphop_user
	using ((select calc.sees_all('support.read')) or commune_id in (select calc.my_units('support.read')));
create policy support_activity_commune_add on app.support_activity_commune for insert to taphop_user
	with check (calc.writes_activity(activity_id));
create policy support_activity_commune_remove on app.support_activity_commune for delete to taphop_user
	using (calc.writes_activity(activity_id));
create policy support_evaluation_read on app.support_evaluation for select to taphop_user
	using (exists (select from app.support_activity a where a.id = activity_id));
create policy support_evaluation_add on app.support_evaluation for insert to taphop_user
	with check (changed_by = (select calc.account_id())
		and exists (select from app.support_activity a where a.id = activity_id and calc.evaluates_round(a.round_id)));
create policy support_evaluation_change on app.support_evaluation for update to taphop_user
	using (exists (select from app.support_activity a where a.id = activity_id and calc.evaluates_round(a.round_id)))
	with check (changed_by = (select calc.account_id()));
create policy support_issue_read on app.support_issue for select to taphop_user
	using ((select calc.sees_all('support.read')) or from_unit_id in (select calc.my_units('support.read'))
		or to_unit_id in (select calc.my_units('support.read')));
create policy support_issue_add on app.support_issue for insert to taphop_user
	with check (raised_by = (select calc.account_id()) and to_unit_id = calc.issue_channel(from_unit_id)
		and ((select calc.sees_all('support.write')) or from_unit_id in (select calc.my_units('support.write'))));
create policy support_issue_answer on app.support_issue for update to taphop_user
	using (answered_on is null and passed_on_as is null
		and ((select calc.sees_all('support.write')) or to_unit_id in (select calc.my_units('support.write'))))
	with check (answered_by is null or answered_by = (select calc.account_id()));
create policy support_update_read on app.support_update for select to taphop_user using (exists (select from app.support_round r where r.id = round_id));
create policy support_update_add on app.support_update for insert to taphop_user
	with check (written_by = (select calc.account_id()) and calc.writes_round(round_id, 4));
create policy support_closing_read on app.support_closing for select to taphop_user using (exists (select from app.support_round r where r.id = round_id));
create policy support_closing_add on app.support_closing for insert to taphop_user
	with check (closed_by = (select calc.account_id()) and calc.writes_round(round_id, step));
create policy support_closing_remove on app.support_closing for delete to taphop_user
	using (exists (select from app.support_round r where r.id = round_id and calc.may_at('support.write', r.province_id)));
