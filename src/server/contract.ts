import { accessContract } from "../areas/access/contract.ts";
import { importsContract } from "../areas/imports/contract.ts";
import { unitsContract } from "../areas/units/contract.ts";

/** Every endpoint, by area and verb. Server, web, command line and tests speak this one contract. */
export const contract = {
	units: unitsContract,
	access: accessContract,
	imports: importsContract,
};

export type Contract = typeof contract;
