import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { count, percent } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { Parts } from "./page-parts.tsx";

const route = getRouteApi("/assistance/pilots");

type Row = Awaited<ReturnType<typeof api.assistance.pilots.call>>["rows"][number];
type Act = { row: Row; what: "choose" | "evaluate" | "withdraw" };

/** The pilot of each province, and what remains after it (R19). */
export function PilotsPage() {
	const { unit } = route.useSearch();
	const pilots = useQuery(api.assistance.pilots.queryOptions({ input: { unitId: unit } }));
	const [act, setAct] = useState<Act | null>(null);
	const close = () => setAct(null);
	return (
		<div className="page">
			<h1>Cơ sở thí điểm</h1>
			<Parts />
			<Loaded query={pilots}>
				{({ rows }) => {
					const wanting = rows.filter(({ pilot, notOver }) => pilot === null && notOver > 0);
					return (
						<section className="card page">
							<p role="status">
								{wanting.length === 0 ? (
									"Tỉnh, thành phố nào có cơ sở chưa đạt trên 60% đều đã chọn cơ sở thí điểm."
								) : (
									<>
										<b>{count(wanting.length)}</b> tỉnh, thành phố có cơ sở chưa đạt trên 60% mà chưa chọn cơ sở thí
										điểm.
									</>
								)}
							</p>
							<p className="soft">
								Cụm thi đua được phân công phối hợp với Hội LHPN cấp tỉnh chọn 01 cơ sở làm thí điểm; đánh giá, rút kinh
								nghiệm; tập huấn rồi làm ở các cơ sở còn lại (điểm 2.3, mục II, Hướng dẫn 21/HD-ĐCT).
							</p>
							<DataList
								caption="Cơ sở thí điểm của từng tỉnh, thành phố"
								columns={columnsOf(setAct)}
								rows={rows}
								keyOf={(row) => String(row.unitId)}
								empty={<EmptyState title="Không có tỉnh, thành phố nào ở đây" />}
							/>
						</section>
					);
				}}
			</Loaded>
			{act?.what === "choose" ? <ChooseForm row={act.row} onClose={close} /> : null}
			{act?.what === "evaluate" && act.row.pilot ? (
				<EvaluateForm row={act.row} pilot={act.row.pilot} onClose={close} />
			) : null}
			{act?.what === "withdraw" && act.row.pilot ? (
				<Withdraw row={act.row} pilot={act.row.pilot} onClose={close} />
			) : null}
		</div>
	);
}

/** How far a province is: without a pilot, trying, looked back on, trained, with so many communes still to follow. */
function stageOf({ pilot, notOver }: Row): string {
	if (!pilot) return notOver === 0 ? "không còn cơ sở chưa đạt trên 60%" : "chưa chọn thí điểm";
	if (pilot.evaluatedOn === null) return "đang thí điểm";
	if (pilot.trainedOn === null) return "đã đánh giá, chưa tập huấn các cơ sở còn lại";
	return `đang làm ở các cơ sở còn lại, tập huấn ngày ${displayDay(pilot.trainedOn)}`;
}

function columnsOf(onAct: (act: Act) => void): Column<Row>[] {
	return [
		{
			key: "name",
			head: "Tỉnh, thành phố",
			cell: (row) => (
				<Link to="/assistance" search={{ unit: row.unitId }}>
					{row.name}
				</Link>
			),
			phone: "first",
		},
		{
			key: "pilot",
			head: "Cơ sở thí điểm",
			cell: ({ pilot }) =>
				pilot ? (
					<>
						{pilot.commune} <span className="soft">từ {displayDay(pilot.chosenOn)}</span>
						{pilot.rate ? ` · ${percent(pilot.rate)}` : ""}
					</>
				) : (
					""
				),
			phone: "second",
			width: "24%",
		},
		{ key: "stage", head: "Đến đâu", cell: stageOf, phone: "second", width: "22%" },
		{
			key: "rest",
			head: "Chưa đạt trên 60%",
			cell: (row) => (
				<>
					{count(row.notOver)}
					{row.withoutOfficer > 0 ? (
						<span className={css.late}> ({count(row.withoutOfficer)} chưa có người)</span>
					) : null}
				</>
			),
			phone: "end",
			number: true,
			width: "18%",
		},
		{ key: "act", head: "Việc", cell: (row) => <Acts row={row} onAct={onAct} />, phone: "second", width: "16%" },
	];
}

function Acts({ row, onAct }: { row: Row; onAct: (act: Act) => void }) {
	if (!row.mayChoose) return null;
	const press = (what: Act["what"], words: string) => (
		<button type="button" className="link" onClick={() => onAct({ row, what })}>
			{words}
			<span className="unseen"> {row.name}</span>
		</button>
	);
	if (!row.pilot) return row.choices.length > 0 ? press("choose", "Chọn thí điểm") : null;
	return (
		<span className="row">
			{press("evaluate", row.pilot.evaluatedOn ? "Sửa đánh giá" : "Đánh giá")}
			{press("withdraw", "Chọn lại")}
		</span>
	);
}

function ChooseForm({ row, onClose }: { row: Row; onClose: () => void }) {
	const { today } = useSession();
	const [communeId, setCommuneId] = useState("");
	const [chosenOn, setChosenOn] = useState<string | null>(today);
	const [document, setDocument] = useState("");
	const save = useCommand(client.assistance.choosePilot, {
		refresh: [api.assistance.key()],
		said: `Đã chọn cơ sở thí điểm của ${row.name}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Chọn cơ sở thí điểm của ${row.name}`}
			confirm="Chọn thí điểm"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({ provinceId: row.unitId, communeId: Number(communeId), chosenOn: chosenOn ?? undefined, document })
			}
		>
			<SelectField
				name="communeId"
				label="Cơ sở chưa đạt trên 60%"
				required
				value={communeId}
				onChange={setCommuneId}
				none="Chọn cơ sở"
				choices={row.choices.map((one) => ({
					value: String(one.unitId),
					label: one.missing ? `${one.name} (còn thiếu ${count(one.missing)})` : one.name,
				}))}
			/>
			<DayField name="chosenOn" label="Ngày chọn" required value={chosenOn} onChange={setChosenOn} latest={today} />
			<TextField name="document" label="Theo văn bản" value={document} onChange={setDocument} maxLength={500} />
		</FormDialog>
	);
}

type Pilot = NonNullable<Row["pilot"]>;

function EvaluateForm({ row, pilot, onClose }: { row: Row; pilot: Pilot; onClose: () => void }) {
	const { today } = useSession();
	const [evaluatedOn, setEvaluatedOn] = useState<string | null>(pilot.evaluatedOn ?? today);
	const [lessons, setLessons] = useState(pilot.lessons);
	const [questions, setQuestions] = useState(pilot.questions);
	const [trainedOn, setTrainedOn] = useState<string | null>(pilot.trainedOn);
	const save = useCommand(client.assistance.evaluatePilot, {
		refresh: [api.assistance.key()],
		said: "Đã ghi đánh giá thí điểm.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Đánh giá thí điểm ở ${pilot.commune}`}
			note={`Sau đó tập huấn để làm ở ${count(Math.max(0, row.notOver - 1))} cơ sở còn lại của ${row.name}.`}
			confirm="Ghi đánh giá"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				evaluatedOn !== null &&
				save.run({ pilotId: pilot.id, version: pilot.version, evaluatedOn, lessons, questions, trainedOn })
			}
		>
			<DayField
				name="evaluatedOn"
				label="Ngày đánh giá"
				required
				value={evaluatedOn}
				onChange={setEvaluatedOn}
				latest={today}
			/>
			<TextArea name="lessons" label="Kinh nghiệm rút ra" required rows={6} value={lessons} onChange={setLessons} />
			<TextArea name="questions" label="Những vấn đề đặt ra" rows={4} value={questions} onChange={setQuestions} />
			<DayField
				name="trainedOn"
				label="Đã tập huấn cán bộ cấp tỉnh ngày"
				value={trainedOn}
				onChange={setTrainedOn}
				latest={today}
			/>
		</FormDialog>
	);
}

function Withdraw({ row, pilot, onClose }: { row: Row; pilot: Pilot; onClose: () => void }) {
	const withdraw = useCommand(client.assistance.withdrawPilot, {
		refresh: [api.assistance.key()],
		said: "Đã thôi chọn cơ sở thí điểm.",
		onDone: onClose,
	});
	return (
		<ConfirmDialog
			title={`Thôi chọn ${pilot.commune} làm thí điểm?`}
			confirm="Thôi chọn"
			command={withdraw}
			onConfirm={() => withdraw.run({ pilotId: pilot.id, version: pilot.version })}
			onClose={onClose}
		>
			Sau đó {row.name} chọn được cơ sở khác. Việc đã chọn và đánh giá vẫn lưu trong nhật ký.
		</ConfirmDialog>
	);
}
