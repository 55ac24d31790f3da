import { useQueryClient } from "@tanstack/react-query";
import { actFor, useActedFor } from "./acting-for.ts";
import css from "./Shell.module.css";

/** Stands on every page while an officer works for a unit below her own, until she ends it (R39). */
export function ActingBanner() {
	const acted = useActedFor();
	const queries = useQueryClient();
	if (!acted) return null;
	const end = () => {
		actFor(null);
		queries.invalidateQueries();
	};
	return (
		<div className={css.acting} role="status">
			<span>
				Đang nhập thay <b>{acted.name}</b>. Mọi việc được ghi nhật ký và cơ sở xem được.
			</span>
			<button type="button" onClick={end}>
				Kết thúc nhập thay
			</button>
		</div>
	);
}
