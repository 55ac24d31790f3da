import { useQuery } from "@tanstack/react-query";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import css from "./page.module.css";
import { Told } from "./page-experience.tsx";

type Answer = Awaited<ReturnType<typeof api.effect.similar.call>>;
type Row = Answer["rows"][number];

/** Communes like this one that have passed 60 %: how they are like it and how not, how long it took, and what they did (R24). */
export function SimilarCard({ unitId }: { unitId: number }) {
	const similar = useQuery(api.effect.similar.queryOptions({ input: { unitId } }));
	return (
		<section className="card page">
			<h2>Xã có đặc điểm tương đồng đã đạt trên 60%</h2>
			<Loaded query={similar}>{(answer) => <Similar answer={answer} />}</Loaded>
		</section>
	);
}

function Similar({ answer }: { answer: Answer }) {
	const { rate, alike, passed, months, rows, traitsOn } = answer;
	if (rate === null) return <p>Chưa so sánh được: chưa có số liệu phụ nữ từ 18 tuổi trở lên.</p>;
	return (
		<>
			<p>
				{alike === 0
					? `Chưa tìm thấy xã nào cùng loại, cùng cỡ từng ở mức ${percent(rate)}.`
					: passed === 0
						? `${count(alike)} xã cùng loại, cùng cỡ từng ở mức gần ${percent(rate)}; chưa xã nào đạt trên 60%.`
						: `${count(alike)} xã cùng loại, cùng cỡ từng ở mức gần ${percent(rate)}; ${count(passed)} xã đã đạt trên 60%${months === null ? "" : `, một nửa số đó trong ${count(months)} tháng trở lại`}.`}
			</p>
			{rows.map((row) => (
				<One key={row.unitId} row={row} />
			))}
			<p className="soft">
				{passed > rows.length
					? `${rows.length === 0 ? "Tên các xã" : "Tên các xã khác"} chỉ hiện khi Chủ tịch Hội LHPN xã đó đồng ý chia sẻ, hoặc xã thuộc địa bàn của chị. `
					: ""}
				Xếp theo mức tương đồng, không xếp hạng.
				{traitsOn === null ? " Chưa tính được tỷ lệ tạm trú, đi làm ăn xa và số chi hội (tính vào ban đêm)." : ""}
			</p>
		</>
	);
}

function One({ row }: { row: Row }) {
	const { name, province, like, unlike, start, crossed, months, path, did, experiences } = row;
	return (
		<article className={css.one}>
			<h3>
				{name}, {province}
			</h3>
			<p>
				Từ <b>{percent(start.rate)}</b> ({displayDay(start.on)}) đến trên 60% trong khoảng <b>{count(months)} tháng</b>,
				giữa ngày {displayDay(crossed.after)} và {displayDay(crossed.by)}.
			</p>
			<ul className={css.likeness}>
				<li>Giống: {like.join("; ")}.</li>
				{unlike.length > 0 ? <li>Khác: {unlike.join("; ")}.</li> : null}
			</ul>
			{did.length > 0 ? (
				<details>
					<summary>Đã làm {count(did.length)} việc</summary>
					<ul>
						{did.map((one) => (
							<li key={one.words}>
								{one.words} <span className="soft">(từ {displayDay(one.begunOn)})</span>
							</li>
						))}
					</ul>
				</details>
			) : (
				<p className="soft">Chưa ghi giải pháp, mô hình nào.</p>
			)}
			{experiences.map((one) => (
				<Told key={one.id} told={one} />
			))}
			<details>
				<summary>Diễn biến tỷ lệ</summary>
				<DataList
					caption={`Tỷ lệ tập hợp của ${name}`}
					columns={PATH}
					rows={path}
					keyOf={(point) => point.on}
					empty={null}
				/>
			</details>
		</article>
	);
}

const PATH: Column<Row["path"][number]>[] = [
	{ key: "on", head: "Trước ngày", cell: (point) => displayDay(point.on), phone: "first" },
	{ key: "rate", head: "Tỷ lệ", cell: (point) => percent(point.rate), phone: "end", number: true },
];
