import { displayNumber } from "../../core/number.ts";
import type { KindEffectRow } from "./contract.ts";
import { LEAST_MATCHED, LEAST_PROVINCES } from "./rules-effect.ts";

/** "+1,20": hundredths of a point of a per cent, with the sign. */
export function pointsWords(hundredths: number): string {
	const size = Math.abs(hundredths);
	const sign = hundredths > 0 ? "+" : hundredths < 0 ? "−" : "";
	return `${sign}${displayNumber(Math.floor(size / 100))},${String(size % 100).padStart(2, "0")}`;
}

/** "+1,20 điểm % (từ +0,40 đến +2,00)": the difference with its interval; nothing where nothing is said. */
export function effectWords({ effect, low, high }: Pick<KindEffectRow, "effect" | "low" | "high">): string {
	if (effect === null || low === null || high === null) return "";
	return `${pointsWords(effect)} điểm % (từ ${pointsWords(low)} đến ${pointsWords(high)})`;
}

/** What may be said of a kind, in one sentence: never that it is the cause. */
export function verdictWords(
	row: Pick<KindEffectRow, "verdict" | "lack" | "followed" | "matched" | "provinces">,
): string {
	switch (row.lack) {
		case "communes":
			return `Chưa đủ dữ liệu: mới ${displayNumber(row.followed)} xã có đủ số liệu một năm trước và một năm sau, cần ít nhất ${LEAST_MATCHED}.`;
		case "likes":
			return `Chưa đủ dữ liệu: chỉ ${displayNumber(row.matched)} trên ${displayNumber(row.followed)} xã có xã tương đồng chưa làm để so sánh.`;
		case "provinces":
			return `Chưa đủ dữ liệu: mới có ở ${displayNumber(row.provinces)} tỉnh, thành phố, cần ít nhất ${LEAST_PROVINCES} để không lẫn với tình hình riêng của từng tỉnh.`;
		default:
	}
	if (row.verdict === "higher") return "Tăng nhiều hơn xã tương đồng, khó là ngẫu nhiên.";
	if (row.verdict === "lower") return "Tăng ít hơn xã tương đồng, khó là ngẫu nhiên.";
	return "Chưa thấy khác biệt rõ so với xã tương đồng.";
}

/** How communes are compared, for whoever wants to know whether to believe it. */
export const METHOD_WORDS = [
	"Mỗi xã đã làm được so với từ 1 đến 3 xã chưa làm cùng vùng, cùng là phường (thị trấn) hoặc xã, vào tháng bắt đầu có tỷ lệ chênh không quá 3 điểm %, mức tăng 3 tháng trước đó chênh không quá 1 điểm, mức tăng 12 tháng trước đó chênh không quá 2 điểm, số phụ nữ chênh không quá 1,5 lần; ưu tiên xã cùng tỉnh và cùng làm những việc khác.",
	"So sánh mức tăng trong 12 tháng sau tháng bắt đầu, trừ đi phần mà diễn biến trước đó và những việc khác bắt đầu cùng thời gian cho phép đoán trước.",
	"Khoảng 95% và kết luận tính theo tỉnh, thành phố: nhiều xã của một tỉnh tăng cùng lúc chỉ là một bằng chứng. Kết luận đã chỉnh theo số cách làm được xem cùng lúc (Holm).",
];

/** Said wherever a difference is shown. */
export const CAUTION_WORDS =
	"Đây là so sánh giữa các xã tương đồng, không phải thử nghiệm: chênh lệch cho biết nơi nào nên học hỏi, chưa chứng minh cách làm ấy là nguyên nhân.";
