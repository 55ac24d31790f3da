import { type RawBuilder, sql } from "kysely";
import type { Work } from "../db/actor.ts";

/** Themes of branch evenings as branches hold them. */
const THEMES = [
	"Phòng, chống bạo lực gia đình",
	"Bình xét vay vốn Ngân hàng Chính sách xã hội",
	"Vệ sinh môi trường, phân loại rác tại nhà",
	"Chăm sóc sức khỏe sinh sản, khám sàng lọc ung thư",
	"Kỷ niệm Ngày thành lập Hội 20/10",
	"Nuôi dạy con, phòng đuối nước cho trẻ em",
	"Dùng Zalo, dịch vụ công trực tuyến",
	"Góp ý sinh hoạt chi hội, thăm hội viên ốm",
	"Tiết kiệm tại chi hội, giúp nhau vốn, giống",
	"Phòng, chống lừa đảo qua mạng",
];
const MODELS: [kind: string, basis: string | null, group: string, name: string, helpers: string][] = [
	["model.club", "age", "group.young", "CLB Nữ thanh niên vì môi trường", "Đoàn Thanh niên"],
	["model.club", "age", "group.elderly", "CLB Dưỡng sinh", "Hội Người cao tuổi, trạm y tế"],
	["model.club", "trade", "group.traders", "CLB Nữ tiểu thương văn minh", "Ban quản lý chợ"],
	["model.lodging_workers", null, "group.workers", "Nhà trọ an toàn, thân thiện", "Chủ nhà trọ, công đoàn"],
	["model.online", null, "group.away", "Nhóm Zalo chị em xa quê", "Chi hội trưởng các thôn"],
	["model.livelihood", null, "group.entrepreneurs", "Tổ hợp tác rau sạch", "Hội Nông dân"],
	["model.health", "interest", "group.urban", "Dân vũ khu chung cư", "Ban quản trị chung cư"],
	["model.family", null, "group.caring", "Bà và cháu đến thư viện", "Trường mầm non"],
];
const WISHES = [
	"Chị em mong được vay vốn chăn nuôi nhỏ.",
	"Đề nghị có thêm buổi khám sức khỏe miễn phí tại thôn.",
	"Mong mở lớp xóa mù công nghệ cho chị em lớn tuổi.",
	"Xin hỗ trợ quà Tết cho hội viên khó khăn.",
	"Đề nghị xã sửa đèn đường ở khu nhà trọ.",
];

/** A number from 0 up to, not with, `of`, fixed by its key: two demos of one day are one demo. */
const draw = (key: RawBuilder<unknown>, of: number) =>
	sql`(('x' || substr(md5(${key}), 1, 8))::bit(32)::bigint % ${of}::bigint)::integer`;

/** A UUID of version 7 fixed by its key. */
const idOf = (key: RawBuilder<unknown>) =>
	sql`overlay(overlay(md5(${key}) placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid`;

/** Lets the branches of the demo have met, its communes keep models, pairs, attendances and wishes, and programmes reach some of them. */
export async function fillBranchLife(work: Work): Promise<void> {
	const by = sql`${work.accountId}::uuid`;
	const today = sql`${work.today}::date`;
	const branches = sql`(select u.id, u.kind, p.commune_id, lower(s.during) as since from app.unit u
		join app.unit_spell s on s.unit_id = u.id and s.during @> ${today} join app.unit_home p on p.leaf_id = u.id and p.during @> ${today}
		where u.kind in ('branch', 'group'))`;
	const k = (name: string) => sql`b.id || ${name}`;
	await sql`insert into app.meeting (id, unit_id, on_day, kind, form, theme, members, others, recorded_by)
		select ${idOf(sql`b.id || 'meeting' || n`)}, b.id, ${today} - (n * 40 + ${draw(sql`b.id || 'day' || n`, 30)}), 'meeting',
			(array['in_person', 'in_person', 'in_person', 'zalo', 'facebook'])[1 + ${draw(sql`b.id || 'form' || n`, 5)}],
			(${THEMES}::text[])[1 + ${draw(sql`b.id || 'theme' || n`, THEMES.length)}], 12 + ${draw(sql`b.id || 'members' || n`, 45)},
			${draw(sql`b.id || 'others' || n`, 8)}, ${by}
		from ${branches} b cross join generate_series(0, 8) n
		-- One branch in eleven is behind with its meetings, and nobody holds every one of them.
		where (n > 2 or ${draw(k("behind"), 11)} > 0) and ${draw(sql`b.id || 'held' || n`, 10)} < 7 on conflict do nothing`.execute(
		work.db,
	);
	await sql`insert into app.model (id, unit_id, kind, basis, for_group, name, founded, members, helpers, recorded_by)
		select ${idOf(sql`t.unit_id || 'model'`)}, t.unit_id, m.kind, m.basis, m.for_group, m.name, ${today} - (60 + ${draw(sql`t.unit_id || 'since'`, 1500)}),
			10 + ${draw(sql`t.unit_id || 'size'`, 60)}, m.helpers, ${by}
		from app.territory t join jsonb_to_recordset(${JSON.stringify(
			MODELS.map(([kind, basis, for_group, name, helpers], at) => ({ at, kind, basis, for_group, name, helpers })),
		)}::jsonb) as m(at integer, kind text, basis text, for_group text, name text, helpers text) on m.at = ${draw(sql`t.unit_id || 'kind'`, MODELS.length)}
		where t.kind = 'commune' and t.since <= ${today} and t.until > ${today} and ${draw(sql`t.unit_id || 'has'`, 10)} < 7`.execute(
		work.db,
	);
	await sql`insert into app.branch_criterion (id, unit_id, criterion, on_day, met, recorded_by)
		select ${idOf(sql`b.id || c`)}, b.id, c, ${today} - (20 + ${draw(k("judged"), 90)}), ${draw(sql`b.id || c`, 10)} < 8, ${by}
		from ${branches} b cross join unnest(array['has_vanguard', 'has_monthly_activity', 'has_resources', 'knows_faces', 'knows_circumstances', 'knows_needs']) c
		where b.kind = 'branch' and ${draw(k("criteria"), 3)} < 2`.execute(work.db);
	await sql`insert into app.branch_attendance (id, unit_id, who, planned_on, attended_on, ran, coached, recorded_by)
		select ${idOf(k("attended"))}, b.id, (array['chair', 'deputy', 'committee'])[1 + ${draw(k("who"), 3)}], ${today} - ${draw(k("plan"), 260)} + 3,
			case when ${draw(k("came"), 8)} > 0 then ${today} - ${draw(k("plan"), 260)} end, ${draw(k("came"), 8)} > 5,
			case when ${draw(k("came"), 8)} = 7 then 'Điều hành buổi sinh hoạt' else '' end, ${by}
		from ${branches} b where b.kind = 'branch' and ${draw(k("visited"), 4)} > 0`.execute(work.db);
	await sql`insert into app.wish (id, unit_id, noted_on, words, noted_by)
		select ${idOf(k("wish"))}, b.id, ${today} - (15 + ${draw(k("wished"), 120)}), (${WISHES}::text[])[1 + ${draw(k("words"), WISHES.length)}], ${by}
		from ${branches} b where b.kind = 'branch' and ${draw(k("wishes"), 6)} = 0`.execute(work.db);
	await sql`update app.wish set answered_on = noted_on + 12, answer = 'Đã báo cáo Ủy ban nhân dân xã và trả lời tại buổi sinh hoạt.',
			answered_by = ${by}, answered_at = clock_timestamp(), version = version + 1
		where ${draw(sql`unit_id || 'answered'`, 4)} > 0`.execute(work.db);
	await fillPairs(work, branches, k);
	await fillProgrammes(work);
	await work.audit({ action: "models.add", detail: { demo: true } });
}

/** Branch heads in pairs with other members and branches, and some of them fostered toward the Party. */
async function fillPairs(
	work: Work,
	branches: RawBuilder<unknown>,
	k: (name: string) => RawBuilder<unknown>,
): Promise<void> {
	const by = sql`${work.accountId}::uuid`;
	const today = sql`${work.today}::date`;
	await sql`insert into app.model_pair (id, unit_id, form, helper_unit_id, helped_unit_id, started, ended, succeeded, result, recorded_by)
		select ${idOf(k("pair"))}, b.commune_id, 'good_branch_weak_branch', b.id, b.next_id, d.started, case when d.done then d.started + 180 end,
			case when d.done then ${draw(k("good"), 4)} > 0 end, case when d.done then 'Chi hội đã sinh hoạt đều, thêm hội viên mới.' else '' end, ${by}
		from (select b.*, lead(b.id) over (partition by b.commune_id order by b.id) as next_id from ${branches} b where b.kind = 'branch') b
		cross join lateral (select ${today} - (30 + ${draw(k("paired"), 500)}) as started, ${draw(k("paired"), 500)} > 200 as done) d
		where b.next_id is not null and ${draw(k("pairs"), 5)} = 0`.execute(work.db);
	await sql`insert into app.party_fostering (id, unit_id, person_id, post, fosterer_words, proposed_on, fostered_on, introduced_on, admitted_on, recorded_by)
		select ${idOf(k("party"))}, b.id, o.person_id, 'branch_head', 'Chi bộ thôn, tổ dân phố', d.day, d.day + 20,
			case when ${draw(k("step"), 3)} > 0 then d.day + 150 end, case when ${draw(k("step"), 3)} = 2 then d.day + 260 end, ${by}
		from ${branches} b join app.post o on o.unit_id = b.id and o.post = 'branch_head' and o.until is null
		cross join lateral (select ${today} - (270 + ${draw(k("fostered"), 400)}) as day) d
		where ${draw(k("fosters"), 9)} = 0 on conflict do nothing`.execute(work.db);
}

const PROGRAMMES: [kind: string, name: string, source: string, amount: number, share: number][] = [
	["programme", "Đề án Hỗ trợ phụ nữ khởi nghiệp", "Ngân sách nhà nước", 12_000_000_000, 8],
	["project", "Dự án Thu hẹp khoảng cách số cho phụ nữ nông thôn", "Tổ chức quốc tế", 6_500_000_000, 5],
	["training", "Tập huấn kỹ năng điều hành sinh hoạt chi hội", "Kinh phí Hội", 900_000_000, 12],
];

/** Programmes of the centre over the country, and a loan fund of each province that has rosters. */
async function fillProgrammes(work: Work): Promise<void> {
	const by = sql`${work.accountId}::uuid`;
	const today = sql`${work.today}::date`;
	const json = JSON.stringify(
		PROGRAMMES.map(([kind, name, source, amount, share], at) => ({ at, kind, name, source, amount, share })),
	);
	await sql`insert into app.programme (id, unit_id, kind, name, source, from_day, until_day, amount, recorded_by)
		select ${idOf(sql`'programme' || p.at`)}, (select u.id from app.unit u where u.kind = 'centre'), p.kind, p.name, p.source, ${today} - 400, ${today} + 700,
			p.amount, ${by}
		from jsonb_to_recordset(${json}::jsonb) as p(at integer, kind text, name text, source text, amount bigint)`.execute(
		work.db,
	);
	await sql`insert into app.programme_commune (programme_id, owner_id, unit_id, amount)
		select p.id, p.unit_id, t.unit_id, 10000000::bigint from app.programme p
		join jsonb_to_recordset(${json}::jsonb) as g(name text, share integer) on g.name = p.name
		join app.territory t on t.kind = 'commune' and t.since <= ${today} and t.until > ${today}
		where ${draw(sql`t.unit_id || p.name`, 100)} < g.share`.execute(work.db);
	await sql`insert into app.programme (id, unit_id, kind, name, source, from_day, amount, recorded_by)
		select ${idOf(sql`t.unit_id || 'loan'`)}, t.unit_id, 'loan', 'Vốn ủy thác hỗ trợ phụ nữ phát triển kinh tế', 'Ngân hàng Chính sách xã hội', ${today} - 300,
			5000000000, ${by}
		from app.territory t where t.kind = 'province' and t.since <= ${today} and t.until > ${today}`.execute(work.db);
	await sql`insert into app.programme_commune (programme_id, owner_id, unit_id, amount)
		select p.id, p.unit_id, t.unit_id, 40000000::bigint from app.programme p
		join app.territory t on t.province_id = p.unit_id and t.kind = 'commune' and t.since <= ${today} and t.until > ${today}
		where p.kind = 'loan' and ${draw(sql`t.unit_id || 'loan'`, 10)} < 3`.execute(work.db);
}
