import { memo } from "../../core/memo.ts";
import { cleanText, searchKey } from "../../core/vietnamese.ts";

/** Words with which the place of a branch begins, as keys. */
const PLACE =
	/^(thon|ban|ap|xom|khu pho|khu dan cu|khu vuc|khu|kdc|buon|lang|khom|to dan pho|tdp|soc|plei|bon|dong|cum dan cu|cho|chung cu|khoi pho|khoi|tieu khu|so)( |$)/;
const BRANCH = /^chi hoi( lhpn| lien hiep phu nu| phu nu)?( |$)/;
const GROUP = /^(to|nhom)( phu nu| hoi)?( so)? ?(\d|[ivx]+( |$))|^to phu nu( |$)/;

/**
 * What a heading such as "I. CHI HỘI THÔN ĐÔNG (70 hội viên)" or a sheet's name says: a branch, a group (tổ) inside one, or
 * nothing that is either (null). In capitals it comes back as a name is written: "Chi hội thôn Đông".
 */
export function readHeading(text: string): { kind: "branch" | "group"; name: string } | null {
	const bare = bareHeading(text);
	const key = searchKey(bare);
	if (key.length < 2 || bare.length > 120) return null;
	if (BRANCH.test(key)) return { kind: "branch", name: placeCase(bare) };
	if (GROUP.test(key)) return { kind: "group", name: placeCase(bare) };
	if (PLACE.test(key)) return { kind: "branch", name: `Chi hội ${placeCase(bare)}` };
	return null;
}

/** A heading without its numbering, its count of members and its colon. */
function bareHeading(text: string): string {
	return cleanText(text)
		.replace(/^(?:[IVX]{1,5}|[A-ZĐ]|\d{1,3}|[-*•+])\s*[.)/:-]\s*/u, "")
		.replace(/\s*[(:–-]\s*\d+\s*(hội viên|hv|người|chị|đồng chí)?\s*\)?\s*$/iu, "")
		.replace(/^(đơn vị|tên chi hội)\s*:\s*/iu, "")
		.replace(/[\s:.,;-]+$/u, "");
}

/**
 * The branch of a whole sheet: its name when that is a place ("thôn Đông"), else a title above the header ("DANH SÁCH HỘI
 * VIÊN CHI HỘI THÔN ĐÔNG"); null where neither says.
 */
export function branchOfSheet(sheetName: string, titles: readonly string[]): string | null {
	const named = readHeading(sheetName);
	if (named?.kind === "branch") return named.name;
	for (const title of titles) {
		const within = /(?:^|[\s:])(chi hội(?: phụ nữ| lhpn)?\s*:?\s+\S.*)$/iu.exec(cleanText(title))?.[1];
		const heading = within ? readHeading(within.replace(":", " ")) : null;
		if (heading?.kind === "branch" && searchKey(heading.name) !== "chi hoi") return heading.name;
	}
	return null;
}

/** The key by which two spellings of a branch are one: "CHI HỘI PHỤ NỮ THÔN ĐÔNG" = "Chi hội thôn Đông" = "thôn Đông". */
export function branchKey(name: string): string {
	return knownKey(name);
}

const knownKey = memo(5000, (name) => searchKey(name).replace(BRANCH, "").trim() || searchKey(name));

/** Text in capitals as a branch is written: "Chi hội thôn Đông"; other text as it is. */
function placeCase(text: string): string {
	if (text !== text.toUpperCase()) return text.replace(/^chi hội/iu, "Chi hội");
	const title = text.toLowerCase().replace(/(?<!\p{L}\p{M}*)\p{L}/gu, (letter) => letter.toUpperCase());
	const common = title.replace(
		/(?<=^|\s)(Thôn|Bản|Ấp|Xóm|Khu Phố|Khu Dân Cư|Khu Vực|Khu|Buôn|Làng|Khóm|Tổ Dân Phố|Tổ|Khối|Chung Cư|Chợ|Số|Phụ Nữ|Hội)(?=\s)/gu,
		(word) => word.toLowerCase(),
	);
	return common.replace(/^chi hội/iu, "Chi hội");
}
