import { openSmallCountry } from "../reorganisations/small-country.harness.ts";

const joined = (n: number) => Array.from({ length: n }, () => "2020-01-01");

/**
 * Two provinces, the first with three communes and in a cluster, the second with one, seen from 2026-11-22: a branch with women each, and the
 * people who work there.
 */
export async function openBranchLife() {
	const kit = await openSmallCountry();
	const { owner, unit, person, call, operator } = kit;
	await kit.fill([
		{ province: 0, women18: 10, unlisted: 0, overlap: 0, joined: [[], joined(4)] },
		{ province: 0, women18: 10, unlisted: 0, overlap: 0, joined: [[], joined(8)] },
		{ province: 0, women18: 10, unlisted: 0, overlap: 0, joined: [[], joined(6)] },
		{ province: 1, women18: 10, unlisted: 0, overlap: 0, joined: [[], joined(2)] },
	]);
	const vn = await unit("VN");
	const { rows: made } = await owner.query("insert into app.unit (kind) values ('cluster') returning id");
	const cluster = made[0].id as number;
	await owner.query(
		`insert into app.unit_spell (unit_id, during, code, name, parent_id, search_key) values ($1, '[2020-01-01,)', 'CUM9', 'Cụm Chín', $2, 'cum')`,
		[cluster, vn],
	);
	await owner.query(
		"insert into app.cluster_province (cluster_id, province_id, during) values ($1, $2, '[2020-01-01,)')",
		[cluster, await unit("01")],
	);
	await owner.query("select calc.refresh_scopes(null)");
	const communes = await Promise.all([1, 2, 3, 4].map((n) => unit(`1000${n}`)));
	const branches = await Promise.all(
		communes.map(async (commune) => {
			const { rows } = await owner.query("select leaf_id from app.unit_home where commune_id = $1 and leaf_id <> $1", [
				commune,
			]);
			return rows[0].leaf_id as number;
		}),
	);
	const add = async (parentId: number, kind: string, name: string, from = "2020-01-01") =>
		(await call(operator, "units.add", { parentId, kind, name, from })).id as number;
	/** The women of a commune's branch, as its chair names them. */
	const womenOf = async (at: number) => {
		const { rows } = await owner.query("select person_id as id from app.spell where leaf_id = $1 order by id", [
			branches[at],
		]);
		return rows.map(({ id }) => id as string);
	};
	return {
		...kit,
		vn,
		cluster,
		provinces: [await unit("01"), await unit("02")],
		communes,
		branches,
		add,
		womenOf,
		people: {
			centre: await person("ban.to.chuc", "centre", "VN"),
			lead: await person("cum.chin", "cluster", `#${cluster}`),
			province: await person("tinh.mot", "province", "01"),
			chair: await person("chu.tich.1", "commune_chair", "10001"),
			second: await person("chu.tich.2", "commune_chair", "10002"),
			clerk: await person("nhap.lieu.1", "commune_clerk", "10001"),
			head: await person("chi.hoi.1", "branch_head", `#${branches[0]}`),
		},
	};
}
