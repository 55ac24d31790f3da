/** Where the files of imports are sent and fetched (server/files-imports.ts). */
export const importFiles = {
	/** POST the file itself; its name stands in `x-file-name`. Answers `{ id, resumed }`. */
	start: (unitId: number, asOf: string) => `/files/imports?unitId=${unitId}&asOf=${asOf}`,
	/** Her own workbook back, with the column "Lỗi cần sửa". */
	workbook: (id: string) => `/files/imports/${id}/workbook`,
	template: "/files/members-template.xlsx",
};
