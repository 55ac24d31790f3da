import type { InferContractRouterOutputs } from "@orpc/contract";
import type { Contract } from "../../server/contract.ts";

/** An account as the list shows it. */
export type Account = InferContractRouterOutputs<Contract>["access"]["accounts"]["rows"][number];
export type AuditRow = InferContractRouterOutputs<Contract>["access"]["audit"]["rows"][number];
