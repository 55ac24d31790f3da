import { Button } from "@mantine/core";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { Buttons } from "../../ui/Buttons.tsx";
import { Form, FormProblem } from "../../ui/Form.tsx";
import { CheckField, TextArea, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import type { ProblemData } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import type { Shown } from "./page-report.tsx";

const REFRESH = [api.reports.key()];

/** The part that is hers: the answers in words, the documents, and her signature; of a report that is sent, the words as they stand. */
export function Sign({ shown }: { shown: Shown }) {
	if (shown.may.write || shown.may.submit) return <Words key={shown.report.version} shown={shown} />;
	return (
		<>
			<Answers shown={shown} />
			{shown.may.restate ? <Restate shown={shown} /> : null}
		</>
	);
}

function Answers({ shown: { questions, report } }: { shown: Shown }) {
	const answered = questions.filter(({ key }) => report.words[key]);
	if (answered.length === 0 && report.documents.length === 0) return null;
	return (
		<section className="card">
			<h2>Lời báo cáo</h2>
			{answered.map(({ key, text }) => (
				<div key={key}>
					<h3>{text}</h3>
					<p className={css.answer}>{report.words[key]}</p>
				</div>
			))}
			{report.documents.length > 0 ? <p>Văn bản kèm theo: {report.documents.join("; ")}.</p> : null}
		</section>
	);
}

function Words({ shown }: { shown: Shown }) {
	const { period, unit, report, questions, live, missing, may } = shown;
	const { today } = useSession();
	const [words, setWords] = useState<Record<string, string>>(report.words);
	const [documents, setDocuments] = useState(report.documents.join("; "));
	const [as, setAs] = useState(postOf(unit.kind));
	const [named, setNamed] = useState(false);
	const of = { periodId: period.id, unitId: unit.unitId };
	const submit = useCommand(client.reports.submit, { refresh: REFRESH, said: "Đã ký, gửi báo cáo." });
	const save = useCommand(client.reports.draft, { refresh: REFRESH, said: "Đã ghi lời báo cáo." });
	const draftThenSign = useCommand(client.reports.draft, {
		onDone: ({ version }) =>
			submit.run({
				...of,
				version,
				seen: live.seen,
				figures: live.counts,
				as,
				missing: named ? missing.map(({ unitId }) => unitId) : [],
			}),
	});
	const draft = {
		...of,
		version: report.version,
		words,
		documents: documents
			.split(";")
			.map((one) => one.trim())
			.filter(Boolean),
	};
	const busy = submit.busy || draftThenSign.busy || save.busy;
	return (
		<section className="card page">
			<h2>{may.submit ? "Lời báo cáo, ký và gửi" : "Lời báo cáo"}</h2>
			<Form
				command={{ busy, problem: submit.problem ?? draftThenSign.problem ?? save.problem }}
				onSubmit={() => (may.submit ? draftThenSign.run(draft) : save.run(draft))}
			>
				{questions.map(({ key, text, required, number }) =>
					number ? (
						<TextField
							key={key}
							name={key}
							label={text}
							required={required && may.submit}
							kind="digits"
							value={words[key] ?? ""}
							onChange={(value) => setWords({ ...words, [key]: value })}
						/>
					) : (
						<TextArea
							key={key}
							name={key}
							label={text}
							required={required && may.submit}
							rows={4}
							value={words[key] ?? ""}
							onChange={(value) => setWords({ ...words, [key]: value })}
						/>
					),
				)}
				<TextField
					name="documents"
					label="Văn bản kèm theo (số, ngày; cách nhau bằng dấu chấm phẩy)"
					value={documents}
					onChange={setDocuments}
				/>
				{may.submit ? (
					<>
						<TextField name="as" label="Ký với chức danh" required value={as} onChange={setAs} />
						{missing.length > 0 ? (
							<CheckField
								label={`Gửi khi còn thiếu ${count(missing.length)} đơn vị; tên các đơn vị ấy được ghi trong báo cáo`}
								value={named}
								onChange={setNamed}
							/>
						) : null}
					</>
				) : null}
				{today < period.dataUntil ? (
					<p className="soft">
						Số liệu của kỳ tính đến hết ngày {displayDay(period.dataUntil)}: ký, gửi được từ ngày ấy; lời báo cáo thì
						ghi trước được.
					</p>
				) : null}
				<FormProblem />
				<Changed problem={submit.problem} />
				<Buttons>
					{may.submit ? (
						<Button type="submit" loading={busy}>
							Ký, gửi báo cáo
						</Button>
					) : null}
					<Button variant="default" loading={save.busy} onClick={() => save.run(draft)}>
						Ghi lại, gửi sau
					</Button>
				</Buttons>
			</Form>
		</section>
	);
}

/** As what most sign: a cluster is led by one of its provinces' chairs. */
function postOf(kind: string): string {
	return kind === "cluster" ? "Cụm trưởng" : "Chủ tịch";
}

/** Which figures are others than those she saw. */
function Changed({ problem }: { problem: ProblemData | null }) {
	const changed = problem?.detail?.changed as
		| { key: string; label: string; before: number | null; now: number | null }[]
		| undefined;
	if (!changed) return null;
	return (
		<>
			<ul>
				{changed.map(({ key, label, before, now }) => (
					<li key={key}>
						{label}: {before === null ? "chưa có" : count(before)} → <b>{now === null ? "chưa có" : count(now)}</b>
					</li>
				))}
			</ul>
			<p>
				<button type="button" className="link" onClick={() => window.location.reload()}>
					Xem lại số liệu mới
				</button>
			</p>
		</>
	);
}

/** What was reported stays; its correction is a further copy with a reason, which the level above approves. */
function Restate({ shown }: { shown: Shown }) {
	const { period, unit, report, live, missing, frozen } = shown;
	const [open, setOpen] = useState(false);
	const [reason, setReason] = useState("");
	const [as, setAs] = useState(postOf(unit.kind));
	const restate = useCommand(client.reports.restate, { refresh: REFRESH, said: "Đã gửi báo cáo điều chỉnh." });
	const before = frozen[0]?.counts.members ?? 0;
	const now = live.counts.members ?? 0;
	if (!open)
		return (
			<p>
				<button type="button" className="link" onClick={() => setOpen(true)}>
					Điều chỉnh số liệu đã báo cáo
				</button>
			</p>
		);
	return (
		<section className="card page">
			<h2>Điều chỉnh số liệu đã báo cáo</h2>
			<p>
				Đã chốt {count(before)} hội viên; hiện tại (tạm tính) {count(now)}. Bản đã chốt vẫn giữ nguyên và xem được; bản
				điều chỉnh thay số khi Hội cấp trên duyệt.
			</p>
			<Form
				command={restate}
				onSubmit={() =>
					restate.run({
						periodId: period.id,
						unitId: unit.unitId,
						version: report.version,
						seen: live.seen,
						figures: live.counts,
						as,
						reason,
						missing: missing.map(({ unitId }) => unitId),
					})
				}
			>
				<TextArea name="reason" label="Lý do điều chỉnh" required value={reason} onChange={setReason} />
				<TextField name="as" label="Ký với chức danh" required value={as} onChange={setAs} />
				<FormProblem />
				<Changed problem={restate.problem} />
				<Buttons>
					<Button type="submit" loading={restate.busy}>
						Ký, gửi báo cáo điều chỉnh
					</Button>
				</Buttons>
			</Form>
		</section>
	);
}
