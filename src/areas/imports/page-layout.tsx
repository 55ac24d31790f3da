import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CheckField, NumberField, SelectField, TextField } from "../../ui/FormField.tsx";
import { count, lowerFirst } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { ROSTER_FIELD_LABELS, ROSTER_FIELDS, type RosterField } from "../members/rules-roster-fields.ts";
import type { ImportShow } from "./contract.ts";
import css from "./page-import.module.css";
import { ENCODING_WORDS } from "./page-words.ts";

type SheetLayout = ImportShow["layout"]["sheets"][number];
type ColumnLayout = SheetLayout["columns"][number];
type Top = { row: number; cells: string[] }[];

/** How the file was understood: sheets, header rows, columns; shut where everything is plain, open where a person should look. */
export function Layout({ show }: { show: ImportShow }) {
	const doubts = doubtsOf(show);
	const [open, setOpen] = useState(doubts.length > 0);
	const used = show.layout.sheets.filter((sheet) => sheet.use);
	return (
		<section className="card">
			<h2>Trang tính và cột</h2>
			<p>
				Đọc {count(used.length)}/{count(show.layout.sheets.length)} trang tính
				{used.length > 0 ? `: ${used.map((sheet) => sheet.sheet).join(", ")}` : ""}. {recognisedWords(used)}
			</p>
			{doubts.map((words) => (
				<p key={words} className="soft">
					{words}
				</p>
			))}
			<p>
				<button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
					{open ? "Ẩn các cột" : "Xem và sửa các cột"}
				</button>
			</p>
			{open ? <LayoutForm key={JSON.stringify(show.layout)} show={show} /> : null}
		</section>
	);
}

function recognisedWords(sheets: SheetLayout[]): string {
	const fields = new Set(sheets.flatMap((sheet) => sheet.columns.map(({ field }) => field)));
	const known = ROSTER_FIELDS.filter((field) => fields.has(field) && field !== "number" && field !== "errors");
	return known.length > 0 ? `Nhận ra: ${known.map((field) => lowerFirst(ROSTER_FIELD_LABELS[field])).join(", ")}.` : "";
}

/** What a person should look at before rows are written. */
function doubtsOf({ layout }: ImportShow): string[] {
	const used = layout.sheets.filter((sheet) => sheet.use);
	const named = used.every((sheet) => sheet.columns.some(({ field }) => field === "name" || field === "givenName"));
	return [
		used.length === 0 ? "Chưa tìm thấy trang tính nào có danh sách hội viên. Hãy chọn trang tính và dòng tiêu đề." : "",
		named ? "" : "Có trang tính chưa rõ cột họ tên.",
	].filter(Boolean);
}

function LayoutForm({ show }: { show: ImportShow }) {
	const tops = useQuery(api.imports.recognise.queryOptions({ input: { id: show.id } }));
	const [sheets, setSheets] = useState(show.layout.sheets);
	const [remember, setRemember] = useState(true);
	const save = useCommand(client.imports.setLayout, {
		refresh: [api.imports.key()],
		onDone: () => toast({ text: "Đã đọc lại tệp theo các cột này." }),
	});
	const change = (index: number, part: Partial<SheetLayout>) =>
		setSheets(sheets.map((sheet, at) => (at === index ? { ...sheet, ...part } : sheet)));
	const changed = JSON.stringify(sheets) !== JSON.stringify(show.layout.sheets);
	return (
		<>
			<Loaded query={tops}>
				{(shown) => (
					<>
						{sheets.map((sheet, index) => (
							<SheetForm
								key={sheet.sheet}
								sheet={sheet}
								top={shown.find((one) => one.sheet === sheet.sheet)?.top ?? []}
								hidden={shown.find((one) => one.sheet === sheet.sheet)?.hidden ?? false}
								onChange={(part) => change(index, part)}
							/>
						))}
					</>
				)}
			</Loaded>
			<ProblemAlert problem={save.problem} />
			<div className="row">
				<Button
					loading={save.busy}
					disabled={!changed}
					onClick={() => save.run({ id: show.id, layout: { sheets }, remember })}
				>
					Đọc lại tệp
				</Button>
				<CheckField label="Nhớ các cột này cho lần nhập sau" value={remember} onChange={setRemember} />
			</div>
		</>
	);
}

function SheetForm(props: {
	sheet: SheetLayout;
	top: Top;
	hidden: boolean;
	onChange: (part: Partial<SheetLayout>) => void;
}) {
	const { sheet, top, hidden, onChange } = props;
	const setColumn = (column: number, part: Partial<ColumnLayout>) =>
		onChange({ columns: sheet.columns.map((one) => (one.column === column ? { ...one, ...part } : one)) });
	return (
		<div className={css.sheet}>
			<CheckField
				label={`Trang tính “${sheet.sheet}”${hidden ? " (đang ẩn)" : ""}`}
				value={sheet.use}
				onChange={(use) => onChange({ use })}
			/>
			{sheet.use ? (
				<>
					<div className={css.columns}>
						<NumberField
							label="Dòng tiêu đề"
							value={sheet.headerRow}
							onChange={(row) => onChange({ headerRow: row ?? 0 })}
							hint="0 nếu không có dòng tiêu đề."
						/>
						<SelectField
							label="Tiêu đề gồm"
							value={String(sheet.headerRows)}
							onChange={(rows) => onChange({ headerRows: Number(rows) })}
							choices={["0", "1", "2", "3"].map((value) => ({ value, label: `${value} dòng` }))}
						/>
						<TextField
							label="Chi hội của các dòng không ghi chi hội"
							value={sheet.branch ?? ""}
							onChange={(branch) => onChange({ branch: branch || null })}
						/>
					</div>
					<h3>Mỗi cột là gì</h3>
					<div className={css.columns}>
						{sheet.columns.map((column) => (
							<ColumnForm
								key={column.column}
								column={column}
								sample={sampleOf(top, sheet, column.column)}
								onChange={(part) => setColumn(column.column, part)}
							/>
						))}
					</div>
					<TopRows sheet={sheet} top={top} />
				</>
			) : null}
		</div>
	);
}

const FIELD_CHOICES = ROSTER_FIELDS.map((value) => ({ value, label: ROSTER_FIELD_LABELS[value] }));
const ENCODING_CHOICES = (["unicode", "tcvn3", "vni"] as const).map((value) => ({
	value,
	label: ENCODING_WORDS[value],
}));

function ColumnForm(props: { column: ColumnLayout; sample: string; onChange: (part: Partial<ColumnLayout>) => void }) {
	const { column, sample, onChange } = props;
	const name = `${letterOf(column.column)}: ${column.header || "không có tiêu đề"}`;
	return (
		<div>
			<SelectField<RosterField>
				label={name}
				value={column.field ?? ""}
				onChange={(field) => onChange({ field: field || null })}
				none="Bỏ qua cột này"
				choices={FIELD_CHOICES}
				hint={sample ? `Ví dụ: ${sample}` : undefined}
			/>
			{column.encoding ? (
				<SelectField
					label={`Phông chữ của cột ${letterOf(column.column)}`}
					value={column.encoding}
					onChange={(encoding) => encoding && onChange({ encoding, encodingConfidence: undefined })}
					choices={ENCODING_CHOICES}
				/>
			) : null}
		</div>
	);
}

/** The first text below the header, to tell what a column holds. */
function sampleOf(top: Top, sheet: SheetLayout, column: number): string {
	const below = top.filter(({ row }) => row >= sheet.headerRow + sheet.headerRows);
	return (
		below
			.map(({ cells }) => cells[column]?.trim() ?? "")
			.find(Boolean)
			?.slice(0, 40) ?? ""
	);
}

/** A column as Excel names it: A, B … Z, AA. */
export function letterOf(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}

function TopRows({ sheet, top }: { sheet: SheetLayout; top: Top }) {
	const isHeader = (row: number) => row >= sheet.headerRow && row < sheet.headerRow + sheet.headerRows;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
		<section className={css.top} aria-label={`Những dòng đầu của ${sheet.sheet}`} tabIndex={0}>
			<table>
				<tbody>
					{top.map(({ row, cells }) => (
						<tr key={row} className={isHeader(row) ? css.header : undefined}>
							<th scope="row">{row}</th>
							{cells.map((cell, column) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: a cell is named by its column
								<td key={column}>{cell}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
