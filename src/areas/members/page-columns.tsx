import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import type { MemberRow } from "./contract-member.ts";
import css from "./page.module.css";
import { residenceWords } from "./page-words.ts";
import { displayBirth } from "./rules-person.ts";

const KEPT = "taphop.members.columns";

/** What can stand beside the name; on a phone the chosen ones make the second line. */
const COLUMNS: (Column<MemberRow> & { start?: boolean })[] = [
	{
		key: "birth",
		width: "11%",
		head: "Ngày sinh",
		cell: (row) => (row.birth ? displayBirth(row.birth) : ""),
		phone: "end",
		start: true,
	},
	{ key: "branch", head: "Chi hội, tổ", cell: (row) => row.branch, phone: "second", start: true },
	{ key: "commune", head: "Xã, phường", cell: (row) => row.commune, phone: "second" },
	{ key: "phone", width: "12%", head: "Số điện thoại", cell: (row) => row.phone, phone: "hide" },
	{
		key: "joined",
		head: "Ngày vào Hội",
		width: "12%",
		cell: (row) => displayDay(row.joined),
		phone: "hide",
		start: true,
	},
	{
		key: "residence",
		head: "Cư trú",
		width: "17%",
		cell: (row) => residenceWords(row.residence, row.residenceStart),
		phone: "second",
		start: true,
	},
	{ key: "status", head: "Tình trạng", cell: (row) => <Status row={row} />, phone: "second", start: true },
	{ key: "left", head: "Ra khỏi Hội", cell: (row) => (row.left ? displayDay(row.left) : ""), phone: "hide" },
	{
		key: "papers",
		head: "Còn thiếu",
		cell: (row) =>
			[row.hasId ? "" : "số CCCD/CMND", row.hasConsent ? "" : "đồng ý cung cấp thông tin"].filter(Boolean).join(", "),
		phone: "hide",
	},
];

/** Whether she counts, or why not; of those who count only what is not plain. */
function Status({ row }: { row: MemberRow }) {
	const words = [
		row.counts ? "" : row.statusText,
		row.countsFrom ? `được tính từ ${displayDay(row.countsFrom)}` : "",
		row.review ? "Cần rà soát cư trú" : "",
		row.coreMember ? "Nòng cốt" : "",
		row.honorary && row.status !== "honorary" ? "Danh dự" : "",
	].filter(Boolean);
	return <span className={css.status}>{words.join("; ")}</span>;
}

/** The columns she chose, kept in this browser; the commune stands among them from the start where the list holds several. */
export function useChosenColumns(many: boolean) {
	const [chosen, setChosen] = useState<string[]>(() => readKept() ?? startColumns(many));
	const choose = (next: string[]) => {
		setChosen(next);
		localStorage.setItem(KEPT, JSON.stringify(next));
	};
	const columns = COLUMNS.filter(({ key }) => chosen.includes(key));
	return { columns, chosen, choose };
}

function readKept(): string[] | null {
	try {
		const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
		return Array.isArray(kept) ? kept : null;
	} catch {
		// Spoilt by hand or by another version: the usual columns.
		return null;
	}
}

function startColumns(many: boolean): string[] {
	return COLUMNS.filter(({ start, key }) => start || (many && key === "commune")).map(({ key }) => key);
}

/** Which columns stand in the list. */
export function ColumnChooser(props: { chosen: string[]; onChoose: (chosen: string[]) => void }) {
	const { chosen, onChoose } = props;
	return (
		<details className={css.chooser}>
			<summary>Chọn cột</summary>
			<div className={css.choices}>
				{COLUMNS.map(({ key, head }) => (
					<label key={key}>
						<input
							type="checkbox"
							checked={chosen.includes(key)}
							onChange={(event) =>
								onChoose(event.currentTarget.checked ? [...chosen, key] : chosen.filter((one) => one !== key))
							}
						/>{" "}
						{head}
					</label>
				))}
			</div>
		</details>
	);
}
