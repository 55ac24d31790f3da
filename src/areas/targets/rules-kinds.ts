/** What a target may be of. Apart from the contract, so that the address of a page is read without its schemas. */
export const TARGET_KINDS = ["net_new_members", "communes_over_60", "communes_with_model", "free"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** Those of which the achieved number is recorded by hand, with a document: the program counts the others itself. */
export const RECORDED_KINDS = ["communes_with_model", "free"] as const satisfies readonly TargetKind[];
