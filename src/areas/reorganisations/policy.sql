-- What the law has rearranged everyone signed in may read; a draft only those who may write it. States change through the store;
-- who drafted never approves (the machine's operator alone does both). Units change through calc.apply_reorganisation only.
grant select, insert on app.reorganisation, app.reorganisation_change to taphop_user;
grant update (title, decree, on_day, state, decided_by, decided_at, decision_note, version, updated_at) on app.reorganisation to taphop_user;
grant delete on app.reorganisation_change to taphop_user;
revoke execute on function calc.carry_out(uuid, text), calc.follow_units(integer[], date, text), calc.post_moved_homes(date, date), calc.part_moves(date), calc.count_leaves(integer[], date, date), calc.refresh_shares(integer[]),
	calc.keep_before(uuid, integer[], integer[]), calc.change_from(integer, date, integer, text, text, text, text, text),
	calc.unassigned_of(integer, date, text), calc.remember_state(integer[]), calc.settle_rights(uuid, integer[]), calc.return_accounts(uuid),
	calc.moving_roles(uuid), calc.record_builtin(uuid), calc.record_reform(uuid, date), calc.record_renaming(uuid, date) from taphop_user;

create policy reorganisation_read on app.reorganisation for select to taphop_user
	using ((state in ('applied', 'undone') and (select calc.account_id()) is not null)
		or (select calc.sees_all('reorganisations.write')) or unit_id in (select calc.my_units('reorganisations.write')));
create policy reorganisation_add on app.reorganisation for insert to taphop_user
	with check (state = 'draft' and drafted_by = (select calc.account_id())
		and ((select calc.sees_all('reorganisations.write')) or unit_id in (select calc.my_units('reorganisations.write'))));
create policy reorganisation_change_row on app.reorganisation for update to taphop_user
	using (state in ('draft', 'submitted', 'approved') and ((select calc.sees_all('reorganisations.write'))
		or unit_id in (select calc.my_units('reorganisations.write')) or (select calc.sees_all('reorganisations.approve'))
		or unit_id in (select calc.my_units('reorganisations.approve'))))
	with check (state in ('draft', 'submitted', 'discarded')
		or (state = 'approved' and decided_by = (select calc.account_id()) and calc.may_at('reorganisations.approve', unit_id)
			and (decided_by <> drafted_by or (select calc.may('system.operate')))));
create policy reorganisation_change_read on app.reorganisation_change for select to taphop_user
	using (exists (select from app.reorganisation r where r.id = reorganisation_id));
create policy reorganisation_change_add on app.reorganisation_change for insert to taphop_user
	with check (exists (select from app.reorganisation r where r.id = reorganisation_id and r.state = 'draft' and calc.may_at('reorganisations.write', r.unit_id)));
create policy reorganisation_change_remove on app.reorganisation_change for delete to taphop_user
	using (exists (select from app.reorganisation r where r.id = reorganisation_id and r.state = 'draft' and calc.may_at('reorganisations.write', r.unit_id)));

-- What a reorganisation does to accounts is read by those who read the accounts of the unit, and by each of her own; it is written
-- by calc.settle_rights and calc.decide_moves alone.
grant select on app.account_move to taphop_user;
create policy account_move_read on app.account_move for select to taphop_user
	using (account_id = (select calc.account_id()) or (select calc.sees_all('accounts.read')) or unit_id in (select calc.my_units('accounts.read')));
