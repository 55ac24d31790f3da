import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { searchKey } from "../../core/vietnamese.ts";
import { Buttons } from "../../ui/Buttons.tsx";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { communeColumns } from "./page-columns.tsx";
import { Parts } from "./page-parts.tsx";
import { GAP_WORDS, GAPS, type Gap, isGap } from "./rules.ts";

const OfficerForm = lazy(() => import("./page-assign.tsx").then((page) => ({ default: page.OfficerForm })));
const ClusterForm = lazy(() => import("./page-assign.tsx").then((page) => ({ default: page.ClusterForm })));
const EndForm = lazy(() => import("./page-assign.tsx").then((page) => ({ default: page.EndForm })));

const route = getRouteApi("/assistance");

export type Shown = Awaited<ReturnType<typeof api.assistance.portfolios.call>>;
export type Row = Shown["rows"][number];

/** Which communes have nobody (R20): the number first, then the list, then the act that gives them somebody. */
export function AssistancePage() {
	const { unit } = route.useSearch();
	const shown = useQuery(api.assistance.portfolios.queryOptions({ input: { unitId: unit } }));
	return (
		<div className="page">
			<h1>Phân công phụ trách cơ sở</h1>
			<Parts />
			<Loaded query={shown}>{(answer) => <Portfolios key={answer.unit.unitId} shown={answer} />}</Loaded>
		</div>
	);
}

const isNotOver = (row: Row) => row.class === "under" || row.class === "exactly";
const isLeft = (row: Row) => row.officer?.present === false || row.committee?.present === false;

function Portfolios({ shown }: { shown: Shown }) {
	const { rows, unit } = shown;
	const without = useMemo(() => rows.filter((row) => isGap("officer", row)), [rows]);
	const left = rows.filter(isLeft);
	return (
		<>
			<section className="card page">
				<h2>{unit.name}</h2>
				<p role="status">
					{without.length === 0 ? (
						<>
							Cả <b>{count(rows.length)}</b> cơ sở đều có cán bộ phụ trách.
						</>
					) : (
						<>
							<b>
								{count(without.length)}/{count(rows.length)}
							</b>{" "}
							cơ sở chưa có cán bộ phụ trách, trong đó {count(without.filter(isNotOver).length)} cơ sở chưa đạt trên
							60%.
						</>
					)}
				</p>
				{left.length > 0 ? (
					<p>
						<b>{count(left.length)}</b> cơ sở mất người phụ trách vì tài khoản đã khóa hoặc chuyển đi nơi khác. Hãy phân
						công người khác.
					</p>
				) : null}
				<p className="soft">
					Mỗi cơ sở có một cán bộ Hội cấp trên phụ trách, định kỳ dự sinh hoạt chi hội; nơi quá khó khăn có thêm ủy viên
					Ban Chấp hành trực tiếp giúp đỡ (điểm 2.1 và 2.2, mục II, Hướng dẫn 21/HD-ĐCT).
				</p>
			</section>
			<Communes shown={shown} />
			{shown.carriers.length > 0 ? <Carriers carriers={shown.carriers} /> : null}
		</>
	);
}

type View = Gap | "all" | "not_over";

const VIEW_WORDS: Record<View, string> = { ...GAP_WORDS, not_over: "Chưa đạt trên 60%", all: "Tất cả cơ sở" };

const inView = (view: View, row: Row) => view === "all" || (view === "not_over" ? isNotOver(row) : isGap(view, row));

function Communes({ shown }: { shown: Shown }) {
	const { rows, mayAssign, mayAssignClusters, unit } = shown;
	const [view, setView] = useState<View>(() => (rows.some((row) => isGap("officer", row)) ? "officer" : "not_over"));
	const [text, setText] = useState("");
	const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
	const [doing, setDoing] = useState<"officer" | "cluster" | "end" | null>(null);
	const found = useMemo(() => {
		const key = searchKey(text);
		return rows.filter(
			(row) => inView(view, row) && (key === "" || searchKey(`${row.name} ${row.officer?.name ?? ""}`).includes(key)),
		);
	}, [rows, view, text]);
	const choose = (unitId: number) =>
		setChosen((old) =>
			old.has(unitId) ? new Set([...old].filter((one) => one !== unitId)) : new Set([...old, unitId]),
		);
	const picked = rows.filter((row) => chosen.has(row.unitId));
	const close = () => setDoing(null);
	const done = () => {
		setDoing(null);
		setChosen(new Set());
	};
	const columns = communeColumns({
		chosen: mayAssign ? chosen : null,
		choose,
		withProvince: unit.kind === "centre" || unit.kind === "cluster",
	});
	return (
		<section className="card page">
			<h2>Các cơ sở</h2>
			<div className="row" style={{ alignItems: "end" }}>
				<SelectField
					label="Danh sách"
					value={view}
					onChange={(chosenView) => setView(chosenView || "all")}
					choices={([...GAPS, "not_over", "all"] as View[]).map((value) => ({
						value,
						label: `${VIEW_WORDS[value]} (${count(rows.filter((row) => inView(value, row)).length)})`,
					}))}
				/>
				<TextField label="Tìm cơ sở hoặc cán bộ" value={text} onChange={setText} />
			</div>
			{mayAssign && found.length > 0 ? (
				<>
					<p className="row">
						<button
							type="button"
							className="link"
							onClick={() => setChosen(new Set([...chosen, ...found.map(({ unitId }) => unitId)]))}
						>
							Chọn cả {count(found.length)} cơ sở trong danh sách
						</button>
						{picked.length > 0 ? (
							<button type="button" className="link" onClick={() => setChosen(new Set())}>
								Bỏ chọn
							</button>
						) : null}
					</p>
					<Buttons>
						<Button disabled={picked.length === 0} onClick={() => setDoing("officer")}>
							Phân công cho {count(picked.length)} cơ sở
						</Button>
						{mayAssignClusters ? (
							<Button variant="default" onClick={() => setDoing("cluster")}>
								Giao cho Cụm thi đua
							</Button>
						) : null}
						{picked.some((row) => row.officer || row.committee) ? (
							<Button variant="default" onClick={() => setDoing("end")}>
								Thôi phân công
							</Button>
						) : null}
					</Buttons>
				</>
			) : null}
			<DataList
				caption={VIEW_WORDS[view]}
				columns={columns}
				rows={found}
				keyOf={(row) => String(row.unitId)}
				empty={<EmptyState title="Không có cơ sở nào trong danh sách này" />}
			/>
			<Suspense>
				{doing === "officer" ? <OfficerForm shown={shown} communes={picked} onClose={close} onDone={done} /> : null}
				{doing === "cluster" ? <ClusterForm shown={shown} communes={picked} onClose={close} onDone={done} /> : null}
				{doing === "end" ? <EndForm communes={picked} onClose={close} onDone={done} /> : null}
			</Suspense>
		</section>
	);
}

function Carriers({ carriers }: { carriers: Shown["carriers"] }) {
	return (
		<section className="card page">
			<h2>Cán bộ có thể phụ trách cơ sở</h2>
			<ul>
				{carriers.map((one) => (
					<li key={one.accountId}>
						{one.name} <span className="soft">({one.place})</span>: <b>{count(one.communes)}</b> cơ sở
					</li>
				))}
			</ul>
			<p className="soft">
				Chưa có tên một cán bộ? Lập tài khoản cho chị ở <Link to="/accounts">Tài khoản</Link>.
			</p>
		</section>
	);
}
