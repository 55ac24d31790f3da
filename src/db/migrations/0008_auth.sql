-- Sign-in (R39): better-auth's tables, in a schema and under a role of their own (design §1). taphop_auth reaches nothing in
-- app but a few functions; taphop_user reaches nothing here. Column names are better-auth 1.7.6's: its getMigrations() made
-- the list; a test asks it again.

create schema auth;
grant usage on schema auth to taphop_auth;

create table auth."user" (
	id text not null,
	name text not null,
	-- better-auth wants one; ours is never written to: <username>@account.invalid.
	email text not null,
	"emailVerified" boolean not null,
	image text,
	"createdAt" timestamptz not null default now(),
	"updatedAt" timestamptz not null default now(),
	username text,
	"displayUsername" text,
	"twoFactorEnabled" boolean,
	constraint user_pkey primary key (id),
	constraint user_email_unique unique (email),
	constraint user_username_unique unique (username)
);

create table auth.session (
	id text not null,
	"expiresAt" timestamptz not null,
	token text not null,
	"createdAt" timestamptz not null default now(),
	"updatedAt" timestamptz not null,
	"ipAddress" text,
	"userAgent" text,
	"userId" text not null,
	constraint session_pkey primary key (id),
	constraint session_token_unique unique (token),
	constraint session_user_fkey foreign key ("userId") references auth."user" (id) on delete cascade
);
create index session_user_index on auth.session ("userId");

create table auth.account (
	id text not null,
	"accountId" text not null,
	"providerId" text not null,
	"userId" text not null,
	"accessToken" text,
	"refreshToken" text,
	"idToken" text,
	"accessTokenExpiresAt" timestamptz,
	"refreshTokenExpiresAt" timestamptz,
	scope text,
	password text,
	"createdAt" timestamptz not null default now(),
	"updatedAt" timestamptz not null,
	constraint account_pkey primary key (id),
	constraint account_provider_unique unique ("providerId", "accountId"),
	constraint account_user_fkey foreign key ("userId") references auth."user" (id) on delete cascade
);
create index account_user_index on auth.account ("userId");

create table auth.verification (
	id text not null,
	identifier text not null,
	value text not null,
	"expiresAt" timestamptz not null,
	"createdAt" timestamptz not null default now(),
	"updatedAt" timestamptz not null default now(),
	constraint verification_pkey primary key (id)
);
create index verification_identifier_index on auth.verification (identifier);

create table auth."twoFactor" (
	id text not null,
	secret text not null,
	"backupCodes" text not null,
	"userId" text not null,
	verified boolean,
	"failedVerificationCount" integer,
	"lockedUntil" timestamptz,
	constraint two_factor_pkey primary key (id),
	constraint two_factor_user_fkey foreign key ("userId") references auth."user" (id) on delete cascade
);
create index two_factor_user_index on auth."twoFactor" ("userId");

create table auth.passkey (
	id text not null,
	name text,
	"publicKey" text not null,
	"userId" text not null,
	"credentialID" text not null,
	counter integer not null,
	"deviceType" text not null,
	"backedUp" boolean not null,
	transports text,
	"createdAt" timestamptz,
	aaguid text,
	constraint passkey_pkey primary key (id),
	constraint passkey_credential_unique unique ("credentialID"),
	constraint passkey_user_fkey foreign key ("userId") references auth."user" (id) on delete cascade
);
create index passkey_user_index on auth.passkey ("userId");

-- Attempts to sign in, by fingerprint of the name typed and by address: kept here so that a restart forgets none.
create table auth.attempt (
	key text not null,
	count integer not null,
	started_at timestamptz not null default now(),
	constraint attempt_pkey primary key (key)
);
create index attempt_started_index on auth.attempt (started_at);

grant select, insert, update, delete on all tables in schema auth to taphop_auth;
