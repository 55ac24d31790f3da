import type { Day } from "../../core/day.ts";
import { displayDay } from "../../core/day.ts";
import type { DayPrecision } from "../../core/day-text.ts";
import { exactNameKey, identityKey } from "../../core/vietnamese.ts";
import { countingOf, type Period } from "../members/rules.ts";
import type { AmbiguousReason, ChangedField, ExistingMember, RosterMatch } from "../members/rules-roster-match.ts";
import { changesOf, rosterMatcher } from "../members/rules-roster-match.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";

/** A problem of a staged row: those of the reader, and those that only the database knows. */
export interface RowProblem {
	code: string;
	level: "error" | "warning" | "info";
	text: string;
}

/** What a person said of a row that could mean several women. */
export interface Answer {
	answer: "same" | "new" | "skip";
	spellId?: string;
}

/** A row ready to be planned. */
export interface PlannedInput {
	fields: RosterFields;
	problems: readonly RowProblem[];
	answer: Answer | null;
}

/** What is known of a number that belongs to a woman with a membership elsewhere. */
export interface Elsewhere {
	personId: string;
	identityKey: string;
	birth: Day | null;
	birthPrecision: DayPrecision;
	/** A member there now, or recorded as dead. */
	isOpen: boolean;
	/** The days on which she counts there. */
	counts: readonly Period[];
	commune: string;
}

export type Action = "add" | "update" | "skip" | "refuse" | "ask";

/** Whom a row means, without contents: what is stored beside it. */
export interface Match {
	reason?: AmbiguousReason;
	candidates?: string[];
	personId?: string;
	spellId?: string;
	changes?: ChangedField[];
	/** The woman is known by her number from another unit she has left: her record goes on. */
	claimed?: boolean;
}

export interface RowPlan {
	action: Action;
	problems: RowProblem[];
	match: Match;
}

/** What a row that could mean several women is asked with; also the code's end: `match.several`. */
const QUESTIONS: Record<AmbiguousReason, string> = {
	several: "Có nhiều hội viên trong xã trùng họ tên và ngày sinh: hãy chọn đúng người.",
	id_of_another: "Số CCCD/CMND này trong xã đang ghi cho người có họ tên và ngày sinh khác.",
	other_id: "Trùng họ tên và ngày sinh với một hội viên trong xã có số CCCD khác: cùng một người hay người mới?",
	weak: "Có thể là một hội viên cùng họ tên và năm sinh ở chi hội khác: cùng một người hay người mới?",
	ended_here: "Trong xã đã ghi nhận chị này ra khỏi Hội, nhưng danh sách vẫn còn.",
	listed_twice: "Danh sách ghi người này hai lần: cùng một người hay hai người?",
};

/** True of the problem of a row that is neither taken nor refused: it waits until a person says who it is. */
export function waitsForAnswer(problem: { code: string }): boolean {
	return Object.keys(QUESTIONS).some((reason) => problem.code === `match.${reason}`);
}

/** Problems that planning itself finds; they are found anew each time. */
const PLANNED = /^(match\.|id\.elsewhere$|id\.of_another$|id\.taken$)/;

/** Decides what some rows of one roster do, in the order of its rows; see {@link planRows}. */
export type RowPlanner = typeof planRows;

/**
 * Decides what each row does, given who is already in the commune and whose numbers are known elsewhere. `idKey` gives the form
 * in which numbers are compared (a fingerprint). Refused rows stay refused; a row that may mean several women asks, until
 * `answer` says.
 */
export function planRows(
	rows: readonly PlannedInput[],
	existing: readonly ExistingMember[],
	elsewhere: ReadonlyMap<string, Elsewhere>,
	idKey: (id: string) => string,
): RowPlan[] {
	return rowPlanner()(rows, existing, elsewhere, idKey);
}

/** {@link planRows} for a roster of any length, some rows at a time: it remembers whom earlier rows meant. */
export function rowPlanner(): RowPlanner {
	const match = rosterMatcher();
	return (rows, existing, elsewhere, idKey) => {
		const bySpell = new Map(existing.map((member) => [member.spellId, member]));
		const sound = rows.map((row) => !isRefused(row.problems.filter(isOfReader)));
		const matches = match(
			rows.filter((_, index) => sound[index]).map(({ fields }) => fields),
			existing,
			idKey,
		).values();
		return rows.map((row, index) => {
			const problems = row.problems.filter(isOfReader);
			if (!sound[index]) return { action: "refuse", problems, match: {} };
			const matched = matches.next().value as RosterMatch;
			// Nearly all rows of a new roster, and nothing is to be looked up for them.
			if (matched.kind === "new" && !row.answer && elsewhere.size === 0)
				return { ...addition(row.fields, matched.personId, null), problems };
			const id = row.fields.nationalId === null ? null : idKey(row.fields.nationalId);
			const planned = planOf(row, matched, id, bySpell, (id !== null && elsewhere.get(id)) || null);
			return { ...planned, problems: [...planned.problems, ...problems] };
		});
	};
}

function isOfReader(problem: RowProblem): boolean {
	return !PLANNED.test(problem.code);
}

/** True when a problem keeps the row in staging. */
export function isRefused(problems: readonly RowProblem[]): boolean {
	return problems.some(({ level }) => level === "error");
}

function planOf(
	row: PlannedInput,
	match: RosterMatch,
	id: string | null,
	bySpell: ReadonlyMap<string, ExistingMember>,
	elsewhere: Elsewhere | null,
): RowPlan {
	if (row.answer?.answer === "skip") return { action: "skip", problems: [], match: {} };
	if (match.kind === "ambiguous") return answered(row, match, id, bySpell, elsewhere);
	if (match.kind === "update") return updating(row.fields, bySpell.get(match.spellId) as ExistingMember, match.changes);
	if (match.kind === "unchanged")
		return { action: "skip", problems: [], match: { spellId: match.spellId, personId: match.personId } };
	return addition(row.fields, match.personId, elsewhere);
}

function addition(fields: RosterFields, personId: string | undefined, elsewhere: Elsewhere | null): RowPlan {
	if (personId) return { action: "add", problems: [], match: { personId } };
	if (!elsewhere) return { action: "add", problems: [], match: {} };
	const problem = elsewhereProblem(fields, elsewhere);
	if (problem) return { action: "refuse", problems: [problem], match: {} };
	return { action: "add", problems: [], match: { personId: elsewhere.personId, claimed: true } };
}

function answered(
	row: PlannedInput,
	match: Extract<RosterMatch, { kind: "ambiguous" }>,
	id: string | null,
	bySpell: ReadonlyMap<string, ExistingMember>,
	elsewhere: Elsewhere | null,
): RowPlan {
	const candidates = match.candidates.map(({ spellId }) => spellId);
	const asks: RowPlan = {
		action: "ask",
		problems: [{ code: `match.${match.reason}`, level: "error", text: QUESTIONS[match.reason] }],
		match: { reason: match.reason, candidates },
	};
	if (!row.answer) return asks;
	if (row.answer.answer === "new") {
		const isTaken =
			id !== null && candidates.some((spellId) => bySpell.get(spellId)?.ids.some(({ key }) => key === id));
		return isTaken ? { action: "refuse", problems: [ID_TAKEN], match: {} } : addition(row.fields, undefined, elsewhere);
	}
	const chosen = row.answer.spellId ?? (candidates.length === 1 ? candidates[0] : undefined);
	const member = chosen === undefined ? undefined : bySpell.get(chosen);
	if (!member || !candidates.includes(member.spellId)) return asks;
	const changes = changesOf(row.fields, id, member);
	if (match.reason === "ended_here" && member.left !== null && row.fields.left === null) changes.push("left");
	return updating(row.fields, member, changes);
}

function updating(fields: RosterFields, member: ExistingMember, changes: ChangedField[]): RowPlan {
	const { spellId, personId } = member;
	if (changes.length === 0) return { action: "skip", problems: [], match: { spellId, personId } };
	const joined = changes.includes("joined") ? fields.joined : member.joined;
	const left = changes.includes("left") ? fields.left : member.left;
	if (left !== null && joined !== null && left < joined)
		return { action: "refuse", problems: [ENDS_BEFORE], match: {} };
	return { action: "update", problems: [], match: { spellId, personId, changes } };
}

const ENDS_BEFORE: RowProblem = {
	code: "match.left_before_joined",
	level: "error",
	text: "Ngày ra khỏi Hội trước ngày vào Hội đã ghi của chị này. Hãy kiểm tra lại cả hai ngày.",
};

const ID_TAKEN: RowProblem = {
	code: "id.taken",
	level: "error",
	text: "Số CCCD/CMND này đã ghi cho một hội viên khác trong xã. Hãy kiểm tra lại số rồi sửa dòng này.",
};

/** What is advised where her membership elsewhere is open: only then there is someone to let her go. */
export const ASK_FOR_HER = "Hãy đề nghị chuyển sinh hoạt Hội.";

/** Why a woman known elsewhere by her number cannot be a member here by this row; null where she can (R3). */
export function elsewhereProblem(fields: RosterFields, elsewhere: Elsewhere): RowProblem | null {
	const overlaps = claimsOf(fields).some((mine) => elsewhere.counts.some((theirs) => meet(mine, theirs)));
	if (elsewhere.isOpen || overlaps) {
		const until = elsewhere.isOpen ? null : (elsewhere.counts.at(-1)?.to ?? null);
		return {
			code: "id.elsewhere",
			level: "error",
			text: `Số CCCD/CMND này thuộc hội viên của ${elsewhere.commune}${until ? `, được tính ở đó đến trước ngày ${displayDay(until)}` : ""}. ${
				until ? "Hãy sửa ngày vào Hội ở xã." : ASK_FOR_HER
			}`,
		};
	}
	const fits = elsewhere.identityKey === identityKey(fields.name) || sameBirth(fields, elsewhere);
	return fits
		? null
		: {
				code: "id.of_another",
				level: "error",
				text: `Số CCCD/CMND này trước đây ghi cho người có họ tên và ngày sinh khác${elsewhere.commune ? ` (${elsewhere.commune})` : ""}. Hãy kiểm tra lại số.`,
			};
}

function sameBirth(fields: RosterFields, other: { birth: Day | null; birthPrecision: DayPrecision }): boolean {
	if (fields.birth === null || other.birth === null) return false;
	const isYear = fields.birthPrecision !== "day" || other.birthPrecision !== "day";
	return isYear ? fields.birth.slice(0, 4) === other.birth.slice(0, 4) : fields.birth === other.birth;
}

/** The days a row claims, were she a member nowhere else (R2). */
export function claimsOf(fields: RosterFields): Period[] {
	return countingOf(
		[
			{
				id: "row",
				stage: "recognised",
				joined: fields.joined as Day,
				left: fields.left,
				residences: [residenceOf(fields)],
			},
		],
		{
			honorary: false,
		},
	).get("row") as Period[];
}

/** Her residence as the row tells it. */
export function residenceOf(fields: RosterFields): {
	kind: "permanent" | "temporary";
	start: Day | null;
	until: Day | null;
} {
	return { kind: fields.residence, start: fields.residenceStart, until: null };
}

function meet(a: Period, b: Period): boolean {
	return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to);
}

/**
 * How many of the rows can be written together: up to the first that may mean a woman an earlier one has just made, so that
 * it finds her in the database.
 */
export function independentRows(rows: readonly { fields: RosterFields }[]): number {
	const seen = new Set<string>();
	for (const [index, { fields }] of rows.entries()) {
		const key = fields.nationalId ?? `${exactNameKey(fields.name)}|${fields.birth}`;
		if (seen.has(key)) return index;
		seen.add(key);
	}
	return rows.length;
}
