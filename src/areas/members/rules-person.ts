import { ageOn, type Day, displayDay } from "../../core/day.ts";
import type { BirthDate } from "../../core/day-text.ts";
import { memo } from "../../core/memo.ts";
import { Problem } from "../../core/problem.ts";
import { cleanText, identityKey, searchKey, sortKey } from "../../core/vietnamese.ts";
import { AGE_OF_JOINING } from "./rules.ts";

/** The keys a person is stored with: to search, to match files, to sort. */
export function nameKeys(name: string): Readonly<NameKeys> {
	return knownKeys(name);
}

interface NameKeys {
	full_name: string;
	search_key: string;
	identity_key: string;
	sort_key: string;
}

/** Names come again and again in a roster. */
const knownKeys = memo(
	50_000,
	(name): NameKeys => ({
		full_name: cleanText(name),
		search_key: searchKey(name),
		identity_key: identityKey(name),
		sort_key: sortKey(name),
	}),
);

/** `1984`, `1984-05`, `1984-05-20` as a day with its precision. */
export function readBirth(text: string | null): BirthDate | null {
	if (text === null) return null;
	if (text.length === 4) return { day: `${text}-01-01`, precision: "year" };
	if (text.length === 7) return { day: `${text}-01`, precision: "month" };
	return { day: text, precision: "day" };
}

/** The opposite of {@link readBirth}. */
export function writeBirth(day: Day | null, precision: string): string | null {
	if (day === null) return null;
	return day.slice(0, precision === "year" ? 4 : precision === "month" ? 7 : 10);
}

/** A day of birth on screen: `20/05/1984`, `05/1984`, `1984`. */
export function displayBirth(birth: string): string {
	return birth.length === 10 ? displayDay(birth) : birth.split("-").reverse().join("/");
}

/** What a new or changed membership must satisfy; throws the first Problem. A birth known by its year is read in her favour. */
export function checkMembership(
	her: { birth: BirthDate | null; sex: string; honorary: boolean; joined: Day; left?: Day | null },
	today: Day,
): void {
	if (her.sex !== "female" && !her.honorary)
		throw new Problem("member.not_a_woman", 422, "Chỉ hội viên danh dự mới có thể là nam.", { field: "sex" });
	if (her.birth && (her.birth.day > today || her.birth.day < "1880-01-01"))
		throw new Problem("member.birth_invalid", 422, "Ngày sinh không hợp lệ.", { field: "birth" });
	if (her.joined > today)
		throw new Problem("joined.future", 422, "Ngày vào Hội không được ở tương lai.", { field: "joined" });
	if (her.birth && ageOn(her.birth.day, her.joined) < AGE_OF_JOINING && !her.honorary)
		throw new Problem("joined.underage", 422, "Chị chưa đủ 18 tuổi vào ngày vào Hội.", { field: "joined" });
	checkLeaving(her.joined, her.left ?? null, today);
}

/** She leaves on or after the day she joined, and not in the future. */
export function checkLeaving(joined: Day, left: Day | null, today: Day): void {
	if (left === null) return;
	if (left < joined)
		throw new Problem("member.left_before_joined", 422, "Ngày ra khỏi Hội phải từ ngày vào Hội trở đi.", {
			field: "left",
		});
	if (left > today)
		throw new Problem("member.left_future", 422, "Ngày ra khỏi Hội không được ở tương lai.", { field: "left" });
}

/** The words of what may be looked at about a number (none refuses). */
export const ID_NOTE_TEXT: Record<string, string> = {
	"id.missing": "Chưa có số CCCD/CMND.",
	"id.cmnd": "Là số CMND cũ (9 số); hãy bổ sung số CCCD khi có.",
	"id.birth_year": "Năm sinh trong số CCCD khác năm sinh đã ghi. Hãy kiểm tra lại.",
	"id.sex": "Giới tính trong số CCCD không phải là nữ. Hãy kiểm tra lại.",
	"id.unreadable": "Không đọc được số CCCD/CMND.",
	"id.zeros_restored": "Đã thêm lại số 0 ở đầu số CCCD.",
};
