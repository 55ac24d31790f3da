import { type Day, isDay } from "../core/day.ts";
import { type Invocation, optional, UsageError } from "./command.ts";

/** A day among the options, `YYYY-MM-DD`; one that is not on the calendar is wrong usage. */
export function dayOption(invocation: Invocation, name: string): Day | undefined {
	const value = optional(invocation, name);
	if (value !== undefined && !isDay(value))
		throw new UsageError(`--${name} phải là một ngày có thật, dạng năm-tháng-ngày (2025-06-30).`);
	return value;
}
