import assert from "node:assert/strict";
import type { AnyContractProcedure } from "@orpc/contract";
import type * as z from "zod";
import type { EndpointMeta } from "../src/areas/endpoint.ts";
import type { Actor } from "../src/db/actor.ts";
import { createApp } from "../src/server/app.ts";
import type { TestDatabase } from "./kit.ts";

/** An endpoint of the contract, as its HTTP sees it. */
export interface Endpoint {
	name: string;
	meta: EndpointMeta;
	path: string;
	input: z.ZodType | undefined;
}

/** Every endpoint there is: whoever adds one has it tried. */
export function endpoints(contract: object): Endpoint[] {
	return Object.entries(contract).flatMap(([area, keys]) =>
		Object.entries(keys as Record<string, AnyContractProcedure>).map(([key, procedure]) => {
			const { meta, route, inputSchema } = procedure["~orpc"];
			return {
				name: `${area}.${key}`,
				meta: meta as EndpointMeta,
				path: `/api${route.path}`,
				input: inputSchema as unknown as z.ZodType | undefined,
			};
		}),
	);
}

/** What came back, read whole. */
export interface Answer {
	status: number;
	text: string;
	type: string;
}

/** The program's HTTP without a socket, as whoever `actorOf` says; what it reports as unforeseen is kept. */
export function openProgram(database: TestDatabase, actorOf: (request: Request) => Actor | null) {
	const unforeseen: string[] = [];
	const app = createApp({
		database,
		sessions: {
			handle: async () => new Response(null, { status: 404 }),
			actorOf: async (request) => actorOf(request),
		},
		webRoot: null,
		report: (error, where) => unforeseen.push(`${where}: ${error instanceof Error ? error.stack : error}`),
	});
	async function send(
		method: string,
		path: string,
		body?: BodyInit,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		const response = await app.request(path, {
			method,
			body,
			headers: { "content-type": "application/json", ...headers },
		});
		return { status: response.status, text: await response.text(), type: response.headers.get("content-type") ?? "" };
	}
	return { send, unforeseen };
}

const VIETNAMESE = /[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưýỳỷỹỵằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự]/i;
const INSIDES = /\bat .*\.ts:|node_modules|Invalid input|\bexpected\b|\bselect\b|\bconstraint\b/i;

/** A refusal people can read: JSON, a code, a Vietnamese sentence, and nothing of the program's insides. */
export function assertProblem({ status, text, type }: Answer, what: string): { code: string; message: string } {
	assert.ok(status >= 400 && status < 500, `${what}: ${status} ${text.slice(0, 300)}`);
	assert.match(type, /^application\/json/, `${what}: ${status} ${text.slice(0, 300)}`);
	const found = JSON.parse(text);
	const { code, message } = found.json ?? found;
	assert.match(code, /^[a-z_]+\.[a-z_0-9]+$/, `${what}: ${text.slice(0, 300)}`);
	assert.match(message, VIETNAMESE, `${what}: ${message}`);
	assert.doesNotMatch(text, INSIDES, what);
	return { code, message };
}
