import type { StoreOf } from "../store-of.ts";
import type { effectContract } from "./contract.ts";
import { showCalculator } from "./store-calculator.ts";
import { showEffects, showStrip } from "./store-effects.ts";
import { listExperiences, withdrawExperience, writeExperience } from "./store-experiences.ts";
import { showSimilar } from "./store-similar.ts";

/** What would help and what has helped (R24): the "nếu" calculator of a commune, its likes, and the effect of solutions. */
export const effect: StoreOf<typeof effectContract> = {
	calculator: showCalculator,
	similar: showSimilar,
	show: showEffects,
	strip: showStrip,
	experiences: listExperiences,
	write: writeExperience,
	withdraw: withdrawExperience,
};
