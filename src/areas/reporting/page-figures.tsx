import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { change, count } from "../../ui/format.ts";
import css from "./page.module.css";
import type { Shown } from "./page-report.tsx";
import { FIGURES, type Figures, GROUPS, type Group } from "./rules-figures.ts";
import { JUMP_RULE } from "./rules-jumps.ts";

interface Line {
	key: string;
	label: string;
	flow: boolean;
	now: number | null;
	/** What a correction waiting for approval would replace. */
	frozen: number | null;
	live: number | null;
	before: number | null | undefined;
	jump: string | null;
}

/** All figures of a report, group by group, last period's beside them, and a word where one jumps. */
export function FigureTables({ shown, main }: { shown: Shown; main: { words: string; counts: Figures } }) {
	const asked = new Set(shown.keys);
	const jumps = new Map(shown.live.jumps.map(({ key, text }) => [key, text]));
	const { words } = main;
	const isLive = words === "tạm tính";
	const lines = FIGURES.filter(({ key }) => asked.has(key)).map((kind) => ({
		...kind,
		now: main.counts[kind.key] ?? null,
		frozen: words === "điều chỉnh, chờ duyệt" ? (shown.frozen[0]?.counts[kind.key] ?? null) : null,
		live: shown.live.counts[kind.key] ?? null,
		before: shown.previous?.counts[kind.key],
		jump: jumps.get(kind.key) ?? null,
	}));
	const differs = !isLive && lines.some(({ now, live }) => now !== live);
	const columns = columnsOf(shown, main.words, differs);
	const rowsOf = (group: Group) => lines.filter((line) => line.group === group && isWorthALine(line, group));
	const structures = GROUPS.filter(({ key, optional }) => optional && rowsOf(key).length > 0);
	return (
		<>
			{GROUPS.filter(({ optional }) => !optional).map((group) => {
				// What one commune's class is stands above as a word.
				const rows = group.key === "communes" && shown.unit.kind === "commune" ? [] : rowsOf(group.key);
				return rows.length === 0 ? null : (
					<section className="card" key={group.key}>
						<h2>{group.label}</h2>
						<DataList caption={group.label} columns={columns} rows={rows} keyOf={(row) => row.key} empty={null} />
					</section>
				);
			})}
			{structures.length > 0 ? (
				<section className="card page">
					<h2>Cơ cấu hội viên có trong danh sách</h2>
					{structures.map((group) => (
						<div key={group.key}>
							<h3>{group.label}</h3>
							<DataList
								caption={group.label}
								columns={columns}
								rows={rowsOf(group.key)}
								keyOf={(row) => row.key}
								empty={null}
							/>
						</div>
					))}
				</section>
			) : null}
			<p className="soft">{JUMP_RULE}</p>
		</>
	);
}

/** Parts and losses that are nought everywhere say nothing; the totals and the movement table are shown whole. */
function isWorthALine({ key, now, live, before }: Line, group: string): boolean {
	if (group === "movement" || ["members", "roster", "women18"].includes(key)) return true;
	return Boolean(now || live || before);
}

const HEADS: Record<string, string> = {
	"tạm tính": "Tạm tính",
	"đã chốt": "Đã chốt",
	"điều chỉnh, chờ duyệt": "Điều chỉnh",
};

function columnsOf(shown: Shown, words: string, differs: boolean): Column<Line>[] {
	const figure = (value: number | null | undefined, flow = false) =>
		value === null || value === undefined ? (
			<span className="soft">chưa có</span>
		) : flow && value < 0 ? (
			change(value)
		) : (
			count(value)
		);
	const previous = shown.previous;
	return [
		{
			key: "label",
			head: "Số liệu",
			cell: (row) => (
				<>
					{row.label}
					{row.jump ? (
						<span className={css.jump}>
							<br />⚑ {row.jump}
						</span>
					) : null}
				</>
			),
			phone: "first",
		},
		{
			key: "now",
			head: HEADS[words] ?? "Đã gửi",
			cell: (row) => <b>{figure(row.now, row.flow)}</b>,
			phone: "end",
			number: true,
			width: "16%",
		},
		...(words === "điều chỉnh, chờ duyệt"
			? [
					{
						key: "frozen",
						head: "Đã chốt",
						cell: (row: Line) => figure(row.frozen, row.flow),
						phone: "second" as const,
						phoneLabel: "đã chốt",
						number: true,
						width: "14%",
					},
				]
			: []),
		...(differs
			? [
					{
						key: "live",
						head: "Hiện tại (tạm tính)",
						cell: (row: Line) => figure(row.live, row.flow),
						phone: "second" as const,
						phoneLabel: "tạm tính",
						number: true,
						width: "18%",
					},
				]
			: []),
		...(previous
			? [
					{
						key: "before",
						head: previous.frozen ? `Kỳ trước (${previous.name}, đã chốt)` : "Trước kỳ này (tạm tính)",
						cell: (row: Line) => (row.before === undefined ? "" : figure(row.before, row.flow)),
						phone: "second" as const,
						phoneLabel: "kỳ trước",
						number: true,
						width: "22%",
					},
				]
			: []),
	];
}
