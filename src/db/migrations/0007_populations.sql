-- Women aged 18 and over (R5): one source for the whole term; the commune's own current count is kept apart and never
-- enters the official rate. Terms are dated data (R37).

create table app.term (
	id integer generated always as identity,
	name text not null,
	during daterange not null,
	constraint term_pkey primary key (id),
	constraint term_name_unique unique (name),
	constraint term_no_overlap exclude using gist (during with &&)
);

-- The XIII congress closed on 11 March 2022; its term runs until the next congress is entered (R37).
insert into app.term (name, during) values ('Nhiệm kỳ 2022 - 2027', '[2022-03-11,)');

create table app.population_source (
	id integer generated always as identity,
	term_id integer not null,
	name text not null,
	official boolean not null default false,
	created_at timestamptz not null default now(),
	constraint population_source_pkey primary key (id),
	constraint population_source_term_fkey foreign key (term_id) references app.term (id),
	constraint population_source_name_unique unique (term_id, name),
	constraint population_source_name_present check (name <> '' and length(name) <= 300)
);
create unique index population_source_one_official on app.population_source (term_id) where official;

create table app.population (
	id uuid not null,
	source_id integer not null,
	unit_id integer not null,
	women18 integer not null,
	document text not null default '',
	created_by uuid not null,
	created_at timestamptz not null default now(),
	superseded_at timestamptz,
	constraint population_pkey primary key (id),
	constraint population_source_fkey foreign key (source_id) references app.population_source (id),
	constraint population_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint population_created_by_fkey foreign key (created_by) references app.account (id),
	constraint population_women18_range check (women18 between 1 and 100000000)
);
create unique index population_one_current on app.population (source_id, unit_id) where superseded_at is null;
create index population_unit_index on app.population (unit_id);
create index population_created_by_index on app.population (created_by);

-- The commune's or branch's own count of women present, for planning only (R5, R11).
create table app.women_present (
	id uuid not null,
	unit_id integer not null,
	on_day date not null,
	women18 integer not null,
	created_by uuid not null,
	created_at timestamptz not null default now(),
	superseded_at timestamptz,
	constraint women_present_pkey primary key (id),
	constraint women_present_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint women_present_created_by_fkey foreign key (created_by) references app.account (id),
	constraint women_present_range check (women18 between 0 and 100000000)
);
create unique index women_present_one_a_day on app.women_present (unit_id, on_day) where superseded_at is null;
create index women_present_created_by_index on app.women_present (created_by);

-- Derived, kept by calc.refresh_denominators: the official denominator of a commune (or Chưa phân), day by day.
create table app.denominator (
	unit_id integer not null,
	during daterange not null,
	women18 integer not null,
	-- 'recorded', or 'carried' from predecessors by whole succession.
	how text not null,
	constraint denominator_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint denominator_no_overlap exclude using gist (unit_id with =, during with &&)
);
