import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { dayOrToday } from "../units/page-find.ts";
import { BelowList, ProvinceLinks } from "./page-below.tsx";
import { UnitFigures } from "./page-figures.tsx";

const HeadcountImport = lazy(() => import("./page-import.tsx").then((page) => ({ default: page.HeadcountImport })));

const route = getRouteApi("/headcounts");

/** Members known by number, not by name: each figure with its source and document, per unit, as of a day (R4, R49). */
export function HeadcountsPage() {
	const session = useSession();
	const { on = session.today, unit: unitId = session.unit.id } = route.useSearch();
	const navigate = route.useNavigate();
	const shown = useQuery(api.units.show.queryOptions({ input: { id: unitId, on } }));
	const [importing, setImporting] = useState(false);
	return (
		<div className="page">
			<h1>Hội viên công đoàn, LLVT, tổ chức thành viên</h1>
			<p className="soft">
				Số lượng tổng hợp, không nhập danh sách. Số liệu do tổ chức công đoàn, lực lượng vũ trang, tổ chức thành viên
				cùng cấp cung cấp bằng văn bản; số đã nhập giữ nguyên cho đến khi có số mới.
			</p>
			<section className="card row" style={{ alignItems: "end" }}>
				<DayField
					label="Có hiệu lực tại ngày"
					value={on}
					earliest={EARLIEST}
					latest={latestDay(session.today)}
					onChange={(day) =>
						navigate({
							search: (old) => ({ ...old, on: dayOrToday(day ?? session.today, session.today) }),
							replace: true,
						})
					}
				/>
			</section>
			{unitId !== session.unit.id ? (
				<p>
					<Link to="/headcounts" search={(old) => ({ ...old, unit: undefined })}>
						‹ Về {session.unit.name}
					</Link>
				</p>
			) : null}
			<Loaded query={shown}>
				{({ unit }) => (
					<>
						<UnitFigures key={`${unit.id} ${on}`} unit={unit} on={on} />
						{unit.kind === "commune" || unit.kind === "unassigned" ? null : unit.kind === "centre" ? (
							<ProvinceLinks on={on} />
						) : (
							<BelowList unit={unit} on={on} />
						)}
					</>
				)}
			</Loaded>
			{session.verbs.includes("headcounts.write") ? (
				importing ? (
					<Suspense>
						<HeadcountImport onDone={() => setImporting(false)} />
					</Suspense>
				) : (
					<p>
						<button type="button" className="link" onClick={() => setImporting(true)}>
							Nhập nhiều số liệu từ tệp CSV
						</button>
					</p>
				)
			) : null}
		</div>
	);
}
