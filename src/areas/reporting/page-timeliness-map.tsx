import { useState } from "react";
import { SelectField } from "../../ui/FormField.tsx";
import { MapLegend, shadeOf } from "../../ui/MapLegend.tsx";
import { ProvinceMap } from "../../ui/ProvinceMap.tsx";
import { REORGANISED } from "../gathering/rules-day.ts";
import css from "./page.module.css";
import type { Timely } from "./page-timeliness.tsx";
import { IN_TIME_BANDS, inTimeShare, longWords } from "./rules-timeliness.ts";

/** The nation by province in one period: how many reports came in time, and how much of the members was named. The strip above is its table. */
export function TimelinessMap({ timely: { periods, rows } }: { timely: Timely }) {
	const [chosen, setChosen] = useState(String(periods[0]?.id ?? ""));
	const period = periods.find(({ id }) => String(id) === chosen) ?? periods[0];
	if (!period) return null;
	const cells = rows.filter(({ periodId }) => periodId === period.id);
	const values = Object.fromEntries(
		cells.map((cell) => {
			const share = inTimeShare(cell);
			return [
				cell.code ?? "",
				{
					label: cell.name,
					title: longWords(cell),
					...(share === null ? {} : { fill: shadeOf(IN_TIME_BANDS, (from) => share >= from) }),
				},
			];
		}),
	);
	return (
		<section className="card page">
			<h2>Báo cáo đúng hạn theo tỉnh, thành phố</h2>
			<SelectField
				label="Kỳ"
				value={chosen}
				onChange={setChosen}
				choices={periods.map(({ id, name }) => ({ value: String(id), label: name }))}
			/>
			<div className={css.map}>
				<ProvinceMap
					map={period.dataUntil < REORGANISED ? "old" : "new"}
					values={values}
					title={`Bản đồ gửi báo cáo đúng hạn theo tỉnh, thành phố, ${period.name}`}
				/>
				<MapLegend bands={IN_TIME_BANDS} />
			</div>
		</section>
	);
}
