import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { Parts } from "./page-parts.tsx";
import { STEP_WORDS, STEPS } from "./rules-rounds.ts";

const route = getRouteApi("/assistance/rounds");

type Board = Awaited<ReturnType<typeof api.assistance.rounds.call>>;
type Row = Board["rows"][number];

/** The rounds of support by the step they are in, and what is late in them: the officer's board, and the funnel of those above. */
export function RoundsPage() {
	const { unit } = route.useSearch();
	const board = useQuery(api.assistance.rounds.queryOptions({ input: { unitId: unit } }));
	return (
		<div className="page">
			<h1>Các bước hỗ trợ cơ sở</h1>
			<Parts />
			<Loaded query={board}>{(answer) => <Rounds board={answer} />}</Loaded>
		</div>
	);
}

function Rounds({ board }: { board: Board }) {
	const { rows, without, mayOpen, unit } = board;
	const [opening, setOpening] = useState(false);
	const late = rows.filter((row) => row.late.length > 0);
	return (
		<>
			<section className="card page">
				<h2>{unit.name}: đang ở bước nào</h2>
				{rows.length === 0 ? (
					<EmptyState title="Chưa có đợt hỗ trợ nào">
						Mở đợt hỗ trợ của một tỉnh, thành phố để ghi biên bản, hội thảo, kế hoạch, hoạt động và đánh giá.
					</EmptyState>
				) : (
					<ol className={css.funnel}>
						{STEPS.map((step) => (
							<li key={step}>
								<b>{count(rows.filter(({ current }) => current === step).length)}</b>
								<span>{STEP_WORDS[step]}</span>
							</li>
						))}
						<li>
							<b>{count(rows.filter(({ current }) => current === null).length)}</b>
							<span>Đã khép đủ bốn bước</span>
						</li>
					</ol>
				)}
				{without.length > 0 ? (
					<p>
						<b>{count(without.length)}</b> tỉnh, thành phố có cơ sở chưa đạt trên 60% mà chưa mở đợt hỗ trợ:{" "}
						{without
							.slice(0, 8)
							.map(({ name, notOver }) => `${name} (${count(notOver)})`)
							.join(", ")}
						{without.length > 8 ? " …" : ""}
					</p>
				) : null}
				{mayOpen ? (
					<p>
						<Button onClick={() => setOpening(true)}>Mở đợt hỗ trợ</Button>
					</p>
				) : null}
			</section>
			{late.length > 0 ? (
				<section className="card page">
					<h2>Việc chậm</h2>
					<ul>
						{late.map((row) => (
							<li key={row.id}>
								<RoundLink row={row} />
								<ul>
									{row.late.slice(0, 5).map((words) => (
										<li key={words} className={css.late}>
											{words}
										</li>
									))}
								</ul>
							</li>
						))}
					</ul>
				</section>
			) : null}
			{rows.length > 0 ? (
				<section className="card page">
					<h2>Các đợt hỗ trợ</h2>
					<DataList
						caption="Các đợt hỗ trợ"
						columns={COLUMNS}
						rows={rows}
						keyOf={(row) => row.id}
						empty={<EmptyState title="Chưa có đợt hỗ trợ nào" />}
					/>
				</section>
			) : null}
			{opening ? <OpenForm board={board} onClose={() => setOpening(false)} /> : null}
		</>
	);
}

function RoundLink({ row }: { row: Row }) {
	return (
		<Link to="/assistance/rounds/$roundId" params={{ roundId: row.id }}>
			{row.province.name}: {row.name}
		</Link>
	);
}

const COLUMNS: Column<Row>[] = [
	{ key: "name", head: "Đợt hỗ trợ", cell: (row) => <RoundLink row={row} />, phone: "first" },
	{
		key: "step",
		head: "Đang ở",
		cell: ({ current }) => (current === null ? "đã khép" : `bước ${current}`),
		phone: "end",
		width: "10%",
	},
	{
		key: "missing",
		head: "Còn thiếu để khép bước",
		cell: ({ missing }) => (
			<>
				{missing.slice(0, 2).join("; ")}
				{missing.length > 2 ? <span className="soft"> và {count(missing.length - 2)} mục nữa</span> : null}
			</>
		),
		phone: "second",
		width: "34%",
	},
	{
		key: "communes",
		head: "Cơ sở",
		cell: (row) => count(row.communes),
		phone: "second",
		phoneLabel: "cơ sở",
		number: true,
		width: "8%",
	},
	{
		key: "activities",
		head: "Hoạt động",
		cell: (row) => `${count(row.done)}/${count(row.activities)}`,
		phone: "second",
		phoneLabel: "hoạt động",
		number: true,
		width: "10%",
	},
];

function OpenForm({ board, onClose }: { board: Board; onClose: () => void }) {
	const { today, unit } = useSession();
	const navigate = route.useNavigate();
	const own = unit.kind === "province" ? [{ unitId: unit.id, name: unit.name }] : [];
	const provinces = [
		...new Map(
			[...own, ...board.without, ...board.rows.map(({ province }) => province)].map((one) => [one.unitId, one.name]),
		),
	];
	const [provinceId, setProvinceId] = useState(String(provinces[0]?.[0] ?? ""));
	const [name, setName] = useState(`Đợt hỗ trợ năm ${today.slice(0, 4)}`);
	const [openedOn, setOpenedOn] = useState<string | null>(today);
	const save = useCommand(client.assistance.openRound, {
		refresh: [api.assistance.key()],
		said: "Đã mở đợt hỗ trợ.",
		onDone: ({ id }) => navigate({ to: "/assistance/rounds/$roundId", params: { roundId: id } }),
	});
	return (
		<FormDialog
			title="Mở đợt hỗ trợ"
			confirm="Mở đợt hỗ trợ"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ provinceId: Number(provinceId), name, openedOn: openedOn ?? undefined })}
		>
			<SelectField
				name="provinceId"
				label="Tỉnh, thành phố"
				required
				value={provinceId}
				onChange={setProvinceId}
				none="Chọn tỉnh, thành phố"
				choices={provinces.map(([id, label]) => ({ value: String(id), label }))}
			/>
			<TextField name="name" label="Tên đợt hỗ trợ" required value={name} onChange={setName} maxLength={200} />
			<DayField name="openedOn" label="Ngày mở" required value={openedOn} onChange={setOpenedOn} latest={today} />
		</FormDialog>
	);
}
