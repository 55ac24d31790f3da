const SAMPLE_BYTES = 64 * 1024;

/** What windows-1258 never shows in Vietnamese: signs between letters, foreign letters, a tone that found no vowel. */
const FOREIGN_TO_1258 = /[\u00a1-\u00bf\u00d7\u00f7åäæçëïîñöøûüÿßÅÄÆÇËÏÎÑÖØÛÜ]|[\u0300-\u036f]/gu;
const COMPOSED_VIETNAMESE = /[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]/gu;

/**
 * The text of a CSV file. By its mark, else UTF-16 when every other byte is zero, else UTF-8 when valid; what remains is a
 * single-byte code: TCVN3 and VNI bytes are handed on one character a byte (each column is decoded later, after a person
 * has confirmed it), everything else is windows-1258, the Vietnamese page of old Windows.
 */
export function decodeCsv(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
	const wide = wideEncoding(bytes.subarray(0, SAMPLE_BYTES));
	if (wide) return new TextDecoder(wide).decode(bytes);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return decodeSingleByte(bytes);
	}
}

function wideEncoding(sample: Uint8Array): "utf-16le" | "utf-16be" | undefined {
	const zeros = [0, 0];
	sample.forEach((byte, i) => {
		if (byte === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1;
	});
	const [even, odd] = zeros as [number, number];
	if (even + odd < sample.length / 8) return undefined;
	return odd >= even ? "utf-16le" : "utf-16be";
}

function decodeSingleByte(bytes: Uint8Array): string {
	const sample = decode1258(bytes.subarray(0, SAMPLE_BYTES));
	const foreign = sample.match(FOREIGN_TO_1258)?.length ?? 0;
	const vietnamese = sample.match(COMPOSED_VIETNAMESE)?.length ?? 0;
	// Not TextDecoder("latin1"): that is windows-1252, which moves the bytes 0x80–0x9F.
	return foreign > vietnamese ? Buffer.from(bytes).toString("latin1") : decode1258(bytes);
}

function decode1258(bytes: Uint8Array): string {
	return new TextDecoder("windows-1258").decode(bytes).normalize("NFC");
}
