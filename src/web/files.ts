import { actingHeaders } from "./client.ts";
import { nameOf } from "./file-name.ts";
import { refusal } from "./problem.ts";

/** Fetches a file and hands it to the browser to keep. Throws a Problem's error where the server refuses, so that it can be said on the page. */
export async function saveFile(address: string): Promise<void> {
	const response = await fetch(address, { headers: actingHeaders(), credentials: "same-origin" });
	if (!response.ok) throw refusal(response.status, await response.text());
	const place = URL.createObjectURL(await response.blob());
	const link = document.createElement("a");
	link.href = place;
	link.download = nameOf(response.headers.get("content-disposition")) ?? "tap-hop.xlsx";
	link.click();
	setTimeout(() => URL.revokeObjectURL(place), 60_000);
}

/** Sends a file to the server and returns its JSON answer; `onProgress` hears how many bytes have gone. */
export function sendFile<Answer>(
	address: string,
	file: File,
	onProgress: (sent: number, total: number) => void,
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open("POST", address);
		request.responseType = "text";
		for (const [name, value] of Object.entries(actingHeaders())) request.setRequestHeader(name, value);
		request.setRequestHeader("content-type", "application/octet-stream");
		request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
		request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
		request.onerror = () => reject(new TypeError("connection lost"));
		request.onload = () =>
			request.status < 300
				? resolve(JSON.parse(request.responseText) as Answer)
				: reject(refusal(request.status, request.responseText));
		request.send(file);
	});
}
