-- What a reorganisation of units means for those who work in them (R38, R39): nobody reaches more than the day before until the level
-- above has agreed. The roles themselves stay as they are; these rows say what they reach meanwhile, and what was decided.

-- A role of an account at a unit that ended (succeeded, parted, ended), or at one that stays and took others over (widened).
create table app.account_move (
	id uuid not null default gen_random_uuid(),
	reorganisation_id uuid not null,
	account_id uuid not null,
	role text not null,
	unit_id integer not null,
	kind text not null,
	-- Who took the whole of the unit over; itself where it stays; null where nobody did, until it is decided.
	to_unit_id integer,
	decision text,
	decided_by uuid,
	decided_at timestamptz,
	-- What approving gave, to be taken back with the reorganisation: the role at the new unit, and where the account stood before.
	gave_role boolean not null default false,
	stood_at integer,
	constraint account_move_pkey primary key (id),
	constraint account_move_once unique (account_id, reorganisation_id, role, unit_id),
	constraint account_move_reorganisation_fkey foreign key (reorganisation_id) references app.reorganisation (id),
	constraint account_move_account_fkey foreign key (account_id) references app.account (id),
	constraint account_move_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint account_move_to_unit_fkey foreign key (to_unit_id) references app.unit (id),
	constraint account_move_stood_at_fkey foreign key (stood_at) references app.unit (id),
	constraint account_move_decided_by_fkey foreign key (decided_by) references app.account (id),
	constraint account_move_kind_known check (kind in ('succeeded', 'widened', 'parted', 'ended')),
	constraint account_move_decision_known check (decision in ('approved', 'closed')),
	constraint account_move_decided check ((decision is null) = (decided_at is null))
);
create index account_move_reorganisation_index on app.account_move (reorganisation_id);
create index account_move_unit_index on app.account_move (unit_id);
create index account_move_to_unit_index on app.account_move (to_unit_id);
create index account_move_stood_at_index on app.account_move (stood_at);
create index account_move_decided_by_index on app.account_move (decided_by);

-- While nothing is decided: of one that succeeded what she goes on reaching, of one that was widened what she does not reach yet.
create table app.account_move_unit (
	move_id uuid not null,
	unit_id integer not null,
	own boolean not null,
	constraint account_move_unit_pkey primary key (move_id, unit_id),
	constraint account_move_unit_move_fkey foreign key (move_id) references app.account_move (id) on delete cascade,
	constraint account_move_unit_unit_fkey foreign key (unit_id) references app.unit (id)
);
create index account_move_unit_unit_index on app.account_move_unit (unit_id);

-- When rights were brought up to the units of an applied reorganisation: at once, or on its day where that was still to come.
alter table app.reorganisation add column settled_at timestamptz;
update app.reorganisation set settled_at = applied_at where state in ('applied', 'undone');
