import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { Buttons } from "../../ui/Buttons.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { DownloadButton } from "../documents/page-download.tsx";
import type { DocumentKind } from "../documents/rules-kinds.ts";
import css from "./page.module.css";
import { Activities, Evaluations } from "./page-round-activities.tsx";
import { MinutesWords, WorkshopWords } from "./page-round-words.tsx";
import { STEP_WORDS, type Step } from "./rules-rounds.ts";

const MinutesForm = lazy(() => import("./page-round-minutes.tsx").then((page) => ({ default: page.MinutesForm })));
const WorkshopForm = lazy(() => import("./page-round-workshop.tsx").then((page) => ({ default: page.WorkshopForm })));
const PlanForm = lazy(() => import("./page-round-workshop.tsx").then((page) => ({ default: page.PlanForm })));
const ActivityForm = lazy(() => import("./page-round-forms.tsx").then((page) => ({ default: page.ActivityForm })));
const IssueForm = lazy(() => import("./page-round-forms.tsx").then((page) => ({ default: page.IssueForm })));
const UpdateForm = lazy(() => import("./page-round-forms.tsx").then((page) => ({ default: page.UpdateForm })));

const route = getRouteApi("/assistance/rounds/$roundId");

export type Round = Awaited<ReturnType<typeof api.assistance.round.call>>;

/** One round of support, step by step: what was written, what is still missing, what is to be done next. */
export function RoundPage() {
	const { roundId } = route.useParams();
	const shown = useQuery(api.assistance.round.queryOptions({ input: { roundId } }));
	return (
		<div className="page">
			<Link to="/assistance/rounds">‹ Các bước hỗ trợ cơ sở</Link>
			<Loaded query={shown}>{(round) => <Whole round={round} />}</Loaded>
		</div>
	);
}

type Doing = "minutes" | "workshop" | "plan" | "activity" | "issue" | "update";

function Whole({ round }: { round: Round }) {
	const [doing, setDoing] = useState<Doing | null>(null);
	const close = () => setDoing(null);
	const { province, cluster, current, late, mayWrite } = round;
	const act = (what: Doing, words: string, plain = false) => (
		<Button variant={plain ? "default" : "filled"} onClick={() => setDoing(what)}>
			{words}
		</Button>
	);
	const open = (step: Step) => mayWrite && round.steps[step - 1].closedOn === null;
	return (
		<>
			<h1>
				{province.name}: {round.name}
			</h1>
			<section className="card page">
				<p role="status">
					{current === null ? "Đã khép đủ bốn bước." : <b>Đang ở {STEP_WORDS[current].replace(/^B/, "b")}</b>}
				</p>
				<p className="soft">
					{cluster ? `${cluster.name.replace(/ \(ví dụ\)$/u, "")}; m` : "M"}ở ngày {displayDay(round.openedOn)}
					{round.openedBy ? `, ${round.openedBy}` : ""}.
				</p>
				{late.length > 0 ? (
					<ul>
						{late.map((words) => (
							<li key={words} className={css.late}>
								{words}
							</li>
						))}
					</ul>
				) : null}
			</section>
			<StepCard round={round} step={1} paper={round.minutes ? "support_minutes" : null}>
				<MinutesWords round={round} />
				{open(1) ? (
					<Buttons>{act("minutes", round.minutes ? "Sửa biên bản" : "Ghi biên bản", round.minutes !== null)}</Buttons>
				) : null}
			</StepCard>
			<StepCard round={round} step={2} paper={round.workshop ? "support_plan" : null}>
				<WorkshopWords round={round} />
				{open(2) ? (
					<Buttons>
						{act("workshop", round.workshop ? "Sửa hội thảo" : "Ghi hội thảo", round.workshop !== null)}
						{round.workshop ? act("plan", round.workshop.planOn ? "Sửa số kế hoạch" : "Ban hành kế hoạch") : null}
					</Buttons>
				) : null}
			</StepCard>
			<StepCard round={round} step={3} paper={round.activities.length > 0 ? "support_activities" : null}>
				<Activities round={round} />
				{open(3) && round.workshop?.planOn ? (
					<Buttons>
						{act("activity", "Thêm hoạt động")}
						{act("issue", "Nêu vấn đề lên cấp trên", true)}
					</Buttons>
				) : null}
			</StepCard>
			<StepCard round={round} step={4} paper={round.updates.length > 0 ? "support_update" : null}>
				<Evaluations round={round} />
				{open(4) && round.updatesDue.length > 0 ? <Buttons>{act("update", "Ghi bản cập nhật", true)}</Buttons> : null}
			</StepCard>
			<Suspense>
				{doing === "minutes" ? <MinutesForm round={round} onClose={close} /> : null}
				{doing === "workshop" ? <WorkshopForm round={round} onClose={close} /> : null}
				{doing === "plan" ? <PlanForm round={round} onClose={close} /> : null}
				{doing === "activity" ? <ActivityForm round={round} activity={null} onClose={close} /> : null}
				{doing === "issue" ? <IssueForm round={round} onClose={close} /> : null}
				{doing === "update" ? <UpdateForm round={round} onClose={close} /> : null}
			</Suspense>
		</>
	);
}

/** A step: whether it is closed, what it holds, its paper, and what it must still have. */
function StepCard(props: { round: Round; step: Step; paper: DocumentKind | null; children: ReactNode }) {
	const { round, step, paper } = props;
	const { closedOn, closedBy, missing } = round.steps[step - 1];
	const { unit } = useSession();
	const [reopening, setReopening] = useState(false);
	const [closing, setClosing] = useState(false);
	const finish = useCommand(client.assistance.closeStep, {
		refresh: [api.assistance.key()],
		said: `Đã khép bước ${step}.`,
		onDone: () => setClosing(false),
	});
	const isLast = closedOn !== null && (step === 4 || round.steps[step].closedOn === null);
	// The paper is issued by the cluster or the province; the centre looks at the province's.
	const issuer = unit.id === round.cluster?.unitId && paper !== "support_plan" ? unit.id : round.provinceNow;
	return (
		<section className="card page" aria-labelledby={`step-${step}`}>
			<h2 id={`step-${step}`}>{STEP_WORDS[step]}</h2>
			{closedOn ? (
				<p>
					✓ Đã khép ngày {displayDay(closedOn)}
					{closedBy ? `, ${closedBy}` : ""}.
				</p>
			) : null}
			{props.children}
			{!closedOn && missing.length > 0 && (round.current === step || (step === 4 && round.current === 3)) ? (
				<div>
					<p>Còn thiếu để khép bước này:</p>
					<ul className={css.steps}>
						{missing.map((words) => (
							<li key={words}>{words}</li>
						))}
					</ul>
				</div>
			) : null}
			<ProblemAlert problem={finish.problem} />
			<Buttons>
				{paper ? (
					<DownloadButton label="Tải văn bản Word" kind={paper} unitId={issuer} query={{ round: round.id }} />
				) : null}
				{round.mayWrite && round.current === step && missing.length === 0 ? (
					<Button onClick={() => setClosing(true)}>Khép bước {step}</Button>
				) : null}
				{round.mayWrite && isLast ? (
					<Button variant="default" onClick={() => setReopening(true)}>
						Mở lại bước {step}
					</Button>
				) : null}
			</Buttons>
			{closing ? (
				<ConfirmDialog
					title={`Khép bước ${step}?`}
					confirm={`Khép bước ${step}`}
					command={finish}
					onConfirm={() => finish.run({ roundId: round.id, step })}
					onClose={() => setClosing(false)}
				>
					Bước này đã có đủ những gì Hướng dẫn yêu cầu. Khi đã khép, muốn sửa phải mở lại và ghi lý do.
				</ConfirmDialog>
			) : null}
			{reopening ? <ReopenForm round={round} step={step} onClose={() => setReopening(false)} /> : null}
		</section>
	);
}

function ReopenForm({ round, step, onClose }: { round: Round; step: Step; onClose: () => void }) {
	const [why, setWhy] = useState("");
	const reopen = useCommand(client.assistance.reopenStep, {
		refresh: [api.assistance.key()],
		said: `Đã mở lại bước ${step}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Mở lại bước ${step}`}
			confirm="Mở lại"
			onClose={onClose}
			command={reopen}
			onConfirm={() => reopen.run({ roundId: round.id, step, why })}
		>
			<TextField name="why" label="Vì sao mở lại" required value={why} onChange={setWhy} maxLength={500} />
		</FormDialog>
	);
}
