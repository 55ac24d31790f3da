import { searchKey } from "../../core/vietnamese.ts";

/** The class of a people as typed: 0 not said, 1 Kinh, 2 a minority. */
function peopleClass(key: string): number {
	if (key === "" || key === "khong ro") return 0;
	return /^(nguoi |dan toc )?(kinh|viet)$/.test(key) ? 1 : 2;
}

/** The class of a religion as typed: 0 not said, 1 none, 2 one. */
function religionClass(key: string): number {
	if (key === "" || key === "khong ro") return 0;
	return /^(khong|ko|k|luong|0)\b/.test(key) || key === "khong theo ton giao" ? 1 : 2;
}

/** The trades told apart, the first match of a typed occupation deciding; their order is kept in frozen reports. */
const TRADES: readonly (readonly [class_: number, words: RegExp])[] = [
	[8, /huu|cao tuoi|gia yeu|mat suc/],
	[6, /hoc sinh|sinh vien|hoc vien/],
	[4, /doanh nhan|chu doanh nghiep|giam doc|chu tich hdqt|chu co so san xuat/],
	[
		5,
		/can bo|cong chuc|vien chuc|giao vien|giang vien|y si|y ta|bac si|dieu duong|ke toan|cong an|bo doi|quan nhan|nha giao/,
	],
	[7, /noi tro|o nha/],
	[1, /nong|lam ruong|chan nuoi|trong trot|lam vuon|lam nghiep|ngu dan|thuy san|nuoi trong|danh bat|nuong ray/],
	[3, /buon|tieu thuong|kinh doanh|ban hang|dich vu|cho\b|quan an|cat toc|lam dep/],
	[2, /cong nhan|lao dong|tho\b|may|phu ho|lam thue|tu do|xay dung|giup viec/],
];

const OTHER_TRADE = 9;

function tradeClass(key: string): number {
	if (key === "" || key === "khong ro") return 0;
	return TRADES.find(([, words]) => words.test(key))?.[0] ?? OTHER_TRADE;
}

/**
 * The class of a typed word, marked by its first letter: 'e' people, 'r' religion, 'o' occupation. 0 where it says nothing. Words are
 * told apart without tones and case.
 */
export function classOfWord(marked: string): number {
	const key = searchKey(marked.slice(1));
	if (marked.startsWith("e")) return peopleClass(key);
	return marked.startsWith("r") ? religionClass(key) : tradeClass(key);
}
