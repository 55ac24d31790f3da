import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { verifyPassword as verifyScrypt } from "better-auth/crypto";

/** OWASP's second choice of equal strength: 19 MiB of memory, twice over, on one lane; 16 ms where scrypt of less strength took 60. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
const WRITTEN = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const derive = promisify<"argon2id", Argon2Parameters, Buffer>(argon2);

/** A password as it is kept: argon2id in the PHC string format, its salt and cost with it. */
export async function hashPassword(password: string): Promise<string> {
	const nonce = randomBytes(SALT_BYTES);
	const { memory, passes, parallelism } = COST;
	const tag = await derive("argon2id", { message: message(password), nonce, ...COST, tagLength: TAG_BYTES });
	return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** Whether a password is the one kept, in the cost it was kept with; those of before argon2id stand in better-auth's scrypt. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
	const kept = WRITTEN.exec(hash);
	if (!kept) return verifyScrypt({ hash, password });
	const [, memory, passes, parallelism, salt, written] = kept;
	const tag = Buffer.from(written, "base64");
	const made = await derive("argon2id", {
		message: message(password),
		nonce: Buffer.from(salt, "base64"),
		memory: Number(memory),
		passes: Number(passes),
		parallelism: Number(parallelism),
		tagLength: tag.length,
	});
	return timingSafeEqual(made, tag);
}

/** One spelling of the same letters: keyboards compose Vietnamese differently. */
function message(password: string): Buffer {
	return Buffer.from(password.normalize("NFKC"), "utf8");
}

/** Without padding, as the PHC format has it. */
function base64(bytes: Buffer): string {
	return bytes.toString("base64").replace(/=+$/, "");
}
