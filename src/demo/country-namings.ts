import type { Region } from "./country-peoples.ts";
import { KINH_ELDER, KINH_MIDDLES, KINH_YOUNGER, NAMINGS, type Naming } from "./names.ts";

const words = (text: string): string[] => text.split(", ");
const THI: Naming["middles"] = [["Thị", 1]];
const NONE: Naming["middles"] = [["", 1]];

/** Families of the Kinh by region, with how many of a hundred. */
export const KINH_FAMILIES: Readonly<Record<Region, readonly (readonly [string, number])[]>> = {
	north: weights(
		"Nguyễn 36, Trần 9, Phạm 8, Lê 7, Vũ 6, Hoàng 5, Bùi 4, Đỗ 4, Đặng 3, Ngô 3, Dương 2, Đào 2, Đinh 2, Phan 1.5, Lưu 1, Trịnh 1.2, Lương 1, Mai 1, Tạ 1, Cao 0.8, Hà 1",
	),
	centre: weights(
		"Nguyễn 36, Trần 11, Lê 12, Phạm 5, Hoàng 4, Phan 5, Võ 5, Đặng 3, Hồ 3.5, Huỳnh 2, Ngô 2, Trương 2.5, Bùi 2, Đỗ 1.5, Dương 1.2, Đoàn 1.2, Cao 0.9, Mai 0.9, Văn 0.5, Châu 0.5",
	),
	south: weights(
		"Nguyễn 34, Trần 12, Lê 9, Huỳnh 7, Phạm 6, Võ 5, Phan 4, Trương 3, Đặng 3, Bùi 2.5, Dương 2, Hồ 2, Ngô 2, Lâm 1.5, Mai 1, Cao 1, Tô 0.7, Thái 0.8, Đoàn 1, La 0.4",
	),
};

/** What Kinh women are called, the older and the younger. */
export const KINH_GIVENS = { elder: KINH_ELDER, younger: KINH_YOUNGER };
export { KINH_MIDDLES };

/** How the other peoples of the country name their women. */
export const COUNTRY_NAMINGS: Readonly<Record<string, Naming>> = {
	...NAMINGS,
	Nùng: {
		families: words("Nông, Hoàng, Lý, Triệu, Vi, Lục, Lăng, Mông, Hứa, Lương, Chu, Linh"),
		middles: THI,
		givens: words(
			"Thơm, Pảo, Mây, Huệ, Lành, Noọng, Sim, Hoa, Duyên, Hiên, Lan, Thắm, Ngân, Niềm, Kim, Chướng, Bé, Tươi",
		),
	},
	Mường: {
		families: words("Bùi, Bùi, Bùi, Quách, Đinh, Hà, Bạch, Phạm, Trương, Cao"),
		middles: THI,
		givens: words(
			"Ểu, Nhiện, Dọn, Mến, Thiển, Ngoan, Hậu, Xuyến, Hường, Thoa, Bích, Lự, Nhường, Khuyên, Nguyệt, Hải, Tiện, Chiên",
		),
	},
	"Sán Dìu": {
		families: words("Trương, Từ, Lưu, Diệp, Đặng, Lý, Lê, Tô, Ninh"),
		middles: THI,
		givens: words("Sáu, Bảy, Lan, Hoa, Năm, Mùi, Thìn, Hạnh, Vân, Thanh, Lý, Hương, Quế, Nhâm"),
	},
	"Bru Vân Kiều": {
		families: words("Hồ, Hồ, Hồ, Lê"),
		middles: THI,
		givens: words("Lan, Thía, Kham, Mơi, Pòn, Phiên, Tăm, Xuân, Cúc, Moan, Duồn, Lành, Hường, Thương, Con, Ven"),
	},
	"Xơ Đăng": {
		families: words("Y, Y, Y, A Lê Y, Hồ, Đinh"),
		middles: NONE,
		givens: words("Nga, Blơi, Thương, Hlum, Byin, Hiền, Phúc, Lan, Huệ, Dưa, Pheo, Xuyên, Hà, Đớ, Ngọc, Bơi"),
	},
	"Ba Na": {
		families: words("Đinh, Đinh, Y, Y, Siu, Tô"),
		middles: [
			["Thị", 3],
			["", 2],
		],
		givens: words("Hlưn, Byơn, Ngơi, Mlin, Ben, Hnhơn, Thuyên, Hlanh, Krăp, Phên, Bly, Hrơm, Nhứt, Yên"),
	},
	Hrê: {
		families: words("Phạm, Phạm, Đinh, Đinh, Hồ"),
		middles: THI,
		givens: words("Bốt, Nứ, Rế, Rông, Bé, Vin, Nhế, Huế, Triêng, Trăn, Lía, Biếu, Reo, Trim, Hiền"),
	},
	Chăm: {
		families: words("Đàng, Thiên, Trượng, Quảng, Châu, Lưu, Não, Bá, Báo, Kiều, Đạo, Hán, Qua, Dụng"),
		middles: THI,
		givens: words("Hạnh, Phụng, Liền, Xuân, Kiều, Thông, Đào, Chinh, Nở, Thơm, Gái, Diễm, Ngọc, Mận, Sinh, Hiếm"),
	},
	Raglai: {
		families: words("Cao, Mấu, Pi Năng, Chamaléa, Katơr, Tro, Pinăng, Bo Bo"),
		middles: THI,
		givens: words("Diên, Hương, Xanh, Mái, Thương, Niệm, Lanh, Bông, Hồng, Nhiệm, Thủy, Xuyến, Phưới, Thảo"),
	},
	"Gia Rai": {
		families: words("Rơ Châm, Siu, Ksor, Rmah, Kpă, Nay, Rahlan, Rcom, Ksor"),
		middles: NONE,
		givens: words("H'Linh, H'Bia, H'Nhan, H'Yen, H'Mai, H'Nga, H'Thu, H'Blin, H'Lan, H'Duyên, H'Phiơr, H'Bleo, H'Chim"),
	},
	Mnông: {
		families: words("H'Mai, H'Brơi, H'Ngơi, H'Bang, H'Yơr, H'Lan, H'Thương, H'Djoang, H'Trang"),
		middles: NONE,
		givens: words("Bkrông, Triêk, Rlưk, Bon Krong, Liêng, Je, Sruk, Ndu, Ông"),
	},
	"Cơ Ho": {
		families: words("Ka, Ka, Ka, Lơ Mu Ka, Kơ Să Ka, Cil Ka, Dơng Gur Ka"),
		middles: NONE,
		givens: words("Brịu, Thủy, Nhị, Dung, Hường, Mai, Phượng, Điệp, Sương, Lan, Rin, Diêng, Wil, Ngọc"),
	},
	Xtiêng: {
		families: words("Thị, Thị, Thị, Điểu Thị, Lâm Thị"),
		middles: NONE,
		givens: words("Rên, Hồng, Ngơi, Bé, Sen, Pít, Dung, Ponh, Nhem, Xuân, Vươm, Lan, Dẻn, Hươn"),
	},
	Khmer: {
		families: words("Thạch, Thạch, Sơn, Danh, Danh, Kim, Châu, Lâm, Lý, Kiên, Trần, Tăng, Liêu, Đào"),
		middles: [
			["Thị", 8],
			["", 1],
		],
		givens: words(
			"Sa Ry, Sô Phi, Sa Rây, Hồng, Phương, Sa Ni, Kim Ly, Sa Mươl, Hiền, Lang, Rum, Sang, Đa Ni, Út, Na, Sóc Kha",
		),
	},
	Hoa: {
		families: words("Lâm, Trương, Quách, Huỳnh, Lý, Vương, Trần, Tăng, Mã, Châu, Lưu, Lương, Phùng"),
		middles: [
			["Mỹ", 5],
			["Tú", 2],
			["Lệ", 3],
			["Ngọc", 3],
			["Thị", 2],
		],
		givens: words("Phụng, Linh, Anh, Quyên, Hoa, Kiều, Hà, Châu, Dung, Nghi, San, Lan, Bình, Vân"),
	},
};

function weights(text: string): [string, number][] {
	return words(text).map((part) => {
		const at = part.lastIndexOf(" ");
		return [part.slice(0, at), Number(part.slice(at + 1))];
	});
}
