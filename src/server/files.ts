import type { AppOptions } from "./app.ts";
import { ratesFile } from "./files-rates.ts";

/** All routes that carry files, for the app: one line a file. */
export function files(database: AppOptions["database"]): NonNullable<AppOptions["files"]> {
	const routes = [ratesFile(database)];
	return (app, contextOf) => {
		for (const add of routes) add(app, contextOf);
	};
}
