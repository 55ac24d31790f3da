import { useMemo } from "react";
import { classOf } from "../../core/rate.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count } from "../../ui/format.ts";
import { Strip } from "../../ui/Strip.tsx";
import type { Overview } from "./page-area.tsx";

/** Causes, groups and solutions counted over the cases of an area, and the rates of the supported communes before and now. */
export function Counted({ shown }: { shown: Overview }) {
	const { causes, solutions, groups, strip, unit } = shown;
	const [before, now] = useMemo(
		() => [
			strip.map(({ unitId, name, before }) => ({
				code: String(unitId),
				name,
				rate: Number(before),
				cls: classOf(Math.round(Number(before) * 100), 10_000),
			})),
			strip.map(({ unitId, name, now, class: cls }) => ({ code: String(unitId), name, rate: Number(now), cls })),
		],
		[strip],
	);
	return (
		<>
			{causes.length > 0 ? (
				<section className="card">
					<h2>Nguyên nhân được nêu</h2>
					<DataList caption="Nguyên nhân" columns={CAUSES} rows={causes} keyOf={({ code }) => code} empty={null} />
				</section>
			) : null}
			{groups.length > 0 ? (
				<section className="card">
					<h2>Nhóm phụ nữ khó tập hợp</h2>
					<DataList caption="Nhóm phụ nữ" columns={GROUPS} rows={groups} keyOf={({ code }) => code} empty={null} />
				</section>
			) : null}
			{solutions.length > 0 ? (
				<section className="card">
					<h2>Giải pháp đang làm</h2>
					<DataList caption="Giải pháp" columns={SOLUTIONS} rows={solutions} keyOf={({ code }) => code} empty={null} />
				</section>
			) : null}
			{strip.length > 0 ? (
				<>
					<h2>Các cơ sở được hỗ trợ: khi lập hồ sơ</h2>
					<Strip units={before} noun="cơ sở khi lập hồ sơ" fileName={`ho-tro-truoc-${unit.unitId}`} />
					<h2>… và hôm nay</h2>
					<Strip units={now} noun="cơ sở ấy hôm nay" fileName={`ho-tro-nay-${unit.unitId}`} />
					<p className="soft">Chênh lệch trước và nay là mô tả, chưa nói được do đâu.</p>
				</>
			) : null}
		</>
	);
}

type Cause = Overview["causes"][number];
const CAUSES: Column<Cause>[] = [
	{
		key: "words",
		head: "Nguyên nhân",
		cell: ({ words, guidance }) => (
			<>
				{words} <span className="soft">{guidance}</span>
			</>
		),
		phone: "first",
	},
	{
		key: "communes",
		head: "Số cơ sở",
		cell: ({ communes }) => count(communes),
		phone: "end",
		number: true,
		width: "12%",
	},
	{
		key: "main",
		head: "Là nguyên nhân chính",
		cell: ({ main }) => count(main),
		phone: "second",
		phoneLabel: "nguyên nhân chính ở",
		number: true,
		width: "14%",
	},
];

type Group = Overview["groups"][number];
const GROUPS: Column<Group>[] = [
	{ key: "words", head: "Nhóm", cell: ({ words }) => words, phone: "first" },
	{
		key: "communes",
		head: "Số cơ sở",
		cell: ({ communes }) => count(communes),
		phone: "second",
		phoneLabel: "cơ sở",
		number: true,
		width: "14%",
	},
	{
		key: "women",
		head: "Số chị chưa vào Hội",
		cell: ({ women }) => count(women),
		phone: "end",
		number: true,
		width: "18%",
	},
];

type Solution = Overview["solutions"][number];
const SOLUTIONS: Column<Solution>[] = [
	{
		key: "words",
		head: "Giải pháp",
		cell: ({ words, guidance }) => (
			<>
				{words} <span className="soft">{guidance}</span>
			</>
		),
		phone: "first",
	},
	{ key: "begun", head: "Đang làm", cell: ({ begun }) => count(begun), phone: "end", number: true, width: "12%" },
	{
		key: "planned",
		head: "Dự kiến",
		cell: ({ planned }) => count(planned),
		phone: "second",
		phoneLabel: "dự kiến ở",
		number: true,
		width: "12%",
	},
];
