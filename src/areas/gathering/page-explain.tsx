import { useQuery } from "@tanstack/react-query";
import { displayDay } from "../../core/day.ts";
import { Explain, type ExplainStep, type Recount } from "../../ui/Explain.tsx";
import { count, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { toProblem } from "../../web/problem.ts";
import type { RateRow } from "./contract.ts";

type Explained = Awaited<ReturnType<typeof api.gathering.explain.call>>;

/** *Cách tính* of a unit's figures on a day, fetched when it opens; the server counts the rows again each time. */
export function ExplainUnit(props: { unitId: number; on: string; map?: string; onClose: () => void }) {
	const { unitId, on, map } = props;
	const query = useQuery(api.gathering.explain.queryOptions({ input: { id: unitId, on, map }, staleTime: 0 }));
	const answer = query.data;
	const under = map ? `, theo đơn vị ngày ${displayDay(map)}` : "";
	return (
		<Explain
			opened
			onClose={props.onClose}
			of={`${answer ? `${answer.row.name}, ngày` : "Ngày"} ${displayDay(on)}${under}`}
			steps={answer ? stepsOf(answer) : []}
			rules={answer?.rules ?? []}
			source={answer ? <Denominator {...answer} /> : "Đang tải…"}
			documents={answer ? documentsOf(answer) : []}
			recount={answer?.recount === null ? null : recountOf(query)}
			onRecount={() => query.refetch()}
		>
			{answer ? <Origins {...answer} /> : null}
			{answer ? <NotCounted {...answer} /> : null}
			{answer && answer.recount === null ? (
				<p>Có phần được chia theo tỷ lệ, nên không đếm lại được từ từng hội viên.</p>
			) : null}
			{answer?.term.recomputed ? (
				<p>Ngày này trước nhiệm kỳ: số liệu được tính lại theo cách tính {answer.term.name}.</p>
			) : null}
		</Explain>
	);
}

/** The parts that are not nought, their total, then what it is divided by: the answer's own total is followed by our figures for the eye. */
function stepsOf({ steps, row }: Explained): ExplainStep[] {
	const parts = steps.filter(({ sign, value }, index) => sign !== "=" && (index === 0 || value !== 0));
	const total = steps.find(({ sign }) => sign === "=");
	const made: ExplainStep[] = parts.map(({ label, value, sign, note }) => ({
		label,
		value: count(sign === "-" ? -value : value),
		detail: note || undefined,
	}));
	if (total)
		made.push({ label: total.label, value: count(total.value), detail: total.note || undefined, result: true });
	if (row.women18 !== null) made.push({ label: "Phụ nữ từ 18 tuổi trở lên (2)", value: count(row.women18) });
	if (row.rate === null || row.women18 === null) return made;
	const reference = row.class === null ? ". Số tham khảo: chỉ xã, phường, đặc khu được xếp loại" : "";
	return [
		...made,
		{
			label: "Tỷ lệ tập hợp",
			value: percent(row.rate),
			detail: `(1) : (2) × 100%, tức ${count(row.members)} : ${count(row.women18)} × 100%${reference}.`,
			result: true,
		},
		...missingStep(row),
	];
}

/** Why so many are missing: the smallest number that stands strictly over 60 % (R1). */
function missingStep(row: RateRow): ExplainStep[] {
	if (row.missing === null || row.missing === 0 || row.women18 === null) return [];
	const needed = row.members + row.missing;
	return [
		{
			label: "Còn thiếu để đạt trên 60%",
			value: count(row.missing),
			detail: `Trên 60% của ${count(row.women18)} là từ ${count(needed)} hội viên trở lên; hiện có ${count(row.members)}.`,
		},
	];
}

const HOW = {
	recorded: "",
	carried: "Cộng từ các đơn vị trước sắp xếp. ",
	apportioned: "Ước tính: có phần được chia từ đơn vị trước sắp xếp theo tỷ lệ. ",
	summed: "Cộng từ các xã, phường. ",
	none: "Chưa có số liệu phụ nữ từ 18 tuổi trở lên, nên chưa tính được tỷ lệ. ",
} as const;

function Denominator({ denominator, row }: Explained) {
	const missing = row.without_denominator > 0 && denominator.how === "summed";
	return (
		<>
			{HOW[denominator.how]}
			{denominator.source ? `Nguồn: ${denominator.source}. ` : null}
			{missing ? `Chưa tính ${count(row.without_denominator)} đơn vị chưa có số liệu. ` : null}
			{denominator.how !== "summed" && denominator.how !== "none"
				? denominator.of.map((part) => (
						<span key={part.unit} style={{ display: "block" }}>
							{part.unit}: {part.women18 === null ? "chưa có số liệu" : count(part.women18)}
							{part.document ? ` (${part.document})` : ""}
						</span>
					))
				: null}
		</>
	);
}

function documentsOf({ headcounts }: Explained) {
	return headcounts.map((one) => ({
		name: [
			`${one.label}: ${count(one.count)}`,
			one.overlap > 0 ? `(trừ trùng ${count(one.overlap)})` : "",
			`của ${one.unit}, ngày ${displayDay(one.onDay)},`,
			`nguồn ${one.source}${one.document ? `, ${one.document}` : ""}`,
		]
			.filter(Boolean)
			.join(" "),
	}));
}

/** Under the units of another day: of which units of the figures' own day it is made. */
function Origins({ origins, row }: Explained) {
	if (origins.length === 0) return null;
	return (
		<section>
			<h3>Gồm các đơn vị ngày {displayDay(row.on)}</h3>
			<ul style={{ margin: 0, paddingInlineStart: 20 }}>
				{origins.map((one) => (
					<li key={one.unitId}>
						{one.name}
						{one.part ? " (một phần)" : ""}: <b>{count(one.members)}</b> hội viên
						{one.women18 === null ? ", chưa có số phụ nữ" : `, ${count(one.women18)} phụ nữ`}
					</li>
				))}
			</ul>
		</section>
	);
}

function NotCounted({ notCounted }: Explained) {
	const rows = notCounted.filter((one) => one.count > 0);
	if (rows.length === 0) return null;
	return (
		<section>
			<h3>Có trong danh sách nhưng không tính</h3>
			<ul style={{ margin: 0, paddingInlineStart: 20 }}>
				{rows.map((one) => (
					<li key={one.reason}>
						{one.label}: <b>{count(one.count)}</b>
					</li>
				))}
			</ul>
		</section>
	);
}

function recountOf(query: { data?: Explained; error: unknown; isFetching: boolean }): Recount {
	if (query.isFetching) return { state: "running" };
	if (query.error) return { state: "failed", problem: toProblem(query.error) };
	if (!query.data?.recount) return { state: "idle" };
	const { recount, row } = query.data;
	const words = (members: number, women18: number | null) =>
		`${count(members)} hội viên${women18 === null ? "" : ` trên ${count(women18)} phụ nữ`}`;
	return {
		state: recount.equal ? "same" : "differs",
		figure: words(row.members, row.women18),
		counted: words(recount.members, recount.women18),
	};
}
