import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { StatCard } from "../../ui/StatCard.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { ExcelButton, isWide, placeWords, Shown, Why } from "./page-parts.tsx";
import { CRITERIA, CRITERION_WORDS, type Criterion } from "./rules.ts";

type Row = Awaited<ReturnType<typeof api.models.criteria.call>>["rows"][number];

/** Which branches meet all six of "3 có, 3 biết", and what the others still lack. */
export function Criteria({ unit, on }: { unit: { id: number; kind: string; name: string }; on: Day }) {
	const list = useQuery(api.models.criteria.queryOptions({ input: { unitId: unit.id, on, limit: 300 } }));
	const [opened, setOpened] = useState<Row | null>(null);
	return (
		<Loaded query={list}>
			{({ rows, branches, metAll }) => (
				<>
					<StatCard
						label="Chi hội đạt đủ “3 có, 3 biết”"
						value={`${count(metAll)}/${count(branches)}`}
						note={`${CRITERIA.map((one) => CRITERION_WORDS[one]).join("; ")}.`}
					/>
					<section className="card page">
						<h2>Từng chi hội</h2>
						<Why>Mỗi tiêu chí có ngày ghi nhận; câu trả lời giữ nguyên đến khi có câu mới.</Why>
						<DataList
							caption="“3 có, 3 biết” của từng chi hội"
							columns={columnsOf(isWide(unit.kind), setOpened)}
							rows={rows}
							keyOf={(row) => String(row.unitId)}
							empty={<EmptyState title="Chưa có chi hội nào vào ngày này" />}
						/>
						<Shown shown={rows.length} total={branches} noun="chi hội" />
						{rows.length > 0 ? (
							<div className="row">
								<ExcelButton list="criteria" unitId={unit.id} on={on} />
							</div>
						) : null}
					</section>
					{opened ? <CriteriaForm row={opened} onClose={() => setOpened(null)} /> : null}
				</>
			)}
		</Loaded>
	);
}

const SHORT: Record<Criterion, string> = {
	has_vanguard: "Có hội viên tiên phong",
	has_monthly_activity: "Có hoạt động hàng tháng",
	has_resources: "Có nguồn lực",
	knows_faces: "Biết mặt",
	knows_circumstances: "Biết hoàn cảnh",
	knows_needs: "Biết nhu cầu",
};

const columnsOf = (wide: boolean, onOpen: (row: Row) => void): Column<Row>[] => [
	{
		key: "name",
		head: "Chi hội",
		phone: "first",
		cell: (row) =>
			row.mayChange ? (
				<button type="button" className="link" onClick={() => onOpen(row)}>
					{placeWords(row, wide)}
				</button>
			) : (
				placeWords(row, wide)
			),
	},
	...CRITERIA.map(
		(criterion): Column<Row> => ({
			key: criterion,
			head: SHORT[criterion],
			phone: "second",
			phoneLabel: `${SHORT[criterion]}:`,
			width: "10%",
			cell: (row) => said(row, criterion),
		}),
	),
	{
		key: "met",
		head: "Đạt",
		phone: "end",
		number: true,
		width: "12%",
		cell: (row) => (isJudged(row) ? `${row.met}/6` : "Chưa đánh giá"),
	},
];

/** Whether anybody has said anything of the branch so far. */
function isJudged(row: Row): boolean {
	return CRITERIA.some((one) => row.answers[one] !== null);
}

function said(row: Row, criterion: Criterion): string {
	const answer = row.answers[criterion];
	if (!answer) return isJudged(row) ? "–" : "";
	return answer.met ? "Đạt" : "Chưa";
}

type Answer = "yes" | "no" | "";

function CriteriaForm({ row, onClose }: { row: Row; onClose: () => void }) {
	const { today } = useSession();
	const [onDay, setOnDay] = useState<Day | null>(today);
	const [answers, setAnswers] = useState<Record<Criterion, Answer>>(
		() =>
			Object.fromEntries(
				CRITERIA.map((one) => [one, row.answers[one] ? (row.answers[one].met ? "yes" : "no") : ""]),
			) as Record<Criterion, Answer>,
	);
	const save = useCommand(client.models.setCriteria, {
		refresh: [api.models.key()],
		said: `Đã ghi “3 có, 3 biết” của ${row.unitName}.`,
		onDone: onClose,
	});
	const answered = CRITERIA.filter((one) => answers[one] !== "");
	return (
		<FormDialog
			title={`“3 có, 3 biết”: ${row.unitName}`}
			confirm="Ghi kết quả"
			command={save}
			onClose={onClose}
			ready={answered.length > 0}
			onConfirm={() =>
				onDay &&
				save.run({
					unitId: row.unitId,
					onDay,
					answers: answered.map((criterion) => ({ criterion, met: answers[criterion] === "yes" })),
				})
			}
		>
			<DayField
				label="Ngày đánh giá"
				name="onDay"
				required
				value={onDay}
				onChange={setOnDay}
				earliest={EARLIEST}
				latest={today}
			/>
			{CRITERIA.map((criterion) => {
				const before = row.answers[criterion];
				return (
					<SelectField
						key={criterion}
						label={CRITERION_WORDS[criterion]}
						value={answers[criterion]}
						onChange={(value) => setAnswers({ ...answers, [criterion]: value })}
						none="Chưa đánh giá"
						hint={
							before ? `Lần trước: ${before.met ? "đạt" : "chưa đạt"}, ngày ${displayDay(before.onDay)}.` : undefined
						}
						choices={[
							{ value: "yes", label: "Đạt" },
							{ value: "no", label: "Chưa đạt" },
						]}
					/>
				);
			})}
		</FormDialog>
	);
}
