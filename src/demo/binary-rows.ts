/** Days between 1970-01-01 and PostgreSQL's first day, 2000-01-01. */
const POSTGRES_EPOCH = 10_957;

/** The multirange wire format: the lower bound is in, the upper one is not. */
const BOUNDED = 0x02;
const UNBOUNDED = 0x12;

/** What COPY in binary begins with: the signature, no flags, no extension. */
export const BINARY_HEADER: Uint8Array = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
/** And ends with. */
export const BINARY_TRAILER: Uint8Array = Buffer.from([0xff, 0xff]);

/**
 * Rows of one table in COPY's binary format, written field by field into one growing buffer: a third of the work of text, for
 * the writer and for the database. Days are days since 1970-01-01.
 */
export class BinaryRows {
	bytes: Uint8Array;
	at = 0;
	rows = 0;

	constructor(size = 1 << 20) {
		this.bytes = new Uint8Array(size);
	}

	/** Begins a row; `room` bytes must hold all of it. */
	row(fields: number, room: number): void {
		if (this.at + room > this.bytes.length) this.#grow(room);
		this.bytes[this.at] = 0;
		this.bytes[this.at + 1] = fields;
		this.at += 2;
		this.rows += 1;
	}

	int4(value: number): void {
		this.#length(4);
		this.#four(value);
	}

	int2(value: number): void {
		this.#length(2);
		this.bytes[this.at++] = value >> 8;
		this.bytes[this.at++] = value;
	}

	bool(value: boolean): void {
		this.#length(1);
		this.bytes[this.at++] = value ? 1 : 0;
	}

	null(): void {
		this.#four(-1);
	}

	day(epochDay: number): void {
		this.#length(4);
		this.#four(epochDay - POSTGRES_EPOCH);
	}

	dayOrNull(epochDay: number): void {
		if (epochDay < 0) this.null();
		else this.day(epochDay);
	}

	/** Text as UTF-8, or a bytea. */
	raw(value: Uint8Array): void {
		this.#length(value.length);
		this.append(value);
	}

	/** A version 7 UUID of its time and order (`serial`, 4 096 a millisecond) and two words of chance. */
	uuid(firstMillisecond: number, serial: number, chance: number, more: number): void {
		this.#length(16);
		const time = firstMillisecond + Math.floor(serial / 4096);
		const order = serial % 4096;
		const { bytes, at } = this;
		const high = Math.floor(time / 0x1_0000);
		bytes[at] = high >>> 24;
		bytes[at + 1] = high >>> 16;
		bytes[at + 2] = high >>> 8;
		bytes[at + 3] = high;
		bytes[at + 4] = (time % 0x1_0000) >>> 8;
		bytes[at + 5] = time;
		bytes[at + 6] = 0x70 | (order >>> 8);
		bytes[at + 7] = order;
		this.at += 8;
		this.#four((chance & 0x3fff_ffff) | 0x8000_0000);
		this.#four(more);
	}

	/** A datemultirange of periods `from, to, from, to …`, `to` −1 where it has no end; `count` numbers of them are used. */
	periods(periods: Int32Array, count: number): void {
		const start = this.at;
		this.at += 4;
		this.#four(count / 2);
		for (let i = 0; i < count; i += 2) this.#period(periods[i] as number, periods[i + 1] as number);
		const end = this.at;
		this.at = start;
		this.#length(end - start - 4);
		this.at = end;
	}

	/** Begins a text of unknown length; {@link closeText} ends it. */
	openText(): number {
		this.at += 4;
		return this.at;
	}

	closeText(start: number): void {
		const end = this.at;
		this.at = start - 4;
		this.#length(end - start);
		this.at = end;
	}

	append(value: Uint8Array): void {
		const { bytes } = this;
		let at = this.at;
		if (value.length > 48) bytes.set(value, at);
		else for (let i = 0; i < value.length; i++) bytes[at + i] = value[i] as number;
		at += value.length;
		this.at = at;
	}

	byte(value: number): void {
		this.bytes[this.at++] = value;
	}

	/** What has been written so far, as a buffer of its own that may be given away; this one is empty again. */
	take(): Uint8Array {
		const taken = this.bytes.slice(0, this.at);
		this.at = 0;
		this.rows = 0;
		return taken;
	}

	#period(from: number, to: number): void {
		this.#four(to < 0 ? 9 : 17);
		this.bytes[this.at++] = to < 0 ? UNBOUNDED : BOUNDED;
		this.#length(4);
		this.#four(from - POSTGRES_EPOCH);
		if (to < 0) return;
		this.#length(4);
		this.#four(to - POSTGRES_EPOCH);
	}

	#length(length: number): void {
		this.#four(length);
	}

	#four(value: number): void {
		const { bytes, at } = this;
		bytes[at] = value >>> 24;
		bytes[at + 1] = value >>> 16;
		bytes[at + 2] = value >>> 8;
		bytes[at + 3] = value;
		this.at = at + 4;
	}

	#grow(room: number): void {
		const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + room));
		larger.set(this.bytes.subarray(0, this.at));
		this.bytes = larger;
	}
}
