import { nfc } from "./vietnamese.ts";

/** Initial consonants, the longer first; "gi" and "qu" carry their vowel letter. */
const ONSETS = "ngh ng nh gh gi g kh k ch c th tr t ph p qu đ d b h l m n r s v x".split(" ");

/** What may follow the initial consonant, without tones. */
const RIMES = [
	"a ac ach ai am an ang anh ao ap at au ay",
	"ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây",
	"e ec em en eng eo ep et ê êch êm ên ênh êp êt êu",
	"i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu",
	"o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt",
	"oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt",
	"u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt up ut",
	"uơ uy uya uych uyên uyêt uynh uyp uyt uyu",
	"ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu",
	"y yêm yên yêng yêt yêu ynh yt",
]
	.join(" ")
	.split(" ");

const SYLLABLE = new RegExp(`^(?:${ONSETS.join("|")})?(?:${RIMES.join("|")})$`, "u");
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const RISING_OR_HEAVY = /[\u0301\u0323]/u;

/** No Vietnamese syllable is longer: "nghiêng". */
const LONGEST = 7;

/**
 * True for a word that Vietnamese spelling allows: known initial and rime, at most one tone, and sắc or nặng before a final
 * p, t, c, ch. Names of other peoples (Niê, Blô) are mostly none, which says nothing against them.
 */
export function isSyllable(word: string): boolean {
	if (word.length > 3 * LONGEST) return false;
	const parts = word.toLowerCase().normalize("NFD");
	const tones = parts.match(TONE) ?? [];
	const letters = nfc(parts.replace(TONE, ""));
	if (tones.length > 1 || !SYLLABLE.test(letters)) return false;
	return !/(?:[ptc]|ch)$/u.test(letters) || RISING_OR_HEAVY.test(tones[0] ?? "");
}
