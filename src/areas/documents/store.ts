import type { StoreOf } from "../store-of.ts";
import type { documentsContract } from "./contract.ts";
import { listNumbers, takeNumber } from "./store-numbers.ts";
import { listTemplates, setLetterhead, setTemplate, templateHistory } from "./store-templates.ts";

/** Papers in the Union's administrative form: their words, their numbers; store-compose.ts makes them (R36). */
export const documents: StoreOf<typeof documentsContract> = {
	templates: listTemplates,
	setTemplate,
	history: templateHistory,
	setLetterhead,
	numbers: listNumbers,
	takeNumber,
};
