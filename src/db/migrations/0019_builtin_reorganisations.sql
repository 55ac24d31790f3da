-- The reforms that the built-in registry has lived through are reorganisations, too (R38): calc.record_builtin writes them from the units.
alter table app.reorganisation add column builtin text,
	add constraint reorganisation_builtin_unique unique (builtin);
