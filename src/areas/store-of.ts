import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from "@orpc/contract";
import type { Work } from "../db/actor.ts";

/**
 * The functions behind an area's contract, under the same keys: parsed input in, what the contract promises out, inside one
 * transaction as one person. An area's store.ts exports one such object: its table of contents.
 */
export type StoreOf<Contract> = {
	[Key in keyof Contract]: Contract[Key] extends ContractProcedure<
		infer Input,
		infer Output,
		infer _Errors,
		infer _Meta
	>
		? (work: Work, input: InferSchemaOutput<Input>) => Promise<InferSchemaInput<Output>>
		: never;
};
