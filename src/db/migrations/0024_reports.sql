-- A unit's report of a period (R34): one row, written from its first draft on. What was submitted and what was approved stand
-- beside it and never change.
create table app.report (
	id uuid not null,
	period_id integer not null,
	unit_id integer not null,
	-- To whom it reports: the unit above on the period's day; the centre to itself.
	above_id integer not null,
	state text not null default 'draft',
	-- The answers in words, by the keys of the form's questions; documents by number and date.
	words jsonb not null default '{}',
	documents text[] not null default '{}',
	-- What was submitted last.
	copy_id uuid,
	-- The number of frozen copies; the highest is the one that stands.
	seq integer not null default 0,
	version integer not null default 1,
	updated_at timestamptz not null default now(),
	constraint report_pkey primary key (id),
	constraint report_one_a_period unique (period_id, unit_id),
	constraint report_period_fkey foreign key (period_id) references app.report_period (id),
	constraint report_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint report_above_fkey foreign key (above_id) references app.unit (id),
	-- Approval and lock are one act: there is no state between them. `restating`: locked, with a correction waiting for approval.
	constraint report_state_known check (state in ('draft', 'submitted', 'returned', 'locked', 'restating')),
	constraint report_locked_is_frozen check ((state in ('locked', 'restating')) = (seq > 0)),
	constraint report_submitted_has_copy check (state = 'draft' or copy_id is not null)
);
create index report_unit_index on app.report (unit_id);
create index report_above_index on app.report (above_id, period_id);
create index report_copy_index on app.report (copy_id);

-- What was signed and submitted: the figures as canonical JSON with their SHA-256, and what they were made of. `inputs` (packed and
-- compressed, rules-inputs.ts) holds the ids of the memberships behind each count with the classes they were counted in, no name and no
-- number: from it the same bytes are made again. Never changed, never deleted.
create table app.report_copy (
	id uuid not null,
	report_id uuid not null,
	content bytea not null,
	sha256 bytea not null,
	inputs bytea not null,
	-- By which rules it was made (reporting/rules-content.ts) and under the units of which day.
	rules integer not null,
	map_day date not null,
	signed_by uuid not null,
	signed_as text not null,
	signed_at timestamptz not null default clock_timestamp(),
	late boolean not null,
	-- Why reported figures are corrected; '' for what is submitted the first time or again after a return.
	reason text not null default '',
	constraint report_copy_pkey primary key (id),
	constraint report_copy_report_fkey foreign key (report_id) references app.report (id),
	constraint report_copy_signed_by_fkey foreign key (signed_by) references app.account (id),
	constraint report_copy_sha256_true check (sha256 = sha256(content)),
	constraint report_copy_bounded check (length(signed_as) between 1 and 100 and length(reason) <= 1000)
);
create index report_copy_report_index on app.report_copy (report_id);
create index report_copy_signed_by_index on app.report_copy (signed_by);
alter table app.report add constraint report_copy_fkey foreign key (copy_id) references app.report_copy (id);

-- What was approved, and so is what the unit has reported: number 1, and a further one for each correction (restatement).
create table app.report_frozen (
	report_id uuid not null,
	seq integer not null,
	copy_id uuid not null,
	approved_by uuid not null,
	approved_at timestamptz not null default clock_timestamp(),
	constraint report_frozen_pkey primary key (report_id, seq),
	constraint report_frozen_copy_unique unique (copy_id),
	constraint report_frozen_report_fkey foreign key (report_id) references app.report (id),
	constraint report_frozen_copy_fkey foreign key (copy_id) references app.report_copy (id),
	constraint report_frozen_approved_by_fkey foreign key (approved_by) references app.account (id),
	constraint report_frozen_seq_counts check (seq > 0)
);
create index report_frozen_approved_by_index on app.report_frozen (approved_by);

-- What was said at a figure ('' at the report as a whole): reasons of a return, and comments of who reads along (clusters).
create table app.report_note (
	id uuid not null,
	report_id uuid not null,
	kind text not null,
	figure text not null default '',
	text text not null,
	by uuid not null,
	at timestamptz not null default clock_timestamp(),
	constraint report_note_pkey primary key (id),
	constraint report_note_report_fkey foreign key (report_id) references app.report (id),
	constraint report_note_by_fkey foreign key (by) references app.account (id),
	constraint report_note_kind_known check (kind in ('return', 'comment')),
	constraint report_note_bounded check (length(text) between 1 and 2000 and length(figure) <= 60)
);
create index report_note_report_index on app.report_note (report_id);
create index report_note_by_index on app.report_note (by);

-- For everyone, the owner of the tables among them.
create function app.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
	raise exception 'what was reported is never changed' using errcode = 'restrict_violation', constraint = 'report_copy_immutable';
end $$;
revoke execute on function app.refuse_change() from public;
create trigger report_copy_immutable before update or delete on app.report_copy for each row execute function app.refuse_change();
create trigger report_copy_never_emptied before truncate on app.report_copy execute function app.refuse_change();
create trigger report_frozen_immutable before update or delete on app.report_frozen for each row execute function app.refuse_change();
create trigger report_frozen_never_emptied before truncate on app.report_frozen execute function app.refuse_change();
