import { Button } from "@mantine/core";
import { useState } from "react";
import { Buttons } from "../../ui/Buttons.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea } from "../../ui/FormField.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { Shown } from "./page-report.tsx";
import { FIGURE_BY_KEY, FIGURES } from "./rules-figures.ts";

const REFRESH = [api.reports.key()];

/** What the level above decides of a report that was sent, and what who reads along says of it. */
export function Decide({ shown }: { shown: Shown }) {
	const { may, report, unit } = shown;
	const [saying, setSaying] = useState<"return" | "comment" | null>(null);
	const approve = useCommand(client.reports.approve, {
		refresh: REFRESH,
		said: `Đã duyệt, khóa báo cáo của ${unit.name}.`,
	});
	if (!report.id || (!may.approve && !may.comment)) return null;
	const waiting = { reportId: report.id, version: report.version };
	return (
		<section className="card page">
			<h2>{may.approve ? "Duyệt báo cáo" : "Góp ý báo cáo"}</h2>
			{shown.submitted?.reason ? (
				<p>
					{shown.submitted.signedBy} ({shown.submitted.signedAs}) đề nghị điều chỉnh: {shown.submitted.reason}
				</p>
			) : null}
			<ProblemAlert problem={approve.problem} />
			<Buttons>
				{may.approve ? (
					<>
						<Button loading={approve.busy} onClick={() => approve.run({ reports: [waiting] })}>
							{report.state === "restating" ? "Duyệt điều chỉnh" : "Duyệt, khóa báo cáo"}
						</Button>
						<Button variant="default" onClick={() => setSaying("return")}>
							Trả lại, nêu lý do
						</Button>
					</>
				) : null}
				{may.comment ? (
					<Button variant="default" onClick={() => setSaying("comment")}>
						Góp ý
					</Button>
				) : null}
			</Buttons>
			{saying ? <Saying kind={saying} shown={shown} waiting={waiting} onClose={() => setSaying(null)} /> : null}
		</section>
	);
}

type SayingProps = {
	kind: "return" | "comment";
	shown: Shown;
	waiting: { reportId: string; version: number };
	onClose: () => void;
};

/** A word at a figure, or at the whole report; a return may name several figures, each with its reason. */
function Saying({ kind, shown, waiting, onClose }: SayingProps) {
	const [figure, setFigure] = useState("");
	const [text, setText] = useState("");
	const [added, setAdded] = useState<Reason[]>([]);
	const giveBack = useCommand(client.reports.return, {
		refresh: REFRESH,
		said: "Đã trả lại báo cáo.",
		onDone: onClose,
	});
	const comment = useCommand(client.reports.comment, { refresh: REFRESH, said: "Đã ghi góp ý.", onDone: onClose });
	const asked = new Set(shown.keys);
	return (
		<FormDialog
			title={kind === "return" ? `Trả lại báo cáo của ${shown.unit.name}` : `Góp ý báo cáo của ${shown.unit.name}`}
			confirm={kind === "return" ? "Trả lại báo cáo" : "Ghi góp ý"}
			onClose={onClose}
			command={kind === "return" ? giveBack : comment}
			onConfirm={() =>
				kind === "return"
					? giveBack.run({ ...waiting, reasons: text.trim() === "" ? added : [...added, { figure, text }] })
					: comment.run({ reportId: waiting.reportId, figure, text })
			}
		>
			{added.length > 0 ? <Reasons reasons={added} onRemove={(at) => setAdded(added.toSpliced(at, 1))} /> : null}
			<SelectField
				name="figure"
				label="Tại số liệu"
				value={figure}
				onChange={setFigure}
				none="Cả báo cáo"
				choices={FIGURES.filter(({ key }) => asked.has(key)).map(({ key, label }) => ({ value: key, label }))}
			/>
			<TextArea
				name="text"
				label={kind === "return" ? "Lý do" : "Ý kiến"}
				required={added.length === 0}
				value={text}
				onChange={setText}
			/>
			{kind === "return" ? (
				<p>
					<button
						type="button"
						className="link"
						disabled={text.trim() === ""}
						onClick={() => {
							setAdded([...added, { figure, text }]);
							setFigure("");
							setText("");
						}}
					>
						Thêm lý do ở số liệu khác
					</button>
				</p>
			) : null}
		</FormDialog>
	);
}

interface Reason {
	figure: string;
	text: string;
}

/** The reasons given so far, each of which may be taken back. */
function Reasons({ reasons, onRemove }: { reasons: Reason[]; onRemove: (at: number) => void }) {
	return (
		<ul>
			{reasons.map(({ figure, text }, at) => (
				<li key={`${figure} ${text}`}>
					<b>{FIGURE_BY_KEY.get(figure)?.label ?? "Cả báo cáo"}</b>: {text}{" "}
					<button type="button" className="link" onClick={() => onRemove(at)}>
						Bỏ
					</button>
				</li>
			))}
		</ul>
	);
}
