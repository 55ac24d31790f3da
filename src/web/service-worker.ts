import { registerSW } from "virtual:pwa-register";

/**
 * Keeps the app's shell in the browser for later visits and for hours without a connection. Only where browsers allow it: over HTTPS
 * or on this machine. Waits until the page is drawn, so that it does not take the line from the first figures.
 */
export function keepOffline() {
	if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
	const start = () => registerSW({ immediate: true });
	setTimeout(start, 4000);
}
