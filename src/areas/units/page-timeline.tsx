import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { addDays, displayDay } from "../../core/day.ts";
import { percent } from "../../ui/format.ts";
import { EARLIEST } from "../../web/search.ts";
import type { UnitShow } from "./contract.ts";
import css from "./page-timeline.module.css";
import { timelineOf, type UnitEvent } from "./rules-timeline.ts";

type Relative = UnitEvent["from"][number];

/** A unit's life in the order of its days, each with the decree by which it happened; nothing where nothing has happened. */
export function UnitTimeline({ show }: { show: UnitShow }) {
	const events = timelineOf(show, EARLIEST);
	if (events.length === 0) return null;
	return (
		<section className="card">
			<h2>Dòng thời gian</h2>
			<ol className={css.events}>
				{events.map((event) => (
					<li key={event.on}>
						<time dateTime={event.on}>{displayDay(event.on)}</time>
						<div>
							{event.words.length > 0 ? <p>{capital(event.words.join(", "))}</p> : null}
							<Names words="Từ" units={event.from} dayOf={(one) => addDays(one.on, -1)} />
							<Names words="Về" units={event.to} dayOf={(one) => one.on} />
							{event.decree ? <p className="soft">{decreeOf(event)}</p> : null}
						</div>
					</li>
				))}
			</ol>
		</section>
	);
}

function Names({ words, units, dayOf }: { words: string; units: Relative[]; dayOf: (unit: Relative) => string }) {
	if (units.length === 0) return null;
	return (
		<p>
			{words}{" "}
			{units.map((unit, at) => (
				<span key={unit.id}>
					{at > 0 ? "; " : ""}
					<Link to="/units/$unitId" params={{ unitId: String(unit.id) }} search={{ on: dayOf(unit) }}>
						{unit.name}
					</Link>
					{partWords(unit)}
				</span>
			))}
			.
		</p>
	);
}

/** "một phần", with its share where one is known; nothing of a whole. */
export function partWords({ part, share }: Pick<Relative, "part" | "share">): string {
	if (part === "full") return "";
	return share === null ? " (một phần)" : ` (một phần, ${percent(share)})`;
}

function decreeOf({ decree, reorganisationId }: UnitEvent): ReactNode {
	if (reorganisationId === null) return decree;
	return (
		<Link to="/reorganisations/$id" params={{ id: reorganisationId }}>
			{decree}
		</Link>
	);
}

function capital(text: string): string {
	return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
