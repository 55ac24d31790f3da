-- What a commune tells of how it passed 60 % (R24). Others read it only where its own chair agreed, and no longer once she has withdrawn it.
-- A changed text is a row of its own and asks for her agreement anew; the one before it stays.
create table app.experience (
	id uuid not null,
	unit_id integer not null,
	-- The text it takes the place of.
	replaces_id uuid,
	title text not null,
	body text not null,
	-- Numbers, days and names of papers, a line each.
	documents text not null default '',
	-- Since when what is told was done.
	began_on date,
	written_by uuid not null,
	written_at timestamptz not null default clock_timestamp(),
	superseded_at timestamptz,
	shared_by uuid,
	shared_at timestamptz,
	withdrawn_by uuid,
	withdrawn_at timestamptz,
	constraint experience_pkey primary key (id),
	constraint experience_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint experience_replaces_fkey foreign key (replaces_id) references app.experience (id),
	constraint experience_written_by_fkey foreign key (written_by) references app.account (id),
	constraint experience_shared_by_fkey foreign key (shared_by) references app.account (id),
	constraint experience_withdrawn_by_fkey foreign key (withdrawn_by) references app.account (id),
	constraint experience_replaced_once unique (replaces_id),
	constraint experience_title_present check (length(title) between 1 and 200),
	constraint experience_text_bounded check (length(body) between 1 and 8000 and length(documents) <= 2000),
	constraint experience_shared_whole check ((shared_by is null) = (shared_at is null)),
	constraint experience_withdrawn_whole check ((withdrawn_by is null) = (withdrawn_at is null)),
	constraint experience_withdrawn_was_shared check (withdrawn_at is null or shared_at is not null)
);
create index experience_unit_index on app.experience (unit_id);
create index experience_shared_index on app.experience (unit_id) where shared_at is not null and withdrawn_at is null and superseded_at is null;
create index experience_written_by_index on app.experience (written_by);
create index experience_shared_by_index on app.experience (shared_by);
create index experience_withdrawn_by_index on app.experience (withdrawn_by);

-- What communes are compared by that would have to be counted from members, worked out at night (calc.refresh_commune_traits): how many live
-- there for a time or are away, and how many of those whose people is known are not Kinh.
create table app.commune_trait (
	unit_id integer not null,
	on_day date not null,
	branches integer not null,
	roster integer not null,
	temporary integer not null,
	away integer not null,
	minority integer not null,
	peoples_known integer not null,
	constraint commune_trait_pkey primary key (unit_id, on_day),
	constraint commune_trait_unit_fkey foreign key (unit_id) references app.unit (id)
);
