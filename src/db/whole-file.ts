import { randomBytes } from "node:crypto";
import {
	chownSync,
	closeSync,
	existsSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

const SECRET = 0o600;

/**
 * The text of a secret file, made on first use: 32 random bytes in hex, mode 600, whole or not at all, and the same one for
 * all of eight processes that start at once.
 */
export function secretFile(path: string): string {
	if (!existsSync(path)) putWhole(path, randomBytes(32).toString("hex"));
	return readFileSync(path, "utf8").trim();
}

/** Writes a file whole or not at all, and on disk when it returns; one that stands there stays as it is. */
export function putWhole(path: string, text: string, mode = SECRET): void {
	withDraft(path, text, mode, (draft) => {
		try {
			// A link is made at once or not at all, and never over another's file.
			linkSync(draft, path);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		}
	});
}

/** The same, in the place of whatever stands there: at every moment the path holds the old text or the new. */
export function replaceWhole(path: string, text: string, mode = SECRET): void {
	withDraft(path, text, mode, (draft) => renameSync(draft, path));
}

function withDraft(path: string, text: string, mode: number, place: (draft: string) => void): void {
	const folder = dirname(path);
	mkdirSync(folder, { recursive: true });
	const draft = `${path}.${process.pid}.tmp`;
	try {
		writeFileSync(draft, `${text}\n`, { mode, flush: true });
		shareWithOwner(draft, folder);
		place(draft);
	} finally {
		rmSync(draft, { force: true });
	}
	syncFolder(folder);
}

/** What root leaves in somebody's folder must not shut that person out. */
function shareWithOwner(file: string, folder: string): void {
	const { uid, gid } = statSync(folder);
	if (process.getuid?.() === 0 && uid !== 0) chownSync(file, uid, gid);
}

/** A name just given or taken in this folder survives a power cut. */
function syncFolder(folder: string): void {
	const handle = openSync(folder, "r");
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
