-- Headcounts (R3 d–f, R4, R49): figures without names, dated, with source and document; one holds until the next of the same
-- unit and component, the same day replaces.

create table app.headcount (
	id uuid not null,
	unit_id integer not null,
	component text not null,
	on_day date not null,
	count integer not null,
	overlap integer not null default 0,
	source text not null,
	document text not null default '',
	created_by uuid not null,
	created_at timestamptz not null default now(),
	-- Set when a later entry of the same day replaced it: history stays readable.
	superseded_at timestamptz,
	-- The import of names that lowered (or, undone, restored) this figure; null for figures people entered.
	import_id uuid,
	constraint headcount_pkey primary key (id),
	constraint headcount_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint headcount_created_by_fkey foreign key (created_by) references app.account (id),
	constraint headcount_import_fkey foreign key (import_id) references app.import (id),
	constraint headcount_component_known check (component in ('unlisted', 'trade_union', 'armed_forces', 'member_organisation', 'upper_club')),
	constraint headcount_count_range check (count between 0 and 100000000),
	constraint headcount_overlap_range check (overlap between 0 and count),
	constraint headcount_day_range check (on_day >= '2017-01-01'),
	constraint headcount_source_present check (source <> '' and length(source) <= 500 and length(document) <= 500)
);
create unique index headcount_one_a_day on app.headcount (unit_id, component, on_day) where superseded_at is null;
create index headcount_history_index on app.headcount (unit_id, component, on_day);
create index headcount_import_index on app.headcount (import_id) where import_id is not null;
create index headcount_created_by_index on app.headcount (created_by);

-- What an import of names took off the unlisted figure, on that figure's own day; undo gives it back.
create table app.unlisted_lowering (
	import_id uuid not null,
	unit_id integer not null,
	on_day date not null,
	lowered integer not null,
	-- What of the declared overlap went with it.
	overlap_lowered integer not null default 0,
	-- The figure was a predecessor's until this lowering wrote it down as the unit's own.
	was_carried boolean not null default false,
	undone_at timestamptz,
	constraint unlisted_lowering_pkey primary key (import_id, unit_id, on_day),
	constraint unlisted_lowering_import_fkey foreign key (import_id) references app.import (id),
	constraint unlisted_lowering_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint unlisted_lowering_positive check (lowered > 0)
);
create index unlisted_lowering_unit_index on app.unlisted_lowering (unit_id);
