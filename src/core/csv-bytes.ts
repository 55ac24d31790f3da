/** How the bytes of a CSV mean text; "bytes" hands them on one character a byte. */
export type CsvEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1258" | "bytes";

const SAMPLE_BYTES = 64 * 1024;
/** More signs on one letter than any text has. */
const MOST_TONES = 8;

/** What windows-1258 never shows in Vietnamese: signs between letters, foreign letters, a tone that found no vowel. */
const FOREIGN_TO_1258 = /[\u00a1-\u00bf\u00d7\u00f7åäæçëïîñöøûüÿßÅÄÆÇËÏÎÑÖØÛÜ]|[\u0300-\u036f]/gu;
const COMPOSED_VIETNAMESE = /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]/gu;

/**
 * Tells the code of a CSV file from all its bytes, which come piece by piece. By its mark, else UTF-16 when every other byte is
 * zero, else UTF-8 when valid; what remains is a single-byte code: TCVN3 and VNI bytes are handed on one character a byte (each
 * column is decoded later, after a person has confirmed it), everything else is windows-1258, the Vietnamese page of old Windows.
 */
export function encodingFinder(): { push(bytes: Uint8Array): void; found(): CsvEncoding } {
	const sample = new Uint8Array(SAMPLE_BYTES);
	let sampled = 0;
	let isUtf8 = true;
	const utf8 = new TextDecoder("utf-8", { fatal: true });
	const check = (bytes?: Uint8Array) => {
		try {
			if (isUtf8) utf8.decode(bytes, { stream: bytes !== undefined });
		} catch {
			// Not an error: a file of another code.
			isUtf8 = false;
		}
	};
	return {
		push(bytes) {
			const more = bytes.subarray(0, SAMPLE_BYTES - sampled);
			sample.set(more, sampled);
			sampled += more.length;
			check(bytes);
		},
		found() {
			check();
			const head = sample.subarray(0, sampled);
			if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
			if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
			return wideEncoding(head) ?? (isUtf8 ? "utf-8" : singleByteEncoding(head));
		},
	};
}

/** UTF-16 without a mark: a quarter of its bytes or more are zero, and all on one side of the pairs. */
export function wideEncoding(sample: Uint8Array): "utf-16le" | "utf-16be" | undefined {
	const zeros: [even: number, odd: number] = [0, 0];
	for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[(i % 2) as 0 | 1]++;
	const [even, odd] = zeros;
	if (Math.max(even, odd) < sample.length / 4 || Math.min(even, odd) > sample.length / 20) return undefined;
	return odd > even ? "utf-16le" : "utf-16be";
}

function singleByteEncoding(sample: Uint8Array): CsvEncoding {
	const text = new TextDecoder("windows-1258").decode(sample).normalize("NFC");
	const foreign = text.match(FOREIGN_TO_1258)?.length ?? 0;
	const vietnamese = text.match(COMPOSED_VIETNAMESE)?.length ?? 0;
	return foreign > vietnamese ? "bytes" : "windows-1258";
}

/** Text of bytes that come piece by piece, wherever they are cut; without the mark. */
export interface TextReader {
	push(bytes: Uint8Array): string;
	end(): string;
}

export function textReader(encoding: CsvEncoding): TextReader {
	if (encoding === "bytes") return { push: oneToOne, end: () => "" };
	const decoder = new TextDecoder(encoding);
	if (encoding !== "windows-1258")
		return { push: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
	// A letter comes before its tone: the last letter waits for what follows.
	let waiting = "";
	return {
		push(bytes) {
			const text = waiting + decoder.decode(bytes, { stream: true });
			waiting = /\P{M}?\p{M}*$/u.exec(text.slice(-MOST_TONES))?.[0] ?? "";
			return text.slice(0, text.length - waiting.length).normalize("NFC");
		},
		end: () => (waiting + decoder.decode()).normalize("NFC"),
	};
}

/** The text of a whole CSV file. */
export function decodeCsv(bytes: Uint8Array): string {
	const finder = encodingFinder();
	finder.push(bytes);
	const reader = textReader(finder.found());
	return reader.push(bytes) + reader.end();
}

/** Not TextDecoder("latin1"): that is windows-1252, which moves the bytes 0x80–0x9F. */
function oneToOne(bytes: Uint8Array): string {
	let text = "";
	for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return text;
}
