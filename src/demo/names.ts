import type { Random } from "./random.ts";

/** Peoples whose women the demo names; the words as the official list of 54 peoples has them. */
export type People =
	| "Kinh"
	| "Thái"
	| "Mông"
	| "Dao"
	| "Hà Nhì"
	| "Giáy"
	| "Khơ Mú"
	| "La Hủ"
	| "Tày"
	| "Tà Ôi"
	| "Cơ Tu"
	| "Ê-đê";

const words = (text: string): string[] => text.split(", ");

const KINH_FAMILIES: readonly (readonly [string, number])[] = [
	["Nguyễn", 38],
	["Trần", 11],
	["Lê", 10],
	["Phạm", 6],
	["Hoàng", 5],
	["Phan", 5],
	["Võ", 4],
	["Đặng", 3],
	["Bùi", 2],
	["Hồ", 3],
	["Ngô", 2],
	["Dương", 1.5],
	["Trương", 2.5],
	["Đỗ", 1.5],
	["Đoàn", 1],
	["Cao", 0.8],
	["Châu", 0.6],
	["Mai", 0.8],
	["Hà", 0.7],
	["Tôn Nữ", 0.9],
	["Công Tằng Tôn Nữ", 0.2],
	["Huỳnh", 0.9],
	["Văn", 0.4],
];

export const KINH_MIDDLES = words(
	"Thu, Kim, Mỹ, Ngọc, Thanh, Hồng, Minh, Bích, Xuân, Diệu, Phương, Thùy, Hoài, Như, Cẩm, Tuyết, Quỳnh, Ái, Khánh, Lệ",
);
export const KINH_ELDER = words(
	"Lan, Huệ, Cúc, Mai, Hoa, Hồng, Liên, Nga, Tâm, Thảo, Gái, Bé, Mận, Đào, Thơm, Nhàn, Sen, Lài, Xuân, Thu, Hường, Bưởi, Chanh, Lựu, Tuyết, Loan, Phượng, Yến, Oanh, Nguyệt, Hòa, Hạnh, Sương, Thủy, Thúy, Cam, Kiều, Thia, Dần, Tý, Mùi, Vinh, Hiền, Chút, Lộc",
);
export const KINH_YOUNGER = words(
	"Anh, Linh, Trang, Hương, Hà, Ngân, Nhung, Thảo, My, Nhi, Vy, Trâm, Phương, Quyên, Uyên, Hiền, Hằng, Huyền, Dung, Giang, Ngọc, Quỳnh, Châu, Trinh, Vân, Diễm, Thư, Ly, Nhiên, Hạnh, Hậu, Thúy, Thùy, Lý, Tiên, Khuê, Duyên, Tú, Yến, Mỹ, Hoài, Diệp, Phụng, Như",
);

export interface Naming {
	families: readonly string[];
	/** What stands between family and given name, with how often; "" for none. */
	middles: readonly (readonly [string, number])[];
	givens: readonly string[];
}

export const NAMINGS: Readonly<Record<Exclude<People, "Kinh">, Naming>> = {
	Thái: {
		families: words("Lò, Lò, Lò, Lường, Vàng, Tòng, Quàng, Cà, Điêu, Hoàng, Lù, Mào, Đèo, Cầm, Bạc, Khoàng"),
		middles: [["Thị", 1]],
		givens: words(
			"Pánh, Ín, Ọi, Phương, Xôm, Inh, Ban, Dung, Hặc, Hồng, Pâng, Chựa, Xuân, Ngoan, Lả, Ơn, Tiện, Biên, Hoan, Yêu, Diên, Thoan, Nọi, Duyên, Lún, Panh, Thiết, Kim, Mai, Nga",
		),
	},
	Mông: {
		families: words("Giàng, Sùng, Vàng, Thào, Lý, Mùa, Hạng, Cứ, Ly, Chang, Ma, Tráng, Hảng, Phàng, Cháng"),
		middles: [
			["Thị", 9],
			["", 1],
		],
		givens: words(
			"Mỷ, Dợ, Dính, Sua, Chá, Mai, Sáy, Chư, Say, Dua, Pà, Xúa, Chía, Mo, Và, Ganh, Ninh, Sông, Máy, Dí, Công, Pàng, Chở, Nu, Cú, Mị, Dế, Sai",
		),
	},
	Dao: {
		families: words("Phàn, Tẩn, Chẻo, Lý, Tao, Chìn, Vàng, Lò, Phùng, Triệu"),
		middles: [
			["Thị", 4],
			["Tả", 3],
			["Mùi", 2],
			["Lở", 1],
		],
		givens: words("Mẩy, Lai, Mùi, San, Nái, Liều, Pham, Mán, Sếnh, Ton, Ghển, Chiêm, Phẩy, Cói, Lụa, Lan, Hoa, Lìn"),
	},
	"Hà Nhì": {
		families: words("Pờ, Ly, Chu, Lỳ, Phùng, Khoàng, Sừng, Giàng, Vù, Toán, Mạ, Pờ"),
		middles: [
			["Xé", 3],
			["Xá", 3],
			["Gó", 2],
			["Mò", 3],
			["Lò", 2],
			["Go", 2],
			["Me", 1],
		],
		givens: words("De, Nu, Xó, Sa, Pư, Ló, Mé, Xu, Be, Lòng, Pớ, Chừ, Nhù, Xe, Dế, Sơ, Cà, Mư"),
	},
	Giáy: {
		families: words("Vàng, Lò, Lù, Hoàng, Lục, Nông, Phan"),
		middles: [["Thị", 1]],
		givens: words("Lả, Hoa, Dín, Kém, Sín, Dung, Thắm, Nhung, Phin, Mai, Hương, Liên, Sen, Chung, Thu"),
	},
	"Khơ Mú": {
		families: words("Lò, Quàng, Moong, Lường, Cút, Rvai, Chìu, Tòng"),
		middles: [["Thị", 1]],
		givens: words("Hoan, Yên, Phanh, Ơn, Pản, Mẹo, Xoan, Thon, Pằn, Chương, Dươi, Pheng, Nhung"),
	},
	"La Hủ": {
		families: words("Ly, Vàng, Phản, Pờ, Thàng, Giàng, Lò, Kíp"),
		middles: [
			["Mỳ", 4],
			["Mý", 3],
			["Ló", 1],
			["Xú", 1],
		],
		givens: words("Gio, Xó, Xa, Pư, Nu, De, Hừ, Che, Gò, Cà, Loong, Dé, Né, Sơ"),
	},
	Tày: {
		families: words("Nông, Hoàng, Ma, Lương, Hà, Bế, Đàm, Lý, Triệu, Vi"),
		middles: [["Thị", 1]],
		givens: words("Thơm, Mây, Huệ, Nguyệt, Hoa, Duyên, Bích, Hiên, Lan, Thắm, Hằng, Ngân, Niềm, Diễm"),
	},
	"Tà Ôi": {
		families: words("Hồ, Hồ, Hồ, Lê, A Viết, Kê, Blúp, Quỳnh, A Moong, Viên, Pi Hôih, Ra Pát"),
		middles: [
			["Thị", 8],
			["Thị Kăn", 3],
			["Kăn", 1],
		],
		givens: words(
			"Dói, Hon, Nghin, Sửu, Tư, Liên, Lịch, Đơm, Đời, Thiêm, Hoa, Nhi, Bảy, Hạnh, Lan, Thanh, Ngơn, Vai, Diếp, Nơi, Mười",
		),
	},
	"Cơ Tu": {
		families: words("Hồ, Trần, A Rất, Pơ Loong, Bh'riu, Zơ Râm, Ra Pát, Coor, Bnướch, Alăng"),
		middles: [
			["Thị", 8],
			["", 1],
		],
		givens: words("Nhơ, Bướm, Chanh, Lơ, Bích, Nhưm, Bnăm, Ngheo, Tứ, Hương, Kim, Nhóc, Đhơn, Xuân, Thủy, Dâm"),
	},
	"Ê-đê": {
		families: words("H'Bia, H'Yam, H'Lina, H'Rin, H'Nuên, H'Dung, H'Mai, H'Blăk, H'Hương"),
		middles: [["", 1]],
		givens: words("Niê, Mlô, Êban, Byă, Kbuôr, Ayŭn, Êñuôl, Knul, Kriêng"),
	},
};

/** A woman's full name as her people make names; a Kinh name also as her generation did. */
export function nameOf(people: People, birthYear: number, random: Random): string {
	if (people === "Kinh") return kinhName(birthYear, random);
	const naming = NAMINGS[people];
	return [random.pick(naming.families), random.weighted(naming.middles), random.pick(naming.givens)]
		.filter(Boolean)
		.join(" ");
}

function kinhName(birthYear: number, random: Random): string {
	const family = random.weighted(KINH_FAMILIES);
	const elder = birthYear < 1972;
	const given = random.pick(elder ? KINH_ELDER : KINH_YOUNGER);
	if (family.endsWith("Tôn Nữ")) return `${family} ${other(KINH_MIDDLES, given, random)} ${given}`;
	const thi = random.chance(elder ? 0.93 : 0.72);
	const second = !thi || random.chance(elder ? 0.2 : 0.6);
	return [family, thi && "Thị", second && other(KINH_MIDDLES, given, random), given].filter(Boolean).join(" ");
}

/** The name of a man who is an honorary member. */
export function manName(random: Random): string {
	return `${random.weighted(KINH_FAMILIES.slice(0, 15))} ${random.pick(words("Văn, Hữu, Đình, Quang, Minh, Xuân"))} ${random.pick(words("Hùng, Dũng, Thành, Sơn, Bình, Phúc, Hải, Long, Thắng"))}`;
}

function other(list: readonly string[], taken: string, random: Random): string {
	const word = random.pick(list);
	return word === taken ? (list[0] === taken ? (list[1] as string) : (list[0] as string)) : word;
}

const MIXES: Readonly<Record<string, readonly (readonly [People, number])[]>> = {
	town: [
		["Kinh", 62],
		["Thái", 20],
		["Giáy", 7],
		["Mông", 5],
		["Tày", 6],
	],
	thai: [
		["Thái", 72],
		["Kinh", 10],
		["Khơ Mú", 8],
		["Mông", 10],
	],
	mong: [
		["Mông", 74],
		["Dao", 12],
		["Thái", 8],
		["Kinh", 6],
	],
	dao: [
		["Dao", 68],
		["Mông", 18],
		["Giáy", 8],
		["Kinh", 6],
	],
	hanhi: [
		["Hà Nhì", 62],
		["La Hủ", 22],
		["Thái", 8],
		["Kinh", 8],
	],
	aluoi: [
		["Tà Ôi", 72],
		["Cơ Tu", 10],
		["Kinh", 18],
	],
	namdong: [
		["Cơ Tu", 46],
		["Kinh", 54],
	],
	hue: [
		["Kinh", 99.2],
		["Ê-đê", 0.3],
		["Tà Ôi", 0.5],
	],
};

/** Which peoples live in a commune of the two provinces with rosters, and how many of each. */
export function peoplesOf(
	place: { provinceCode: string; districtName: string; title: string },
	random: Random,
): readonly (readonly [People, number])[] {
	return MIXES[mixOf(place, random)] as readonly (readonly [People, number])[];
}

function mixOf(place: { provinceCode: string; districtName: string; title: string }, random: Random): string {
	if (place.provinceCode === "46") {
		if (place.districtName === "Huyện A Lưới") return "aluoi";
		return place.districtName === "Huyện Nam Đông" ? "namdong" : "hue";
	}
	if (place.title !== "Xã") return "town";
	if (place.districtName === "Huyện Mường Tè") return random.pick(["hanhi", "hanhi", "mong", "thai"]);
	if (place.districtName === "Huyện Than Uyên" || place.districtName === "Huyện Tân Uyên")
		return random.pick(["thai", "thai", "mong"]);
	return random.pick(["mong", "dao", "thai", "mong"]);
}
