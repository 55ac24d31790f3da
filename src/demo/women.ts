import { isUrban, type Place } from "./place.ts";
import { Random } from "./random.ts";

/** Women of all ages at 0h on 1 April 2019 (General Statistics Office). */
export const WOMEN_2019 = 48_327_923;

/** The assumption of the demo: 73 in 100 of them are 18 or over. The office's figures by commune were not at hand. */
export const WOMEN18_TOTAL = Math.round((WOMEN_2019 * 73) / 100);

/** What every screen that shows the denominators says of them. */
export const WOMEN18_SOURCE = "Số liệu minh họa: 73% của 48.327.923 phụ nữ (Tổng điều tra 2019), phân bổ giả định";

/** About how many thousand people each of the 63 provinces had in 2019: rounded weights, nowhere shown as figures. */
const PROVINCE_THOUSANDS: Readonly<Record<string, number>> = {
	"01": 8054,
	"02": 855,
	"04": 530,
	"06": 314,
	"08": 785,
	"10": 730,
	"11": 599,
	"12": 460,
	"14": 1248,
	"15": 821,
	"17": 854,
	"19": 1287,
	"20": 782,
	"22": 1320,
	"24": 1804,
	"25": 1464,
	"26": 1151,
	"27": 1369,
	"30": 1892,
	"31": 2029,
	"33": 1253,
	"34": 1860,
	"35": 853,
	"36": 1780,
	"37": 983,
	"38": 3640,
	"40": 3328,
	"42": 1289,
	"44": 895,
	"45": 632,
	"46": 1129,
	"48": 1134,
	"49": 1496,
	"51": 1232,
	"52": 1487,
	"54": 873,
	"56": 1231,
	"58": 591,
	"60": 1231,
	"62": 540,
	"64": 1514,
	"66": 1869,
	"67": 622,
	"68": 1297,
	"70": 995,
	"72": 1169,
	"74": 2426,
	"75": 3097,
	"77": 1148,
	"79": 8993,
	"80": 1689,
	"82": 1764,
	"83": 1288,
	"84": 1009,
	"86": 1023,
	"87": 1599,
	"89": 1908,
	"91": 1723,
	"92": 1235,
	"93": 733,
	"94": 1200,
	"95": 907,
	"96": 1194,
};

/**
 * Whole numbers in proportion to the weights, that add up to `total` exactly: the largest remainders get the units that
 * rounding down left over, the earlier one where two are equal.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
	const sum = weights.reduce((a, b) => a + b, 0);
	const exact = weights.map((weight) => (total * weight) / sum);
	const parts = exact.map(Math.floor);
	const left = total - parts.reduce((a, b) => a + b, 0);
	const order = exact
		.map((value, at) => ({ at, rest: value - Math.floor(value) }))
		.sort((a, b) => b.rest - a.rest || a.at - b.at);
	for (const { at } of order.slice(0, left)) parts[at] = (parts[at] as number) + 1;
	return parts;
}

/** Women of 18 and over in each old commune, in the order given; together exactly {@link WOMEN18_TOTAL}. */
export function womenOf(places: readonly Place[], seed: number): number[] {
	const raw = places.map((place) => sizeOf(place) * Math.exp(0.42 * new Random(seed, "women", place.key).normal()));
	const ofProvince = new Map<string, number>();
	places.forEach((place, at) => {
		ofProvince.set(place.provinceCode, (ofProvince.get(place.provinceCode) ?? 0) + (raw[at] as number));
	});
	const weights = places.map(
		(place, at) =>
			((PROVINCE_THOUSANDS[place.provinceCode] as number) * (raw[at] as number)) /
			(ofProvince.get(place.provinceCode) as number),
	);
	return apportion(WOMEN18_TOTAL, weights);
}

/** How large a commune is beside a rural one of the same province. */
function sizeOf(place: Place): number {
	if (isUrban(place)) return place.districtTitle === "Quận" ? 3 : 2.3;
	return place.title === "Thị trấn" ? 1.4 : 1;
}

/** Small figures for the đặc khu that had no communes; Hoàng Sa and two others have none, and say so. */
export const ISLAND_WOMEN: Readonly<Record<string, number>> = { "new:21548": 8215, "new:26732": 3340 };

/** What the document of these figures says: they stand beside the total of 2019, not in it. */
export const ISLAND_DOCUMENT = "Số liệu minh họa của đặc khu, ngoài tổng phân bổ";
