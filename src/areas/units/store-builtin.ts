import type { ClientBase } from "pg";
import { addDays } from "../../core/day.ts";
import { searchKey } from "../../core/vietnamese.ts";
import { builtinSets, NEW_SET_FROM, OLD_SET_FROM } from "./import-builtin.ts";
import { exampleClusters } from "./import-clusters.ts";
import type { BuiltinUnit } from "./import-unit.ts";

interface SpellRow {
	key: string;
	kind: string;
	from: string;
	to: string | null;
	code: string | null;
	name: string;
	title: string;
	parent: string | null;
	decree: string;
	search: string;
}

const OLD_DECREE = "Danh mục đơn vị hành chính tại ngày 29/5/2023";
const NEW_DECREE = "Nghị quyết 202/2025/QH15 và các Nghị quyết 1654–1687/NQ-UBTVQH15";

/**
 * Puts both national sets into an empty database, as its owner: the 63/705/10 598 of the guidance's date, taken to hold from
 * 2017-01-01 to 2025-06-30, and the 34/3 321 from 2025-07-01 with their later changes (R38); successors 1:1; a place without a
 * known successor goes to the *Chưa phân* of its new province. Does nothing where units are there already.
 */
export async function loadBuiltinUnits(client: ClientBase): Promise<void> {
	const { rows } = await client.query("select exists (select from app.unit) as loaded");
	if (rows[0].loaded) return;
	const sets = builtinSets();
	const changes = Map.groupBy(sets.changes2026, (change) => change.key);
	const spells: SpellRow[] = [
		spell(
			{ key: "centre", code: "VN", name: "Trung ương Hội", title: "", parentKey: null },
			"centre",
			OLD_SET_FROM,
			null,
			"",
		),
		...kindSpells(sets.old.provinces, "province", OLD_SET_FROM, NEW_SET_FROM, OLD_DECREE),
		...kindSpells(sets.old.districts, "district", OLD_SET_FROM, NEW_SET_FROM, OLD_DECREE),
		...kindSpells(sets.old.communes, "commune", OLD_SET_FROM, NEW_SET_FROM, OLD_DECREE),
		...kindSpells(sets.new.provinces, "province", NEW_SET_FROM, null, NEW_DECREE, changes),
		...kindSpells(sets.new.communes, "commune", NEW_SET_FROM, null, NEW_DECREE, changes),
	];
	const successions = [
		...sets.provinceSuccessions.map((s) => ({ from: s.predecessorKey, to: s.successorKey })),
		...sets.districtEnds.flatMap((d) => (d.successorKey ? [{ from: d.key, to: d.successorKey }] : [])),
	];
	const names = new Map(sets.new.provinces.map((province) => [province.key, province.name]));
	const unassigned = new Set<string>();
	for (const { predecessorKey, successorKey, provinceKey } of sets.communeSuccessions) {
		const key = `unassigned:${provinceKey}`;
		if (successorKey === null && !unassigned.has(key)) {
			unassigned.add(key);
			const name = `Chưa phân (${names.get(provinceKey)})`;
			spells.push(
				spell(
					{ key, code: null, name, title: "", parentKey: provinceKey },
					"unassigned",
					NEW_SET_FROM,
					null,
					NEW_DECREE,
				),
			);
		}
		successions.push({ from: predecessorKey, to: successorKey ?? key });
	}
	for (const cluster of exampleClusters())
		spells.push(
			spell(
				{ key: `cluster:${cluster.code}`, code: cluster.code, name: cluster.name, title: "", parentKey: "centre" },
				"cluster",
				OLD_SET_FROM,
				null,
				"",
			),
		);
	await insertSpells(client, spells);
	await insertSuccessions(client, successions);
	await insertClusters(client);
	await client.query(`
		select calc.refresh_homes((select array_agg(id) from app.unit where kind in ('commune', 'unassigned')));
		select calc.refresh_scopes(null);
		analyze app.unit, app.unit_spell, app.unit_succession, app.unit_home, app.unit_scope, app.territory`);
}

type Listed = Omit<BuiltinUnit, "title" | "code"> & { title: string; code: string | null };

function spell(unit: Listed, kind: string, from: string, to: string | null, decree: string): SpellRow {
	const parent = unit.parentKey ?? (kind === "centre" ? null : "centre");
	return {
		key: unit.key,
		kind,
		from,
		to,
		code: unit.code,
		name: unit.name,
		title: unit.title,
		parent,
		decree,
		search: searchKey(unit.name),
	};
}

/** One spell a unit, cut where a later resolution changed its name or title. */
function kindSpells(
	units: BuiltinUnit[],
	kind: string,
	from: string,
	to: string | null,
	decree: string,
	changes = new Map<string, { on: string; name: string; title: string; decree: string }[]>(),
): SpellRow[] {
	return units.flatMap((unit) => {
		const rows = [spell(unit, kind, from, to, decree)];
		for (const change of (changes.get(unit.key) ?? []).toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
			const last = rows[rows.length - 1];
			last.to = change.on;
			rows.push({
				...last,
				from: change.on,
				to,
				name: change.name,
				title: change.title,
				decree: change.decree,
				search: searchKey(change.name),
			});
		}
		return rows;
	});
}

async function insertSpells(client: ClientBase, spells: SpellRow[]): Promise<void> {
	const json = JSON.stringify(spells);
	await client.query(
		`insert into app.unit (kind, builtin_key)
			select kind, key from (select distinct on (key) key, kind, n from rows from (jsonb_to_recordset($1) as (key text, kind text)) with ordinality as r(key, kind, n) order by key, n) x order by n`,
		[json],
	);
	await client.query(
		`insert into app.unit_spell (unit_id, during, code, name, title, parent_id, decree, search_key)
			select u.id, daterange(r."from", r."to"), r.code, r.name, r.title, p.id, r.decree, r.search
			from jsonb_to_recordset($1) as r(key text, "from" date, "to" date, code text, name text, title text, parent text, decree text, search text)
			join app.unit u on u.builtin_key = r.key left join app.unit p on p.builtin_key = r.parent`,
		[json],
	);
}

async function insertSuccessions(client: ClientBase, successions: { from: string; to: string }[]): Promise<void> {
	await client.query(
		`insert into app.unit_succession (predecessor_id, successor_id, on_day, part, decree)
			select f.id, t.id, $2, 'full', $3 from jsonb_to_recordset($1) as r("from" text, "to" text)
			join app.unit f on f.builtin_key = r."from" join app.unit t on t.builtin_key = r."to"`,
		[JSON.stringify(successions), NEW_SET_FROM, NEW_DECREE],
	);
}

async function insertClusters(client: ClientBase): Promise<void> {
	const rows = exampleClusters().flatMap((cluster) =>
		cluster.provinces.map((province) => ({
			cluster: `cluster:${cluster.code}`,
			province: province.key,
			from: province.from,
			to: province.to ? addDays(province.to, 1) : null,
		})),
	);
	await client.query(
		`insert into app.cluster_province (cluster_id, province_id, during)
			select c.id, p.id, daterange(r."from", r."to") from jsonb_to_recordset($1) as r(cluster text, province text, "from" date, "to" date)
			join app.unit c on c.builtin_key = r.cluster join app.unit p on p.builtin_key = r.province`,
		[JSON.stringify(rows)],
	);
}
