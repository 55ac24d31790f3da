import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Column } from "../../ui/columns.ts";
import { DayField } from "../../ui/DayField.tsx";
import { count } from "../../ui/format.ts";
import { TreeTable } from "../../ui/TreeTable.tsx";
import { UnitPicker } from "../../ui/UnitPicker.tsx";
import { api, client } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { UnitRow } from "./contract.ts";
import { dayOrToday, findUnits } from "./page-find.ts";
import { kindWords } from "./rules.ts";

const route = getRouteApi("/units");

/** The Union's tree as it stood on a day (R37, R38), from one's own unit down or the whole country. */
export function UnitsPage() {
	const session = useSession();
	const { on = session.today, whole } = route.useSearch();
	const navigate = route.useNavigate();
	const above = session.unit.kind !== "centre";
	const ref = whole ? { code: "VN", on } : { id: session.unit.id, on };
	const root = useQuery(api.units.show.queryOptions({ input: ref }));
	const search = useMemo(() => findUnits({ on }), [on]);
	return (
		<div className="page">
			<h1>Hệ thống tổ chức Hội</h1>
			<section className="card page">
				<div className="row" style={{ alignItems: "end" }}>
					<DayField
						label="Tại ngày"
						value={on}
						earliest={EARLIEST}
						latest={latestDay(session.today)}
						onChange={(day) => navigate({ search: (old) => ({ ...old, on: day ?? undefined }), replace: true })}
					/>
					<div style={{ flex: "1 1 260px" }}>
						<UnitPicker
							label="Tìm đơn vị"
							value={null}
							search={search}
							onChange={(unit) =>
								unit &&
								navigate({
									to: "/units/$unitId",
									params: { unitId: unit.id },
									search: { on: dayOrToday(on, session.today) },
								})
							}
						/>
					</div>
				</div>
				<OldSetNote on={on} />
			</section>
			<nav className="row" aria-label="Xem thêm về hệ thống tổ chức Hội">
				{above ? (
					<Link to="/units" search={(old) => ({ ...old, whole: whole ? undefined : true })}>
						{whole ? "Chỉ xem đơn vị của tôi" : "Xem cả nước"}
					</Link>
				) : null}
				<Link to="/units/clusters" search={{ on: dayOrToday(on, session.today) }}>
					Cụm thi đua
				</Link>
				<Link to="/units/open-work">Đơn vị chưa phân sau sắp xếp</Link>
				<Link to="/reorganisations">Sắp xếp đơn vị</Link>
			</nav>
			<section className="card">
				<Loaded query={root}>{({ unit }) => <UnitTree key={`${unit.id} ${on}`} root={unit} on={on} />}</Loaded>
			</section>
		</div>
	);
}

/** What is said of any day before the reorganisation: the registry is that of the guidance's date (R38). */
function OldSetNote({ on }: { on: string }) {
	if (on >= "2025-07-01") return null;
	return (
		<p className="soft">Danh mục đơn vị tại ngày 29/5/2023, được dùng cho cả thời gian từ 01/01/2017 đến 30/6/2025.</p>
	);
}

const keyOf = (unit: UnitRow) => String(unit.id);
const nameOf = (unit: UnitRow) => unit.name;
const canOpen = (unit: UnitRow) => unit.children > 0;

function UnitTree({ root, on }: { root: UnitRow; on: string }) {
	const { today } = useSession();
	const loadChildren = useCallback((unit: UnitRow) => client.units.children({ id: unit.id, on }), [on]);
	const columns = useMemo<Column<UnitRow>[]>(
		() => [
			{
				key: "name",
				head: "Đơn vị",
				cell: (unit) => (
					<Link to="/units/$unitId" params={{ unitId: String(unit.id) }} search={{ on: dayOrToday(on, today) }}>
						{unit.name}
					</Link>
				),
				phone: "first",
			},
			{ key: "kind", head: "Loại", cell: (unit) => kindWords(unit.kind, on), phone: "second", width: "26%" },
			{
				key: "code",
				head: "Mã",
				cell: (unit) => unit.code,
				phone: "second",
				phoneLabel: "mã",
				width: "12%",
			},
			{
				key: "children",
				head: "Đơn vị trực thuộc",
				cell: (unit) => (unit.children > 0 ? count(unit.children) : ""),
				phone: "end",
				number: true,
				width: "16%",
			},
		],
		[on, today],
	);
	return (
		<TreeTable
			caption={`Hệ thống tổ chức Hội tại ngày ${on}`}
			columns={columns}
			roots={[root]}
			keyOf={keyOf}
			nameOf={nameOf}
			canOpen={canOpen}
			loadChildren={loadChildren}
			firstOpen={canOpen(root) ? [root] : []}
		/>
	);
}
