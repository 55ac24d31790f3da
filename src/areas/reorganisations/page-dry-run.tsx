import { useQuery } from "@tanstack/react-query";
import { ClassChip } from "../../ui/ClassChip.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { change, count, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { DryRun as DryRunAnswer } from "./contract.ts";
import { Conflicts } from "./page-conflicts.tsx";

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
	const rows = answer.units.map((unit, at) => ({ ...unit, at }));
	return (
		<>
			<p>Không có gì được ghi. Có {count(answer.classChanges)} đơn vị đổi xếp loại.</p>
			<Totals answer={answer} />
			<Accounts accounts={answer.accounts} />
			{answer.conflicts.length > 0 ? <Conflicts conflicts={answer.conflicts} /> : null}
			<h3>{count(rows.length)} đơn vị có số liệu thay đổi</h3>
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
	under: "Dưới 60%",
	over: "Trên 60%",
} as const;

function Totals({ answer: { before, after } }: { answer: DryRunAnswer }) {
	const rows = (Object.keys(TOTAL_WORDS) as Total["key"][]).map((key) => ({
		key,
		label: TOTAL_WORDS[key],
		before: before[key],
		after: after[key],
	}));
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

type Unit = DryRunAnswer["units"][number] & { at: number };

function Side({ of }: { of: Unit["before"] }) {
	if (!of) return <span className="soft">không có</span>;
	return (
		<>
			{count(of.members)} hội viên
			{of.rate === null ? null : <>, {percent(of.rate)} </>}
			{of.class === null ? null : <ClassChip cls={of.class} short />}
		</>
	);
}

const UNITS: Column<Unit>[] = [
	{ key: "name", head: "Đơn vị", cell: (row) => (row.after ?? row.before)?.name, phone: "first" },
	{ key: "province", head: "Thuộc", cell: (row) => (row.after ?? row.before)?.province, phone: "second", width: "18%" },
	{
		key: "before",
		head: "Trước",
		cell: (row) => <Side of={row.before} />,
		phone: "second",
		phoneLabel: "trước",
		width: "29%",
	},
	{
		key: "after",
		head: "Sau",
		cell: (row) => <Side of={row.after} />,
		phone: "second",
		phoneLabel: "sau",
		width: "29%",
	},
];
