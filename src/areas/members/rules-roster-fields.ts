import { searchKey } from "../../core/vietnamese.ts";

/** What a column of a roster can hold. A column that is none of these stays in the staged row, untouched. */
export const ROSTER_FIELDS = [
	"number",
	"name",
	"familyName",
	"givenName",
	"birth",
	"birthDay",
	"birthMonth",
	"birthYear",
	"birthMale",
	"birthFemale",
	"sex",
	"nationalId",
	"ethnicity",
	"religion",
	"occupation",
	"branch",
	"group",
	"joined",
	"residence",
	"permanent",
	"residenceStart",
	"left",
	"leaveReason",
	"phone",
	"address",
	"note",
	"introducer",
	"party",
	"errors",
] as const;
export type RosterField = (typeof ROSTER_FIELDS)[number];

/** The words on screen for each field. */
export const ROSTER_FIELD_LABELS: Readonly<Record<RosterField, string>> = {
	number: "Số thứ tự",
	name: "Họ và tên",
	familyName: "Họ và tên đệm",
	givenName: "Tên",
	birth: "Ngày sinh hoặc năm sinh",
	birthDay: "Ngày sinh (chỉ ngày)",
	birthMonth: "Tháng sinh",
	birthYear: "Năm sinh",
	birthMale: "Năm sinh (nam)",
	birthFemale: "Năm sinh (nữ)",
	sex: "Giới tính",
	nationalId: "Số CCCD/CMND",
	ethnicity: "Dân tộc",
	religion: "Tôn giáo",
	occupation: "Nghề nghiệp",
	branch: "Chi hội",
	group: "Tổ phụ nữ",
	joined: "Ngày vào Hội",
	residence: "Cư trú (thường trú, tạm trú)",
	permanent: "Thường trú (đánh dấu)",
	residenceStart: "Tạm trú từ ngày",
	left: "Ngày ra khỏi Hội",
	leaveReason: "Lý do ra khỏi Hội",
	phone: "Số điện thoại",
	address: "Địa chỉ",
	note: "Ghi chú",
	introducer: "Người vận động, giới thiệu vào Hội",
	party: "Đảng viên",
	errors: "Lỗi cần sửa",
};

/**
 * Heads of columns as rosters write them, as keys without diacritics; the first that fits wins, so what is narrower stands
 * before what is wider. `undefined` names a column that looks like a field and is none.
 */
const SYNONYMS: readonly [RegExp, RosterField | undefined][] = [
	[/^(s?tt|so tt|so thu tu|thu tu)$/, "number"],
	[/^loi can sua$/, "errors"],
	[/(ngay|noi|co quan) cap/, undefined],
	[/cccd|cmn?d|cmtn?d|can cuoc|chung minh|dinh danh|^so (cc|cmt)$/, "nationalId"],
	[/bhyt|bao hiem|the hoi vien|the dang|so the/, undefined],
	[/gioi thieu|van dong|nguoi ket nap/, "introducer"],
	[/dang vien|vao dang|^dang$|chinh thuc/, "party"],
	[/ten (chong|con|cha|me|bo|chu ho)|chu ho$|^quan he/, undefined],
	[
		/^(ho dem|ho lot|ho va (ten|chu) (dem|lot)|ho( va)? (dem|lot)|ho chu (dem|lot)|ho (va )?ten (dem|lot))$/,
		"familyName",
	],
	[
		/^((ho|ho va|ho chu dem va|ho ten dem va) ten|ho ten|ten hoi vien|ho( va)? ten( cua)? (hoi vien|phu nu|chi em|khai sinh)|hoi vien)( dang dung)?$/,
		"name",
	],
	[/^ho$/, "familyName"],
	[/^ten( goi)?$/, "givenName"],
	[/^(gioi tinh|gt|phai|nam nu)$/, "sex"],
	[/que quan|nguyen quan|noi sinh/, undefined],
	[/tam tru/, "residenceStart"],
	[/^(cu tru |ho khau )?thuong tru$|^ho khau$|^hktt$/, "permanent"],
	[/^(tinh trang |dien |loai |hinh thuc )?cu tru$|thuong tru hay tam tru/, "residence"],
	[/vao hoi|ket nap|gia nhap|(tham gia|vao) (to chuc )?hoi|tham gia sinh hoat|ngay cong nhan/, "joined"],
	[/^(ly do|nguyen nhan)|ly do( ra| roi| giam| thoi| nghi)?( khoi)?( to chuc)?( hoi)?$/, "leaveReason"],
	[
		/(ra khoi|ra|roi|thoi|nghi)( to chuc)?( sinh hoat)? hoi|thoi sinh hoat|ngay (giam|ra hoi|chuyen di|mat|ra|roi)$/,
		"left",
	],
	[/dien thoai|^s?dt$|^so dt|di dong|^zalo/, "phone"],
	[/ngay.*sinh|nam sinh|sinh (ngay|nam)|^n t n s$|^ntns$|^sinh$|^ns$/, "birth"],
	[/^tuoi$|do tuoi/, undefined],
	[/dan toc/, "ethnicity"],
	[/ton giao/, "religion"],
	[/nghe( nghiep)?$|nghe nghiep|cong viec/, "occupation"],
	[/trinh do|hoc van|chuyen mon|chuc (vu|danh)/, undefined],
	[/^to( phu nu| hoi| so)?$|^(ten|thuoc) to( phu nu)?$|^nhom$/, "group"],
	[/chi hoi|^(thon|ban|ap|xom|khu pho|khu dan cu|buon|lang|khom|to dan pho|tdp)( |$)|^chi to/, "branch"],
	[/dia chi|noi o|cho o|noi cu tru|noi thuong tru|so nha/, "address"],
	[/^ghi chu|^chu thich/, "note"],
];

/** Words that stand under a merged head and say nothing alone. */
const PARTIAL = /^(ngay|thang|nam|nu|so|tu|den|tu ngay)$/;

/**
 * The field a column head names, by the texts of its lines from the top (merged heads filled in); undefined where none.
 * A field, not a guess: "Ngày cấp" or "Quê quán" names none.
 */
export function fieldOfHeader(lines: readonly string[]): RosterField | undefined {
	const keys = lines.map(headerKey).filter(Boolean);
	const part = birthPart(lines, keys);
	if (part) return part;
	const whole = keys.join(" ");
	const known = SYNONYMS.find(([pattern]) => pattern.test(whole));
	if (known?.[1] && !isOverruled(known[1], keys)) return known[1];
	const last = keys.at(-1) ?? "";
	if (keys.length < 2 || PARTIAL.test(last)) return known?.[1];
	return SYNONYMS.find(([pattern]) => pattern.test(last))?.[1] ?? known?.[1];
}

/** A merged head above ("Ra khỏi Hội" over "Ngày", "Lý do") must not overrule what the line below says by itself. */
function isOverruled(field: RosterField, keys: string[]): boolean {
	const last = keys.at(-1) ?? "";
	if (keys.length < 2 || PARTIAL.test(last)) return false;
	const own = SYNONYMS.find(([pattern]) => pattern.test(last));
	return own !== undefined && own[1] !== field;
}

/** Birth in several columns; "năm" and "nam" share a key, so the letters decide. */
function birthPart(lines: readonly string[], keys: string[]): RosterField | undefined {
	const above = keys.slice(0, -1).join(" ");
	const last = lines.at(-1)?.normalize("NFC").trim().toLowerCase() ?? "";
	if (!/sinh/.test(above)) {
		if (/^(ngày|năm) sinh.*\bnữ$/u.test(last) || /^nam sinh nu$/.test(keys.join(" "))) return "birthFemale";
		return undefined;
	}
	if (/^nữ/u.test(last)) return "birthFemale";
	if (/^nam(\s|$)/u.test(last)) return "birthMale";
	if (/^ngày$/u.test(last)) return "birthDay";
	if (/^tháng$/u.test(last)) return "birthMonth";
	if (/^năm$/u.test(last)) return "birthYear";
	return undefined;
}

/** A column head to compare: no diacritics, no punctuation, nothing in brackets. */
export function headerKey(text: string): string {
	const key = searchKey(text.slice(0, 200));
	const bare = key.replace(/\([^)]*\)?/g, " ");
	return (bare.trim() === "" ? key : bare).replace(/[^a-z0-9]+/g, " ").trim();
}
