-- The national table in one pass (docs/decisions.md, "A ledger row a unit, not a component"): year_open and month_in_year become one
-- table with one row a unit and day, a column a component. A day's figures are joins by unit instead of an aggregate over the
-- rows of every component, and a posting writes one table where it wrote two.

-- On 1 January all that came before the year; on the first of another month the net of the year up to it.
create table app.ledger_sum (
	d date not null,
	unit_id integer not null,
	roster integer not null default 0,
	unlisted integer not null default 0,
	trade_union integer not null default 0,
	armed_forces integer not null default 0,
	member_organisation integer not null default 0,
	upper_club integer not null default 0,
	overlap integer not null default 0,
	constraint ledger_sum_first_of_month check (extract(day from d) = 1)
) with (fillfactor = 80);

insert into app.ledger_sum (d, unit_id, roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap)
	select d, unit_id, coalesce(sum(v) filter (where component = 1), 0), coalesce(sum(v) filter (where component = 2), 0),
		coalesce(sum(v) filter (where component = 3), 0), coalesce(sum(v) filter (where component = 4), 0),
		coalesce(sum(v) filter (where component = 5), 0), coalesce(sum(v) filter (where component = 6), 0),
		coalesce(sum(v) filter (where component = 7), 0)
	from (select d, unit_id, component, total as v from app.year_open
		union all select d, unit_id, component, net from app.month_in_year) x
	group by d, unit_id order by d, unit_id;
drop table app.year_open, app.month_in_year;

alter table app.ledger_sum
	add constraint ledger_sum_pkey primary key (d, unit_id),
	add constraint ledger_sum_unit_fkey foreign key (unit_id) references app.unit (id);
-- A line through the years reads one unit's rows.
create index ledger_sum_unit_index on app.ledger_sum (unit_id, d);
drop index app.day_delta_unit_index;
create index day_delta_unit_index on app.day_delta (unit_id, on_date);

-- Two days compare in a tenth of the time in which a range is unpacked; and the table of all units comes in the order of a number.
alter table app.territory
	add column since date generated always as (coalesce(lower(during), '-infinity'::date)) stored,
	add column until date generated always as (coalesce(upper(during), 'infinity'::date)) stored,
	add column place integer not null default 0;
update app.territory t set place = n.place
	from (select ctid, row_number() over (order by path, during) as place from app.territory) n where t.ctid = n.ctid;
alter table app.denominator
	add column since date generated always as (coalesce(lower(during), '-infinity'::date)) stored,
	add column until date generated always as (coalesce(upper(during), 'infinity'::date)) stored;
