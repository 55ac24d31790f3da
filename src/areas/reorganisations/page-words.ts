import { count } from "../../ui/format.ts";
import type { Session } from "../../web/session.ts";
import type { Change, Reorganisation } from "./contract.ts";

/** The state of a reorganisation in words. */
export const STATE_WORDS: Record<Reorganisation["state"], string> = {
	draft: "Đang soạn",
	submitted: "Chờ duyệt",
	approved: "Đã duyệt, chưa thực hiện",
	applied: "Đã thực hiện",
	undone: "Đã hủy",
	discarded: "Đã bỏ bản soạn",
};

/** Whether the session may write this reorganisation: the centre any, a province what happens under it. */
export function mayWrite(session: Session, { unitId }: Pick<Reorganisation, "unitId">): boolean {
	return (
		session.verbs.includes("reorganisations.write") && (session.unit.kind === "centre" || session.unit.id === unitId)
	);
}

/** A change as it is read: who becomes what, whole or in part. */
export function changeWords(change: Change, unit: string, successor: string, parent: string): string {
	switch (change.kind) {
		case "create":
			return `Lập mới ${change.name} (mã ${change.code})${parent ? `, thuộc ${parent}` : ""}`;
		case "end":
			return `${unit} kết thúc`;
		case "change":
			return `${unit}: ${[
				change.name ? `đổi tên thành ${change.name}` : "",
				change.code ? `đổi mã thành ${change.code}` : "",
				change.parent ? `chuyển về ${parent}` : "",
			]
				.filter(Boolean)
				.join(", ")}`;
		case "succeed":
			return `${unit} → ${successor}`;
	}
}

/** Whole, or in part with its declared share and the document that declares it; empty where nothing goes over. */
export function partWords(change: Change): string {
	if (change.kind !== "succeed") return "";
	if (change.part === "full") return "toàn bộ";
	const { share, document } = change;
	return ["một phần", share ? `tỷ lệ chia ${count(share.numerator)}/${count(share.denominator)}` : "", document]
		.filter(Boolean)
		.join("; ");
}
