/** What an answer says as JSON; null where it is none: nothing at all, or the page of a proxy in between, which the status speaks for. */
export async function jsonOf<Answer>(response: Response): Promise<Answer | null> {
	try {
		return (await response.json()) as Answer;
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}
