import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { UnitPicker } from "../../ui/UnitPicker.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { dayOrToday, findUnits } from "../units/page-find.ts";
import { BelowList } from "./page-below.tsx";
import { UnitFigures } from "./page-figures.tsx";
import { HeadcountImport } from "./page-import.tsx";

const route = getRouteApi("/headcounts");

/** Members known by number, not by name: each figure with its source and document, per unit, as of a day (R4, R49). */
export function HeadcountsPage() {
	const session = useSession();
	const { on = session.today, unit: unitId = session.unit.id } = route.useSearch();
	const navigate = route.useNavigate();
	const shown = useQuery(api.units.show.queryOptions({ input: { id: unitId, on } }));
	const above = session.unit.kind !== "commune";
	const [importing, setImporting] = useState(false);
	const search = useMemo(
		() => findUnits({ on, within: session.unit.id, kinds: ["province", "district", "commune", "unassigned"] }),
		[on, session.unit.id],
	);
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
				{above ? (
					<div style={{ flex: "1 1 260px" }}>
						<UnitPicker
							label="Xem đơn vị"
							value={null}
							search={search}
							onChange={(unit) => unit && navigate({ search: (old) => ({ ...old, unit: Number(unit.id) }) })}
						/>
					</div>
				) : null}
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
						{unit.kind === "commune" || unit.kind === "unassigned" ? null : <BelowList unit={unit} on={on} />}
					</>
				)}
			</Loaded>
			{session.verbs.includes("headcounts.write") ? (
				importing ? (
					<HeadcountImport onDone={() => setImporting(false)} />
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
