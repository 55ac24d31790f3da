-- The registry of units is no personal data: everyone signed in reads it. It is written through store.ts by those with
-- units.write over the parent.
grant select on app.unit, app.unit_spell, app.unit_succession, app.cluster_province, app.unit_home, app.unit_scope, app.territory to taphop_user;
grant insert (kind), update (kind) on app.unit to taphop_user;
grant insert (unit_id, during, code, name, title, parent_id, decree, search_key), update (during, code, name, title, parent_id, decree, search_key) on app.unit_spell to taphop_user;
grant delete on app.unit_spell to taphop_user;
grant insert (cluster_id, province_id, during), update (during), delete on app.cluster_province to taphop_user;
grant select on calc.unit_life, calc.unit_container to taphop_user;

create policy unit_read on app.unit for select to taphop_user using ((select calc.account_id()) is not null);
create policy unit_add on app.unit for insert to taphop_user
	with check (kind in ('branch', 'group', 'club', 'special_base', 'force', 'department', 'cluster') and (select calc.may('units.write')));
create policy unit_spell_read on app.unit_spell for select to taphop_user using ((select calc.account_id()) is not null);
create policy unit_spell_add on app.unit_spell for insert to taphop_user
	with check ((select calc.sees_all('units.write')) or parent_id in (select calc.my_units('units.write')));
create policy unit_spell_change on app.unit_spell for update to taphop_user
	using ((select calc.sees_all('units.write')) or unit_id in (select calc.my_units('units.write')))
	with check ((select calc.sees_all('units.write')) or parent_id in (select calc.my_units('units.write')));
create policy unit_spell_remove on app.unit_spell for delete to taphop_user
	using ((select calc.sees_all('units.write')) or unit_id in (select calc.my_units('units.write')));
create policy unit_succession_read on app.unit_succession for select to taphop_user using ((select calc.account_id()) is not null);
create policy cluster_province_read on app.cluster_province for select to taphop_user using ((select calc.account_id()) is not null);
create policy cluster_province_write on app.cluster_province for all to taphop_user
	using ((select calc.may('clusters.write'))) with check ((select calc.may('clusters.write')));
create policy unit_home_read on app.unit_home for select to taphop_user using ((select calc.account_id()) is not null);
create policy unit_scope_read on app.unit_scope for select to taphop_user using ((select calc.account_id()) is not null);
create policy territory_read on app.territory for select to taphop_user using ((select calc.account_id()) is not null);
