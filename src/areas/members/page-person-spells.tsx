import { Button } from "@mantine/core";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { client } from "../../web/client.ts";
import type { MemberShow } from "./contract-member.ts";
import { DeclineProposalForm } from "./page-decline-form.tsx";
import css from "./page-person.module.css";
import { RecogniseForm } from "./page-picked.tsx";
import { AwayForm, EndForm, MoveBranchForm, ReopenForm, UntilForm } from "./page-spell-forms.tsx";
import { TransferAwayForm } from "./page-transfer-forms.tsx";
import { AWAY_WORDS, periodWords, residenceWords, type Spell, TAKES_PART_WORDS } from "./page-words.ts";

/** Quá trình tham gia Hội: where and when she was a member, how she lived there, on which days she counted. */
export function Spells({ person }: { person: MemberShow }) {
	return (
		<section className="card">
			<h2>Quá trình tham gia Hội</h2>
			{person.spells.map((spell) => (
				<SpellShow key={spell.id} person={person} spell={spell} />
			))}
		</section>
	);
}

function SpellShow({ person, spell }: { person: MemberShow; spell: Spell }) {
	return (
		<div className={css.spell}>
			<p>
				<b>{spell.branch}</b>, {spell.commune}
			</p>
			<p>
				{periodWords(spell.joined, spell.left)}
				{spell.leaveReasonText ? ` (${spell.leaveReasonText.toLowerCase()})` : ""}
			</p>
			<p className="soft">{statusWords(person, spell)}</p>
			<ul>
				{spell.residences.map((residence) => (
					<li key={residence.id}>
						{residenceWords(residence.kind, residence.start)}
						{residence.kind === "permanent" && residence.start ? ` từ ${displayDay(residence.start)}` : ""}
						{residence.until ? ` đến trước ${displayDay(residence.until)}` : ""}
					</li>
				))}
				{spell.counts.map(({ from, to }) => (
					<li key={from}>Được tính {periodWords(from, to)}</li>
				))}
				{spell.recognisedOn ? (
					<li>
						Được công nhận ngày {displayDay(spell.recognisedOn)}
						{spell.minutes ? `: ${spell.minutes}` : ""}
					</li>
				) : null}
				{spell.away.map((away) => (
					<AwayShow key={away.id} away={away} mayWrite={spell.mayWrite} />
				))}
			</ul>
			{spell.mayWrite ? <SpellActs person={person} spell={spell} /> : null}
		</div>
	);
}

/** Whether it counts; of two memberships in one commune (two records merged) that the other one does. */
function statusWords(person: MemberShow, spell: Spell): string {
	const counted = person.spells.find((other) => other.status === "counts" && other.commune === spell.commune);
	return spell.status === "elsewhere" && counted ? `Được tính một lần, ở ${counted.branch}` : spell.statusText;
}

function AwayShow({ away, mayWrite }: { away: Spell["away"][number]; mayWrite: boolean }) {
	const [ending, setEnding] = useState(false);
	const dues = away.paysDues === null ? "" : away.paysDues ? "có đóng hội phí" : "không đóng hội phí";
	const words = [away.place, periodWords(away.since, away.until), dues, TAKES_PART_WORDS[away.takesPart].toLowerCase()];
	return (
		<li>
			{AWAY_WORDS[away.kind]}: {words.filter(Boolean).join("; ")}{" "}
			{mayWrite && away.until === null ? (
				<button type="button" className="link on-screen" onClick={() => setEnding(true)}>
					Đã trở về
				</button>
			) : null}
			{ending ? (
				<UntilForm
					title="Đã trở về"
					label="Ngày trở về"
					id={away.id}
					end={client.members.endAway}
					onClose={() => setEnding(false)}
				/>
			) : null}
		</li>
	);
}

type Act = "end" | "reopen" | "move" | "transfer" | "away" | "recognise" | "decline";

/** What may be done with this membership now. */
function actsOf(spell: Spell): [Act, string][] {
	if (spell.stage === "proposed")
		return [
			["recognise", "Công nhận"],
			["decline", "Không công nhận"],
		];
	if (spell.stage === "declined") return [];
	if (spell.left !== null) return [["reopen", "Ghi nhầm, chị vẫn là hội viên"]];
	return [
		["move", "Chuyển chi hội"],
		["transfer", "Chuyển sinh hoạt Hội"],
		["away", "Di cư đi"],
		["end", "Ra khỏi tổ chức Hội"],
	];
}

function SpellActs({ person, spell }: { person: MemberShow; spell: Spell }) {
	const [act, setAct] = useState<Act | null>(null);
	const close = () => setAct(null);
	const on = { person, spell, onClose: close };
	const acts = actsOf(spell);
	if (acts.length === 0) return null;
	return (
		<div className="row on-screen">
			{acts.map(([key, words]) => (
				<Button key={key} variant={key === "recognise" ? "filled" : "default"} onClick={() => setAct(key)}>
					{words}
				</Button>
			))}
			{act === "end" ? <EndForm {...on} /> : null}
			{act === "reopen" ? <ReopenForm {...on} /> : null}
			{act === "away" ? <AwayForm {...on} /> : null}
			{act === "transfer" ? <TransferAwayForm {...on} /> : null}
			{act === "move" ? <MoveBranchForm spellIds={[spell.id]} name={person.name} onClose={close} /> : null}
			{act === "recognise" ? (
				<RecogniseForm picked={[{ spellId: spell.id, name: person.name }]} onClose={close} onDone={close} />
			) : null}
			{act === "decline" ? <DeclineProposalForm {...on} /> : null}
		</div>
	);
}
