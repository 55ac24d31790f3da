import type { Hono } from "hono";
import type { Database } from "../db/actor.ts";
import { documentFiles } from "./files-documents.ts";
import { importFiles } from "./files-imports.ts";
import { memberFiles } from "./files-members.ts";
import { modelFiles } from "./files-models.ts";
import { ratesFile } from "./files-rates.ts";
import type { RequestContext } from "./mount.ts";

/** Adds its routes to the program; asks `contextOf` whose request it is. */
export type FileRoutes = (app: Hono, contextOf: (request: Request) => Promise<RequestContext>) => void;

/** Every route that carries a file, up or down. */
export function fileRoutes(database: Database): FileRoutes {
	const parts: FileRoutes[] = [
		ratesFile(database),
		importFiles(database),
		memberFiles(database),
		documentFiles(database),
		modelFiles(database),
	];
	return (app, contextOf) => {
		for (const part of parts) part(app, contextOf);
	};
}
