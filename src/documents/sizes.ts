/**
 * Measures of decree 30/2020/NĐ-CP, appendix I, which organisations like the Union follow (article 2). Twips (a twentieth of a point) for
 * lengths, half points for letters. Where the decree gives a range, what the Union's own papers have.
 */
export const PAGE = { width: 11906, height: 16838 } as const;

/** 20 mm above and below, 30 mm left where it is bound, 15 mm right; the page number stands in the upper margin. */
export const MARGINS = { top: 1134, bottom: 1134, left: 1701, right: 850, header: 567, footer: 567 } as const;

/** What is left of a page's width for text. */
export const TEXT_WIDTH = PAGE.width - MARGINS.left - MARGINS.right;
export const TEXT_WIDTH_ACROSS = PAGE.height - MARGINS.left - MARGINS.right;

export const FONT = "Times New Roman";

/** Sizes in half points. */
export const SIZE = {
	nation: 24,
	motto: 28,
	above: 24,
	issuer: 24,
	number: 26,
	date: 28,
	title: 28,
	subject: 24,
	to: 28,
	body: 28,
	signer: 28,
	recipientsLabel: 24,
	recipients: 22,
	annex: 28,
	table: 26,
	annexTable: 24,
	note: 24,
	page: 26,
	mark: 22,
} as const;

/** 1.27 cm before the first line of a paragraph. */
export const FIRST_LINE = 720;
/** 6 pt between paragraphs. */
export const BETWEEN = 120;
/** Lines of the body: 1.15 (in 240ths). */
export const LINE = 276;

/** Millimetres in twips. */
export function twips(millimetres: number): number {
	return Math.round((millimetres * 1440) / 25.4);
}
