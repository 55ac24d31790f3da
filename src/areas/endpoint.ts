import { oc } from "@orpc/contract";
import type { Verb } from "./access/rules.ts";

/** What the server does around an endpoint, told with its contract: the verb it needs, and whether it writes. */
export interface EndpointMeta {
	/** null: any signed-in account. */
	verb: Verb | null;
	/** A write runs once per command id and leaves an audit row (design §2.4). */
	writes: boolean;
}

const base = oc.$meta<EndpointMeta>({ verb: null, writes: false }).errors({});

/** An endpoint that reads, for holders of `verb` (null: everyone signed in). */
export function reads(verb: Verb | null, path: `/${string}`, summary: string) {
	return base.meta({ verb, writes: false }).route({ method: "GET", path, summary });
}

/** An endpoint that writes, for holders of `verb`. */
export function writes(verb: Verb | null, path: `/${string}`, summary: string) {
	return base.meta({ verb, writes: true }).route({ method: "POST", path, summary });
}
