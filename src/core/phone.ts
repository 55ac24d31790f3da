/** The 11-digit mobile prefixes until 15 September 2018 and those of 10 digits that took their place; the last 7 digits stayed. */
const CONVERTED: Readonly<Record<string, string>> = {
	"0120": "070",
	"0121": "079",
	"0122": "077",
	"0126": "076",
	"0128": "078",
	"0123": "083",
	"0124": "084",
	"0125": "085",
	"0127": "081",
	"0129": "082",
	"0162": "032",
	"0163": "033",
	"0164": "034",
	"0165": "035",
	"0166": "036",
	"0167": "037",
	"0168": "038",
	"0169": "039",
	"0186": "056",
	"0188": "058",
	"0199": "059",
};

/** No cell with a phone in it is longer. */
const LONGEST = 100;

/** `changed` says that the digits stored are not those written: the importer tells (an information). */
export type Phone = { value: string | null; changed: boolean };

/**
 * Reads a phone number as digits with the leading 0: +84, 0084 and 84 dropped, the zero that Excel ate put back, mobiles
 * of 11 digits as the 10 they became in 2018, land lines kept (also without area code). Of several numbers in a cell the
 * first that can be read. `value` is null where none can; then `changed` is true if something was written.
 */
export function readPhone(raw: string): Phone {
	const text = raw
		.normalize("NFKC")
		.replace(/\p{Cf}/gu, "")
		.trim()
		.slice(0, LONGEST);
	for (const part of text.split(/[/;,\n]|\s+-\s+|hoặc/u)) {
		const written = part.replace(/^(\D*\d{8,})\.0$/, "$1").replace(/\D/g, "");
		const value = part.length < LONGEST && !/\dE\+/i.test(part) ? phoneOf(written, /^\D*\+/.test(part)) : null;
		if (value !== null) return { value, changed: value !== written || part.trim() !== text };
	}
	return { value: null, changed: text !== "" };
}

function phoneOf(written: string, international: boolean): string | null {
	const national = written.replace(/^00(?=84)/, "");
	const hasCountry =
		international || national !== written || /^84(?:0?[35789]\d{8}|0?1[2689]\d{8}|0?2\d{9})$/.test(national);
	const digits = hasCountry ? national.replace(/^840?/, "0") : restoreZero(national);
	if (/^01[2689]\d{8}$/.test(digits)) {
		const prefix = CONVERTED[digits.slice(0, 4)];
		return prefix ? prefix + digits.slice(4) : null;
	}
	const isMobile = /^0[35789]\d{8}$/.test(digits);
	const isLandLine = /^0[2-8]\d{8,9}$/.test(digits) && !/^0[35789]\d{9}$/.test(digits);
	return isMobile || isLandLine || /^[2-8]\d{6,7}$/.test(digits) ? digits : null;
}

/** The zero of a mobile of 9 digits (10 before 2018) or of a land line with its area code. */
function restoreZero(digits: string): string {
	return /^(?:[35789]\d{8}|1[2689]\d{8}|2\d{9})$/.test(digits) ? `0${digits}` : digits;
}
