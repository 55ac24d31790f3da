import { displayDay } from "../core/day.ts";
import css from "./Shell.module.css";
import type { Session } from "./session.ts";

/** Stands on every page while an account waits for the level above after its unit was rearranged: what it reaches meanwhile (R38, R39). */
export function MovingBanner({ moving }: { moving: Session["moving"] }) {
	if (!moving) return null;
	return (
		<p className={css.moving} role="status">
			{movingWords(moving)}
		</p>
	);
}

/** What became of her unit, and what she reaches until somebody decides. */
export function movingWords({ kind, unit, toUnit, on }: NonNullable<Session["moving"]>): string {
	switch (kind) {
		case "succeeded":
			return `Từ ngày ${displayDay(on)}, ${unit} nhập vào ${toUnit}. Cho đến khi Hội cấp trên duyệt, tài khoản này chỉ xem và cập nhật được các chi hội và hội viên của ${unit}.`;
		case "widened":
			return `Từ ngày ${displayDay(on)}, ${unit} nhận thêm chi hội, hội viên của đơn vị được sắp xếp. Tài khoản này xem và cập nhật được phần ấy khi Hội cấp trên duyệt.`;
		case "parted":
			return `Từ ngày ${displayDay(on)}, ${unit} được chia về nhiều đơn vị. Hội cấp trên sẽ quyết định tài khoản này theo đơn vị nào.`;
		case "ended":
			return `Từ ngày ${displayDay(on)}, ${unit} không còn. Tài khoản này hết quyền; Hội cấp trên lập tài khoản mới nếu cần.`;
	}
}
