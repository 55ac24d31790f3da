/**
 * Chance that a seed fixes: the same parts always give the same stream, so that two demos of one seed are one demo. Each
 * unit draws from a stream of its own, and what changes in one changes nothing elsewhere.
 */
export class Random {
	#state: number;

	constructor(...seed: (string | number)[]) {
		this.#state = hashOf(seed.join("\u0000"));
	}

	/** A number in [0, 1): mulberry32. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from `low` to `high`, both included. */
	integer(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** A number in [low, high). */
	between(low: number, high: number): number {
		return low + this.next() * (high - low);
	}

	/** True with the given probability. */
	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** Any of a list that is not empty. */
	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.next() * list.length)] as T;
	}

	/** One of the things, each as likely as its weight. */
	weighted<T>(choices: readonly (readonly [T, number])[]): T {
		let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [thing, weight] of choices) {
			left -= weight;
			if (left < 0) return thing;
		}
		return (choices[choices.length - 1] as readonly [T, number])[0];
	}

	/** About normal with mean 0 and deviation 1: the sum of twelve, never beyond ±6. */
	normal(): number {
		let sum = -6;
		for (let i = 0; i < 12; i++) sum += this.next();
		return sum;
	}

	/** `size` different things of the list, in a random order; all of them when it has fewer. */
	sample<T>(list: readonly T[], size: number): T[] {
		const rest = [...list];
		const count = Math.min(size, rest.length);
		for (let i = 0; i < count; i++) {
			const at = this.integer(i, rest.length - 1);
			[rest[i], rest[at]] = [rest[at] as T, rest[i] as T];
		}
		return rest.slice(0, count);
	}
}

/** FNV-1a, then mixed once more: seeds that differ in one letter give streams that have nothing in common. */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	return hash ^ (hash >>> 13);
}

/** All demo ids sort before those of real work: their milliseconds count up from the day the unlisted figures were opened. */
const FIRST_MILLISECOND = Date.UTC(2022, 5, 10);

/** UUIDs of version 7 that a seed fixes, each greater than the one before. */
export function idsOf(...seed: (string | number)[]): () => string {
	const random = new Random("ids", ...seed);
	let made = 0;
	const hex = (digits: number) =>
		Math.floor(random.next() * 16 ** digits)
			.toString(16)
			.padStart(digits, "0");
	return () => {
		const time = (FIRST_MILLISECOND + Math.floor(made / 4096)).toString(16).padStart(12, "0");
		const counter = (made % 4096).toString(16).padStart(3, "0");
		made += 1;
		return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${"89ab"[random.integer(0, 3)]}${hex(3)}-${hex(6)}${hex(6)}`;
	};
}
