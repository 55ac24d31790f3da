-- The four steps in which the communes of a province are supported (R18, annex 1 of the guidance), each with its own paper. A round is the support of
-- one province's communes from the first meeting to the last evaluation.
create table app.support_round (
	id uuid not null,
	province_id integer not null,
	name text not null,
	opened_on date not null,
	opened_by uuid not null,
	opened_at timestamptz not null default clock_timestamp(),
	constraint support_round_pkey primary key (id),
	constraint support_round_province_fkey foreign key (province_id) references app.unit (id),
	constraint support_round_opened_by_fkey foreign key (opened_by) references app.account (id),
	constraint support_round_name_present check (length(name) between 1 and 200)
);
create index support_round_province_index on app.support_round (province_id);
create index support_round_opened_by_index on app.support_round (opened_by);

-- Step 1: what cluster and province agreed upon, and the first picture of the communes as it was worked out for a day.
create table app.support_minutes (
	round_id uuid not null,
	met_on date not null,
	place text not null default '',
	present text not null default '',
	policy text not null default '',
	from_day date,
	until_day date,
	content text not null default '',
	manner text not null default '',
	duty_cluster text not null default '',
	duty_province text not null default '',
	duty_district text not null default '',
	duty_commune text not null default '',
	picture_on date,
	-- How many communes stood in which class that day, and what they lacked: as the meeting saw it, whatever is corrected later.
	picture jsonb,
	version integer not null default 1,
	changed_by uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	constraint support_minutes_pkey primary key (round_id),
	constraint support_minutes_round_fkey foreign key (round_id) references app.support_round (id),
	constraint support_minutes_changed_by_fkey foreign key (changed_by) references app.account (id),
	constraint support_minutes_days_ordered check (until_day >= from_day),
	constraint support_minutes_picture_of_day check ((picture_on is null) = (picture is null)),
	constraint support_minutes_words_bounded check (length(place) <= 300 and greatest(length(present), length(policy), length(content), length(manner),
		length(duty_cluster), length(duty_province), length(duty_district), length(duty_commune)) <= 10000)
);
create index support_minutes_changed_by_index on app.support_minutes (changed_by);

-- Step 2: the workshop with the communes, and the action plan it ends in.
create table app.support_workshop (
	round_id uuid not null,
	held_on date not null,
	place text not null default '',
	present text not null default '',
	-- How many communes are to reach 60 % or more, and by when: the province decides and answers for it.
	goal_communes integer,
	goal_on date,
	resources text not null default '',
	help_asked text not null default '',
	plan_number text not null default '',
	plan_on date,
	plan_issued_by uuid,
	version integer not null default 1,
	changed_by uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	constraint support_workshop_pkey primary key (round_id),
	constraint support_workshop_round_fkey foreign key (round_id) references app.support_round (id),
	constraint support_workshop_changed_by_fkey foreign key (changed_by) references app.account (id),
	constraint support_workshop_plan_issued_by_fkey foreign key (plan_issued_by) references app.account (id),
	constraint support_workshop_plan_whole check ((plan_on is null) = (plan_number = '') and (plan_on is null) = (plan_issued_by is null)),
	constraint support_workshop_plan_after_workshop check (plan_on >= held_on),
	constraint support_workshop_goal_range check (goal_communes between 0 and 20000),
	constraint support_workshop_words_bounded check (length(place) <= 300 and length(plan_number) <= 100
		and greatest(length(present), length(resources), length(help_asked)) <= 10000)
);
create index support_workshop_changed_by_index on app.support_workshop (changed_by);
create index support_workshop_plan_issued_by_index on app.support_workshop (plan_issued_by);

-- The communes asked to the workshop; what is written here stands beside what the commune's own support case says.
create table app.support_workshop_commune (
	round_id uuid not null,
	commune_id integer not null,
	-- Null: nobody has noted it.
	attended boolean,
	cause text not null default '',
	solution text not null default '',
	goal_members integer,
	goal_on date,
	constraint support_workshop_commune_pkey primary key (round_id, commune_id),
	constraint support_workshop_commune_round_fkey foreign key (round_id) references app.support_round (id),
	constraint support_workshop_commune_commune_fkey foreign key (commune_id) references app.unit (id),
	constraint support_workshop_commune_goal_whole check ((goal_members is null) = (goal_on is null)),
	constraint support_workshop_commune_goal_range check (goal_members between 0 and 10000000),
	constraint support_workshop_commune_words_bounded check (length(cause) <= 2000 and length(solution) <= 2000)
);
create index support_workshop_commune_commune_index on app.support_workshop_commune (commune_id);

-- Step 3: what is done under the plan.
create table app.support_activity (
	id uuid not null,
	round_id uuid not null,
	name text not null,
	planned_on date not null,
	plan text not null default '',
	-- Who helps on the spot; an account where she has one, so that it is seen when she leaves.
	tutor_id uuid,
	tutor_name text not null default '',
	done_on date,
	result text not null default '',
	participants integer,
	cancelled_why text not null default '',
	version integer not null default 1,
	changed_by uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	constraint support_activity_pkey primary key (id),
	constraint support_activity_round_fkey foreign key (round_id) references app.support_round (id),
	constraint support_activity_tutor_fkey foreign key (tutor_id) references app.account (id),
	constraint support_activity_changed_by_fkey foreign key (changed_by) references app.account (id),
	constraint support_activity_name_present check (length(name) between 1 and 300),
	constraint support_activity_result_of_done check ((done_on is null) = (result = '')),
	constraint support_activity_done_or_cancelled check (done_on is null or cancelled_why = ''),
	constraint support_activity_participants_range check (participants between 0 and 1000000),
	constraint support_activity_words_bounded check (length(tutor_name) <= 200 and length(cancelled_why) <= 2000 and greatest(length(plan), length(result)) <= 10000)
);
create index support_activity_round_index on app.support_activity (round_id);
create index support_activity_tutor_index on app.support_activity (tutor_id);
create index support_activity_changed_by_index on app.support_activity (changed_by);

create table app.support_activity_commune (
	activity_id uuid not null,
	commune_id integer not null,
	constraint support_activity_commune_pkey primary key (activity_id, commune_id),
	constraint support_activity_commune_activity_fkey foreign key (activity_id) references app.support_activity (id),
	constraint support_activity_commune_commune_fkey foreign key (commune_id) references app.unit (id)
);
create index support_activity_commune_commune_index on app.support_activity_commune (commune_id);

-- Step 4: what the cluster learnt from each activity.
create table app.support_evaluation (
	activity_id uuid not null,
	evaluated_on date not null,
	lessons text not null,
	adjustment text not null default '',
	version integer not null default 1,
	changed_by uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	constraint support_evaluation_pkey primary key (activity_id),
	constraint support_evaluation_activity_fkey foreign key (activity_id) references app.support_activity (id),
	constraint support_evaluation_changed_by_fkey foreign key (changed_by) references app.account (id),
	constraint support_evaluation_words_bounded check (length(lessons) between 1 and 10000 and length(adjustment) <= 10000)
);
create index support_evaluation_changed_by_index on app.support_evaluation (changed_by);

-- What is raised on the way (annex 1, step 3; II.3): one level up at a time; province or cluster to the Presidium through Ban Tổ chức.
create table app.support_issue (
	id uuid not null,
	round_id uuid not null,
	activity_id uuid,
	from_unit_id integer not null,
	to_unit_id integer not null,
	text text not null,
	raised_on date not null,
	raised_by uuid not null,
	answer text not null default '',
	answered_on date,
	answered_by uuid,
	-- The one it was passed on as: then that one is to be answered.
	passed_on_as uuid,
	constraint support_issue_pkey primary key (id),
	constraint support_issue_round_fkey foreign key (round_id) references app.support_round (id),
	constraint support_issue_activity_fkey foreign key (activity_id) references app.support_activity (id),
	constraint support_issue_from_fkey foreign key (from_unit_id) references app.unit (id),
	constraint support_issue_to_fkey foreign key (to_unit_id) references app.unit (id),
	constraint support_issue_raised_by_fkey foreign key (raised_by) references app.account (id),
	constraint support_issue_answered_by_fkey foreign key (answered_by) references app.account (id),
	constraint support_issue_passed_on_fkey foreign key (passed_on_as) references app.support_issue (id),
	constraint support_issue_text_present check (length(text) between 1 and 10000 and length(answer) <= 10000),
	constraint support_issue_answer_whole check ((answered_on is null) = (answer = '') and (answered_on is null) = (answered_by is null))
);
create index support_issue_round_index on app.support_issue (round_id);
create index support_issue_activity_index on app.support_issue (activity_id);
create index support_issue_from_index on app.support_issue (from_unit_id);
create index support_issue_to_index on app.support_issue (to_unit_id);
create index support_issue_raised_by_index on app.support_issue (raised_by);
create index support_issue_answered_by_index on app.support_issue (answered_by);
create index support_issue_passed_on_index on app.support_issue (passed_on_as);

-- Step 4: every six months and every year an update for the Standing, through Ban Tổ chức.
create table app.support_update (
	id uuid not null,
	round_id uuid not null,
	year integer not null,
	-- 1: six months; 2: the year.
	half integer not null,
	as_of date not null,
	-- The figures of that day, as they were sent.
	picture jsonb not null,
	situation text not null,
	questions text not null default '',
	document text not null default '',
	written_by uuid not null,
	written_at timestamptz not null default clock_timestamp(),
	constraint support_update_pkey primary key (id),
	constraint support_update_round_fkey foreign key (round_id) references app.support_round (id),
	constraint support_update_written_by_fkey foreign key (written_by) references app.account (id),
	constraint support_update_one_a_half unique (round_id, year, half),
	constraint support_update_half_known check (half in (1, 2)),
	constraint support_update_words_bounded check (length(situation) between 1 and 10000 and length(questions) <= 10000 and length(document) <= 500)
);
create index support_update_written_by_index on app.support_update (written_by);

-- A step that was closed because it had what it must end in.
create table app.support_closing (
	round_id uuid not null,
	step integer not null,
	closed_on date not null,
	closed_by uuid not null,
	constraint support_closing_pkey primary key (round_id, step),
	constraint support_closing_round_fkey foreign key (round_id) references app.support_round (id),
	constraint support_closing_closed_by_fkey foreign key (closed_by) references app.account (id),
	constraint support_closing_step_known check (step between 1 and 4)
);
create index support_closing_closed_by_index on app.support_closing (closed_by);
