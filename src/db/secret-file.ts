import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The text of a secret file, made on first use: 32 random bytes in hex, mode 600, whole or not at all, and the same one for
 * all of eight processes that start at once.
 */
export function secretFile(path: string): string {
	if (!existsSync(path)) make(path);
	return readFileSync(path, "utf8").trim();
}

function make(path: string): void {
	mkdirSync(dirname(path), { recursive: true });
	const draft = `${path}.${process.pid}.tmp`;
	writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
	chmodSync(draft, 0o600);
	try {
		// A link is made at once or not at all, and never over another's file.
		linkSync(draft, path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	} finally {
		unlinkSync(draft);
	}
}
