import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { addMonths, type Day, displayDay, epochDays } from "../../core/day.ts";
import { classOf } from "../../core/rate.ts";
import { Buttons } from "../../ui/Buttons.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { CheckField, NumberField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { type Draw, Picture } from "../../ui/Picture.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import css from "./page.module.css";
import { drawPlan } from "./page-calculator-picture.ts";
import {
	type Expected,
	type Ground,
	lineOf,
	MONTHS_AHEAD,
	neededPerMonth,
	type Passing,
	type Plan,
	passingOf,
} from "./rules-calculator.ts";

type Basis = Awaited<ReturnType<typeof api.effect.calculator.call>>;

/** "Nếu …": on which day a commune passes 60 % if what its chair plans comes true. Nothing of it is kept. */
export function CalculatorCard({ unitId }: { unitId: number }) {
	const basis = useQuery(api.effect.calculator.queryOptions({ input: { unitId } }));
	return (
		<Loaded query={basis}>
			{(answer) =>
				answer.women18 === null ? (
					<section className="card page">
						<h2>Nếu vận động thêm mỗi tháng thì bao giờ đạt trên 60%?</h2>
						<p>Chưa tính được: chưa có số liệu phụ nữ từ 18 tuổi trở lên.</p>
					</section>
				) : (
					<Calculator basis={answer} women={answer.women18} />
				)
			}
		</Loaded>
	);
}

interface Typed {
	groups: Record<string, number | null>;
	others: number | null;
	includesComing: boolean;
	leavers: number | null;
	openings: { on: Day | null; members: number | null; perMonth: number | null }[];
}

function Calculator({ basis, women }: { basis: Basis; women: number }) {
	const { on, members, coming, asBefore, groups, history } = basis;
	const [typed, setTyped] = useState<Typed>({
		groups: {},
		others: null,
		includesComing: true,
		leavers: yearlyOf(history?.lost, history?.months),
		openings: [],
	});
	const ground = useMemo(
		(): Ground => ({
			on,
			members,
			women,
			coming: coming ?? [],
			spread: asBefore.flatMap(({ on: day, net, low, high }) =>
				low === null || high === null ? [] : [{ on: day, low: low - net, high: high - net }],
			),
		}),
		[on, members, women, coming, asBefore],
	);
	const plan = useMemo(() => planOf(typed), [typed]);
	const passing = useMemo(() => passingOf(ground, plan), [ground, plan]);
	const line = useMemo(() => lineOf(ground, plan), [ground, plan]);
	const change = (more: Partial<Typed>) => setTyped((old) => ({ ...old, ...more }));
	const comingWomen = (coming ?? []).reduce((sum, one) => sum + one.women, 0);
	return (
		<section className="card page">
			<h2>Nếu vận động thêm mỗi tháng thì bao giờ đạt trên 60%?</h2>
			<Answer basis={basis} ground={ground} plan={plan} passing={passing} />
			<div className={css.fields}>
				{groups.map(({ code, words, women: left }) => (
					<NumberField
						key={code}
						label={`${words}: thêm mỗi tháng`}
						hint={left === null ? undefined : `Còn ${count(left)} chị chưa tham gia.`}
						value={typed.groups[code] ?? null}
						onChange={(n) => change({ groups: { ...typed.groups, [code]: n } })}
						max={10_000}
					/>
				))}
				<NumberField
					label="Phụ nữ khác: thêm mỗi tháng"
					hint={
						history
							? `Những năm qua: ${count(yearlyOf(history.gained, history.months))} chị vào Hội, chuyển đến mỗi năm.`
							: undefined
					}
					value={typed.others}
					onChange={(others) => change({ others })}
					max={10_000}
				/>
				<NumberField
					label="Hội viên thôi tham gia mỗi năm"
					hint={
						history
							? `Theo ${count(history.months)} tháng qua: ra khỏi Hội, chuyển đi, qua đời ${count(history.lost)} chị.`
							: "Chưa đủ nửa năm số liệu để đoán."
					}
					value={typed.leavers}
					onChange={(leavers) => change({ leavers })}
					max={100_000}
				/>
			</div>
			{coming === null ? (
				<p className="soft">
					Tài khoản này không xem danh sách hội viên nên không tính các chị sắp đủ 6 tháng tạm trú.
				</p>
			) : comingWomen > 0 ? (
				<CheckField
					label={`Tính cả ${count(comingWomen)} chị sẽ đủ 6 tháng tạm trú đến ngày ${displayDay(coming.at(-1)?.day ?? on)}`}
					value={typed.includesComing}
					onChange={(includesComing) => change({ includesComing })}
				/>
			) : (
				<p className="soft">Không có chị nào đang tạm trú sắp đủ 6 tháng.</p>
			)}
			<Openings on={on} openings={typed.openings} onChange={(openings) => change({ openings })} />
			<PlanPicture line={line} women={women} code={basis.unit.code ?? String(basis.unit.unitId)} />
			<p className="soft">
				Chỉ để tính thử, không lưu lại. Số phụ nữ từ 18 tuổi trở lên giữ nguyên cho cả nhiệm kỳ
				{ground.spread.length > 0
					? "; khoảng “sớm nhất, muộn nhất” lấy từ sai số của dự báo ở những năm trước (khoảng 4 trên 5 lần đúng)"
					: "; chưa đủ số liệu các năm trước để nói sớm nhất, muộn nhất"}
				.
			</p>
		</section>
	);
}

function yearlyOf(total: number | undefined, months: number | undefined): number {
	return total === undefined || !months ? 0 : Math.round((12 * total) / months);
}

function planOf({ groups, others, includesComing, leavers, openings }: Typed): Plan {
	return {
		perMonth: Object.values(groups).reduce<number>((sum, one) => sum + (one ?? 0), others ?? 0),
		includesComing,
		leaversPerYear: leavers ?? 0,
		openings: openings.flatMap(({ on, members, perMonth }) =>
			on === null ? [] : [{ on, members: members ?? 0, perMonth: perMonth ?? 0 }],
		),
	};
}

/** The day first, then how sure it is, what comes without a plan, and the least it takes. */
function Answer({ basis, ground, plan, passing }: { basis: Basis; ground: Ground; plan: Plan; passing: Passing }) {
	const { on, missing, termEnd, asBefore } = basis;
	if (classOf(ground.members, ground.women) === "over")
		return (
			<>
				<p className={css.answer}>Đã đạt trên 60%.</p>
				<p>
					{passing.lasts
						? "Theo các số dưới đây, ba năm tới vẫn trên 60%."
						: "Theo các số dưới đây, trong ba năm tới sẽ xuống lại, không còn trên 60%."}
				</p>
			</>
		);
	const isIdle = plan.perMonth === 0 && plan.openings.length === 0;
	const needed = termEnd > on ? neededPerMonth(ground, plan, termEnd) : null;
	const year = asBefore.find(({ on: day }) => day === addMonths(on, 12));
	return (
		<>
			<p className={css.answer} aria-live="polite">
				{passing.passes === null
					? `${isIdle ? "Nếu không vận động thêm: chưa" : "Chưa"} đạt trên 60% trong ${MONTHS_AHEAD / 12} năm tới.`
					: `${isIdle ? "Không vận động thêm cũng đạt" : "Đạt"} trên 60% vào ngày ${displayDay(passing.passes)}`}
			</p>
			{passing.passes !== null || passing.earliest !== null ? <p>{sureWords(passing)}</p> : null}
			<p>
				Còn thiếu {count(missing ?? 0)} hội viên.{" "}
				{needed === null
					? null
					: needed === 0
						? `Với các số dưới đây, đến hết nhiệm kỳ (${displayDay(termEnd)}) đã trên 60%.`
						: `Muốn đạt trước khi hết nhiệm kỳ (${displayDay(termEnd)}): cần ít nhất ${count(needed)} chị mỗi tháng, cùng các mục khác dưới đây.`}
			</p>
			{year ? (
				<p className="soft">
					Nếu cứ như những năm qua: một năm nữa dự báo có {count(ground.members + year.net)} hội viên,{" "}
					{classOf(ground.members + year.net, ground.women) === "over" ? "đạt trên 60%" : "chưa đạt trên 60%"}.
				</p>
			) : null}
		</>
	);
}

function sureWords({ passes, earliest, latest, hasInterval, lasts }: Passing): string {
	const bounds = hasInterval
		? `Sớm nhất ${earliest ? displayDay(earliest) : "chưa rõ"}, muộn nhất ${latest ? displayDay(latest) : `sau ${MONTHS_AHEAD / 12} năm`}.`
		: "Chưa đủ số liệu để nói sớm nhất, muộn nhất.";
	return passes !== null && !lasts
		? `${bounds} Sau đó lại xuống dưới vì số thôi tham gia nhiều hơn số vào Hội.`
		: bounds;
}

function Openings({
	on,
	openings,
	onChange,
}: {
	on: Day;
	openings: Typed["openings"];
	onChange: (openings: Typed["openings"]) => void;
}) {
	const put = (at: number, more: Partial<Typed["openings"][number]>) =>
		onChange(openings.map((one, index) => (index === at ? { ...one, ...more } : one)));
	return (
		<>
			{openings.map((one, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: they are told apart by their place alone.
				<fieldset key={at} className={css.opening}>
					<legend>Chi hội, CLB mở thêm{openings.length > 1 ? ` (${at + 1})` : ""}</legend>
					<div className={css.fields}>
						<DayField
							label="Ngày ra mắt"
							value={one.on}
							onChange={(day) => put(at, { on: day })}
							earliest={on}
							latest={addMonths(on, MONTHS_AHEAD)}
						/>
						<NumberField
							label="Hội viên mới khi ra mắt"
							hint="Chỉ tính chị chưa là hội viên."
							value={one.members}
							onChange={(members) => put(at, { members })}
							max={10_000}
						/>
						<NumberField
							label="Sau đó thêm mỗi tháng"
							value={one.perMonth}
							onChange={(perMonth) => put(at, { perMonth })}
							max={1000}
						/>
					</div>
					<button type="button" className="link" onClick={() => onChange(openings.filter((_, index) => index !== at))}>
						Bỏ
					</button>
				</fieldset>
			))}
			{openings.length < 3 ? (
				<Buttons>
					<button
						type="button"
						className="link"
						onClick={() => onChange([...openings, { on: addMonths(on, 3), members: null, perMonth: null }])}
					>
						Nếu mở thêm chi hội, CLB
					</button>
				</Buttons>
			) : null}
		</>
	);
}

const COLUMNS: Column<Expected & { cls: string }>[] = [
	{ key: "on", head: "Ngày", cell: (row) => displayDay(row.on), phone: "first" },
	{ key: "members", head: "Hội viên", cell: (row) => count(row.members), phone: "end", number: true },
	{
		key: "range",
		head: "Khoảng",
		cell: (row) => (row.low === row.high ? "" : `từ ${count(row.low)} đến ${count(row.high)}`),
		phone: "second",
		number: true,
	},
	{ key: "cls", head: "So với 60%", cell: (row) => row.cls, phone: "second" },
];

const CLASS = { under: "dưới 60%", exactly: "bằng 60%", over: "trên 60%" };

function PlanPicture({ line, women, code }: { line: Expected[]; women: number; code: string }) {
	const draw = useCallback<Draw>(
		(plot, width) =>
			drawPlan(
				plot,
				line.map((one) => ({ ...one, x: epochDays(one.on) })),
				women,
				width,
			),
		[line, women],
	);
	const last = line.at(-1) as Expected;
	return (
		<Picture
			title="Hội viên ba năm tới, nếu …"
			says={`Từ ${count(line[0]?.members ?? 0)} hội viên hôm nay đến ${count(last.members)} hội viên ngày ${displayDay(last.on)}.`}
			draw={draw}
			height={190}
			fileName={`neu-${code}-${line[0]?.on}`}
			table={() => (
				<DataList
					caption="Hội viên từng tháng, nếu …"
					columns={COLUMNS}
					rows={line.map((one) => ({ ...one, cls: CLASS[classOf(one.members, women)] }))}
					keyOf={(one) => one.on}
					empty={null}
				/>
			)}
		/>
	);
}
