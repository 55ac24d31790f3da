import { type Day, displayDay } from "../../core/day.ts";
import { cleanText } from "../../core/vietnamese.ts";
import type { Change, Conflict } from "./contract.ts";
import type { KnownUnit } from "./rules.ts";

/** The columns of a table of successors: in the form the reform of 2025 was published in, with a share and its document. */
export const SUCCESSOR_COLUMNS = [
	{ key: "new_province_code", heads: ["Mã tỉnh mới"], required: false },
	{ key: "new_code", heads: ["Mã đơn vị mới", "Mã mới"], required: true },
	{ key: "new_name", heads: ["Tên đơn vị mới", "Tên mới"], required: true },
	{ key: "old_code", heads: ["Mã đơn vị cũ", "Mã cũ"], required: true },
	{ key: "old_name", heads: ["Tên đơn vị cũ", "Tên cũ"], required: false },
	{ key: "part", heads: ["Toàn bộ hay một phần"], required: false },
	{ key: "share", heads: ["Tỷ lệ chia"], required: false },
	{ key: "document", heads: ["Văn bản"], required: false },
] as const;

/** A line of a table of successors: columns new_province_code, new_code, new_name, old_code, old_name, part, share, document. */
export interface SuccessorLine {
	row: number;
	new_province_code: string;
	new_code: string;
	new_name: string;
	old_code: string;
	old_name: string;
	/** "full" or "partial"; empty: full. */
	part: string;
	/** A declared share as a fraction ("3/7") or a whole percentage ("40%"); empty: none. */
	share: string;
	document: string;
}

/** The units around the day, by code, and who takes over whom on it today. */
export interface Surroundings {
	before: ReadonlyMap<string, KnownUnit>;
	onDay: ReadonlyMap<string, KnownUnit>;
	/** The successions of the day as they are, by predecessor. */
	successions: ReadonlyMap<number, readonly { successorId: number; part: "full" | "partial" }[]>;
}

interface Resolved {
	changes: Change[];
	/** The line of the file each change came from. */
	rows: number[];
	conflicts: Conflict[];
}

const nameOf = (text: string) => cleanText(text).toLowerCase();

/**
 * Turns the lines of a table into changes. A new unit is the one that begins on the day under its code (the registry knew it: the
 * table corrects who went into it), else under its name in its province, else one that stays, else one that is made. Lines that
 * say what is so already make no change; lines whose old code nobody bore the day before are left out with a warning.
 */
export function resolveTable(lines: readonly SuccessorLine[], on: Day, around: Surroundings): Resolved {
	const changes: Change[] = [];
	const rows: number[] = [];
	const conflicts: Conflict[] = [];
	const warn = (line: SuccessorLine, code: string, text: string) =>
		conflicts.push({ level: "warning", code, text, row: line.row });
	const fail = (line: SuccessorLine, code: string, text: string) =>
		conflicts.push({ level: "error", code, text, row: line.row });
	const byName = new Map(
		[...around.onDay.values()]
			.filter((unit) => unit.from === on)
			.map((unit) => [`${unit.parentId} ${nameOf(unit.name)}`, unit]),
	);
	const keys = new Set(lines.map((line) => line.new_code.trim()).filter((code) => !around.onDay.has(code)));

	for (const [code, group] of Map.groupBy(lines, (line) => line.new_code.trim())) {
		const [first] = group;
		if (code === "" || first.new_name.trim() === "") {
			fail(first, "row.new_missing", "Thiếu mã hoặc tên đơn vị mới.");
			continue;
		}
		const olds = group.flatMap((line) => {
			const unit = around.before.get(line.old_code.trim());
			if (!unit)
				warn(
					line,
					"unit.code_unknown",
					`Trước ngày ${displayDay(on)} không có đơn vị mã ${line.old_code.trim() || "(trống)"} (${line.old_name}); dòng này được bỏ qua.`,
				);
			else if (line.old_name.trim() !== "" && nameOf(line.old_name) !== nameOf(unit.name))
				warn(line, "unit.name_differs", `Mã ${line.old_code.trim()} là ${unit.name}, tệp ghi ${line.old_name.trim()}.`);
			return unit ? [{ line, unit }] : [];
		});
		if (olds.length === 0) continue;
		const target = findTarget(first, code, olds);
		for (const { line, unit } of olds) {
			if (target.unitId === unit.id) continue;
			const part = readPart(line.part);
			const share = readShare(line.share);
			if (part === null) fail(line, "row.part_invalid", "Cột part phải là full (nguyên vẹn) hoặc partial (một phần).");
			if (share === null)
				fail(line, "row.share_invalid", "Cột share phải là phân số (3/7) hoặc phần trăm nguyên (40%).");
			if (!part || share === null) continue;
			changes.push({
				kind: "succeed",
				unitId: unit.id,
				successor: target,
				part,
				...(share ? { share } : {}),
				document: cleanText(line.document),
			});
			rows.push(line.row);
		}
	}
	return withoutStanding({ changes, rows, conflicts }, around);

	function findTarget(
		line: SuccessorLine,
		code: string,
		olds: { unit: KnownUnit }[],
	): { unitId?: number; key?: string } {
		const standing = around.onDay.get(code);
		if (standing?.from === on) return { unitId: standing.id };
		const province = around.onDay.get(line.new_province_code.trim());
		const named = byName.get(`${province?.id} ${nameOf(line.new_name)}`);
		if (named) {
			warn(line, "unit.code_differs", `${line.new_name.trim()} mang mã ${named.code} trong danh mục, tệp ghi ${code}.`);
			return { unitId: named.id };
		}
		if (standing && nameOf(standing.name) === nameOf(line.new_name)) return { unitId: standing.id };
		const unitKind = olds.some(({ unit }) => unit.kind === "province") ? "province" : "commune";
		const provinceCode = line.new_province_code.trim();
		const parent =
			unitKind === "province"
				? { unitId: around.onDay.get("VN")?.id }
				: province
					? { unitId: province.id }
					: keys.has(provinceCode)
						? { key: `new:${provinceCode}` }
						: null;
		if (parent === null) {
			fail(
				line,
				"unit.parent_missing",
				`Không có tỉnh, thành phố mã ${provinceCode || "(trống)"} vào ngày ${displayDay(on)}.`,
			);
			return { key: `new:${code}` };
		}
		changes.push({ kind: "create", key: `new:${code}`, unitKind, code, name: cleanText(line.new_name), parent });
		rows.push(line.row);
		return { key: `new:${code}` };
	}
}

/** Leaves out what is so already: an old unit whose successors in the table are those it has. */
function withoutStanding({ changes, rows, conflicts }: Resolved, around: Surroundings): Resolved {
	const wanted = Map.groupBy(
		changes.flatMap((change) => (change.kind === "succeed" ? [change] : [])),
		(change) => change.unitId,
	);
	const stands = new Set(
		[...wanted].flatMap(([unitId, hers]) => {
			const has = (around.successions.get(unitId) ?? []).map((one) => `${one.successorId} ${one.part}`);
			const asks = hers.map((one) => `${one.successor.unitId} ${one.part}`);
			const partial = hers.some((one) => one.part === "partial");
			const same =
				asks.every((one) => has.includes(one)) &&
				(partial ? has.length === asks.length + 1 : has.length === asks.length);
			return same && hers.every((one) => !one.share) ? [unitId] : [];
		}),
	);
	const kept = changes.map((change) => change.kind !== "succeed" || !stands.has(change.unitId));
	return { changes: changes.filter((_, at) => kept[at]), rows: rows.filter((_, at) => kept[at]), conflicts };
}

function readPart(text: string): "full" | "partial" | null {
	const word = text.trim().toLowerCase();
	if (word === "" || word === "full") return "full";
	return word === "partial" ? "partial" : null;
}

/** undefined: none given; null: not to be read. */
function readShare(text: string): { numerator: number; denominator: number } | undefined | null {
	const word = text.trim();
	if (word === "") return undefined;
	const fraction = /^(\d{1,9})\/(\d{1,9})$/.exec(word);
	const percent = /^(\d{1,3})%$/.exec(word);
	const share = fraction
		? { numerator: Number(fraction[1]), denominator: Number(fraction[2]) }
		: percent
			? { numerator: Number(percent[1]), denominator: 100 }
			: null;
	return share && share.denominator > 0 && share.numerator <= share.denominator ? share : null;
}
