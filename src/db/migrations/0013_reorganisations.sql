-- A reorganisation of units is an object (R38): drafted, tried, approved by another person, applied, undone while nothing
-- depends on it. It never rewrites a member: successions, spells of units and the ledger's bookkeeping entries are all it touches.

create table app.reorganisation (
	id uuid not null,
	-- Under what it happens: the centre, or the province whose units it changes.
	unit_id integer not null,
	title text not null,
	decree text not null,
	on_day date not null,
	state text not null default 'draft',
	drafted_by uuid not null,
	decided_by uuid,
	decided_at timestamptz,
	decision_note text not null default '',
	applied_at timestamptz,
	undone_at timestamptz,
	version integer not null default 1,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint reorganisation_pkey primary key (id),
	constraint reorganisation_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint reorganisation_drafted_by_fkey foreign key (drafted_by) references app.account (id),
	constraint reorganisation_decided_by_fkey foreign key (decided_by) references app.account (id),
	constraint reorganisation_state_known check (state in ('draft', 'submitted', 'approved', 'applied', 'undone', 'discarded')),
	constraint reorganisation_title_present check (title <> '' and length(title) <= 300),
	constraint reorganisation_decree_present check (decree <> '' and length(decree) <= 300 and length(decision_note) <= 500),
	constraint reorganisation_day_range check (on_day > '2017-01-01'),
	constraint reorganisation_decided check ((decided_by is null) = (decided_at is null)),
	constraint reorganisation_approved_first check (state not in ('approved', 'applied', 'undone') or decided_by is not null)
);
create index reorganisation_unit_index on app.reorganisation (unit_id);
create index reorganisation_drafted_by_index on app.reorganisation (drafted_by);
create index reorganisation_decided_by_index on app.reorganisation (decided_by);

-- One change: a unit made, a unit that changes from the day on, a unit that ends without a successor, or who takes over whom. What the
-- reorganisation itself makes is named by its key until it is applied.
create table app.reorganisation_change (
	reorganisation_id uuid not null,
	position integer not null,
	kind text not null,
	-- The unit that changes, ends or is taken over.
	unit_id integer,
	-- The unit that is made, and the one that takes over where it is made here.
	key text,
	-- The unit that takes over where it is there already.
	successor_id integer,
	part text,
	-- A declared share of what a split unit had, with its document; without one the women of assigned branches decide.
	share_numerator integer,
	share_denominator integer,
	document text not null default '',
	unit_kind text,
	code text,
	name text,
	title text,
	search_key text,
	parent_id integer,
	parent_key text,
	constraint reorganisation_change_pkey primary key (reorganisation_id, position),
	constraint reorganisation_change_reorganisation_fkey foreign key (reorganisation_id) references app.reorganisation (id) on delete cascade,
	constraint reorganisation_change_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint reorganisation_change_successor_fkey foreign key (successor_id) references app.unit (id),
	constraint reorganisation_change_parent_fkey foreign key (parent_id) references app.unit (id),
	constraint reorganisation_change_kind_known check (kind in ('create', 'change', 'end', 'succeed')),
	constraint reorganisation_change_part_known check (part in ('full', 'partial')),
	constraint reorganisation_change_whole check (case kind
		when 'create' then key is not null and name is not null and search_key is not null and unit_kind is not null and num_nonnulls(parent_id, parent_key) = 1
		when 'succeed' then unit_id is not null and part is not null and num_nonnulls(successor_id, key) = 1
		else unit_id is not null end),
	constraint reorganisation_change_share check ((share_numerator is null) = (share_denominator is null)
		and (share_numerator is null or (share_numerator between 0 and share_denominator and share_denominator > 0))),
	constraint reorganisation_change_bounded check (length(document) <= 500 and length(name) <= 300 and length(code) <= 20 and length(key) <= 60)
);
create index reorganisation_change_unit_index on app.reorganisation_change (unit_id);
create index reorganisation_change_successor_index on app.reorganisation_change (successor_id);
create index reorganisation_change_parent_index on app.reorganisation_change (parent_id);

-- What an applied reorganisation found, row by row, and the units it made: from these it is undone.
create table app.reorganisation_before (
	reorganisation_id uuid not null,
	what text not null,
	row jsonb not null,
	constraint reorganisation_before_reorganisation_fkey foreign key (reorganisation_id) references app.reorganisation (id),
	constraint reorganisation_before_what_known check (what in ('spell', 'succession', 'made', 'touched', 'after'))
);
create index reorganisation_before_index on app.reorganisation_before (reorganisation_id, what);

alter table app.unit_succession
	add column reorganisation_id uuid,
	add column share_numerator integer,
	add column share_denominator integer,
	add column document text not null default '',
	add constraint unit_succession_reorganisation_fkey foreign key (reorganisation_id) references app.reorganisation (id);
create index unit_succession_reorganisation_index on app.unit_succession (reorganisation_id);

-- Derived, kept by calc.refresh_shares: how what a parted unit had as one figure (women aged 18 and over, headcounts) goes to those
-- that took it over: by declared shares, else by where the women who counted there on its last day count on the day.
create table app.split_share (
	predecessor_id integer not null,
	successor_id integer not null,
	weight numeric not null,
	how text not null,
	constraint split_share_pkey primary key (predecessor_id, successor_id),
	constraint split_share_predecessor_fkey foreign key (predecessor_id) references app.unit (id),
	constraint split_share_successor_fkey foreign key (successor_id) references app.unit (id),
	constraint split_share_weight_positive check (weight > 0),
	constraint split_share_how_known check (how in ('declared', 'assigned', 'unassigned'))
);
create index split_share_successor_index on app.split_share (successor_id);

-- The day a figure of women aged 18 and over describes its place on: what the place takes over later comes on top of it.
alter table app.population add column as_of date not null default '2017-01-01';
