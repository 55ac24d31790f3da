/** The groups of figures a report shows, in their order. A form may leave out those marked `optional`. */
export const GROUPS = [
	{ key: "members", label: "Hội viên", optional: false },
	{ key: "movement", label: "Biến động hội viên trong kỳ", optional: false },
	{ key: "communes", label: "Cơ sở Hội theo tỷ lệ tập hợp", optional: false },
	{ key: "age", label: "Độ tuổi", optional: true },
	{ key: "ethnicity", label: "Dân tộc", optional: true },
	{ key: "religion", label: "Tôn giáo", optional: true },
	{ key: "party", label: "Đảng viên", optional: true },
	{ key: "trade", label: "Nghề nghiệp", optional: true },
] as const;
export type Group = (typeof GROUPS)[number]["key"];

/** A figure a report may hold: all are whole numbers and are summed upward. `flow`: of the period, not of its last day. */
export interface FigureKind {
	key: string;
	group: Group;
	label: string;
	flow: boolean;
}

function figures(group: Group, entries: Record<string, string>, flow = false): FigureKind[] {
	return Object.entries(entries).map(([key, label]) => ({ key, group, label, flow }));
}

/** Every figure a report can hold, in the order it is shown. The keys are kept in frozen reports: none is ever renamed. */
export const FIGURES: readonly FigureKind[] = [
	...figures("members", {
		members: "Tổng số hội viên",
		roster: "Hội viên có trong danh sách",
		unlisted: "Hội viên đã báo cáo, chưa nhập danh sách",
		trade_union: "Hội viên là đoàn viên công đoàn",
		armed_forces: "Hội viên trong lực lượng vũ trang",
		member_organisation: "Hội viên trong các tổ chức thành viên",
		upper_club: "Hội viên CLB, tổ, nhóm do Hội cấp trên thành lập",
		overlap: "Trừ số đã có trong danh sách",
		women18: "Phụ nữ từ 18 tuổi trở lên",
	}),
	...figures("movement", { opening: "Đầu kỳ" }),
	...figures(
		"movement",
		{
			admitted: "Kết nạp mới",
			moved_in: "Chuyển đến",
			moved_out: "Chuyển đi",
			dead: "Qua đời",
			left: "Ra khỏi tổ chức Hội",
			reorganised: "Tăng, giảm do sắp xếp đơn vị",
			other: "Tăng, giảm khác",
			unnamed: "Tăng, giảm số chưa nhập danh sách và số lượng tổng hợp",
		},
		true,
	),
	...figures("movement", { closing: "Cuối kỳ" }),
	...figures("communes", {
		communes_under: "Dưới 60%",
		communes_exactly: "Bằng 60% (chưa đạt trên 60%)",
		communes_over: "Trên 60%",
		communes_unknown: "Chưa có số liệu phụ nữ từ 18 tuổi trở lên",
	}),
	...figures("age", {
		age_under_18: "Dưới 18 tuổi",
		age_18_30: "Từ 18 đến 30 tuổi",
		age_31_49: "Từ 31 đến 49 tuổi",
		age_50_up: "Từ 50 tuổi trở lên",
		age_over_110: "Trên 110 tuổi (cần rà soát)",
		age_unknown: "Chưa rõ tuổi",
	}),
	...figures("ethnicity", {
		people_kinh: "Kinh",
		people_minority: "Dân tộc thiểu số",
		people_unknown: "Chưa ghi dân tộc",
	}),
	...figures("religion", {
		religion_none: "Không theo tôn giáo",
		religion_some: "Theo tôn giáo",
		religion_unknown: "Chưa ghi tôn giáo",
	}),
	...figures("party", {
		party_yes: "Đảng viên",
		party_no: "Không là đảng viên",
		party_unknown: "Chưa ghi",
	}),
	...figures("trade", {
		trade_farmer: "Nông dân",
		trade_worker: "Công nhân, lao động",
		trade_trader: "Tiểu thương, buôn bán, dịch vụ",
		trade_entrepreneur: "Doanh nhân",
		trade_official: "Cán bộ, công chức, viên chức",
		trade_student: "Học sinh, sinh viên",
		trade_home: "Nội trợ",
		trade_retired: "Hưu trí, cao tuổi",
		trade_other: "Nghề khác",
		trade_unknown: "Chưa ghi nghề nghiệp",
	}),
];

export const FIGURE_BY_KEY: ReadonlyMap<string, FigureKind> = new Map(FIGURES.map((one) => [one.key, one]));

/** Every figure by key; null where it is not known (women aged 18 and over of a commune without a denominator). */
export type Figures = Record<string, number | null>;

/** The keys a form with these optional groups asks for, in their order. */
export function keysOf(groups: readonly string[]): string[] {
	const shown = new Set<string>(
		GROUPS.filter(({ key, optional }) => !optional || groups.includes(key)).map((g) => g.key),
	);
	return FIGURES.filter(({ group }) => shown.has(group)).map(({ key }) => key);
}

/** Sums of the same keys: what is not known of one is left out of the sum; nothing known stays unknown. */
export function sumFigures(keys: readonly string[], rows: readonly Figures[]): Figures {
	return Object.fromEntries(
		keys.map((key) => {
			const known = rows
				.map((row) => row[key])
				.filter((value): value is number => value !== null && value !== undefined);
			return [key, known.length === 0 && key === "women18" ? null : known.reduce((sum, value) => sum + value, 0)];
		}),
	);
}
