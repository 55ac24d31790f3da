import { uuidv7 } from "../src/core/id.ts";
import type { TestDatabase } from "./kit.ts";

/** One row of every table that has a unit, planted as the owner. The ids are what a test counts. */
export interface Planted {
	unitId: number;
	/** table → condition that names the planted row. */
	rows: Record<string, string>;
}

/** The tables whose rows belong to a unit, and the verb that reads them there. */
export const READ_BY: Record<string, string> = {
	account: "accounts.read",
	account_role: "accounts.read",
	invitation: "accounts.read",
	device: "accounts.read",
	audit: "audit.read",
	spell: "members.read",
	person: "members.read",
	national_id: "members.read",
	person_sensitive: "members.sensitive",
	residence: "members.read",
	away: "members.read",
	affiliation: "members.read",
	post: "members.read",
	consent: "members.read",
	transfer: "members.read",
	person_merge: "members.read",
	headcount: "headcounts.read",
	unlisted_lowering: "headcounts.read",
	population: "gathering.read",
	women_present: "gathering.read",
	denominator: "gathering.read",
	year_open: "gathering.read",
	month_in_year: "gathering.read",
	day_delta: "gathering.read",
	import: "members.write",
	import_row: "members.write",
	import_layout: "members.write",
};

let planted = 0;

/** Plants one row of every table of {@link READ_BY} at a unit; all of them made by an account of the centre. */
export async function plant(database: TestDatabase, unitId: number, makerId: string): Promise<Planted> {
	planted += 1;
	const ids = Object.fromEntries(
		["account", "person", "other", "spell", "import", "device", "invitation", "audit", "row"].map((name) => [name, uuidv7()]),
	);
	const q = (text: string) => `'${text}'`;
	const source = await sourceId(database);
	const rows: [table: string, columns: string, values: string, where: string][] = [
		["account", "id, username, display_name, unit_id", `${q(ids.account)}, 'planted.${planted}', 'Planted', ${unitId}`, `id = ${q(ids.account)}`],
		["account_role", "account_id, role, unit_id", `${q(ids.account)}, 'planted', ${unitId}`, `account_id = ${q(ids.account)}`],
		["invitation", "id, account_id, token_hash, made_by, expires_at", `${q(ids.invitation)}, ${q(ids.account)}, sha256(${q(ids.invitation)}), ${q(makerId)}, now() + interval '1 day'`, `id = ${q(ids.invitation)}`],
		["device", "id, account_id, secret_hash, pin_hash", `${q(ids.device)}, ${q(ids.account)}, sha256(${q(ids.device)}), 'x'`, `id = ${q(ids.device)}`],
		["audit", "id, account_id, action, unit_id", `${q(ids.audit)}, ${q(makerId)}, 'planted', ${unitId}`, `id = ${q(ids.audit)}`],
		["person", "id, full_name, search_key, identity_key, sort_key, created_by", `${q(ids.person)}, 'Planted', 'planted', 'planted', 'planted', ${q(makerId)}`, `id = ${q(ids.person)}`],
		["person", "id, full_name, search_key, identity_key, sort_key, created_by, merged_into", `${q(ids.other)}, 'Planted', 'planted', 'planted', 'planted', ${q(makerId)}, ${q(ids.person)}`, `id = ${q(ids.person)}`],
		["spell", "id, person_id, leaf_id, joined", `${q(ids.spell)}, ${q(ids.person)}, ${unitId}, '2020-01-01'`, `id = ${q(ids.spell)}`],
		["national_id", "hmac, person_id, kind, cipher", `sha256(${q(ids.person)}), ${q(ids.person)}, 'cccd', 'x'`, `person_id = ${q(ids.person)}`],
		["person_sensitive", "person_id", q(ids.person), `person_id = ${q(ids.person)}`],
		["residence", "id, spell_id, kind", `${q(ids.row)}, ${q(ids.spell)}, 'permanent'`, `id = ${q(ids.row)}`],
		["away", "id, spell_id, since, kind", `${q(ids.row)}, ${q(ids.spell)}, '2021-01-01', 'near'`, `id = ${q(ids.row)}`],
		["affiliation", "id, person_id, unit_id, since", `${q(ids.row)}, ${q(ids.person)}, ${unitId}, '2021-01-01'`, `id = ${q(ids.row)}`],
		["post", "id, person_id, unit_id, post, since", `${q(ids.row)}, ${q(ids.person)}, ${unitId}, 'other', '2021-01-01'`, `id = ${q(ids.row)}`],
		["consent", "id, person_id, purpose, given_on, how, text_version", `${q(ids.row)}, ${q(ids.person)}, 'membership', '2021-01-01', 'signed_list', '1'`, `id = ${q(ids.row)}`],
		["transfer", "id, person_id, from_spell_id, from_commune_id, to_unit_id, on_day, residence, asked_by, asked_side", `${q(ids.row)}, ${q(ids.person)}, ${q(ids.spell)}, ${unitId}, ${unitId}, '2026-01-01', 'permanent', ${q(makerId)}, 'origin'`, `id = ${q(ids.row)}`],
		["person_merge", "id, kept_id, merged_id, by, moved", `${q(ids.row)}, ${q(ids.person)}, ${q(ids.other)}, ${q(makerId)}, '{}'`, `id = ${q(ids.row)}`],
		["headcount", "id, unit_id, component, on_day, count, source, created_by", `${q(ids.row)}, ${unitId}, 'upper_club', '2019-03-03', 1, 'x', ${q(makerId)}`, `id = ${q(ids.row)}`],
		["import", "id, unit_id, as_of, file_name, file_hash, file_cipher, created_by", `${q(ids.import)}, ${unitId}, '2026-01-01', 'x', 'x', 'x', ${q(makerId)}`, `id = ${q(ids.import)}`],
		["import_row", "import_id, position, sheet, row, raw_cipher, action", `${q(ids.import)}, 1, 'x', 1, 'x', 'skip'`, `import_id = ${q(ids.import)}`],
		["import_layout", "unit_id, fingerprint, layout", `${unitId}, 'planted', '{}'`, `unit_id = ${unitId} and fingerprint = 'planted'`],
		["unlisted_lowering", "import_id, unit_id, on_day, lowered", `${q(ids.import)}, ${unitId}, '2019-03-03', 1`, `import_id = ${q(ids.import)}`],
		["population", "id, source_id, unit_id, women18, created_by, superseded_at", `${q(ids.row)}, ${source}, ${unitId}, 1, ${q(makerId)}, now()`, `id = ${q(ids.row)}`],
		["women_present", "id, unit_id, on_day, women18, created_by", `${q(ids.row)}, ${unitId}, '2019-03-03', 1, ${q(makerId)}`, `id = ${q(ids.row)}`],
		["denominator", "unit_id, during, women18, how", `${unitId}, '[1900-01-01,1900-01-02)', 1, 'recorded'`, `unit_id = ${unitId} and during = '[1900-01-01,1900-01-02)'`],
		["year_open", "d, unit_id, component, total", `'1900-01-01', ${unitId}, 1, 1`, `unit_id = ${unitId} and d = '1900-01-01'`],
		["month_in_year", "d, unit_id, component, net", `'1900-01-01', ${unitId}, 1, 1`, `unit_id = ${unitId} and d = '1900-01-01'`],
		["day_delta", "on_date, unit_id, component, delta", `'1900-01-01', ${unitId}, 1, 1`, `unit_id = ${unitId} and on_date = '1900-01-01'`],
	];
	const text = rows.map(([table, columns, values]) => `insert into app.${table} (${columns}) values (${values})`);
	await database.owner.query(text.join(";\n"));
	return { unitId, rows: Object.fromEntries(rows.map(([table, , , where]) => [table, where])) };
}

async function sourceId(database: TestDatabase): Promise<number> {
	await database.owner.query(
		"insert into app.population_source (term_id, name) select min(id), 'planted' from app.term on conflict do nothing",
	);
	const { rows } = await database.owner.query("select id from app.population_source where name = 'planted'");
	return rows[0].id;
}
