import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { ReportHead } from "./rules-content.ts";
import type { Figures } from "./rules-figures.ts";
import { countsIn, remade, sha256 } from "./store-making.ts";

/**
 * A frozen copy of a report word for word, with its hash; and whether its stored inputs, counted again now, give the same bytes. Without
 * a number the one that stands.
 */
export async function readFrozen(work: Work, input: { reportId: string; seq?: number }) {
	const { rows } = await sql<{
		seq: number;
		content: Buffer;
		inputs: Buffer;
		sha256: string;
		rules: number;
		mapDay: string;
		approvedBy: string;
		approvedAt: string;
	}>`select f.seq, c.content, c.inputs, encode(c.sha256, 'hex') as sha256, c.rules, c.map_day::text as "mapDay",
			calc.account_name(f.approved_by) as "approvedBy", f.approved_at as "approvedAt"
		from app.report_frozen f join app.report_copy c on c.id = f.copy_id
		where f.report_id = ${input.reportId} and (${input.seq ?? null}::integer is null or f.seq = ${input.seq ?? null}::integer)
		order by f.seq desc limit 1`.execute(work.db);
	if (!rows[0]) throw new Problem("report.not_frozen", 404, "Báo cáo này chưa được duyệt nên chưa có số đã chốt.");
	const { content, inputs, ...frozen } = rows[0];
	const head = JSON.parse(content.toString()) as ReportHead;
	const again = remade(inputs, await figuresBelow(work, head));
	return { ...frozen, content: content.toString(), same: again.equals(content) && sha256(content) === frozen.sha256 };
}

/** The figures of the frozen reports a report was made of, in its order. */
async function figuresBelow(work: Work, { below }: ReportHead): Promise<Figures[]> {
	const { rows } = await sql<{ report: string; seq: number; content: Buffer }>`
		select f.report_id as report, f.seq, c.content from unnest(${below.map(({ report }) => report)}::uuid[], ${below.map(({ seq }) => seq)}::integer[])
			as n(report, seq) join app.report_frozen f on f.report_id = n.report and f.seq = n.seq join app.report_copy c on c.id = f.copy_id`.execute(
		work.db,
	);
	const found = new Map(rows.map(({ report, seq, content }) => [`${report} ${seq}`, content]));
	return below.map(({ report, seq }) => {
		const content = found.get(`${report} ${seq}`);
		if (!content)
			throw new Problem(
				"access.denied",
				403,
				"Báo cáo này cộng từ báo cáo của đơn vị mà tài khoản của chị không xem được.",
			);
		return countsIn(content);
	});
}
