-- What a periodic report asks for (R34): which figures, by the keys of the catalogue in reporting/rules-figures.ts, and which
-- questions answered in words. Data, not program: the centre edits it.
create table app.report_form (
	id integer generated always as identity,
	name text not null,
	figures text[] not null,
	-- [{key, text, required}]
	questions jsonb not null default '[]',
	version integer not null default 1,
	updated_at timestamptz not null default now(),
	constraint report_form_pkey primary key (id),
	constraint report_form_name_unique unique (name),
	constraint report_form_name_present check (name <> '' and length(name) <= 200),
	constraint report_form_questions_listed check (jsonb_typeof(questions) = 'array')
);

-- A period of reporting (R8, R34). Two dates are not the same: until when data are kept up (`data_until`, the day whose figures are
-- reported) and when the report is due (`due_on`, another day for some levels).
create table app.report_period (
	id integer generated always as identity,
	kind text not null,
	name text not null,
	opens_on date not null,
	-- The first day of the movement table; its opening is what stood at the end of the day before.
	from_day date not null,
	data_until date not null,
	due_on date not null,
	due_levels jsonb not null default '{}',
	form_id integer not null,
	-- The levels whose units report.
	levels text[] not null,
	opened_by uuid not null,
	opened_at timestamptz not null default now(),
	closed_at timestamptz,
	version integer not null default 1,
	constraint report_period_pkey primary key (id),
	constraint report_period_name_unique unique (name),
	constraint report_period_form_fkey foreign key (form_id) references app.report_form (id),
	constraint report_period_opened_by_fkey foreign key (opened_by) references app.account (id),
	constraint report_period_kind_known check (kind in ('half_year', 'year', 'mid_term', 'term', 'ad_hoc')),
	constraint report_period_days_ordered check (from_day >= '2017-01-02' and from_day <= data_until and opens_on <= due_on and data_until <= due_on),
	constraint report_period_levels_known check (cardinality(levels) > 0 and levels <@ array['centre', 'province', 'district', 'commune']),
	constraint report_period_name_present check (name <> '' and length(name) <= 200)
);
create index report_period_form_index on app.report_period (form_id);
create index report_period_opened_by_index on app.report_period (opened_by);

insert into app.report_form (name, figures, questions) values ('Báo cáo tập hợp phụ nữ tham gia tổ chức Hội',
	'{age,ethnicity,religion,party,trade}',
	'[{"key": "results", "text": "Đánh giá kết quả tập hợp, phát triển hội viên trong kỳ", "required": true},
		{"key": "difficulties", "text": "Khó khăn, vướng mắc và nguyên nhân", "required": false},
		{"key": "proposals", "text": "Đề xuất, kiến nghị với Hội cấp trên", "required": false}]');
