import { text } from "node:stream/consumers";
import { openZip } from "../sheets/zip.ts";

/** The text of a part of a Word or Excel file. */
export async function partOf(file: Uint8Array, name: string): Promise<string> {
	const zip = await openZip(file);
	try {
		return await text(await zip.stream(name));
	} finally {
		zip.close();
	}
}

/** What a reader reads in it: paragraphs and cells, a line each. */
export function wordsOf(xml: string): string[] {
	return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)]
		.map(([paragraph]) => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, words]) => words).join(""))
		.filter(Boolean);
}
