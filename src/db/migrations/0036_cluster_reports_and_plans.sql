-- R35: clusters report every half-year and year in their own words over what their provinces reported, and provinces their plan of the
-- year with the number of communes to pass 60 %, both in the chain of reports.
alter table app.report_period drop constraint report_period_levels_known,
	add constraint report_period_levels_known check (cardinality(levels) > 0 and levels <@ array['centre', 'cluster', 'province', 'district', 'commune']);
alter table app.report_period drop constraint report_period_kind_known,
	add constraint report_period_kind_known check (kind in ('half_year', 'year', 'mid_term', 'term', 'ad_hoc', 'plan'));
-- `number`: the answer is a whole number and is added up.
insert into app.report_form (name, figures, questions) values ('Kế hoạch năm của tỉnh, thành phố', '{}',
	'[{"key": "communes_to_pass", "text": "Số cơ sở Hội sẽ đạt tỷ lệ tập hợp trên 60% trong năm", "required": true, "number": true},
		{"key": "tasks", "text": "Nhiệm vụ, giải pháp và lộ trình của từng cơ sở", "required": true},
		{"key": "resources", "text": "Nguồn lực, phân công cán bộ phụ trách", "required": false},
		{"key": "proposals", "text": "Đề xuất, kiến nghị với Trung ương Hội", "required": false}]');
