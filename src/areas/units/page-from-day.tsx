import { DayField } from "../../ui/DayField.tsx";
import { fieldError, type ProblemData } from "../../ui/ProblemAlert.tsx";
import { EARLIEST } from "../../web/search.ts";

type Props = {
	value: string | null;
	onChange: (day: string | null) => void;
	problem: ProblemData | null;
	hint?: string;
};

/** The first day on which a change of a unit holds; earlier days keep what they had (R37). */
export function FromDay({ problem, ...props }: Props) {
	return <DayField label="Từ ngày" required earliest={EARLIEST} error={fieldError(problem, "from")} {...props} />;
}
