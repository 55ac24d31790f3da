import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { nameKeys } from "../src/areas/members/rules-person.ts";
import { uuidv7 } from "../src/core/id.ts";
import { memberOf } from "./write-load.ts";
import type { Clerk } from "./write-place.ts";

/** One round of bare inserts; given as JSON on the command line, answered as {@link FloorResult} on stdout. */
export interface FloorOrder {
	/** The owner's login: no policy stands in the way. */
	url: string;
	clerks: Clerk[];
	connections: number;
	rows: number;
	seed: number;
	today: string;
	/** Post to the ledger, too. */
	ledger: boolean;
}

export interface FloorResult {
	seconds: number;
}

/** The rows of a member, as the program writes them, in one statement: person, number, spell, residence, consent, command, audit. */
const INSERT = `with
	p as (insert into app.person (id, full_name, search_key, identity_key, sort_key, birth, birth_precision, sex, phone, address, occupation, created_by)
		values ($1, $2, $3, $4, $5, $6, 'day', 'female', $7, $8, $9, $10)),
	n as (insert into app.national_id (hmac, person_id, kind, cipher) values ($11, $1, 'cccd', $12)),
	s as (insert into app.spell (id, person_id, sort_key, leaf_id, stage, joined, counts, counting_order, introducer_name, recognised_on, minutes)
		values ($13, $1, $5, $14, 'recognised', $15::date, datemultirange(daterange($15::date, null)), 0, '', $15::date, 'Nghị quyết')),
	r as (insert into app.residence (id, spell_id, kind) values ($16, $13, 'permanent')),
	c as (insert into app.consent (id, person_id, purpose, given_on, how, text_version, document)
		values ($17, $1, 'membership', $18, 'signed_form', '2026-01', 'Phiếu đồng ý')),
	m as (insert into app.command (id, account_id, name, input_hash, result) values ($19, $10, 'members.add', $11, '{}'))
	insert into app.audit (id, account_id, command_id, action, unit_id, subject_id, detail) values ($20, $10, $19, 'members.add', $21, $1, '{}')`;

/** Runs the round: so many connections, one transaction a member. */
export async function floor(order: FloorOrder): Promise<FloorResult> {
	const clients = Array.from({ length: order.connections }, () => new pg.Client({ connectionString: order.url }));
	await Promise.all(clients.map((client) => client.connect()));
	const rows = Array.from({ length: order.rows }, (_, index) => valuesOf(order, index));
	const began = performance.now();
	await Promise.all(clients.map((client, at) => write(client, order, rows, at)));
	const seconds = (performance.now() - began) / 1000;
	await Promise.all(clients.map((client) => client.end()));
	return { seconds };
}

async function write(client: pg.Client, order: FloorOrder, rows: unknown[][], at: number): Promise<void> {
	for (let index = at; index < rows.length; index += order.connections) {
		const values = rows[index] as unknown[];
		await client.query("begin");
		await client.query({ name: "insert", text: INSERT, values });
		if (order.ledger)
			await client.query({ name: "post", text: "select calc.post_spells(array[$1::uuid], 1)", values: [values[12]] });
		await client.query("commit");
	}
}

function valuesOf(order: FloorOrder, index: number): unknown[] {
	const clerk = order.clerks[(index % order.connections) % order.clerks.length] as FloorOrder["clerks"][number];
	const leaf = clerk.leaves[index % clerk.leaves.length] as number;
	const member = memberOf(index, order.seed, leaf, order.today);
	const { full_name, search_key, identity_key, sort_key } = nameKeys(member.name);
	const fingerprint = createHash("sha256").update(`${order.seed} ${index} ${order.ledger}`).digest();
	return [
		...[uuidv7(), full_name, search_key, identity_key, sort_key, member.birth, member.phone, member.address],
		...[member.occupation, clerk.accountId, fingerprint, randomBytes(41), uuidv7(), leaf, member.joined],
		...[uuidv7(), uuidv7(), order.today, uuidv7(), uuidv7(), clerk.communeId],
	];
}

if (import.meta.main) {
	const result = await floor(JSON.parse(process.argv[2] as string) as FloorOrder);
	process.stdout.write(JSON.stringify(result));
}
