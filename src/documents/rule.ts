import { AlignmentType, LineRuleType, Paragraph } from "docx";
import { ShapeRun } from "docx/shapes";

/** Pixels of 96 to the inch, as docx measures drawings. */
const PIXELS_PER_POINT = 96 / 72;

/** A drawn line in the middle of its column, 0.75 pt thick (decree 30: a solid line, no underlining); `points`: how long. */
export function rule(points: number, after = 0): Paragraph {
	return new Paragraph({
		alignment: AlignmentType.CENTER,
		// A line of its own that takes hardly any room: close below the words it belongs to.
		spacing: { before: 30, after, line: 40, lineRule: LineRuleType.EXACT },
		run: { size: 2 },
		keepNext: true,
		children: [
			new ShapeRun({
				type: "line",
				transformation: { width: Math.round(points * PIXELS_PER_POINT), height: 0 },
				line: { color: "000000", width: 0.75 },
				run: { size: 4 },
			}),
		],
	});
}

/** About how wide words are in bold Times, in points of a letter's size: capitals are twice as wide as spaces and small letters. */
export function widthOf(text: string, halfPoints: number): number {
	let ems = 0;
	for (const letter of text.normalize("NFC")) {
		if (letter === " ") ems += 0.25;
		else ems += letter === letter.toUpperCase() && letter !== letter.toLowerCase() ? 0.72 : 0.48;
	}
	return (ems * halfPoints) / 2;
}
