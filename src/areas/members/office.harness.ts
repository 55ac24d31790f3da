import { type OutCell, type OutSheet, workbookBytes } from "../../sheets/write.ts";

/**
 * A roster as offices have them: one sheet of the north in TCVN3 fonts (capitals by `.VnTimeH`), one of the south in VNI, one in
 * Unicode; a two-line merged head, days as days, as text and as a year, IDs that lost their zero. All names are made up. None begins
 * a word with a letter for which TCVN3 has no capital (Ổ, Ấ …): those stand as small letters in `.VnTime`, and stay so.
 */
export const OFFICE_NAMES = [
	"Đặng Thị Ánh Nguyệt",
	"Bùi Thị Thuỳ Dương",
	"Trần Thị Hường",
	"Nguyễn Thị Ngọc Diễm",
	"Phạm Thị Nổi",
	"Lê Thị Mẫn",
	"Võ Thị Kiều Oanh",
	"Huỳnh Thị Bưởi",
	"Đỗ Thị Thảo Quyên",
	"Hoàng Thị Phương Lựu",
	"Vũ Thị Ngần",
	"Lý Thị Chẳn",
	"Tống Thị Hằng",
	"Quách Thị Gấm",
	"Hồ Thị Sửu",
	"Mạc Thị Kỷ",
	"Đinh Thị Lý Xuân",
	"Phùng Thị Mỹ Hậu",
	"Giàng Thị Dở",
	"Lương Thị Nhẫn",
	"Tạ Thị Lệ",
	"Cù Thị Xuyến",
];

/** TCVN3 and VNI in the Latin-1 characters a spreadsheet holds them as; what TCVN3 has no capital for comes as its lower case. */
const TCVN3 = pairs(
	"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
	"µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
);
const VNI_TONE: Record<string, string> = { "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï" };
const VNI_ALONE = pairs("íìỉĩịỵđơư", "íìæóòîñôö");
const VNI_BOTH: Record<string, Record<string, string>> = {
	"\u0302": { "": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä" },
	"\u0306": { "": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë" },
};

export function toTcvn3(text: string): string {
	return text.replace(/./gu, (letter) => TCVN3.get(letter) ?? TCVN3.get(letter.toLowerCase()) ?? letter);
}

export function toVni(text: string): string {
	return text.replace(/./gu, (letter) => {
		const written = vniLetter(letter.toLowerCase());
		return letter === letter.toLowerCase() ? written : written.toUpperCase();
	});
}

function vniLetter(letter: string): string {
	const alone = VNI_ALONE.get(letter);
	if (alone) return alone;
	const [base, ...marks] = letter.normalize("NFD");
	const shape = marks.find((mark) => mark in VNI_BOTH);
	const tone = marks.find((mark) => mark in VNI_TONE) ?? "";
	if (shape) return `${base}${VNI_BOTH[shape][tone]}`;
	const horned = marks.includes("\u031b") ? (base === "o" ? "ô" : "ö") : base;
	return `${horned}${VNI_TONE[tone] ?? ""}`;
}

function pairs(from: string, to: string): Map<string, string> {
	const values = [...to];
	return new Map([...from.normalize("NFC")].map((letter, at) => [letter, values[at]]));
}

/** The three sheets. */
export function officeSheets(): OutSheet[] {
	const plain = (text: string): OutCell => ({ value: text, font: "Times New Roman" });
	const vnTime = (text: string): OutCell => ({ value: toTcvn3(text), font: ".VnTime" });
	const vnTimeH = (text: string): OutCell => ({ value: toTcvn3(text.toLowerCase()), font: ".VnTimeH" });
	const vni = (text: string): OutCell => ({ value: toVni(text), font: "VNI-Times" });
	return [
		sheetOf("TCVN3", 0, vnTime, (name, row) => (row % 3 === 0 ? vnTimeH(name) : vnTime(name))),
		sheetOf("VNI", 100, vni, vni),
		sheetOf("Unicode", 200, plain, plain),
	];
}

export const officeBytes = () => workbookBytes(officeSheets());

function sheetOf(
	name: string,
	from: number,
	write: (text: string) => OutCell,
	writeName: (name: string, row: number) => OutCell,
): OutSheet {
	const women = OFFICE_NAMES.map((woman, index) => {
		const number = from + index;
		const birth = number % 4 === 1 ? "1972" : { value: 26_300 + number, isDate: true };
		return [
			index + 1,
			writeName(woman, index),
			birth,
			// As a number, the spreadsheet has eaten the leading zero: 1172… for 001172…
			number % 5 === 2 ? 1_172_000_100 + number : `001172${String(100 + number).padStart(6, "0")}`,
			write(number % 2 === 0 ? "Chi hội thôn Đoài" : "Chi hội thôn Thượng"),
			number % 7 === 3 ? `5/${(number % 9) + 1}/2015` : { value: 42_000 + number, isDate: true },
			number % 6 === 4 ? null : "x",
			number % 6 === 4 ? { value: 44_900 + number, isDate: true } : null,
			write(number % 2 === 0 ? "Nông nghiệp" : "Công nhân"),
		] as OutCell[];
	});
	return {
		name,
		widths: [6, 28, 12, 16, 24, 12, 10, 12, 16],
		rows: [
			[write("Danh sách hội viên phụ nữ")],
			["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Chi hội", "Ngày vào Hội", "Cư trú", "", "Nghề nghiệp"].map(
				(head) => (head ? write(head) : null),
			),
			[null, null, null, null, null, null, write("Thường trú"), write("Tạm trú từ")],
			...women,
		],
		merges: [
			{ top: 1, left: 0, bottom: 1, right: 8 },
			{ top: 2, left: 6, bottom: 2, right: 7 },
			...[0, 1, 2, 3, 4, 5, 8].map((column) => ({ top: 2, left: column, bottom: 3, right: column })),
		],
	};
}
