import { setTimeout as sleep } from "node:timers/promises";
import { uuidv7 } from "../src/core/id.ts";
import { median } from "./row.ts";

/** The chair of a commune, with what she closes the half-year with. */
export interface Chair {
	username: string;
	communeId: number;
	branchId: number;
	people: { personId: string; version: number }[];
}

/** The evening of some chairs; read as JSON from stdin, answered as {@link EveningResult} on stdout. */
export interface EveningOrder {
	url: string;
	password: string;
	chairs: Chair[];
	today: string;
	/** Over how many seconds they come, and after how many nobody begins any more. */
	seconds: number;
	deadline: number;
}

export interface EveningResult {
	/** Chairs that finished everything before the deadline, and the seconds until the last of them had. */
	served: number;
	seconds: number;
	requests: number;
	/** Answers that were not as they should be, with the first one's text. */
	errors: number;
	firstError: string;
	/** Requests turned away by a crowded server and sent again as the page does it; the wait counts in their time. */
	away: number;
	/** Of each kind how many were answered as they should be, and in how many milliseconds. */
	kinds: Record<string, { answered: number; middle: number; p95: number }>;
	p95: number;
}

/** What a chair's edit leaves behind, so that each can be found again. */
export const noteOf = (chair: number, edit: number) => `Tối 24/11, chủ tịch ${chair}, lần ${edit}`;

/** Lets every chair come at her time and do her evening; ends by itself. */
export async function evening(order: EveningOrder): Promise<EveningResult> {
	const began = performance.now();
	const elapsed = () => (performance.now() - began) / 1000;
	const lasted: Record<string, number[]> = {};
	let [served, errors, firstError, last] = [0, 0, "", 0];
	const away = { n: 0 };
	const wrong = (what: string) => {
		errors += 1;
		firstError ||= what.slice(0, 300);
	};
	await Promise.all(
		order.chairs.map(async (chair, at) => {
			await sleep((at / order.chairs.length) * order.seconds * 1000);
			if (elapsed() > order.deadline) return;
			const done = await sitting(order, chair, at, away, (kind, milliseconds) => {
				lasted[kind] ??= [];
				lasted[kind].push(milliseconds);
			}).catch((error: Error) => {
				wrong(error.message);
				return false;
			});
			if (!done || elapsed() > order.deadline) return;
			served += 1;
			last = elapsed();
		}),
	);
	const all = Object.values(lasted).flat();
	return {
		served,
		seconds: last,
		requests: all.length,
		errors,
		firstError,
		away: away.n,
		kinds: Object.fromEntries(
			Object.entries(lasted).map(([kind, times]) => [
				kind,
				{ answered: times.length, middle: median(times), p95: percentile(times) },
			]),
		),
		p95: percentile(all),
	};
}

function percentile(times: readonly number[]): number {
	return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

/** One chair: signs in, reads five things, edits ten members, enters a headcount, takes her branch's list along. */
async function sitting(
	{ url, password, today }: EveningOrder,
	chair: Chair,
	number: number,
	away: { n: number },
	note: (kind: string, milliseconds: number) => void,
): Promise<boolean> {
	// As the proxy tells it: each from a place of her own, or the limit on guessing passwords would stop them.
	const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
	let cookie = "";
	const send = async (kind: string, path: string, body?: object) => {
		const sent = performance.now();
		const request = {
			method: body ? "POST" : "GET",
			headers: {
				"content-type": "application/json",
				cookie,
				"x-command-id": uuidv7(),
				origin: url,
				"x-forwarded-for": address,
			},
			body: body && JSON.stringify(body),
		};
		let answer = await fetch(`${url}${path}`, request);
		let bytes = await answer.arrayBuffer();
		for (let tries = 0; answer.status === 503 && tries < 8; tries += 1) {
			away.n += 1;
			await sleep(Number(answer.headers.get("retry-after") ?? 1) * 1000);
			answer = await fetch(`${url}${path}`, request);
			bytes = await answer.arrayBuffer();
		}
		const milliseconds = performance.now() - sent;
		if (!answer.ok) throw new Error(`${kind}: ${answer.status} ${Buffer.from(bytes).toString().slice(0, 200)}`);
		note(kind, milliseconds);
		return answer;
	};
	const signedIn = await send("sign-in", "/api/auth/sign-in/username", { username: chair.username, password });
	cookie = signedIn.headers
		.getSetCookie()
		.map((line) => line.split(";")[0])
		.join("; ");
	const unit = chair.communeId;
	await send("read", "/api/access/session");
	await send("read", `/api/gathering/rates?unitId=${unit}&on=${today}`);
	await send("read", `/api/gathering/trend?unitId=${unit}&on=${today}`);
	await send("read", `/api/members/list?unitId=${unit}&on=${today}`);
	await send("read", `/api/headcounts/list?unitId=${unit}&on=${today}`);
	for (const [edit, person] of chair.people.entries())
		await send("edit", "/api/members/edit", { ...person, note: noteOf(number, edit) });
	await send("headcount", "/api/headcounts/set", {
		unitId: unit,
		component: "trade_union",
		onDay: today,
		count: number + 1,
		source: `Báo cáo tối 24/11 của chủ tịch ${number}`,
		document: `Biên bản ${number}`,
	});
	await send("export", `/files/members.xlsx?unitId=${unit}&leafId=${chair.branchId}&on=${today}`);
	return true;
}

if (import.meta.main) {
	let text = "";
	for await (const chunk of process.stdin) text += chunk;
	process.stdout.write(JSON.stringify(await evening(JSON.parse(text) as EveningOrder)));
}
