/** Formulas as a workbook of ours writes them; cells by their reference, "E5". */

/** `from` and `to` and what lies between added up. */
export function sumFormula(from: string, to: string): string {
	return `SUM(${from}:${to})`;
}

/** Members in per cent of women as core/rate.ts has it (R1): two decimals, half up, but 60 only where it is exactly 60. */
export function rateFormula(members: string, women: string): string {
	const rate = `ROUND(100*${members}/${women},2)`;
	return `IF(AND(${rate}=60,5*${members}<>3*${women}),IF(5*${members}<3*${women},59.99,60.01),${rate})`;
}

/** Members missing to pass 60 % as core/rate.ts has it (R1). */
export function missingFormula(members: string, women: string): string {
	return `MAX(0,INT(3*${women}/5)+1-${members})`;
}
