-- Branch life (R42), models (R21), "3 cùng" (R22), fostering toward the Party (R25), programmes and resources (R41). Every row belongs to a
-- unit by its internal id and stays with it: under which commune it counts on a day, app.unit_home says.

-- A meeting or an activity of a branch, group, club or commune; nothing of it is about one person.
create table app.meeting (
	id uuid not null,
	unit_id integer not null,
	on_day date not null,
	kind text not null,
	form text not null,
	theme text not null,
	members integer not null,
	others integer not null default 0,
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	version integer not null default 1,
	removed_at timestamptz,
	constraint meeting_pkey primary key (id),
	constraint meeting_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint meeting_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint meeting_kind_known check (kind in ('meeting', 'activity')),
	constraint meeting_form_known check (form in ('in_person', 'zalo', 'facebook')),
	constraint meeting_theme_present check (length(theme) between 1 and 300),
	constraint meeting_members_range check (members between 0 and 100000 and others between 0 and 100000),
	constraint meeting_day_range check (on_day between '2017-01-01' and '2199-12-31')
);
create index meeting_unit_index on app.meeting (unit_id, on_day);
create index meeting_day_index on app.meeting (on_day, unit_id) where removed_at is null;
create index meeting_recorded_by_index on app.meeting (recorded_by);
-- The head and her deputy both write the same evening down: the second one is told.
create unique index meeting_one_a_day on app.meeting (unit_id, on_day) where kind = 'meeting' and removed_at is null;

create table app.model (
	id uuid not null,
	unit_id integer not null,
	kind text not null,
	-- Of a club: what brings its women together.
	basis text,
	-- The hard-to-gather group it is for; null for none in particular.
	for_group text,
	name text not null,
	founded date not null,
	ended date,
	members integer not null default 0,
	helpers text not null default '',
	note text not null default '',
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	version integer not null default 1,
	constraint model_pkey primary key (id),
	constraint model_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint model_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint model_kind_fkey foreign key (kind) references app.support_catalogue (code),
	constraint model_for_group_fkey foreign key (for_group) references app.support_catalogue (code),
	constraint model_basis_known check (basis in ('age', 'trade', 'interest')),
	constraint model_name_present check (length(name) between 1 and 300),
	constraint model_members_range check (members between 0 and 1000000),
	constraint model_ended_after_founded check (ended is null or ended >= founded),
	constraint model_text_bounded check (length(helpers) <= 500 and length(note) <= 2000)
);
create index model_unit_index on app.model (unit_id);
create index model_recorded_by_index on app.model (recorded_by);
create index model_kind_index on app.model (kind);
create index model_for_group_index on app.model (for_group);
-- The kinds of model the guidance names; a unit adds its own as to every list of the catalogue.
insert into app.support_catalogue (code, kind, position, guidance, words) values
	('model.one_plus_one', 'model', 10, 'mục II.2.3', 'Mô hình “1+1”'),
	('model.three_have_three_know', 'model', 20, 'mục II.2.3', 'Mô hình “3 có, 3 biết”'),
	('model.club', 'model', 30, 'mục II.2.3; phụ lục 2.2 b', 'CLB, tổ, nhóm theo lứa tuổi, ngành nghề, sở thích'),
	('model.lodging_workers', 'model', 40, 'mục II.2.3', 'Mô hình dành cho nữ công nhân ở khu nhà trọ'),
	('model.migrants', 'model', 50, 'mục II.2.3', 'Mô hình tập hợp phụ nữ di cư'),
	('model.livelihood', 'model', 60, 'mục II.2.3', 'Mô hình phụ nữ phát triển kinh tế'),
	('model.family', 'model', 70, 'mục II.2.3', 'Xây dựng gia đình ấm no, hạnh phúc, tiến bộ, văn minh'),
	('model.health', 'model', 80, 'mục II.2.3', 'Chăm sóc sức khỏe, tinh thần; văn hóa, văn nghệ, thể thao'),
	('model.online', 'model', 90, 'phụ lục 2.2 b, ý 3', 'Tập hợp phụ nữ qua mạng xã hội (Zalo, Facebook)'),
	('model.other', 'model', 900, '', 'Mô hình khác');

-- A pair of "1+1": each side a unit, a woman who is kept by name, or words where she is not (names of non-members only with consent, R11).
create table app.model_pair (
	id uuid not null,
	unit_id integer not null,
	form text not null,
	form_words text not null default '',
	helper_unit_id integer,
	helper_person_id uuid,
	helper_words text not null default '',
	helped_unit_id integer,
	helped_person_id uuid,
	helped_words text not null default '',
	started date not null,
	ended date,
	succeeded boolean,
	result text not null default '',
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	version integer not null default 1,
	constraint model_pair_pkey primary key (id),
	constraint model_pair_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint model_pair_helper_unit_fkey foreign key (helper_unit_id) references app.unit (id),
	constraint model_pair_helper_person_fkey foreign key (helper_person_id) references app.person (id),
	constraint model_pair_helped_unit_fkey foreign key (helped_unit_id) references app.unit (id),
	constraint model_pair_helped_person_fkey foreign key (helped_person_id) references app.person (id),
	constraint model_pair_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint model_pair_form_present check (length(form) between 1 and 60),
	constraint model_pair_sides_present check (
		(helper_unit_id is not null or helper_person_id is not null or helper_words <> '')
		and (helped_unit_id is not null or helped_person_id is not null or helped_words <> '')),
	constraint model_pair_sides_differ check (helper_person_id is distinct from helped_person_id or helper_person_id is null),
	constraint model_pair_units_differ check (helper_unit_id is distinct from helped_unit_id or helper_unit_id is null),
	constraint model_pair_ended_after_started check (ended is null or ended >= started),
	constraint model_pair_ended_has_result check ((ended is null) = (succeeded is null)),
	constraint model_pair_text_bounded check (length(form_words) <= 200 and length(helper_words) <= 200 and length(helped_words) <= 200 and length(result) <= 2000)
);
create index model_pair_unit_index on app.model_pair (unit_id);
create index model_pair_helper_unit_index on app.model_pair (helper_unit_id);
create index model_pair_helper_person_index on app.model_pair (helper_person_id);
create index model_pair_helped_unit_index on app.model_pair (helped_unit_id);
create index model_pair_helped_person_index on app.model_pair (helped_person_id);
create index model_pair_recorded_by_index on app.model_pair (recorded_by);

-- "3 có, 3 biết": what a branch was found to have and to know on a day; an answer holds until a later one.
create table app.branch_criterion (
	id uuid not null,
	unit_id integer not null,
	criterion text not null,
	on_day date not null,
	met boolean not null,
	note text not null default '',
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	superseded_at timestamptz,
	constraint branch_criterion_pkey primary key (id),
	constraint branch_criterion_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint branch_criterion_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint branch_criterion_known check (criterion in
		('has_vanguard', 'has_monthly_activity', 'has_resources', 'knows_faces', 'knows_circumstances', 'knows_needs')),
	constraint branch_criterion_note_bounded check (length(note) <= 500)
);
create unique index branch_criterion_one_a_day on app.branch_criterion (unit_id, criterion, on_day) where superseded_at is null;
create index branch_criterion_unit_index on app.branch_criterion (unit_id);
create index branch_criterion_recorded_by_index on app.branch_criterion (recorded_by);

-- "3 cùng": the chair, a deputy or an officer at a branch's meeting, planned and held; whether she ran it and whom she coached in what.
create table app.branch_attendance (
	id uuid not null,
	unit_id integer not null,
	who text not null,
	planned_on date,
	attended_on date,
	ran boolean not null default false,
	coached text not null default '',
	note text not null default '',
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	version integer not null default 1,
	removed_at timestamptz,
	constraint branch_attendance_pkey primary key (id),
	constraint branch_attendance_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint branch_attendance_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint branch_attendance_who_known check (who in ('chair', 'deputy', 'committee', 'officer')),
	constraint branch_attendance_day_present check (planned_on is not null or attended_on is not null),
	constraint branch_attendance_text_bounded check (length(coached) <= 500 and length(note) <= 2000)
);
create index branch_attendance_unit_index on app.branch_attendance (unit_id, attended_on);
create index branch_attendance_recorded_by_index on app.branch_attendance (recorded_by);

-- A wish heard at a branch: open until it is answered. It may name people, so it is kept like them.
create table app.wish (
	id uuid not null,
	unit_id integer not null,
	noted_on date not null,
	words text not null,
	noted_by uuid not null,
	noted_at timestamptz not null default clock_timestamp(),
	answered_on date,
	answer text not null default '',
	answered_by uuid,
	answered_at timestamptz,
	version integer not null default 1,
	constraint wish_pkey primary key (id),
	constraint wish_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint wish_noted_by_fkey foreign key (noted_by) references app.account (id),
	constraint wish_answered_by_fkey foreign key (answered_by) references app.account (id),
	constraint wish_words_present check (length(words) between 1 and 2000 and length(answer) <= 2000),
	constraint wish_answered_whole check ((answered_on is null) = (answered_by is null) and (answered_on is null) = (answer = '')),
	constraint wish_answered_after_noted check (answered_on is null or answered_on >= noted_on)
);
create index wish_unit_index on app.wish (unit_id);
create index wish_noted_by_index on app.wish (noted_by);
create index wish_answered_by_index on app.wish (answered_by);

-- Fostering toward the Party (R25): sensitive by law like a person's own party membership, so of the same verb.
create table app.party_fostering (
	id uuid not null,
	unit_id integer not null,
	person_id uuid not null,
	post text not null,
	fosterer_person_id uuid,
	fosterer_words text not null default '',
	proposed_on date not null,
	fostered_on date,
	introduced_on date,
	admitted_on date,
	ended_on date,
	note text not null default '',
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	version integer not null default 1,
	constraint party_fostering_pkey primary key (id),
	constraint party_fostering_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint party_fostering_person_fkey foreign key (person_id) references app.person (id),
	constraint party_fostering_fosterer_person_fkey foreign key (fosterer_person_id) references app.person (id),
	constraint party_fostering_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint party_fostering_post_known check (post in ('deputy_chair', 'branch_head', 'branch_deputy', 'group_head', 'group_deputy')),
	constraint party_fostering_not_herself check (fosterer_person_id is distinct from person_id),
	constraint party_fostering_steps_in_order check (proposed_on <= coalesce(fostered_on, proposed_on)
		and coalesce(fostered_on, proposed_on) <= coalesce(introduced_on, fostered_on, proposed_on)
		and coalesce(introduced_on, fostered_on, proposed_on) <= coalesce(admitted_on, introduced_on, fostered_on, proposed_on)),
	constraint party_fostering_ended_unadmitted check (ended_on is null or (admitted_on is null and ended_on >= proposed_on)),
	constraint party_fostering_text_bounded check (length(fosterer_words) <= 200 and length(note) <= 2000)
);
create unique index party_fostering_one_open on app.party_fostering (person_id) where ended_on is null;
create index party_fostering_unit_index on app.party_fostering (unit_id);
create index party_fostering_person_index on app.party_fostering (person_id);
create index party_fostering_fosterer_index on app.party_fostering (fosterer_person_id);
create index party_fostering_recorded_by_index on app.party_fostering (recorded_by);

-- A programme, project or resource of a level (R41). Money is đồng, whole.
create table app.programme (
	id uuid not null,
	unit_id integer not null,
	kind text not null,
	name text not null,
	source text not null default '',
	from_day date not null,
	until_day date,
	amount bigint,
	note text not null default '',
	recorded_by uuid not null,
	recorded_at timestamptz not null default clock_timestamp(),
	version integer not null default 1,
	constraint programme_pkey primary key (id),
	constraint programme_owner_unique unique (id, unit_id),
	constraint programme_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint programme_recorded_by_fkey foreign key (recorded_by) references app.account (id),
	constraint programme_kind_known check (kind in ('programme', 'project', 'fund', 'loan', 'training', 'material', 'other')),
	constraint programme_name_present check (length(name) between 1 and 300),
	constraint programme_amount_range check (amount between 0 and 1000000000000000),
	constraint programme_until_after_from check (until_day is null or until_day >= from_day),
	constraint programme_text_bounded check (length(source) <= 300 and length(note) <= 2000)
);
create index programme_unit_index on app.programme (unit_id);
create index programme_recorded_by_index on app.programme (recorded_by);

-- A commune it reaches, with what of the money is for it, where that is known.
create table app.programme_commune (
	programme_id uuid not null,
	-- Whose the programme is, so that this table's policy need not ask that of programmes, which asks this one.
	owner_id integer not null,
	unit_id integer not null,
	amount bigint,
	removed_at timestamptz,
	constraint programme_commune_pkey primary key (programme_id, unit_id),
	constraint programme_commune_programme_fkey foreign key (programme_id, owner_id) references app.programme (id, unit_id),
	constraint programme_commune_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint programme_commune_owner_fkey foreign key (owner_id) references app.unit (id),
	constraint programme_commune_amount_range check (amount between 0 and 1000000000000000)
);
create index programme_commune_programme_index on app.programme_commune (programme_id, owner_id);
create index programme_commune_unit_index on app.programme_commune (unit_id);
create index programme_commune_owner_index on app.programme_commune (owner_id);
