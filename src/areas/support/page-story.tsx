import { lazy, type ReactNode, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { change, count } from "../../ui/format.ts";
import { useSession } from "../../web/session.ts";
import type { SupportCase } from "./contract.ts";
import css from "./page.module.css";
import type { Shown } from "./page-words.ts";
import { WEIGHT_WORDS } from "./rules.ts";

const CausesForm = lazy(() => import("./page-forms.tsx").then((page) => ({ default: page.CausesForm })));
const GroupsForm = lazy(() => import("./page-forms.tsx").then((page) => ({ default: page.GroupsForm })));
const SolutionsForm = lazy(() => import("./page-forms.tsx").then((page) => ({ default: page.SolutionsForm })));
const RoadMapForm = lazy(() => import("./page-forms-road.tsx").then((page) => ({ default: page.RoadMapForm })));
const HelpForm = lazy(() => import("./page-forms-road.tsx").then((page) => ({ default: page.HelpForm })));

export type FormProps = { shown: Shown; found: SupportCase; onClose: () => void };
type Props = { shown: Shown; found: SupportCase };

/** A part of the story with its way to write it. */
function Part(
	props: Props & { title: string; write: string; Form: React.ComponentType<FormProps>; children: ReactNode },
) {
	const { shown, found, title, write, Form, children } = props;
	const [writing, setWriting] = useState(false);
	const mayWrite = shown.mayWrite && found.closed === null;
	return (
		<section className="card page">
			<div className="row">
				<h2>{title}</h2>
				{mayWrite ? (
					<span className={`end ${css.screen}`}>
						<button type="button" className="link" onClick={() => setWriting(true)}>
							{write}
						</button>
					</span>
				) : null}
			</div>
			{children}
			<Suspense>{writing ? <Form shown={shown} found={found} onClose={() => setWriting(false)} /> : null}</Suspense>
		</section>
	);
}

/** Why: the causes with their weight and what they rest on. */
export function Causes({ shown, found }: Props) {
	const causes = found.causes.toSorted((a, b) => b.weight - a.weight);
	return (
		<Part shown={shown} found={found} title="1. Vì sao khó tập hợp" write="Ghi nguyên nhân" Form={CausesForm}>
			{causes.length === 0 ? <p className="soft">Chưa ghi nguyên nhân.</p> : null}
			<ul className={css.story}>
				{causes.map(({ cause, words, guidance, weight, evidence }) => (
					<li key={cause} className={weight === 3 ? css.main : undefined}>
						{words} <b>({(WEIGHT_WORDS[weight] as string).toLowerCase()})</b>
						{guidance ? <span className="soft"> — {guidance}</span> : null}
						{evidence ? <p className={`soft ${css.said}`}>Căn cứ: {evidence}</p> : null}
					</li>
				))}
			</ul>
		</Part>
	);
}

/** Whom: the hard-to-gather groups with their numbers, against what is missing. */
export function Groups({ shown, found }: Props) {
	const counted = found.groups.reduce((sum, { women }) => sum + (women ?? 0), 0);
	const { missing } = shown.row;
	return (
		<Part shown={shown} found={found} title="2. Chị em nào chưa vào Hội" write="Ghi nhóm phụ nữ" Form={GroupsForm}>
			{found.groups.length === 0 ? (
				<p className="soft">Chưa xác định nhóm phụ nữ khó tập hợp.</p>
			) : (
				<p>
					Đã đếm <b>{count(counted)} chị</b> chưa vào Hội
					{missing ? `; cần thêm ${count(missing)} hội viên để đạt trên 60%` : ""}.
					{missing && counted < missing ? " Số đã đếm chưa đủ số cần thêm: hãy rà soát tiếp." : ""}
				</p>
			)}
			<ul className={css.story}>
				{found.groups.map(({ group, words, women, note }) => (
					<li key={group}>
						{words}: <b>{women === null ? "chưa đếm" : `${count(women)} chị`}</b>
						{note ? <p className={`soft ${css.said}`}>{note}</p> : null}
					</li>
				))}
			</ul>
		</Part>
	);
}

/** What is done: solutions by the annex's groups, since when, by whom, against which cause. */
export function Solutions({ shown, found }: Props) {
	const { today } = useSession();
	const causes = new Map(found.causes.map(({ cause, words }) => [cause, words]));
	const groups = Map.groupBy(found.solutions, ({ group }) => group || "Giải pháp khác");
	return (
		<Part shown={shown} found={found} title="3. Làm gì" write="Chọn giải pháp" Form={SolutionsForm}>
			{found.solutions.length === 0 ? <p className="soft">Chưa chọn giải pháp.</p> : null}
			{[...groups].map(([group, solutions]) => (
				<div key={group}>
					<h3>{group}</h3>
					<ul className={css.story}>
						{solutions.map((one) => (
							<li key={one.id} className={one.begunOn <= today && one.endedOn === null ? css.main : undefined}>
								{one.words}
								<p className="soft">
									{one.begunOn > today ? "Bắt đầu" : "Từ"} ngày {displayDay(one.begunOn)}
									{one.endedOn ? ` đến ngày ${displayDay(one.endedOn)}` : ""}
									{one.responsible ? ` · ${one.responsible}` : ""}
									{one.cause ? ` · cho nguyên nhân: ${causes.get(one.cause) ?? "khác"}` : ""}
								</p>
								{one.note ? <p className={`soft ${css.said}`}>{one.note}</p> : null}
							</li>
						))}
					</ul>
				</div>
			))}
		</Part>
	);
}

type Milestone = SupportCase["milestones"][number];

/** By when: how many members are to be there on which day, and how many were. */
export function RoadMap({ shown, found }: Props) {
	return (
		<Part shown={shown} found={found} title="4. Lộ trình đến trên 60%" write="Lập lộ trình" Form={RoadMapForm}>
			{found.milestones.length === 0 ? (
				<p className="soft">Chưa lập lộ trình.</p>
			) : (
				<DataList
					caption="Lộ trình"
					columns={MILESTONES}
					rows={found.milestones}
					keyOf={({ day }) => day}
					empty={null}
				/>
			)}
			{found.milestones.some(({ recomputed }) => recomputed) ? (
				<p className="soft">Các mốc đã được tính lại sau sắp xếp đơn vị; ghi lộ trình mới thì thay các mốc này.</p>
			) : null}
		</Part>
	);
}

const MILESTONES: Column<Milestone>[] = [
	{ key: "day", head: "Đến hết ngày", cell: ({ day }) => displayDay(day), phone: "first", width: "20%" },
	{
		key: "members",
		head: "Phải có (hội viên)",
		cell: ({ members }) => <b>{count(members)}</b>,
		phone: "end",
		number: true,
		width: "18%",
	},
	{
		key: "actual",
		head: "Đã có",
		cell: ({ actual, members }) =>
			actual === null
				? "chưa đến ngày"
				: `có ${count(actual)} (${actual >= members ? "đạt, " : ""}${change(actual - members)})`,
		phone: "second",
		number: true,
		width: "20%",
	},
	{
		key: "note",
		head: "Ghi chú",
		cell: ({ note, over, recomputed }) =>
			[over ? "trên 60%" : "", recomputed ? "tính lại sau sắp xếp" : "", note].filter(Boolean).join("; "),
		phone: "second",
	},
];

/** Who helps, and with what. */
export function Help({ shown, found }: Props) {
	const { resources, partners } = found;
	const money = resources.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
	return (
		<Part shown={shown} found={found} title="5. Ai cùng làm, bằng gì" write="Ghi nguồn lực, phối hợp" Form={HelpForm}>
			{resources.length + partners.length === 0 ? (
				<p className="soft">Chưa ghi nguồn lực và lực lượng phối hợp.</p>
			) : null}
			<ul className={css.story}>
				{resources.map(({ id, words, source, amount, onDay }) => (
					<li key={id}>
						{words}
						{amount === null ? "" : `: ${count(amount)} đồng`}
						<span className="soft">
							{source ? ` · ${source}` : ""}
							{onDay ? ` · ngày ${displayDay(onDay)}` : ""}
						</span>
					</li>
				))}
				{partners.map(({ partner, words, task }) => (
					<li key={partner}>
						Phối hợp với {words}
						{task ? <span className="soft"> — {task}</span> : null}
					</li>
				))}
			</ul>
			{money > 0 ? <p>Cộng: {count(money)} đồng.</p> : null}
		</Part>
	);
}
