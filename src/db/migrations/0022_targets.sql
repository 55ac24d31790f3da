-- Terms of each level of the Union (R37): a level's terms follow one another, those of two levels overlap. The counting rules and
-- denominators go by the centre's, as before.
alter table app.term
	add column level text not null default 'centre',
	-- Up to when a pace is reckoned while the next congress has no day yet: five years, as the statutes have it.
	add column expected_end date,
	drop constraint term_name_unique,
	drop constraint term_no_overlap,
	add constraint term_level_known check (level in ('centre', 'province', 'district', 'commune')),
	add constraint term_name_unique unique (level, name),
	add constraint term_no_overlap exclude using gist (level with =, during with &&);
update app.term set expected_end = (lower(during) + interval '5 years')::date;
alter table app.term alter column expected_end set not null, alter column level drop default,
	add constraint term_expected_end_after check (expected_end > lower(during));

-- Congresses of communes and provinces were held unit by unit from July 2025 on; the units of this term stand from 1 July.
insert into app.term (level, name, during, expected_end) values
	('province', 'Nhiệm kỳ 2025 - 2030', '[2025-07-01,)', '2030-07-01'),
	('commune', 'Nhiệm kỳ 2025 - 2030', '[2025-07-01,)', '2030-07-01');

-- A target (R14, R15): decided by the level above for a unit, or by a unit for itself where nothing stands above it. A revision is a
-- row of its own, the one before it stays; what is in force on a day is the row with the latest document up to then.
create table app.target (
	id uuid not null,
	unit_id integer not null,
	-- Who decided: the unit directly above on the document's day, or the unit itself.
	from_unit_id integer not null,
	kind text not null,
	-- Of a free target: what it is, and in what it is measured.
	name text not null default '',
	measure text not null default '',
	term_id integer,
	year integer,
	value integer not null,
	document text not null,
	document_on date not null,
	-- Why less was allotted below than stands above; '' where it was not less.
	reason text not null default '',
	-- What a net gain is counted from: the members on a day, and the document that says so.
	baseline_on date,
	baseline_members integer,
	baseline_document text not null default '',
	decided_by uuid not null,
	decided_at timestamptz not null default clock_timestamp(),
	superseded_at timestamptz,
	constraint target_pkey primary key (id),
	constraint target_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint target_from_unit_fkey foreign key (from_unit_id) references app.unit (id),
	constraint target_term_fkey foreign key (term_id) references app.term (id),
	constraint target_decided_by_fkey foreign key (decided_by) references app.account (id),
	constraint target_kind_known check (kind in ('net_new_members', 'communes_over_60', 'communes_with_model', 'free')),
	constraint target_free_named check ((kind = 'free') = (name <> '') and (kind = 'free') = (measure <> '')),
	constraint target_one_period check (num_nonnulls(term_id, year) = 1 and year between 2017 and 2199),
	constraint target_value_range check (value between 0 and 100000000),
	constraint target_document_present check (document <> '' and length(document) <= 500),
	constraint target_baseline_whole check ((baseline_on is null) = (baseline_members is null)
		and (baseline_members is null or (kind = 'net_new_members' and baseline_members between 0 and 100000000))),
	constraint target_bounded check (length(name) <= 200 and length(measure) <= 60 and length(reason) <= 500 and length(baseline_document) <= 500)
);
create unique index target_one_current on app.target (unit_id, kind, name, coalesce(term_id, 0), coalesce(year, 0)) where superseded_at is null;
create index target_unit_index on app.target (unit_id);
create index target_from_unit_index on app.target (from_unit_id);
create index target_term_index on app.target (term_id);
create index target_decided_by_index on app.target (decided_by);
