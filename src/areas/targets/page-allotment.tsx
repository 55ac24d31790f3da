import { Button, Checkbox, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Form, FormProblem } from "../../ui/Form.tsx";
import { NumberField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Child } from "./contract.ts";
import css from "./page.module.css";
import type { Shown } from "./page.tsx";
import { allot, keyOf, shortOf, sumWords } from "./rules.ts";

const DownloadButton = lazy(() =>
	import("../documents/page-download.tsx").then((page) => ({ default: page.DownloadButton })),
);

/** What she has typed or fixed of the rows; a row not here goes with the proposal. */
type Fixed = ReadonlyMap<number, number>;

/** The units below with what they were given; who may hands a total down among them, row by row where she likes (R14). */
export function Allotment({ shown }: { shown: Shown }) {
	const [open, setOpen] = useState(false);
	const { rows, target, sum, without, unplaced, kind, period } = shown;
	const given = rows.some((row) => row.target !== null);
	return (
		<section className="card page">
			<h2>{given ? "Chỉ tiêu đã giao cho các đơn vị trực thuộc" : "Phân bổ cho các đơn vị trực thuộc"}</h2>
			{given ? (
				<p role="status">
					Tổng đã giao <b>{count(sum)}</b>. {target ? `${sumWords(target.value, sum)}.` : ""}
				</p>
			) : null}
			{unplaced.map((one) => (
				<p key={one.unitId}>
					{one.name}: {count(one.value)} chưa có đơn vị nhận sau sắp xếp, cần giao lại.
				</p>
			))}
			{kind === "net_new_members" && without.length > 0 ? <Without communes={without} /> : null}
			{open ? (
				<Draft shown={shown} onDone={() => setOpen(false)} />
			) : (
				<>
					{given ? (
						<Suspense>
							<p>
								<DownloadButton
									label="Tải Word, Excel"
									kind="target_allotment"
									unitId={shown.unit.unitId}
									query={{
										on: shown.on,
										target: kind,
										term: period.termId ?? undefined,
										year: period.year ?? undefined,
									}}
									excel="Tải bảng Excel"
								/>
							</p>
						</Suspense>
					) : null}
					{shown.mayAllot ? (
						<p>
							<Button variant={target === null ? "default" : "filled"} onClick={() => setOpen(true)}>
								{given ? "Điều chỉnh chỉ tiêu" : "Dự kiến phân bổ"}
							</Button>
						</p>
					) : null}
					<DataList
						caption="Chỉ tiêu của các đơn vị trực thuộc"
						columns={GIVEN_COLUMNS}
						rows={rows}
						keyOf={(row) => String(row.unitId)}
						empty={<EmptyState title="Không có đơn vị trực thuộc" />}
					/>
				</>
			)}
		</section>
	);
}

/** Communes without weight: a few by name, all of them behind a click. */
function Without({ communes }: { communes: Shown["without"] }) {
	return (
		<details>
			<summary>
				{count(communes.length)} xã chưa có số liệu phụ nữ từ 18 tuổi trở lên nên chưa được tính vào dự kiến
			</summary>
			<p className="soft">
				{communes
					.slice(0, 200)
					.map(({ name }) => name)
					.join(", ")}
				{communes.length > 200 ? ` và ${count(communes.length - 200)} xã khác` : ""}.{" "}
				<Link to="/populations">Nhập số liệu</Link>
			</p>
		</details>
	);
}

const NAME: Column<Child> = {
	key: "name",
	head: "Đơn vị",
	cell: (row) => (
		<Link to="/targets" search={(old) => ({ ...old, unit: row.unitId })}>
			{row.name}
		</Link>
	),
	phone: "first",
};

const FIGURES: Column<Child>[] = [
	{
		key: "women18",
		head: "Phụ nữ từ 18 tuổi trở lên",
		cell: (row) => (row.women18 === null ? <span className="soft">chưa có</span> : count(row.women18)),
		phone: "second",
		phoneLabel: "Phụ nữ 18+",
		number: true,
		width: "17%",
	},
	{
		key: "members",
		head: "Hội viên",
		cell: (row) => count(row.members),
		phone: "second",
		phoneLabel: "hội viên",
		number: true,
		width: "13%",
	},
	{
		key: "weight",
		head: "Chưa vào Hội",
		cell: (row) => count(row.weight),
		phone: "second",
		phoneLabel: "chưa vào Hội",
		number: true,
		width: "13%",
	},
];

const GIVEN_COLUMNS: Column<Child>[] = [
	NAME,
	...FIGURES,
	{
		key: "target",
		head: "Chỉ tiêu",
		cell: (row) =>
			row.target === null ? (
				<span className="soft">chưa giao</span>
			) : (
				<>
					<b>{count(row.target.value)}</b>
					{row.target.estimated ? <span className="soft"> ước tính</span> : null}
				</>
			),
		phone: "end",
		number: true,
		width: "16%",
	},
];

function Draft({ shown, onDone }: { shown: Shown; onDone: () => void }) {
	const { today } = useSession();
	const { rows, target, kind, period, unit } = shown;
	const [total, setTotal] = useState(target?.value ?? null);
	const [fixed, setFixed] = useState<Fixed>(
		() => new Map(rows.flatMap((row) => (row.target ? [[row.unitId, row.target.value] as const] : []))),
	);
	const [document, setDocument] = useState("");
	const [documentOn, setDocumentOn] = useState<string | null>(today);
	const [reason, setReason] = useState("");
	const [text, setText] = useState("");
	const values = useMemo(() => valuesOf(rows, kind, total ?? 0, fixed), [rows, kind, total, fixed]);
	const sum = [...values.values()].reduce((all, value) => all + value, 0);
	const short = shortOf(target?.value ?? null, sum);
	const save = useCommand(client.targets.set, {
		refresh: [api.targets.key()],
		said: (done) => `Đã giao chỉ tiêu cho ${count(done.saved)} đơn vị.`,
		onDone,
	});
	const fix = (unitId: number, value: number | null) =>
		setFixed((old) => {
			const next = new Map(old);
			if (value === null) next.delete(unitId);
			else next.set(unitId, value);
			return next;
		});
	const columns: Column<Child>[] = [
		NAME,
		...FIGURES,
		{
			key: "value",
			head: "Chỉ tiêu",
			cell: (row) => (
				<NumberInput
					aria-label={`Chỉ tiêu của ${row.name}`}
					className={css.value}
					value={values.get(row.unitId) ?? 0}
					onChange={(value) => {
						// The field tells its own formatting of a proposed value, too: only what she changes fixes the row.
						if (Number(value) !== (values.get(row.unitId) ?? 0)) fix(row.unitId, Number(value));
					}}
					min={0}
					max={100_000_000}
					allowDecimal={false}
					allowNegative={false}
					thousandSeparator="."
					decimalSeparator=","
					hideControls
					inputMode="numeric"
				/>
			),
			phone: "end",
			number: true,
			width: "15%",
		},
		{
			key: "lock",
			head: "Giữ số này",
			cell: (row) => (
				<Checkbox
					className={css.lock}
					aria-label={`Giữ số của ${row.name}`}
					checked={fixed.has(row.unitId)}
					onChange={(event) => fix(row.unitId, event.currentTarget.checked ? (values.get(row.unitId) ?? 0) : null)}
				/>
			),
			phone: "second",
			phoneLabel: "giữ số này",
			width: "9%",
		},
	];
	return (
		<Form
			command={save}
			onSubmit={() =>
				save.run({
					unitId: unit.unitId,
					kind,
					name: shown.name,
					measure: kind === "free" ? shown.measure : "",
					termId: period.termId ?? undefined,
					year: period.year ?? undefined,
					document,
					documentOn: documentOn ?? undefined,
					rows: changedOf(rows, values, fixed),
					reason,
				})
			}
		>
			<NumberField
				label="Tổng chỉ tiêu để phân bổ"
				required
				value={total}
				onChange={setTotal}
				hint={
					kind === "net_new_members"
						? "Chia theo số phụ nữ chưa vào Hội; dòng đã giữ không đổi, các dòng khác chia phần còn lại."
						: "Nhập từng dòng; loại chỉ tiêu này không có dự kiến theo số phụ nữ chưa vào Hội."
				}
			/>
			<p>
				<button type="button" className="link" onClick={() => setFixed(new Map())}>
					Bỏ giữ tất cả, tính lại theo dự kiến
				</button>
			</p>
			{kind === "net_new_members" ? <Stale shown={shown} documentOn={documentOn} /> : null}
			<TextField label="Tìm tên hoặc mã đơn vị" value={text} onChange={setText} />
			<DataList
				caption="Dự kiến phân bổ chỉ tiêu"
				columns={columns}
				rows={foundIn(rows, text)}
				keyOf={(row) => String(row.unitId)}
				empty={<EmptyState title="Không có đơn vị nào tên như vậy" />}
			/>
			<p role="status" className={css.sum}>
				Cộng <b>{count(sum)}</b>. {target ? `${sumWords(target.value, sum)}.` : ""}
			</p>
			<TextField
				name="document"
				label="Số văn bản giao chỉ tiêu"
				required
				value={document}
				onChange={setDocument}
				hint="Ví dụ: Công văn 358/ĐCT-TC."
			/>
			<DayField
				name="documentOn"
				label="Ngày văn bản"
				required
				value={documentOn}
				onChange={setDocumentOn}
				earliest={EARLIEST}
				latest={today}
			/>
			{short > 0 ? (
				<TextField
					name="reason"
					label="Lý do giao thiếu so với chỉ tiêu trên giao"
					required
					value={reason}
					onChange={setReason}
				/>
			) : null}
			<FormProblem />
			<div className="row">
				<Button type="submit" loading={save.busy}>
					Giao chỉ tiêu
				</Button>
				<Button variant="default" onClick={onDone}>
					Để sau
				</Button>
			</div>
		</Form>
	);
}

/** Says that the figures the proposal rests on are others than those of the document's day, or of today (R14). */
function Stale({ shown, documentOn }: { shown: Shown; documentOn: string | null }) {
	const { today } = useSession();
	const { unit, rows, on } = shown;
	const other = documentOn !== null && documentOn !== on ? documentOn : on < today ? today : null;
	const then = useQuery({
		...api.targets.propose.queryOptions({
			input: { unitId: unit.unitId, kind: "net_new_members", total: 0, on: other ?? undefined },
		}),
		enabled: other !== null && other >= EARLIEST && other <= today,
	});
	if (other === null || !then.data) return null;
	const weights = new Map(then.data.rows.map((row) => [row.unitId, row.weight]));
	const changed = rows.filter(({ unitId, weight }) => weights.get(unitId) !== weight).length;
	if (changed === 0) return null;
	return (
		<p role="status">
			Cần kiểm tra: dự kiến này theo số liệu ngày {displayDay(on)}; ngày {displayDay(other)} có {count(changed)} đơn vị
			có số phụ nữ chưa vào Hội khác.{" "}
			<Link to="/targets" search={(old) => ({ ...old, on: other === today ? undefined : other })}>
				Tính lại theo ngày {displayDay(other)}
			</Link>
		</p>
	);
}

function foundIn(rows: Child[], text: string): Child[] {
	const key = searchKey(text);
	return rows.filter((row) => key === "" || row.code === text.trim() || searchKey(row.name).includes(key));
}

/** What each row would get: fixed ones their value, the rest their share of the total; kinds without weights nothing. */
function valuesOf(rows: readonly Child[], kind: Shown["kind"], total: number, fixed: Fixed): Map<number, number> {
	const parts = allot(
		total,
		rows.map((row) => ({
			key: keyOf(row),
			weight: kind === "net_new_members" ? row.weight : 0,
			locked: fixed.get(row.unitId) ?? null,
		})),
	);
	return new Map(rows.map((row) => [row.unitId, parts.get(keyOf(row)) as number]));
}

/** The rows that differ from what they have: an unchanged one keeps its document, and a row nobody weighs or typed stays without. */
function changedOf(rows: readonly Child[], values: ReadonlyMap<number, number>, fixed: Fixed) {
	return rows.flatMap(({ unitId, target }) => {
		const value = values.get(unitId) as number;
		const same = target === null ? value === 0 && !fixed.has(unitId) : target.value === value && !target.carried;
		return same ? [] : [{ unitId, value }];
	});
}
