import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { StatCard } from "../../ui/StatCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { Sources } from "./page-sources.tsx";

const PopulationForm = lazy(() => import("./page-form.tsx").then((page) => ({ default: page.PopulationForm })));
const PopulationImport = lazy(() => import("./page-import.tsx").then((page) => ({ default: page.PopulationImport })));

const route = getRouteApi("/populations");

export type Place = Awaited<ReturnType<typeof api.populations.list.call>>[number];

/** The denominators of communes with their source, and the communes' own counts beside them, never used for the rate (R5). */
export function PopulationsPage() {
	const session = useSession();
	const { on = session.today, unit: unitId = session.unit.id } = route.useSearch();
	const places = useQuery(api.populations.list.queryOptions({ input: { unitId, on } }));
	const [importing, setImporting] = useState(false);
	const mayImport = session.verbs.includes("populations.write") && session.unit.kind !== "commune";
	return (
		<div className="page">
			<h1>Phụ nữ từ 18 tuổi trở lên</h1>
			<Sources />
			{unitId !== session.unit.id ? (
				<p>
					<Link to="/populations" search={(old) => ({ ...old, unit: undefined })}>
						‹ Về {session.unit.name}
					</Link>
				</p>
			) : null}
			<Loaded query={places}>
				{(rows) => (rows.length === 1 ? <OnePlace place={rows[0]} /> : <Places rows={rows} on={on} />)}
			</Loaded>
			{mayImport ? (
				importing ? (
					<Suspense>
						<PopulationImport onDone={() => setImporting(false)} />
					</Suspense>
				) : (
					<p>
						<button type="button" className="link" onClick={() => setImporting(true)}>
							Nhập số liệu nhiều xã từ tệp CSV
						</button>
					</p>
				)
			) : null}
		</div>
	);
}

/** A commune's own view: the figure that counts, and her own count beside it. */
function OnePlace({ place }: { place: Place }) {
	const { verbs } = useSession();
	const [form, setForm] = useState<"official" | "present" | null>(null);
	return (
		<div className="two">
			<div className="page">
				<StatCard
					label={`Số liệu chính thức của ${place.name}, dùng để tính tỷ lệ tập hợp`}
					value={place.women18 ?? "Chưa có"}
					note={howWords(place)}
				/>
				{verbs.includes("populations.write") ? (
					<p>
						<button type="button" className="link" onClick={() => setForm("official")}>
							{place.women18 === null ? "Nhập số liệu chính thức" : "Sửa số liệu chính thức"}
						</button>
					</p>
				) : null}
			</div>
			<div className="page">
				<StatCard
					label="Số phụ nữ hiện có mặt tại địa bàn (Hội tự rà soát)"
					value={place.present ?? "Chưa có"}
					note={`${place.presentOn ? `Rà soát ngày ${displayDay(place.presentOn)}. ` : ""}Không dùng để tính tỷ lệ.`}
				/>
				{verbs.includes("members.write") ? (
					<p>
						<button type="button" className="link" onClick={() => setForm("present")}>
							Nhập số tự rà soát
						</button>
					</p>
				) : null}
			</div>
			<Suspense>{form ? <PopulationForm place={place} which={form} onClose={() => setForm(null)} /> : null}</Suspense>
		</div>
	);
}

function howWords(place: Place): string {
	if (place.how === "none") return "Chưa có số liệu nên chưa tính được tỷ lệ tập hợp.";
	const how = place.how === "carried" ? "Cộng từ các đơn vị trước sắp xếp." : "";
	return [place.document, how].filter(Boolean).join(" ");
}

/** Communes without a figure first: they have no rate until they have one. */
function Places({ rows, on }: { rows: Place[]; on: string }) {
	const { verbs } = useSession();
	const [text, setText] = useState("");
	const [opened, setOpened] = useState<Place | null>(null);
	const found = useMemo(() => {
		const key = searchKey(text);
		return rows
			.filter((row) => key === "" || row.code === text.trim() || searchKey(row.name).includes(key))
			.toSorted((a, b) => Number(a.women18 !== null) - Number(b.women18 !== null));
	}, [rows, text]);
	const without = rows.filter((row) => row.women18 === null).length;
	const mayWrite = verbs.includes("populations.write");
	return (
		<section className="card page">
			<TextField label="Tìm tên hoặc mã đơn vị" value={text} onChange={setText} />
			<p className="soft" role="status">
				{count(found.length)} đơn vị
				{without > 0 ? `; ${count(without)} đơn vị chưa có số liệu, đứng trước` : "; đơn vị nào cũng có số liệu"}. Số
				Hội tự rà soát không dùng để tính tỷ lệ.
			</p>
			<DataList
				caption={`Phụ nữ từ 18 tuổi trở lên, ngày ${displayDay(on)}`}
				columns={COLUMNS}
				rows={found}
				keyOf={(row) => String(row.unitId)}
				onOpen={mayWrite ? setOpened : undefined}
				empty={<EmptyState title="Không có đơn vị nào" />}
			/>
			<Suspense>
				{opened ? <PopulationForm place={opened} which="official" onClose={() => setOpened(null)} /> : null}
			</Suspense>
		</section>
	);
}

const COLUMNS: Column<Place>[] = [
	{ key: "name", head: "Đơn vị", cell: (row) => row.name, phone: "first" },
	{ key: "code", head: "Mã", cell: (row) => row.code, phone: "hide", width: "9%" },
	{
		key: "women18",
		head: "Số liệu chính thức",
		cell: (row) => (row.women18 === null ? <span className="soft">chưa có</span> : count(row.women18)),
		phone: "end",
		number: true,
		width: "16%",
	},
	{
		key: "how",
		head: "Từ đâu",
		width: "26%",
		cell: (row) =>
			row.how === "carried"
				? "cộng từ các đơn vị trước sắp xếp"
				: row.how === "apportioned"
					? "ước tính: một phần chia từ đơn vị trước sắp xếp"
					: row.how === "recorded"
						? row.document || "đã nhập"
						: "",
		phone: "second",
	},
	{
		key: "present",
		head: "Hội tự rà soát",
		cell: (row) =>
			row.present === null ? "" : `${count(row.present)}${row.presentOn ? ` (${displayDay(row.presentOn)})` : ""}`,
		phone: "second",
		phoneLabel: "Hội tự rà soát",
		number: true,
		width: "20%",
	},
];
