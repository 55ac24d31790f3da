import type { ReactNode } from "react";
import type { RateClass } from "../core/rate.ts";
import { count, percent } from "./format.ts";
import css from "./RateCard.module.css";

export type Rate = {
	members: number;
	/** The denominator; null where none is known. */
	women18: number | null;
	/** Per cent with two decimals and a point, as the API gives it. */
	rate: string | null;
	/** Null above the communes: a sum has no class. */
	cls: RateClass | null;
	/** The smallest number of further members that brings the commune over 60% (R1). */
	missing: number | null;
};

type Props = Rate & {
	/** Of which figure and day: "hôm nay, tạm tính". */
	caption: ReactNode;
	/** Where the denominator comes from: "Số liệu ngành thống kê năm 2019"; undefined while that is being asked, '' where nobody said. */
	source: string | undefined;
	/** Opens "Cách tính". */
	onExplain?: () => void;
	/** What was reported last: "kỳ 6 tháng đầu năm" and its rate. */
	reported?: { period: string; rate: string };
	/** Communes of this sum whose denominator is unknown, and the word for them. */
	without?: { number: number; noun: string };
	/** What to do first when there is no denominator, e.g. a link to the entry. */
	action?: ReactNode;
};

/** The first thing a chair sees: the rate, what is missing, the bar with its 60% line, and what the number is made of. */
export function RateCard(props: Props) {
	const { members, women18, rate, caption, onExplain } = props;
	return (
		<section className="card" aria-label="Tỷ lệ tập hợp">
			<p className="soft">
				Tỷ lệ tập hợp · {caption}
				{onExplain ? (
					<>
						{" · "}
						<button type="button" className="link" onClick={onExplain}>
							Cách tính
						</button>
					</>
				) : null}
			</p>
			{rate === null || women18 === null ? (
				<NoDenominator members={members} action={props.action} />
			) : (
				<>
					<p className={css.rate}>{percent(rate)}</p>
					<p className={css.say}>
						<Sentence {...props} women18={women18} />
					</p>
					<Bar rate={rate} cls={props.cls} />
					<p className={`soft ${css.made}`}>
						{count(members)} hội viên trên {count(women18)} phụ nữ từ 18 tuổi trở lên
						{props.source === undefined ? "" : ` (${props.source || "chưa ghi nguồn số liệu"})`}.
						{props.reported ? (
							<>
								{" "}
								Đã báo cáo {props.reported.period}: <b>{percent(props.reported.rate)}</b>.
							</>
						) : null}
						{props.without && props.without.number > 0 ? (
							<>
								{" "}
								Chưa tính {count(props.without.number)} {props.without.noun} chưa có số liệu phụ nữ từ 18 tuổi trở lên.
							</>
						) : null}
					</p>
					{members > women18 ? <OverHundred /> : null}
				</>
			)}
		</section>
	);
}

function Sentence({ cls, missing, members, women18 }: Rate & { women18: number }) {
	if (cls === null) return <>Số tham khảo: chỉ xã, phường, đặc khu được xếp loại</>;
	if (cls === "over") {
		const spare = members - Math.floor((3 * women18) / 5) - 1;
		return (
			<>
				<b className={css.over}>Đã đạt trên 60%</b>
				{spare > 0 ? `, hơn mức phải có ${count(spare)} hội viên` : ", vừa đủ mức phải có"}
			</>
		);
	}
	return (
		<>
			{cls === "exactly" ? "Bằng 60%: còn" : "Còn"} thiếu <b className={css.under}>{count(missing ?? 0)} hội viên</b> để
			đạt trên 60%
		</>
	);
}

function Bar({ rate, cls }: { rate: string; cls: RateClass | null }) {
	return (
		<div className={css.bar} aria-hidden="true">
			<i className={css[cls ?? "sum"]} style={{ width: `${Math.min(100, Number(rate))}%` }} />
			<u>
				<span>60%</span>
			</u>
		</div>
	);
}

function NoDenominator({ members, action }: { members: number; action?: ReactNode }) {
	return (
		<>
			<p className={css.rate}>
				{count(members)} <span className={css.unit}>hội viên</span>
			</p>
			<p className={css.say}>Chưa có số liệu phụ nữ từ 18 tuổi trở lên, nên chưa tính được tỷ lệ.</p>
			{action}
		</>
	);
}

function OverHundred() {
	return (
		<p className={css.note}>
			<b>Trên 100% (số liệu năm 2019).</b> Hội viên của hôm nay được so với số phụ nữ của năm 2019; nơi có thêm nhiều
			chị em đến ở thì tỷ lệ có thể quá 100%.
		</p>
	);
}
