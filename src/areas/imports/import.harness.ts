import type { TestDatabase } from "../../../test/kit.ts";
import type { Actor } from "../../db/actor.ts";
import { runImport } from "./import-run.ts";
import { type ImportReport, reportImport } from "./store-report.ts";
import { startImport } from "./store-start.ts";

/** The columns the import tests write, in order. */
export const HEADER = [
	"STT",
	"Họ và tên",
	"Ngày sinh",
	"Số CCCD",
	"Chi hội",
	"Ngày vào Hội",
	"Cư trú",
	"Tạm trú từ ngày",
	"Ngày ra khỏi Hội",
	"Lý do",
	"Số điện thoại",
];

/** One woman of a roster; what is not said is blank or usual. */
export interface Woman {
	name: string;
	birth?: string;
	id?: string;
	branch?: string;
	joined?: string;
	residence?: string;
	since?: string;
	left?: string;
	reason?: string;
	phone?: string;
}

/** A roster as CSV. */
export function rosterOf(women: readonly Woman[]): Buffer {
	const lines = women.map((woman, index) => [
		String(index + 1),
		woman.name,
		woman.birth ?? "15/08/1971",
		woman.id ?? "",
		woman.branch ?? "Chi hội thôn Đông",
		woman.joined ?? "08/03/2018",
		woman.residence ?? "Thường trú",
		woman.since ?? "",
		woman.left ?? "",
		woman.reason ?? "",
		woman.phone ?? "",
	]);
	return Buffer.from([HEADER, ...lines].map((line) => line.map((text) => `"${text}"`).join(";")).join("\n"));
}

/** So many women, each with a CCCD of her own that fits her birth. `from` keeps batches apart. */
export function womenOf(count: number, from = 0): Woman[] {
	return Array.from({ length: count }, (_, index) => {
		const number = from + index;
		return {
			name: `Lê Thị ${FIRST[number % FIRST.length]} ${FIRST[Math.floor(number / FIRST.length) % FIRST.length]}`,
			birth: `${String((number % 28) + 1).padStart(2, "0")}/0${(number % 9) + 1}/1971`,
			id: `001171${String(number + 1).padStart(6, "0")}`,
			branch: `Chi hội thôn ${(number % 3) + 1}`,
		};
	});
}

const FIRST = ["Hà", "Lan", "Huệ", "Mai", "Nga", "Yến", "Thu", "Vân", "Tâm", "Liên"];

/** Everything an import does, step by step, for one test database. */
export function importsOf(database: TestDatabase) {
	const start = (
		actor: Actor,
		unitId: number,
		bytes: Buffer,
		more: { asOf?: string; fileName?: string } = {},
	): Promise<{ id: string; resumed: boolean }> =>
		database.as(actor, (work) =>
			startImport(work, {
				unitId,
				asOf: more.asOf ?? work.today,
				fileName: more.fileName ?? "danh-sach.csv",
				source: bytes,
			}),
		);
	const run = (actor: Actor, id: string): Promise<void> => runImport(database, actor, id);
	const report = (actor: Actor, id: string): Promise<ImportReport> =>
		database.as(actor, (work) => reportImport(work, id));
	return {
		start,
		run,
		report,
		/** From the file to the end; answers the report and the import's id. */
		async whole(
			actor: Actor,
			unitId: number,
			bytes: Buffer,
			more: { asOf?: string; commit?: object } = {},
		): Promise<ImportReport & { id: string }> {
			const { id } = await start(actor, unitId, bytes, more);
			await database.call(actor, "imports.commit", { id, ...more.commit });
			await run(actor, id);
			return { ...(await report(actor, id)), id };
		},
		/** How many members of the roster the ledger counts in a unit on a day. */
		async counted(unitId: number, on: string): Promise<number> {
			const { rows } = await database.owner.query(
				"select coalesce(sum(value), 0)::int as n from calc.figures($1::date) where unit_id = $2 and component = 1",
				[on, unitId],
			);
			return rows[0].n;
		},
		/** Places where ledger and rows differ: none is the only good answer. */
		async differences(): Promise<number> {
			return (await database.owner.query("select * from calc.verify()")).rows.length;
		},
	};
}
