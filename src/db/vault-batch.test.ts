import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { vaultOf } from "./vault.ts";
import { batchSealer } from "./vault-batch.ts";

const short = fc.string({ unit: fc.constantFrom(..."0123456789abcXYZ- "), maxLength: 16 });

test("what is sealed in a batch opens as what the vault sealed, each with a nonce of its own", () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.array(short, { maxLength: 20 }), (key, texts) => {
			const master = Buffer.from(key);
			const sealed = batchSealer(master)(texts);
			const vault = vaultOf(master);
			assert.deepEqual(
				sealed.map((one) => vault.open(one).toString()),
				texts,
			);
			assert.equal(new Set(sealed.map((one) => Buffer.from(one.subarray(0, 13)).toString("hex"))).size, texts.length);
		}),
	);
});

test("a changed byte is refused like any other, and longer texts are not taken", () => {
	const master = randomBytes(32);
	const [sealed] = batchSealer(master)(["012345678901"]);
	for (let at = 1; at < (sealed as Uint8Array).length; at++) {
		const changed = Buffer.from(sealed as Uint8Array);
		changed[at] = (changed[at] as number) ^ 1;
		assert.throws(() => vaultOf(master).open(changed), { code: "key.wrong" });
	}
	assert.throws(() => batchSealer(master)(["12345678901234567"]), RangeError);
});
