import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { displayDay, epochDays } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count, lowerFirst } from "../../ui/format.ts";
import { type Draw, Picture } from "../../ui/Picture.tsx";
import { api } from "../../web/client.ts";
import { drawStrip } from "./page-strip-picture.ts";
import { CAUTION_WORDS, pointsWords } from "./rules-words.ts";

type Strip = NonNullable<Awaited<ReturnType<typeof api.effect.strip.call>>["strip"]>;
type Point = Strip["points"][number];

/** One commune before and after it began, beside communes like it that began nothing then (on paper in one sentence); nothing where it has begun nothing yet. */
export function StripCard({ unitId }: { unitId: number }) {
	const { data } = useQuery(api.effect.strip.queryOptions({ input: { unitId } }));
	return data?.strip ? <StripPicture strip={data.strip} name={data.unit.name} /> : null;
}

function StripPicture({ strip, name }: { strip: Strip; name: string }) {
	const { begunOn, did, points, changed, changedLikes, likes, months } = strip;
	const draw = useCallback<Draw>(
		(plot, width) =>
			drawStrip(
				plot,
				points.map((one) => ({ ...one, x: epochDays(one.on) })),
				epochDays(begunOn),
				width,
			),
		[points, begunOn],
	);
	const says = `Từ khi bắt đầu (${displayDay(begunOn)}), trong ${count(months)} tháng: ${name} ${pointsWords(changed)} điểm %${
		changedLikes === null
			? ""
			: `; ${count(likes)} xã tương đồng chưa làm gì: trung bình ${pointsWords(changedLikes)} điểm %`
	}.`;
	return (
		<>
			<p className="on-paper">{says}</p>
			<div className="on-screen">
				<Picture
					title={`${name} trước và sau khi bắt đầu`}
					says={says}
					draw={draw}
					height={200}
					fileName={`truoc-sau-${begunOn}`}
					table={() => <DataList caption={says} columns={COLUMNS} rows={points} keyOf={(one) => one.on} empty={null} />}
				>
					<p>{says}</p>
					{did.length > 0 ? (
						<p className="soft">
							Đã bắt đầu: {did.map((one) => `${displayDay(one.begunOn)} ${lowerFirst(one.words)}`).join("; ")}.
						</p>
					) : null}
					<p className="soft">
						{likes === 0 ? "Không đủ ba xã tương đồng để đặt bên cạnh. " : ""}
						{CAUTION_WORDS}
					</p>
				</Picture>
			</div>
		</>
	);
}

const rateWords = (hundredths: number) => `${pointsWords(hundredths).replace("+", "")}%`;

const COLUMNS: Column<Point>[] = [
	{ key: "on", head: "Trước ngày", cell: (one) => displayDay(one.on), phone: "first" },
	{ key: "rate", head: "Tỷ lệ", cell: (one) => rateWords(one.rate), phone: "end", number: true },
	{
		key: "likes",
		head: "Trung bình xã tương đồng",
		cell: (one) => (one.likes === null ? "" : rateWords(one.likes)),
		phone: "second",
		phoneLabel: "xã tương đồng",
		number: true,
	},
];
