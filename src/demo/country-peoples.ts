import type { Place } from "./place.ts";
import { isUrban } from "./place.ts";
import type { Random } from "./random.ts";

/** Who lives in a province, in per cent, rounded from the census of 2019; provinces not named are Kinh but for one in a hundred. */
const MIXES: Readonly<Record<string, string>> = {
	"02": "Mông 34, Tày 23, Dao 15, Kinh 13, Nùng 10, Giáy 3, Hoa 2",
	"04": "Tày 41, Nùng 31, Mông 11, Dao 10, Kinh 7",
	"06": "Tày 53, Dao 18, Kinh 12, Nùng 9, Mông 8",
	"08": "Kinh 45, Tày 29, Dao 14, Mông 4, Sán Dìu 3, Nùng 5",
	"10": "Kinh 34, Mông 25, Tày 15, Dao 14, Giáy 5, Nùng 4, Thái 3",
	"11": "Thái 38, Mông 38, Kinh 18, Khơ Mú 4, Hà Nhì 2",
	"12": "Thái 33, Mông 24, Kinh 15, Dao 14, Hà Nhì 5, Giáy 4, La Hủ 3, Khơ Mú 2",
	"14": "Thái 54, Kinh 17, Mông 17, Mường 8, Dao 2, Khơ Mú 2",
	"15": "Kinh 43, Tày 19, Mông 13, Dao 13, Thái 8, Mường 2, Nùng 2",
	"17": "Mường 63, Kinh 26, Thái 4, Tày 4, Dao 2, Mông 1",
	"19": "Kinh 74, Tày 12, Nùng 8, Dao 3, Sán Dìu 3",
	"20": "Nùng 43, Tày 36, Kinh 17, Dao 4",
	"22": "Kinh 88, Dao 6, Tày 4, Sán Dìu 2",
	"24": "Kinh 87, Nùng 6, Tày 4, Sán Dìu 3",
	"25": "Kinh 83, Mường 16, Dao 1",
	"26": "Kinh 95, Sán Dìu 5",
	"37": "Kinh 97, Mường 3",
	"38": "Kinh 82, Mường 10, Thái 7, Mông 1",
	"40": "Kinh 86, Thái 11, Mông 1, Khơ Mú 2",
	"44": "Kinh 97, Bru Vân Kiều 3",
	"45": "Kinh 86, Bru Vân Kiều 12, Tà Ôi 2",
	"46": "Kinh 95, Tà Ôi 3, Cơ Tu 2",
	"49": "Kinh 92, Cơ Tu 4, Xơ Đăng 4",
	"51": "Kinh 86, Hrê 12, Xơ Đăng 2",
	"52": "Kinh 97, Ba Na 2, Chăm 1",
	"54": "Kinh 94, Ê-đê 3, Chăm 3",
	"56": "Kinh 95, Raglai 5",
	"58": "Kinh 76, Chăm 12, Raglai 12",
	"60": "Kinh 93, Chăm 4, Raglai 2, Hoa 1",
	"62": "Kinh 46, Xơ Đăng 30, Ba Na 16, Gia Rai 8",
	"64": "Kinh 55, Gia Rai 31, Ba Na 13, Nùng 1",
	"66": "Kinh 65, Ê-đê 20, Nùng 5, Tày 4, Mnông 4, Mông 2",
	"67": "Kinh 69, Mnông 10, Mông 8, Nùng 7, Tày 6",
	"68": "Kinh 77, Cơ Ho 17, Nùng 3, Tày 3",
	"70": "Kinh 81, Xtiêng 11, Nùng 3, Tày 3, Khmer 2",
	"75": "Kinh 93, Hoa 4, Nùng 1, Khmer 1, Chăm 1",
	"79": "Kinh 94, Hoa 5, Khmer 1",
	"84": "Kinh 67, Khmer 32, Hoa 1",
	"86": "Kinh 97, Khmer 3",
	"89": "Kinh 95, Khmer 4, Chăm 1",
	"91": "Kinh 85, Khmer 13, Hoa 2",
	"92": "Kinh 96, Khmer 3, Hoa 1",
	"94": "Kinh 65, Khmer 30, Hoa 5",
	"95": "Kinh 90, Khmer 8, Hoa 2",
	"96": "Kinh 97, Khmer 3",
};
const ELSEWHERE = "Kinh 99, Tày 1";

/** The three ways of naming and of calling hamlets. */
export type Region = "north" | "centre" | "south";

/** In which of the three a province of the 63 lies, by its code: they run from north to south. */
export function regionOf(provinceCode: string): Region {
	if (provinceCode < "38") return "north";
	return provinceCode < "70" ? "centre" : "south";
}

/** A people and its share. */
export type Share = readonly [people: string, share: number];

/** The mix of a province as shares. */
export function provinceMix(provinceCode: string): Share[] {
	return (MIXES[provinceCode] ?? ELSEWHERE).split(", ").map((part) => {
		const at = part.lastIndexOf(" ");
		return [part.slice(0, at), Number(part.slice(at + 1))];
	});
}

/**
 * Who lives in a commune: villages are mostly of one people, drawn by the province's shares; towns are more Kinh than their
 * province. The communes of a province together come near to its mix.
 */
export function communeMix(place: Place, random: Random): Share[] {
	const mix = provinceMix(place.provinceCode);
	const main = isUrban(place) || place.title === "Thị trấn" ? "Kinh" : random.weighted(mix);
	const rest = random.between(0.08, 0.4);
	return [[main, 100 * (1 - rest)], ...mix.map(([people, share]) => [people, share * rest] as const)];
}
