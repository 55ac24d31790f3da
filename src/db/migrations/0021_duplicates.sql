-- Who may be entered twice in the country (docs/decisions.md, "The same woman twice"). A pair is found by calc.find_duplicates and
-- judged by people; found again it keeps its judgement, gone it leaves, unless someone has said that the two are different women.
create table app.duplicate_pair (
	-- Its own, because the number of a woman of another commune is not told.
	id uuid not null default gen_random_uuid(),
	person_a uuid not null,
	person_b uuid not null,
	-- Where each was a member when the pair was found: by these it is whose it is.
	leaf_a integer not null,
	leaf_b integer not null,
	-- The points of the reasons together (src/areas/members/rules-duplicates.ts).
	score integer not null,
	reasons text[] not null,
	found_on date not null,
	decision text,
	decided_by uuid,
	decided_at timestamptz,
	constraint duplicate_pair_pkey primary key (id),
	constraint duplicate_pair_person_a_fkey foreign key (person_a) references app.person (id) on delete cascade,
	constraint duplicate_pair_person_b_fkey foreign key (person_b) references app.person (id) on delete cascade,
	constraint duplicate_pair_leaf_a_fkey foreign key (leaf_a) references app.unit (id) on delete cascade,
	constraint duplicate_pair_leaf_b_fkey foreign key (leaf_b) references app.unit (id) on delete cascade,
	constraint duplicate_pair_decided_by_fkey foreign key (decided_by) references app.account (id),
	constraint duplicate_pair_once unique (person_a, person_b),
	constraint duplicate_pair_in_order check (person_a < person_b),
	constraint duplicate_pair_decision_known check (decision in ('same', 'different')),
	constraint duplicate_pair_decided check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null))
);
create index duplicate_pair_person_b_index on app.duplicate_pair (person_b);
create index duplicate_pair_leaf_a_index on app.duplicate_pair (leaf_a);
create index duplicate_pair_leaf_b_index on app.duplicate_pair (leaf_b);
create index duplicate_pair_decided_by_index on app.duplicate_pair (decided_by) where decided_by is not null;

-- One pass over all members: on which day, over how many memberships, and what came of it.
create table app.duplicate_pass (
	id uuid not null default gen_random_uuid(),
	on_day date not null,
	finished_at timestamptz not null default clock_timestamp(),
	compared integer not null,
	pairs integer not null,
	constraint duplicate_pass_pkey primary key (id)
);
