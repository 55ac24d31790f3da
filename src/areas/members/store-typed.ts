import { readNationalId } from "../../core/national-id.ts";
import { readPhone } from "../../core/phone.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";

/** What someone typed to find a member. */
interface Typed {
	/** Parts of a name without diacritics, in any order; none where it is a number, or nothing. */
	words: string[];
	/** A pattern of phones: the whole one where it may be a CCCD or CMND, else its beginning. */
	phone: string | null;
	hmac: Buffer | null;
}

/** Reads it as a whole number, a phone, or words of a name. */
export function readTyped(work: Work, q: string | undefined): Typed {
	const key = searchKey(q ?? "");
	if (!/^[\d\s.+-]+$/.test(key)) return { words: key.split(" ").filter(Boolean), phone: null, hmac: null };
	const digits = key.replace(/\D/g, "");
	const phone = readPhone(key).value ?? digits;
	const { value } = readNationalId(digits, { birth: null, sex: null });
	return value === null
		? { words: [], phone: `${phone}%`, hmac: null }
		: { words: [], phone, hmac: work.vault.fingerprint(value) };
}
