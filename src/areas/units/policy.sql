-- The registry of units is no personal data: everyone signed in reads it. It is written through store.ts by those with
-- units.write over the parent.
grant select on app.unit, app.unit_spell, app.unit_succession, app.cluster_province, app.unit_home, app.unit_scope, app.territory, app.split_share to taphop_user;
grant insert (kind) on app.unit to taphop_user;
grant insert (unit_id, during, code, name, title, parent_id, decree, search_key), update (during, code, name, title, parent_id, decree, search_key) on app.unit_spell to taphop_user;
grant delete on app.unit_spell to taphop_user;
grant insert (cluster_id, province_id, during), update (during), delete on app.cluster_province to taphop_user;
grant select on calc.unit_life, calc.unit_container, calc.figure_succession to taphop_user;

create policy unit_read on app.unit for select to taphop_user using ((select calc.account_id()) is not null);
create policy unit_add on app.unit for insert to taphop_user
	with check ((kind in ('branch', 'group', 'club', 'special_base', 'force', 'department') and (select calc.may('units.write')))
		or (kind = 'cluster' and (select calc.may('clusters.write'))));
create policy unit_spell_read on app.unit_spell for select to taphop_user using ((select calc.account_id()) is not null);
-- Both ends must be hers: the unit that is written, and what it is put under. Else an abolished commune of another province
-- could be hung under one's own, and its members with it.
create policy unit_spell_add on app.unit_spell for insert to taphop_user
	with check (calc.writes_unit(unit_id) and calc.holds_units(unit_id, parent_id));
create policy unit_spell_change on app.unit_spell for update to taphop_user
	using (calc.writes_unit(unit_id)) with check (calc.writes_unit(unit_id) and calc.holds_units(unit_id, parent_id));
create policy unit_spell_remove on app.unit_spell for delete to taphop_user using (calc.writes_unit(unit_id));
create policy unit_succession_read on app.unit_succession for select to taphop_user using ((select calc.account_id()) is not null);
create policy cluster_province_read on app.cluster_province for select to taphop_user using ((select calc.account_id()) is not null);
create policy cluster_province_write on app.cluster_province for all to taphop_user
	using ((select calc.may('clusters.write'))) with check ((select calc.may('clusters.write')));
create policy unit_home_read on app.unit_home for select to taphop_user using ((select calc.account_id()) is not null);
create policy unit_scope_read on app.unit_scope for select to taphop_user using ((select calc.account_id()) is not null);
create policy territory_read on app.territory for select to taphop_user using ((select calc.account_id()) is not null);
create policy split_share_read on app.split_share for select to taphop_user using ((select calc.account_id()) is not null);
