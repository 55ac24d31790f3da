import type { Role } from "../src/areas/access/rules.ts";
import type { Actor } from "../src/db/actor.ts";
import type { WIDTHS } from "./browser.ts";
import { openTestDatabase, type TestDatabase } from "./kit.ts";
import { openSite, type Site } from "./site.ts";

/** The day of everything in {@link arrange}. */
export const TODAY = "2025-11-20";

export interface Believable {
	/** Phường Tân Triều, Đồng Nai: made of five communes in July 2025. */
	commune: number;
	branches: number[];
	chair: Actor;
	head: Actor;
	province: Actor;
	cluster: Actor;
	centre: Actor;
}

/** The people {@link arrange} names. */
type Person = { [Name in keyof Believable]: Believable[Name] extends Actor ? Name : never }[keyof Believable];

/** What {@link arrange} arranges on a database of the file's own, with the program in front of it; people visit it by their names. */
export async function openBelievableSite() {
	const database = await openTestDatabase({ today: TODAY });
	const people = await arrange(database);
	const site = await openSite(database);
	const visit = (who: Person | Actor, path: string, work: Parameters<Site["visit"]>[2], size?: keyof typeof WIDTHS) =>
		site.visit(typeof who === "string" ? people[who] : who, path, work, size);
	return { database, people, site, visit };
}

async function named(database: TestDatabase, username: string, name: string, role: Role, code: string): Promise<Actor> {
	const actor = await database.person(username, role, code, TODAY);
	await database.owner.query("update app.account set display_name = $1 where id = $2", [name, actor.accountId]);
	return actor;
}

type Unit = { id: number; code: string; kind: string; parentId: number | null };

const GIVEN = ["An", "Bình", "Cúc", "Dung", "Hà", "Hạnh", "Hoa", "Hương", "Lan", "Liên", "Mai", "Nga", "Oanh", "Thảo"];

/**
 * Synthetic figures as an office has them: denominators and reported members of the communes of some old provinces (by code;
 * default Đồng Nai and Bình Phước, which became one), and of one commune also branches, named members and headcounts. All through commands.
 */
export async function arrange(database: TestDatabase, provinces: string[] = ["75", "70"]): Promise<Believable> {
	await reportFigures(database, provinces);
	const commune = await database.unit("26188", TODAY);
	const chair = await named(database, "huong", "Trần Thị Hường", "commune_chair", "26188");
	const branches: number[] = [];
	for (const name of ["Chi hội phụ nữ khu phố 9", "Chi hội phụ nữ ấp Tân Hóa", "Chi hội phụ nữ ấp Vĩnh Hiệp"])
		branches.push((await database.call(chair, "units.add", { parentId: commune, kind: "branch", name })).id);
	await database.call(chair, "units.add", { parentId: commune, kind: "club", name: "CLB Phụ nữ khởi nghiệp" });
	await database.call(chair, "units.add", {
		parentId: commune,
		kind: "special_base",
		name: "Hội phụ nữ chợ Tân Triều",
	});
	const head = await named(database, "anh", "Lê Thị Ánh", "branch_head", `U${branches[0]}`);
	await nameMembers(database, chair, head, branches);
	await countWithoutNames(database, chair, commune);
	return {
		commune,
		branches,
		chair,
		head,
		province: await named(database, "xuan", "Ngô Thị Xuân", "province", "75"),
		cluster: await named(database, "buoi", "Phạm Thị Bưởi", "cluster", await clusterOf(database)),
		centre: await named(database, "tam", "Đỗ Thị Tâm", "centre", "VN"),
	};
}

async function clusterOf(database: TestDatabase): Promise<string> {
	const { rows } = await database.owner.query(
		`select c.cluster_id from app.cluster_province c join app.unit_spell p on p.unit_id = c.province_id
			where p.code = '75' and p.during @> $1::date and c.during @> $1::date limit 1`,
		[TODAY],
	);
	return `U${rows[0].cluster_id}`;
}

/** Between 40 and 80 of a hundred women, most communes near 60; one stands exactly at 60 %, one has no denominator. */
async function reportFigures(database: TestDatabase, provinces: string[]): Promise<void> {
	const tree = await database.call<Unit[]>(database.operator, "units.tree", { on: "2025-06-30" });
	const byId = new Map(tree.map((unit) => [unit.id, unit]));
	const provinceOf = (unit: Unit) => byId.get(byId.get(unit.parentId ?? 0)?.parentId ?? 0)?.code ?? "";
	const communes = tree.filter((unit) => unit.kind === "commune" && provinces.includes(provinceOf(unit)));
	const women = new Map(communes.map(({ code }, index) => [code, 1500 + ((index * 7919) % 6000)]));
	await database.call(database.operator, "populations.import", {
		source: "Số liệu ngành thống kê năm 2019",
		asOf: "2025-06-30",
		rows: communes
			.filter((_, index) => index % 97 !== 5)
			.map(({ code }, index) => ({ row: index + 2, code, women18: String(women.get(code)), document: "" })),
	});
	for (const [on, share] of [
		["2022-03-11", 0],
		["2023-12-01", 3],
		["2025-05-20", 5],
	] as const)
		await database.call(database.operator, "headcounts.import", {
			on,
			rows: communes.map(({ code }, index) => ({
				row: index + 2,
				code,
				component: "unlisted",
				count: String(Math.floor(((women.get(code) as number) * (shareOf(code, index) + share)) / 100)),
				overlap: "0",
				source: "Báo cáo 6 tháng của cơ sở",
				document: "Báo cáo số 12/BC",
			})),
		});
}

/** Of a hundred women how many were members when the term began; the five that became Phường Tân Triều a little short of 60. */
function shareOf(code: string, index: number): number {
	return ["25996", "26185", "26188", "26194", "26197"].includes(code) ? 51 : 46 + ((index * 31) % 22);
}

async function nameMembers(database: TestDatabase, chair: Actor, head: Actor, branches: number[]): Promise<void> {
	const add = (index: number, more: object) =>
		database.call(chair, "members.add", {
			leafId: branches[index % branches.length],
			name: `Nguyễn Thị ${GIVEN[index % GIVEN.length]}${index >= GIVEN.length ? " Em" : ""}`,
			birth: String(1960 + index),
			joined: "2020-03-08",
			...more,
		});
	for (let index = 0; index < 18; index++) await add(index, {});
	for (const [index, start] of ["2025-05-26", "2025-06-01", "2025-06-12"].entries())
		await add(20 + index, { joined: "2025-08-08", residences: [{ kind: "temporary", start }] });
	await add(24, { joined: "2025-08-08", residences: [{ kind: "temporary", start: null }] });
	for (const name of ["Phạm Thị Nhung", "Vũ Thị Sen"])
		await database.call(head, "members.propose", { leafId: branches[0], name, birth: "1999", joined: "2025-11-01" });
}

async function countWithoutNames(database: TestDatabase, chair: Actor, unitId: number): Promise<void> {
	for (const [component, count, overlap, source] of [
		["trade_union", 365, 30, "Công đoàn phường"],
		["armed_forces", 58, 0, "Hội Phụ nữ Công an phường"],
		["member_organisation", 32, 6, "Hội Nữ doanh nhân tỉnh"],
	] as const)
		await database.call(chair, "headcounts.set", {
			unitId,
			component,
			onDay: "2025-08-15",
			count,
			overlap,
			source,
			document: "Công văn 12/CV ngày 10/8/2025",
		});
}
