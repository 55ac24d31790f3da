const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits. Ids sort by the time they were made, carry no
 * global sequence (design §7) and can be made on a phone without a connection.
 */
export function uuidv7(now: number = Date.now()): string {
	const bytes = randomBytes16();
	let rest = now;
	for (let i = 5; i >= 0; i--) {
		bytes[i] = rest % 256;
		rest = Math.floor(rest / 256);
	}
	bytes[6] = (bytes[6] & 0x0f) | 0x70;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	return uuidText(bytes);
}

/**
 * So many ids at once, 16 bytes each, in ascending order: the 12 bits after the time count on, and past 4 096 the time does. An
 * index they are put into in order grows at its end.
 */
export function uuidv7s(count: number, now: number = Date.now()): Uint8Array {
	const bytes = new Uint8Array(count * 16);
	// What getRandomValues gives at once.
	for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
	const view = new DataView(bytes.buffer);
	for (let serial = 0; serial < count; serial++) {
		const at = serial * 16;
		const time = now + Math.floor(serial / 4096);
		view.setUint32(at, Math.floor(time / 0x1_0000));
		view.setUint16(at + 4, time % 0x1_0000);
		view.setUint16(at + 6, 0x7000 | (serial % 4096));
		view.setUint8(at + 8, (view.getUint8(at + 8) & 0x3f) | 0x80);
	}
	return bytes;
}

/** An id of {@link uuidv7s} as text. */
export function uuidText(bytes: Uint8Array): string {
	let hex = "";
	for (const byte of bytes) hex += HEX[byte];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Random bytes are fetched for many ids at once: one by one they cost more than the rest of an id. */
const POOL = new Uint8Array(16 * 256);
let used = POOL.length;

function randomBytes16(): Uint8Array {
	if (used === POOL.length) {
		crypto.getRandomValues(POOL);
		used = 0;
	}
	used += 16;
	return POOL.slice(used - 16, used);
}
