import { useQuery } from "@tanstack/react-query";
import { ClassChip } from "../../ui/ClassChip.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { change, count, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { DryRun as DryRunAnswer, DryRunUnit } from "./contract.ts";
import { Conflicts } from "./page-conflicts.tsx";
import { RateStrip } from "./page-rate-strip.tsx";
import { classMoves } from "./rules-dry-run.ts";

/** Before and after of every figure, with nothing written. */
export function DryRun({ id }: { id: string }) {
	const run = useQuery(api.reorganisations.dryRun.queryOptions({ input: { id }, gcTime: 0 }));
	return (
		<section className="card page">
			<h2>Chạy thử</h2>
			<Loaded query={run}>
				{(answer) =>
					answer.conflicts.some(({ level }) => level === "error") && answer.units.length === 0 ? (
						<>
							<p>Chưa tính được số liệu sau sắp xếp vì còn điểm phải sửa.</p>
							<Conflicts conflicts={answer.conflicts} />
						</>
					) : (
						<Figures answer={answer} />
					)
				}
			</Loaded>
		</section>
	);
}

function Figures({ answer }: { answer: DryRunAnswer }) {
	const moves = classMoves(answer.units).map(({ from, to }) => ({
		key: `${from} ${to}`,
		before: answer.units[from].before as Side,
		after: answer.units[to].after as Side,
	}));
	const rows = answer.units.flatMap((unit, at) =>
		unit.after === null
			? []
			: [
					{
						at,
						after: unit.after,
						from: unit.from.flatMap(({ at: place, part }) => {
							const { before } = answer.units[place];
							return before === null ? [] : [{ ...before, part }];
						}),
					},
				],
	);
	return (
		<>
			<p>
				Không có gì được ghi.{" "}
				{answer.classChanges > 0
					? `Hội viên của ${count(answer.classChanges)} đơn vị sang đơn vị có xếp loại khác.`
					: "Không đơn vị nào đổi xếp loại."}
			</p>
			<Totals answer={answer} />
			<Accounts accounts={answer.accounts} />
			{answer.conflicts.length > 0 ? <Conflicts conflicts={answer.conflicts} /> : null}
			{moves.length > 0 ? (
				<>
					<h3>{count(moves.length)} trường hợp đổi xếp loại</h3>
					<DataList
						caption="Các đơn vị đổi xếp loại"
						columns={MOVES}
						rows={moves}
						keyOf={({ key }) => key}
						empty={null}
					/>
				</>
			) : null}
			<h3>{count(rows.length)} đơn vị có số liệu thay đổi</h3>
			<p className="soft">Vòng tròn: đơn vị trước sắp xếp. Hình thoi đặc: đơn vị sau. Vạch đứng: 60%.</p>
			<DataList
				caption="Số liệu trước và sau sắp xếp của từng đơn vị"
				columns={UNITS}
				rows={rows}
				keyOf={({ at }) => String(at)}
				empty={<p>Không đơn vị nào có số liệu thay đổi.</p>}
			/>
		</>
	);
}

const ACCOUNT_WORDS = {
	succeeded: "theo đơn vị nhập nguyên vẹn, giữ quyền cũ cho đến khi được duyệt",
	widened: "của đơn vị nhận thêm, chưa xem phần mới cho đến khi được duyệt",
	parted: "của đơn vị bị chia, chờ quyết định",
	ended: "hết quyền vì không còn cấp",
} as const;

/** Whose accounts would wait for the level above. */
function Accounts({ accounts }: Pick<DryRunAnswer, "accounts">) {
	const kinds = (Object.keys(ACCOUNT_WORDS) as (keyof typeof ACCOUNT_WORDS)[]).filter((kind) => accounts[kind] > 0);
	if (kinds.length === 0) return null;
	return (
		<p>
			Tài khoản: {kinds.map((kind) => `${count(accounts[kind])} ${ACCOUNT_WORDS[kind]}`).join("; ")}. Không ai xem được
			nhiều hơn trước khi Hội cấp trên duyệt.
		</p>
	);
}

type Total = { key: keyof DryRunAnswer["before"]; label: string; before: number; after: number };

const TOTAL_WORDS = {
	communes: "Số xã, phường, đặc khu",
	members: "Tổng số hội viên",
	women18: "Phụ nữ từ 18 tuổi trở lên",
	target: "Chỉ tiêu tăng hội viên đã giao",
	under: "Dưới 60%",
	over: "Trên 60%",
} as const;

function Totals({ answer: { before, after } }: { answer: DryRunAnswer }) {
	const keys = (Object.keys(TOTAL_WORDS) as Total["key"][]).filter((key) => key !== "target" || before.target > 0);
	const rows = keys.map((key) => ({ key, label: TOTAL_WORDS[key], before: before[key], after: after[key] }));
	return (
		<DataList
			caption="Tổng số trước và sau sắp xếp"
			columns={TOTALS}
			rows={rows}
			keyOf={({ key }) => key}
			empty={null}
		/>
	);
}

const TOTALS: Column<Total>[] = [
	{ key: "label", head: "Cả nước", cell: (row) => row.label, phone: "first" },
	{
		key: "before",
		head: "Trước",
		cell: (row) => count(row.before),
		phone: "second",
		phoneLabel: "trước",
		number: true,
	},
	{ key: "after", head: "Sau", cell: (row) => count(row.after), phone: "second", phoneLabel: "sau", number: true },
	{ key: "by", head: "Thay đổi", cell: (row) => change(row.after - row.before), phone: "end", number: true },
];

type Side = NonNullable<DryRunUnit["after"]>;
type Row = { at: number; after: Side; from: (Side & { part: "full" | "partial" })[] };

function Figure({ of, named }: { of: Side; named?: boolean }) {
	return (
		<>
			{named ? `${of.name}: ` : null}
			{count(of.members)} hội viên
			{of.rate === null ? ", chưa có tỷ lệ" : <>, {percent(of.rate)} </>}
			{of.class === null ? null : <ClassChip cls={of.class} short />}
			{of.target === null ? null : `; chỉ tiêu ${count(of.target)}${of.targetEstimated ? " (ước tính)" : ""}`}
		</>
	);
}

type Move = { key: string; before: Side; after: Side };

const MOVES: Column<Move>[] = [
	{ key: "before", head: "Trước", cell: (row) => <Figure of={row.before} named />, phone: "first" },
	{
		key: "after",
		head: "Sau",
		cell: (row) => <Figure of={row.after} named />,
		phone: "second",
		phoneLabel: "sau",
		width: "50%",
	},
];

/** What it is made of, in words: the strip beside it shows where each stands. */
function origins(from: Row["from"]): string {
	if (from.length === 0) return "";
	return from
		.map((one) =>
			`${one.name}${one.part === "partial" ? " (một phần)" : ""} ${one.rate === null ? "" : percent(one.rate)}`.trim(),
		)
		.join("; ");
}

const UNITS: Column<Row>[] = [
	{
		key: "name",
		head: "Đơn vị sau sắp xếp",
		cell: ({ after }) => (
			<>
				{after.name}
				<span className="soft"> {after.province}</span>
			</>
		),
		phone: "first",
	},
	{ key: "from", head: "Gồm", cell: ({ from }) => origins(from), phone: "second", phoneLabel: "gồm", width: "27%" },
	{
		key: "strip",
		head: "Trước và sau",
		cell: ({ from, after }) => <RateStrip before={from} after={after} />,
		phone: "second",
		width: "22%",
	},
	{
		key: "after",
		head: "Sau",
		cell: ({ after }) => <Figure of={after} />,
		phone: "second",
		phoneLabel: "sau",
		width: "24%",
	},
];
