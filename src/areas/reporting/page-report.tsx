import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { displayDay } from "../../core/day.ts";
import { count, lowerFirst, percent } from "../../ui/format.ts";
import { displayTime } from "../../ui/format-time.ts";
import { RateCard } from "../../ui/RateCard.tsx";
import type { api } from "../../web/client.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { Decide } from "./page-decide.tsx";
import { FigureTables } from "./page-figures.tsx";
import { Sign } from "./page-sign.tsx";
import { ratesOf } from "./rules-content.ts";
import { FIGURE_BY_KEY, type Figures } from "./rules-figures.ts";
import { SIGNAL_RULE, SIGNALS } from "./rules-signals.ts";
import { STATE_WORDS } from "./rules-words.ts";

const DownloadButton = lazy(() =>
	import("../documents/page-download.tsx").then((page) => ({ default: page.DownloadButton })),
);

export type Shown = Awaited<ReturnType<typeof api.reports.show.call>>;

/** What stands first: what was frozen, what waits for approval, or what is true now. */
export function standing({ frozen, submitted, live }: Shown): { words: string; counts: Figures } {
	if (submitted) return { words: frozen[0] ? "điều chỉnh, chờ duyệt" : "đã gửi, chờ duyệt", counts: submitted.counts };
	if (frozen[0]) return { words: "đã chốt", counts: frozen[0].counts };
	return { words: "tạm tính", counts: live.counts };
}

/** A unit's report of a period: the number first, then what it is made of, then words, signature and what the level above decides. */
export function OneReport({ shown }: { shown: Shown }) {
	const { period, unit, live, submitted } = shown;
	const { words, counts } = standing(shown);
	const rates = ratesOf(unit.kind, counts);
	return (
		<>
			<section className="card">
				<h2>
					{unit.name}, {lowerFirst(period.name)}
				</h2>
				<p>
					<span className={css.state}>{STATE_WORDS[shown.report.state]}</span>{" "}
					{period.kind === "plan" ? "" : `Số liệu đến hết ngày ${displayDay(period.dataUntil)}. `}
					<Due shown={shown} />
				</p>
				{rates.completeness ? (
					<p className="soft">
						Đã có tên trong danh sách {percent(rates.completeness)} số hội viên đã báo cáo (còn{" "}
						{count(counts.unlisted ?? 0)} chưa nhập).
					</p>
				) : null}
			</section>
			{period.kind === "plan" ? null : counts === live.counts && shown.missing.length > 0 ? (
				<SoFar shown={shown} />
			) : (
				<RateCard
					caption={`${period.name}, ${words}${partOf(shown)}`}
					members={counts.members ?? 0}
					women18={counts.women18 ?? null}
					rate={rates.rate}
					cls={rates.class}
					missing={rates.missing}
					source={live.denominator.source}
				/>
			)}
			<Missing shown={shown} />
			<Notes shown={shown} />
			<p>
				<Suspense>
					{period.kind === "plan" ? (
						<DownloadButton label="Tải Word" kind="year_plan" unitId={unit.unitId} query={{ period: period.id }} />
					) : (
						<DownloadButton
							label="Tải Word, Excel"
							kind="period_report"
							unitId={unit.unitId}
							query={{ period: period.id }}
							excel="Tải bảng Excel"
						/>
					)}
				</Suspense>
			</p>
			{shown.report.state === "locked" ? null : <Signals signals={submitted?.signals ?? live.signals} />}
			{period.kind === "plan" ? null : <FigureTables shown={shown} main={{ words, counts }} />}
			<Sign shown={shown} />
			<Decide shown={shown} />
			<FrozenCopies shown={shown} />
		</>
	);
}

/** What is to be looked at in the report that was sent, or would be in the one she is about to sign; a locked one was looked at. */
function Signals({ signals }: { signals: Shown["live"]["signals"] }) {
	if (signals.length === 0) return null;
	return (
		<section className="card">
			<h2>Dấu hiệu cần xem trước khi duyệt</h2>
			<ul>
				{signals.map(({ kind, text }) => (
					<li key={kind}>
						<b>{SIGNALS[kind]}</b>: {text}
					</li>
				))}
			</ul>
			<p className="soft">{SIGNAL_RULE} Dấu hiệu không có nghĩa là sai; chị có thể ghi lý do trong lời báo cáo.</p>
		</section>
	);
}

/** A sum that is still growing has no rate worth reading: how much of it is there, and where the unit's own rate of the day stands. */
function SoFar({ shown: { unit, period, missing, expected } }: { shown: Shown }) {
	return (
		<section className="card">
			<h2>
				{count(expected - missing.length)} trên {count(expected)} đơn vị cấp dưới có báo cáo được duyệt
			</h2>
			<p>
				Số liệu dưới đây mới gồm các báo cáo ấy, chưa tính ra tỷ lệ của {unit.name}.{" "}
				<Link to="/gathering" search={{ unit: unit.unitId, on: period.dataUntil }}>
					Xem tỷ lệ tạm tính ngày {displayDay(period.dataUntil)}
				</Link>
			</p>
		</section>
	);
}

/** Of a sum in which someone is missing: how much of it is there. */
function partOf({ missing, expected }: Shown): string {
	return missing.length === 0 ? "" : `, mới gồm ${count(expected - missing.length)}/${count(expected)} đơn vị cấp dưới`;
}

function Due({ shown: { period, report, frozen, submitted } }: { shown: Shown }) {
	const { today } = useSession();
	const sent = frozen.at(-1) ?? submitted;
	if (sent)
		return (
			<>
				Gửi lúc {displayTime(sent.signedAt)}, {sent.signedBy} ký ({sent.signedAs})
				{sent.late ? <b> · gửi muộn, hạn {displayDay(period.due)}</b> : ""}.
			</>
		);
	const overdue = today > period.due && report.state !== "locked";
	if (period.closed) return <b>Kỳ này đã khóa; muốn gửi, hãy đề nghị Trung ương Hội mở lại kỳ.</b>;
	return overdue ? (
		<b>Đã quá hạn ngày {displayDay(period.due)}; vẫn gửi được, báo cáo ghi là muộn.</b>
	) : (
		<>Hạn gửi {displayDay(period.due)}.</>
	);
}

/** Who below is missing in it, and whose figures were corrected since. */
function Missing({ shown: { missing, corrected } }: { shown: Shown }) {
	if (missing.length === 0 && corrected.length === 0) return null;
	return (
		<section className="card">
			{missing.length > 0 ? (
				<>
					<h2>{count(missing.length)} đơn vị cấp dưới chưa có báo cáo được duyệt</h2>
					<p>Số liệu trên chưa gồm: {namesOf(missing)}.</p>
				</>
			) : null}
			{corrected.length > 0 ? (
				<p>
					Đã điều chỉnh sau khi báo cáo này được chốt: {namesOf(corrected)}. Muốn cộng số mới, hãy lập báo cáo điều
					chỉnh.
				</p>
			) : null}
		</section>
	);
}

function namesOf(units: readonly { name: string }[]): string {
	const named = units.slice(0, 30).map(({ name }) => name);
	return `${named.join(", ")}${units.length > named.length ? ` và ${count(units.length - named.length)} đơn vị khác` : ""}`;
}

/** Reasons of returns and comments, the latest first. */
function Notes({ shown: { notes } }: { shown: Shown }) {
	if (notes.length === 0) return null;
	return (
		<section className="card">
			<h2>Ý kiến về báo cáo</h2>
			<ul>
				{notes.map((note) => (
					<li key={`${note.at} ${note.figure}`}>
						<b>{note.figure === "" ? "Cả báo cáo" : (FIGURE_BY_KEY.get(note.figure)?.label ?? note.figure)}</b>:{" "}
						{note.text}{" "}
						<span className="soft">
							({note.kind === "return" ? "trả lại" : "góp ý"}, {note.by}, {displayTime(note.at)})
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}

/** What was approved, each copy with its hash; corrections with their reason. */
function FrozenCopies({ shown: { frozen } }: { shown: Shown }) {
	if (frozen.length === 0) return null;
	return (
		<section className="card">
			<h2>Bản đã chốt</h2>
			<ul>
				{frozen.map((copy) => (
					<li key={copy.seq}>
						<b>Bản {copy.seq}</b>:{" "}
						{copy.counts.members === undefined ? "" : `${count(copy.counts.members ?? 0)} hội viên; `}
						{copy.approvedBy} duyệt {displayTime(copy.approvedAt)}
						{copy.reason ? `; điều chỉnh vì: ${copy.reason}` : ""}
						<br />
						<span className={`soft ${css.hash}`}>SHA-256 {copy.sha256}</span>
					</li>
				))}
			</ul>
		</section>
	);
}
