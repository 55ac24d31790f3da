import type { RowList } from "../../web/search-people.ts";
import type { ImportRow, StagedRow } from "./contract.ts";

export const STATE_WORDS: Record<ImportRow["state"], string> = {
	staged: "Chờ ghi nhận",
	committing: "Đang ghi nhận",
	committed: "Đã ghi nhận",
	undone: "Đã hoàn tác",
	cancelled: "Đã bỏ",
	forgotten: "Đã xóa tệp",
};

export const ROW_LIST_WORDS: Record<RowList, string> = {
	problems: "Mọi dòng có điều cần xem",
	errors: "Lỗi cần sửa",
	waiting: "Chưa ghi được",
	ask: "Cần chị trả lời",
	warnings: "Cần kiểm tra",
	update: "Cập nhật",
	add: "Ghi mới",
	skip: "Không thay đổi",
};

export const ACTION_WORDS: Record<StagedRow["action"], string> = {
	add: "Ghi mới",
	update: "Cập nhật",
	skip: "Không thay đổi",
	refuse: "Chưa ghi được",
	ask: "Cần trả lời",
};

export const LEVEL_WORDS = { error: "Lỗi cần sửa", warning: "Cần kiểm tra", info: "Đã tự sửa" } as const;

export const ENCODING_WORDS = {
	unicode: "Unicode",
	tcvn3: "TCVN3 (phông .VnTime)",
	vni: "VNI (phông VNI-Times)",
} as const;

/** Kinds of unit into which a list of members is read. */
export const TAKES_LISTS = ["commune", "unassigned"];
