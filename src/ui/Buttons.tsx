import type { ReactNode } from "react";
import css from "./Buttons.module.css";

/** The buttons at the end of a form or a dialog: side by side, on a phone as wide as the thumb likes. */
export function Buttons({ children, atEnd }: { children: ReactNode; atEnd?: boolean }) {
	return <div className={atEnd ? `${css.buttons} ${css.atEnd}` : css.buttons}>{children}</div>;
}
