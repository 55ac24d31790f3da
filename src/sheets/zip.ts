import type { Readable } from "node:stream";
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { fileProblems, limits } from "./limits.ts";
import type { FileSource } from "./workbook.ts";

/** The parts of a zip by name (lower case, without a leading slash), opened one at a time. */
export interface Zip {
	has(name: string): boolean;
	stream(name: string): Promise<Readable>;
	close(): void;
}

/**
 * Opens a zip and refuses one that would unpack to more than the limits, by the sizes it declares; yauzl stops a part that
 * unpacks to more than it declared. Pictures and embedded files are never opened, so they do not count.
 */
export async function openZip(source: FileSource): Promise<Zip> {
	const zip = await openFile(source);
	const entries = new Map<string, Entry>();
	let unpacked = 0;
	let packed = 0;
	try {
		if (zip.entryCount > limits.zipEntries) throw fileProblems.bomb();
		for await (const entry of zip.eachEntry()) {
			if (entry.isEncrypted()) throw fileProblems.encrypted();
			entries.set(partName(entry.fileName), entry);
			if (!isXml(entry.fileName)) continue;
			unpacked += entry.uncompressedSize;
			packed += entry.compressedSize;
		}
		if (unpacked > limits.unpackedBytes) throw fileProblems.bomb();
		if (unpacked > limits.ratioFrom && unpacked > packed * limits.ratio) throw fileProblems.bomb();
	} catch (error) {
		zip.close();
		throw error;
	}
	return {
		has: (name) => entries.has(partName(name)),
		stream: async (name) => {
			const entry = entries.get(partName(name));
			if (!entry || !isXml(entry.fileName)) throw fileProblems.damaged();
			return zip.openReadStreamPromise(entry);
		},
		close: () => zip.close(),
	};
}

function openFile(source: FileSource): Promise<ZipFile> {
	const options = { lazyEntries: true, autoClose: false };
	return typeof source === "string"
		? openPromise(source, options)
		: fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options);
}

/** Part names are compared without case; some writers put a slash before them or use backslashes. */
function partName(name: string): string {
	return name.replace(/\\/g, "/").replace(/^\/+/, "").toLowerCase();
}

function isXml(name: string): boolean {
	return /\.(xml|rels)$/i.test(name);
}
