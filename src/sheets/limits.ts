import { Problem } from "../core/problem.ts";

/** Limits of what is read. Ours: far above any roster (100 000 members are 10 MB packed, 57 MB unpacked). */
export const limits = {
	fileBytes: 100 * 1024 * 1024,
	/** An .xls is read in one piece; a full one (65 535 rows × 12 columns) is 18.6 MB and takes 746 MB of memory (measured). */
	xlsBytes: 20 * 1024 * 1024,
	/** Sum of the unpacked sizes of the parts of one workbook, pictures not counted. */
	unpackedBytes: 600 * 1024 * 1024,
	/** Unpacked to packed, looked at only above `ratioFrom` bytes; rosters measured 6–11, deflate reaches 1 030. */
	ratio: 150,
	ratioFrom: 20 * 1024 * 1024,
	zipEntries: 10_000,
	columns: 256,
	/** Excel's own limit of one cell. */
	cellCharacters: 32_767,
};

/** The Problems of a file that cannot be taken as a spreadsheet; each sentence says what to do. */
export const fileProblems = {
	empty: () => new Problem("file.empty", 422, "Tệp không có dữ liệu. Hãy mở tệp kiểm tra rồi chọn lại."),
	tooLarge: (megabytes: number) =>
		new Problem(
			"file.too_large",
			413,
			`Tệp lớn hơn ${megabytes} MB. Hãy xóa hình ảnh, các trang tính không cần thiết hoặc chia thành nhiều tệp.`,
		),
	notAWorkbook: (kind: string) =>
		new Problem(
			"file.not_a_workbook",
			422,
			`Đây không phải là bảng tính${kind ? ` (nội dung là ${kind})` : ""}. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi chọn tệp mới.`,
		),
	openDocument: () =>
		new Problem(
			"file.not_a_workbook",
			422,
			"Đây là tệp OpenDocument (.ods) của LibreOffice, chương trình chưa đọc được. Hãy mở tệp, chọn Lưu thành dạng Excel (.xlsx) rồi chọn tệp mới.",
		),
	damaged: () =>
		new Problem(
			"file.damaged",
			422,
			"Tệp bị hỏng, không đọc được hết. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.",
		),
	bomb: () =>
		new Problem(
			"file.bomb",
			413,
			"Tệp giải nén ra quá lớn nên không được mở, để giữ an toàn. Hãy chép riêng danh sách sang một tệp mới.",
		),
	tooManyColumns: (sheet: string, row: number) =>
		new Problem(
			"file.too_many_columns",
			422,
			`Trang tính “${sheet}” có dữ liệu ngoài ${limits.columns} cột đầu (dòng ${row}). Hãy xóa các cột thừa rồi chọn lại.`,
			{ detail: { sheet, row } },
		),
	cellTooLong: (sheet: string, row: number) =>
		new Problem(
			"file.cell_too_long",
			422,
			`Trang tính “${sheet}”, dòng ${row} có ô dài quá mức Excel cho phép. Hãy sửa ô đó.`,
			{
				detail: { sheet, row },
			},
		),
	encrypted: () =>
		new Problem("file.encrypted", 422, "Tệp có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi chọn tệp mới."),
};

/** Refuses a row that uses columns beyond the limit or holds a cell longer than Excel allows. */
export function checkCell(sheet: string, row: number, column: number, text: string): void {
	if (!(column >= 0 && row >= 1)) throw fileProblems.damaged();
	if (column >= limits.columns) throw fileProblems.tooManyColumns(sheet, row);
	if (text.length > limits.cellCharacters) throw fileProblems.cellTooLong(sheet, row);
}
