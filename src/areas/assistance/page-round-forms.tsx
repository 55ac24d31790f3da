import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { CheckField, NumberField, SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import type { Round } from "./page-round.tsx";
import type { Activity, Issue } from "./page-round-activities.tsx";
import { updateWords } from "./rules-rounds.ts";

/** An activity of the plan: what, when, for which communes of the workshop, who helps. */
export function ActivityForm(props: { round: Round; activity: Activity | null; onClose: () => void }) {
	const { round, activity, onClose } = props;
	const { today } = useSession();
	const [name, setName] = useState(activity?.name ?? "");
	const [plannedOn, setPlannedOn] = useState<string | null>(activity?.plannedOn ?? today);
	const [plan, setPlan] = useState(activity?.plan ?? "");
	const [tutorId, setTutorId] = useState(activity?.tutorId ?? "");
	const [tutorName, setTutorName] = useState(activity && activity.tutorId === null ? activity.tutor : "");
	const [communes, setCommunes] = useState<ReadonlySet<number>>(
		new Set((activity?.communes ?? round.communes).map(({ unitId }) => unitId)),
	);
	const shown = useQuery(api.assistance.portfolios.queryOptions({ input: { unitId: round.provinceNow } }));
	const save = useCommand(client.assistance.setActivity, {
		refresh: [api.assistance.key()],
		said: "Đã ghi hoạt động.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={activity ? "Sửa hoạt động" : "Thêm hoạt động"}
			confirm="Ghi hoạt động"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				plannedOn !== null &&
				save.run({
					roundId: round.id,
					activityId: activity?.id,
					version: activity?.version ?? 0,
					name,
					plannedOn,
					plan,
					tutorId: tutorId || null,
					tutorName: tutorId ? "" : tutorName,
					communeIds: [...communes],
				})
			}
		>
			<TextField name="name" label="Tên hoạt động" required value={name} onChange={setName} maxLength={300} />
			<DayField name="plannedOn" label="Ngày dự kiến" required value={plannedOn} onChange={setPlannedOn} />
			<TextArea name="plan" label="Nội dung, cách làm" value={plan} onChange={setPlan} />
			<SelectField
				name="tutorId"
				label="Người hướng dẫn, giúp đỡ"
				value={tutorId}
				onChange={setTutorId}
				none="Người không có tài khoản, ghi tên ở dưới"
				choices={(shown.data?.carriers ?? []).map((one) => ({
					value: one.accountId,
					label: `${one.name} (${one.place})`,
				}))}
			/>
			{tutorId === "" ? (
				<TextField
					label="Họ và tên người giúp đỡ"
					kind="name"
					value={tutorName}
					onChange={setTutorName}
					maxLength={200}
				/>
			) : null}
			<fieldset>
				<legend>Cơ sở của hoạt động</legend>
				{round.communes.map(({ unitId, name: commune }) => (
					<CheckField
						key={unitId}
						label={commune}
						value={communes.has(unitId)}
						onChange={(chosen) =>
							setCommunes(new Set(chosen ? [...communes, unitId] : [...communes].filter((one) => one !== unitId)))
						}
					/>
				))}
			</fieldset>
		</FormDialog>
	);
}

/** What came of an activity, or why it was not held. */
export function ResultForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
	const { today } = useSession();
	const [held, setHeld] = useState<"yes" | "no">(activity.cancelledWhy ? "no" : "yes");
	const [doneOn, setDoneOn] = useState<string | null>(
		activity.doneOn ?? (activity.plannedOn <= today ? activity.plannedOn : today),
	);
	const [result, setResult] = useState(activity.result);
	const [participants, setParticipants] = useState<number | null>(activity.participants);
	const [why, setWhy] = useState(activity.cancelledWhy);
	const save = useCommand(client.assistance.recordActivity, {
		refresh: [api.assistance.key()],
		said: "Đã ghi kết quả hoạt động.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Kết quả: ${activity.name}`}
			confirm="Ghi kết quả"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({
					activityId: activity.id,
					version: activity.version,
					doneOn: held === "yes" ? doneOn : null,
					result: held === "yes" ? result : "",
					participants: held === "yes" ? participants : null,
					cancelledWhy: held === "no" ? why : "",
				})
			}
		>
			<SelectField
				label="Hoạt động"
				value={held}
				onChange={(value) => setHeld(value || "yes")}
				choices={[
					{ value: "yes", label: "Đã tổ chức" },
					{ value: "no", label: "Không tổ chức" },
				]}
			/>
			{held === "yes" ? (
				<>
					<DayField name="doneOn" label="Ngày đã làm" required value={doneOn} onChange={setDoneOn} latest={today} />
					<TextArea name="result" label="Kết quả" required rows={5} value={result} onChange={setResult} />
					<NumberField
						name="participants"
						label="Số lượt người tham gia"
						value={participants}
						onChange={setParticipants}
					/>
				</>
			) : (
				<TextArea name="cancelledWhy" label="Vì sao không tổ chức" required value={why} onChange={setWhy} />
			)}
		</FormDialog>
	);
}

/** What the cluster learnt from an activity. */
export function EvaluationForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
	const { today } = useSession();
	const old = activity.evaluation;
	const [evaluatedOn, setEvaluatedOn] = useState<string | null>(old?.evaluatedOn ?? today);
	const [lessons, setLessons] = useState(old?.lessons ?? "");
	const [adjustment, setAdjustment] = useState(old?.adjustment ?? "");
	const save = useCommand(client.assistance.evaluateActivity, {
		refresh: [api.assistance.key()],
		said: "Đã ghi đánh giá.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Đánh giá sau: ${activity.name}`}
			confirm="Ghi đánh giá"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				evaluatedOn !== null &&
				save.run({ activityId: activity.id, version: old?.version ?? 0, evaluatedOn, lessons, adjustment })
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
			<TextArea
				name="lessons"
				label="Đánh giá, kinh nghiệm rút ra"
				required
				rows={5}
				value={lessons}
				onChange={setLessons}
			/>
			<TextArea name="adjustment" label="Điều chỉnh cho phù hợp" value={adjustment} onChange={setAdjustment} />
		</FormDialog>
	);
}

/** Raises what stands in the way, by the right channel. */
export function IssueForm({ round, onClose }: { round: Round; onClose: () => void }) {
	const { unit } = useSession();
	const [text, setText] = useState("");
	const save = useCommand(client.assistance.raiseIssue, {
		refresh: [api.assistance.key()],
		said: ({ to }) => `Đã nêu lên ${to}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Nêu vấn đề lên cấp trên"
			note={
				unit.kind === "province" || unit.kind === "cluster"
					? "Vấn đề gửi Thường trực Đoàn Chủ tịch, thông qua Ban Tổ chức."
					: "Vấn đề gửi Hội cấp trên trực tiếp."
			}
			confirm="Gửi"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ roundId: round.id, text })}
		>
			<TextArea name="text" label="Vấn đề" required rows={5} value={text} onChange={setText} />
		</FormDialog>
	);
}

/** Answers what was raised; left empty, it goes one level up. */
export function AnswerForm({ issue, onClose }: { issue: Issue; onClose: () => void }) {
	const [answer, setAnswer] = useState("");
	const save = useCommand(client.assistance.answerIssue, {
		refresh: [api.assistance.key()],
		said: ({ to }) => (to ? `Đã chuyển lên ${to}.` : "Đã trả lời."),
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Trả lời ${issue.from}`}
			note={issue.text}
			confirm={answer.trim() === "" ? "Chuyển lên cấp trên" : "Trả lời"}
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ issueId: issue.id, answer })}
		>
			<TextArea
				name="answer"
				label="Trả lời"
				hint="Để trống thì vấn đề được chuyển lên cấp trên."
				rows={5}
				value={answer}
				onChange={setAnswer}
			/>
		</FormDialog>
	);
}

/** The update of a half-year for the Standing: the figures of its data day are added by the program. */
export function UpdateForm({ round, onClose }: { round: Round; onClose: () => void }) {
	const choices = round.updatesDue;
	const [which, setWhich] = useState(`${choices[0].year} ${choices[0].half}`);
	const [situation, setSituation] = useState("");
	const [questions, setQuestions] = useState("");
	const [document, setDocument] = useState("");
	const save = useCommand(client.assistance.addUpdate, {
		refresh: [api.assistance.key()],
		said: "Đã ghi bản cập nhật.",
		onDone: onClose,
	});
	const [ofYear, ofHalf] = which.split(" ").map(Number);
	return (
		<FormDialog
			title="Cập nhật gửi Thường trực qua Ban Tổ chức"
			confirm="Ghi bản cập nhật"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({ roundId: round.id, year: ofYear, half: ofHalf === 1 ? 1 : 2, situation, questions, document })
			}
		>
			<SelectField
				name="half"
				label="Kỳ"
				required
				value={which}
				onChange={setWhich}
				choices={choices.map((one) => ({ value: `${one.year} ${one.half}`, label: updateWords(one) }))}
			/>
			<TextArea
				name="situation"
				label="Tình hình, kết quả"
				required
				rows={6}
				value={situation}
				onChange={setSituation}
			/>
			<TextArea name="questions" label="Những vấn đề đặt ra, kiến nghị" value={questions} onChange={setQuestions} />
			<TextField name="document" label="Số văn bản" value={document} onChange={setDocument} maxLength={500} />
		</FormDialog>
	);
}
