import assert from "node:assert/strict";
import { test } from "node:test";
import { uuidv7 } from "../src/core/id.ts";
import { contract } from "../src/server/contract.ts";
import { assertProblem, type Endpoint, endpoints, openProgram } from "./bad-input.ts";
import { fill, HOSTILE, HOSTILE_BODIES, places, put } from "./hostile.ts";
import { openTestDatabase } from "./kit.ts";
import { stateOf } from "./state.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const chair = await database.person("chair", "commune_chair", "00004");
const commune = await database.unit("00004");
const branch = await database.branch("Chi hội Đội Cấn", "00004");
const member = await database.call(chair, "members.add", {
	leafId: branch,
	name: "Trần Thị Hường",
	birth: "1980-03-12",
	joined: "2019-03-08",
	nationalId: "001180012345",
});
const elsewhere = await database.unit("00008");
const abolished = await database.unit("00001", "2025-06-30");
const stranger = await database.call(database.operator, "members.add", {
	leafId: elsewhere,
	name: "Lê Thị Xa",
	joined: "2019-03-08",
});

const { send, unforeseen } = openProgram(database, () => chair);

const KNOWN = {
	personId: member.personId,
	spellId: member.spellId,
	spell: { id: member.spellId, joined: "2019-03-08" },
	unitId: commune,
	id: branch,
	leafId: branch,
	toUnitId: elsewhere,
	parentId: commune,
	within: commune,
	code: "00004",
	unit: "00004",
	on: "2026-11-01",
	year: 2026,
	address: "hoi.xa@tinh.test",
	// Of nobody's record: what gets through the checks of form still changes nothing of hers.
	version: 999,
};

/** Whom and what a chair has no business with: refused in every field that takes an id. */
const FOREIGN = [
	["another unit", elsewhere],
	["an abolished unit", abolished],
	["a unit that is not", 2_000_000_000],
	["another commune's member", stranger.personId],
	["another commune's membership", stranger.spellId],
	["an id of nothing", "0198c0de-0000-7000-8000-00000000beef"],
] as const;

/** One call as the typed client sends it. */
function rpc({ name }: Endpoint, input: unknown, commandId = uuidv7()) {
	return send("POST", `/rpc/${name.replace(".", "/")}`, JSON.stringify({ json: input }), { "x-command-id": commandId });
}

/** Sends the cases; answers those that were refused, after checking each answer. */
async function refusedOf(endpoint: Endpoint, cases: [string, unknown][]): Promise<[string, unknown][]> {
	const refused: [string, unknown][] = [];
	for (const [what, input] of cases) {
		const answer = await rpc(endpoint, input);
		if (answer.status === 200) continue;
		assertProblem(answer, `${endpoint.name} with ${what}`);
		refused.push([what, input]);
	}
	return refused;
}

function casesOf({ input }: Endpoint): [string, unknown][] {
	if (!input) return HOSTILE_BODIES;
	const good = fill(input, KNOWN);
	return [
		...HOSTILE_BODIES,
		...places(good).flatMap((path) => [
			[`no ${path.join(".")}`, put(good, path, undefined)] as [string, unknown],
			...HOSTILE.map(([what, value]) => [`${what} as ${path.join(".")}`, put(good, path, value)] as [string, unknown]),
			...(/id$|ids$|^\d+$/i.test(String(path.at(-1)))
				? FOREIGN.map(([what, value]) => [`${what} as ${path.join(".")}`, put(good, path, value)] as [string, unknown])
				: []),
		]),
	];
}

let state = await stateOf(database.owner);

for (const endpoint of endpoints(contract))
	test(`${endpoint.name}: whatever is sent, an answer or a Problem, and nothing of what was refused stays`, async () => {
		const cases = casesOf(endpoint);
		const refused = await refusedOf(endpoint, cases);
		if (endpoint.meta.writes && refused.length < cases.length) {
			// Some were acceptable and wrote: the others once more, alone.
			state = await stateOf(database.owner);
			await refusedOf(endpoint, refused);
		}
		assert.deepEqual(await stateOf(database.owner), state);
		assert.deepEqual(unforeseen.splice(0), []);
	});
