import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { StatCard } from "../../ui/StatCard.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Wish } from "./contract-together.ts";
import { ExcelButton, isWide, placeWords, Shown } from "./page-parts.tsx";

const STATES = [
	{ value: "open", label: "Chưa trả lời" },
	{ value: "answered", label: "Đã trả lời" },
	{ value: "all", label: "Tất cả" },
] as const;
type State = (typeof STATES)[number]["value"];

/** What members wish, heard at the branches, and what they were answered. */
export function Wishes({ unit, on }: { unit: { id: number; kind: string; name: string }; on: Day }) {
	const [state, setState] = useState<State>("open");
	const list = useQuery(api.together.wishes.queryOptions({ input: { unitId: unit.id, on, state } }));
	const [adding, setAdding] = useState(false);
	const [opened, setOpened] = useState<Wish | null>(null);
	const wide = isWide(unit.kind);
	return (
		<Loaded query={list}>
			{({ rows, open, answered, mine }) => {
				const button = <Button onClick={() => setAdding(true)}>Ghi nguyện vọng</Button>;
				return (
					<>
						<div className="two">
							<StatCard label="Chưa trả lời" value={open} tone={open > 0 ? "under" : "over"} />
							<StatCard label="Đã trả lời" value={answered} />
						</div>
						<section className="card page">
							<h2>Tâm tư, nguyện vọng của hội viên</h2>
							<SelectField
								label="Xem"
								value={state}
								onChange={(value) => value && setState(value)}
								choices={[...STATES]}
							/>
							{mine.length > 0 && rows.length > 0 ? <div className="row">{button}</div> : null}
							<DataList
								caption="Nguyện vọng của hội viên"
								columns={[
									{
										key: "words",
										head: "Nguyện vọng",
										phone: "first",
										cell: (row) =>
											row.mayAnswer ? (
												<button type="button" className="link" onClick={() => setOpened(row)}>
													{row.words}
												</button>
											) : (
												row.words
											),
									},
									{
										key: "unit",
										head: "Chi hội, tổ",
										phone: "second",
										width: "22%",
										cell: (row) => placeWords(row, wide),
									},
									{
										key: "noted",
										head: "Ghi ngày",
										phone: "end",
										width: "12%",
										cell: (row) => displayDay(row.notedOn),
									},
									{
										key: "answer",
										head: "Trả lời",
										phone: "second",
										width: "32%",
										cell: (row) =>
											row.answeredOn ? `${displayDay(row.answeredOn)}: ${row.answer}` : <b>Chưa trả lời</b>,
									},
								]}
								rows={rows}
								keyOf={(row) => row.id}
								empty={
									<EmptyState
										title={state === "open" ? "Không có nguyện vọng nào chưa trả lời" : "Chưa ghi nguyện vọng nào"}
										action={mine.length > 0 ? button : undefined}
									/>
								}
							/>
							<Shown
								shown={rows.length}
								total={state === "open" ? open : state === "answered" ? answered : open + answered}
								noun="nguyện vọng"
							/>
							{open + answered > 0 ? (
								<div className="row">
									<ExcelButton list="wishes" unitId={unit.id} on={on} />
									<span className="soft">{count(open + answered)} nguyện vọng.</span>
								</div>
							) : null}
						</section>
						{adding ? <WishForm units={mine} onClose={() => setAdding(false)} /> : null}
						{opened ? <AnswerForm wish={opened} onClose={() => setOpened(null)} /> : null}
					</>
				);
			}}
		</Loaded>
	);
}

function WishForm({ units, onClose }: { units: { unitId: number; name: string }[]; onClose: () => void }) {
	const { today } = useSession();
	const [unitId, setUnitId] = useState(units[0]?.unitId ?? 0);
	const [notedOn, setNotedOn] = useState<Day | null>(today);
	const [words, setWords] = useState("");
	const add = useCommand(client.together.addWish, {
		refresh: [api.together.key(), api.models.key(), api.meetings.key()],
		said: "Đã ghi nguyện vọng.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Ghi nguyện vọng"
			confirm="Ghi nguyện vọng"
			command={add}
			onClose={onClose}
			onConfirm={() => notedOn && add.run({ unitId, notedOn, words: words.trim() })}
		>
			{units.length > 1 ? (
				<SelectField
					label="Chi hội, tổ"
					name="unitId"
					required
					value={String(unitId)}
					onChange={(value) => setUnitId(Number(value))}
					choices={units.map((unit) => ({ value: String(unit.unitId), label: unit.name }))}
				/>
			) : null}
			<DayField
				label="Ngày ghi nhận"
				name="notedOn"
				required
				value={notedOn}
				onChange={setNotedOn}
				earliest={EARLIEST}
				latest={today}
			/>
			<TextArea label="Nguyện vọng" name="words" required rows={4} value={words} onChange={setWords} />
		</FormDialog>
	);
}

function AnswerForm({ wish, onClose }: { wish: Wish; onClose: () => void }) {
	const { today } = useSession();
	const [answeredOn, setAnsweredOn] = useState<Day | null>(wish.answeredOn ?? today);
	const [answer, setAnswer] = useState(wish.answer);
	const save = useCommand(client.together.answerWish, {
		refresh: [api.together.key(), api.models.key(), api.meetings.key()],
		said: "Đã ghi câu trả lời.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Trả lời nguyện vọng"
			note={`${wish.unitName}, ${displayDay(wish.notedOn)}: ${wish.words}`}
			confirm="Ghi câu trả lời"
			command={save}
			onClose={onClose}
			onConfirm={() =>
				answeredOn && save.run({ id: wish.id, version: wish.version, answeredOn, answer: answer.trim() })
			}
		>
			<DayField
				label="Ngày trả lời"
				name="answeredOn"
				required
				value={answeredOn}
				onChange={setAnsweredOn}
				earliest={wish.notedOn}
				latest={today}
			/>
			<TextArea label="Nội dung trả lời" name="answer" required rows={4} value={answer} onChange={setAnswer} />
		</FormDialog>
	);
}
