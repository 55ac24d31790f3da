/** Texts longer than this are rare, and not worth the memory. */
const LONGEST = 200;

/**
 * `answer`, worked out once a text: names, branches and days come again and again in a roster. At most `limit` answers are kept;
 * then it begins anew. The same object is handed out each time, so nobody may change it.
 */
export function memo<T>(limit: number, answer: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		const found = known.get(text);
		if (found !== undefined) return found;
		if (text.length > LONGEST) return answer(text);
		const own = copy(text);
		const fresh = answer(own);
		if (known.size >= limit) known.clear();
		known.set(own, fresh);
		return fresh;
	};
}

/**
 * The same text in memory of its own. What was cut out of a longer text keeps all of that in memory: thirty thousand names of a
 * file kept the whole file.
 */
function copy(text: string): string {
	return text.split("").join("");
}
