import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { type Draw, Picture } from "../../ui/Picture.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { KindEffectRow } from "./contract.ts";
import css from "./page.module.css";
import { drawEffects } from "./page-effects-picture.ts";
import { Told } from "./page-experience.tsx";
import { CAUTION_WORDS, effectWords, METHOD_WORDS, pointsWords, verdictWords } from "./rules-words.ts";

type Answer = Awaited<ReturnType<typeof api.effect.show.call>>;

/** Which way of working goes along with more members: told with its interval, and what it does not prove (R24). */
export function AreaEffects() {
	const shown = useQuery(api.effect.show.queryOptions({ input: {} }));
	return (
		<div className="page">
			<h1>Cách làm nào có hiệu quả</h1>
			<Loaded query={shown}>{(answer) => <Effects answer={answer} />}</Loaded>
			<SharedExperiences />
		</div>
	);
}

function Effects({ answer }: { answer: Answer }) {
	const { kinds, communes, using, on, months } = answer;
	if (kinds.length === 0)
		return (
			<section className="card">
				<EmptyState title="Chưa có giải pháp, mô hình nào được bắt đầu">
					Khi các xã ghi giải pháp, mô hình và ngày bắt đầu, sau một năm chương trình so sánh được xã đã làm với xã
					tương đồng chưa làm.
				</EmptyState>
			</section>
		);
	const told = kinds.filter(({ lack }) => lack === null).sort((a, b) => (b.effect as number) - (a.effect as number));
	const few = kinds.filter(({ lack }) => lack !== null);
	const clear = told.filter(({ verdict }) => verdict === "higher").length;
	return (
		<>
			<section className="card page">
				<p className={css.answer}>
					{told.length === 0
						? "Chưa đủ dữ liệu để so sánh giải pháp, mô hình nào."
						: clear === 0
							? "Chưa giải pháp, mô hình nào cho thấy khác biệt rõ."
							: `${count(clear)} cách làm đi cùng mức tăng cao hơn rõ.`}
				</p>
				<p>
					{count(using)} trên {count(communes)} xã cả nước đã bắt đầu giải pháp, mô hình tính đến ngày {displayDay(on)};{" "}
					{count(told.length)} cách làm so sánh được trong {count(months)} tháng sau khi bắt đầu.
				</p>
				<p>{CAUTION_WORDS}</p>
			</section>
			{told.length > 0 ? <EffectsPicture rows={told} on={on} /> : null}
			{few.length > 0 ? (
				<section className="card page">
					<h2>Chưa đủ dữ liệu: {count(few.length)} cách làm</h2>
					<details>
						<summary>Xem từng cách làm, còn thiếu gì</summary>
						<ul>
							{few.map((row) => (
								<li key={row.kind}>
									{row.words} <span className="soft">— {verdictWords(row)}</span>
								</li>
							))}
						</ul>
					</details>
				</section>
			) : null}
			<section className="card page">
				<details>
					<summary>Cách so sánh</summary>
					<ul>
						{METHOD_WORDS.map((words) => (
							<li key={words}>{words}</li>
						))}
					</ul>
				</details>
			</section>
		</>
	);
}

function EffectsPicture({ rows, on }: { rows: KindEffectRow[]; on: string }) {
	const draw = useCallback<Draw>((plot, width) => drawEffects(plot, rows, width), [rows]);
	return (
		<Picture
			title="Chênh lệch mức tăng so với xã tương đồng, điểm %"
			says={rows.map((row) => `${row.words}: ${effectWords(row)}`).join("; ")}
			draw={draw}
			height={rows.length * 54 + 40}
			fileName={`cach-lam-${on}`}
			table={() => (
				<DataList
					caption="Từng cách làm so với xã tương đồng"
					columns={COLUMNS}
					rows={rows}
					keyOf={(row) => row.kind}
					empty={null}
				/>
			)}
		>
			<p className="soft">
				Chấm: chênh lệch ước tính; đoạn thẳng: khoảng 95%. Đoạn cắt vạch 0: chưa thấy khác biệt rõ. Chấm tô đặc: khó là
				ngẫu nhiên, đã chỉnh theo số cách làm được xem cùng lúc.
			</p>
			{rows.flatMap((row) =>
				row.together.length === 0
					? []
					: [
							<p key={row.kind} className="soft">
								“{row.words}” hầu như luôn được làm cùng “{row.together.join("”, “")}”: không tách riêng từng việc được.
							</p>,
						],
			)}
		</Picture>
	);
}

const COLUMNS: Column<KindEffectRow>[] = [
	{ key: "words", head: "Giải pháp, mô hình", cell: (row) => row.words, phone: "first", width: "30%" },
	{
		key: "effect",
		head: "Chênh lệch, điểm %",
		cell: (row) => effectWords(row),
		phone: "second",
		width: "20%",
	},
	{ key: "verdict", head: "Nhận định", cell: (row) => verdictWords(row), phone: "second", width: "20%" },
	{
		key: "changed",
		head: "Mức tăng: xã đã làm / xã tương đồng",
		cell: (row) => `${pointsWords(row.changed ?? 0)} / ${pointsWords(row.changedLikes ?? 0)}`,
		phone: "second",
		phoneLabel: "mức tăng: xã đã làm / xã tương đồng",
		width: "14%",
	},
	{
		key: "matched",
		head: "Số xã so sánh",
		cell: (row) => `${count(row.matched)} xã ở ${count(row.provinces)} tỉnh, với ${count(row.controls)} xã`,
		phone: "second",
	},
];

function SharedExperiences() {
	const told = useQuery(api.effect.experiences.queryOptions({ input: {} }));
	return (
		<section className="card page">
			<h2>Kinh nghiệm các cơ sở đã ghi</h2>
			<Loaded query={told}>
				{(rows) =>
					rows.length === 0 ? (
						<p className="soft">
							Chưa có kinh nghiệm nào. Chủ tịch Hội LHPN xã ghi và đồng ý chia sẻ ở trang “Hỗ trợ cơ sở mình”.
						</p>
					) : (
						rows.slice(0, 50).map((one) => (
							<article key={one.id} className={css.one}>
								<p>
									<b>{one.unit.name}</b>
									{one.unit.province ? `, ${one.unit.province}` : ""}
									<span className="soft">{one.shared ? "" : " (chưa chia sẻ)"}</span>
								</p>
								<Told told={one} />
							</article>
						))
					)
				}
			</Loaded>
		</section>
	);
}
