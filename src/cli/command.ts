import type { ParseArgsOptionsConfig } from "node:util";

/** How a command line was written: the words after the command, and its options. */
export interface Invocation {
	positionals: string[];
	values: Record<string, string | boolean | undefined>;
	/** One JSON value on stdout and nothing else. */
	json: boolean;
}

/**
 * One command of `taphop`. To add one: a file that exports it, and its line in commands.ts. `run` writes to stdout with
 * {@link print}, answers the exit code where it is not 0, and throws Problems (exit 1) or {@link UsageError} (exit 2).
 */
export interface Command {
	/** "gathering rates": the words before the options. */
	name: string;
	/** What follows the name, as the usage shows it. */
	usage: string;
	/** One Vietnamese line of what it does. */
	summary: string;
	/** Its options beside `--json`, `--as` and `--help`. */
	options?: ParseArgsOptionsConfig;
	/** How many words it takes besides its name; default 0. */
	positionals?: number;
	run(invocation: Invocation): Promise<number | undefined>;
}

/** Thrown for a command line that is not one of the documented: usage on stderr, exit 2. */
export class UsageError extends Error {}

/** The value of an option that must be there. */
export function required(invocation: Invocation, name: string): string {
	const value = invocation.values[name];
	if (typeof value !== "string" || value === "") throw new UsageError(`Thiếu --${name}.`);
	return value;
}

/** The value of an option that may be there. */
export function optional(invocation: Invocation, name: string): string | undefined {
	const value = invocation.values[name];
	return typeof value === "string" ? value : undefined;
}

/** The value of an option that must be one of some words, where it is there. */
export function oneOf<const Word extends string>(
	invocation: Invocation,
	name: string,
	words: readonly Word[],
): Word | undefined {
	const value = optional(invocation, name);
	if (value === undefined) return undefined;
	const word = words.find((one) => one === value);
	if (!word) throw new UsageError(`--${name} phải là một trong: ${words.join(", ")}.`);
	return word;
}

/** For what is done at the server and in nobody's name: refuses `--as`. */
export function operatorsAlone(invocation: Invocation): void {
	if (optional(invocation, "as")) throw new UsageError("Đây là việc của người vận hành máy chủ, không dùng --as.");
}

/** Writes the answer: the value as JSON, or else the lines for people. */
export function print(invocation: Invocation, value: unknown, lines: string[]): void {
	process.stdout.write(invocation.json ? `${JSON.stringify(value)}\n` : `${lines.join("\n")}\n`);
}
