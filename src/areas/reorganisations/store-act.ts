import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Conflict, Reorganisation } from "./contract.ts";
import { moveState } from "./store-draft.ts";
import { conflictsNow, readChanges, requireReorganisation } from "./store-reading.ts";

interface Act {
	id: string;
	version: number;
}

/** The drafter is done: from now on the list stands as it is, and another person decides. Refused while something speaks against it. */
export async function submitReorganisation(work: Work, input: Act): Promise<Reorganisation> {
	const head = await requireReorganisation(work, input.id);
	refuseConflicts(await conflictsNow(work, head.on, await readChanges(work, input.id)));
	await moveState(work, input, ["draft"], { state: "submitted" });
	await work.audit({ action: "reorganisations.submit", unitId: head.unitId, detail: { id: input.id } });
	return requireReorganisation(work, input.id);
}

/** Another person than the drafter agrees (the machine's operator may do both). */
export async function approveReorganisation(work: Work, input: Act & { note: string }): Promise<Reorganisation> {
	const head = await requireReorganisation(work, input.id);
	const { rows } = await sql<{
		own: boolean;
	}>`select drafted_by = ${work.accountId} and not calc.may('system.operate') as own
		from app.reorganisation where id = ${input.id}`.execute(work.db);
	if (rows[0].own)
		throw new Problem(
			"reorganisation.own",
			403,
			"Người soạn không tự duyệt đợt sắp xếp của mình. Hãy nhờ người khác duyệt.",
		);
	await moveState(work, input, ["submitted"], { state: "approved", ...decision(work, input.note) });
	await work.audit({ action: "reorganisations.approve", unitId: head.unitId, detail: { id: input.id } });
	return requireReorganisation(work, input.id);
}

/** Back to the drafter, with the reason. */
export async function declineReorganisation(work: Work, input: Act & { note: string }): Promise<Reorganisation> {
	await moveState(work, input, ["submitted", "approved"], { state: "draft", ...decision(work, input.note) });
	await work.audit({ action: "reorganisations.decline", detail: { id: input.id } });
	return requireReorganisation(work, input.id);
}

export async function discardReorganisation(work: Work, input: Act): Promise<Reorganisation> {
	await moveState(work, input, ["draft", "submitted", "approved"], { state: "discarded" });
	await work.audit({ action: "reorganisations.discard", detail: { id: input.id } });
	return requireReorganisation(work, input.id);
}

/**
 * Carries an approved reorganisation out, whole or not at all: units, successions, ledger, figures and rights follow in this
 * transaction, and no member row is written.
 */
export async function applyReorganisation(work: Work, input: Act): Promise<Reorganisation> {
	const head = await requireVersion(work, input, "approved");
	refuseConflicts(await conflictsNow(work, head.on, await readChanges(work, input.id)));
	await sql`select calc.apply_reorganisation(${input.id})`.execute(work.db);
	await work.audit({
		action: "reorganisations.apply",
		unitId: head.unitId,
		detail: { id: input.id, changes: head.changes },
	});
	return requireReorganisation(work, input.id);
}

const DEPENDENTS: Record<string, string> = {
	registry: "danh mục đơn vị dựng sẵn và mọi số liệu từ ngày ấy dựa vào đợt này",
	later: "một đợt sắp xếp sau đã thay đổi các đơn vị này",
	units: "chi hội, CLB hoặc đơn vị của đợt này đã được chuyển, đổi tên hoặc lập thêm",
	members: "đã có hội viên ghi thẳng vào đơn vị mới",
	figures: "đơn vị mới đã có số liệu riêng",
	records: "đơn vị mới đã có báo cáo, chỉ tiêu, hồ sơ hoặc việc khác được ghi",
	accounts: "đơn vị mới đã có tài khoản",
};

/** Takes an applied reorganisation back, as if it had not been; refused once something depends on it, and says what. */
export async function undoReorganisation(work: Work, input: Act): Promise<Reorganisation> {
	const head = await requireVersion(work, input, "applied");
	const { rows } = await sql<{ what: string }>`select calc.reorganisation_dependents(${input.id}) as what`.execute(
		work.db,
	);
	if (rows.length > 0)
		throw new Problem(
			"reorganisation.depended_on",
			409,
			`Không thể hủy đợt sắp xếp: ${rows.map((row) => DEPENDENTS[row.what] ?? row.what).join("; ")}. Hãy soạn một đợt sắp xếp đính chính.`,
		);
	await sql`select calc.undo_reorganisation(${input.id})`.execute(work.db);
	await work.audit({ action: "reorganisations.undo", unitId: head.unitId, detail: { id: input.id } });
	return requireReorganisation(work, input.id);
}

function decision(work: Work, note: string) {
	return { decided_by: work.accountId, decided_at: sql`now()`, decision_note: note };
}

async function requireVersion(work: Work, input: Act, state: Reorganisation["state"]): Promise<Reorganisation> {
	const head = await requireReorganisation(work, input.id);
	if (head.version !== input.version || head.state !== state)
		throw new Problem("reorganisation.changed", 409, "Đợt sắp xếp này đã được người khác thay đổi. Hãy mở lại để xem.");
	return head;
}

/** The first error of the list as a Problem that names how many there are. */
export function refuseConflicts(conflicts: readonly Conflict[]): void {
	const errors = conflicts.filter((one) => one.level === "error");
	if (errors.length === 0) return;
	const more = errors.length > 1 ? ` (và ${errors.length - 1} lỗi khác)` : "";
	throw new Problem(
		errors[0].code,
		422,
		`${errors[0].row === null ? "" : `Dòng ${errors[0].row}: `}${errors[0].text}${more}`,
	);
}
