-- Where a person wants to be reminded of deadlines (R34): one address an account, hers to give and to take back. A mail carries the name
-- of her unit and of the period, nothing of any person.
create table app.reminder_address (
	account_id uuid not null,
	channel text not null,
	address text not null,
	updated_at timestamptz not null default now(),
	constraint reminder_address_pkey primary key (account_id),
	constraint reminder_address_account_fkey foreign key (account_id) references app.account (id),
	-- SMS and Zalo are known to the program and sent by nobody yet (src/areas/reporting/rules-reminders.ts).
	constraint reminder_address_channel_known check (channel in ('email', 'sms', 'zalo')),
	constraint reminder_address_bounded check (length(address) between 3 and 200)
);

-- What was sent, so that nobody is reminded twice of one stage; claimed before it is sent. `sent_at` null: not yet gone, tried again.
create table app.reminder_sent (
	period_id integer not null,
	account_id uuid not null,
	stage text not null,
	channel text not null,
	attempts integer not null default 1,
	tried_at timestamptz not null default clock_timestamp(),
	sent_at timestamptz,
	constraint reminder_sent_pkey primary key (period_id, account_id, stage),
	constraint reminder_sent_period_fkey foreign key (period_id) references app.report_period (id),
	constraint reminder_sent_account_fkey foreign key (account_id) references app.account (id),
	constraint reminder_sent_stage_known check (stage in ('soon', 'due', 'overdue'))
);
create index reminder_sent_account_index on app.reminder_sent (account_id);

-- Whether reports come in time is a measure of emulation, too (R16).
alter table app.emulation_criterion drop constraint emulation_criterion_measure_known,
	add constraint emulation_criterion_measure_known check (measure in ('self', 'net_vs_target', 'over_60_vs_target', 'completeness', 'timeliness'));

-- Every wording of a template as it was saved: who changed what when, and the way back to an earlier one. Only ever added to.
create table app.document_template_change (
	id uuid not null,
	unit_id integer,
	level text not null,
	kind text not null,
	words jsonb not null,
	version integer not null,
	changed_by uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	constraint document_template_change_pkey primary key (id),
	constraint document_template_change_once unique nulls not distinct (unit_id, level, kind, version),
	constraint document_template_change_unit_fkey foreign key (unit_id) references app.unit (id),
	constraint document_template_change_changed_by_fkey foreign key (changed_by) references app.account (id)
);
create index document_template_change_changed_by_index on app.document_template_change (changed_by);
insert into app.document_template_change (id, unit_id, level, kind, words, version, changed_by, changed_at)
	select id, unit_id, level, kind, words, version, changed_by, changed_at from app.document_template;
