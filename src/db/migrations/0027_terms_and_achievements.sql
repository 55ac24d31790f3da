-- Terms are entered as the congresses are held (R37): by whom, by which document. A term ends on the day the next of its level begins.
alter table app.term
	add column document text not null default '',
	add column begun_by uuid,
	add column begun_at timestamptz,
	add constraint term_begun_by_fkey foreign key (begun_by) references app.account (id),
	add constraint term_name_bounded check (length(name) between 1 and 200),
	add constraint term_document_bounded check (length(document) <= 500);
create index term_begun_by_index on app.term (begun_by);

-- How a target stood on the last day of its term: kept as it was found on the day the term was ended.
create table app.target_close (
	term_id integer not null,
	unit_id integer not null,
	kind text not null,
	name text not null default '',
	on_day date not null,
	value integer not null,
	-- null: nothing had been recorded, or it cannot be known.
	achieved integer,
	closed_by uuid not null,
	closed_at timestamptz not null default clock_timestamp(),
	constraint target_close_pkey primary key (term_id, unit_id, kind, name),
	constraint target_close_term_fkey foreign key (term_id) references app.term (id),
	constraint target_close_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint target_close_closed_by_fkey foreign key (closed_by) references app.account (id),
	constraint target_close_kind_known check (kind in ('net_new_members', 'communes_over_60', 'communes_with_model', 'free')),
	constraint target_close_name_bounded check (length(name) <= 200)
);
create index target_close_unit_index on app.target_close (unit_id);
create index target_close_closed_by_index on app.target_close (closed_by);

-- What was achieved of a target the program cannot count itself: by hand, with a document. A later row stands for the earlier ones.
create table app.target_achievement (
	id uuid not null,
	unit_id integer not null,
	kind text not null,
	name text not null default '',
	term_id integer,
	year integer,
	value integer not null,
	on_day date not null,
	document text not null,
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	constraint target_achievement_pkey primary key (id),
	constraint target_achievement_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint target_achievement_term_fkey foreign key (term_id) references app.term (id),
	constraint target_achievement_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint target_achievement_kind_known check (kind in ('communes_with_model', 'free')),
	constraint target_achievement_named check ((kind = 'free') = (name <> '') and length(name) <= 200),
	constraint target_achievement_one_period check (num_nonnulls(term_id, year) = 1 and year between 2017 and 2199),
	constraint target_achievement_value_range check (value between 0 and 100000000),
	constraint target_achievement_document_present check (document <> '' and length(document) <= 500)
);
create index target_achievement_unit_index on app.target_achievement (unit_id);
create index target_achievement_term_index on app.target_achievement (term_id);
create index target_achievement_recorded_by_index on app.target_achievement (recorded_by);
