import { type Day, displayDay } from "../../core/day.ts";
import type { Change, Conflict } from "./contract.ts";

/** A unit as a reorganisation meets it: on the day before, or on the day itself. */
export interface KnownUnit {
	id: number;
	kind: string;
	code: string | null;
	name: string;
	parentId: number | null;
	from: Day;
	to: Day | null;
}

/** What the registry says of the units a reorganisation names. */
export interface Registry {
	/** Units of the day before, by id. */
	before: ReadonlyMap<number, KnownUnit>;
	/** Units that stand on the day, by id: those it corrects begin there. */
	onDay: ReadonlyMap<number, KnownUnit>;
	/** Units named by the changes that change again after the day. */
	changedLater: ReadonlySet<number>;
}

/** The first word or words of a name that say what it is. */
const TITLES = ["Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã"] as const;

/** The kind word of an administrative unit's name: "Phường" of "Phường Ba Đình"; "" where there is none. */
export function titleOf(name: string): string {
	return TITLES.find((title) => name.startsWith(`${title} `)) ?? "";
}

/** Where a change ends: its unit or the key it makes; used to compare two ends. */
export function endOf(end: { unitId?: number; key?: string }): string {
	return end.unitId === undefined ? `key:${end.key}` : `unit:${end.unitId}`;
}

const LEVELS: Record<string, number> = { centre: 0, province: 1, district: 2, commune: 3, unassigned: 3 };

/**
 * What speaks against a list of changes on a day, before any figure is looked at: successors missing, shares that do not make a
 * whole, codes used twice, units that are not there or change again later. Rows are numbered as `rowOf` says (a file's lines).
 */
export function conflictsOf(
	changes: readonly Change[],
	on: Day,
	registry: Registry,
	rowOf: (position: number) => number | null = () => null,
): Conflict[] {
	const found: Conflict[] = [];
	const add = (code: string, text: string, position: number | null = null, level: "error" | "warning" = "error") =>
		found.push({ level, code, text, row: position === null ? null : rowOf(position) });
	const nameOf = (id: number) => registry.before.get(id)?.name ?? registry.onDay.get(id)?.name ?? `đơn vị ${id}`;
	const made = new Map(changes.flatMap((change) => (change.kind === "create" ? [[change.key, change] as const] : [])));
	if (changes.length === 0) add("reorganisation.empty", "Chưa có thay đổi nào.");

	changes.forEach((change, position) => {
		if (change.kind === "create") {
			checkEnd(change.parent, "Đơn vị cấp trên", position);
			return;
		}
		const unit = registry.before.get(change.unitId);
		if (!unit) add("unit.not_there", `Ngày ${displayDay(on)} không có ${nameOf(change.unitId)} để sắp xếp.`, position);
		if (registry.changedLater.has(change.unitId))
			add("unit.later_change", `${nameOf(change.unitId)} đã có thay đổi sau ngày ${displayDay(on)}.`, position);
		if (change.kind === "change" && change.parent) checkEnd(change.parent, "Đơn vị cấp trên", position);
		if (change.kind === "succeed") {
			checkEnd(change.successor, "Đơn vị tiếp nhận", position);
			const successor = change.successor.unitId ? registry.onDay.get(change.successor.unitId) : undefined;
			const kind = successor?.kind ?? made.get(change.successor.key ?? "")?.unitKind;
			const islands = unit?.kind === "district" && kind === "commune";
			if (unit && kind && LEVELS[unit.kind] !== LEVELS[kind] && !islands)
				add("unit.kinds_differ", `${unit.name} không thể nhập vào đơn vị khác cấp.`, position);
			if (change.share && change.document === "")
				add("share.document_missing", `${nameOf(change.unitId)}: tỷ lệ chia phải có văn bản kèm theo.`, position);
		}
	});

	function checkEnd(end: { unitId?: number; key?: string }, what: string, position: number) {
		if (end.unitId === undefined ? !made.has(end.key ?? "") : !registry.onDay.has(end.unitId))
			add("unit.successor_missing", `${what} không có vào ngày ${displayDay(on)}.`, position);
	}

	const ended = new Set(
		changes.flatMap((change) => (change.kind === "end" || change.kind === "succeed" ? [change.unitId] : [])),
	);
	found.push(
		...sharing(changes, nameOf, rowOf),
		...codesTwice(changes, registry, ended, rowOf),
		...endings(changes, registry, ended, rowOf),
	);
	return found;
}

/** Each unit goes whole to one, or in parts to several; declared shares are declared for all parts and make a whole. */
function sharing(
	changes: readonly Change[],
	nameOf: (id: number) => string,
	rowOf: (position: number) => number | null,
): Conflict[] {
	const found: Conflict[] = [];
	const parts = Map.groupBy(
		changes.flatMap((change, position) => (change.kind === "succeed" ? [{ ...change, position }] : [])),
		(change) => change.unitId,
	);
	for (const [unitId, hers] of parts) {
		const add = (code: string, text: string) =>
			found.push({
				level: "error",
				code,
				text: `${nameOf(unitId)}: ${text}`,
				row: rowOf(hers[hers.length - 1].position),
			});
		if (new Set(hers.map((one) => endOf(one.successor))).size < hers.length)
			add("successor.twice", "cùng một đơn vị tiếp nhận được ghi hai lần.");
		const whole = hers.filter((one) => one.part === "full").length;
		if (whole > 1 || (whole === 1 && hers.length > 1))
			add("successor.whole_twice", "đã nhập nguyên vẹn vào một đơn vị thì không thể còn phần ở đơn vị khác.");
		else if (whole === 0 && hers.length === 1)
			add("successor.part_alone", "mới có một phần, thiếu đơn vị tiếp nhận phần còn lại.");
		const shares = hers.flatMap((one) => one.share ?? []);
		if (shares.length > 0 && (shares.length < hers.length || !isWhole(shares)))
			add("share.sum", "tỷ lệ chia của các phần cộng lại phải đúng bằng 1 (100%).");
	}
	return found;
}

/** Whether fractions add up to one, exactly. */
export function isWhole(shares: readonly { numerator: number; denominator: number }[]): boolean {
	const common = shares.reduce((product, { denominator }) => product * BigInt(denominator), 1n);
	const sum = shares.reduce(
		(total, { numerator, denominator }) => total + (BigInt(numerator) * common) / BigInt(denominator),
		0n,
	);
	return sum === common;
}

/** A code belongs to one unit a day: among the units made, and those that stay. */
function codesTwice(
	changes: readonly Change[],
	registry: Registry,
	ended: ReadonlySet<number>,
	rowOf: (position: number) => number | null,
): Conflict[] {
	const changed = new Map(
		changes.flatMap((change) => (change.kind === "change" ? [[change.unitId, change] as const] : [])),
	);
	const bearers = new Map<string, string>();
	for (const unit of registry.onDay.values()) {
		const code = changed.get(unit.id)?.code ?? unit.code;
		if (code !== null && !ended.has(unit.id)) bearers.set(`${unit.kind} ${code}`, unit.name);
	}
	return changes.flatMap((change, position) => {
		if (change.kind !== "create") return [];
		const key = `${change.unitKind} ${change.code}`;
		const bearer = bearers.get(key);
		bearers.set(key, change.name);
		return bearer === undefined
			? []
			: [
					{
						level: "error" as const,
						code: "unit.code_twice",
						text: `Mã ${change.code} của ${change.name} đang là mã của ${bearer}.`,
						row: rowOf(position),
					},
				];
	});
}

/** A commune or province never ends without a successor; and nothing may be left standing under a unit that ends. */
function endings(
	changes: readonly Change[],
	registry: Registry,
	ended: ReadonlySet<number>,
	rowOf: (position: number) => number | null,
): Conflict[] {
	const placed = new Set(
		changes.flatMap((change) => (change.kind === "change" && change.parent ? [change.unitId] : [])),
	);
	const lost = changes.flatMap((change, position): Conflict[] => {
		if (change.kind !== "end") return [];
		const unit = registry.before.get(change.unitId);
		return unit && unit.kind !== "district"
			? [
					{
						level: "error",
						code: "successor.missing",
						text: `${unit.name} kết thúc mà không có đơn vị tiếp nhận.`,
						row: rowOf(position),
					},
				]
			: [];
	});
	const orphans = [...registry.onDay.values()].flatMap((unit): Conflict[] => {
		const parent = unit.parentId;
		if (parent === null || !ended.has(parent) || ended.has(unit.id) || placed.has(unit.id)) return [];
		if (!(unit.kind in LEVELS)) return [];
		return [
			{
				level: "error",
				code: "unit.parent_ends",
				text: `${unit.name} còn trực thuộc ${registry.before.get(parent)?.name ?? "đơn vị"} sẽ kết thúc. Hãy ghi đơn vị cấp trên mới.`,
				row: null,
			},
		];
	});
	return [...lost, ...orphans];
}
