-- What a new member costs (docs/decisions.md, "One woman counts once, without a GiST entry a member"): of 20 million women some 95 in
-- 100 have one counting spell and never another. They pay two b-tree entries; only the others stand in the GiST index.

-- Null: the spell counts on no day. 0: it is the only one of hers that does. 1, 2, …: one of several.
alter table app.spell add column counting_order smallint;
-- What every spell after the first of several leans on: that first one.
alter table app.spell add column counting_first smallint generated always as (case when counting_order > 1 then 1 end) stored;

update app.spell s set counting_order = n.place
	from (select id, case when count(*) over (partition by person_id) = 1 then 0
			else row_number() over (partition by person_id order by joined, id) end as place
		from app.spell where counts <> '{}') n
	where s.id = n.id;

alter table app.spell drop constraint spell_counts_once;
drop index app.spell_person_index;
alter table app.spell
	add constraint spell_counting_ordered check ((counting_order is null) = (counts = '{}') and counting_order >= 0),
	-- Also the index by person.
	add constraint spell_counting_order_once unique (person_id, counting_order),
	-- At the commit: clearing the first of several is nothing wrong while the others are still to be worked out.
	add constraint spell_counting_first_fkey foreign key (person_id, counting_first) references app.spell (person_id, counting_order)
		deferrable initially deferred,
	-- One woman counts once (R3): the database itself refuses two counting periods of one woman on one day.
	add constraint spell_counts_once exclude using gist (person_id with =, counts with &&) where (counting_order > 0);
-- The only one and the first of several exclude each other, and with the first all others.
create unique index spell_counts_alone on app.spell (person_id) where counting_order <= 1;

-- Read by whose they are, never by their own id alone.
alter table app.residence drop constraint residence_pkey, add constraint residence_pkey primary key (spell_id, id);
drop index app.residence_spell_index;
alter table app.consent drop constraint consent_pkey, add constraint consent_pkey primary key (person_id, id);
drop index app.consent_person_index;

-- No account is ever deleted, and nothing is looked up by these.
drop index app.person_created_by_index;
drop index app.command_account_index;

-- Of these columns nearly all rows have none.
drop index app.person_merged_into_index;
create index person_merged_into_index on app.person (merged_into) where merged_into is not null;
drop index app.spell_introduced_by_index;
create index spell_introduced_by_index on app.spell (introduced_by) where introduced_by is not null;
drop index app.audit_acting_for_index;
create index audit_acting_for_index on app.audit (acting_for, id) where acting_for is not null;
drop index app.audit_subject_index;
create index audit_subject_index on app.audit (subject_id, id) where subject_id is not null;
