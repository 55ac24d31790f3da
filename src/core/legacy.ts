import { isSyllable } from "./syllable.ts";
import { nfc } from "./vietnamese.ts";

/**
 * The two encodings from before Unicode that still stand in rosters: TCVN3 (ABC; fonts `.VnTime` …, the north and the
 * administration) and VNI (fonts `VNI-Times` …, the south). Text comes in as the Latin-1 characters that a spreadsheet
 * library reads from the bytes. U+00AD, a soft hyphen in Latin-1, is the letter ư in TCVN3: nothing may strip it before.
 */
export type Encoding = "unicode" | "tcvn3" | "vni";

const TCVN3 = table(
	"µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
	"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
);

/** VNI letters of one character; ô and ö, which stand for ơ and ư, may be followed by a tone. */
const VNI_SINGLE = table("íìæóòîñôö", "íìỉĩịỵđơư");

/** The second character of a VNI letter: the marks it puts on the letter before it, told by what it makes of an a. */
const VNI_MARK = table("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ");

/** Longest match first: a letter of two characters, else one of a single one. */
const VNI_LETTER = /[aeouyôö][ùøûõï]|[aeo][âáàåãä]|a[êéèúüë]|[íìæóòîñôö]/gi;

/** Lower-case letters and marks that only Unicode text has; capitals like Ẩ stand in TCVN3 text too, which has no code for them. */
const ONLY_UNICODE = /(?=[\u0100-\u1eff])\p{Ll}|[\u0300-\u0323]/u;

/** Characters that no Vietnamese Unicode text has inside its words. */
const ONLY_LEGACY: Readonly<Record<Encoding, RegExp>> = {
	unicode: /(?!)/u,
	tcvn3: /[µ¸¶·¹¨»¾¼½©®ª«¬\u00ad¡¢§£¤¥¦]/u,
	vni: /[øåæäëïñöûüî]/iu,
};

/** A column this long has told what it is. */
const SAMPLES = 2000;
const SAMPLE_CHARACTERS = 200;

/**
 * The text in Unicode (NFC). Whatever is not of the encoding passes through; text that is plainly Unicode already, typed in
 * an old font, comes back as it is. TCVN3 capitals with accents have no codes: they come as lower case, and only the font
 * ({@link decodeByFont}) says that they were capitals.
 */
export function decode(text: string, encoding: Encoding): string {
	if (encoding === "unicode" || isUnicodeDespite(text, encoding)) return nfc(text);
	return nfc(encoding === "tcvn3" ? decodeTcvn3(text) : decodeVni(text));
}

/** The encoding that a font stands for: `.Vn…` is TCVN3, `VNI-…` is VNI, any other font shows Unicode. */
export function encodingOfFont(fontName: string): Encoding {
	if (/^\s*\.vn/i.test(fontName)) return "tcvn3";
	return /^\s*vni\b/i.test(fontName) ? "vni" : "unicode";
}

/**
 * The text of a cell or run in Unicode (NFC), by the name of its font: `.VnTimeH`, `.VnArialH` … show TCVN3 lower case as
 * capitals, so their text comes back in capitals.
 */
export function decodeByFont(text: string, fontName: string): string {
	const encoding = encodingOfFont(fontName);
	const decoded = decode(text, encoding);
	const capitals = encoding === "tcvn3" && /h\s*$/i.test(fontName) && !isUnicodeDespite(text, encoding);
	return capitals ? decoded.toUpperCase() : decoded;
}

/**
 * The encoding of a column whose font is unknown (CSV): the one under which most of its words with non-ASCII letters are
 * Vietnamese syllables. Unicode unless an old encoding explains clearly more. `confidence` from 0 (nothing to judge by: plain
 * ASCII, or words that could be either) to 1 (every such word fits this encoding and no other); the person who imports confirms it.
 */
export function detectEncoding(samples: readonly string[]): {
	encoding: Encoding;
	confidence: number;
} {
	const words = wordsToJudge(samples.slice(0, SAMPLES));
	const total = [...words.values()].reduce((sum, times) => sum + times, 0);
	const fits = (encoding: Encoding) => {
		let sum = 0;
		for (const [word, times] of words) if (isSyllable(decode(word, encoding))) sum += times;
		return sum;
	};
	const [unicode, tcvn3, vni] = [fits("unicode"), fits("tcvn3"), fits("vni")];
	const legacy = Math.max(tcvn3, vni);
	if (total === 0) return { encoding: "unicode", confidence: 0 };
	if (legacy > 2 * unicode && tcvn3 !== vni)
		return {
			encoding: tcvn3 > vni ? "tcvn3" : "vni",
			confidence: (legacy - Math.max(unicode, Math.min(tcvn3, vni))) / total,
		};
	// "phè" is a word in Unicode, and in TCVN3 it is "phố": such words alone say nothing.
	const isEither = legacy >= unicode && ![...words.keys()].some((word) => ONLY_UNICODE.test(word));
	return {
		encoding: "unicode",
		confidence: isEither ? 0 : Math.max(0, 1 - legacy / Math.max(1, 2 * unicode)),
	};
}

function table(codes: string, letters: string): ReadonlyMap<string, string> {
	const values = [...nfc(letters)];
	return new Map([...codes].map((code, at) => [code, values[at] as string]));
}

function isUnicodeDespite(text: string, encoding: Encoding): boolean {
	return ONLY_UNICODE.test(text) && !ONLY_LEGACY[encoding].test(text);
}

function decodeTcvn3(text: string): string {
	return text.replace(/[\u00a1-\u00fe]/g, (code) => TCVN3.get(code) ?? code);
}

function decodeVni(text: string): string {
	return text.replace(VNI_LETTER, (code) => {
		const [first, second] = [code.slice(0, 1), code.slice(1).toLowerCase()];
		const single = VNI_SINGLE.get(first.toLowerCase()) ?? first.toLowerCase();
		const marks = VNI_MARK.get(second)?.normalize("NFD").slice(1) ?? "";
		return first === first.toLowerCase() ? single + marks : single.toUpperCase() + marks;
	});
}

/** The words of the cells that tell encodings apart, two letters or more and not all of them ASCII, with how often they stand. */
function wordsToJudge(samples: readonly string[]): Map<string, number> {
	const words = new Map<string, number>();
	for (const sample of samples) {
		if (!/\P{ASCII}/u.test(sample)) continue;
		for (const word of nfc(sample.slice(0, SAMPLE_CHARACTERS)).split(/[\s\d!-/:-@[-`{-~‘’“”–…]+/u))
			if (word.length > 1 && /\P{ASCII}/u.test(word)) words.set(word, (words.get(word) ?? 0) + 1);
	}
	return words;
}
