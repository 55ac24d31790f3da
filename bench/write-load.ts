import { connect, type Socket } from "node:net";

/** What one round of load asks for; given as JSON on the command line, answered as {@link LoadResult} on stdout. */
export interface LoadOrder {
	port: number;
	path: string;
	/** One session cookie a clerk; the clients take turns with them. */
	clerks: { cookie: string; leaves: number[] }[];
	clients: number;
	/** How many members in all; the round ends with them. */
	requests: number;
	/** Distinguishes the rounds' women and numbers. */
	seed: number;
	today: string;
}

export interface LoadResult {
	seconds: number;
	/** Milliseconds of each answer, ascending. */
	latencies: number[];
	/** Answers that were not 200, with the first one's text. */
	refused: number;
	firstRefusal: string;
	/** Processor seconds this process took while the round ran. */
	cpu: number;
}

const FAMILIES = [
	"Nguyễn",
	"Trần",
	"Lê",
	"Phạm",
	"Hoàng",
	"Phan",
	"Võ",
	"Đặng",
	"Bùi",
	"Đỗ",
	"Hồ",
	"Ngô",
	"Dương",
	"Lý",
];
const MIDDLES = ["Thị", "Thị Thu", "Thị Kim", "Ngọc", "Thị Mỹ", "Thanh", "Thị Hồng", "Thị Bích", "Thùy", "Thị Diệu"];
const GIVEN = [
	"An",
	"Ánh",
	"Bình",
	"Cúc",
	"Dung",
	"Hà",
	"Hạnh",
	"Hoa",
	"Hương",
	"Lan",
	"Liên",
	"Mai",
	"Nga",
	"Oanh",
	"Thảo",
];
const OCCUPATIONS = ["Nông dân", "Buôn bán", "Công nhân", "Giáo viên", "Nội trợ", "Thợ may", "Cán bộ hưu trí"];

/** A new member as a clerk fills the whole form in: number, phone, address, consent. Half joined this year, half since 2017. */
export function memberOf(index: number, seed: number, leafId: number, today: string) {
	const number = seed * 100_000 + index;
	const year = 1945 + (number % 61);
	const century = year < 2000 ? 1 : 3;
	const pick = <T>(from: readonly T[], step: number) => from[Math.floor(number / step) % from.length] as T;
	const two = (value: number) => String(value).padStart(2, "0");
	const joinedYear = index % 2 === 0 ? Number(today.slice(0, 4)) : Math.max(2017 + (number % 9), year + 19);
	const joined = `${joinedYear}-${two(1 + (number % 12))}-${two(1 + (number % 28))}`;
	return {
		leafId,
		name: `${pick(FAMILIES, 1)} ${pick(MIDDLES, 3)} ${pick(GIVEN, 7)}`,
		birth: `${year}-${two(1 + (number % 12))}-${two(1 + (number % 28))}`,
		phone: `09${String(10_000_000 + (number % 89_999_999))}`,
		address: `Số ${1 + (number % 400)}, tổ ${1 + (number % 30)}, đường Lê Lợi`,
		occupation: pick(OCCUPATIONS, 11),
		// Every number once: 6 digits for those of one birth year, then another province.
		nationalId: `${String(1 + (Math.floor(number / 61 / 1_000_000) % 95)).padStart(3, "0")}${century}${two(year % 100)}${String(Math.floor(number / 61) % 1_000_000).padStart(6, "0")}`,
		joined: joined > today ? today : joined,
		recognisedOn: joined > today ? today : joined,
		minutes: "Nghị quyết Ban Thường vụ",
		consent: { givenOn: today, how: "signed_form", textVersion: "2026-01", document: "Phiếu đồng ý" },
	};
}

/** One keep-alive connection: sends the next request when the last answer has come, as a clerk's browser does. */
class Client {
	readonly socket: Socket;
	private text = "";
	private done: ((answer: { status: number; body: string }) => void) | null = null;

	constructor(port: number) {
		this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
		this.socket.setEncoding("latin1");
		this.socket.on("data", (chunk: string) => this.read(chunk));
	}

	send(request: Buffer): Promise<{ status: number; body: string }> {
		return new Promise((resolve, reject) => {
			this.done = resolve;
			this.socket.once("error", reject);
			this.socket.write(request);
		});
	}

	/** The server always tells the length, or sends its short answers in chunks with a last one of zero. */
	private read(chunk: string): void {
		this.text += chunk;
		const head = this.text.indexOf("\r\n\r\n");
		if (head < 0) return;
		const length = /content-length: (\d+)/i.exec(this.text.slice(0, head));
		const whole = length ? this.text.length >= head + 4 + Number(length[1]) : this.text.endsWith("\r\n0\r\n\r\n");
		if (!whole) return;
		const answer = { status: Number(this.text.slice(9, 12)), body: this.text.slice(head + 4) };
		this.text = "";
		this.socket.removeAllListeners("error");
		this.done?.(answer);
	}
}

/** Runs the round: `clients` connections, `requests` members in all, each sent once. */
export async function load(order: LoadOrder, newId: () => string): Promise<LoadResult> {
	const requests = Array.from({ length: order.requests }, (_, index) => requestOf(order, index, newId()));
	const clients = Array.from({ length: order.clients }, () => new Client(order.port));
	const latencies: number[] = [];
	let refused = 0;
	let firstRefusal = "";
	const cpuBefore = process.cpuUsage();
	const began = performance.now();
	await Promise.all(
		clients.map(async (client, at) => {
			// Client n speaks for clerk n, so it takes the requests of its own clerk only.
			for (let index = at; index < requests.length; index += clients.length) {
				const sent = performance.now();
				const answer = await client.send(requests[index] as Buffer);
				latencies.push(performance.now() - sent);
				if (answer.status === 200) continue;
				refused += 1;
				firstRefusal ||= `${answer.status} ${Buffer.from(answer.body, "latin1").toString("utf8").slice(0, 300)}`;
			}
		}),
	);
	const seconds = (performance.now() - began) / 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	for (const client of clients) client.socket.end();
	latencies.sort((a, b) => a - b);
	return { seconds, latencies, refused, firstRefusal, cpu: (user + system) / 1e6 };
}

function requestOf(order: LoadOrder, index: number, commandId: string): Buffer {
	const clerk = order.clerks[(index % order.clients) % order.clerks.length] as LoadOrder["clerks"][number];
	const leaf = clerk.leaves[index % clerk.leaves.length] as number;
	const input = memberOf(index, order.seed, leaf, order.today);
	const body = JSON.stringify(order.path.startsWith("/rpc") ? { json: input } : input);
	return Buffer.from(
		`POST ${order.path} HTTP/1.1\r\nhost: 127.0.0.1:${order.port}\r\ncontent-type: application/json\r\ncookie: ${clerk.cookie}\r\n` +
			`sec-fetch-site: same-origin\r\nx-command-id: ${commandId}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
	);
}

if (import.meta.main) {
	const { uuidv7 } = await import("../src/core/id.ts");
	const result = await load(JSON.parse(process.argv[2] as string) as LoadOrder, uuidv7);
	process.stdout.write(JSON.stringify(result));
}
