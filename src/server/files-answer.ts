import { Readable } from "node:stream";
import { Problem } from "../core/problem.ts";
import type { Actor } from "../db/actor.ts";
import { mustChangePassword } from "./call.ts";
import type { RequestContext } from "./mount.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Whose request it is, held to what {@link call} holds everyone to: signed in, with a password of her own. */
export function signedIn({ actor }: RequestContext): Actor {
	if (!actor) throw new Problem("access.signed_out", 401, "Chị chưa đăng nhập hoặc phiên đã hết hạn.");
	if (actor.mustChangePassword) throw mustChangePassword();
	return actor;
}

/** A workbook as an answer that no cache keeps; `name` may carry Vietnamese letters. */
export function workbookAnswer(workbook: Readable, name: string): Response {
	return fileAnswer(Readable.toWeb(workbook) as ReadableStream, name, XLSX);
}

/** Any file as an answer that no cache keeps. */
export function fileAnswer(content: ReadableStream | Uint8Array<ArrayBuffer>, name: string, type: string): Response {
	const plain = name
		.normalize("NFD")
		.replace(/\p{M}/gu, "")
		.replace(/[đĐ]/g, "d")
		.replace(/[^\w.]+/g, "-");
	return new Response(content, {
		headers: {
			"content-type": type,
			"content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
			"cache-control": "no-store",
		},
	});
}
