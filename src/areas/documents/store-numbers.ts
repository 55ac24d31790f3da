import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import { nfc } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import type { DocumentNumber } from "./contract.ts";
import { REGISTERS, type Register } from "./rules-kinds.ts";
import { requireIssuingUnit, rightsOf } from "./store-templates.ts";

const COLUMNS = sql.raw(`id, unit_id as "unitId", year, register, number, document_on::text as "documentOn", about,
	calc.account_name(taken_by) as "takenBy", to_json(taken_at)#>>'{}' as "takenAt"`);

/** The numbers a unit has taken in a year, the latest first, and what comes next in each register. */
export async function listNumbers(work: Work, input: { unitId?: number; year?: number }) {
	const { unit } = await requireIssuingUnit(work, input.unitId);
	const year = input.year ?? Number(work.today.slice(0, 4));
	const { rows } = await sql<DocumentNumber>`select ${COLUMNS} from app.document_number
		where unit_id = ${unit.id} and year = ${year} order by taken_at desc`.execute(work.db);
	const next = REGISTERS.map((register) => ({
		register,
		number: 1 + Math.max(0, ...rows.filter((row) => row.register === register).map(({ number }) => number)),
	}));
	return { year, rows, next, mayWrite: (await rightsOf(work, unit.id)).writes };
}

/**
 * Takes the next number of a register: from 01 on each 1 January, by the day the document bears (decree 30, article 15). Two who take one
 * at once wait for each other.
 */
export async function takeNumber(
	work: Work,
	input: { unitId: number; register: Register; about: string; documentOn?: Day },
): Promise<DocumentNumber> {
	const { unit } = await requireIssuingUnit(work, input.unitId);
	if (!(await rightsOf(work, unit.id)).writes)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền lấy số văn bản của đơn vị này.");
	const on = input.documentOn ?? work.today;
	if (on > work.today || on < "2017-01-01")
		throw new Problem("document.day", 422, "Ngày văn bản phải từ 01/01/2017 đến hôm nay.", { field: "documentOn" });
	const year = Number(on.slice(0, 4));
	await sql`select pg_advisory_xact_lock(7426, ${unit.id})`.execute(work.db);
	const { rows } = await sql<DocumentNumber>`
		insert into app.document_number (id, unit_id, year, register, number, document_on, about, taken_by)
		select ${uuidv7()}::uuid, ${unit.id}, ${year}::integer, ${input.register}, coalesce(max(number), 0) + 1, ${on}::date,
			${nfc(input.about)}, ${work.accountId}::uuid
		from app.document_number where unit_id = ${unit.id} and year = ${year} and register = ${input.register}
		returning ${COLUMNS}`.execute(work.db);
	const [taken] = rows as [DocumentNumber];
	await work.audit({
		action: "documents.takeNumber",
		unitId: unit.id,
		detail: { year, register: input.register, number: taken.number },
	});
	return taken;
}

/** The number of a document of a unit. */
export async function requireNumber(
	work: Work,
	unitId: number,
	id: string,
): Promise<{ number: number; documentOn: Day }> {
	const { rows } = await sql<{ number: number; documentOn: Day }>`select number, document_on::text as "documentOn"
		from app.document_number where id = ${id}::uuid and unit_id = ${unitId}`.execute(work.db);
	if (rows[0]) return rows[0];
	throw new Problem(
		"document.number",
		404,
		"Không có số văn bản này trong sổ của đơn vị. Hãy lấy số khác, hoặc để trống số.",
		{
			field: "number",
		},
	);
}
