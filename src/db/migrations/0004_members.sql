-- Members (R2, R3, R7, R9, R10, R13, R45): a person has identity; a spell is her residence-based membership.

create table app.person (
	id uuid not null,
	full_name text not null,
	search_key text not null,
	identity_key text not null,
	sort_key text collate "C" not null,
	birth date,
	birth_precision text not null default 'day',
	sex text not null default 'female',
	-- Hội viên danh dự: any sex, kept and never counted.
	honorary boolean not null default false,
	core_member boolean not null default false,
	phone text not null default '',
	address text not null default '',
	occupation text not null default '',
	note text not null default '',
	-- Set where this record was found to be the same woman as another.
	merged_into uuid,
	created_by uuid not null,
	version integer not null default 1,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint person_pkey primary key (id),
	constraint person_merged_into_fkey foreign key (merged_into) references app.person (id),
	constraint person_created_by_fkey foreign key (created_by) references app.account (id),
	constraint person_name_present check (full_name <> '' and length(full_name) <= 200),
	constraint person_birth_precision_known check (birth_precision in ('day', 'month', 'year')),
	constraint person_sex_known check (sex in ('female', 'male')),
	constraint person_member_is_woman check (sex = 'female' or honorary),
	constraint person_birth_plausible check (birth is null or birth >= '1880-01-01'),
	constraint person_text_bounded check (length(phone) <= 40 and length(address) <= 500 and length(occupation) <= 200 and length(note) <= 2000)
);
create index person_sort_index on app.person (sort_key, id);
create index person_identity_index on app.person (identity_key, birth);
create index person_merged_into_index on app.person (merged_into);
create index person_created_by_index on app.person (created_by);
create index person_phone_index on app.person (phone) where phone <> '';
create index person_search_index on app.person using gin (search_key gin_trgm_ops);

-- Sensitive by law (91/2025, NĐ 356/2025 điều 4): of their own verb; reading them leaves an audit row.
create table app.person_sensitive (
	person_id uuid not null,
	ethnicity text not null default '',
	religion text not null default '',
	party_member boolean,
	health text not null default '',
	constraint person_sensitive_pkey primary key (person_id),
	constraint person_sensitive_person_fkey foreign key (person_id) references app.person (id),
	constraint person_sensitive_bounded check (length(ethnicity) <= 100 and length(religion) <= 100 and length(health) <= 1000)
);

-- CCCD and CMND: AES-256-GCM with a key outside the database, and an HMAC for equality (design §5). One woman, any number of cards.
create table app.national_id (
	hmac bytea not null,
	person_id uuid not null,
	kind text not null,
	cipher bytea not null,
	constraint national_id_pkey primary key (hmac),
	constraint national_id_person_fkey foreign key (person_id) references app.person (id),
	constraint national_id_kind_known check (kind in ('cccd', 'cmnd'))
);
create index national_id_person_index on app.national_id (person_id);

create table app.spell (
	id uuid not null,
	person_id uuid not null,
	-- Her branch or group, or the commune itself when she has none (Chưa xếp chi hội).
	leaf_id integer not null,
	stage text not null default 'recognised',
	joined date not null,
	left_on date,
	leave_reason text,
	-- The days on which she counts here, as rules.ts works them out of residence and all her spells (R2). Clipped only by
	-- her own dates; the ledger cuts it by where the leaf stood.
	counts datemultirange not null default '{}',
	introduced_by uuid,
	introducer_name text not null default '',
	recognised_on date,
	minutes text not null default '',
	-- Why a proposal was declined.
	decision_note text not null default '',
	import_id uuid,
	version integer not null default 1,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	constraint spell_pkey primary key (id),
	constraint spell_person_fkey foreign key (person_id) references app.person (id),
	constraint spell_leaf_fkey foreign key (leaf_id) references app.unit (id),
	constraint spell_introduced_by_fkey foreign key (introduced_by) references app.person (id),
	constraint spell_stage_known check (stage in ('proposed', 'recognised', 'declined')),
	constraint spell_left_after_joined check (left_on is null or left_on >= joined),
	constraint spell_left_has_reason check ((left_on is null) = (leave_reason is null)),
	constraint spell_leave_reason_known check (leave_reason in ('resigned', 'dead', 'moved', 'temporary_left', 'branch', 'other')),
	constraint spell_text_bounded check (length(introducer_name) <= 200 and length(minutes) <= 300 and length(decision_note) <= 300),
	constraint spell_only_recognised_count check (stage = 'recognised' or counts = '{}'),
	-- One woman counts once (R3): the database itself refuses two counting periods of one woman on one day.
	constraint spell_counts_once exclude using gist (person_id with =, counts with &&) where (counts <> '{}')
);
create index spell_person_index on app.spell (person_id);
create index spell_leaf_index on app.spell (leaf_id);
create index spell_introduced_by_index on app.spell (introduced_by);
create index spell_import_index on app.spell (import_id) where import_id is not null;

-- Residence as dated sub-spells of a spell. Temporary residence without a start is kept, not counted (R2).
create table app.residence (
	id uuid not null,
	spell_id uuid not null,
	kind text not null,
	start date,
	until date,
	constraint residence_pkey primary key (id),
	constraint residence_spell_fkey foreign key (spell_id) references app.spell (id),
	constraint residence_kind_known check (kind in ('permanent', 'temporary')),
	constraint residence_until_after_start check (until is null or start is null or until >= start)
);
create index residence_spell_index on app.residence (spell_id);
create index residence_temporary_start_index on app.residence (start) where kind = 'temporary' and until is null;

-- Where she is while she is not at home (R10), kept by the commune of origin.
create table app.away (
	id uuid not null,
	spell_id uuid not null,
	since date not null,
	until date,
	kind text not null,
	place text not null default '',
	pays_dues boolean,
	takes_part text not null default 'no',
	constraint away_pkey primary key (id),
	constraint away_spell_fkey foreign key (spell_id) references app.spell (id),
	constraint away_kind_known check (kind in ('near', 'within_year', 'gone')),
	constraint away_takes_part_known check (takes_part in ('yes', 'online', 'no')),
	constraint away_until_after_since check (until is null or until >= since)
);
create index away_spell_index on app.away (spell_id);

-- Clubs, teams, special bases in which she is active, and posts she holds, beside her branch.
create table app.affiliation (
	id uuid not null,
	person_id uuid not null,
	unit_id integer not null,
	since date not null,
	until date,
	constraint affiliation_pkey primary key (id),
	constraint affiliation_person_fkey foreign key (person_id) references app.person (id),
	constraint affiliation_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint affiliation_until_after_since check (until is null or until >= since)
);
create index affiliation_person_index on app.affiliation (person_id);
create index affiliation_unit_index on app.affiliation (unit_id);

create table app.post (
	id uuid not null,
	person_id uuid not null,
	unit_id integer not null,
	post text not null,
	since date not null,
	until date,
	constraint post_pkey primary key (id),
	constraint post_person_fkey foreign key (person_id) references app.person (id),
	constraint post_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint post_known check (post in ('chair', 'deputy', 'branch_head', 'branch_deputy', 'group_head', 'group_deputy', 'committee', 'standing', 'other')),
	constraint post_until_after_since check (until is null or until >= since)
);
create index post_person_index on app.post (person_id);
create index post_unit_index on app.post (unit_id);

-- A move from one commune to another: the destination accepts; until then she is the origin's (R2).
create table app.transfer (
	id uuid not null,
	person_id uuid not null,
	from_spell_id uuid not null,
	from_commune_id integer not null,
	to_unit_id integer not null,
	on_day date not null,
	residence text not null,
	-- The side that asked; the other one decides.
	asked_side text not null,
	state text not null default 'pending',
	to_spell_id uuid,
	asked_by uuid not null,
	asked_at timestamptz not null default now(),
	decided_by uuid,
	decided_at timestamptz,
	note text not null default '',
	constraint transfer_pkey primary key (id),
	constraint transfer_person_fkey foreign key (person_id) references app.person (id),
	constraint transfer_from_spell_fkey foreign key (from_spell_id) references app.spell (id),
	constraint transfer_to_spell_fkey foreign key (to_spell_id) references app.spell (id),
	constraint transfer_from_commune_fkey foreign key (from_commune_id) references app.unit (id),
	constraint transfer_to_unit_fkey foreign key (to_unit_id) references app.unit (id),
	constraint transfer_asked_by_fkey foreign key (asked_by) references app.account (id),
	constraint transfer_decided_by_fkey foreign key (decided_by) references app.account (id),
	constraint transfer_residence_known check (residence in ('permanent', 'temporary')),
	constraint transfer_asked_side_known check (asked_side in ('origin', 'destination')),
	constraint transfer_state_known check (state in ('pending', 'accepted', 'declined', 'cancelled')),
	constraint transfer_note_bounded check (length(note) <= 1000)
);
create unique index transfer_one_pending on app.transfer (person_id) where state = 'pending';
create index transfer_person_index on app.transfer (person_id);
create index transfer_from_spell_index on app.transfer (from_spell_id);
create index transfer_to_spell_index on app.transfer (to_spell_id);
create index transfer_from_commune_index on app.transfer (from_commune_id);
create index transfer_to_unit_index on app.transfer (to_unit_id);
create index transfer_asked_by_index on app.transfer (asked_by);
create index transfer_decided_by_index on app.transfer (decided_by);

-- Consent by purpose (R9): who, when, how, which text.
create table app.consent (
	id uuid not null,
	person_id uuid not null,
	purpose text not null,
	given_on date not null,
	how text not null,
	text_version text not null,
	document text not null default '',
	withdrawn_on date,
	import_id uuid,
	constraint consent_pkey primary key (id),
	constraint consent_person_fkey foreign key (person_id) references app.person (id),
	constraint consent_purpose_known check (purpose in ('membership', 'sensitive', 'contact')),
	constraint consent_how_known check (how in ('signed_list', 'signed_form', 'spoken_minuted', 'digital')),
	constraint consent_withdrawn_after_given check (withdrawn_on is null or withdrawn_on >= given_on)
);
create index consent_person_index on app.consent (person_id);

-- Two records of one woman made one, with what is needed to part them again.
create table app.person_merge (
	id uuid not null,
	kept_id uuid not null,
	merged_id uuid not null,
	at timestamptz not null default now(),
	by uuid not null,
	undone_at timestamptz,
	moved jsonb not null,
	constraint person_merge_pkey primary key (id),
	constraint person_merge_kept_fkey foreign key (kept_id) references app.person (id),
	constraint person_merge_merged_fkey foreign key (merged_id) references app.person (id),
	constraint person_merge_by_fkey foreign key (by) references app.account (id)
);
create index person_merge_kept_index on app.person_merge (kept_id);
create index person_merge_merged_index on app.person_merge (merged_id);
create index person_merge_by_index on app.person_merge (by);
