import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";

/** The two widths every screen is looked at: a cheap phone and an old PC. */
export const WIDTHS = {
	phone: { width: 360, height: 760 },
	pc: { width: 1366, height: 800 },
} as const;

const SHOTS = fileURLToPath(new URL("shots/", import.meta.url));

// The library's flags are for a cloud function: two of them would hide mistakes of ours, and in a single process the browser dies
// with the first page that is closed.
const UNWANTED = ["--disable-web-security", "--allow-running-insecure-content", "--single-process", "--no-zygote"];

let axeSource: string | undefined;

/** Gives `work` a headless Chromium out of the npm package (runs as root, needs nothing installed) and closes it whatever happens. */
export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
	const browser = await playwright.launch({
		executablePath: await chromium.executablePath(),
		args: chromium.args.filter((flag) => !UNWANTED.includes(flag)),
		headless: true,
	});
	try {
		return await work(browser);
	} finally {
		await browser.close();
	}
}

/** Opens a page as a Vietnamese user at one of {@link WIDTHS}; errors of the page itself are collected in `problems`. */
export async function openPage(browser: Browser, address: string, size: keyof typeof WIDTHS = "pc") {
	const context = await browser.newContext({
		viewport: WIDTHS[size],
		locale: "vi-VN",
		timezoneId: "Asia/Ho_Chi_Minh",
		reducedMotion: "reduce",
		hasTouch: size === "phone",
	});
	const page = await context.newPage();
	const problems: string[] = [];
	page.on("pageerror", (error) => problems.push(String(error)));
	await page.goto(address);
	return { page, problems, close: () => context.close() };
}

// A list of thousands of rows makes a page that no picture shows.
const TALLEST = 4000;

/**
 * Saves the page as `test/shots/<name>-<width>.png` at both widths, for people to look at, and fails where the page is wider than
 * the screen: then a phone scrolls sideways.
 */
export async function shot(page: Page, name: string): Promise<void> {
	await mkdir(SHOTS, { recursive: true });
	const before = page.viewportSize();
	for (const { width, height } of Object.values(WIDTHS)) {
		await page.setViewportSize({ width, height });
		await settled(page);
		const size = await page.evaluate(() => ({
			width: document.documentElement.scrollWidth,
			height: document.documentElement.scrollHeight,
		}));
		assert.ok(size.width <= width, `${name}: the page is ${size.width} px wide on a screen of ${width} px`);
		await page.setViewportSize({
			width,
			height: Math.min(TALLEST, Math.max(height, size.height)),
		});
		await settled(page);
		await page.screenshot({ path: `${SHOTS}${name}-${width}.png` });
	}
	if (before) await page.setViewportSize(before);
}

/** Waits until fonts and pictures are there and two frames have been drawn since. */
async function settled(page: Page): Promise<void> {
	await page.waitForLoadState("networkidle");
	await page.evaluate(async () => {
		await document.fonts.ready;
		for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
	});
}

/** Waits until the program has said that something was done. */
export function toast(page: Page, words: string | RegExp): Promise<void> {
	return page.getByRole("status").filter({ hasText: words }).waitFor();
}

type Finding = {
	id: string;
	impact: string | null;
	help: string;
	nodes: { html: string }[];
};

/** Fails on a serious or critical finding of axe-core (WCAG 2.2 A and AA) on the page as it stands. */
export async function axe(page: Page): Promise<void> {
	axeSource ??= await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
	await page.evaluate(axeSource);
	const findings = await page.evaluate(async () => {
		const { axe } = window as unknown as {
			axe: { run(): Promise<{ violations: Finding[] }> };
		};
		return (await axe.run()).violations;
	});
	const grave = findings.filter((finding) => finding.impact === "serious" || finding.impact === "critical");
	const words = grave.map(
		({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}`).join("\n")}`,
	);
	assert.equal(grave.length, 0, `axe-core on ${page.url()}:\n${words.join("\n")}`);
}
