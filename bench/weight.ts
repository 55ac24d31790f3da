import { buildWeb } from "../test/built-web.ts";
import { weigh } from "../test/built-weight.ts";
import { atMost, beside, type Row } from "./row.ts";

const KB = 1000;

/** What the pages weigh as they travel; test/weight.test.ts fails where one grows past its budget. */
export async function run(): Promise<Row[]> {
	const { signIn, shell, routes } = await weigh(await buildWeb());
	const heaviest = routes.reduce((one, other) => (other.bytes > one.bytes ? other : one));
	return [
		atMost("sign-in in all, gzip", 30, signIn / KB, "kB"),
		atMost("the app's shell, JavaScript, gzip", 220, shell / KB, "kB"),
		atMost("the heaviest other route beyond it, charts apart", 60, heaviest.bytes / KB, "kB"),
		beside("  routes", routes.length, ""),
	];
}
