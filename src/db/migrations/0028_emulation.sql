-- Emulation of the provinces of a cluster (R16): one round a year, with its agreement; what is published is locked.
create table app.emulation_round (
	id uuid not null,
	cluster_id integer not null,
	year integer not null,
	-- The agreement as it stands; each time it is written anew the signatures under the one before no longer hold.
	agreement_number integer not null default 0,
	agreement_document text not null default '',
	agreement_on date,
	agreement_text text not null default '',
	published_by uuid,
	published_at timestamptz,
	constraint emulation_round_pkey primary key (id),
	constraint emulation_round_one_a_year unique (cluster_id, year),
	constraint emulation_round_cluster_fkey foreign key (cluster_id) references app.unit (id),
	constraint emulation_round_published_by_fkey foreign key (published_by) references app.account (id),
	constraint emulation_round_year_range check (year between 2017 and 2199),
	constraint emulation_round_published_whole check ((published_by is null) = (published_at is null)),
	constraint emulation_round_agreement_bounded check (length(agreement_document) <= 500 and length(agreement_text) <= 20000)
);
create index emulation_round_published_by_index on app.emulation_round (published_by);

-- A criterion keeps its number; a changed one is a row of its own and the one before it stays.
create table app.emulation_criterion (
	id uuid not null,
	round_id uuid not null,
	number integer not null,
	position integer not null,
	name text not null,
	points integer not null,
	measure text not null,
	set_by uuid not null,
	set_at timestamptz not null default clock_timestamp(),
	superseded_at timestamptz,
	constraint emulation_criterion_pkey primary key (id),
	constraint emulation_criterion_round_fkey foreign key (round_id) references app.emulation_round (id),
	constraint emulation_criterion_set_by_fkey foreign key (set_by) references app.account (id),
	constraint emulation_criterion_name_present check (length(name) between 1 and 300),
	constraint emulation_criterion_points_range check (points between 1 and 1000),
	constraint emulation_criterion_measure_known check (measure in ('self', 'net_vs_target', 'over_60_vs_target', 'completeness'))
);
create unique index emulation_criterion_one_current on app.emulation_criterion (round_id, number) where superseded_at is null;
create index emulation_criterion_round_index on app.emulation_criterion (round_id);
create index emulation_criterion_set_by_index on app.emulation_criterion (set_by);

-- Points a province gives itself, and those the cluster or the centre gives after looking at them; an earlier mark stays.
create table app.emulation_mark (
	id uuid not null,
	round_id uuid not null,
	number integer not null,
	province_id integer not null,
	side text not null,
	points integer not null,
	note text not null default '',
	by uuid not null,
	at timestamptz not null default clock_timestamp(),
	superseded_at timestamptz,
	constraint emulation_mark_pkey primary key (id),
	constraint emulation_mark_round_fkey foreign key (round_id) references app.emulation_round (id),
	constraint emulation_mark_province_fkey foreign key (province_id) references app.unit (id),
	constraint emulation_mark_by_fkey foreign key (by) references app.account (id),
	constraint emulation_mark_side_known check (side in ('self', 'review')),
	constraint emulation_mark_points_range check (points between 0 and 1000),
	constraint emulation_mark_note_bounded check (length(note) <= 2000)
);
create unique index emulation_mark_one_current on app.emulation_mark (round_id, province_id, number, side) where superseded_at is null;
create index emulation_mark_round_index on app.emulation_mark (round_id);
create index emulation_mark_province_index on app.emulation_mark (province_id);
create index emulation_mark_by_index on app.emulation_mark (by);

-- What was published: the points of each province, criterion by criterion, and its place; never written again.
create table app.emulation_result (
	round_id uuid not null,
	province_id integer not null,
	points integer not null,
	place integer not null,
	tied boolean not null,
	marks jsonb not null,
	constraint emulation_result_pkey primary key (round_id, province_id),
	constraint emulation_result_round_fkey foreign key (round_id) references app.emulation_round (id),
	constraint emulation_result_province_fkey foreign key (province_id) references app.unit (id)
);
create index emulation_result_province_index on app.emulation_result (province_id);

create table app.emulation_signature (
	round_id uuid not null,
	agreement_number integer not null,
	province_id integer not null,
	signed_by uuid not null,
	signed_at timestamptz not null default clock_timestamp(),
	constraint emulation_signature_pkey primary key (round_id, agreement_number, province_id),
	constraint emulation_signature_round_fkey foreign key (round_id) references app.emulation_round (id),
	constraint emulation_signature_province_fkey foreign key (province_id) references app.unit (id),
	constraint emulation_signature_signed_by_fkey foreign key (signed_by) references app.account (id)
);
create index emulation_signature_province_index on app.emulation_signature (province_id);
create index emulation_signature_signed_by_index on app.emulation_signature (signed_by);
