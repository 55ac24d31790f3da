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
