import type { MembersInput } from "../src/areas/members/contract.ts";
import { members } from "../src/areas/members/store.ts";
import { type Actor, asActor, OPERATOR_ID } from "../src/db/actor.ts";
import type { OpenDatabase } from "../src/db/open.ts";
import { COUNTRY_DAY } from "../src/demo/country-plan.ts";
import { openCountry, SIZES } from "./country-place.ts";
import { atMost, beside, median, type Row, RUNS, timed } from "./row.ts";
import { findReaders, type Reader, type Readers } from "./search-people.ts";

/** Names as they are typed: common, reversed, of one word, beginnings, rare, of another people, of nobody. */
const NAMES = [
	"nguyen thi lan",
	"Trần Thị Thu Hà",
	"hoa pham",
	"le thi hong",
	"huong",
	"thi",
	"tuyet mai do",
	"h'bia nie",
	"vo ng",
	"zo zo",
];

type List = Partial<MembersInput<"list">>;

/** Lists and searches, in the server: transaction, right, page and its lines. Ratios are the same call by one for whom no right is asked. */
export async function run(): Promise<Row[]> {
	const database = await openCountry(SIZES.full);
	try {
		const readers = await findReaders(database, COUNTRY_DAY);
		const rows: Row[] = [];
		for (const [what, reader, budget] of [
			["a commune", readers.commune, 20],
			["a province", readers.province, 150],
			["the country", readers.country, 500],
		] as const) {
			const by = await byNames(database, reader);
			rows.push(atMost(`a name in ${what} (${reader.members} members)`, budget, by.middle, "ms"));
			rows.push(beside(`  its slowest, “${by.slowest}”`, by.worst, "ms"));
		}
		for (const [what, reader] of largest(readers)) {
			const by = await byNames(database, reader);
			rows.push(beside(`a name in ${what} (${reader.members} members)`, by.middle, "ms"));
			rows.push(beside(`  its slowest, “${by.slowest}”`, by.worst, "ms"));
		}
		rows.push(atMost("by ID", 5, (await byNumber(database, readers.province, readers.numbers.province)).own, "ms"));
		for (const [what, reader] of [
			["a commune", readers.commune],
			["a province", readers.province],
			["the country", readers.country],
			...largest(readers),
		] as const)
			for (const reverse of [false, true]) {
				const { own } = await pair(database, reader, [{ reverse }]);
				rows.push(atMost(`${reverse ? "last" : "first"} page of ${what} (${reader.members} members)`, 50, own, "ms"));
			}
		return [...rows, ...(await overheads(database, readers))];
	} finally {
		await database.close();
	}
}

function largest(readers: Readers): [string, Reader][] {
	return [
		["the largest commune", readers.largestCommune],
		["the largest province", readers.largestProvince],
	];
}

/** What the right over rows costs: by whom it is asked of, and by the operator, of whom none is, by turns. */
async function overheads(database: OpenDatabase, readers: Readers): Promise<Row[]> {
	const rows: Row[] = [];
	const ratio = (what: string, { own, free }: Pair) =>
		rows.push(atMost(`${what}, with the right over each row asked`, 1.05, own / free, "×"));
	for (const [what, reader, numbers] of [
		["a commune", readers.commune, readers.numbers.commune],
		["a province", readers.province, readers.numbers.province],
	] as const) {
		ratio(
			`a name in ${what}`,
			await pair(
				database,
				reader,
				NAMES.map((q) => ({ q })),
			),
		);
		ratio(`by ID in ${what}`, await byNumber(database, reader, numbers));
		ratio(`first page of ${what}`, await pair(database, reader, [{}]));
		ratio(`last page of ${what}`, await pair(database, reader, [{ reverse: true }]));
	}
	return rows;
}

async function byNames(database: OpenDatabase, reader: Reader) {
	const times: { q: string; time: number }[] = [];
	for (const q of NAMES) times.push({ q, time: (await pair(database, reader, [{ q }])).own });
	const worst = times.toSorted((a, b) => b.time - a.time)[0] as (typeof times)[0];
	return { middle: median(times.map(({ time }) => time)), slowest: worst.q, worst: worst.time };
}

interface Pair {
	own: number;
	free: number;
}

/** The middle times of lists by their reader and by the operator, by turns, so that whatever else the machine does strikes both. */
function pair(database: OpenDatabase, { actor, unitId }: Reader, lists: readonly List[]): Promise<Pair> {
	return byTurns(
		lists.map(
			(list) => (who: Actor) =>
				asActor(database, who, (work) =>
					members.list(work, { id: unitId, all: false, reverse: false, limit: 100, ...list }),
				),
		),
		actor,
	);
}

/** As many numbers, each looked for once by each. */
function byNumber(database: OpenDatabase, { actor }: Reader, numbers: readonly string[]): Promise<Pair> {
	return byTurns(
		numbers.map((nationalId) => (who: Actor) => asActor(database, who, (work) => members.search(work, { nationalId }))),
		actor,
	);
}

async function byTurns(calls: readonly ((who: Actor) => Promise<unknown>)[], own: Actor): Promise<Pair> {
	const free: Actor = { accountId: OPERATOR_ID, today: own.today };
	const times = { own: [] as number[], free: [] as number[] };
	for (const call of calls)
		for (let run = -2; run < RUNS * 3; run++) {
			// Whoever comes second finds all in memory: each does so as often as the other.
			const order = run % 2 === 0 ? (["own", "free"] as const) : (["free", "own"] as const);
			for (const who of order) {
				const time = await timed(() => call(who === "own" ? own : free));
				if (run >= 0) times[who].push(time);
			}
		}
	return { own: median(times.own), free: median(times.free) };
}
