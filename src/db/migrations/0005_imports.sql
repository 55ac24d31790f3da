-- Imports (design §6): file → staged rows kept verbatim → validated → preview → committed in chunks. Files and raw rows
-- hold IDs, so they are kept encrypted with the same key as national_id.

create table app.import (
	id uuid not null,
	unit_id integer not null,
	as_of date not null,
	file_name text not null,
	file_hash bytea not null,
	file_cipher bytea not null,
	state text not null default 'staged',
	layout jsonb not null default '{}',
	-- Counts of rows by outcome, as members.import answers them.
	summary jsonb not null default '{}',
	-- How many of the named were in the unlisted figure, where they were lowered (R49).
	lower_unlisted text not null default 'auto',
	-- The basis of consent chosen for every row of the file; null: none yet ("chưa có đồng ý").
	consent jsonb,
	-- Branches and groups this import made; undo removes those still empty.
	branches integer[] not null default '{}',
	rows_total integer not null default 0,
	-- The position up to which rows are through: where a killed import goes on.
	rows_done integer not null default 0,
	created_by uuid not null,
	created_at timestamptz not null default now(),
	-- Who asked for the commit, and for which unit she acted: whoever carries it on does so with her rights.
	committed_by uuid,
	acting_for integer,
	-- Why carrying on stopped: a Problem, cleared by the next attempt.
	failure jsonb,
	committed_at timestamptz,
	undone_at timestamptz,
	undone_by uuid,
	constraint import_pkey primary key (id),
	constraint import_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint import_created_by_fkey foreign key (created_by) references app.account (id),
	constraint import_committed_by_fkey foreign key (committed_by) references app.account (id),
	constraint import_acting_for_fkey foreign key (acting_for) references app.unit (id),
	constraint import_undone_by_fkey foreign key (undone_by) references app.account (id),
	constraint import_state_known check (state in ('staged', 'committing', 'committed', 'undone', 'cancelled', 'forgotten')),
	constraint import_file_name_bounded check (length(file_name) <= 300)
);
create index import_committing_index on app.import (created_at) where state = 'committing';
create index import_committed_by_index on app.import (committed_by);
create index import_acting_for_index on app.import (acting_for);
create index import_unit_index on app.import (unit_id, created_at);
create index import_created_by_index on app.import (created_by);
create index import_undone_by_index on app.import (undone_by);

create table app.import_row (
	import_id uuid not null,
	-- Order in the file, from 1.
	position integer not null,
	sheet text not null,
	row integer not null,
	-- What was read of the row, and the cells as they stand in the file where something is wrong with them.
	raw_cipher bytea not null,
	-- The row as a person corrected it; raw_cipher stays.
	fixed_cipher bytea,
	problems jsonb not null default '[]',
	-- Whom the row means: ids and names of changed fields, no contents.
	match jsonb not null default '{}',
	-- What a person said where the row could mean several women.
	answer jsonb,
	-- What the row is to do, and what it did.
	action text not null,
	state text not null default 'staged',
	-- Whom it made or met. No foreign keys: undo takes away what other imports have met, and each costs a check a row.
	person_id uuid,
	spell_id uuid,
	-- What an update changed, for undo: earlier values, encrypted like the row.
	before_cipher bytea,
	constraint import_row_pkey primary key (import_id, position),
	constraint import_row_import_fkey foreign key (import_id) references app.import (id),
	constraint import_row_action_known check (action in ('add', 'update', 'skip', 'refuse', 'ask')),
	constraint import_row_state_known check (state in ('staged', 'done', 'undone', 'kept'))
) with (fillfactor = 75);

-- Columns as a unit's people corrected them, remembered for the next file.
create table app.import_layout (
	unit_id integer not null,
	fingerprint text not null,
	layout jsonb not null,
	updated_at timestamptz not null default now(),
	constraint import_layout_pkey primary key (unit_id, fingerprint),
	constraint import_layout_unit_fkey foreign key (unit_id) references app.unit (id)
);

alter table app.spell add constraint spell_import_fkey foreign key (import_id) references app.import (id);
alter table app.consent add constraint consent_import_fkey foreign key (import_id) references app.import (id);
create index consent_import_index on app.consent (import_id) where import_id is not null;
