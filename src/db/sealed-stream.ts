import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { Problem } from "../core/problem.ts";

/**
 * A file only its passphrase opens. Layout: magic, salt (16), then frames of at most 1 MB: length (4, big endian; the highest
 * bit marks the last), tag (16), ciphertext. AES-256-GCM, key by scrypt, nonce = frame number: a frame changed, swapped,
 * missing or cut off is noticed.
 */
const MAGIC = Buffer.from("TAPHOP1\n");
const FRAME = 1024 * 1024;
const LAST = 0x8000_0000;

const keyOf = (passphrase: string, salt: Buffer) =>
	scryptSync(passphrase.normalize("NFC"), salt, 32, { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 });

function nonceOf(frame: number): Buffer {
	const nonce = Buffer.alloc(12);
	nonce.writeUIntBE(frame, 6, 6);
	return nonce;
}

/** Turns a stream of bytes into the sealed file. */
export function sealStream(passphrase: string): Transform {
	const salt = randomBytes(16);
	const key = keyOf(passphrase, salt);
	let waiting: Buffer = Buffer.alloc(0);
	let frame = 0;
	const seal = (plain: Buffer, last: boolean) => {
		const cipher = createCipheriv("aes-256-gcm", key, nonceOf(frame++));
		const head = Buffer.alloc(4);
		head.writeUInt32BE((plain.length | (last ? LAST : 0)) >>> 0);
		cipher.setAAD(head);
		const body = Buffer.concat([cipher.update(plain), cipher.final()]);
		return Buffer.concat([head, cipher.getAuthTag(), body]);
	};
	const stream = new Transform({
		transform(chunk: Buffer, _encoding, done: TransformCallback) {
			waiting = Buffer.concat([waiting, chunk]);
			for (; waiting.length > FRAME; waiting = waiting.subarray(FRAME))
				this.push(seal(waiting.subarray(0, FRAME), false));
			done();
		},
		flush(done) {
			this.push(seal(waiting, true));
			done();
		},
	});
	// The first frame is empty: it tells another passphrase from a damaged file.
	stream.push(Buffer.concat([MAGIC, salt, seal(Buffer.alloc(0), false)]));
	return stream;
}

/** Turns the sealed file back; fails with a Problem when the passphrase is another one or the file is not whole. */
export function openStream(passphrase: string): Transform {
	let key: Buffer | null = null;
	let waiting: Buffer = Buffer.alloc(0);
	let frame = 0;
	let ended = false;
	const header = MAGIC.length + 16;
	const start = () => {
		if (!waiting.subarray(0, MAGIC.length).equals(MAGIC))
			throw new Problem("backup.not_a_backup", 422, "Tệp này không phải bản sao lưu của Tập Hợp.");
		key = keyOf(passphrase, waiting.subarray(MAGIC.length, header));
		waiting = waiting.subarray(header);
	};
	const takeFrame = (): Buffer | null => {
		if (waiting.length < 20) return null;
		const head = waiting.readUInt32BE(0);
		const length = head & ~LAST;
		if (length > FRAME) throw damaged();
		if (waiting.length < 20 + length) return null;
		const decipher = createDecipheriv("aes-256-gcm", key as Buffer, nonceOf(frame++));
		decipher.setAAD(waiting.subarray(0, 4));
		decipher.setAuthTag(waiting.subarray(4, 20));
		try {
			const plain = Buffer.concat([decipher.update(waiting.subarray(20, 20 + length)), decipher.final()]);
			waiting = waiting.subarray(20 + length);
			ended = (head & LAST) !== 0;
			return plain;
		} catch {
			throw frame === 1
				? new Problem("backup.wrong_code", 422, "Mã khôi phục không đúng với bản sao lưu này.")
				: damaged();
		}
	};
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			try {
				waiting = Buffer.concat([waiting, chunk]);
				if (!key && waiting.length >= header) start();
				for (let plain = key && takeFrame(); plain; plain = ended ? null : takeFrame()) this.push(plain);
				done();
			} catch (error) {
				done(error as Error);
			}
		},
		flush(done) {
			if (ended && waiting.length === 0) done();
			else
				done(key ? damaged() : new Problem("backup.not_a_backup", 422, "Tệp này không phải bản sao lưu của Tập Hợp."));
		},
	});
}

function damaged(): Problem {
	return new Problem(
		"backup.damaged",
		422,
		"Bản sao lưu không còn nguyên vẹn (bị cắt hoặc bị sửa). Hãy dùng bản khác.",
	);
}
