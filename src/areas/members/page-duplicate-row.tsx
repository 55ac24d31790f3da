import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { DuplicatePair } from "./contract-member.ts";
import { MergeForm } from "./page-merge-form.tsx";
import css from "./page-person.module.css";
import { displayBirth } from "./rules-person.ts";

const SAID = {
	same: "Đã ghi: cùng một người.",
	different: "Đã ghi: hai người khác nhau.",
	none: "Đã bỏ câu trả lời.",
} as const;

/** Two records, why they may be one woman, and what this side may do about it. */
export function DuplicateRow({ pair }: { pair: DuplicatePair }) {
	const [merging, setMerging] = useState(false);
	const judge = useCommand(client.members.judgeDuplicate, {
		refresh: [api.members.key()],
		onDone: ({ decision }) => toast({ text: SAID[decision ?? "none"] }),
	});
	const say = (decision: "same" | "different" | null) => judge.run({ pairId: pair.id, decision });
	const [a, b] = pair.sides;
	return (
		<li>
			<div>
				<div className={css.pair}>
					{pair.sides.map((side, at) => (
						<Side key={side.personId ?? at} side={side} />
					))}
				</div>
				<p className={css.reason}>{pair.reasonText}.</p>
				<details>
					<summary className="soft">Vì sao {count(pair.score)} điểm</summary>
					<ul>
						{pair.reasons.map(({ code, text, points }) => (
							<li key={code}>
								{text}: {count(points)} điểm
							</li>
						))}
					</ul>
				</details>
				{pair.decision ? <Judged pair={pair} /> : null}
				{pair.decision === null && !pair.mayJudge ? (
					<p className="soft">Cơ sở Hội có hội viên trả lời việc này.</p>
				) : null}
				<ProblemAlert problem={judge.problem} />
			</div>
			<div className="row on-screen">
				{pair.mayMerge && pair.decision !== "different" ? (
					<Button onClick={() => setMerging(true)}>Cùng một người: gộp hồ sơ</Button>
				) : pair.mayJudge && pair.decision === null ? (
					<Button loading={judge.busy} onClick={() => say("same")}>
						Cùng một người
					</Button>
				) : null}
				{pair.mayJudge && pair.decision === null ? (
					<Button variant="default" loading={judge.busy} onClick={() => say("different")}>
						Hai người khác nhau
					</Button>
				) : null}
				{pair.mayJudge && pair.decision !== null ? (
					<Button variant="default" loading={judge.busy} onClick={() => say(null)}>
						Bỏ câu trả lời
					</Button>
				) : null}
			</div>
			{merging && a.personId && b.personId ? (
				<MergeForm keptId={a.personId} mergedId={b.personId} onClose={() => setMerging(false)} />
			) : null}
		</li>
	);
}

/** Of a woman of another unit no more than the name of her commune is told. */
function Side({ side }: { side: DuplicatePair["sides"][number] }) {
	if (side.personId === null)
		return (
			<div>
				<b>Hội viên của {side.commune}</b>
				<p className="soft">Chị chỉ được biết tên cơ sở Hội của hồ sơ này.</p>
			</div>
		);
	return (
		<div>
			<b>
				<Link to="/members/$personId" params={{ personId: side.personId }}>
					{side.name}
				</Link>
			</b>{" "}
			<span className="soft">{side.birth ? `sinh ${displayBirth(side.birth)}` : ""}</span>
			<p className="soft">
				{side.branch}, {side.commune}
			</p>
		</div>
	);
}

function Judged({ pair }: { pair: DuplicatePair }) {
	const by = [pair.decidedAt, pair.decidedOn ? `ngày ${displayDay(pair.decidedOn)}` : null].filter(Boolean).join(", ");
	return (
		<p className="soft">
			{pair.decision === "same" ? "Cùng một người" : "Hai người khác nhau"} ({by}).{" "}
			{pair.decision === "same" && !pair.mayMerge
				? "Hai hồ sơ ở hai cơ sở: chờ Hội LHPN cấp trên của hai cơ sở gộp lại."
				: ""}
		</p>
	);
}
