import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { vaultOf } from "./vault.ts";

test("what is sealed opens under this key and no other", () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 200 }), (text) => {
			const vault = vaultOf(randomBytes(32));
			const sealed = vault.seal(text);
			assert.equal(vault.open(sealed).toString(), Buffer.from(text).toString());
			assert.throws(() => vaultOf(randomBytes(32)).open(sealed), { code: "key.wrong" });
		}),
	);
});

test("no two seals of the same text are the same, and a changed bit is found", () => {
	const vault = vaultOf(randomBytes(32));
	const sealed = Array.from({ length: 500 }, () => vault.seal("001171000001"));
	assert.equal(new Set(sealed.map((one) => one.toString("hex"))).size, 500);
	const [one] = sealed as [Buffer];
	for (let at = 1; at < one.length; at++) {
		const changed = Buffer.from(one);
		changed[at] = (changed[at] as number) ^ 1;
		assert.throws(() => vault.open(changed), { code: "key.wrong" });
	}
});
