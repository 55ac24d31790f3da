/**
 * How a case stands: `none`: no case; `open`: supported, not over 60 %; `waiting`: over 60 %, until the next half-year's data day;
 * `confirmed`: still over 60 % after a data day that found it so, may be closed; `fell_back`: was over 60 % since the case was opened.
 */
export const STATES = ["none", "open", "fell_back", "waiting", "confirmed", "closed"] as const;
export type CaseState = (typeof STATES)[number];
