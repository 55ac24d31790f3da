import pg from "pg";
import { uuidv7 } from "../src/core/id.ts";
import { type Actor, OPERATOR_ID } from "../src/db/actor.ts";
import type { OpenDatabase } from "../src/db/open.ts";

/** Someone of a unit, and how many members it has. */
export interface Reader {
	actor: Actor;
	unitId: number;
	members: number;
}

/** Who looks for members: a chair and an officer of a middling and of the largest unit, someone at the centre, and numbers to look for. */
export interface Readers {
	commune: Reader;
	largestCommune: Reader;
	province: Reader;
	largestProvince: Reader;
	country: Reader;
	/** CCCD of members of the middling commune and province. */
	numbers: { commune: string[]; province: string[] };
}

/** The units and their people, the same ones at every run. */
export async function findReaders(database: OpenDatabase, on: string): Promise<Readers> {
	const owner = new pg.Client({ connectionString: database.ownerUrl });
	await owner.connect();
	try {
		const sizes = async (kind: string) =>
			(
				await owner.query<{ id: number; members: number }>(
					`select u.id, calc.counted_in(array(select calc.leaves_of(array[u.id], $2::date)), $2::date)::integer as members
						from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> $2::date where u.kind = $1 order by 2, 1`,
					[kind, on],
				)
			).rows;
		const [communes, provinces, centres] = [await sizes("commune"), await sizes("province"), await sizes("centre")];
		const reader = async (role: string, { id, members }: { id: number; members: number }): Promise<Reader> => ({
			actor: { accountId: await account(owner, role, id), today: on },
			unitId: id,
			members,
		});
		const middle = <T>(all: T[]) => all[all.length >> 1] as T;
		const commune = await reader("commune_chair", middle(communes));
		const province = await reader("province", middle(provinces));
		const numbers = async ({ unitId }: Reader) => {
			const { rows } = await owner.query<{ cipher: Buffer }>(
				`select n.cipher from app.spell s join app.national_id n on n.person_id = s.person_id and n.kind = 'cccd'
					where s.leaf_id = any(array(select calc.leaves_of(array[$1::integer], $2::date) limit 50)) and s.counts @> $2::date
					order by s.id limit 25`,
				[unitId, on],
			);
			return rows.map(({ cipher }) => database.vault.open(cipher).toString("utf8"));
		};
		return {
			commune,
			largestCommune: await reader("commune_chair", communes.at(-1) as (typeof communes)[0]),
			province,
			largestProvince: await reader("province", provinces.at(-1) as (typeof provinces)[0]),
			country: await reader("centre", centres[0] as (typeof centres)[0]),
			numbers: { commune: await numbers(commune), province: await numbers(province) },
		};
	} finally {
		await owner.end();
	}
}

/** An account of the bench's own at a unit; it cannot sign in. */
async function account(owner: pg.Client, role: string, unitId: number): Promise<string> {
	const username = `do.tim.${unitId}`;
	const { rows } = await owner.query<{ id: string }>("select id from app.account where username = $1", [username]);
	if (rows[0]) return rows[0].id;
	const id = uuidv7();
	await owner.query("begin");
	await owner.query("select set_config('app.account', $1, true)", [OPERATOR_ID]);
	await owner.query("insert into app.account (id, username, display_name, unit_id) values ($1, $2, $2, $3)", [
		id,
		username,
		unitId,
	]);
	await owner.query("insert into app.account_role (account_id, role, unit_id) values ($1, $2, $3)", [id, role, unitId]);
	await owner.query("commit");
	return id;
}
