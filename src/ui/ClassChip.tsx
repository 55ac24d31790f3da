import type { RateClass } from "../core/rate.ts";
import css from "./ClassChip.module.css";

/** The Union's words for the three classes (R1; glossary: class.under, class.exactly, class.over). */
export const CLASS_WORDS: Record<RateClass, string> = {
	under: "Dưới 60%",
	exactly: "Bằng 60% (chưa đạt trên 60%)",
	over: "Trên 60%",
};

const SHORT: Record<RateClass, string> = {
	...CLASS_WORDS,
	exactly: "Bằng 60%",
};
const SIGN: Record<RateClass, string> = { under: "▾", exactly: "=", over: "▴" };

/** The class of a commune as a word with a sign, never by colour alone. `short` leaves out "(chưa đạt trên 60%)" in a narrow column. */
export function ClassChip({ cls, short = false }: { cls: RateClass; short?: boolean }) {
	return (
		<span className={`${css.chip} ${css[cls]}`} title={CLASS_WORDS[cls]}>
			<span aria-hidden="true">{SIGN[cls]}</span> {short ? SHORT[cls] : CLASS_WORDS[cls]}
			{short && cls === "exactly" ? <span className="unseen"> (chưa đạt trên 60%)</span> : null}
		</span>
	);
}
