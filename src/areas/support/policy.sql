-- A case is the joint paper of the commune and of those who carry it (R20): whoever reads the commune's support reads it, the commune
-- and those above it write it. What was written before stays in the revisions.
grant select, insert, update on app.support_case to taphop_user;
grant select, insert, update, delete on app.support_cause, app.support_group, app.support_milestone, app.support_solution,
	app.support_resource, app.support_partner to taphop_user;
grant select, insert on app.support_revision, app.support_origin to taphop_user;
grant select, insert, update (offered_under, offered_to_all) on app.support_catalogue to taphop_user;

create policy support_case_read on app.support_case for select to taphop_user
	using ((select calc.sees_all('support.read')) or unit_id in (select calc.my_units('support.read')));
create policy support_case_add on app.support_case for insert to taphop_user
	with check (opened_by = (select calc.account_id()) and ((select calc.sees_all('support.write')) or unit_id in (select calc.my_units('support.write'))));
-- A closed case takes nothing more.
create policy support_case_change on app.support_case for update to taphop_user
	using (closed_on is null and ((select calc.sees_all('support.write')) or unit_id in (select calc.my_units('support.write'))))
	with check (changed_by = (select calc.account_id()) and ((select calc.sees_all('support.write')) or unit_id in (select calc.my_units('support.write'))));

create policy support_cause_read on app.support_cause for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_cause_write on app.support_cause for all to taphop_user using (calc.writes_case(case_id));
create policy support_group_read on app.support_group for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_group_write on app.support_group for all to taphop_user using (calc.writes_case(case_id));
create policy support_milestone_read on app.support_milestone for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_milestone_write on app.support_milestone for all to taphop_user using (calc.writes_case(case_id));
create policy support_solution_read on app.support_solution for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_solution_write on app.support_solution for all to taphop_user using (calc.writes_case(case_id));
create policy support_resource_read on app.support_resource for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_resource_write on app.support_resource for all to taphop_user using (calc.writes_case(case_id));
create policy support_partner_read on app.support_partner for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_partner_write on app.support_partner for all to taphop_user using (calc.writes_case(case_id));

create policy support_revision_read on app.support_revision for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_revision_add on app.support_revision for insert to taphop_user
	with check (by = (select calc.account_id()) and calc.reaches_case(case_id));

create policy support_origin_read on app.support_origin for select to taphop_user using (exists (select from app.support_case c where c.id = case_id));
create policy support_origin_add on app.support_origin for insert to taphop_user with check (calc.writes_case(case_id));

-- An entry of a unit's own is chosen by the unit and by all below it; whoever reads the unit sees it. The level above offers it further.
create policy support_catalogue_read on app.support_catalogue for select to taphop_user
	using ((select calc.account_id()) is not null and (offered_by is null or offered_to_all or (select calc.sees_all('support.read'))
		or offered_by in (select calc.my_units('support.read')) or offered_under in (select calc.above_mine('support.read'))));
create policy support_catalogue_add on app.support_catalogue for insert to taphop_user
	with check (added_by = (select calc.account_id()) and not offered_to_all and offered_under = offered_by and calc.writes_catalogue(offered_by));
create policy support_catalogue_offer on app.support_catalogue for update to taphop_user
	using (offered_by is not null and (select calc.may('support.assign')))
	with check (calc.may_at('support.assign', offered_under) and (not offered_to_all or (select calc.sees_all('support.assign'))));
