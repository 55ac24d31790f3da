import { sql } from "kysely";
import { displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import {
	ATTENDER_WORDS,
	CLUB_BASIS_WORDS,
	CRITERIA,
	CRITERION_WORDS,
	MEETING_FORM_WORDS,
	MEETING_KIND_WORDS,
	PAIR_FORM_WORDS,
	PROGRAMME_KIND_WORDS,
} from "./rules.ts";
import type { RegistryList } from "./rules-lists.ts";
import { meetings } from "./store-meetings.ts";
import { models } from "./store-models.ts";
import { programmes } from "./store-programmes.ts";
import { together } from "./store-together.ts";

/** A list as plain cells: what a workbook and a terminal both show. */
export interface Listing {
	unit: { name: string; code: string | null };
	on: string;
	columns: [head: string, width: number][];
	rows: (string | number | null)[][];
}

interface Asked {
	unitId?: number;
	unit?: string;
	on?: string;
}

/** Rows a list is given with at most; a longer one says so instead of ending without a word. */
const MOST = 10_000;

/** One of the area's lists of a unit as of a day, as whoever asks may see it. Throws `export.too_long` where it is longer than a file holds. */
export async function readListing(work: Work, list: RegistryList, asked: Asked): Promise<Listing> {
	const listing = await LISTS[list](work, asked);
	if (listing.rows.length < MOST) return listing;
	throw new Problem("export.too_long", 422, "Danh sách quá dài cho một tệp. Hãy xuất từng đơn vị trực thuộc.", {
		field: "unitId",
	});
}

const PAGE = { limit: MOST, offset: 0 };
const day = (value: string | null) => (value === null ? null : displayDay(value));
const PLACE: [string, number][] = [
	["Đơn vị", 34],
	["Xã, phường, đặc khu", 28],
];

const LISTS: Record<RegistryList, (work: Work, asked: Asked) => Promise<Listing>> = {
	async counts(work, asked) {
		const { unit, on, own, rows } = await models.counts(work, asked);
		const all = [...rows, { unitId: unit.id, kind: unit.kind, code: unit.code, name: "Cộng", counts: own }];
		return {
			unit,
			on,
			columns: [
				["Mã", 10],
				["Đơn vị", 34],
				["Số xã", 9],
				["Xã có mô hình", 10],
				["Mô hình", 10],
				["Người tham gia mô hình", 12],
				["Cặp “1+1” đang giúp nhau", 12],
				["Chi hội", 9],
				["Đạt đủ “3 có, 3 biết”", 12],
				["Chi hội, tổ", 10],
				["Quá 3 tháng chưa sinh hoạt", 14],
				["Buổi sinh hoạt", 10],
				["Hoạt động", 10],
				["Lượt hội viên", 12],
				["Lượt người khác", 12],
				["Chi hội có cán bộ dự", 12],
				["Nguyện vọng chưa trả lời", 12],
				["Đang bồi dưỡng vào Đảng", 12],
				["Giới thiệu với Đảng", 11],
				["Kết nạp Đảng", 10],
				["Xã có nguồn lực", 10],
				["Số tiền (đồng)", 18],
			],
			rows: all.map(({ code, name, counts: c }) => [
				code,
				name,
				c.communes,
				c.withModel,
				c.models,
				c.modelMembers,
				c.pairs,
				c.branches,
				c.branchesMetAll,
				c.leaves,
				c.leavesBehind,
				c.meetings,
				c.activities,
				c.membersPresent,
				c.othersPresent,
				c.branchesAttended,
				c.wishesOpen,
				c.fostering,
				c.introduced,
				c.admitted,
				c.reached,
				c.money,
			]),
		};
	},
	async models(work, asked) {
		const { unit, on, rows } = await models.list(work, { ...asked, ...PAGE, state: "all" });
		return {
			unit,
			on,
			columns: [
				["Mô hình", 36],
				["Loại", 32],
				["Tập hợp", 16],
				["Dành cho nhóm", 24],
				...PLACE,
				["Ngày thành lập", 13],
				["Ngày kết thúc", 13],
				["Người tham gia", 11],
				["Ai giúp, ai phối hợp", 30],
				["Ghi chú", 40],
			],
			rows: rows.map((row) => [
				row.name,
				row.kindWords,
				row.basis ? CLUB_BASIS_WORDS[row.basis] : null,
				row.groupWords,
				row.unitName,
				row.communeName,
				day(row.founded),
				day(row.ended),
				row.members,
				row.helpers,
				row.note,
			]),
		};
	},
	async without(work, asked) {
		const { unit, on, rows } = await models.without(work, { ...asked, notOver: false });
		return {
			unit,
			on,
			columns: [
				["Mã", 10],
				["Xã, phường, đặc khu", 34],
				["Thuộc", 34],
				["Tỷ lệ (%)", 10],
				["Còn thiếu", 10],
				["Mô hình khác", 10],
			],
			rows: rows.map((row) => [
				row.code,
				row.name,
				row.parent,
				row.rate === null ? null : Number(row.rate),
				row.missing,
				row.others,
			]),
		};
	},
	async pairs(work, asked) {
		const { unit, on, rows } = await models.pairs(work, { ...asked, ...PAGE, state: "all" });
		return {
			unit,
			on,
			columns: [
				["Hình thức", 50],
				["Bên giúp", 30],
				["Bên được giúp", 30],
				...PLACE,
				["Từ ngày", 12],
				["Kết thúc", 12],
				["Kết quả", 12],
				["Nội dung", 40],
			],
			rows: rows.map((row) => [
				row.form === "other" ? row.formWords : PAIR_FORM_WORDS[row.form],
				row.helper.words,
				row.helped.words,
				row.unitName,
				row.communeName,
				day(row.started),
				day(row.ended),
				row.succeeded === null ? null : row.succeeded ? "Đạt" : "Chưa đạt",
				row.result,
			]),
		};
	},
	async criteria(work, asked) {
		const { unit, on, rows } = await models.criteria(work, { ...asked, ...PAGE });
		return {
			unit,
			on,
			columns: [
				["Chi hội", 34],
				["Xã, phường, đặc khu", 28],
				["Đạt", 8],
				...CRITERIA.map((one): [string, number] => [CRITERION_WORDS[one], 18]),
			],
			rows: rows.map((row) => [
				row.unitName,
				row.communeName,
				row.met,
				...CRITERIA.map((one) => {
					const answer = row.answers[one];
					return answer ? `${answer.met ? "Đạt" : "Chưa đạt"} (${displayDay(answer.onDay)})` : null;
				}),
			]),
		};
	},
	async meetings(work, asked) {
		const { unit, on, rows } = await meetings.list(work, { ...asked, ...PAGE });
		return {
			unit,
			on,
			columns: [
				["Ngày", 12],
				...PLACE,
				["Loại", 22],
				["Hình thức", 14],
				["Chủ đề, nội dung", 50],
				["Hội viên", 10],
				["Người khác", 10],
			],
			rows: rows.map((row) => [
				day(row.onDay),
				row.unitName,
				row.communeName,
				MEETING_KIND_WORDS[row.kind],
				MEETING_FORM_WORDS[row.form],
				row.theme,
				row.members,
				row.others,
			]),
		};
	},
	async behind(work, asked) {
		const { unit, on, rows } = await meetings.behind(work, { ...asked, ...PAGE });
		return {
			unit,
			on,
			columns: [...PLACE, ["Loại", 10], ["Buổi gần nhất", 14]],
			rows: rows.map((row) => [
				row.unitName,
				row.communeName,
				row.kind === "group" ? "Tổ" : "Chi hội",
				day(row.lastMeeting),
			]),
		};
	},
	async attended(work, asked) {
		const { unit, on, rows } = await together.list(work, { ...asked, ...PAGE });
		return {
			unit,
			on,
			columns: [
				...PLACE,
				["Ai dự", 28],
				["Ngày dự kiến", 13],
				["Ngày đã dự", 13],
				["Điều hành", 10],
				["Bồi dưỡng về", 36],
				["Ghi chú", 40],
			],
			rows: rows.map((row) => [
				row.unitName,
				row.communeName,
				ATTENDER_WORDS[row.who],
				day(row.plannedOn),
				day(row.attendedOn),
				row.ran ? "Có" : null,
				row.coached,
				row.note,
			]),
		};
	},
	async unattended(work, asked) {
		const { unit, on, rows } = await together.unattended(work, { ...asked, ...PAGE, months: 6 });
		return {
			unit,
			on,
			columns: [...PLACE, ["Lần dự gần nhất", 14]],
			rows: rows.map((row) => [row.unitName, row.communeName, day(row.lastAttended)]),
		};
	},
	async wishes(work, asked) {
		const { unit, on, rows } = await together.wishes(work, { ...asked, ...PAGE, state: "all" });
		return {
			unit,
			on,
			columns: [["Ghi ngày", 12], ...PLACE, ["Nguyện vọng", 60], ["Trả lời ngày", 12], ["Trả lời", 60]],
			rows: rows.map((row) => [
				day(row.notedOn),
				row.unitName,
				row.communeName,
				row.words,
				day(row.answeredOn),
				row.answer,
			]),
		};
	},
	async programmes(work, asked) {
		const { unit, on, rows } = await programmes.list(work, { ...asked, ...PAGE, state: "all" });
		return {
			unit,
			on,
			columns: [
				["Tên", 44],
				["Loại", 22],
				["Đơn vị chủ trì", 30],
				["Nguồn, phối hợp", 30],
				["Từ ngày", 12],
				["Đến hết ngày", 12],
				["Số xã", 9],
				["Số tiền (đồng)", 18],
				["Đã phân cho xã (đồng)", 18],
			],
			rows: rows.map((row) => [
				row.name,
				PROGRAMME_KIND_WORDS[row.kind],
				row.unitName,
				row.source,
				day(row.from),
				day(row.until),
				row.communes,
				row.amount,
				row.named,
			]),
		};
	},
	async unreached(work, asked) {
		const { unit, on, rows } = await programmes.unreached(work, asked);
		return {
			unit,
			on,
			columns: [
				["Mã", 10],
				["Xã, phường, đặc khu", 34],
				["Thuộc", 34],
				["Tỷ lệ (%)", 10],
				["Còn thiếu", 10],
			],
			rows: rows.map((row) => [
				row.code,
				row.name,
				row.parent,
				row.rate === null ? null : Number(row.rate),
				row.missing,
			]),
		};
	},
};

/** Leaves a row in the log for a list with names that leaves the program. */
export async function noteListing(work: Work, list: RegistryList, unitId: number): Promise<void> {
	if (list !== "pairs" && list !== "wishes") return;
	const { rows } = await sql<{ ok: boolean }>`select calc.may_at('members.export', ${unitId}::integer) as ok`.execute(
		work.db,
	);
	if (!rows[0]?.ok)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xuất danh sách có tên hội viên.");
	await work.audit({ action: "models.export", unitId, detail: { list } });
}
