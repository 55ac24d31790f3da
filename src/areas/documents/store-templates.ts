import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import { nfc } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { letterheadOf } from "../units/rules-letterhead.ts";
import { requireUnit, showUnit } from "../units/store-reading.ts";
import type { ShownTemplate } from "./contract.ts";
import { DOCUMENT_KINDS, DOCUMENT_LEVELS, type DocumentKind, type DocumentLevel, isIssuedBy } from "./rules-kinds.ts";
import { refuseFaults } from "./rules-paper.ts";
import {
	defaultLetterhead,
	defaultTemplate,
	type Letterhead,
	OWN_PARTS,
	TEMPLATE_LABELS,
	type Template,
} from "./rules-templates.ts";

/** Whose words: a unit's own (default: one's own unit), or those of a level. */
interface Whose {
	unitId?: number;
	level?: DocumentLevel;
}

/** What is kept of changed words. */
interface Kept<Words> {
	words: Partial<Words>;
	version: number;
	changedBy: string | null;
	changedAt: string | null;
}

const UNCHANGED = { words: {}, version: 0, changedBy: null, changedAt: null };
const ALL_PARTS = Object.keys(TEMPLATE_LABELS) as (keyof Template)[];

/** The template a unit's document of a kind is made by: the program's, changed by the centre for the level, changed by the unit. */
export async function readTemplate(
	work: Work,
	{ unitId, level, kind }: { unitId: number; level: DocumentLevel; kind: DocumentKind },
): Promise<Template> {
	const kept = await readKept<Template>(work, unitId, level);
	return { ...defaultTemplate(kind, level), ...kept.of(kind, "level").words, ...kept.of(kind, "own").words };
}

/** What a unit puts on all its papers. */
export async function readLetterhead(
	work: Work,
	{ unitId, level, place }: { unitId: number; level: DocumentLevel; place: string },
): Promise<Letterhead & { version: number }> {
	const kept = (await readKept<Letterhead>(work, unitId, level)).of("letterhead", "own");
	return { ...defaultLetterhead(level, place), ...kept.words, version: kept.version };
}

/** Every template of a unit or a level, with what may be changed there; of a unit with its letterhead. */
export async function listTemplates(work: Work, input: Whose) {
	const rights = await rightsOf(work, input.unitId);
	if (input.level) {
		const templates = await shownTemplates(work, null, input.level);
		return {
			unit: null,
			level: input.level,
			letterhead: null,
			templates,
			mayWrite: rights.writesLevels,
			mayWriteLevels: rights.writesLevels,
		};
	}
	const { unit, level, place } = await requireIssuingUnit(work, input.unitId);
	const own = input.unitId === undefined ? await rightsOf(work, unit.id) : rights;
	return {
		unit: { unitId: unit.id, name: unit.name },
		level,
		letterhead: await readLetterhead(work, { unitId: unit.id, level, place }),
		templates: await shownTemplates(work, unit.id, level),
		mayWrite: own.writes,
		mayWriteLevels: own.writesLevels,
	};
}

/** Every wording of a template as it was saved, the latest first: to go back to one, it is saved again. */
export async function templateHistory(work: Work, input: Whose & { kind: DocumentKind }) {
	const unitId = input.level ? null : (await requireIssuingUnit(work, input.unitId)).unit.id;
	const level = input.level ?? (await requireIssuingUnit(work, input.unitId)).level;
	const shown = (await shownTemplates(work, unitId, level)).find(({ kind }) => kind === input.kind);
	if (!shown) return [];
	const { rows } = await sql<{
		version: number;
		words: Partial<Template>;
		changedBy: string | null;
		changedAt: string;
	}>`
		select version, words, calc.account_name(changed_by) as "changedBy", to_json(changed_at)#>>'{}' as "changedAt"
		from app.document_template_change where unit_id is not distinct from ${unitId}::integer and level = ${level} and kind = ${input.kind}
		order by version desc`.execute(work.db);
	return rows.map(({ words, ...row }) => ({
		...row,
		words: { ...shown.defaults, ...words },
		parts: Object.keys(words).map((part) => TEMPLATE_LABELS[part as keyof Template] ?? part),
	}));
}

async function shownTemplates(work: Work, unitId: number | null, level: DocumentLevel): Promise<ShownTemplate[]> {
	const kept = await readKept<Template>(work, unitId, level);
	return DOCUMENT_KINDS.filter((kind) => isIssuedBy(kind, level)).map((kind) => {
		const program = defaultTemplate(kind, level);
		const ofLevel = kept.of(kind, "level");
		const here = unitId === null ? ofLevel : kept.of(kind, "own");
		const defaults = unitId === null ? program : { ...program, ...ofLevel.words };
		const { words, version, changedBy, changedAt } = here;
		return {
			kind,
			words: { ...defaults, ...words },
			defaults,
			parts: unitId === null ? ALL_PARTS : [...OWN_PARTS],
			version,
			changedBy,
			changedAt,
		};
	});
}

/**
 * Changes words, of a unit or of a level; a part that is again as it was before is no change any more. Throws `template.field` for an unknown or broken
 * field, `template.part` for a part that is the centre's to word, `template.changed` where someone else has changed them meanwhile.
 */
export async function setTemplate(
	work: Work,
	input: Whose & { kind: DocumentKind; words: Partial<Template>; version: number },
): Promise<{ version: number }> {
	const { kind, version } = input;
	refuseFaults(kind, input.words);
	const { unitId, level } = await requireWritable(work, input);
	if (!isIssuedBy(kind, level))
		throw new Problem("document.level", 422, "Cấp này không lập văn bản đó.", { field: "kind" });
	const [shown] = (await shownTemplates(work, unitId, level)).filter((one) => one.kind === kind) as [ShownTemplate];
	const given = Object.entries(input.words) as [keyof Template, string][];
	const foreign = given.find(([part, words]) => !shown.parts.includes(part) && nfc(words) !== shown.defaults[part]);
	if (foreign)
		throw new Problem(
			"template.part",
			422,
			`“${TEMPLATE_LABELS[foreign[0]]}” theo mẫu chung của Trung ương Hội. Đơn vị chỉ sửa đầu văn bản, ký hiệu, kính gửi, phần ký và nơi nhận.`,
			{ field: foreign[0] },
		);
	const all = { ...shown.words, ...Object.fromEntries(given.map(([part, words]) => [part, nfc(words)])) };
	const words = Object.fromEntries(
		shown.parts.flatMap((part) => (all[part] === shown.defaults[part] ? [] : [[part, all[part]]])),
	);
	await keep(work, { unitId, level, kind, words, version });
	await work.audit({
		action: "documents.setTemplate",
		unitId,
		detail: { kind, level, parts: Object.keys(words).length },
	});
	return { version: version + 1 };
}

/** Changes what a unit puts on all its papers. */
export async function setLetterhead(
	work: Work,
	{ unitId, version, ...facts }: Letterhead & { unitId: number; version: number },
): Promise<{ version: number }> {
	const { level } = await requireWritable(work, { unitId });
	const words = Object.fromEntries(Object.entries(facts).map(([part, fact]) => [part, nfc(fact)]));
	await keep(work, { unitId, level, kind: "letterhead", words, version });
	await work.audit({ action: "documents.setLetterhead", unitId });
	return { version: version + 1 };
}

async function keep(
	work: Work,
	{
		unitId,
		level,
		kind,
		words,
		version,
	}: { unitId: number | null; level: string; kind: string; words: object; version: number },
): Promise<void> {
	const json = JSON.stringify(words);
	const { numAffectedRows } =
		version === 0
			? await sql`insert into app.document_template (id, unit_id, level, kind, words, changed_by)
				values (${uuidv7()}::uuid, ${unitId}::integer, ${level}, ${kind}, ${json}::jsonb, ${work.accountId}::uuid)
				on conflict on constraint document_template_one do nothing`.execute(work.db)
			: await sql`update app.document_template set words = ${json}::jsonb, version = version + 1,
					changed_by = ${work.accountId}::uuid, changed_at = clock_timestamp()
				where unit_id is not distinct from ${unitId}::integer and level = ${level} and kind = ${kind} and version = ${version}`.execute(
					work.db,
				);
	if (Number(numAffectedRows) !== 1)
		throw new Problem("template.changed", 409, "Người khác vừa sửa mẫu này. Hãy tải lại trang, xem bản mới rồi sửa.");
	await sql`insert into app.document_template_change (id, unit_id, level, kind, words, version, changed_by)
		values (${uuidv7()}::uuid, ${unitId}::integer, ${level}, ${kind}, ${json}::jsonb, ${version + 1}, ${work.accountId}::uuid)`.execute(
		work.db,
	);
}

async function readKept<Words>(work: Work, unitId: number | null, level: DocumentLevel) {
	const { rows } = await sql<Kept<Words> & { kind: string; isOwn: boolean }>`
		select kind, unit_id is not null as "isOwn", words, version, calc.account_name(changed_by) as "changedBy",
			to_json(changed_at)#>>'{}' as "changedAt"
		from app.document_template where level = ${level} and (unit_id is null or unit_id = ${unitId}::integer)`.execute(
		work.db,
	);
	return {
		of: (kind: string, whose: "own" | "level"): Kept<Words> =>
			rows.find((row) => row.kind === kind && row.isOwn === (whose === "own")) ?? (UNCHANGED as Kept<Words>),
	};
}

async function requireWritable(
	work: Work,
	{ unitId, level }: Whose,
): Promise<{ unitId: number | null; level: DocumentLevel }> {
	if ((unitId === undefined) === (level === undefined))
		throw new Problem("template.whose", 422, "Hãy chọn một đơn vị, hoặc mẫu chung của một cấp.", { field: "unitId" });
	const rights = await rightsOf(work, unitId);
	if (level ? !rights.writesLevels : !rights.writes)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền sửa mẫu văn bản này.");
	return level
		? { unitId: null, level }
		: { unitId: unitId as number, level: (await requireIssuingUnit(work, unitId)).level };
}

/** Whether the one acting writes the papers of a unit, and those of the levels. */
export async function rightsOf(
	work: Work,
	unitId: number | undefined,
): Promise<{ writes: boolean; writesLevels: boolean }> {
	const { rows } = await sql<{ writes: boolean; writesLevels: boolean }>`
		select coalesce(calc.may_at('documents.write', ${unitId ?? null}::integer), false) as writes,
			calc.may_at('documents.write', (select id from app.unit where kind = 'centre')) as "writesLevels"`.execute(
		work.db,
	);
	return rows[0] as (typeof rows)[number];
}

/** A unit that issues documents (default: one's own) and whose papers she may see, its level, and where it stands. */
export async function requireIssuingUnit(work: Work, unitId: number | undefined) {
	const unit = await requireUnit(work, { id: unitId ?? (await ownUnit(work)) });
	const { rows } = await sql<{ ok: boolean }>`select calc.may_at('gathering.read', ${unit.id}::integer) as ok`.execute(
		work.db,
	);
	if (!rows[0]?.ok)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem văn bản của đơn vị này.");
	const level = DOCUMENT_LEVELS.find((one) => one === unit.kind);
	if (!level)
		throw new Problem(
			"document.level",
			422,
			"Văn bản do Hội các cấp và Cụm thi đua ban hành; chi hội, tổ, CLB, cơ sở đặc thù không lập văn bản ở đây.",
			{ field: "unitId" },
		);
	const { unit: shown } = await showUnit(work, unit, work.today);
	return { unit, level, place: letterheadOf(shown).place };
}

async function ownUnit(work: Work): Promise<number> {
	const { rows } = await sql<{
		id: number;
	}>`select coalesce(${work.actingFor}::integer, unit_id) as id
		from app.account where id = ${work.accountId}::uuid`.execute(work.db);
	if (rows[0]?.id) return rows[0].id;
	throw new Problem("unit.not_found", 404, "Hãy chọn đơn vị.", { field: "unitId" });
}
