import pg from "pg";
import { openCountry, SIZES } from "./country-place.ts";
import { openSite, type Site } from "./http-place.ts";
import { compareWithDuckDb } from "./rates-duckdb.ts";
import { countedRows, equalToRows } from "./rates-rows.ts";
import { atLeast, atMost, beside, median, medianTime, type Row, RUNS } from "./row.ts";

/** Any day since 2017: the beginning, month ends, mid-months, before and after the reform, the country's last. */
const DAYS = [
	"2017-01-01",
	"2018-04-30",
	"2020-11-24",
	"2022-05-31",
	"2023-05-29",
	"2024-10-15",
	"2025-06-30",
	"2025-07-01",
	"2026-10-31",
];
const TEN_YEARS = { from: "2016-12-01", months: 120 };

/** Rates on any day: how fast, whether flat, whether right, and against counting. */
export async function run(): Promise<Row[]> {
	const [full, small] = [await openCountry(SIZES.full), await openCountry(SIZES.small)];
	const [own, other] = [await asOperator(full.ownerUrl), await asOperator(small.ownerUrl)];
	const { client } = own;
	const site = await openSite(full, "trunguong");
	try {
		const table = await tableTimes(own, other);
		const counted = await countedRows(client, DAYS);
		return [
			atMost("the national table in the database, any day since 2017", 25, table.full, "ms"),
			beside("  its worst day of the nine", table.worst, "ms"),
			beside("  with its rows written out for the client", table.written, "ms"),
			atMost("flat from 200 000 to 20 000 000 members", 1.5, table.full / table.small, "×"),
			atMost("the same as JSON over HTTP, every level, signed in", 100, await httpTime(site), "ms"),
			beside("counting the rows of every commune", counted, "ms"),
			atLeast("faster than counting rows", 50, counted / table.full, "×"),
			...(await compareWithDuckDb(full, DAYS, table.full)),
			...(await trends(client)),
			atMost(
				"of 200 random days and units, differing from the count over rows",
				0,
				await equalToRows(full, 200),
				"pairs",
			),
			...(await verification(client)),
		];
	} finally {
		await site.close();
		for (const one of [own, other]) await one.client.end();
		for (const one of [full, small]) await one.close();
	}
}

/** A connection that acts as the local operator, who may read everything; as the owner, so that plans may be asked for. */
async function asOperator(ownerUrl: string): Promise<Operator> {
	const client = new pg.Client({ connectionString: ownerUrl, options: "-c search_path=app,public" });
	await client.connect();
	await client.query("select set_config('app.account', '00000000-0000-7000-8000-000000000001', false)");
	const { rows } = await client.query("select id from app.unit where kind = 'centre'");
	return { client, centre: rows[0].id };
}

/** A connection, and the id of the centre there: the program knows it; to look for it among all units would be measured, too. */
interface Operator {
	client: pg.Client;
	centre: number;
}

/** Time of the table of every commune with the sums above it, in the database by its own clock: planning and execution, with `serialize` the rows made ready for the client, too. */
async function inDatabase({ client, centre }: Operator, day: string, serialize: boolean): Promise<number> {
	const options = `analyze, timing off${serialize ? ", serialize text" : ""}`;
	const table = `select * from calc.gathering('${day}'::date, ${centre}, true)`;
	const { rows } = await client.query(`explain (${options}) ${table}`);
	const text = rows.map((row) => row["QUERY PLAN"]).join("\n");
	return ["Planning", "Execution"].reduce(
		(sum, part) => sum + Number(new RegExp(`${part} Time: ([\\d.]+)`).exec(text)?.[1]),
		0,
	);
}

/** Both sizes by turns, day after day, so that whatever else the machine does strikes both. */
async function tableTimes(full: Operator, small: Operator) {
	const times = { full: [] as number[], small: [] as number[], written: [] as number[] };
	const byDay: number[] = [];
	for (const day of DAYS) {
		const own: number[] = [];
		for (let run = 0; run <= RUNS; run++) {
			const [a, b, c] = [
				await inDatabase(full, day, false),
				await inDatabase(small, day, false),
				await inDatabase(full, day, true),
			];
			if (run === 0) continue;
			own.push(a);
			times.small.push(b);
			times.written.push(c);
		}
		times.full.push(...own);
		byDay.push(median(own));
	}
	return {
		full: median(times.full),
		small: median(times.small),
		written: median(times.written),
		worst: Math.max(...byDay),
	};
}

async function httpTime(site: Site): Promise<number> {
	const times: number[] = [];
	for (const day of DAYS) times.push(await medianTime(() => site.get(`/api/gathering/rates?level=all&on=${day}`)));
	return median(times);
}

/** Lines through ten years of communes, a province and the country, as the trend asks for them. */
async function trends(client: pg.Client): Promise<Row[]> {
	const line = (top: number) =>
		medianTime(
			() =>
				client.query(
					"select * from calc.gathering_line(array(select ($1::date + make_interval(months => n))::date from generate_series(1, $2) n), $3)",
					[TEN_YEARS.from, TEN_YEARS.months, top],
				),
			2 * RUNS,
		);
	const [whole, parts] = [await communeMadeOf(client, "whole"), await communeMadeOf(client, "parts")];
	const { rows } = await client.query(`select (select id from app.unit where kind = 'centre') as centre,
		(select t.province_id from app.territory t where t.kind = 'commune' and t.until = 'infinity' group by t.province_id order by count(*) desc, 1 limit 1) as province`);
	if (parts === null)
		console.log("Không có xã nào lập từ các phần của xã khác: không đo đường biểu diễn của xã như thế.");
	return [
		...(whole === null
			? []
			: [atMost("a commune's line through 120 months, its most predecessors whole", 20, await line(whole), "ms")]),
		...(parts === null ? [] : [atMost("  one made of the most parts of others", 20, await line(parts), "ms")]),
		beside(
			"  the line of the province with the most communes, summed over those of each month",
			await line(rows[0].province),
			"ms",
		),
		beside("  the whole country's", await line(rows[0].centre), "ms"),
	];
}

/** The commune of today that on its first day took in the most communes whole and no part of any, or the most parts; null where there is none. */
async function communeMadeOf(client: pg.Client, what: "whole" | "parts"): Promise<number | null> {
	const { rows } = await client.query(
		`select s.successor_id as id from app.unit_succession s
			join app.territory t on t.unit_id = s.successor_id and t.kind = 'commune' and t.until = 'infinity'
			where s.on_day = (select min(x.since) from app.territory x where x.unit_id = s.successor_id)
			group by s.successor_id having bool_or(s.part = 'partial') = ($1 = 'parts')
			order by count(*) filter (where s.part = case $1 when 'parts' then 'partial' else 'full' end) desc, 1 limit 1`,
		[what],
	);
	return rows[0]?.id ?? null;
}

/** The recount of everything: once for each of the medians' five would be minutes, so three times. */
async function verification(client: pg.Client): Promise<Row[]> {
	let differences = -1;
	const time = await medianTime(async () => {
		const { rows } = await client.query("select count(*)::integer as n from calc.verify()");
		differences = rows[0].n;
	}, RUNS);
	return [
		atMost("verify of the country", 60, time / 1000, "s"),
		atMost("  differences it finds", 0, differences, "rows"),
	];
}
