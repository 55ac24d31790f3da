import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FileDrop } from "../../ui/FileDrop.tsx";
import { count, fileSize } from "../../ui/format.ts";
import { displayTime } from "../../ui/format-time.ts";
import { ProblemAlert, type ProblemData } from "../../ui/ProblemAlert.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { api } from "../../web/client.ts";
import { saveFile, sendFile } from "../../web/files.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { toProblem } from "../../web/problem.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { ImportRow } from "./contract.ts";
import { importFiles } from "./page-files.ts";
import { STATE_WORDS, TAKES_LISTS } from "./page-words.ts";

/** Will my Excel go in? A file dropped, and the imports before it. */
export function ImportsPage() {
	const { unit } = useSession();
	return (
		<div className="page">
			<h1>Nhập danh sách từ Excel</h1>
			{TAKES_LISTS.includes(unit.kind) ? (
				<>
					<NewImport />
					<Earlier />
				</>
			) : (
				<EmptyState title="Danh sách được nhập vào từng xã, phường" action={<Link to="/acting">Nhập thay cơ sở</Link>}>
					Cán bộ cấp trên chọn xã, phường cần nhập thay trước, rồi trở lại đây.
				</EmptyState>
			)}
		</div>
	);
}

const ENDINGS = [".xlsx", ".xls", ".csv"];
const MAX_BYTES = 100_000_000;

type Sending = { name: string; sent: number; total: number };

function NewImport() {
	const { unit, today } = useSession();
	const navigate = useNavigate();
	const [asOf, setAsOf] = useState(today);
	const [sending, setSending] = useState<Sending | null>(null);
	const [problem, setProblem] = useState<ProblemData | null>(null);
	const send = async (file: File) => {
		setProblem(null);
		setSending({ name: file.name, sent: 0, total: file.size });
		try {
			const { id } = await sendFile<{ id: string }>(importFiles.start(unit.id, asOf), file, (sent, total) =>
				setSending({ name: file.name, sent, total }),
			);
			await navigate({ to: "/members/import/$importId", params: { importId: id } });
		} catch (error) {
			setProblem(toProblem(error));
			setSending(null);
		}
	};
	return (
		<section className="card page">
			<div style={{ maxWidth: 260 }}>
				<DayField
					label="Danh sách tính đến ngày"
					value={asOf}
					earliest={EARLIEST}
					latest={today}
					onChange={(day) => setAsOf(day ?? today)}
				/>
			</div>
			{sending ? (
				<ProgressBar
					label={sending.sent < sending.total ? `Đang gửi ${sending.name}` : `Đang đọc ${sending.name}`}
					done={Math.round(sending.sent / 1000)}
					total={sending.sent < sending.total ? Math.ceil(sending.total / 1000) : null}
					noun="kB"
					note={`${fileSize(sending.total)}. Chưa có gì được ghi vào danh sách hội viên.`}
				/>
			) : (
				<FileDrop
					label="Kéo tệp danh sách hội viên vào đây"
					hint="Excel (.xlsx, .xls) hoặc CSV. Chưa ghi gì cho đến khi chị xem và đồng ý."
					endings={ENDINGS}
					maxBytes={MAX_BYTES}
					onFile={send}
				/>
			)}
			<ProblemAlert problem={problem} />
			<Template />
		</section>
	);
}

function Template() {
	const [problem, setProblem] = useState<ProblemData | null>(null);
	return (
		<>
			<p className="soft">
				Chị dùng tệp đang có, cột theo thứ tự nào cũng được. Cần bắt đầu mới thì{" "}
				<button
					type="button"
					className="link"
					onClick={() => saveFile(importFiles.template).catch((error) => setProblem(toProblem(error)))}
				>
					tải mẫu trống
				</button>
				.
			</p>
			<ProblemAlert problem={problem} />
		</>
	);
}

const COLUMNS: Column<ImportRow>[] = [
	{ key: "file", head: "Tệp", cell: (row) => row.fileName, phone: "first" },
	{ key: "state", head: "Tình trạng", cell: (row) => STATE_WORDS[row.state], phone: "end" },
	{
		key: "accepted",
		head: "Ghi mới",
		cell: (row) => count(row.counts.accepted),
		phone: "second",
		phoneLabel: "ghi mới",
		number: true,
	},
	{
		key: "updated",
		head: "Cập nhật",
		cell: (row) => count(row.counts.updated),
		phone: "second",
		phoneLabel: "cập nhật",
		number: true,
	},
	{
		key: "rejected",
		head: "Cần sửa",
		cell: (row) => (row.counts.rejected > 0 ? <b>{count(row.counts.rejected)}</b> : ""),
		phone: "second",
		phoneLabel: "cần sửa",
		number: true,
	},
	{ key: "asOf", head: "Tính đến ngày", cell: (row) => displayDay(row.asOf), phone: "hide" },
	{
		key: "when",
		head: "Người nhập",
		cell: (row) => `${row.createdBy}, ${displayTime(row.createdAt)}`,
		phone: "second",
	},
];

function Earlier() {
	const { unit } = useSession();
	const navigate = useNavigate();
	const earlier = useQuery(
		api.imports.list.queryOptions({
			input: { unitId: unit.id },
			refetchInterval: (query) => (query.state.data?.some((one) => one.state === "committing") ? 2000 : false),
		}),
	);
	return (
		<section className="card">
			<h2>Các lần nhập trước</h2>
			<Loaded query={earlier}>
				{(rows) => (
					<DataList
						caption="Các lần nhập danh sách"
						columns={COLUMNS}
						rows={rows}
						keyOf={(row) => row.id}
						hrefOf={(row) => `/members/import/${row.id}`}
						onOpen={(row) => navigate({ to: "/members/import/$importId", params: { importId: row.id } })}
						empty={<p className="soft">Chưa nhập lần nào.</p>}
					/>
				)}
			</Loaded>
		</section>
	);
}
