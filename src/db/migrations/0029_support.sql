-- Support of communes not over 60 % (R17, II.2 and the annex of the guidance). The lists people choose from: the guidance's own words,
-- what a unit adds for itself and those below it, and what the level above has offered further.
create table app.support_catalogue (
	code text not null,
	-- 'cause', 'solution', 'solution_group', 'group', 'partner'; areas above add kinds of their own.
	kind text not null,
	words text not null,
	-- A solution's group (a–d).
	parent_code text,
	-- Where it stands in the guidance; empty: in none.
	guidance text not null default '',
	position integer not null default 1000,
	-- Null: the guidance.
	offered_by integer,
	-- Below which unit it can be chosen: at first the one that added it.
	offered_under integer,
	-- The centre has offered it to the whole country.
	offered_to_all boolean not null default false,
	added_by uuid,
	added_at timestamptz not null default clock_timestamp(),
	constraint support_catalogue_pkey primary key (code),
	constraint support_catalogue_parent_fkey foreign key (parent_code) references app.support_catalogue (code),
	constraint support_catalogue_offered_by_fkey foreign key (offered_by) references app.unit (id),
	constraint support_catalogue_offered_under_fkey foreign key (offered_under) references app.unit (id),
	constraint support_catalogue_added_by_fkey foreign key (added_by) references app.account (id),
	constraint support_catalogue_code_shape check (code ~ '^[a-z0-9_.-]{1,60}$'),
	constraint support_catalogue_kind_shape check (kind ~ '^[a-z_]{1,40}$'),
	constraint support_catalogue_words_present check (length(words) between 1 and 600),
	constraint support_catalogue_guidance_bounded check (length(guidance) <= 200),
	constraint support_catalogue_of_guidance_or_unit check (num_nonnulls(offered_by, offered_under, added_by) in (0, 3))
);
create index support_catalogue_kind_index on app.support_catalogue (kind, position);
create index support_catalogue_parent_index on app.support_catalogue (parent_code);
create index support_catalogue_offered_by_index on app.support_catalogue (offered_by);
create index support_catalogue_offered_under_index on app.support_catalogue (offered_under);
create index support_catalogue_added_by_index on app.support_catalogue (added_by);

-- The support of one commune, from its review to the half-year that confirms it over 60 %.
create table app.support_case (
	id uuid not null,
	unit_id integer not null,
	opened_on date not null,
	opened_by uuid not null,
	opened_at timestamptz not null default clock_timestamp(),
	-- 'rule': she was on the list of the day; 'hand': somebody decided so; 'carried': taken over from communes that ended.
	why text not null,
	note text not null default '',
	-- How the commune stood on the day it was opened.
	members integer,
	women18 integer,
	-- A very difficult one has a committee member, too (R20).
	very_difficult boolean not null default false,
	-- When it is to be over 60 %: the last day of its road map.
	goal_on date,
	-- What the road map was drawn from: the members and the women aged 18 and over of that day.
	road_members integer,
	road_women18 integer,
	-- As they were found when the case was closed: since when it had been over 60 %, and the half-year's data day that confirmed it.
	crossed_on date,
	confirmed_on date,
	closed_on date,
	closed_by uuid,
	closed_at timestamptz,
	result text,
	closing_note text not null default '',
	-- Counted up with each change, so that of two who edit at once the second is told.
	version integer not null default 1,
	changed_by uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	constraint support_case_pkey primary key (id),
	constraint support_case_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint support_case_opened_by_fkey foreign key (opened_by) references app.account (id),
	constraint support_case_closed_by_fkey foreign key (closed_by) references app.account (id),
	constraint support_case_changed_by_fkey foreign key (changed_by) references app.account (id),
	constraint support_case_why_known check (why in ('rule', 'hand', 'carried')),
	constraint support_case_result_known check (result in ('passed', 'mistake', 'other')),
	constraint support_case_closed_whole check (num_nonnulls(closed_on, closed_by, closed_at, result) in (0, 4)),
	constraint support_case_days_ordered check (closed_on >= opened_on and crossed_on <= confirmed_on),
	constraint support_case_passed_confirmed check (result is distinct from 'passed' or confirmed_on is not null),
	constraint support_case_notes_bounded check (length(note) <= 2000 and length(closing_note) <= 2000)
);
create unique index support_case_one_open on app.support_case (unit_id) where closed_on is null;
create index support_case_unit_index on app.support_case (unit_id);
create index support_case_opened_by_index on app.support_case (opened_by);
create index support_case_closed_by_index on app.support_case (closed_by);
create index support_case_changed_by_index on app.support_case (changed_by);

-- Of communes that ended while they were supported: which cases one that stands in their place goes on from.
create table app.support_origin (
	case_id uuid not null,
	origin_id uuid not null,
	constraint support_origin_pkey primary key (case_id, origin_id),
	constraint support_origin_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_origin_origin_fkey foreign key (origin_id) references app.support_case (id),
	constraint support_origin_of_another check (case_id <> origin_id)
);
create index support_origin_origin_index on app.support_origin (origin_id);

create table app.support_cause (
	case_id uuid not null,
	cause text not null,
	-- 1: some; 2: much; 3: the main one.
	weight smallint not null,
	evidence text not null default '',
	position integer not null default 0,
	constraint support_cause_pkey primary key (case_id, cause),
	constraint support_cause_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_cause_cause_fkey foreign key (cause) references app.support_catalogue (code),
	constraint support_cause_weight_known check (weight between 1 and 3),
	constraint support_cause_evidence_bounded check (length(evidence) <= 2000)
);
create index support_cause_cause_index on app.support_cause (cause);

create table app.support_group (
	case_id uuid not null,
	"group" text not null,
	-- How many women of this group are not members yet, as the commune counted them; null: not counted.
	women integer,
	note text not null default '',
	position integer not null default 0,
	constraint support_group_pkey primary key (case_id, "group"),
	constraint support_group_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_group_group_fkey foreign key ("group") references app.support_catalogue (code),
	constraint support_group_women_range check (women between 0 and 10000000),
	constraint support_group_note_bounded check (length(note) <= 2000)
);
create index support_group_group_index on app.support_group ("group");

-- The road map: how many members are to be there at the end of a day.
create table app.support_milestone (
	case_id uuid not null,
	day date not null,
	members integer not null,
	note text not null default '',
	-- Worked out anew when communes were merged or parted, and nobody has looked at it since.
	recomputed boolean not null default false,
	constraint support_milestone_pkey primary key (case_id, day),
	constraint support_milestone_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_milestone_members_range check (members between 0 and 10000000),
	constraint support_milestone_note_bounded check (length(note) <= 500)
);

-- What is done against the causes: from `begun_on` on (a day to come: planned) until `ended_on`.
create table app.support_solution (
	id uuid not null,
	case_id uuid not null,
	solution text not null,
	-- The cause it answers; null: all of them.
	cause text,
	begun_on date not null,
	ended_on date,
	responsible text not null default '',
	note text not null default '',
	position integer not null default 0,
	constraint support_solution_pkey primary key (id),
	constraint support_solution_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_solution_solution_fkey foreign key (solution) references app.support_catalogue (code),
	constraint support_solution_cause_fkey foreign key (cause) references app.support_catalogue (code),
	constraint support_solution_ended_after_begun check (ended_on >= begun_on),
	constraint support_solution_text_bounded check (length(responsible) <= 300 and length(note) <= 2000)
);
create index support_solution_case_index on app.support_solution (case_id);
create index support_solution_solution_index on app.support_solution (solution);
create index support_solution_cause_index on app.support_solution (cause);

-- What the case lives on, in words and đồng; programmes that reach it stand in an area of their own.
create table app.support_resource (
	id uuid not null,
	case_id uuid not null,
	words text not null,
	source text not null default '',
	-- In đồng; null: no money.
	amount bigint,
	on_day date,
	position integer not null default 0,
	constraint support_resource_pkey primary key (id),
	constraint support_resource_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_resource_words_present check (length(words) between 1 and 500 and length(source) <= 300),
	constraint support_resource_amount_range check (amount between 0 and 1000000000000000)
);
create index support_resource_case_index on app.support_resource (case_id);

create table app.support_partner (
	case_id uuid not null,
	partner text not null,
	task text not null default '',
	position integer not null default 0,
	constraint support_partner_pkey primary key (case_id, partner),
	constraint support_partner_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_partner_partner_fkey foreign key (partner) references app.support_catalogue (code),
	constraint support_partner_task_bounded check (length(task) <= 1000)
);
create index support_partner_partner_index on app.support_partner (partner);

-- Each version of each part of a case as it was written: the tables above hold the last one.
create table app.support_revision (
	case_id uuid not null,
	version integer not null,
	part text not null,
	content jsonb not null,
	by uuid not null,
	at timestamptz not null default clock_timestamp(),
	constraint support_revision_pkey primary key (case_id, version),
	constraint support_revision_case_fkey foreign key (case_id) references app.support_case (id),
	constraint support_revision_by_fkey foreign key (by) references app.account (id),
	constraint support_revision_part_known check (part in ('case', 'causes', 'groups', 'milestones', 'solutions', 'resources', 'partners', 'closing'))
);
create index support_revision_by_index on app.support_revision (by);

-- The guidance's own words.
insert into app.support_catalogue (code, kind, position, guidance, words) values
	('cause.party_view', 'cause', 10, 'phụ lục 2.1, ý 1', 'Cấp ủy có quan điểm mỗi người chỉ tham gia tối đa 02 đoàn thể hoặc 01 đoàn thể'),
	('cause.household_dues', 'cause', 20, 'phụ lục 2.1, ý 2', 'Nhiều gia đình không muốn nhiều thế hệ, nhiều người cùng tham gia trong một đoàn thể; không muốn tham gia nhiều đoàn thể vì phải đóng nhiều hội phí, tốn kém'),
	('cause.no_benefit', 'cause', 30, 'phụ lục 2.1, ý 3', 'Phụ nữ không thích tham gia sinh hoạt vì không thấy được quyền lợi thiết thực (không được bảo vệ kịp thời khi quyền lợi bị vi phạm, không được vay vốn theo nhu cầu...)'),
	('cause.away', 'cause', 41, 'phụ lục 2.1, ý 4', 'Phụ nữ đi làm ăn xa nhiều'),
	('cause.young', 'cause', 42, 'phụ lục 2.1, ý 4', 'Nữ thanh niên thích tham gia Đoàn Thanh niên, không muốn vào tổ chức Hội (trừ thanh niên đã lập gia đình)'),
	('cause.elderly', 'cause', 43, 'phụ lục 2.1, ý 4', 'Phụ nữ cao tuổi thích sang sinh hoạt Hội Người cao tuổi vì thấy được nhiều quyền lợi'),
	('cause.frail', 'cause', 44, 'phụ lục 2.1, ý 4', 'Một số già yếu không đi sinh hoạt được nên ngại tham gia'),
	('cause.caring', 'cause', 45, 'phụ lục 2.1, ý 4', 'Một số bận ở nhà trông con cháu'),
	('cause.business', 'cause', 46, 'phụ lục 2.1, ý 4', 'Phụ nữ doanh nhân, tiểu thương lo làm kinh tế, không có thời gian sinh hoạt Hội'),
	('cause.cadres', 'cause', 50, 'phụ lục 2.1, ý 5', 'Năng lực cán bộ Hội ở cơ sở, nhất là đội ngũ chi hội trưởng, chi hội phó, tổ trưởng, tổ phó phụ nữ còn hạn chế (thiếu kiến thức, yếu kỹ năng...)'),
	('cause.dull_meetings', 'cause', 60, 'phụ lục 2.1, ý 6', 'Hình thức sinh hoạt hội viên chậm đổi mới, nội dung đơn điệu, nhàm chán, chưa hấp dẫn, chưa thiết thực, chưa đáp ứng nhu cầu của hội viên, phụ nữ'),
	('cause.allowance', 'cause', 70, 'phụ lục 2.1, ý 7', 'Chế độ chính sách dành cho chi hội trưởng, tổ trưởng chưa khuyến khích được chị em tích cực vận động phụ nữ tham gia tổ chức Hội'),
	('solution.a', 'solution_group', 100, 'phụ lục 2.2 a', 'Về cơ chế, chính sách, công tác phối hợp'),
	('solution.b', 'solution_group', 200, 'phụ lục 2.2 b', 'Về công tác tuyên truyền và thông tin'),
	('solution.c', 'solution_group', 300, 'phụ lục 2.2 c', 'Đại diện bảo vệ quyền, lợi ích hợp pháp, chính đáng cho hội viên, phụ nữ'),
	('solution.d', 'solution_group', 400, 'phụ lục 2.2 d', 'Về công tác tổ chức cán bộ'),
	('group.young', 'group', 10, 'mục II.2.3', 'Nữ thanh niên'),
	('group.elderly', 'group', 20, 'mục II.2.3', 'Phụ nữ cao tuổi'),
	('group.away', 'group', 30, 'mục II.2.3', 'Phụ nữ đi làm ăn xa'),
	('group.urban', 'group', 40, 'mục II.2.3', 'Phụ nữ khu đô thị, chung cư'),
	('group.traders', 'group', 50, 'mục II.2.3', 'Phụ nữ tiểu thương'),
	('group.entrepreneurs', 'group', 60, 'phụ lục 2.1, ý 4', 'Nữ doanh nhân'),
	('group.workers', 'group', 70, 'mục II.2.3', 'Nữ công nhân ở khu nhà trọ'),
	('group.temporary', 'group', 80, 'mục II.2.3', 'Phụ nữ tạm trú, di cư đến'),
	('group.frail', 'group', 90, 'phụ lục 2.1, ý 4', 'Phụ nữ già yếu không đi sinh hoạt được'),
	('group.caring', 'group', 100, 'phụ lục 2.1, ý 4', 'Phụ nữ bận ở nhà trông con cháu'),
	('group.religious', 'group', 110, 'mục II.2.2', 'Phụ nữ dân tộc, tôn giáo'),
	('partner.trade_union', 'partner', 10, 'mục II.2.3', 'Tổ chức Công đoàn'),
	('partner.youth', 'partner', 20, 'mục II.2.3; phụ lục 2.2 a', 'Đoàn Thanh niên'),
	('partner.elderly', 'partner', 30, 'mục II.2.3; phụ lục 2.2 a', 'Hội Người cao tuổi'),
	('partner.entrepreneurs', 'partner', 40, 'phụ lục 2.2 a', 'Hiệp hội nữ doanh nhân'),
	('partner.statistics', 'partner', 50, 'phụ lục 2.2 a', 'Cán bộ thống kê xã'),
	('partner.residence', 'partner', 60, 'mục II.1.1', 'Cơ quan quản lý hộ khẩu tại địa phương'),
	('partner.landlords', 'partner', 70, 'mục II.1.1', 'Chủ nhà trọ'),
	('partner.party', 'partner', 80, 'phụ lục 2.2 a', 'Cấp ủy, Ban Dân vận, Ban Tổ chức của cấp ủy'),
	('partner.council', 'partner', 90, 'phụ lục 2.2 a', 'Hội đồng nhân dân, Ủy ban nhân dân'),
	('partner.enterprises', 'partner', 100, 'phụ lục 2.2 a', 'Doanh nghiệp trên địa bàn');
insert into app.support_catalogue (code, kind, parent_code, position, guidance, words) values
	('solution.a1', 'solution', 'solution.a', 101, 'phụ lục 2.2 a, ý 1', 'Báo cáo Ban Thường vụ tỉnh ủy, làm việc với Ban Dân vận, Ban Tổ chức tỉnh ủy thống nhất quan điểm, có văn bản chỉ đạo cấp ủy địa phương tôn trọng quyền lựa chọn tham gia các tổ chức đoàn/hội của hội viên, phụ nữ, đồng thời thống nhất cách thức quản lý hội viên/đoàn viên của các đoàn thể'),
	('solution.a2', 'solution', 'solution.a', 102, 'phụ lục 2.2 a, ý 2', 'Phối hợp với Đoàn Thanh niên, Hội Người cao tuổi, Hiệp hội nữ doanh nhân tổ chức các hoạt động phù hợp cho từng đối tượng'),
	('solution.a3', 'solution', 'solution.a', 103, 'phụ lục 2.2 a, ý 3', 'Nắm nguyện vọng của chi hội trưởng, tổ trưởng, đề xuất với Hội đồng nhân dân, Ủy ban nhân dân có chế độ phụ cấp phù hợp (hỗ trợ chi phí đi lại, liên lạc), cân đối nguồn quỹ hội của địa phương'),
	('solution.a4', 'solution', 'solution.a', 104, 'phụ lục 2.2 a, ý 4', 'Phối hợp với cán bộ thống kê xã rà soát lại tình hình phụ nữ từ 18 tuổi trở lên và hội viên có hộ khẩu thường trú và tạm trú (6 tháng trở lên) tại địa phương'),
	('solution.a5', 'solution', 'solution.a', 105, 'phụ lục 2.2 a, ý 5', 'Theo dõi, giám sát việc thu nộp hội phí ở các hộ gia đình có nhiều hội viên, vận dụng miễn/giảm hội phí để giảm áp lực về đóng hội phí'),
	('solution.b1', 'solution', 'solution.b', 201, 'phụ lục 2.2 b, ý 1', 'Khảo sát tìm hiểu nhu cầu, phân loại theo nhóm đối tượng, tuyên truyền nâng cao nhận thức để chị em thấy được quyền lợi thiết thực khi tham gia tổ chức Hội'),
	('solution.b2', 'solution', 'solution.b', 202, 'phụ lục 2.2 b, ý 2', 'Thành lập các CLB, tổ/nhóm theo lứa tuổi, sở thích, nghề nghiệp để hạn chế tối đa việc nhiều thành viên trong gia đình tham gia sinh hoạt trong 1 mô hình tập hợp'),
	('solution.b3', 'solution', 'solution.b', 203, 'phụ lục 2.2 b, ý 3', 'Đẩy mạnh ứng dụng công nghệ thông tin, mạng xã hội (zalo, facebook, website...) trong tuyên truyền, thu hút hội viên'),
	('solution.b4', 'solution', 'solution.b', 204, 'phụ lục 2.2 b, ý 4', 'Xây dựng và phát hiện các điển hình/gương hội viên/phụ nữ tiêu biểu, kịp thời khen thưởng động viên, tăng cường gặp gỡ giao lưu, chia sẻ và phổ biến kinh nghiệm'),
	('solution.b5', 'solution', 'solution.b', 205, 'phụ lục 2.2 b, ý 5', 'Tổ chức các hoạt động, hình thức truyền thông phù hợp, cung cấp, trao đổi thông tin hữu ích đáp ứng nhu cầu, đối tượng hội viên phụ nữ'),
	('solution.c1', 'solution', 'solution.c', 301, 'phụ lục 2.2 c, ý 1', 'Đẩy mạnh các hoạt động chăm lo, đại diện bảo vệ quyền lợi thiết thực của phụ nữ tại địa phương, cơ sở; phổ biến kinh nghiệm về một số vụ việc mà Hội đã bảo vệ thành công'),
	('solution.c2', 'solution', 'solution.c', 302, 'phụ lục 2.2 c, ý 2', 'Kịp thời tập hợp và phản ánh những kiến nghị, đề xuất, bức xúc của hội viên, phụ nữ với Hội cấp trên và các cơ quan chức năng có liên quan'),
	('solution.c3', 'solution', 'solution.c', 303, 'phụ lục 2.2 c, ý 3', 'Đa dạng các hình thức tập hợp phù hợp nhu cầu, nguyện vọng của nữ thanh niên, phụ nữ cao tuổi, nữ tiểu thương và doanh nhân'),
	('solution.c4', 'solution', 'solution.c', 304, 'phụ lục 2.2 c, ý 4', 'Phân tích nhóm đối tượng đi làm ăn xa để có hình thức tập hợp phù hợp; quan tâm, thăm hỏi động viên gia đình có phụ nữ đi làm ăn xa'),
	('solution.d1', 'solution', 'solution.d', 401, 'phụ lục 2.2 d, ý 1', 'Lựa chọn cán bộ Hội cơ sở đảm bảo tiêu chuẩn, năng lực, đặc biệt lưu ý lựa chọn Chi hội trưởng nhiệt tình, trách nhiệm, có khả năng và điều kiện làm công tác xã hội'),
	('solution.d2', 'solution', 'solution.d', 402, 'phụ lục 2.2 d, ý 2', 'Tăng cường tập huấn nâng cao năng lực cho đội ngũ cán bộ cơ sở; sử dụng đội ngũ báo cáo viên, tuyên truyền viên là những người có kiến thức, có uy tín tại địa phương'),
	('solution.d3', 'solution', 'solution.d', 403, 'phụ lục 2.2 d, ý 3', 'Phát huy vai trò của hội viên nòng cốt, hội viên là cán bộ, công chức, viên chức, hội viên danh dự, những người có chuyên môn sâu về y tế, giáo dục, nông nghiệp, kinh tế...'),
	('solution.d4', 'solution', 'solution.d', 404, 'phụ lục 2.2 d, ý 4', 'Tăng cường vai trò hướng dẫn của Hội cấp trên đối với Hội cấp dưới theo hướng thực hành “cầm tay chỉ việc”; hỗ trợ các cơ sở hoàn thiện việc nhập dữ liệu hội viên vào phần mềm'),
	('solution.d5', 'solution', 'solution.d', 405, 'phụ lục 2.2 d, ý 5', 'Quán triệt cho Chủ tịch Hội LHPN cấp cơ sở thống nhất lấy số phụ nữ từ 18 tuổi trở lên của ngành thống kê');
