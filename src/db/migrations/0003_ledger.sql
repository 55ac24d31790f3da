-- The ledger (design §4): a prefix sum in three levels, keyed date first. The figure of a unit and component on day D is
-- year_open of D's year + month_in_year of D's month + the day_delta rows from the first of the month up to D.
-- Sparse is exact here: every posting writes all later months of its year and all later years up to the horizon.

create table app.year_open (
	d date not null,
	unit_id integer not null,
	component smallint not null,
	total integer not null,
	constraint year_open_pkey primary key (d, unit_id, component),
	constraint year_open_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint year_open_first_of_year check (extract(doy from d) = 1)
) with (fillfactor = 80);
create index year_open_unit_index on app.year_open (unit_id);

create table app.month_in_year (
	d date not null,
	unit_id integer not null,
	component smallint not null,
	net integer not null,
	constraint month_in_year_pkey primary key (d, unit_id, component),
	constraint month_in_year_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint month_in_year_first_of_month check (extract(day from d) = 1)
) with (fillfactor = 80);
create index month_in_year_unit_index on app.month_in_year (unit_id);

create table app.day_delta (
	on_date date not null,
	unit_id integer not null,
	component smallint not null,
	delta integer not null,
	constraint day_delta_pkey primary key (on_date, unit_id, component),
	constraint day_delta_unit_fkey foreign key (unit_id) references app.unit (id)
) with (fillfactor = 80);
create index day_delta_unit_index on app.day_delta (unit_id);

-- The last year that has opening balances.
create table app.ledger_horizon (
	singleton boolean not null default true,
	year integer not null,
	constraint ledger_horizon_pkey primary key (singleton),
	constraint ledger_horizon_single check (singleton)
);
