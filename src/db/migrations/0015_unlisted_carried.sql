-- What an import takes off a figure that a commune only carries (R49) is kept beside it and not as a figure of the commune's own, so
-- that it goes on following what its predecessors reported. A row takes off what `origin_id` reported, as it arrives at `unit_id` on
-- `on_day`; where both are the same unit, off that unit's own figure of the day. Rows from before wrote the commune's own figure down
-- and stay what they are: own.
alter table app.unlisted_lowering add column origin_id integer;
update app.unlisted_lowering set origin_id = unit_id;
alter table app.unlisted_lowering alter column origin_id set not null,
	drop column was_carried,
	drop constraint unlisted_lowering_pkey,
	add constraint unlisted_lowering_pkey primary key (import_id, unit_id, on_day, origin_id),
	add constraint unlisted_lowering_origin_fkey foreign key (origin_id) references app.unit (id);
create index unlisted_lowering_origin_index on app.unlisted_lowering (origin_id);
