import assert from "node:assert/strict";
import { test } from "node:test";
import { ORPCError } from "@orpc/client";
import { Problem } from "../core/problem.ts";
import { againIn, isSignedOut, mayRetry, toProblem, triesAgain } from "./problem.ts";

test("a Problem of the server keeps its code, sentence and field", () => {
	const data = {
		code: "id.duplicate",
		message: "Số CCCD này đã có trong danh sách.",
		field: "nationalId",
	};
	const error = new ORPCError("CONFLICT", { status: 409, data });
	assert.deepEqual(toProblem(error), { ...data, detail: undefined });
	assert.equal(mayRetry(error), false);
});

test("a Problem of a rule run in the browser says the same", () => {
	const { code, message } = toProblem(new Problem("file.empty", 422, "Tệp không có nội dung."));
	assert.deepEqual([code, message], ["file.empty", "Tệp không có nội dung."]);
});

test("a lost connection may be tried again", () => {
	const error = new TypeError("fetch failed");
	assert.equal(toProblem(error).code, "connection.lost");
	assert.equal(mayRetry(error), true);
});

test("a server's own failure says nothing technical", () => {
	const error = new ORPCError("INTERNAL_SERVER_ERROR", {
		status: 500,
		message: "relation does not exist",
	});
	assert.doesNotMatch(toProblem(error).message, /relation/);
	assert.equal(mayRetry(error), true);
});

test("401 means signing in again", () => {
	assert.equal(isSignedOut(new ORPCError("UNAUTHORIZED", { status: 401 })), true);
	assert.equal(isSignedOut(new ORPCError("FORBIDDEN", { status: 403 })), false);
	assert.equal(isSignedOut(new Error("x")), false);
});

test("whoever a crowded server turned away comes again when it said, and oftener than after a failure", () => {
	const crowded = new ORPCError("server.crowded", { status: 503, data: { detail: { retryAfter: 5 } } });
	const failed = new ORPCError("server.error", { status: 500 });
	const refused = new ORPCError("access.denied", { status: 403 });
	assert.deepEqual([againIn(0, crowded), againIn(3, crowded)], [5000, 5000]);
	assert.deepEqual([againIn(0, failed), againIn(1, failed)], [1000, 2000]);
	const tries = (error: unknown) => [0, 1, 2, 7, 8].map((failures) => triesAgain(failures, error));
	assert.deepEqual(tries(crowded), [true, true, true, true, false]);
	assert.deepEqual(tries(failed), [true, true, false, false, false]);
	assert.deepEqual(tries(refused), [false, false, false, false, false]);
});
