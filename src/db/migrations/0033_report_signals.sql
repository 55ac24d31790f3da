-- What a report's figures gave reason to look at when it was signed (reporting/rules-signals.ts): [{kind, key, count, text}]. Null: signed
-- before signals were looked for. Beside the copy and not in its bytes: it is a reading of the figures, not one of them.
alter table app.report_copy add column signals jsonb;
alter table app.report_copy add constraint report_copy_signals_listed check (signals is null or jsonb_typeof(signals) = 'array');
