import { parseArgs } from "node:util";
import { Problem } from "../core/problem.ts";
import { translateDatabaseError } from "../db/problems.ts";
import { type Command, type Invocation, UsageError } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { listenForStop } from "./stop.ts";

const DONE = 0;
const REFUSED = 1;
const WRONG_USAGE = 2;
/** A Problem that names rows shows this many of them on the terminal. */
const SHOWN_ROWS = 50;

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	if (error.code !== "EPIPE") throw error;
});
listenForStop();
process.exitCode = await main(process.argv.slice(2));

/** Runs one command line; answers the exit code: 0 done, 1 refused with a reason on stderr, 2 wrong usage. */
async function main(args: string[]): Promise<number> {
	const command = COMMANDS.find(({ name }) => name.split(" ").every((word, index) => args[index] === word));
	try {
		if (!command) return unknown(args);
		const invocation = parse(command, args.slice(command.name.split(" ").length));
		if (invocation.values.help) {
			process.stdout.write(`${usageOf(command)}\n${command.summary}\n`);
			return DONE;
		}
		return (await command.run(invocation)) ?? DONE;
	} catch (error) {
		return refuse(error, command);
	}
}

function parse(command: Command, args: string[]): Invocation {
	try {
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: {
				...command.options,
				json: { type: "boolean" },
				as: { type: "string" },
				help: { type: "boolean", short: "h" },
			},
		});
		if (positionals.length > (command.positionals ?? 0))
			throw new UsageError(`Thừa: ${positionals[command.positionals ?? 0]}`);
		return { positionals, values: values as Invocation["values"], json: values.json === true };
	} catch (error) {
		if (String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS"))
			throw new UsageError((error as Error).message);
		throw error;
	}
}

function unknown(args: string[]): number {
	const asked = args.length === 0 || args[0] === "--help" || args[0] === "-h" || args[0] === "help";
	const text = [
		...(asked ? [] : [`Không có lệnh “${args.slice(0, 2).join(" ")}”.`]),
		"Cách dùng: taphop LỆNH [TÙY CHỌN] [--json] [--as TÀI_KHOẢN]",
		...COMMANDS.map((command) => `  ${command.name} ${command.usage}`.trimEnd()),
		"",
	].join("\n");
	(asked && args.length > 0 ? process.stdout : process.stderr).write(text);
	return asked && args.length > 0 ? DONE : WRONG_USAGE;
}

function usageOf(command: Command): string {
	return `Cách dùng: taphop ${command.name} ${command.usage} [--json] [--as TÀI_KHOẢN]`.replace(/ {2,}/g, " ");
}

/** Says on stderr why nothing was done. */
function refuse(thrown: unknown, command: Command | undefined): number {
	const error = translateDatabaseError(thrown);
	if (error instanceof UsageError) {
		process.stderr.write(`${error.message}\n${command ? `${usageOf(command)}\n` : ""}`);
		return WRONG_USAGE;
	}
	if (error instanceof Problem) process.stderr.write(`${error.message}\n${rowsOf(error)}(${error.code})\n`);
	else process.stderr.write(`Lỗi của chương trình: ${error instanceof Error ? error.stack : String(error)}\n`);
	return REFUSED;
}

function rowsOf(problem: Problem): string {
	const rows = problem.detail?.rows;
	if (!Array.isArray(rows)) return "";
	const lines = rows
		.slice(0, SHOWN_ROWS)
		.map((one: { row: number; field: string; text: string }) => `  dòng ${one.row}, cột ${one.field}: ${one.text}\n`);
	if (rows.length > SHOWN_ROWS) lines.push(`  … và ${rows.length - SHOWN_ROWS} lỗi nữa\n`);
	return lines.join("");
}
