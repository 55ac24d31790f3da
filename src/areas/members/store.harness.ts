import { openTestDatabase } from "../../../test/kit.ts";

/** Named people of known rights, two branches of one commune and one of another: what the store tests of members need. */
export async function openMembersTest() {
	const today = "2026-11-22";
	const database = await openTestDatabase({ today });
	const { call, person, branch, unit, owner } = database;
	const chair = await person("alice", "commune_chair", "00004");
	const other = await person("chelsea", "commune_chair", "00097");
	const home = await unit("00004");
	const east = await branch("Chi hội Đông", "00004");
	const west = await branch("Chi hội Tây", "00004");
	const foreign = await branch("Chi hội Bắc", "00097");
	let number = 0;
	/** A CCCD that fits a woman born in 1984, each time another. */
	const cccd = () => `001184${String(++number).padStart(6, "0")}`;
	return {
		...database,
		today,
		chair,
		other,
		home,
		east,
		west,
		foreign,
		cccd,
		/** What members.add takes of a woman born in 1984, in the eastern branch since 2020. */
		woman: (more: object = {}) => ({
			leafId: east,
			name: "Trần Thị Hoà",
			birth: "1984",
			joined: "2020-03-01",
			nationalId: cccd(),
			...more,
		}),
		list: (actor = chair, more: object = {}) => call(actor, "members.list", { code: "00004", ...more }),
		/** The roster component of a commune on a day, as the ledger has it. */
		async rosterOf(unitId: number, on: string): Promise<number> {
			const { rows } = await owner.query(
				"select coalesce(sum(value), 0)::int as n from calc.figures($2::date) where unit_id = $1 and component = 1",
				[unitId, on],
			);
			return rows[0].n;
		},
	};
}

export { refused as code } from "../../../test/kit.ts";
