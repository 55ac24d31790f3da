import { Link } from "@tanstack/react-router";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count, percent } from "../../ui/format.ts";
import css from "./page.module.css";
import type { Round } from "./page-round.tsx";

/** What the meeting of the first step agreed upon. */
export function MinutesWords({ round }: { round: Round }) {
	const { minutes } = round;
	if (!minutes) return <p className="soft">Chưa ghi biên bản Cụm làm việc với Hội LHPN tỉnh.</p>;
	const { picture, fromDay, untilDay } = minutes;
	return (
		<>
			<p>
				Làm việc ngày {displayDay(minutes.metOn)}
				{minutes.place ? ` tại ${minutes.place}` : ""}
				{fromDay && untilDay ? `; hỗ trợ từ ${displayDay(fromDay)} đến ${displayDay(untilDay)}` : ""}.
			</p>
			{minutes.policy ? <p className={css.text}>{minutes.policy}</p> : null}
			{picture ? (
				<p>
					Tình hình ngày {displayDay(picture.on)}: <b>{count(picture.under + picture.exactly)}</b> trên{" "}
					{count(picture.communes)} cơ sở chưa đạt trên 60%, còn thiếu {count(picture.missing)} hội viên.
				</p>
			) : null}
		</>
	);
}

/** What the workshop of the second step said of each commune, and the plan it ended in. */
export function WorkshopWords({ round }: { round: Round }) {
	const { workshop, communes } = round;
	if (!workshop) return <p className="soft">Chưa ghi hội thảo với các cơ sở.</p>;
	const { goalCommunes, goalOn } = workshop;
	return (
		<>
			<p>
				Hội thảo ngày {displayDay(workshop.heldOn)}
				{workshop.place ? ` tại ${workshop.place}` : ""}, {count(communes.length)} cơ sở được mời,{" "}
				{count(communes.filter(({ attended }) => attended).length)} dự
				{goalCommunes !== null && goalOn !== null
					? `; phấn đấu ${count(goalCommunes)} cơ sở đạt từ 60% trở lên chậm nhất ngày ${displayDay(goalOn)}`
					: ""}
				.
			</p>
			{workshop.planOn ? (
				<p>
					<b>Kế hoạch {workshop.planNumber}</b> ban hành ngày {displayDay(workshop.planOn)}.
				</p>
			) : null}
			<DataList
				caption="Nguyên nhân, giải pháp, lộ trình của từng cơ sở"
				columns={COLUMNS}
				rows={communes}
				keyOf={(row) => String(row.unitId)}
				empty={<p className="soft">Chưa có cơ sở nào trong danh sách mời.</p>}
			/>
		</>
	);
}

type Commune = Round["communes"][number];

const COLUMNS: Column<Commune>[] = [
	{
		key: "name",
		head: "Cơ sở",
		cell: (row) => (
			<>
				<Link to="/assistance/visits/$unitId" params={{ unitId: String(row.unitId) }}>
					{row.name}
				</Link>
				{row.pilot ? <span className="soft"> · thí điểm</span> : null}
				{row.becameNow.length > 0 ? <span className={css.late}> nay: {row.becameNow.join(", ")}</span> : null}
				{row.attended === false ? <span className="soft"> · không dự</span> : null}
			</>
		),
		phone: "first",
	},
	{
		key: "rate",
		head: "Hôm nay",
		cell: ({ rate, missing }) => (
			<>
				{rate === null ? "" : percent(rate)}
				{missing ? <span className="soft"> thiếu {count(missing)}</span> : null}
			</>
		),
		phone: "end",
		width: "18%",
	},
	{
		key: "cause",
		head: "Nguyên nhân",
		cell: (row) => [row.cause, ...row.caseCauses].filter(Boolean).join("; "),
		phone: "second",
		phoneLabel: "nguyên nhân:",
		width: "22%",
	},
	{
		key: "solution",
		head: "Giải pháp",
		cell: (row) => [row.solution, ...row.caseSolutions].filter(Boolean).join("; "),
		phone: "second",
		phoneLabel: "giải pháp:",
		width: "22%",
	},
	{
		key: "goal",
		head: "Lộ trình",
		cell: (row) => {
			const goal =
				row.goalMembers !== null && row.goalOn ? { members: row.goalMembers, day: row.goalOn } : row.caseGoal;
			return goal ? `${count(goal.members)} hội viên, ${displayDay(goal.day)}` : "";
		},
		phone: "second",
		phoneLabel: "lộ trình:",
		width: "16%",
	},
];
