import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import css from "./page.module.css";
import type { Round } from "./page-round.tsx";
import { updateWords } from "./rules-rounds.ts";

const ActivityForm = lazy(() => import("./page-round-forms.tsx").then((page) => ({ default: page.ActivityForm })));
const ResultForm = lazy(() => import("./page-round-forms.tsx").then((page) => ({ default: page.ResultForm })));
const EvaluationForm = lazy(() => import("./page-round-forms.tsx").then((page) => ({ default: page.EvaluationForm })));
const AnswerForm = lazy(() => import("./page-round-forms.tsx").then((page) => ({ default: page.AnswerForm })));

export type Activity = Round["activities"][number];
export type Issue = Round["issues"][number];

/** What is done under the plan, each with its result, and what was raised on the way. */
export function Activities({ round }: { round: Round }) {
	const [changing, setChanging] = useState<Activity | null>(null);
	const [recording, setRecording] = useState<Activity | null>(null);
	const [answering, setAnswering] = useState<Issue | null>(null);
	const { activities, issues, workshop, mayWrite } = round;
	const isOpen = mayWrite && round.steps[2].closedOn === null;
	if (activities.length === 0 && issues.length === 0)
		return (
			<p className="soft">
				{workshop?.planOn
					? "Chưa có hoạt động nào của kế hoạch."
					: "Hoạt động hỗ trợ làm theo kế hoạch đã ban hành ở bước 2."}
			</p>
		);
	return (
		<>
			<ul className={css.steps}>
				{activities.map((one) => (
					<li key={one.id}>
						<b>{one.name}</b>
						{one.doneOn ? `: đã làm ngày ${displayDay(one.doneOn)}` : `: dự kiến ngày ${displayDay(one.plannedOn)}`}
						{one.participants === null ? "" : `, ${count(one.participants)} lượt người`}
						{one.late ? <span className={css.late}> · quá ngày dự kiến</span> : null}
						{one.beforePlan ? <span className={css.late}> · trước ngày kế hoạch</span> : null}
						{one.cancelledWhy ? <span className="soft"> · không tổ chức: {one.cancelledWhy}</span> : null}
						<p className="soft">
							{one.communes.map(({ name }) => name).join(", ")}
							{one.tutor ? ` · Người giúp đỡ: ${one.tutor}` : ""}
							{one.tutorPresent ? "" : <span className={css.late}> (không còn giúp được, cần người khác)</span>}
						</p>
						{one.result ? <p className={css.text}>{one.result}</p> : null}
						{isOpen ? (
							<p className="row">
								<button type="button" className="link" onClick={() => setRecording(one)}>
									Ghi kết quả<span className="unseen"> {one.name}</span>
								</button>
								<button type="button" className="link" onClick={() => setChanging(one)}>
									Sửa<span className="unseen"> {one.name}</span>
								</button>
							</p>
						) : null}
					</li>
				))}
			</ul>
			{issues.length > 0 ? (
				<div>
					<h3>Vấn đề đã nêu</h3>
					<ul className={css.steps}>
						{issues.map((one) => (
							<li key={one.id}>
								{displayDay(one.raisedOn)}, {one.from} nêu lên {one.to}: <span className={css.text}>{one.text}</span>
								{one.answeredOn ? (
									<p>
										Trả lời ngày {displayDay(one.answeredOn)}: <span className={css.text}>{one.answer}</span>
									</p>
								) : (
									<p className="soft">{one.passedOn ? "đã chuyển lên cấp trên" : "chưa được trả lời"}</p>
								)}
								{one.mine ? (
									<p>
										<button type="button" className="link" onClick={() => setAnswering(one)}>
											Trả lời, hoặc chuyển lên cấp trên
										</button>
									</p>
								) : null}
							</li>
						))}
					</ul>
				</div>
			) : null}
			<Suspense>
				{changing ? <ActivityForm round={round} activity={changing} onClose={() => setChanging(null)} /> : null}
				{recording ? <ResultForm activity={recording} onClose={() => setRecording(null)} /> : null}
				{answering ? <AnswerForm issue={answering} onClose={() => setAnswering(null)} /> : null}
			</Suspense>
		</>
	);
}

/** What the cluster learnt from each activity, and the half-yearly updates with their figures. */
export function Evaluations({ round }: { round: Round }) {
	const [evaluating, setEvaluating] = useState<Activity | null>(null);
	const done = round.activities.filter(({ doneOn }) => doneOn !== null);
	const mayEvaluate = round.mayEvaluate && round.steps[3].closedOn === null;
	if (done.length === 0 && round.updates.length === 0)
		return <p className="soft">Sau mỗi hoạt động Cụm đánh giá; mỗi 6 tháng và năm có bản cập nhật gửi Thường trực.</p>;
	return (
		<>
			<ul className={css.steps}>
				{done.map((one) => (
					<li key={one.id}>
						<b>{one.name}</b>
						{one.evaluation ? (
							<>
								: đánh giá ngày {displayDay(one.evaluation.evaluatedOn)}
								{one.evaluation.by ? `, ${one.evaluation.by}` : ""}
								<p className={css.text}>{one.evaluation.lessons}</p>
								{one.evaluation.adjustment ? <p className={css.text}>Điều chỉnh: {one.evaluation.adjustment}</p> : null}
							</>
						) : (
							<span className={css.late}>: chưa đánh giá</span>
						)}
						{mayEvaluate ? (
							<p>
								<button type="button" className="link" onClick={() => setEvaluating(one)}>
									{one.evaluation ? "Sửa đánh giá" : "Đánh giá"}
									<span className="unseen"> {one.name}</span>
								</button>
							</p>
						) : null}
					</li>
				))}
				{round.updates.map((one) => (
					<li key={one.id}>
						<b>Cập nhật {updateWords(one)}</b>
						{one.document ? `, ${one.document}` : ""}: {count(one.picture.under + one.picture.exactly)} trên{" "}
						{count(one.picture.communes)} cơ sở chưa đạt trên 60% (ngày {displayDay(one.asOf)})
						<p className={css.text}>{one.situation}</p>
						{one.questions ? <p className={css.text}>Vấn đề đặt ra: {one.questions}</p> : null}
					</li>
				))}
			</ul>
			<Suspense>
				{evaluating ? <EvaluationForm activity={evaluating} onClose={() => setEvaluating(null)} /> : null}
			</Suspense>
		</>
	);
}
