import {
	createCipheriv,
	createDecipheriv,
	createHmac,
	createSecretKey,
	hkdfSync,
	type KeyObject,
	randomBytes,
} from "node:crypto";
import { Problem } from "../core/problem.ts";
import { secretFile } from "./whole-file.ts";

/** Seals what the law calls personal and the database must not show: IDs, staged rows, uploaded files (design §5). */
export interface Vault {
	/** AES-256-GCM: version byte, 12-byte nonce, 16-byte tag, ciphertext. */
	seal(plain: string | Uint8Array): Buffer;
	/** Opens what {@link seal} made; throws a Problem when the key is another one or the bytes were changed. */
	open(cipher: Uint8Array): Buffer;
	/** HMAC-SHA-256 for equality search; the same text always gives the same bytes. */
	fingerprint(text: string): Buffer;
	/** The key itself, for a backup that wraps it in a passphrase. */
	exportKey(): Buffer;
}

/** The first byte of everything sealed. */
export const VERSION = 1;

/** A vault over a 32-byte master key, from which the two working keys are derived. */
export function vaultOf(master: Buffer): Vault {
	const sealing = workingKey(master, "seal");
	const matching = workingKey(master, "fingerprint");
	return {
		seal(plain) {
			const nonce = randomBytes(12);
			const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
			const body = Buffer.concat([cipher.update(plain), cipher.final()]);
			return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
		},
		open(sealed) {
			const bytes = Buffer.from(sealed);
			const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(1, 13));
			decipher.setAuthTag(bytes.subarray(13, 29));
			try {
				return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]);
			} catch {
				throw new Problem(
					"key.wrong",
					500,
					"Khóa mã hóa không khớp với dữ liệu. Hãy đặt lại đúng tệp khóa (TAPHOP_KEY_FILE).",
				);
			}
		},
		fingerprint: (text) => createHmac("sha256", matching).update(text).digest(),
		exportKey: () => Buffer.from(master),
	};
}

/**
 * A working key derived from the master. As a key object: given bytes, Node wraps them anew at every call (36 µs a seal
 * against 10, measured on Node 24).
 */
export function workingKey(master: Buffer, purpose: "seal" | "fingerprint"): KeyObject {
	return createSecretKey(Buffer.from(hkdfSync("sha256", master, "taphop", purpose, 32)));
}

/** The vault of a key file; the key is made on first start, mode 600, whole or not at all, also by eight at once. */
export function openVault(keyFile: string): Vault {
	const text = secretFile(keyFile);
	if (!/^[0-9a-f]{64}$/.test(text))
		throw new Problem(
			"key.unreadable",
			500,
			`Tệp khóa ${keyFile} không đúng định dạng. Hãy chép lại từ bản sao đã cất giữ.`,
		);
	return vaultOf(Buffer.from(text, "hex"));
}
