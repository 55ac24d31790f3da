import { useSyncExternalStore } from "react";
import css from "./Toast.module.css";

export type Toast = {
	text: string;
	/** A way back or on: "Hoàn tác". */
	action?: { label: string; run: () => void };
};

type Shown = Toast & { id: number };

let shown: readonly Shown[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function put(next: readonly Shown[]) {
	shown = next;
	for (const listener of listeners) listener();
}

/** Says for some seconds that something was done; longer when it offers a way back. Problems are never toasts: they stay in place. */
export function toast(message: Toast) {
	const id = ++lastId;
	// A newer word takes the place of an older one; what offers a way back stays until its time is over.
	put([...shown.filter((one) => one.action).slice(-2), { ...message, id }]);
	setTimeout(() => dismiss(id), message.action ? 12_000 : 6_000);
}

function dismiss(id: number) {
	put(shown.filter((one) => one.id !== id));
}

function subscribe(listener: () => void) {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Where toasts appear; the shell has it on every page. */
export function Toasts() {
	const all = useSyncExternalStore(subscribe, () => shown);
	return (
		<div className={css.toasts} role="status">
			{all.map(({ id, text, action }) => (
				<div key={id} className={css.toast}>
					<span>{text}</span>
					{action ? (
						<button
							type="button"
							onClick={() => {
								dismiss(id);
								action.run();
							}}
						>
							{action.label}
						</button>
					) : null}
					<button type="button" aria-label="Đóng thông báo" onClick={() => dismiss(id)}>
						✕
					</button>
				</div>
			))}
		</div>
	);
}
