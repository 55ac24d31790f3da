/**
 * A small number for each of millions of texts, in 12 bytes a text instead of some hundred. Texts are known by 64 bits of hash, not
 * kept: that two of a million share them happens once in thirty million files.
 */
export class KeyMap {
	#size = 0;
	#high = new Uint32Array(1024);
	#low = new Uint32Array(1024);
	#values = new Int32Array(1024);

	/** The number of a text; 0 where it has none. */
	get(text: string): number {
		const [high, low] = hashed(text);
		return this.#values[this.#place(high, low)] as number;
	}

	/** Gives a text its number, which must not be 0. */
	set(text: string, value: number): void {
		if (this.#size * 2 >= this.#values.length) this.#grow();
		const [high, low] = hashed(text);
		const place = this.#place(high, low);
		if (this.#values[place] === 0) this.#size++;
		this.#put(place, high, low, value);
	}

	/** Where a hash stands, or the free place where it would. */
	#place(high: number, low: number): number {
		const mask = this.#values.length - 1;
		let place = low & mask;
		while (this.#values[place] !== 0 && (this.#low[place] !== low || this.#high[place] !== high))
			place = (place + 1) & mask;
		return place;
	}

	#put(place: number, high: number, low: number, value: number): void {
		this.#high[place] = high;
		this.#low[place] = low;
		this.#values[place] = value;
	}

	#grow(): void {
		const [high, low, values] = [this.#high, this.#low, this.#values];
		const length = values.length * 2;
		[this.#high, this.#low, this.#values] = [new Uint32Array(length), new Uint32Array(length), new Int32Array(length)];
		for (const [at, value] of values.entries())
			if (value !== 0)
				this.#put(this.#place(high[at] as number, low[at] as number), high[at] as number, low[at] as number, value);
	}
}

/** Two mixed 32-bit hashes of a text (after cyrb53, public domain). */
function hashed(text: string): [number, number] {
	let one = 0xdeadbeef;
	let two = 0x41c6ce57;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		one = Math.imul(one ^ code, 2_654_435_761);
		two = Math.imul(two ^ code, 1_597_334_677);
	}
	one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909);
	two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
	return [two >>> 0, one >>> 0];
}
