import { access } from "../areas/access/store.ts";
import { documents } from "../areas/documents/store.ts";
import { effect } from "../areas/effect/store.ts";
import { emulation } from "../areas/emulation/store.ts";
import { gathering } from "../areas/gathering/store.ts";
import { headcounts } from "../areas/headcounts/store.ts";
import { imports } from "../areas/imports/store.ts";
import { members } from "../areas/members/store.ts";
import { meetings, models, programmes, together } from "../areas/models/store.ts";
import { populations } from "../areas/populations/store.ts";
import { reorganisations } from "../areas/reorganisations/store.ts";
import { reports } from "../areas/reporting/store.ts";
import type { StoreOf } from "../areas/store-of.ts";
import { support } from "../areas/support/store.ts";
import { targets } from "../areas/targets/store.ts";
import { units } from "../areas/units/store.ts";
import type { Contract } from "./contract.ts";

/** Every contract key's function. A key without one, or with another shape, does not compile. */
export const stores: { [Area in keyof Contract]: StoreOf<Contract[Area]> } = {
	units,
	access,
	members,
	imports,
	headcounts,
	populations,
	gathering,
	targets,
	emulation,
	reports,
	support,
	models,
	meetings,
	together,
	programmes,
	effect,
	documents,
	reorganisations,
};
