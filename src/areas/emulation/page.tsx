import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { MEASURE_WORDS } from "./rules.ts";

const CriteriaForm = lazy(() => import("./page-criteria.tsx").then((page) => ({ default: page.CriteriaForm })));
const MarksForm = lazy(() => import("./page-marks.tsx").then((page) => ({ default: page.MarksForm })));
const MarksTable = lazy(() => import("./page-marks.tsx").then((page) => ({ default: page.MarksTable })));
const Agreement = lazy(() => import("./page-agreement.tsx").then((page) => ({ default: page.Agreement })));
const History = lazy(() => import("./page-history.tsx").then((page) => ({ default: page.History })));

const route = getRouteApi("/emulation");

export type Shown = Awaited<ReturnType<typeof api.emulation.show.call>>;
export type ShownRow = Shown["rows"][number];

/** How the provinces of a cluster stand in a year's emulation, and what is to be done for it (R16). */
export function EmulationPage() {
	const { today } = useSession();
	const { cluster, year } = route.useSearch();
	const shown = useQuery(api.emulation.show.queryOptions({ input: { clusterId: cluster, year } }));
	return (
		<div className="page">
			<h1>Thi đua</h1>
			<Loaded query={shown}>
				{(answer) => (
					<div className="page" key={`${answer.cluster.unitId} ${answer.year}`}>
						<Choice shown={answer} thisYear={Number(today.slice(0, 4))} />
						<Standing shown={answer} />
						<Criteria shown={answer} />
						<Suspense>
							<Agreement shown={answer} />
							<History shown={answer} />
						</Suspense>
					</div>
				)}
			</Loaded>
		</div>
	);
}

function Choice({ shown, thisYear }: { shown: Shown; thisYear: number }) {
	const navigate = route.useNavigate();
	return (
		<div className="row" style={{ alignItems: "end" }}>
			<SelectField
				label="Cụm thi đua"
				value={String(shown.cluster.unitId)}
				onChange={(chosen) => navigate({ search: (old) => ({ ...old, cluster: Number(chosen) }), replace: true })}
				choices={shown.clusters.map(({ unitId, name }) => ({ value: String(unitId), label: name }))}
			/>
			<SelectField
				label="Năm"
				value={String(shown.year)}
				onChange={(chosen) => navigate({ search: (old) => ({ ...old, year: Number(chosen) }), replace: true })}
				choices={[0, 1, 2, 3, 4].map((back) => ({ value: String(thisYear - back), label: String(thisYear - back) }))}
			/>
		</div>
	);
}

function Standing({ shown }: { shown: Shown }) {
	const [marking, setMarking] = useState<ShownRow | null>(null);
	const [opened, setOpened] = useState<number | null>(null);
	const [publishing, setPublishing] = useState(false);
	const { rows, criteria, published, maximum, year, on, unreviewed } = shown;
	const publish = useCommand(client.emulation.publish, {
		refresh: [api.emulation.key()],
		said: `Đã công bố kết quả thi đua năm ${year}.`,
		onDone: () => setPublishing(false),
	});
	if (criteria.length === 0 && !published) return null;
	const isOpen = published === null;
	const mayMark = (row: ShownRow) => isOpen && (shown.mayReview || shown.mine.includes(row.unitId));
	const one = rows.find(({ unitId }) => unitId === opened) ?? (rows.length === 1 ? rows[0] : undefined);
	return (
		<section className="card page">
			<h2>{published ? `Kết quả thi đua năm ${year}` : `Điểm thi đua năm ${year} (tạm tính)`}</h2>
			<p className="soft">
				{published
					? `Đã công bố ngày ${displayDay(published.at.slice(0, 10))}${published.by ? `, ${published.by} ghi` : ""}; không sửa được nữa.`
					: `Theo số liệu ngày ${displayDay(on)}; tối đa ${count(maximum)} điểm.${rows.length === 1 && !shown.mayReview ? " Xếp hạng hiện khi Trung ương công bố." : ""}`}
			</p>
			{unreviewed > 0 ? (
				<p role="status">{count(unreviewed)} mục tự chấm chưa được Cụm hoặc Trung ương xem xét.</p>
			) : null}
			<DataList
				caption={`Điểm thi đua năm ${year}`}
				columns={columnsOf(maximum, mayMark, setMarking, rows.length > 1 ? setOpened : null).filter(
					({ key }) =>
						(key !== "place" || rows.some(({ place }) => place !== null)) && (key !== "mark" || rows.some(mayMark)),
				)}
				rows={rows}
				keyOf={(row) => String(row.unitId)}
				empty={<EmptyState title="Cụm chưa có tỉnh, thành phố nào vào ngày này" />}
			/>
			{one ? (
				<Suspense>
					<MarksTable row={one} criteria={criteria} />
				</Suspense>
			) : null}
			{shown.maySet && isOpen && rows.length > 0 ? (
				<p>
					<Button variant="default" onClick={() => setPublishing(true)}>
						Công bố kết quả năm {year}
					</Button>
				</p>
			) : null}
			<ConfirmDialog
				opened={publishing}
				title={`Công bố kết quả thi đua năm ${year}?`}
				confirm="Công bố"
				busy={publish.busy}
				problem={publish.problem}
				onConfirm={() => publish.run({ clusterId: shown.cluster.unitId, year })}
				onClose={() => setPublishing(false)}
			>
				Điểm và xếp hạng được chốt theo số liệu hôm nay, các tỉnh, thành phố trong Cụm đều xem được. Sau đó không ai sửa
				được tiêu chí, điểm và giao ước của năm này.
			</ConfirmDialog>
			<Suspense>{marking ? <MarksForm shown={shown} row={marking} onClose={() => setMarking(null)} /> : null}</Suspense>
		</section>
	);
}

const columnsOf = (
	maximum: number,
	mayMark: (row: ShownRow) => boolean,
	onMark: (row: ShownRow) => void,
	onOpen: ((unitId: number) => void) | null,
): Column<ShownRow>[] => [
	{
		key: "place",
		head: "Hạng",
		cell: (row) => (row.place === null ? "" : `${row.place}${row.tied ? " (đồng hạng)" : ""}`),
		phone: "second",
		phoneLabel: "hạng",
		width: "16%",
	},
	{
		key: "name",
		head: "Tỉnh, thành phố",
		cell: (row) =>
			onOpen ? (
				<button type="button" className="link" onClick={() => onOpen(row.unitId)}>
					{row.name}
				</button>
			) : (
				row.name
			),
		phone: "first",
	},
	{
		key: "points",
		head: `Điểm (trên ${count(maximum)})`,
		cell: (row) => <b>{count(row.points)}</b>,
		phone: "end",
		number: true,
		width: "18%",
	},
	{
		key: "mark",
		head: "Chấm điểm",
		cell: (row) =>
			mayMark(row) ? (
				<button type="button" className="link" onClick={() => onMark(row)} aria-label={`Chấm điểm ${row.name}`}>
					Chấm điểm
				</button>
			) : null,
		phone: "second",
		width: "18%",
	},
];

function Criteria({ shown }: { shown: Shown }) {
	const [setting, setSetting] = useState(false);
	const { criteria, maySet, published, year, maximum } = shown;
	const set = (
		<Button variant={criteria.length === 0 ? "filled" : "default"} onClick={() => setSetting(true)}>
			{criteria.length === 0 ? "Đặt tiêu chí" : "Sửa tiêu chí"}
		</Button>
	);
	return (
		<section className="card page">
			<h2>Tiêu chí năm {year}</h2>
			{criteria.length === 0 ? (
				<EmptyState title={`Chưa có tiêu chí thi đua năm ${year}`} action={maySet && !published ? set : undefined}>
					{maySet
						? "Đặt từng tiêu chí với điểm tối đa và cách tính; các tỉnh, thành phố chấm theo đó."
						: "Khi Trung ương đặt tiêu chí, các mục và điểm tối đa hiện ở đây."}
				</EmptyState>
			) : (
				<>
					<ol>
						{criteria.map((one) => (
							<li key={one.number}>
								<b>{one.name}</b>: tối đa {count(one.points)} điểm.{" "}
								<span className="soft">{MEASURE_WORDS[one.measure]}.</span>
							</li>
						))}
					</ol>
					<p>Cộng tối đa {count(maximum)} điểm.</p>
					{maySet && !published ? <p>{set}</p> : null}
				</>
			)}
			<Suspense>{setting ? <CriteriaForm shown={shown} onClose={() => setSetting(false)} /> : null}</Suspense>
		</section>
	);
}
