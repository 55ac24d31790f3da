import type { Day } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import type { PaperCell, PaperColumn, PaperHead } from "../core/paper.ts";

/** Text as it is set: letters composed, and "2022 - 2027" never parted between two lines. */
export function typeset(text: string): string {
	return text.normalize("NFC").replace(/(?<=\d) - (?=\d)/g, "\u00a0-\u00a0");
}

/** Room to write a number by hand. */
const OPEN = "        ";

/** "Số: 05/BC-BTV": one figure is padded; without a number room is left before the stroke. */
export function numberWords({ number, symbol }: Pick<PaperHead, "number" | "symbol">): string {
	return `Số: ${number === null ? OPEN : String(number).padStart(2, "0")}/${symbol}`;
}

/** "Lào Cai, ngày 09 tháng 01 năm 2026": days below 10 and the months 1 and 2 are padded (decree 30). */
export function dateWords({ place, day }: Pick<PaperHead, "place" | "day">): string {
	return `${place || "……………"}, ${dayWords(day)}`;
}

/** "ngày 09 tháng 01 năm 2026", with room where there is no day. */
export function dayWords(day: Day | null): string {
	if (day === null) return "ngày      tháng      năm      ";
	const [year, month, date] = day.split("-");
	return `ngày ${date} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
}

/** A cell as Vietnamese papers write it: `1.234`, `57,31%`, `1.234,56%`; nothing for nothing. */
export function cellWords(cell: PaperCell | undefined, kind: PaperColumn["kind"]): string {
	if (cell === null || cell === undefined || cell === "") return "";
	if (kind === "count" || kind === "number")
		return typeof cell === "number" ? displayNumber(cell).replace("-", "−") : cell;
	if (kind !== "rate") return String(cell);
	const [whole, decimals = ""] = String(cell).split(".");
	return `${displayNumber(Number(whole))},${decimals.padEnd(2, "0")}%`;
}

/** Nơi nhận: each line with a hyphen before it and a semicolon after, the last with a full stop. */
export function recipientLines(recipients: readonly string[]): string[] {
	const bare = recipients
		.map((line) =>
			line
				.trim()
				.replace(/^[-–]\s*/u, "")
				.replace(/[;.]+$/u, ""),
		)
		.filter(Boolean);
	return bare.map((line, at) => `- ${line}${at === bare.length - 1 ? "." : ";"}`);
}
