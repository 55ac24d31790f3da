import { CalculatorCard } from "./page-calculator.tsx";
import { ExperiencesCard } from "./page-experience.tsx";
import { SimilarCard } from "./page-similar.tsx";
import { StripCard } from "./page-strip.tsx";

/** What would help one commune: what it takes to pass, who passed from where it stands, and what came of what it began. */
export function CommuneEffect({ id, name }: { id: number; name: string }) {
	return (
		<div className="page">
			<h1>Cách làm cho {name}</h1>
			<CalculatorCard key={id} unitId={id} />
			<SimilarCard unitId={id} />
			<StripCard unitId={id} />
			<ExperiencesCard unitId={id} />
		</div>
	);
}
