import { Button } from "@mantine/core";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { displayBirth } from "../members/rules-person.ts";
import type { ImportShow, StagedRow } from "./contract.ts";
import { Elsewhere } from "./page-elsewhere.tsx";
import { FixRow } from "./page-fix-row.tsx";
import css from "./page-import.module.css";
import { ACTION_WORDS, LEVEL_WORDS } from "./page-words.ts";

type Props = { show: ImportShow; row: StagedRow };

/** One row of the file: who, what it does, what is wrong with it, and what can be done about that here. */
export function ImportLine({ show, row }: Props) {
	const [fixing, setFixing] = useState(false);
	const open = show.state === "staged" || show.state === "committed";
	const mayFix = open && row.state !== "undone" && (row.action === "refuse" || row.action === "ask");
	return (
		<li>
			<div className={css.line}>
				<b>{row.name || "(không có họ tên)"}</b>
				<span className="soft">
					{[row.birth ? `sinh ${displayBirth(row.birth)}` : "", row.nationalId ?? "", row.branch, row.group]
						.filter(Boolean)
						.join(" · ")}
				</span>
				<span className="soft">
					{row.sheet}, dòng {row.row} ·{" "}
					{row.state === "done" && row.action !== "skip" ? "Đã ghi" : ACTION_WORDS[row.action]}
					{row.fixed ? " (đã sửa)" : ""}
				</span>
			</div>
			{row.problems.length > 0 ? (
				<ul className={css.problems}>
					{row.problems.map((problem) => (
						<li key={problem.code} className={css[problem.level]}>
							<span className="unseen">{LEVEL_WORDS[problem.level]}: </span>
							{problem.text}
						</li>
					))}
				</ul>
			) : null}
			{row.changes.map((change) => (
				<p key={change.field} className={css.changes}>
					{change.label}: <span className="soft">{change.before || "để trống"}</span> →{" "}
					<b>{change.after || "để trống"}</b>
				</p>
			))}
			{row.action === "ask" && open ? <Ask show={show} row={row} /> : null}
			{mayFix && !fixing && row.action === "refuse" ? (
				<Elsewhere show={show} row={row}>
					<Button variant="default" onClick={() => setFixing(true)}>
						Sửa dòng này
					</Button>
				</Elsewhere>
			) : null}
			{fixing ? <FixRow show={show} row={row} onClose={() => setFixing(false)} /> : null}
		</li>
	);
}

/** Who is meant by a row that could mean several: one of those already there, somebody new, or nobody. */
function Ask({ show, row }: Props) {
	const [choice, setChoice] = useState("");
	const answer = useCommand(client.imports.answer, { refresh: [api.imports.key()] });
	const run = () => {
		const to = { id: show.id, position: row.position };
		if (choice === "new" || choice === "skip") answer.run({ ...to, answer: choice });
		else answer.run({ ...to, answer: "same", spellId: choice });
	};
	const option = (value: string, words: string) => (
		<label key={value}>
			<input type="radio" name={`ask-${row.position}`} checked={choice === value} onChange={() => setChoice(value)} />
			<span>{words}</span>
		</label>
	);
	return (
		<fieldset className={css.choices}>
			<legend>{row.name} là ai?</legend>
			{row.candidates.map((one) => option(one.spellId, `Cùng một người với ${candidateWords(one)}`))}
			{option("new", "Người mới, chưa có trong danh sách")}
			{option("skip", "Bỏ qua dòng này")}
			<ProblemAlert problem={answer.problem} />
			<div>
				<Button disabled={choice === ""} loading={answer.busy} onClick={run}>
					Trả lời
				</Button>
			</div>
		</fieldset>
	);
}

function candidateWords(one: StagedRow["candidates"][number]): string {
	return [
		one.name,
		one.birth ? `sinh ${displayBirth(one.birth)}` : "",
		one.branch,
		`vào Hội ${displayDay(one.joined)}`,
		one.left ? `ra khỏi Hội ${displayDay(one.left)}` : "",
	]
		.filter(Boolean)
		.join(", ");
}
