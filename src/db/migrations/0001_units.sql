create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- Units over time (R37, R38). (code, period) is the key, never the code: 3 316 of the 3 321 commune codes of July 2025 are
-- reused codes of other, older communes. A unit has spells; a spell has the code, name and parent of its days.

create table app.unit (
	id integer generated always as identity,
	kind text not null,
	-- The key of a built-in unit ('old:00001'); null for those made by people.
	builtin_key text,
	created_at timestamptz not null default now(),
	constraint unit_pkey primary key (id),
	constraint unit_builtin_key_unique unique (builtin_key),
	constraint unit_kind_known check (kind in ('centre', 'cluster', 'province', 'district', 'commune', 'unassigned',
		'special_base', 'force', 'branch', 'group', 'club', 'department'))
);

create table app.unit_spell (
	id integer generated always as identity,
	unit_id integer not null,
	during daterange not null,
	-- Official code of communes, districts and provinces; null for units without one.
	code text,
	-- The full name with its kind word: 'Phường Phúc Xá', 'Chi hội thôn Đông'.
	name text not null,
	-- The kind word of the name: 'Phường', 'Xã', 'Tỉnh'; '' where there is none.
	title text not null default '',
	parent_id integer,
	decree text not null default '',
	search_key text not null,
	constraint unit_spell_pkey primary key (id),
	constraint unit_spell_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint unit_spell_parent_fkey foreign key (parent_id) references app.unit (id),
	constraint unit_spell_name_present check (name <> '' and length(name) <= 300),
	constraint unit_spell_during_bounded check (not isempty(during) and lower_inc(during) and not lower_inf(during)),
	constraint unit_spell_not_own_parent check (parent_id is distinct from unit_id),
	constraint unit_spell_no_overlap exclude using gist (unit_id with =, during with &&)
);
create index unit_spell_unit_index on app.unit_spell (unit_id);
create index unit_spell_code_index on app.unit_spell (code);
create index unit_spell_parent_index on app.unit_spell (parent_id);

-- Who took over: a predecessor's successors on a day, whole or in part (R38).
create table app.unit_succession (
	predecessor_id integer not null,
	successor_id integer not null,
	on_day date not null,
	part text not null,
	decree text not null default '',
	constraint unit_succession_pkey primary key (predecessor_id, successor_id),
	constraint unit_succession_predecessor_fkey foreign key (predecessor_id) references app.unit (id),
	constraint unit_succession_successor_fkey foreign key (successor_id) references app.unit (id),
	constraint unit_succession_part_known check (part in ('full', 'partial')),
	constraint unit_succession_not_itself check (predecessor_id <> successor_id)
);
create index unit_succession_successor_index on app.unit_succession (successor_id);
create unique index unit_succession_one_full on app.unit_succession (predecessor_id) where part = 'full';

-- An emulation cluster is a dated relation of provinces, never a parent (mission R19, domain §3).
create table app.cluster_province (
	id integer generated always as identity,
	cluster_id integer not null,
	province_id integer not null,
	during daterange not null,
	constraint cluster_province_pkey primary key (id),
	constraint cluster_province_cluster_fkey foreign key (cluster_id) references app.unit (id),
	constraint cluster_province_province_fkey foreign key (province_id) references app.unit (id),
	constraint cluster_province_one_cluster exclude using gist (province_id with =, during with &&)
);
create index cluster_province_cluster_index on app.cluster_province (cluster_id);

-- Derived, kept by calc.refresh_homes: under which commune (or Chưa phân) a leaf stood, day by day. The ledger cuts every
-- counting period by it, so that a merger moves no member row (design §4).
create table app.unit_home (
	leaf_id integer not null,
	commune_id integer not null,
	during daterange not null,
	constraint unit_home_leaf_fkey foreign key (leaf_id) references app.unit (id),
	constraint unit_home_commune_fkey foreign key (commune_id) references app.unit (id),
	constraint unit_home_no_overlap exclude using gist (leaf_id with =, during with &&)
);
create index unit_home_commune_index on app.unit_home (commune_id);

-- Derived, kept by calc.refresh_scopes: whom a right over a unit reaches today. An abolished unit hangs under its successors.
create table app.unit_scope (
	ancestor_id integer not null,
	unit_id integer not null,
	-- True where the unit is the ancestor's own: itself and its branches, groups, clubs and special bases, but not a union below it.
	own boolean not null,
	constraint unit_scope_pkey primary key (ancestor_id, unit_id),
	constraint unit_scope_ancestor_fkey foreign key (ancestor_id) references app.unit (id),
	constraint unit_scope_unit_fkey foreign key (unit_id) references app.unit (id)
);
create index unit_scope_unit_index on app.unit_scope (unit_id);

-- Derived, kept by calc.refresh_territory: which administrative unit stood under which, with its names, day by day, flat, so
-- that a table of every commune climbs no tree and reads no branches.
create table app.territory (
	unit_id integer not null,
	kind text not null,
	during daterange not null,
	code text,
	name text not null,
	parent_id integer,
	-- The district and province it is or stands under; null where there is none.
	district_id integer,
	province_id integer,
	-- The codes from the centre down: sorts a commune behind its district, and Chưa phân behind the communes of its province.
	path text collate "C" not null,
	constraint territory_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint territory_no_overlap exclude using gist (unit_id with =, during with &&)
);
create index territory_unit_index on app.territory (unit_id);
create index territory_province_index on app.territory (province_id);
create index territory_district_index on app.territory (district_id);
create index territory_parent_index on app.territory (parent_id);
