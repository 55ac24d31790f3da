import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { decode, decodeByFont, detectEncoding, type Encoding, encodingOfFont } from "./legacy.ts";
import { nfc } from "./vietnamese.ts";

/** The encoders are written from the letters' marks, apart from the tables of the decoder. */
const TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];
const VOWELS = [..."aăâeêioôơuưy"];
const LOWER = [...VOWELS.flatMap((vowel) => TONES.map((tone) => nfc(vowel + tone))), "đ"];
const ALL = [...LOWER, ...LOWER.map((letter) => letter.toUpperCase())];

/** TCVN 5712 VN3: the codes of à ả ã á ạ for each vowel, with the vowel's own code first. */
const TCVN3_CODES: Record<string, number[]> = {
	a: [0x61, 0xb5, 0xb8, 0xb6, 0xb7, 0xb9],
	ă: [0xa8, 0xbb, 0xbe, 0xbc, 0xbd, 0xc6],
	â: [0xa9, 0xc7, 0xca, 0xc8, 0xc9, 0xcb],
	e: [0x65, 0xcc, 0xd0, 0xce, 0xcf, 0xd1],
	ê: [0xaa, 0xd2, 0xd5, 0xd3, 0xd4, 0xd6],
	i: [0x69, 0xd7, 0xdd, 0xd8, 0xdc, 0xde],
	o: [0x6f, 0xdf, 0xe3, 0xe1, 0xe2, 0xe4],
	ô: [0xab, 0xe5, 0xe8, 0xe6, 0xe7, 0xe9],
	ơ: [0xac, 0xea, 0xed, 0xeb, 0xec, 0xee],
	u: [0x75, 0xef, 0xf3, 0xf1, 0xf2, 0xf4],
	ư: [0xad, 0xf5, 0xf8, 0xf6, 0xf7, 0xf9],
	y: [0x79, 0xfa, 0xfd, 0xfb, 0xfc, 0xfe],
};

function toTcvn3(letter: string): string {
	if (letter === "đ") return "\u00ae";
	for (const [vowel, codes] of Object.entries(TCVN3_CODES)) {
		const at = TONES.findIndex((tone) => nfc(vowel + tone) === letter);
		if (at >= 0) return String.fromCharCode(codes[at] as number);
	}
	const capital = "ĂÂĐÊÔƠƯ".indexOf(letter);
	return capital >= 0 && letter !== ""
		? String.fromCharCode([0xa1, 0xa2, 0xa7, 0xa3, 0xa4, 0xa5, 0xa6][capital] as number)
		: letter;
}

const VNI_TONES: Record<string, string> = {
	"\u0300": "ø",
	"\u0301": "ù",
	"\u0309": "û",
	"\u0303": "õ",
	"\u0323": "ï",
};
const VNI_HAT: Record<string, string> = {
	"": "â",
	"\u0300": "à",
	"\u0301": "á",
	"\u0309": "å",
	"\u0303": "ã",
	"\u0323": "ä",
};
const VNI_BREVE: Record<string, string> = {
	"": "ê",
	"\u0300": "è",
	"\u0301": "é",
	"\u0309": "ú",
	"\u0303": "ü",
	"\u0323": "ë",
};
const VNI_I: Record<string, string> = {
	"": "i",
	"\u0300": "ì",
	"\u0301": "í",
	"\u0309": "æ",
	"\u0303": "ó",
	"\u0323": "ò",
};

function toVni(letter: string): string {
	const lower = letter.toLowerCase();
	const code = lower === "đ" ? "ñ" : lower === "ỵ" ? "î" : toVniVowel(lower);
	return letter === lower ? code : code.toUpperCase();
}

function toVniVowel(letter: string): string {
	const [base = "", ...marks] = letter.normalize("NFD");
	const tone = marks.find((mark) => TONES.includes(mark)) ?? "";
	if (base === "i") return VNI_I[tone] as string;
	if (marks.includes("\u0302")) return base + VNI_HAT[tone];
	if (marks.includes("\u0306")) return base + VNI_BREVE[tone];
	const plain = marks.includes("\u031b") ? (base === "o" ? "ô" : "ö") : base;
	return plain + (VNI_TONES[tone] ?? "");
}

const tcvn3 = (text: string) => [...text].map(toTcvn3).join("");
const vni = (text: string) => [...text].map(toVni).join("");

describe("letters come back from the old encodings", () => {
	for (const letter of [...LOWER, ..."ĂÂĐÊÔƠƯ"])
		test(`${letter} from TCVN3`, () => assert.equal(decode(toTcvn3(letter), "tcvn3"), letter));
	for (const letter of ALL) test(`${letter} from VNI`, () => assert.equal(decode(toVni(letter), "vni"), letter));

	const consonant = fc.constantFrom("", "b", "ng", "th", "đ", " ", "h'");
	const text = (letters: string[]) =>
		fc
			.array(fc.tuple(consonant, fc.constantFrom(...letters), fc.constantFrom("n", "ng", " ", "-")), { maxLength: 12 })
			.map((parts) => parts.flat().join(""));
	test("whole texts come back from TCVN3", () =>
		fc.assert(fc.property(text(LOWER), (original) => assert.equal(decode(tcvn3(original), "tcvn3"), original))));
	test("whole texts come back from VNI", () =>
		fc.assert(fc.property(text(ALL), (original) => assert.equal(decode(vni(original), "vni"), original))));
});

describe("the font says how to read a cell", () => {
	const cells: [string, string, string][] = [
		[".VnTime", "NguyÔn ThÞ Thu Hµ", "Nguyễn Thị Thu Hà"],
		[".VnTime", "H\u00adêng", "Hường"],
		[".VnTime", "Lª ThÞ Ẩn", "Lê Thị Ẩn"],
		[".VnTime", "£ §ª", "Ê Đê"],
		[".VnTimeH", "vâ thÞ xu©n", "VÕ THỊ XUÂN"],
		[".VnArialH", "®ç thÞ \u00adng", "ĐỖ THỊ ƯNG"],
		[".VnArial Narrow", "Hµ", "Hà"],
		[".VNTIMEH", "hµ", "HÀ"],
		["VNI-Times", "Nguyeãn Thò Haèng", "Nguyễn Thị Hằng"],
		["VNI-Helve-Condense", "Phöôøng Ñoâng Hoøa", "Phường Đông Hòa"],
		["VNI Times", "ÑOÃ THÒ AÙNH", "ĐỖ THỊ ÁNH"],
		["VNI-Times", "Yù", "Ý"],
		["Times New Roman", "Lê Thị Hà", "Lê Thị Hà"],
		["Calibri", "Hà".normalize("NFD"), "Hà"],
		["", "Hµ", "Hµ"],
		[".VnTime", "Lê Thị Hà, đội 3", "Lê Thị Hà, đội 3"],
		[".VnTimeH", "Lê Thị Hà", "Lê Thị Hà"],
		["VNI-Times", "Lê Thị Hoà", "Lê Thị Hoà"],
		[".VnTime", "H'Bia", "H'Bia"],
	];
	for (const [font, raw, expected] of cells)
		test(`${font || "no font"}: "${raw}" is "${expected}"`, () => assert.equal(decodeByFont(raw, font), expected));
	test("a font that only begins alike is not VNI", () => assert.equal(encodingOfFont("Vnichrome"), "unicode"));
});

describe("the encoding of a column without fonts", () => {
	const names = ["Nguyễn Thị Thu Hà", "Đỗ Thị Hường", "Lò Thị Phượng", "Trần Thị Ngọc Hằng", "Võ Thị Ánh", "Lê Thị Mỹ"];
	const columns: [string, string[], Encoding][] = [
		["Unicode names", names, "unicode"],
		["Unicode names in capitals", names.map((name) => name.toUpperCase()), "unicode"],
		["decomposed Unicode", names.map((name) => name.normalize("NFD")), "unicode"],
		["TCVN3 names", names.map((name) => tcvn3(name.toLowerCase())), "tcvn3"],
		["TCVN3 names, accented capitals in Unicode", names.map(tcvn3), "tcvn3"],
		["VNI names", names.map(vni), "vni"],
		["VNI names in capitals", names.map((name) => vni(name.toUpperCase())), "vni"],
		["one TCVN3 word", ["Hµ"], "tcvn3"],
		["one VNI word", ["Haèng"], "vni"],
		["TCVN3 with a few Unicode names", [...names.map(tcvn3), "Lê Thị Hà"], "tcvn3"],
		["Unicode with one TCVN3 name", [...names, "NguyÔn ThÞ Hµ"], "unicode"],
		["plain ASCII", ["Nguyen Thi Ha", "x", "12", ""], "unicode"],
		["nothing", [], "unicode"],
		["peoples", ["Kinh", "Tày", "Mông", "Ê Đê", "Ê-đê", "Hoa", "Khmer", "Dao", "Mường"], "unicode"],
		["ethnic names", ["H'Bia", "Y Thị Ê-đê", "H’Hên Niê", "Ksor H'Bơi", "Y Blô Êban", "Rơ Châm Phê"], "unicode"],
		["names both encodings could read", ["Hoàng Hà", "Vò", "Lê Thò", "Toàn"], "unicode"],
		["foreign words and signs", ["café", "Müller", "5 m²", "© 2020", "§ 3", "£ 5", "São"], "unicode"],
	];
	for (const [name, samples, expected] of columns)
		test(`${name}: ${expected}`, () => assert.equal(detectEncoding(samples).encoding, expected));

	test("says how sure it is", () => {
		assert.equal(detectEncoding(["Nguyen"]).confidence, 0);
		assert.ok(detectEncoding(names).confidence > 0.3);
		assert.ok(detectEncoding(names.map(tcvn3)).confidence > 0.5);
		assert.ok(detectEncoding(names.map(vni)).confidence > 0.5);
	});
	test("Unicode Vietnamese never passes for an old encoding", () => {
		const syllable = fc.tuple(
			fc.constantFrom("", "B", "h", "th", "ngh", "Đ", "l", "qu"),
			fc.constantFrom(...ALL),
			fc.constantFrom("", "n", "ng", "nh", "i", "u", "t"),
		);
		const name = fc
			.array(syllable, { minLength: 1, maxLength: 5 })
			.map((parts) => parts.map((part) => part.join("")).join(" "));
		fc.assert(
			fc.property(fc.array(name, { minLength: 30, maxLength: 60 }), (samples) =>
				assert.equal(detectEncoding(samples).encoding, "unicode"),
			),
			{ numRuns: 200 },
		);
	});
});

test("cells of 100 000 characters are read like short ones", () => {
	for (const piece of ["a", "aâ", "\u00ad", "ô", " ", "Hµ "]) {
		const times = 100_000 / piece.length;
		for (const font of [".VnTimeH", "VNI-Times", "Arial"])
			assert.equal(decodeByFont(piece.repeat(times), font), decodeByFont(piece, font).repeat(times), font);
		const told = ({ encoding }: { encoding: string }) => encoding;
		assert.equal(
			told(detectEncoding(Array(3000).fill(piece.repeat(times)))),
			told(detectEncoding([piece.repeat(40)])),
			piece,
		);
	}
});
