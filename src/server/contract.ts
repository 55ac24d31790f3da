import { accessContract } from "../areas/access/contract.ts";
import { documentsContract } from "../areas/documents/contract.ts";
import { effectContract } from "../areas/effect/contract.ts";
import { emulationContract } from "../areas/emulation/contract.ts";
import { gatheringContract } from "../areas/gathering/contract.ts";
import { headcountsContract } from "../areas/headcounts/contract.ts";
import { importsContract } from "../areas/imports/contract.ts";
import { membersContract } from "../areas/members/contract.ts";
import { modelsContract } from "../areas/models/contract.ts";
import { meetingsContract } from "../areas/models/contract-meetings.ts";
import { programmesContract } from "../areas/models/contract-programmes.ts";
import { togetherContract } from "../areas/models/contract-together.ts";
import { populationsContract } from "../areas/populations/contract.ts";
import { reorganisationsContract } from "../areas/reorganisations/contract.ts";
import { reportsContract } from "../areas/reporting/contract.ts";
import { supportContract } from "../areas/support/contract.ts";
import { targetsContract } from "../areas/targets/contract.ts";
import { unitsContract } from "../areas/units/contract.ts";

/** Every endpoint, by area and verb. Server, web, command line and tests speak this one contract. */
export const contract = {
	units: unitsContract,
	access: accessContract,
	headcounts: headcountsContract,
	populations: populationsContract,
	gathering: gatheringContract,
	targets: targetsContract,
	emulation: emulationContract,
	reports: reportsContract,
	support: supportContract,
	models: modelsContract,
	meetings: meetingsContract,
	together: togetherContract,
	programmes: programmesContract,
	effect: effectContract,
	documents: documentsContract,
	members: membersContract,
	imports: importsContract,
	reorganisations: reorganisationsContract,
};

export type Contract = typeof contract;
