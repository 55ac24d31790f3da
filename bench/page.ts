import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { DEMO_PASSWORD } from "../src/demo/demo.ts";
import { WIDTHS, withBrowser } from "../test/browser.ts";
import { countryFolder, openCountry, SIZES } from "./country-place.ts";
import { startProgram } from "./program.ts";
import { atMost, beside, median, type Row, RUNS, timed } from "./row.ts";

/** A cheap phone in a hamlet: a processor four times slower than this one, 1.6 Mbit/s and 150 ms to the server. */
const SLOW = { cpu: 4, down: 1_600_000 / 8, up: 750_000 / 8, latency: 150 };
/** How fast she types, in milliseconds a key. */
const TYPING = 150;
const STEPS = 60;

/** What the pages cost on a slow phone; their weight is kept by test/weight.test.ts. */
export async function run(): Promise<Row[]> {
	// A commune's figures cost the same in any country (see rates), so the small one will do.
	await (await openCountry(SIZES.small)).close();
	const program = await startProgram(countryFolder(SIZES.small), { TAPHOP_DEMO: "yes" });
	try {
		return await withBrowser(async (browser) => {
			const visits: Visit[] = [];
			for (let n = 0; n < RUNS; n++) {
				const context = await browser.newContext({ viewport: WIDTHS.phone, locale: "vi-VN", hasTouch: true });
				visits.push(await visit(context, program.url));
				await context.close();
			}
			const context = await browser.newContext({ viewport: WIDTHS.pc, locale: "vi-VN" });
			const frames = await scrolling(context, program.url);
			const middle = (value: (one: Visit) => number) => median(visits.map(value)) / 1000;
			return [
				atMost(
					"sign-in, first content, on a slow phone",
					1,
					middle((one) => one.firstContent),
					"s",
				),
				atMost(
					"the overview after signing in, first visit",
					3,
					middle((one) => one.overview),
					"s",
				),
				atMost(
					"the overview on a later visit",
					1,
					middle((one) => one.again),
					"s",
				),
				atMost("the longest frame while the national table scrolls, slow processor", 50, frames.longest, "ms"),
				beside("  its rows", frames.rows, ""),
				beside("  the middle one of its frames", frames.middle, "ms"),
			];
		});
	} finally {
		await program.stop();
	}
}

interface Visit {
	firstContent: number;
	overview: number;
	again: number;
}

async function visit(context: BrowserContext, url: string): Promise<Visit> {
	const page = await context.newPage();
	await slowedDown(page);
	await page.goto(`${url}/sign-in`);
	const firstContent = await page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				new PerformanceObserver((list) => {
					const paint = list.getEntriesByName("first-contentful-paint")[0];
					if (paint) resolve(paint.startTime);
				}).observe({ type: "paint", buffered: true });
			}),
	);
	await signIn(page, "xa.kimlong");
	const overview = await timed(() => usable(page));
	// The service worker takes what it will need later from the cache of the first visit.
	await page.evaluate(() => navigator.serviceWorker?.ready.then(() => undefined));
	const later = await context.newPage();
	await slowedDown(later);
	const again = await timed(async () => {
		await later.goto(url, { waitUntil: "commit" });
		await usable(later);
	});
	return { firstContent, overview, again };
}

/** She reads her commune's rate, and the menu is there to go on from. */
async function usable(page: Page): Promise<void> {
	await page.getByRole("button", { name: "Cách tính" }).first().waitFor();
}

async function signIn(page: Page, username: string): Promise<void> {
	await page.getByLabel("Tên đăng nhập").pressSequentially(username, { delay: TYPING });
	await page.getByLabel("Mật khẩu").pressSequentially(DEMO_PASSWORD, { delay: TYPING });
	await page.getByRole("button", { name: "Đăng nhập", exact: true }).click();
}

async function slowedDown(page: Page, network = true): Promise<CDPSession> {
	const session = await page.context().newCDPSession(page);
	await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.cpu });
	await session.send("Network.enable");
	if (network)
		await session.send("Network.emulateNetworkConditions", {
			offline: false,
			latency: SLOW.latency,
			downloadThroughput: SLOW.down,
			uploadThroughput: SLOW.up,
		});
	return session;
}

/** Scrolls through all communes by steps of a screen, asking each frame how long it took. */
async function scrolling(
	context: BrowserContext,
	url: string,
): Promise<{ longest: number; middle: number; rows: number }> {
	const page = await context.newPage();
	await page.goto(`${url}/sign-in`);
	await signIn(page, "trunguong");
	await page.waitForURL(`${url}/`);
	await page.goto(`${url}/gathering?list=all`);
	const table = page.getByRole("table").first();
	await table.waitFor();
	const rows = Number(await table.getAttribute("aria-rowcount"));
	await slowedDown(page, false);
	const frames = await page.evaluate(async (steps) => {
		const lasted: number[] = [];
		let last = performance.now();
		let going = true;
		const frame = (now: number) => {
			lasted.push(now - last);
			last = now;
			if (going) requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
		for (let step = 0; step < steps; step++) {
			window.scrollBy(0, step < steps / 2 ? 300 : 3000);
			await new Promise((resolve) => setTimeout(resolve, 60));
		}
		going = false;
		return lasted.slice(2);
	}, STEPS);
	return { longest: Math.max(...frames), middle: median(frames), rows };
}
