import { SmartCoercionPlugin } from "@orpc/json-schema";
import { OpenAPIGenerator } from "@orpc/openapi";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { implement, ORPCError } from "@orpc/server";
import { RPCHandler } from "@orpc/server/fetch";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { Problem } from "../core/problem.ts";
import type { Actor, Database } from "../db/actor.ts";
import { call } from "./call.ts";
import { type Contract, contract } from "./contract.ts";

/** What a request brings along: whose it is, and the id under which a repeated write is answered once. */
export interface RequestContext {
	actor: Actor | null;
	commandId: string | undefined;
}

export interface Mounted {
	/** The typed client's protocol, under /rpc. */
	rpc(request: Request, context: RequestContext): Promise<Response | null>;
	/** The same endpoints as plain JSON, under /api. */
	api(request: Request, context: RequestContext): Promise<Response | null>;
	/** OpenAPI 3.1 of the contract. */
	document(): Promise<object>;
}

/**
 * Binds every key of the contract to {@link call}. oRPC's own validation is off here: the call parses input before and
 * output inside the transaction, once, so that nothing is committed that could not be answered.
 */
export function mount(database: Database, report: (error: unknown, name: string) => void): Mounted {
	const router = bindRouter(database, report);
	const converter = new ZodToJsonSchemaConverter();
	const rpcHandler = new RPCHandler(router as never, { interceptors: [inWords] });
	const apiHandler = new OpenAPIHandler(router as never, {
		interceptors: [inWords],
		plugins: [new SmartCoercionPlugin({ schemaConverters: [converter] })],
	});
	let document: Promise<object> | undefined;
	return {
		rpc: async (request, context) =>
			(await rpcHandler.handle(request, { prefix: "/rpc", context: context as never })).response ?? null,
		api: async (request, context) =>
			(await apiHandler.handle(request, { prefix: "/api", context: context as never })).response ?? null,
		document: () => {
			document ??= new OpenAPIGenerator({ schemaConverters: [converter] }).generate(contract, {
				info: {
					title: "Tập Hợp",
					version: "1",
					description: "Lỗi luôn có dạng {code, message, data: {field, detail}}; message là câu tiếng Việt.",
				},
				servers: [{ url: "/api" }],
			});
			return document;
		},
	};
}

/** What oRPC itself refuses, before any endpoint is asked, becomes a Problem like every other. */
async function inWords<T>({ next }: { next: () => Promise<T> }): Promise<T> {
	try {
		return await next();
	} catch (error) {
		if (error instanceof ORPCError && error.code.includes(".")) throw error;
		// Calling is over here, so all that is left is a method that does not fit and a body that could not be read.
		throw asHttpError(
			error instanceof ORPCError && error.code === "METHOD_NOT_SUPPORTED"
				? new Problem("path.method", 405, "Địa chỉ này không nhận cách gửi đó.")
				: new Problem("input.unreadable", 400, "Không đọc được nội dung gửi lên: phải là JSON đúng dạng."),
			() => undefined,
		);
	}
}

function bindRouter(database: Database, report: (error: unknown, name: string) => void): object {
	const base = implement(contract)
		.$config({ initialInputValidationIndex: Number.NaN, initialOutputValidationIndex: Number.NaN })
		.$context<RequestContext>();
	const areas = Object.keys(contract) as (keyof Contract)[];
	return Object.fromEntries(
		areas.map((area) => [
			area,
			Object.fromEntries(
				Object.keys(contract[area]).map((key) => {
					const name = `${area}.${key}`;
					// biome-ignore lint/suspicious/noExplicitAny: the names come from the contract itself, whose types call() does not need.
					const procedure = (base as any)[area][key];
					return [
						key,
						procedure.handler(({ input, context }: { input: unknown; context: RequestContext }) =>
							answer(database, report, name, input, context),
						),
					];
				}),
			),
		]),
	);
}

async function answer(
	database: Database,
	report: (error: unknown, name: string) => void,
	name: string,
	input: unknown,
	context: RequestContext,
): Promise<unknown> {
	try {
		if (!context.actor) throw new Problem("access.signed_out", 401, "Chị chưa đăng nhập hoặc phiên đã hết hạn.");
		return asIs(await call(database, context.actor, name, input, context.commandId));
	} catch (error) {
		throw asHttpError(error, (unknown) => report(unknown, name));
	}
}

/**
 * oRPC walks and copies every value of an answer in search of dates, sets and files before it becomes JSON. What leaves {@link call}
 * is plain JSON already, so it is handed over as something oRPC does not look into (the national table: a fifth of its time).
 */
function asIs(output: unknown): unknown {
	return typeof output === "object" && output !== null ? new PlainJson(output) : output;
}

class PlainJson {
	readonly #value: object;

	constructor(value: object) {
		this.#value = value;
	}

	toJSON(): object {
		return this.#value;
	}
}

/** A Problem keeps its code, status and sentence; anything else is ours: reported, and told without its insides. */
export function asHttpError(error: unknown, report: (error: unknown) => void): ORPCError<string, unknown> {
	if (error instanceof Problem)
		return new ORPCError(error.code, {
			status: error.status,
			message: error.message,
			data: { field: error.field, detail: error.detail },
		});
	report(error);
	return new ORPCError("server.error", {
		status: 500,
		message: "Máy chủ gặp lỗi ngoài dự kiến. Chưa có gì được ghi; lỗi đã được ghi lại để sửa.",
		data: {},
	});
}
