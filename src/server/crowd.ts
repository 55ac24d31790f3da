import type { Context } from "hono";
import { Problem } from "../core/problem.ts";

/**
 * How many requests may be under way at once. Two processors answer some 300 a second, so whoever is let in is answered within
 * about two seconds; on the evening of the last day the others are told to come again, instead of all waiting for minutes.
 */
const ROOM = 400;
/** The first and the last second at which those turned away come again, so that they do not come together. */
const AGAIN = { first: 2, last: 8 };

/** Turns requests away with 503 and Retry-After while `room` are under way. Nothing of them was begun: the same may be sent again. */
export function crowdLimit(room = ROOM) {
	let inside = 0;
	return async (_: Context, next: () => Promise<void>) => {
		if (inside >= room) throw tooMany();
		inside += 1;
		try {
			await next();
		} finally {
			inside -= 1;
		}
	};
}

function tooMany(): Problem {
	const retryAfter = AGAIN.first + Math.floor(Math.random() * (AGAIN.last - AGAIN.first + 1));
	return new Problem(
		"server.crowded",
		503,
		`Máy chủ đang phục vụ rất nhiều người cùng lúc. Việc chị vừa làm chưa được lưu; hãy thử lại sau ${retryAfter} giây.`,
		{ detail: { retryAfter } },
	);
}
