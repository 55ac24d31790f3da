/** The name the server gave a file (RFC 5987), for the browser's folder of downloads. */
export function nameOf(disposition: string | null): string | undefined {
	const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
	return encoded ? decodeURIComponent(encoded) : /filename="([^"]+)"/.exec(disposition ?? "")?.[1];
}
