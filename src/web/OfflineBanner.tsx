import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import css from "./Shell.module.css";

/** Stands on every page while the device has no connection; when it is back, what is shown is read anew. */
export function OfflineBanner() {
	const online = useSyncExternalStore(subscribe, () => navigator.onLine);
	const queries = useQueryClient();
	useEffect(() => {
		const readAnew = () => queries.invalidateQueries();
		addEventListener("online", readAnew);
		return () => removeEventListener("online", readAnew);
	}, [queries]);
	return (
		<div role="status">
			{online ? null : (
				<p className={css.offline}>
					<b>Đang không có mạng.</b> Chưa xem được số liệu mới và chưa ghi được gì; có mạng lại thì trang tự tải.
				</p>
			)}
		</div>
	);
}

function subscribe(listener: () => void) {
	addEventListener("online", listener);
	addEventListener("offline", listener);
	return () => {
		removeEventListener("online", listener);
		removeEventListener("offline", listener);
	};
}
