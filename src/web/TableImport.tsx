import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { readTable, type TableColumn, type TableRow } from "../core/csv-table.ts";
import { DataList } from "../ui/DataList.tsx";
import { FileDrop } from "../ui/FileDrop.tsx";
import { count } from "../ui/format.ts";
import { ProblemAlert, type ProblemData } from "../ui/ProblemAlert.tsx";
import { toProblem } from "./problem.ts";

type Props<Columns extends readonly TableColumn[]> = {
	title: string;
	columns: Columns;
	/** Sends the rows; all are written or none. */
	onImport: (rows: TableRow<Columns>[]) => void;
	busy: boolean;
	problem: ProblemData | null;
	/** Takes an earlier Problem off the screen. */
	onForget: () => void;
	/** Fields that go with the file: its day, its source. */
	children: ReactNode;
	/** False while a field beside the file is still empty. */
	ready: boolean;
	/** The verb on the button, before "12 dòng". */
	verb?: string;
	/** What sending does not do; default: one wrong row, and none is written. */
	promise?: string;
};

type Chosen<Columns extends readonly TableColumn[]> = { name: string; rows: TableRow<Columns>[] };

/** A CSV table of figures: read here, sent as rows, written all or none; what is wrong is listed by row. */
export function TableImport<const Columns extends readonly TableColumn[]>(props: Props<Columns>) {
	const [chosen, setChosen] = useState<Chosen<Columns> | null>(null);
	const [refused, setRefused] = useState<ProblemData | null>(null);
	const take = async (file: File) => {
		props.onForget();
		setChosen(null);
		setRefused(null);
		try {
			setChosen({ name: file.name, rows: readTable(new Uint8Array(await file.arrayBuffer()), props.columns) });
		} catch (error) {
			setRefused(toProblem(error));
		}
	};
	const wanted = props.columns.map(({ key }) => key).join(", ");
	return (
		<section className="card page">
			<h2>{props.title}</h2>
			<FileDrop
				label="Kéo tệp CSV vào đây"
				hint={`Dòng đầu là tên cột: ${wanted}. Trong Excel chọn “Lưu thành”, loại CSV UTF-8. Tối đa 6 MB.`}
				endings={[".csv", ".txt"]}
				maxBytes={6_000_000}
				onFile={take}
				busy={props.busy}
			/>
			<ProblemAlert problem={refused} />
			{chosen ? (
				<p role="status">
					“{chosen.name}”: {count(chosen.rows.length)} dòng{props.verb ? "" : " số liệu"}.
				</p>
			) : null}
			{props.children}
			<RowFaults problem={props.problem} />
			<div className="row">
				<Button
					disabled={!chosen || chosen.rows.length === 0 || !props.ready}
					loading={props.busy}
					onClick={() => chosen && props.onImport(chosen.rows)}
				>
					{props.verb ?? "Ghi"}{" "}
					{chosen && chosen.rows.length > 0 ? `${count(chosen.rows.length)} dòng` : props.verb ? "bảng" : "số liệu"}
				</Button>
				<span className="soft">{props.promise ?? "Một dòng sai thì chưa dòng nào được ghi."}</span>
			</div>
		</section>
	);
}

type Fault = { row: number; field: string; text: string };

/** The Problem of a table: all its rows with what is wrong, not the first alone. */
function RowFaults({ problem }: { problem: ProblemData | null }) {
	const rows = (problem?.detail?.rows ?? []) as Fault[];
	if (!problem || rows.length === 0) return <ProblemAlert problem={problem} />;
	return (
		<>
			<ProblemAlert
				problem={{
					...problem,
					message: `${count(new Set(rows.map((one) => one.row)).size)} dòng chưa đúng nên chưa dòng nào được ghi. Sửa trong tệp rồi chọn lại.`,
				}}
			/>
			<DataList
				caption="Các dòng chưa đúng"
				columns={[
					{ key: "row", head: "Dòng", cell: (one) => `Dòng ${count(one.row)}`, phone: "first", width: "90px" },
					{ key: "field", head: "Cột", cell: (one) => one.field, phone: "second", width: "110px" },
					{ key: "text", head: "Lỗi cần sửa", cell: (one) => one.text, phone: "second" },
				]}
				rows={rows}
				keyOf={(one) => `${one.row} ${one.field} ${one.text}`}
				empty={null}
			/>
		</>
	);
}
