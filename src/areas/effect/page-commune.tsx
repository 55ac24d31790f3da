import { CalculatorCard } from "./page-calculator.tsx";
import { ExperiencesCard } from "./page-experience.tsx";
import { SimilarCard } from "./page-similar.tsx";
import { StripCard } from "./page-strip.tsx";

/** What would help one commune: what came of what it began, what it takes to pass, who passed from where it stands, and what it has to tell. */
export function EffectCards({ unitId }: { unitId: number }) {
	return (
		<>
			<StripCard unitId={unitId} />
			<div className="page on-screen">
				<CalculatorCard key={unitId} unitId={unitId} />
				<SimilarCard unitId={unitId} />
				<ExperiencesCard unitId={unitId} />
			</div>
		</>
	);
}
