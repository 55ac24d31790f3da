-- Whose commune a commune is (R19, R20): the officer in charge of it and, where it is very difficult, a committee member; the cluster that is to
-- support it; the one pilot of each cluster in each province; the visits. A term of office is never written over: it ends and another begins.
create table app.commune_officer (
	id uuid not null,
	commune_id integer not null,
	role text not null,
	-- A committee member need not have an account: then her name alone stands.
	account_id uuid,
	name text not null default '',
	during daterange not null,
	-- How often she goes to a branch meeting there; 0: no schedule.
	every_months integer not null default 3,
	document text not null default '',
	assigned_by uuid not null,
	assigned_at timestamptz not null default clock_timestamp(),
	ended_by uuid,
	constraint commune_officer_pkey primary key (id),
	constraint commune_officer_commune_fkey foreign key (commune_id) references app.unit (id),
	constraint commune_officer_account_fkey foreign key (account_id) references app.account (id),
	constraint commune_officer_assigned_by_fkey foreign key (assigned_by) references app.account (id),
	constraint commune_officer_ended_by_fkey foreign key (ended_by) references app.account (id),
	constraint commune_officer_role_known check (role in ('officer', 'committee')),
	constraint commune_officer_is_somebody check (account_id is not null or (role = 'committee' and name <> '')),
	constraint commune_officer_words_bounded check (length(name) <= 200 and length(document) <= 500),
	constraint commune_officer_schedule_range check (every_months between 0 and 24),
	-- Empty: taken back on the day it began.
	constraint commune_officer_days_present check (isempty(during) or lower(during) is not null),
	constraint commune_officer_one_at_a_time exclude using gist (commune_id with =, role with =, during with &&)
);
create index commune_officer_commune_index on app.commune_officer (commune_id);
create index commune_officer_account_index on app.commune_officer (account_id);
create index commune_officer_assigned_by_index on app.commune_officer (assigned_by);
create index commune_officer_ended_by_index on app.commune_officer (ended_by);

-- The cluster that Ban Tổ chức has given a commune to (R19); it need not be the one its province stands in.
create table app.commune_cluster (
	id uuid not null,
	commune_id integer not null,
	cluster_id integer not null,
	during daterange not null,
	document text not null default '',
	assigned_by uuid not null,
	assigned_at timestamptz not null default clock_timestamp(),
	constraint commune_cluster_pkey primary key (id),
	constraint commune_cluster_commune_fkey foreign key (commune_id) references app.unit (id),
	constraint commune_cluster_cluster_fkey foreign key (cluster_id) references app.unit (id),
	constraint commune_cluster_assigned_by_fkey foreign key (assigned_by) references app.account (id),
	constraint commune_cluster_document_bounded check (length(document) <= 500),
	constraint commune_cluster_one_at_a_time exclude using gist (commune_id with =, during with &&)
);
create index commune_cluster_commune_index on app.commune_cluster (commune_id);
create index commune_cluster_cluster_index on app.commune_cluster (cluster_id);
create index commune_cluster_assigned_by_index on app.commune_cluster (assigned_by);

-- The one commune with which a cluster tries the way of supporting in a province; then it is looked back on, the province's officers are
-- trained, and all remaining communes follow.
create table app.pilot (
	id uuid not null,
	cluster_id integer not null,
	province_id integer not null,
	commune_id integer not null,
	chosen_on date not null,
	document text not null default '',
	evaluated_on date,
	lessons text not null default '',
	questions text not null default '',
	trained_on date,
	version integer not null default 1,
	chosen_by uuid not null,
	chosen_at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	constraint pilot_pkey primary key (id),
	constraint pilot_cluster_fkey foreign key (cluster_id) references app.unit (id),
	constraint pilot_province_fkey foreign key (province_id) references app.unit (id),
	constraint pilot_commune_fkey foreign key (commune_id) references app.unit (id),
	constraint pilot_chosen_by_fkey foreign key (chosen_by) references app.account (id),
	constraint pilot_words_bounded check (length(document) <= 500 and length(lessons) <= 10000 and length(questions) <= 10000),
	constraint pilot_evaluated_after_choice check (evaluated_on >= chosen_on),
	constraint pilot_lessons_of_evaluation check ((evaluated_on is null) = (lessons = '')),
	constraint pilot_trained_after_evaluation check (trained_on is null or trained_on >= evaluated_on)
);
create unique index pilot_one_a_province on app.pilot (province_id) where withdrawn_at is null;
create index pilot_province_index on app.pilot (province_id);
create index pilot_cluster_index on app.pilot (cluster_id);
create index pilot_commune_index on app.pilot (commune_id);
create index pilot_chosen_by_index on app.pilot (chosen_by);

-- A visit of someone from a level above (R20): what she attended there and what she noted.
create table app.commune_visit (
	id uuid not null,
	commune_id integer not null,
	-- The branch or group whose meeting it was, where it was one's.
	leaf_id integer,
	on_day date not null,
	attended text not null,
	notes text not null default '',
	visited_by uuid not null,
	noted_at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	constraint commune_visit_pkey primary key (id),
	constraint commune_visit_commune_fkey foreign key (commune_id) references app.unit (id),
	constraint commune_visit_leaf_fkey foreign key (leaf_id) references app.unit (id),
	constraint commune_visit_visited_by_fkey foreign key (visited_by) references app.account (id),
	constraint commune_visit_attended_known check (attended in ('branch_meeting', 'group_meeting', 'club_meeting', 'activity', 'committee', 'other')),
	constraint commune_visit_notes_bounded check (length(notes) <= 4000)
);
create index commune_visit_commune_index on app.commune_visit (commune_id, on_day);
create index commune_visit_leaf_index on app.commune_visit (leaf_id);
create index commune_visit_visited_by_index on app.commune_visit (visited_by);
