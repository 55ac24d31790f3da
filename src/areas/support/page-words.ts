import { displayDay } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import type { api } from "../../web/client.ts";

export type Shown = Awaited<ReturnType<typeof api.support.show.call>>;

/** The parts of a case as the history of its changes names them. */
export const PART_WORDS: Record<string, string> = {
	case: "Nhiều phần",
	causes: "Nguyên nhân",
	groups: "Nhóm phụ nữ khó tập hợp",
	milestones: "Lộ trình",
	solutions: "Giải pháp",
	resources: "Nguồn lực",
	partners: "Lực lượng phối hợp",
	closing: "Kết thúc hồ sơ",
};

/** What the commune and those who carry it are to do next, as one sentence. */
export function nextStep({ state, row, case: found, dataDay }: Shown): string {
	if (state === "closed") return "Hồ sơ đã kết thúc. Tiếp tục duy trì, phát triển hội viên.";
	if (!found || state === "none")
		return row.class === "over"
			? "Cơ sở đã đạt trên 60%, không cần lập hồ sơ hỗ trợ."
			: "Lập hồ sơ hỗ trợ, rồi xác định nguyên nhân.";
	if (state === "confirmed") return `Số liệu ngày ${displayDay(dataDay)} đã xác nhận trên 60%: kết thúc hồ sơ.`;
	if (state === "waiting")
		return `Giữ vững trên 60% đến hết ngày ${displayDay(dataDay)}: số liệu của ngày ấy xác nhận thì hồ sơ mới kết thúc.`;
	if (found.causes.length === 0) return "Xác định nguyên nhân khó tập hợp, kèm căn cứ.";
	if (found.groups.length === 0) return "Xác định nhóm phụ nữ khó tập hợp, đếm số chị chưa vào Hội của từng nhóm.";
	if (found.solutions.length === 0) return "Chọn giải pháp cho từng nguyên nhân.";
	if (found.milestones.length === 0) return "Lập lộ trình: đến ngày nào có bao nhiêu hội viên, mốc cuối phải trên 60%.";
	const next = found.milestones.find(({ actual, members }) => actual === null && members > row.members);
	if (next)
		return `Mốc tới: ngày ${displayDay(next.day)} có ${count(next.members)} hội viên, còn thiếu ${count(next.members - row.members)}.`;
	return "Các mốc đã qua mà chưa đạt trên 60%: điều chỉnh lộ trình.";
}
