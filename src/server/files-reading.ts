import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { Problem } from "../core/problem.ts";
import { type Actor, asReader, type Database, type Work } from "../db/actor.ts";

/** A reader that takes nothing for so long has gone, though its connection stands. */
const STALLED_MS = 120_000;
/** Each holds a connection of the database for as long as it is taken; the others must be left enough. */
const MOST_AT_ONCE = 3;
let underWay = 0;
/** Those who come while so many are under way wait for a place, this long at most and no more than this many. */
const WAIT_MS = 20_000;
const MOST_WAITING = 40;
const waiting: (() => void)[] = [];

/** A place for one more file, now or as soon as one is free; throws `export.busy`. {@link givePlace} gives it on. */
async function takePlace(waitMs: number): Promise<void> {
	if (underWay < MOST_AT_ONCE) {
		underWay += 1;
		return;
	}
	const busy = () =>
		new Problem("export.busy", 503, "Đang có nhiều người xuất danh sách. Hãy thử lại sau một phút.", {
			detail: { retryAfter: 5 },
		});
	if (waiting.length >= MOST_WAITING) throw busy();
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	waiting.push(resolve);
	const late = setTimeout(() => {
		const at = waiting.indexOf(resolve);
		if (at < 0) return;
		waiting.splice(at, 1);
		reject(busy());
	}, waitMs);
	await promise.finally(() => clearTimeout(late));
}

function givePlace(): void {
	const next = waiting.shift();
	if (next) next();
	else underWay -= 1;
}

/** What a file is made of while it is read: its stream, and the rows it pulls, page by page. */
interface Reading<Row> {
	pages: AsyncGenerator<Row>;
	write(pages: AsyncIterable<Row>): Readable;
}

/**
 * A file that is read while it is sent, in one transaction ({@link asReader}) that ends with it: when the last byte has been
 * taken, when the reader has gone, or stalls. Resolves with the first page at hand, so that a refusal is still an answer.
 * Throws what the first page throws, and `export.busy`.
 */
export async function streamReading<Row>(
	database: Database,
	actor: Actor,
	open: (work: Work) => Reading<Row>,
	{ stalledMs = STALLED_MS, waitMs = WAIT_MS } = {},
): Promise<Readable> {
	await takePlace(waitMs);
	const started = Promise.withResolvers<Readable>();
	let stream: Readable | undefined;
	asReader(database, actor, async (work) => {
		const { pages, write } = open(work);
		try {
			const first = await pages.next();
			let taken = Date.now();
			stream = write(following(first, pages, () => (taken = Date.now())));
			const watch = setInterval(() => {
				if (Date.now() - taken > stalledMs) stream?.destroy();
			}, stalledMs / 4);
			const sent = finished(stream);
			started.resolve(stream);
			await sent.finally(() => clearInterval(watch));
		} finally {
			// Nothing may be asked of this transaction once it has ended: a page under way is waited for.
			await pages.return(undefined);
		}
	})
		.catch((error) => {
			// Too late to say it: the connection breaks off, and the browser shows a download that failed.
			stream?.destroy(error);
			started.reject(error);
		})
		.finally(() => {
			givePlace();
		});
	return started.promise;
}

/** The page already read, then the others; `onTaken` hears of each that is asked for. */
async function* following<Row>(
	first: IteratorResult<Row>,
	rest: AsyncIterable<Row>,
	onTaken: () => void,
): AsyncGenerator<Row> {
	if (first.done) return;
	yield first.value;
	onTaken();
	for await (const page of rest) {
		yield page;
		onTaken();
	}
}
