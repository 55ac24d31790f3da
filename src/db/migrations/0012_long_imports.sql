-- Long rosters (design §6, §8): a row of a file has a row of its own only where there is something to say of it; all others, most of
-- any file, stand in sealed blocks, and the file itself in parts, so that a file of a million rows is never whole in memory.

create table app.import_block (
	import_id uuid not null,
	-- The position of its first row, and how many rows it has. A row that has its own in import_row is that one, whatever stands here.
	first integer not null,
	rows integer not null,
	-- What was read of the rows, sealed together.
	cipher bytea not null,
	-- The fingerprints of their numbers, 32 bytes a row; zeros where it has none.
	fingerprints bytea not null,
	-- Whom they made, 16 bytes a row, as far as the import has come; zeros for rows with their own row.
	person_ids bytea not null default '',
	spell_ids bytea not null default '',
	constraint import_block_pkey primary key (import_id, first),
	constraint import_block_import_fkey foreign key (import_id) references app.import (id),
	constraint import_block_rows_positive check (first > 0 and rows > 0),
	constraint import_block_lengths_agree check (length(fingerprints) = 32 * rows and length(person_ids) = length(spell_ids)
		and length(person_ids) <= 16 * rows)
);
-- What is sealed cannot be packed any more.
alter table app.import_block alter column cipher set storage external, alter column fingerprints set storage external,
	alter column person_ids set storage external, alter column spell_ids set storage external;

create table app.import_part (
	import_id uuid not null,
	-- From 1; the parts one after another are the file.
	number integer not null,
	cipher bytea not null,
	constraint import_part_pkey primary key (import_id, number),
	constraint import_part_import_fkey foreign key (import_id) references app.import (id)
);
alter table app.import_part alter column cipher set storage external;
insert into app.import_part (import_id, number, cipher) select id, 1, file_cipher from app.import where length(file_cipher) > 0;
alter table app.import drop column file_cipher;

-- An import that is being written passes over what it has made itself without reading it.
create index spell_leaf_import_index on app.spell (leaf_id, import_id);
drop index app.spell_leaf_index;
