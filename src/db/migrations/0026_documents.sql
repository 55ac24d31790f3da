-- Words of documents as people have changed them (R36): those of a level by the centre, a unit's own by itself. What nobody has changed
-- stands in the program.
create table app.document_template (
	id uuid not null,
	-- Null: of every unit of the level.
	unit_id integer,
	level text not null,
	-- A kind of document; 'letterhead': what a unit puts on all of its papers.
	kind text not null,
	-- The parts that were changed, by name.
	words jsonb not null,
	-- Counted up with each change, so that of two who edit at once the second is told.
	version integer not null default 1,
	changed_by uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	constraint document_template_pkey primary key (id),
	constraint document_template_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint document_template_changed_by_fkey foreign key (changed_by) references app.account (id),
	constraint document_template_one unique nulls not distinct (unit_id, level, kind),
	constraint document_template_level_known check (level in ('centre', 'cluster', 'province', 'district', 'commune')),
	constraint document_template_kind_shape check (kind ~ '^[a-z0-9_]{1,40}$'),
	constraint document_template_words_bounded check (jsonb_typeof(words) = 'object' and length(words::text) <= 40000)
);
create index document_template_changed_by_index on app.document_template (changed_by);

-- Numbers of documents: a unit's register of a kind begins at 01 each 1 January, and no number of it comes twice (decree 30, article 15).
create table app.document_number (
	id uuid not null,
	unit_id integer not null,
	-- Of the document's day.
	year integer not null,
	register text not null,
	number integer not null,
	document_on date not null,
	-- What the document is about, for the register.
	about text not null,
	taken_by uuid not null,
	taken_at timestamptz not null default clock_timestamp(),
	constraint document_number_pkey primary key (id),
	constraint document_number_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint document_number_taken_by_fkey foreign key (taken_by) references app.account (id),
	constraint document_number_once unique (unit_id, year, register, number),
	constraint document_number_register_known check (register in ('all', 'reports', 'letters', 'decisions', 'plans', 'notices')),
	constraint document_number_positive check (number between 1 and 1000000),
	constraint document_number_year_of_day check (year = extract(year from document_on)),
	constraint document_number_about_bounded check (about <> '' and length(about) <= 500)
);
create index document_number_taken_by_index on app.document_number (taken_by);
