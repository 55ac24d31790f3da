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
		const fresh = answer(text);
		if (known.size >= limit) known.clear();
		if (text.length <= LONGEST) known.set(text, fresh);
		return fresh;
	};
}
