import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { addDays, displayDay } from "../src/core/day.ts";
import { writeWorkbook } from "../src/sheets/write.ts";

/** The columns of the synthetic rosters, in order. */
export const HEADER = [
	"Họ và tên",
	"Ngày sinh",
	"Số CCCD",
	"Chi hội",
	"Ngày vào Hội",
	"Cư trú",
	"Tạm trú từ",
	"Số điện thoại",
];

const words = (text: string) => text.split(" ");
const FAMILIES = words(
	"Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Lương Hà Cao Tạ Lò",
);
const MIDDLES = words(
	"Thị Thị_Thu Thị_Minh Thị_Ngọc Thị_Kim Thị_Thanh Thị_Mỹ Thị_Hồng Thị_Bích Thị_Phương Ngọc Thu Thanh Kim Thị_Xuân Thị_Tuyết",
);
const GIVENS = words(
	"Hà Lan Huệ Mai Nga Yến Thu Vân Tâm Liên Hương Hạnh Hoa Hồng Hằng Huyền Linh Loan Lý Minh Nguyệt Nhung Oanh Phượng Quyên Sen Thảo Thắm Thủy Thúy Thương Trang Trâm Trinh Tuyết Tú Uyên Xuân Ánh Ái Bình Chi Cúc Diễm Dung Duyên Đào Giang Gấm Hiền Hòa Khánh Khuyên Kiều Lài Lệ Luyến Mận My Na Ngân Ngọc Nhàn Nhã Như Nụ Phúc Quỳnh Sương Thanh Thoa Thơm Tình Tươi Vinh Vui Xoan Ý",
);

/**
 * One woman of a synthetic roster by her number, always the same: names as common as in life, a CCCD whose century, sex and
 * year fit her birth and that nobody else of the file has, one in ten a temporary resident, two in five with a phone.
 */
export function womanOf(number: number, women: number, branchSize = 300): string[] {
	const dice = mixed(number);
	const name = [pick(FAMILIES, dice), pick(MIDDLES, dice >>> 5), pick(GIVENS, mixed(dice))].join(" ").replace("_", " ");
	const birth = addDays("1950-01-01", (dice >>> 3) % 18_000);
	const joined = addDays("2008-01-01", mixed(dice + 1) % 6_000);
	const adult = addDays(birth, 18 * 366);
	const year = Number(birth.slice(0, 4));
	const isTemporary = number % 10 === 7;
	const id = `0${10 + (number % 80)}${year < 2000 ? 1 : 3}${birth.slice(2, 4)}${String(Math.floor(number / 80) + 100_000).slice(-6)}`;
	return [
		name,
		displayDay(birth),
		id,
		`Chi hội thôn ${(number % Math.ceil(women / branchSize)) + 1}`,
		displayDay(joined > adult ? joined : adult),
		isTemporary ? "Tạm trú" : "Thường trú",
		isTemporary ? "01/02/2024" : "",
		number % 5 < 2 ? `09${String(10_000_000 + (mixed(dice + 2) % 80_000_000))}` : "",
	];
}

/** A roster of so many women as CSV; `from` keeps files apart. */
export async function writeCsv(file: string, women: number, from = 0): Promise<void> {
	function* lines() {
		let batch = `${HEADER.join(",")}\r\n`;
		for (let n = 0; n < women; n++) {
			batch += `${womanOf(from + n, women).join(",")}\r\n`;
			if (batch.length > 65_536) {
				yield batch;
				batch = "";
			}
		}
		yield batch;
	}
	await pipeline(lines(), createWriteStream(file));
}

/** The same as XLSX. */
export async function writeXlsx(file: string, women: number, from = 0): Promise<void> {
	function* rows() {
		for (let n = 0; n < women; n++) yield womanOf(from + n, women);
	}
	const columns = HEADER.map((header) => ({ header }));
	await pipeline(writeWorkbook([{ name: "Hội viên", columns, rows: rows() }]), createWriteStream(file));
}

function pick(list: readonly string[], dice: number): string {
	return list[dice % list.length] as string;
}

/** A number's scrambled double: the same for the same, evenly spread. */
function mixed(number: number): number {
	let bits = Math.imul(number ^ 0x9e3779b9, 0x85ebca6b);
	bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
	return (bits ^ (bits >>> 16)) >>> 0;
}
