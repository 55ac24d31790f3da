import type { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import { Problem } from "../core/problem.ts";
import { fileProblems } from "./limits.ts";

/** What a part's reader wants to hear; names come without their prefix (`x:row` and `row` are the same). */
export interface XmlHandler {
	open?(name: string, attributes: Record<string, string>): void;
	text?(text: string): void;
	close?(name: string): void;
}

/**
 * Feeds one XML part to its handler, a step per chunk, so that a caller can hand on what has arrived. Entities of a DTD are
 * not expanded (saxes knows only the five of XML), nothing outside the part is fetched.
 */
export async function* feedXml(stream: Readable, handler: XmlHandler): AsyncGenerator<void> {
	const parser = new SaxesParser();
	parser.on("error", (error) => {
		throw error;
	});
	parser.on("opentag", (tag) => handler.open?.(bare(tag.name), tag.attributes as Record<string, string>));
	parser.on("text", (text) => handler.text?.(text));
	parser.on("cdata", (text) => handler.text?.(text));
	parser.on("closetag", (tag) => handler.close?.(bare(tag.name)));
	stream.setEncoding("utf8");
	try {
		for await (const chunk of stream) {
			parser.write(chunk as string);
			yield;
		}
		parser.close();
		yield;
	} catch (error) {
		throw error instanceof Problem ? error : fileProblems.damaged();
	} finally {
		stream.destroy();
	}
}

/** Reads one XML part to its end. */
export async function readXml(stream: Readable, handler: XmlHandler): Promise<void> {
	for await (const _ of feedXml(stream, handler));
}

function bare(name: string): string {
	const colon = name.indexOf(":");
	return colon < 0 ? name : name.slice(colon + 1);
}

/** Excel writes characters that XML cannot hold as `_x000D_`; a carriage return before a line feed is dropped. */
export function unescapeCell(text: string): string {
	if (!text.includes("_x")) return text;
	return text
		.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
		.replace(/\r\n/g, "\n");
}
