-- Who may do what (R39): an account has roles by unit; a role is a set of verbs; a verb reaches the unit's subtree.

create table app.role_verb (
	role text not null,
	verb text not null,
	-- Whether the verb reaches the units below one's own.
	below boolean not null,
	constraint role_verb_pkey primary key (role, verb)
);

-- At which kinds of unit a role can be given; a role without a row is the machine's and nobody's to give.
create table app.role_kind (
	role text not null,
	kind text not null,
	constraint role_kind_pkey primary key (role, kind)
);

create table app.account (
	id uuid not null,
	username text not null,
	display_name text not null,
	-- The user in schema auth (better-auth); null for the local operator and the system.
	auth_user_id text,
	unit_id integer not null,
	-- True from a one-time password until its owner has chosen her own; until then she can do nothing else.
	must_change_password boolean not null default false,
	-- When an unused one-time password stops working.
	password_until timestamptz,
	disabled_at timestamptz,
	created_at timestamptz not null default now(),
	created_by uuid,
	version integer not null default 1,
	constraint account_pkey primary key (id),
	constraint account_username_unique unique (username),
	constraint account_auth_user_unique unique (auth_user_id),
	constraint account_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint account_created_by_fkey foreign key (created_by) references app.account (id),
	constraint account_username_shape check (username ~ '^[a-z0-9._-]{3,40}$')
);
create index account_unit_index on app.account (unit_id);
create index account_created_by_index on app.account (created_by);

create table app.account_role (
	account_id uuid not null,
	role text not null,
	unit_id integer not null,
	granted_at timestamptz not null default now(),
	constraint account_role_pkey primary key (account_id, role, unit_id),
	constraint account_role_account_fkey foreign key (account_id) references app.account (id),
	constraint account_role_unit_fkey foreign key (unit_id) references app.unit (id)
);
create index account_role_unit_index on app.account_role (unit_id);

-- An invitation by link or QR: whoever opens it first sets a PIN on that device. Only the token's hash is kept.
create table app.invitation (
	id uuid not null,
	account_id uuid not null,
	token_hash bytea not null,
	made_by uuid not null,
	made_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz,
	constraint invitation_pkey primary key (id),
	constraint invitation_token_unique unique (token_hash),
	constraint invitation_account_fkey foreign key (account_id) references app.account (id),
	constraint invitation_made_by_fkey foreign key (made_by) references app.account (id)
);
create index invitation_account_index on app.invitation (account_id);
create index invitation_made_by_index on app.invitation (made_by);

-- A phone that signs in by PIN. The PIN is hashed together with a secret only the phone has: neither alone is of use.
create table app.device (
	id uuid not null,
	account_id uuid not null,
	secret_hash bytea not null,
	pin_hash text not null,
	-- Wrong PINs since the last right one; at five the device is locked until a new invitation.
	failed integer not null default 0,
	added_at timestamptz not null default now(),
	used_at timestamptz,
	revoked_at timestamptz,
	constraint device_pkey primary key (id),
	constraint device_secret_unique unique (secret_hash),
	constraint device_account_fkey foreign key (account_id) references app.account (id),
	constraint device_failed_range check (failed between 0 and 5)
);
create index device_account_index on app.device (account_id);

-- A repeated command id returns the first result: retries and the outbox are safe (design §2.4).
create table app.command (
	id uuid not null,
	account_id uuid not null,
	name text not null,
	at timestamptz not null default now(),
	input_hash bytea not null,
	result jsonb,
	constraint command_pkey primary key (id),
	constraint command_account_fkey foreign key (account_id) references app.account (id)
);
create index command_account_index on app.command (account_id);

-- One row for every command and for every read of sensitive columns. Holds no names, IDs or contents of the member file.
create table app.audit (
	id uuid not null,
	at timestamptz not null default now(),
	account_id uuid not null,
	command_id uuid,
	action text not null,
	unit_id integer,
	-- The unit for which a level above acted ("nhập thay"), told to it.
	acting_for integer,
	subject_id uuid,
	detail jsonb not null default '{}',
	constraint audit_pkey primary key (id),
	constraint audit_account_fkey foreign key (account_id) references app.account (id),
	constraint audit_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint audit_acting_for_fkey foreign key (acting_for) references app.unit (id)
);
create index audit_unit_index on app.audit (unit_id, id);
create index audit_account_index on app.audit (account_id, id);
create index audit_acting_for_index on app.audit (acting_for, id);
create index audit_subject_index on app.audit (subject_id, id);

-- Names of what a program needs to know about its own database: the demo mark, when real use began.
create table app.setting (
	name text not null,
	value jsonb not null,
	constraint setting_pkey primary key (name)
);
