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
