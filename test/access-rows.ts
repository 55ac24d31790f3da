import { uuidv7 } from "../src/core/id.ts";
import type { TestDatabase } from "./kit.ts";

/** A table whose rows belong to a unit, how a row of it is planted there, and by which verb it is read. */
export interface UnitTable {
	table: string;
	readBy: string;
	columns: string;
	/** SQL with `:unit`, `:maker`, `:new` (the row's own id), `:person`, `:spell`, `:account`, `:import`, `:n`. */
	values: string;
	/** The column by which a planted row is found again, and what else names it. */
	key: string;
	marker: string;
}

/** Parents first: table | read by | columns | values | key | marker. */
const TABLES = `
account | accounts.read | id, username, display_name, unit_id, created_by | :new, 'planted.:n', 'Planted', :unit, :maker | id
account_role | accounts.read | account_id, role, unit_id | :account, coalesce((select min(k.role) from app.role_kind k, app.unit u where u.id = :unit and u.kind = k.kind), 'auditor'), :unit | account_id
invitation | accounts.read | id, account_id, token_hash, made_by, expires_at | :new, :account, sha256(:new), :maker, '2100-01-01' | id
device | accounts.read | id, account_id, secret_hash, pin_hash | :new, :account, sha256(:new), 'x' | id
audit | audit.read | id, account_id, action, unit_id | :new, :maker, 'planted', :unit | id
person | members.read | id, full_name, search_key, identity_key, sort_key, created_by | :new, 'P', 'p', 'p', 'p', :maker | id
spell | members.read | id, person_id, sort_key, leaf_id, joined | :new, :person, 'p', :unit, '2020-01-01' | id
national_id | members.read | hmac, person_id, kind, cipher | sha256(:new), :person, 'cccd', 'x' | person_id
person_sensitive | members.sensitive | person_id | :person | person_id
residence | members.read | id, spell_id, kind | :new, :spell, 'permanent' | id
away | members.read | id, spell_id, since, kind | :new, :spell, '2021-01-01', 'near' | id
affiliation | members.read | id, person_id, unit_id, since | :new, :person, :unit, '2021-01-01' | id
post | members.read | id, person_id, unit_id, post, since | :new, :person, :unit, 'other', '2021-01-01' | id
consent | members.read | id, person_id, purpose, given_on, how, text_version | :new, :person, 'contact', '2021-01-01', 'digital', '1' | id
transfer | members.read | id, person_id, from_spell_id, from_commune_id, to_unit_id, on_day, residence, asked_by, asked_side | :new, :person, :spell, :unit, :unit, '2026-01-01', 'permanent', :maker, 'origin' | id
duplicate_pair | members.read | id, person_a, person_b, leaf_a, leaf_b, score, reasons, found_on | :new, '00000000-0000-7000-8000-00000000000a', :person, :unit, :unit, 80, '{name_same}', '2026-01-01' | id
person_merge | members.read | id, kept_id, merged_id, by, moved | :new, :person, :person, :maker, '{}' | id
reorganisation | reorganisations.write | id, unit_id, title, decree, on_day, drafted_by | :new, :unit, 'x', 'x', '2026-01-01', :maker | id
headcount | headcounts.read | id, unit_id, component, on_day, count, source, created_by | :new, :unit, 'upper_club', date '2017-01-01' + :n, 1, 'x', :maker | id
import | members.write | id, unit_id, as_of, file_name, file_hash, created_by | :new, :unit, '2026-01-01', 'x', 'x', :maker | id
import_row | members.write | import_id, position, sheet, row, raw_cipher, action | :import, 1, 'x', 1, 'x', 'skip' | import_id
import_block | members.write | import_id, first, rows, cipher, fingerprints | :import, 1, 1, 'x', sha256('x') | import_id
import_part | members.write | import_id, number, cipher | :import, 1, 'x' | import_id
import_layout | members.write | unit_id, fingerprint, layout | :unit, 'planted.:n', '{}' | unit_id | fingerprint like 'planted%'
unlisted_lowering | headcounts.read | import_id, unit_id, origin_id, on_day, lowered | :import, :unit, :unit, '2019-03-03', 1 | import_id
population | gathering.read | id, source_id, unit_id, women18, created_by, superseded_at | :new, (select max(id) from app.population_source), :unit, 1, :maker, now() | id
women_present | gathering.read | id, unit_id, on_day, women18, created_by | :new, :unit, date '2017-01-01' + :n, 1, :maker | id
denominator | gathering.read | unit_id, during, women18, how | :unit, daterange(date '1900-01-01' + :n, date '1900-01-02' + :n), 1, 'recorded' | unit_id | during << '[1990-01-01,1991-01-01)'
target | targets.read | id, unit_id, from_unit_id, kind, year, value, document, document_on, decided_by, superseded_at | :new, :unit, :unit, 'net_new_members', 2026, 1, 'x', '2026-01-01', :maker, now() | id
target_close | targets.read | term_id, unit_id, kind, name, on_day, value, closed_by | (select min(id) from app.term), :unit, 'free', 'planted.:n', '2026-01-01', 1, :maker | unit_id | name like 'planted%'
target_achievement | targets.read | id, unit_id, kind, year, value, on_day, document, recorded_by | :new, :unit, 'communes_with_model', 2026, 1, '2026-01-01', 'x', :maker | id
report | reports.read | id, period_id, unit_id, above_id | :new, (select min(p.id) + :n % 2000 from app.report_period p where p.name like 'planted%'), :unit, coalesce(calc.reports_to((select min(p.id) from app.report_period p where p.name like 'planted%'), :unit), :unit) | id
report_copy | reports.read | id, report_id, content, sha256, inputs, rules, map_day, signed_by, signed_as, late | :new, :report, 'x', sha256('x'), 'x', 1, '2026-06-09', :maker, 'x', false | id
report_frozen | reports.read | report_id, seq, copy_id, approved_by | :report, :n, (select c.id from app.report_copy c where c.report_id = :report limit 1), :maker | report_id
report_note | reports.read | id, report_id, kind, text, by | :new, :report, 'return', 'x', :maker | id
support_case | support.read | id, unit_id, opened_on, opened_by, why, changed_by | :new, :unit, '2024-01-01', :maker, 'hand', :maker | id
support_origin | support.read | case_id, origin_id | :case, '00000000-0000-7000-8000-00000000000c' | case_id
support_cause | support.read | case_id, cause, weight | :case, 'cause.away', 1 | case_id
support_group | support.read | case_id, "group" | :case, 'group.young' | case_id
support_milestone | support.read | case_id, day, members | :case, date '2024-01-01' + :n, 1 | case_id
support_solution | support.read | id, case_id, solution, begun_on | :new, :case, 'solution.a1', '2024-01-01' | id
support_resource | support.read | id, case_id, words | :new, :case, 'x' | id
support_partner | support.read | case_id, partner, task | :case, 'partner.youth', 'x' | case_id
support_revision | support.read | case_id, version, part, content, by | :case, :n, 'case', '{}', :maker | case_id
meeting | models.read | id, unit_id, on_day, kind, form, theme, members, recorded_by | :new, :unit, '2026-01-01', 'activity', 'zalo', 'x', 1, :maker | id
model | models.read | id, unit_id, kind, name, founded, recorded_by | :new, :unit, 'model.other', 'x', '2026-01-01', :maker | id
model_pair | members.read | id, unit_id, form, helper_words, helped_words, started, recorded_by | :new, :unit, 'other', 'x', 'y', '2026-01-01', :maker | id
branch_criterion | models.read | id, unit_id, criterion, on_day, met, recorded_by | :new, :unit, 'knows_faces', date '2017-01-01' + :n, true, :maker | id
branch_attendance | models.read | id, unit_id, who, attended_on, recorded_by | :new, :unit, 'chair', '2026-01-01', :maker | id
wish | members.read | id, unit_id, noted_on, words, noted_by | :new, :unit, '2026-01-01', 'x', :maker | id
party_fostering | members.sensitive | id, unit_id, person_id, post, proposed_on, ended_on, recorded_by | :new, :unit, :person, 'branch_head', '2026-01-01', '2026-01-01', :maker | id
programme | models.read | id, unit_id, kind, name, from_day, recorded_by | :new, :unit, 'project', 'x', '2026-01-01', :maker | id
programme_commune | models.read | programme_id, owner_id, unit_id | :programme, :unit, :unit | programme_id
document_template | gathering.read | id, unit_id, level, kind, words, changed_by | :new, :unit, 'commune', 'planted_:n', '{}', :maker | id
document_number | gathering.read | id, unit_id, year, register, number, document_on, about, taken_by | :new, :unit, 2026, 'all', :n, '2026-01-01', 'x', :maker | id
experience | support.read | id, unit_id, title, body, written_by | :new, :unit, 'x', 'x', :maker | id
commune_trait | support.read | unit_id, on_day, branches, roster, temporary, away, minority, peoples_known | :unit, date '1900-01-01' + :n, 1, 1, 0, 0, 0, 0 | unit_id
ledger_sum | gathering.read | d, unit_id, roster | date '1900-01-01' + make_interval(months => (:n % 1000)::integer), :unit, 1 | unit_id | d < '2000-01-01'
day_delta | gathering.read | on_date, unit_id, component, delta | '1900-01-01', :unit, (:n % 30000)::smallint, 1 | unit_id | on_date = '1900-01-01'`;

export const UNIT_TABLES: readonly UnitTable[] = TABLES.trim()
	.split("\n")
	.map((line) => {
		const [table, readBy, columns, values, key, marker = "true"] = line.split(" | ").map((part) => part.trim());
		return { table, readBy, columns, values, key, marker };
	});

/** The rows others hang on. */
const PARENTS = ["account", "person", "spell", "import", "report", "case", "programme"];

/** How rows that hang on a table's name it. */
const nameOf = (table: string) => table.replace(/^support_case$/, "case");

/** What stands planted at a unit: the ids of the parents, and each table's key. */
export interface Planted {
	unitId: number;
	makerId: string;
	parents: Record<string, string>;
	keys: Record<string, string>;
}

let counter = 0;

/** Plants rows at a unit as the owner: of every table, or the parents only. */
export async function plant(
	database: TestDatabase,
	unitId: number,
	makerId: string,
	tables = UNIT_TABLES,
): Promise<Planted> {
	const parents = Object.fromEntries(PARENTS.map((name) => [name, uuidv7()]));
	const planted: Planted = { unitId, makerId, parents, keys: {} };
	const statements: string[] = [];
	for (const one of tables) {
		const id = parents[nameOf(one.table)] ?? uuidv7();
		statements.push(insertText(one, planted, id));
		planted.keys[one.table] = keyOf(one, planted, id);
	}
	await database.owner.query(`begin; ${statements.join(";\n")}; commit`);
	return planted;
}

/** Only the rows others hang on, so that a test can add the rest. */
export function plantParents(database: TestDatabase, unitId: number, makerId: string): Promise<Planted> {
	return plant(
		database,
		unitId,
		makerId,
		UNIT_TABLES.filter(({ table }) => PARENTS.includes(nameOf(table))),
	);
}

/** The insert of one row of a table beside what is planted; `makerId` says who claims to make it. */
export function insertText(one: UnitTable, at: Planted, id: string = uuidv7(), makerId = at.makerId): string {
	counter += 1;
	const given: Record<string, string> = {
		unit: String(at.unitId),
		maker: `'${makerId}'`,
		new: `'${id}'`,
		n: String(counter),
	};
	for (const [name, parent] of Object.entries(at.parents)) given[name] = `'${parent}'`;
	const values = one.values.replace(/(?<!:):([a-z]+)/g, (all, name) => given[name] ?? all);
	return `insert into app.${one.table} (${one.columns}) values (${values})`;
}

function keyOf(one: UnitTable, at: Planted, id: string): string {
	if (one.key === "unit_id") return String(at.unitId);
	return at.parents[one.key.replace(/_id$/, "")] ?? id;
}

/** A source of figures for planted populations, and a woman nobody sees, for planted pairs. */
export async function plantSource(database: TestDatabase): Promise<void> {
	await database.owner.query(
		`insert into app.person (id, full_name, search_key, identity_key, sort_key, created_by)
			values ('00000000-0000-7000-8000-00000000000a', 'P', 'p', 'p', 'p', $1)`,
		[database.operator.accountId],
	);
	await database.owner.query(
		"insert into app.population_source (term_id, name) select min(id), 'planted' from app.term",
	);
	// A commune has one open case; planted are many, for what the policies say of them.
	await database.owner.query("drop index app.support_case_one_open");
	await database.owner.query(
		`insert into app.support_case (id, unit_id, opened_on, opened_by, why, changed_by)
			select '00000000-0000-7000-8000-00000000000c', id, '2020-01-01', $1, 'hand', $1 from app.unit where kind = 'centre'`,
		[database.operator.accountId],
	);
	// A report is one a unit and period: periods for as many as are planted.
	await database.owner.query(
		`insert into app.report_period (kind, name, opens_on, from_day, data_until, due_on, form_id, levels, opened_by)
			select 'ad_hoc', 'planted ' || n, '2026-06-01', '2026-01-01', '2026-06-09', '2026-06-30', (select min(id) from app.report_form),
				'{commune,province,centre}', $1 from generate_series(1, 2000) n`,
		[database.operator.accountId],
	);
}
