import { createHash } from "node:crypto";
import type { AnyContractProcedure } from "@orpc/contract";
import type { EndpointMeta } from "../areas/endpoint.ts";
import { uuidv7 } from "../core/id.ts";
import { Problem } from "../core/problem.ts";
import { type Actor, asActor, type Database, literal, type Work } from "../db/actor.ts";
import { contract } from "./contract.ts";
import { stores } from "./stores.ts";

interface Issue {
	message: string;
	path?: readonly (PropertyKey | { key: PropertyKey })[];
}
type StoreFunction = (work: Work, input: unknown) => Promise<unknown>;

/** The command names: `members.add`. CLI words, contract keys, URLs and audit words are the same. */
export type CommandName = string;

/**
 * Does one command as one person, the same way for HTTP, the command line and tests: parse input → one transaction as this
 * person → verb → (first time only) store → audit row → parse output → commit. Throws Problems.
 * A repeated `commandId` of a write answers the first result again; with another input it is refused.
 */
export async function call(
	database: Database,
	actor: Actor,
	name: CommandName,
	input: unknown,
	commandId: string = uuidv7(),
): Promise<unknown> {
	if (actor.mustChangePassword && name !== "access.session") throw mustChangePassword();
	const { procedure, store } = find(name);
	const meta = procedure["~orpc"].meta as EndpointMeta;
	const parsed = await parseInput(procedure, input);
	const done = asActor(
		database,
		actor,
		async (work) => {
			requireVerb(work);
			const earlier = meta.writes && repeated(work);
			if (earlier) return earlier.result;
			const result = await parseOutput(procedure, await store(work, parsed), name);
			if (!meta.writes) return result;
			if (work.audits.length === 0) await work.audit({ action: name });
			work.answer = { result: forReplay(result) };
			return result;
		},
		{ commandId, opening: opening(meta, { commandId, name, parsed }), prepared: meta.writes },
	);
	return done.catch((error) => refuseForRoom(database, error));
}

/** A database that has stopped because the disk is full must not look like one that comes back by itself. */
export async function refuseForRoom(database: Database, error: unknown): Promise<never> {
	if ((error as Problem).code === "database.unreachable") await database.room?.();
	throw error;
}

/** The contract's procedure and the store's function of a name. */
function find(name: string): { procedure: AnyContractProcedure; store: StoreFunction } {
	const [area, key] = name.split(".");
	const procedure = (contract as unknown as Record<string, Record<string, AnyContractProcedure>>)[area]?.[key];
	const store = (stores as unknown as Record<string, Record<string, StoreFunction>>)[area]?.[key];
	if (!procedure || !store) throw new Problem("command.unknown", 404, `Không có lệnh “${name}”.`);
	return { procedure, store };
}

async function parseInput(procedure: AnyContractProcedure, input: unknown): Promise<unknown> {
	const result = await procedure["~orpc"].inputSchema?.["~standard"].validate(input ?? {});
	if (!result) return input;
	if (!result.issues) return result.value;
	const issues = result.issues.map((issue: Issue) => ({
		field: (issue.path ?? [])
			.map((part: PropertyKey | { key: PropertyKey }) => String(typeof part === "object" ? part.key : part))
			.join("."),
		message: issue.message,
	}));
	const [first] = issues;
	throw new Problem("input.invalid", 422, first.message, { field: first.field, detail: { issues } });
}

/** The whitelist: what a store returns beyond its contract never leaves. A result that breaks it is our error, not hers. */
async function parseOutput(procedure: AnyContractProcedure, output: unknown, name: string): Promise<unknown> {
	const result = await procedure["~orpc"].outputSchema?.["~standard"].validate(output);
	if (!result) return output;
	if (!result.issues) return result.value;
	const where = result.issues
		.slice(0, 3)
		.map(
			(issue: Issue) =>
				`${(issue.path ?? []).map((part: PropertyKey | { key: PropertyKey }) => String(typeof part === "object" ? part.key : part)).join(".")}: ${issue.message}`,
		);
	throw new TypeError(`${name} returned what its contract does not allow: ${where.join("; ")}`);
}

/** Asks, with the beginning of the transaction, whether she may; a write takes its command id, or finds what it answered before. */
function opening(meta: EndpointMeta, command: { commandId: string; name: string; parsed: unknown }): string {
	const may =
		meta.verb === null
			? "exists (select from app.account where id = calc.account_id() and disabled_at is null)"
			: `calc.may(${literal(meta.verb)})`;
	if (!meta.writes) return `select ${may} as may`;
	const hash = createHash("sha256")
		.update(`${command.name}\n${JSON.stringify(command.parsed)}`)
		.digest("hex");
	return `select ${may} as may, c.* from calc.claim_command(${literal(command.commandId)}, ${literal(command.name)}, '\\x${hash}') c`;
}

function requireVerb({ opened }: Work): void {
	if (!opened.may) throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền làm việc này.");
}

/** The first answer, where this command has been done before; another work under the same id is refused. */
function repeated({ opened }: Work): { result: unknown } | null {
	if (opened.claimed) return null;
	if (!opened.same)
		throw new Problem("command.reused", 409, "Mã lệnh này đã dùng cho một việc khác. Hãy tải lại trang rồi làm lại.");
	return { result: opened.result };
}

/** The refusal of everything but a new password. */
export function mustChangePassword(): Problem {
	return new Problem(
		"access.change_password",
		403,
		"Chị đang dùng mật khẩu dùng một lần. Hãy đổi sang mật khẩu của riêng mình trước khi làm việc khác.",
	);
}

/** What is shown once, and so is not kept for a replay: a password, the token of an invitation. */
const SHOWN_ONCE = new Set(["oneTimePassword", "token"]);

function forReplay(result: unknown): unknown {
	if (result === null || typeof result !== "object" || Array.isArray(result)) return result ?? null;
	return Object.fromEntries(Object.entries(result).map(([key, value]) => [key, SHOWN_ONCE.has(key) ? "" : value]));
}
