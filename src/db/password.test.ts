import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword as hashScrypt } from "better-auth/crypto";
import { hashPassword, verifyPassword } from "./password.ts";

test("a password is kept as argon2id with a salt of its own, and only it opens", async () => {
	const [one, other] = await Promise.all([hashPassword("mật khẩu dài"), hashPassword("mật khẩu dài")]);
	assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^=$]{22}\$[^=$]{43}$/);
	assert.notEqual(one, other);
	assert.equal(await verifyPassword({ hash: one, password: "mật khẩu dài" }), true);
	assert.equal(await verifyPassword({ hash: one, password: "mat khau dai" }), false);
	assert.equal(await verifyPassword({ hash: one, password: "" }), false);
});

test("the same letters open however the keyboard composed them", async () => {
	const hash = await hashPassword("Hội phụ nữ".normalize("NFD"));
	assert.equal(await verifyPassword({ hash, password: "Hội phụ nữ".normalize("NFC") }), true);
});

test("argon2id agrees with the reference implementation's own words", async () => {
	// From the tests of the reference implementation (phc-winner-argon2, test.c): m = 2^16, t = 2, "somesalt".
	const hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
	assert.equal(await verifyPassword({ hash, password: "password" }), true);
	assert.equal(await verifyPassword({ hash, password: "Password" }), false);
});

test("what was kept in better-auth's scrypt still opens; what is no hash opens to nobody", async () => {
	const hash = await hashScrypt("đặt từ năm ngoái");
	assert.equal(await verifyPassword({ hash, password: "đặt từ năm ngoái" }), true);
	assert.equal(await verifyPassword({ hash, password: "khác" }), false);
	await assert.rejects(verifyPassword({ hash: "", password: "" }));
});
