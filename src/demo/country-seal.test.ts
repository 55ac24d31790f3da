import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { vaultOf } from "../db/vault.ts";
import { batchSealer } from "./country-seal.ts";

const short = fc.string({ unit: fc.constantFrom(..."0123456789AZaz -"), maxLength: 16 });

test("what is sealed many at once opens as what is sealed one by one, under this key and no other", () => {
	fc.assert(
		fc.property(fc.array(short, { maxLength: 40 }), (texts) => {
			const master = randomBytes(32);
			const vault = vaultOf(master);
			const sealed = batchSealer(master)(texts);
			assert.deepEqual(
				sealed.map((one) => vault.open(one).toString()),
				texts,
			);
			assert.deepEqual(
				sealed.map((one) => one.length),
				texts.map((text) => vault.seal(text).length),
			);
			for (const one of sealed) assert.throws(() => vaultOf(randomBytes(32)).open(one), { code: "key.wrong" });
		}),
	);
});

test("no two seals of the same text are the same, and a changed bit is found", () => {
	const master = randomBytes(32);
	const vault = vaultOf(master);
	const sealed = batchSealer(master)(Array.from({ length: 500 }, () => "001171000001"));
	assert.equal(new Set(sealed.map((one) => Buffer.from(one).toString("hex"))).size, 500);
	const [one] = sealed as [Uint8Array];
	for (let at = 1; at < one.length; at++) {
		const changed = Buffer.from(one);
		changed[at] = (changed[at] as number) ^ 1;
		assert.throws(() => vault.open(changed), { code: "key.wrong" });
	}
	assert.throws(() => batchSealer(master)(["00117100000100117"]), RangeError);
});
