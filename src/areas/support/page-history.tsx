import { displayDay } from "../../core/day.ts";
import { displayTime } from "../../ui/format-time.ts";
import css from "./page.module.css";
import { PART_WORDS, type Shown } from "./page-words.ts";
import { RESULT_WORDS } from "./rules.ts";

/** The cases a commune had before. */
export function EarlierCases({ shown: { earlier } }: { shown: Shown }) {
	if (earlier.length === 0) return null;
	return (
		<section className="card">
			<h2>Các hồ sơ trước</h2>
			<ul>
				{earlier.map((one) => (
					<li key={one.id}>
						{displayDay(one.openedOn)} – {displayDay(one.closedOn)}: {RESULT_WORDS[one.result]}
						{one.note ? `. ${one.note}` : ""}
					</li>
				))}
			</ul>
		</section>
	);
}

/** Who changed what of the case, the latest first. */
export function Revisions({ shown: { revisions } }: { shown: Shown }) {
	if (revisions.length === 0) return null;
	return (
		<details className={`card ${css.screen}`}>
			<summary>Các lần sửa hồ sơ ({revisions.length})</summary>
			<ul>
				{revisions.map(({ version, part, by, at }) => (
					<li key={version}>
						{displayTime(at)}: {PART_WORDS[part] ?? part}
						{by ? `, ${by}` : ""}
					</li>
				))}
			</ul>
		</details>
	);
}
