-- Lists and searches of 20 million members (docs/decisions.md, "Lists by merging, searches by names").

-- Every name some woman bears, once, by its sort key: far fewer than women. A search finds names first, then who bears them. Without the
-- marks and tones of a sort key its letters are left (core/vietnamese.ts says how they agree with what is typed).
create table app.person_name (
	sort_key text collate "C" not null,
	constraint person_name_pkey primary key (sort_key)
);
insert into app.person_name (sort_key) select distinct sort_key from app.person;
create index person_name_letters_index on app.person_name using gin (translate(sort_key, '0123456789{|', '') gin_trgm_ops);
-- Trigrams of every woman's name: the dearest index of a new member, and of no use where half a million bear what is looked for.
drop index app.person_search_index;

-- Her person's sort key, so that one index gives a leaf's members in the order of lists, and another one the country's.
alter table app.spell add column sort_key text collate "C";
update app.spell s set sort_key = p.sort_key from app.person p where p.id = s.person_id;
alter table app.spell alter column sort_key set not null;
-- The database itself keeps the two alike: a woman renamed is renamed in all her spells, those of communes her clerk does not see among them.
alter table app.person add constraint person_sort_key_unique unique (id, sort_key);
alter table app.spell drop constraint spell_person_fkey,
	add constraint spell_person_fkey foreign key (person_id, sort_key) references app.person (id, sort_key) on update cascade;
create index spell_leaf_sort_index on app.spell (leaf_id, sort_key, id);
create index spell_sort_index on app.spell (sort_key, id) include (leaf_id);
-- Those who wait for a decision, or were declined: few, and asked for over whole provinces.
create index spell_undecided_index on app.spell (sort_key, id) include (leaf_id) where stage <> 'recognised';
drop index app.person_sort_index;
