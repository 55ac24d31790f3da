import { displayNumber } from "../../core/number.ts";
import type { Check } from "./contract.ts";

/** What is expected on top, as targets.forecast answers it. */
interface Ahead {
	unitId: number;
	net: number;
	low: number | null;
	high: number | null;
}

/** What the command line and the screen read of a forecast. */
export interface Foreseen {
	units: Ahead[];
	passing: { known: number; over: number; expected: number; certain: number; possible: number; unknown: number };
	check: Check;
}

/** "1.234 (từ 1.100 đến 1.400)": what will have been achieved; without an interval the number alone. */
export function rangeWords(achieved: number, { net, low, high }: Omit<Ahead, "unitId">): string {
	const middle = displayNumber(achieved + net);
	if (low === null || high === null) return `${middle} (chưa đủ dữ liệu để ước khoảng)`;
	return `${middle} (từ ${displayNumber(achieved + low)} đến ${displayNumber(achieved + high)})`;
}

/** How far the forecast can be trusted: how it did on years that are over. */
export function checkWords(check: Check): string {
	const { years, own, tested, median, medianPerMillion, covered, judged } = check;
	if (tested === 0) return "Chưa đủ dữ liệu các năm trước để thử dự báo.";
	const span = years.length === 1 ? `năm ${years[0]}` : `các năm ${years[0]} - ${years.at(-1)}`;
	const off =
		own && tested > own.tested
			? `±${displayNumber(own.median)} hội viên ở đơn vị này (các đơn vị tương đồng: ±${perCent(medianPerMillion)})`
			: `±${displayNumber(median)} hội viên (${perCent(medianPerMillion)} số hội viên)`;
	const within =
		judged === 0
			? "chưa đủ lần thử để biết khoảng dự báo đúng đến đâu"
			: `khoảng 80% chứa đúng ${displayNumber(Math.round((100 * covered) / judged))}% của ${displayNumber(judged)} lần thử`;
	return `Sai số trung vị khi thử trên ${span}, chỉ dùng số liệu trước mỗi năm: ${off}; ${within}.`;
}

/** "0,37%", from parts of a million. */
function perCent(perMillion: number): string {
	const hundredths = Math.round(perMillion / 100);
	return `${displayNumber(Math.floor(hundredths / 100))},${String(hundredths % 100).padStart(2, "0")}%`;
}
